package uz.koprik.gateway.exchange;

import java.util.Map;
import java.util.TreeMap;

/** Places of a sequence that were seen, as stretches without gaps: as few as there are gaps. Belongs to one thread. */
final class Stretches {

    private final TreeMap<Long, Long> ends = new TreeMap<>();

    void add(long place) {
        Map.Entry<Long, Long> before = ends.floorEntry(place);
        if (before != null && before.getValue() >= place) {
            return;
        }
        long start = before != null && before.getValue() == place - 1 ? before.getKey() : place;
        Long behind = ends.remove(place + 1);
        ends.put(start, behind == null ? place : behind);
    }

    /** The last place of the stretch that {@code place} lies in; {@code place - 1} when it was not seen. */
    long end(long place) {
        Map.Entry<Long, Long> stretch = ends.floorEntry(place);
        return stretch == null ? place - 1 : Math.max(stretch.getValue(), place - 1);
    }

    /** Where the next stretch behind {@code place} begins; {@link Long#MAX_VALUE} when there is none. */
    long next(long place) {
        Long start = ends.higherKey(place);
        return start == null ? Long.MAX_VALUE : start;
    }

    /** Forgets what lies up to {@code place}; nothing seen behind it may belong to the same stretch. */
    void forget(long place) {
        ends.headMap(place, true).clear();
    }
}
