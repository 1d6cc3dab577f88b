package uz.koprik.indicators.bursts;

import java.util.Arrays;
import java.util.HashMap;
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
 * How many objects came in a day, by each feature. Follows the store when it is asked; nothing is kept on disk, since
 * the store is read from any day on. Counts what one audience may see. Safe for use by many threads at once.
 */
public final class DailyCounts {

    /** How many days are kept: eight weeks of past for a week. */
    public static final int DAYS = 63;

    /** Features of one dimension beyond this many are not counted; real ones are hundreds. */
    private static final int MOST = 20_000;

    private static final long DAY_MICROS = 86_400_000_000L;
    private static final int PAGE = 5000;

    private final Store store;
    private final Audience audience;
    private final Map<Feature, int[]> counts = new HashMap<>();
    private final FeatureReader features;
    private long seq;
    /** When the last counted entry was added. */
    private long counted;

    private long lastDay = Long.MIN_VALUE;

    /** @param audience what is counted: what those may see to whom the counts are shown */
    public DailyCounts(Store store, Audience audience) {
        this.store = store;
        this.audience = audience;
        this.features = new FeatureReader(store, audience);
    }

    /**
     * Counts what came since the last time, and hands the counts over.
     *
     * @param today days since the epoch
     * @return by feature, the counts of the last {@link #DAYS} days, the last one being today's
     */
    public synchronized Map<Feature, int[]> upTo(long today) throws StoreUnavailable {
        long from = (today - DAYS + 1) * DAY_MICROS;
        roll(today);
        Selection all = new Selection(audience, Set.of(), Set.of(), Set.of(), Versions.LAST, seq == 0 ? from - 1 : 0);
        Page page;
        do {
            page = store.page(all, seq, PAGE);
            for (Entry entry : page.entries()) {
                if (entry.firstAdded() < entry.added() && entry.firstAdded() <= counted) {
                    continue; // stored once more
                }
                counted = entry.added();
                count(entry, today);
            }
            seq = page.nextAfter();
        } while (page.more());
        Map<Feature, int[]> copy = HashMap.newHashMap(counts.size());
        counts.forEach((feature, days) -> copy.put(feature, days.clone()));
        return copy;
    }

    /** Moves the window so that it ends today. */
    private void roll(long today) {
        long shift = lastDay == Long.MIN_VALUE ? 0 : today - lastDay;
        lastDay = Math.max(lastDay, today);
        if (shift > 0) {
            for (int[] days : counts.values()) {
                int by = (int) Math.min(shift, DAYS);
                System.arraycopy(days, by, days, 0, DAYS - by);
                Arrays.fill(days, DAYS - by, DAYS, 0);
            }
            counts.values().removeIf(days -> Arrays.stream(days).sum() == 0);
        }
    }

    private void count(Entry entry, long today) throws StoreUnavailable {
        int day = (int) (DAYS - 1 - (today - Math.floorDiv(entry.firstAdded(), DAY_MICROS)));
        if (day < 0 || day >= DAYS) {
            return;
        }
        for (Feature feature : features.of(entry)) {
            int[] days = counts.get(feature);
            if (days == null && counts.size() < MOST * Dimension.values().length) {
                days = new int[DAYS];
                counts.put(feature, days);
            }
            if (days != null) {
                days[day]++;
            }
        }
    }
}
