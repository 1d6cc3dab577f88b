package uz.koprik.gateway.taxii;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.gateway.intake.Outcome;
import uz.koprik.indicators.stix.ForgivenFaults;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.wording.Sentence;

/** What became of the objects of a POST (TAXII 2.1, section 4.3.1); grows batch by batch. */
final class StatusJson {

    /** Stands for the id of what could not be read so far; the message says where it stood. */
    private static final String UNREADABLE = "unknown--00000000-0000-4000-8000-000000000000";

    private final long requested;
    private final int listed;
    private final List<Json> successes = new ArrayList<>();
    private final List<Json> failures = new ArrayList<>();
    private long failed;

    /**
     * @param requested when the request came in, microseconds since the epoch
     * @param listed how many failures are listed; all are counted
     */
    StatusJson(long requested, int listed) {
        this.requested = requested;
        this.listed = listed;
    }

    void add(Outcome outcome) {
        if (outcome.status() != Outcome.Status.REFUSED) {
            successes.add(details(outcome, requested));
        } else if (failed++ < listed) {
            failures.add(details(outcome, requested));
        }
    }

    /** The resource. A list that was cut has fewer items than its count says, and a member of our own says how many. */
    JsonObject of(String id) {
        JsonObject.Builder status = JsonObject.builder()
                .put("id", id)
                .put("status", "complete")
                .put("request_timestamp", Timestamps.added(requested))
                .put("total_count", successes.size() + failed)
                .put("success_count", successes.size())
                .put("failure_count", failed)
                .put("pending_count", 0);
        if (!successes.isEmpty()) {
            status.put("successes", new JsonArray(successes));
        }
        if (!failures.isEmpty()) {
            status.put("failures", new JsonArray(failures));
        }
        if (failed > failures.size()) {
            status.put("x_failures_not_listed", failed - failures.size());
        }
        return status.build();
    }

    private static JsonObject details(Outcome outcome, long requested) {
        JsonObject.Builder details = JsonObject.builder()
                .put("id", outcome.id().isEmpty() ? UNREADABLE : outcome.id())
                .put(
                        "version",
                        outcome.version() == StixObject.UNVERSIONED
                                ? Timestamps.added(requested)
                                : Timestamps.version(outcome.version()));
        outcome.refusal().ifPresent(refusal -> {
            details.put(
                    "message",
                    outcome.where() + (refusal.pointer().isEmpty() ? "" : ", at " + refusal.pointer()) + ": "
                            + refusal.reason() + " [" + refusal.code() + "]");
            if (refusal.curable()) {
                details.put("x_may_pass", true);
            }
        });
        if (!outcome.forgiven().isEmpty()) {
            details.put(
                    "message",
                    outcome.forgiven().stream()
                            .map(ForgivenFaults::sentence)
                            .map(Sentence::text)
                            .collect(Collectors.joining("; ")));
        }
        if (outcome.status() == Outcome.Status.UNCHANGED) {
            details.put("message", "is here already, unchanged");
        }
        return details.build();
    }
}
