package uz.koprik.indicators.bursts;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.Page;
import uz.koprik.indicators.store.Selection;
import uz.koprik.indicators.store.Store;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.Versions;

/**
 * What came since a day began, in any time zone: objects by hour, and by each feature. Follows the store when it is
 * asked; nothing is kept on disk. Counts what one audience may see. Safe for use by many threads at once.
 */
public final class DayTally {

    /** The longest day, on which clocks are set back. */
    private static final int HOURS = 25;

    /** Names of one day beyond this many are not counted. */
    private static final int MOST = 20_000;

    private static final long HOUR_MICROS = 3_600_000_000L;
    private static final int PAGE = 5000;

    private final Store store;
    private final Audience audience;
    private final FeatureReader reader;
    private final Map<Feature, Long> features = new HashMap<>();
    private long[] hours = new long[HOURS];
    private long begin = Long.MIN_VALUE;
    private long seq;
    /** When the last counted entry was added. */
    private long counted;

    /**
     * A day so far.
     *
     * @param objects that came, those of others included
     * @param hours objects in each hour since the day began
     * @param features number of objects by feature
     */
    public record Day(long objects, List<Long> hours, Map<Feature, Long> features) {

        public Day {
            hours = List.copyOf(hours);
            features = Map.copyOf(features);
        }

        /** A name and its number. */
        public record Counted(String name, long count) {}

        /** The most frequent names of one dimension, the most frequent first. */
        public List<Counted> top(Dimension dimension, int most) {
            return features.entrySet().stream()
                    .filter(one -> one.getKey().dimension() == dimension)
                    .map(one -> new Counted(one.getKey().name(), one.getValue()))
                    .sorted(Comparator.comparingLong((Counted one) -> -one.count())
                            .thenComparing(Counted::name))
                    .limit(most)
                    .toList();
        }
    }

    /** @param audience what is counted: what those may see to whom the counts are shown */
    public DayTally(Store store, Audience audience) {
        this.store = store;
        this.audience = audience;
        this.reader = new FeatureReader(store, audience);
    }

    /**
     * Counts what came since the last time, and hands the counts over.
     *
     * @param dayBegin first moment of the day; another one than last time begins anew
     */
    public synchronized Day since(Instant dayBegin) throws StoreUnavailable {
        long from = dayBegin.toEpochMilli() * 1000;
        if (from != begin) {
            begin = from;
            seq = 0;
            counted = 0;
            hours = new long[HOURS];
            features.clear();
        }
        Selection all = new Selection(audience, Set.of(), Set.of(), Set.of(), Versions.LAST, seq == 0 ? from - 1 : 0);
        Page page;
        do {
            page = store.page(all, seq, PAGE);
            for (Entry entry : page.entries()) {
                if (entry.firstAdded() < entry.added() && entry.firstAdded() <= counted) {
                    continue; // stored once more
                }
                counted = entry.added();
                count(entry);
            }
            seq = page.nextAfter();
        } while (page.more());
        List<Long> byHour = new ArrayList<>();
        long objects = 0;
        for (long hour : hours) {
            byHour.add(hour);
            objects += hour;
        }
        return new Day(objects, byHour, features);
    }

    private void count(Entry entry) throws StoreUnavailable {
        long hour = Math.floorDiv(entry.firstAdded() - begin, HOUR_MICROS);
        if (hour < 0 || hour >= HOURS) {
            return;
        }
        hours[(int) hour]++;
        for (Feature feature : reader.of(entry)) {
            if (features.containsKey(feature) || features.size() < MOST) {
                features.merge(feature, 1L, Long::sum);
            }
        }
    }
}
