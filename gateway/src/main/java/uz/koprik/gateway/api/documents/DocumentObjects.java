package uz.koprik.gateway.api.documents;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.gateway.api.common.AnalystServices;
import uz.koprik.gateway.api.common.ReleaseWish;
import uz.koprik.gateway.api.documents.DocumentValueRoutes.Chosen;
import uz.koprik.gateway.api.objects.ReportIds;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.intake.IncomingObject;
import uz.koprik.gateway.intake.IntakeBatches;
import uz.koprik.gateway.intake.Outcome;
import uz.koprik.gateway.intake.Refusal;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.IndicatorWriter;
import uz.koprik.indicators.stix.NewIndicator;
import uz.koprik.indicators.stix.ObservableObjects;
import uz.koprik.indicators.stix.values.StixTimestamp;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * Makes objects of the values of a document and stores them. Ids follow from the values, so a document that is imported
 * again changes nothing.
 */
final class DocumentObjects {

    private final AnalystServices services;
    private final IndicatorWriter writer;
    private final ReportIds ids;

    DocumentObjects(AnalystServices services) {
        this.services = services;
        this.writer = new IndicatorWriter(
                services.localCentre().identity(),
                services.localCentre().signer(),
                services.localCentre().ids());
        this.ids = new ReportIds(services, writer);
    }

    /**
     * What all objects have in common.
     *
     * @param name of indicators and of the report; empty for none
     * @param description of the report, and of an indicator without a context; empty for none
     * @param sha256 of the document; empty for unknown
     * @param validUntil of indicators, microseconds since the epoch; empty for no end
     */
    record Terms(
            String name, String description, String sha256, Tlp tlp, List<String> labels, Optional<Long> validUntil) {

        Terms {
            labels = List.copyOf(labels);
        }
    }

    /**
     * Stores an indicator per value.
     *
     * @param wish to whom and when they are released
     */
    List<Outcome> indicators(Caller caller, Terms terms, List<Chosen> chosen, Optional<ReleaseWish> wish)
            throws StoreUnavailable, InterruptedException {
        if (wish.isPresent()) {
            wish.get().define(caller);
        }
        Instant now = services.clock().instant();
        List<Outcome> outcomes = new ArrayList<>();
        List<IncomingObject> offered = new ArrayList<>();
        for (Chosen one : chosen) {
            NewIndicator indicator = new NewIndicator(
                    List.of(one.value().observable()),
                    one.value().port(),
                    terms.name(),
                    one.context().isEmpty() ? terms.description() : one.context(),
                    terms.labels(),
                    terms.tlp(),
                    Optional.empty(),
                    Optional.empty(),
                    terms.validUntil(),
                    false,
                    "");
            ReportIds.Place place = ids.of(indicator, caller);
            if (place.known().isPresent()) {
                outcomes.add(unchanged(one.where(), place.known().get()));
            } else {
                JsonObject draft = writer.draft(indicator, place.id(), now);
                offered.add(IncomingObject.report(
                        CanonicalJson.bytes(wish.isPresent() ? wish.get().mark(draft) : draft), one.where()));
            }
        }
        IntakeBatches.take(services.intake(), offered, caller.source(), outcomes::addAll);
        return outcomes;
    }

    /** Stores an indicator per value, and a report that refers to those that are stored. */
    List<Outcome> report(Caller caller, Terms terms, List<Chosen> chosen)
            throws StoreUnavailable, InterruptedException {
        List<Outcome> outcomes = new ArrayList<>(indicators(caller, terms, chosen, Optional.empty()));
        List<String> refs = outcomes.stream()
                .filter(outcome -> outcome.status() != Outcome.Status.REFUSED)
                .map(Outcome::id)
                .distinct()
                .sorted()
                .toList();
        if (refs.isEmpty()) {
            return outcomes;
        }
        String id = "report--"
                + services.localCentre()
                        .ids()
                        .of(
                                "report of a document",
                                terms.sha256(),
                                terms.name(),
                                terms.tlp().name(),
                                String.join(" ", refs));
        Instant now = services.clock().instant();
        JsonObject.Builder report = common("report", id, now).put("name", terms.name());
        if (!terms.description().isBlank()) {
            report.put("description", terms.description());
        }
        report.putStrings("report_types", List.of("indicator"))
                .put("published", StixTimestamp.format(millis(now)))
                .putStrings("object_refs", refs);
        source(report, terms);
        outcomes.add(store(caller, "report", id, finish(report, terms)));
        return outcomes;
    }

