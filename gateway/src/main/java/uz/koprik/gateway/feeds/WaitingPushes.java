package uz.koprik.gateway.feeds;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;

/**
 * Entries that a partner refused for reasons that can pass there: ranges of the sequence that are pushed again.
 * Bounded: of too many ranges, the closest two become one, and what lies between them is pushed once more, too.
 *
 * @param ranges in order, without overlaps
 * @param reasons their number by the partner's code
 */
record WaitingPushes(List<Range> ranges, Map<String, Long> reasons) {

    static final WaitingPushes NONE = new WaitingPushes(List.of(), Map.of());

    /** Ranges that are kept. */
    static final int MOST = 200;

    /** Both ends included. */
    record Range(long from, long to) {}

    WaitingPushes {
        ranges = List.copyOf(ranges);
        reasons = Map.copyOf(reasons);
    }

    boolean isEmpty() {
        return ranges.isEmpty();
    }

    /** How many entries wait. */
    long count() {
        return reasons.values().stream().mapToLong(Long::longValue).sum();
    }

    boolean contains(long seq) {
        return ranges.stream().anyMatch(range -> range.from <= seq && seq <= range.to);
    }

    /** With one more entry. */
    WaitingPushes with(long seq, String code) {
        Map<String, Long> more = new TreeMap<>(reasons);
        more.merge(code, 1L, Long::sum);
        if (contains(seq)) {
            return new WaitingPushes(ranges, more);
        }
        List<Range> all = new ArrayList<>(ranges);
        int at = 0;
        while (at < all.size() && all.get(at).from < seq) {
            at++;
        }
        all.add(at, new Range(seq, seq));
        merge(all);
        return new WaitingPushes(all, more);
    }

    /** Without the entries after {@code last}, which were lost here. */
    WaitingPushes upTo(long last) {
        List<Range> left = ranges.stream()
                .filter(range -> range.from <= last)
                .map(range -> new Range(range.from, Math.min(range.to, last)))
                .toList();
        return left.isEmpty() ? NONE : new WaitingPushes(left, reasons);
    }

    private static void merge(List<Range> all) {
        for (int i = all.size() - 1; i > 0; i--) {
            if (all.get(i - 1).to + 1 >= all.get(i).from) {
                join(all, i);
            }
        }
        while (all.size() > MOST) {
            int closest = 1;
            for (int i = 2; i < all.size(); i++) {
                if (gap(all, i) < gap(all, closest)) {
                    closest = i;
                }
            }
            join(all, closest);
        }
    }

    private static long gap(List<Range> all, int i) {
        return all.get(i).from - all.get(i - 1).to;
    }

    private static void join(List<Range> all, int i) {
        Range right = all.remove(i);
        all.set(i - 1, new Range(all.get(i - 1).from, right.to));
    }

    JsonObject json() {
        JsonObject.Builder counts = JsonObject.builder();
        reasons.forEach((code, count) -> counts.put(code, count));
        return JsonObject.builder()
                .put(
                        "ranges",
                        new JsonArray(ranges.stream()
                                .<Json>map(range ->
                                        new JsonArray(List.of(new JsonNumber(range.from), new JsonNumber(range.to))))
                                .toList()))
                .put("reasons", counts.build())
                .build();
    }

    static WaitingPushes read(JsonObject json) {
        List<Range> ranges = new ArrayList<>();
        for (Json item : json.items("ranges")) {
            if (item instanceof JsonArray pair
                    && pair.items().size() == 2
                    && pair.items().get(0) instanceof JsonNumber from
                    && pair.items().get(1) instanceof JsonNumber to) {
                ranges.add(new Range(from.longValue(), to.longValue()));
            }
        }
        return ranges.isEmpty() ? NONE : new WaitingPushes(ranges, PartnerState.counts(json));
    }
}
