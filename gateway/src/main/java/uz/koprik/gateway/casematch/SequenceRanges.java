package uz.koprik.gateway.casematch;

import java.util.Map;
import java.util.TreeMap;

/** Sequence numbers that were seen, as ranges without gaps. For use by one thread. */
final class SequenceRanges {

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

    /** The end of the range that contains {@code place}; {@code place - 1} when it was not seen. */
    long end(long place) {
        Map.Entry<Long, Long> stretch = ends.floorEntry(place);
        return stretch == null ? place - 1 : Math.max(stretch.getValue(), place - 1);
    }

    /** Where the next range after {@code place} begins; {@link Long#MAX_VALUE} when there is none. */
    long next(long place) {
        Long start = ends.higherKey(place);
        return start == null ? Long.MAX_VALUE : start;
    }

    /** Forgets everything up to {@code place}; nothing seen after it may belong to the same range. */
    void forget(long place) {
        ends.headMap(place, true).clear();
    }
}