    /** Stores a cyber observable per value, and one observed-data object that refers to them. */
    List<Outcome> observedData(Caller caller, Terms terms, List<Chosen> chosen)
            throws StoreUnavailable, InterruptedException {
        List<Outcome> outcomes = new ArrayList<>();
        List<IncomingObject> offered = new ArrayList<>();
        Map<String, String> refs = new HashMap<>();
        for (Chosen one : chosen) {
            Optional<JsonObject> object = ObservableObjects.of(one.value().observable(), terms.tlp());
            if (object.isEmpty()) {
                outcomes.add(Outcome.refused(
                        one.where(),
                        new Refusal(
                                Refusal.Code.UNRECOGNISED,
                                "",
                                "a " + one.value().observable().kind().label()
                                        + " cannot be observed data: import it as an indicator")));
                continue;
            }
            String id = object.get().string("id").orElseThrow();
            if (refs.putIfAbsent(id, one.where()) != null) {
                continue;
            }
            Optional<Entry> known = services.release().latest(caller.recipient(), id);
            if (known.isPresent()) {
                // An observable has no version: the one that is here stays as it is.
                outcomes.add(unchanged(one.where(), known.get()));
            } else {
                offered.add(new IncomingObject(CanonicalJson.bytes(object.get()), one.where()));
            }
        }
        IntakeBatches.take(services.intake(), offered, caller.source(), outcomes::addAll);
        List<String> stored = outcomes.stream()
                .filter(outcome -> outcome.status() != Outcome.Status.REFUSED)
                .map(Outcome::id)
                .distinct()
                .sorted()
                .toList();
        if (stored.isEmpty()) {
            return outcomes;
        }
        String id = "observed-data--"
                + services.localCentre()
                        .ids()
                        .of(
                                "observed data of a document",
                                terms.sha256(),
                                terms.tlp().name(),
                                String.join(" ", stored));
        Instant now = services.clock().instant();
        String moment = StixTimestamp.format(millis(now));
        JsonObject.Builder observed = common("observed-data", id, now)
                .put("first_observed", moment)
                .put("last_observed", moment)
                .put("number_observed", 1)
                .putStrings("object_refs", stored);
        source(observed, terms);
        outcomes.add(store(caller, "observed-data", id, finish(observed, terms)));
        return outcomes;
    }

    private Outcome store(Caller caller, String where, String id, JsonObject object) throws StoreUnavailable {
        Optional<Entry> known = services.release().latest(caller.recipient(), id);
        return known.isPresent()
                ? unchanged(where, known.get())
                : services.intake()
                        .take(List.of(new IncomingObject(CanonicalJson.bytes(object), where)), caller.source())
                        .getFirst();
    }

    private static Outcome unchanged(String where, Entry known) {
        return new Outcome(
                where,
                known.facts().id(),
                known.facts().version(),
                Outcome.Status.UNCHANGED,
                known.seq(),
                Optional.empty());
    }

    private JsonObject.Builder common(String type, String id, Instant now) {
        String moment = StixTimestamp.format(millis(now));
        return JsonObject.builder()
                .put("type", type)
                .put("spec_version", "2.1")
                .put("id", id)
                .put("created_by_ref", services.localCentre().identity())
                .put("created", moment)
                .put("modified", moment);
    }

    /** The document by its hash alone: names of files are often names of people. */
    private static void source(JsonObject.Builder object, Terms terms) {
        if (!terms.sha256().isEmpty()) {
            object.put(
                    "external_references",
                    new JsonArray(List.<Json>of(JsonObject.builder()
                            .put("source_name", "document")
                            .put("external_id", "sha256:" + terms.sha256())
                            .build())));
        }
    }

    private static JsonObject finish(JsonObject.Builder object, Terms terms) {
        if (!terms.labels().isEmpty()) {
            object.putStrings("labels", terms.labels());
        }
        return object.putStrings("object_marking_refs", List.of(Markings.id(terms.tlp())))
                .build();
    }

    private static long millis(Instant now) {
        return StixTimestamp.micros(now) / 1000 * 1000;
    }
}
