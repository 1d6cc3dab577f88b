package uz.koprik.gateway.alerts.log;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What a gateway keeps in memory of all alerts: records with the subjects of their alerts, the newest alerts, and
 * fingerprints of every alert that was ever emitted. The caller synchronizes.
 */
final class AlertIndex {

    /** Newest alerts in memory, for streams and deliveries. */
    private static final int RECENT = 1000;

    private final List<Range> ranges = new ArrayList<>();
    private final List<Alert> recent = new ArrayList<>();
    private final AlertIds given = new AlertIds();
    /** One instance for equal subjects: few cases have many alerts. */
    private final Map<String, String> subjects = new HashMap<>();

    private long last;

    /** @param last alerts begin after this number */
    AlertIndex(long last) {
        this.last = last;
    }

    /** A record: the first sequence number, the subjects, the size in bytes, and the time of the newest alert. */
    static final class Range {
        private final long first;
        private final List<String> subjects = new ArrayList<>();
        private int size;
        private long covered;
        private Instant newest = Instant.EPOCH;

        private Range(long first) {
            this.first = first;
        }

        long first() {
            return first;
        }

        long next() {
            return first + subjects.size();
        }

        /** See {@link AlertBatch#covered}. */
        long covered() {
            return covered;
        }

        String name() {
            return AlertBatch.name(first);
        }

        private AlertPlace place(long seq) {
            return new AlertPlace(seq, subjects.get((int) (seq - first)));
        }
    }

    long last() {
        return last;
    }

    long first() {
        return ranges.isEmpty() ? last + 1 : ranges.getFirst().first;
    }

    /** {@link AlertBatch#covered} of the last record; empty when there is none. */
    Optional<Long> coveredByLast() {
        return ranges.isEmpty() ? Optional.empty() : Optional.of(ranges.getLast().covered);
    }

    boolean contains(UUID id) {
        return given.contains(AlertIds.of(id));
    }

    /** Where the alert of that id is kept; empty when it is not. */
    Optional<AlertPlace> place(UUID id) {
        return range(given.seq(AlertIds.of(id))).map(range -> range.place(given.seq(AlertIds.of(id))));
    }

    void remember(long fingerprint) {
        given.add(fingerprint, 0);
    }

    /** Continues after numbers that are lost. */
    void skipTo(long seq) {
        last = Math.max(last, seq);
    }

    /**
     * Adds alerts that follow the last one.
     *
     * @param first of the record that holds them
     * @param size of that record
     */
    void add(long first, List<Alert> alerts, int size, long covered) {
        if (ranges.isEmpty() || ranges.getLast().first != first) {
            ranges.add(new Range(first));
        }
        Range range = ranges.getLast();
        for (Alert alert : alerts) {
            range.subjects.add(subjects.computeIfAbsent(alert.subject(), same -> same));
            given.add(AlertIds.of(alert.id()), alert.seq());
            range.newest = alert.time();
        }
        range.size = size;
        range.covered = covered;
        recent.addAll(alerts);
        if (recent.size() > 2 * RECENT) {
            recent.subList(0, recent.size() - RECENT).clear();
        }
        last = alerts.getLast().seq();
    }

    void dropBefore(long first) {
        ranges.removeIf(range -> range.first < first);
        recent.removeIf(alert -> alert.seq() < first);
    }

    /** Takes the content of erased objects out of the alerts in memory. */
    void erase(AlertErasure erasure) {
        recent.replaceAll(erasure::of);
    }

    /** Whether all alerts from this number on are in memory. */
    boolean remembers(long seq) {
        return !recent.isEmpty() && recent.getFirst().seq() <= seq;
    }

    /** Alerts in memory after {@code seq}. */
    List<Alert> recentAfter(long seq, int limit) {
        return recent.stream().filter(alert -> alert.seq() > seq).limit(limit).toList();
    }

    List<Alert> recent(Collection<Long> seqs) {
        return recent.stream().filter(alert -> seqs.contains(alert.seq())).toList();
    }

    /** The first records that hold alerts after {@code seq}, at most {@code limit} alerts. */
    List<Range> rangesAfter(long seq, int limit) {
        List<Range> wanted = new ArrayList<>();
        long numbers = 0;
        for (int at = position(seq + 1); at < ranges.size() && numbers < limit; at++) {
            Range range = ranges.get(at);
            wanted.add(range);
            numbers += range.next() - Math.max(range.first, seq + 1);
        }
        return wanted;
    }

    /** The record of an alert; empty when it was dropped or lost. */
    Optional<Range> range(long seq) {
        int at = position(seq);
        return at < ranges.size() && ranges.get(at).first <= seq ? Optional.of(ranges.get(at)) : Optional.empty();
    }

    /** The oldest records: those from before {@code since}, and as many as there are above {@code most} bytes. */
    List<Range> old(Instant since, long most) {
        List<Range> old = new ArrayList<>();
        long all = ranges.stream().mapToLong(range -> range.size).sum();
        for (Range range : ranges) {
            boolean tooMany = all > most && old.size() < ranges.size() - 1;
            if (!range.newest.isBefore(since) && !tooMany) {
                break;
            }
            old.add(range);
            all -= range.size;
        }
        return old;
    }

    List<AlertPlace> placesAfter(long seq, int limit) {
        List<AlertPlace> places = new ArrayList<>();
        for (int at = position(seq + 1); at < ranges.size() && places.size() < limit; at++) {
            Range range = ranges.get(at);
            for (long number = Math.max(range.first, seq + 1);
                    number < range.next() && places.size() < limit;
                    number++) {
                places.add(range.place(number));
            }
        }
        return places;
    }

    List<AlertPlace> placesBefore(long seq, int limit) {
        List<AlertPlace> places = new ArrayList<>();
        int from = seq > last ? ranges.size() - 1 : Math.min(position(seq), ranges.size() - 1);
        for (int at = from; at >= 0 && places.size() < limit; at--) {
            Range range = ranges.get(at);
            for (long number = Math.min(range.next(), seq) - 1;
                    number >= range.first && places.size() < limit;
                    number--) {
                places.add(range.place(number));
            }
        }
        return places;
    }

    /** Index of the first record that holds that number or a later one. */
    private int position(long seq) {
        int low = 0;
        int high = ranges.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ranges.get(middle).next() <= seq) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
