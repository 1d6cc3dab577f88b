package uz.koprik.gateway.feeds;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.TreeMap;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.gateway.intake.Outcome;
import uz.koprik.gateway.intake.Refusal;
import uz.koprik.indicators.stix.values.StixTimestamp;

/**
 * Objects of one collection that were refused for reasons that can pass: the range of the collection that is read again
 * when one does. Its size has a bound (ADR 12).
 *
 * @param after {@code added_after} of the page with the first of them; empty for the beginning
 * @param until moment at which the page with the last of them ends
 * @param reasons their number by code
 * @param passesAt the first moment at which time alone lets one of them in
 * @param awaited ids of objects whose arrival lets some of them in, at most {@link #NAMED}
 * @param ids some of them, at most {@link #NAMED}
 */
record WaitingPulls(
        String after,
        String until,
        Map<String, Long> reasons,
        Optional<Instant> passesAt,
        List<String> awaited,
        List<String> ids) {

    /** Ids that are kept of each kind. */
    static final int NAMED = 100;

    WaitingPulls {
        reasons = Map.copyOf(reasons);
        awaited = List.copyOf(awaited);
        ids = List.copyOf(ids);
    }

    /** How many objects wait. */
    long count() {
        return reasons.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Both ranges, and what lies between them. */
    WaitingPulls and(WaitingPulls later) {
        Map<String, Long> all = new TreeMap<>(reasons);
        later.reasons.forEach((code, count) -> all.merge(code, count, Long::sum));
        Optional<Instant> first = passesAt.isEmpty()
                ? later.passesAt
                : later.passesAt.isEmpty() || passesAt.get().isBefore(later.passesAt.get()) ? passesAt : later.passesAt;
        return new WaitingPulls(after, later.until, all, first, both(awaited, later.awaited), both(ids, later.ids));
    }

    private static List<String> both(List<String> some, List<String> more) {
        SequencedSet<String> all = new LinkedHashSet<>(some);
        all.addAll(more);
        return all.stream().limit(NAMED).toList();
    }

    /** Whether a page that ends at {@code lastAdded} reaches the end of the range. */
    boolean endsAt(String lastAdded) {
        return StixTimestamp.parse(lastAdded) >= StixTimestamp.parse(until);
    }

    JsonObject json() {
        JsonObject.Builder json = JsonObject.builder().put("after", after).put("until", until);
        JsonObject.Builder counts = JsonObject.builder();
        reasons.forEach((code, count) -> counts.put(code, count));
        json.put("reasons", counts.build()).putStrings("awaited", awaited).putStrings("ids", ids);
        passesAt.ifPresent(at -> json.put("passes_at", at.toString()));
        return json.build();
    }

    static WaitingPulls read(JsonObject json) {
        return new WaitingPulls(
                json.string("after").orElse(""),
                json.string("until").orElseThrow(() -> new IllegalArgumentException("until is missing")),
                PartnerState.counts(json),
                json.string("passes_at").map(Instant::parse),
                texts(json, "awaited"),
                texts(json, "ids"));
    }

    private static List<String> texts(JsonObject json, String name) {
        List<String> texts = new ArrayList<>();
        for (Json item : json.items(name)) {
            if (item instanceof JsonString text) {
                texts.add(text.value());
            }
        }
        return texts;
    }

    /** Collects those of the pages between two positions. */
    static final class Notes {

        private final Map<String, Long> reasons = new TreeMap<>();
        private final SequencedSet<String> awaited = new LinkedHashSet<>();
        private final SequencedSet<String> ids = new LinkedHashSet<>();
        private Optional<Instant> passesAt = Optional.empty();

        /** Notes a refused object; one whose reason cannot pass is not noted. */
        void add(Outcome outcome, Refusal why) {
            if (!why.curable()) {
                return;
            }
            reasons.merge(why.code().name(), 1L, Long::sum);
            if (ids.size() < NAMED && !outcome.id().isEmpty()) {
                ids.add(outcome.id());
            }
            if (why.cure() instanceof Refusal.Cure.Time(Instant at)
                    && passesAt.filter(first -> !at.isBefore(first)).isEmpty()) {
                passesAt = Optional.of(at);
            }
            if (why.cure() instanceof Refusal.Cure.Arrival(String id) && awaited.size() < NAMED) {
                awaited.add(id);
            }
        }

        /** What was noted since the last call, of the page from {@code after} to {@code until}. */
        Optional<WaitingPulls> take(String after, String until) {
            if (reasons.isEmpty()) {
                return Optional.empty();
            }
            WaitingPulls noted =
                    new WaitingPulls(after, until, reasons, passesAt, List.copyOf(awaited), List.copyOf(ids));
            clear();
            return Optional.of(noted);
        }

        /** Forgets what was noted: the page is read again. */
        void clear() {
            reasons.clear();
            awaited.clear();
            ids.clear();
            passesAt = Optional.empty();
        }
    }
}
