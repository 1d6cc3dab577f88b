package uz.koprik.indicators.correlation;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.indicators.pattern.match.Observation;
import uz.koprik.indicators.pattern.match.PatternIndex;
import uz.koprik.indicators.stix.StixObject;

/**
 * The patterns of stored indicators, in memory, so that those an observation can satisfy are found at once. Holds only
 * patterns that are not found by their values alone, up to a limit. It names indicators that are worth testing, never
 * matches: the caller tests what is stored now. Safe for use by many threads at once.
 */
public final class PatternCache {

    /** How many patterns are held when nothing else is said. */
    public static final int USUAL = 100_000;

    /** Tenths of the room for patterns that name a value, which the store finds as well. */
    private static final int TENTHS_FOR_ANCHORED = 8;

    private static final Logger LOG = LoggerFactory.getLogger(PatternCache.class);

    private final int most;
    private final PatternIndex<String> index = new PatternIndex<>();
    private final Map<String, Long> versions = new ConcurrentHashMap<>();
    private final Set<String> leftOut = ConcurrentHashMap.newKeySet();
    private volatile boolean full;
    private volatile boolean filled;
    private volatile boolean observed;

    /** @param most how many patterns are held */
    public PatternCache(int most) {
        this.most = most;
    }

    /**
     * The book in figures.
     *
     * @param held patterns in memory
     * @param most how many there is room for
     * @param leftOut patterns for which there was no room, as far as they were counted: to a tenth of {@code most}, and
     *     one more
     * @param complete whether all that was stored before the start has been read
     */
    public record Figures(int held, int most, int leftOut, boolean complete) {}

    /** See {@link Figures}. */
    public Figures figures() {
        return new Figures(versions.size(), most, leftOut.size(), filled);
    }

    /**
     * Takes notice of an object that is stored; versions of one object may come in any order.
     *
     * @param carries whether it carries a value of a known kind
     * @param now microseconds since the epoch: what has expired by then is not held
     */
    public void learn(StixObject object, boolean carries, long now) {
        switch (object.type()) {
            case "observed-data" -> observed = true;
            case "indicator" -> {
                TestedPattern pattern = TestedPattern.expired(object, now)
                        ? null
                        : TestedPattern.of(object, carries).orElse(null);
                if (pattern != null || versions.containsKey(object.id()) || full) {
                    put(object.id(), object.version(), pattern);
                }
            }
            default -> {}
        }
    }

    private synchronized void put(String id, long version, TestedPattern pattern) {
        Long known = versions.get(id);
        if (known != null && known > version) {
            return;
        }
        if (pattern == null) {
            forget(id);
            return;
        }
        boolean room =
                versions.size() < (pattern.anchors().isPresent() ? (long) most * TENTHS_FOR_ANCHORED / 10 : most);
        if (known == null && !room) {
            leaveOut(id);
            return;
        }
        leftOut.remove(id);
        versions.put(id, version);
        index.put(id, pattern.compiled());
    }

    private void leaveOut(String id) {
        if (!full) {
            LOG.warn(
                    "{} patterns are held in memory, and there is no room for more: new ones that name a value of a known kind are looked for in"
                            + " the store, others are missed by observed data that come later; correlation.patterns allows more",
                    versions.size());
        }
        full = true;
        if (leftOut.size() <= most / 10) {
            leftOut.add(id);
        }
    }

    /** An object is gone, or what is known of it is to be learnt anew. */
    public synchronized void forget(String id) {
        leftOut.remove(id);
        if (versions.remove(id) != null) {
            index.remove(id);
        }
    }

    /** All that was stored before has been read. */
    public void filled() {
        filled = true;
    }

    /**
     * Whether all that was stored before the start has been read: until then a pattern that observed data satisfy may
     * not be found.
     */
    public boolean complete() {
        return filled;
    }

    /** Whether observed data were ever stored here, as far as is known. */
    boolean observed() {
        return observed || !filled;
    }

    /** Whether every pattern that has to be tested is held. */
    boolean whole() {
        return filled && !full;
    }

    /**
     * Ids of indicators that the observation satisfied in the version that is held, in no order that means anything.
     */
    Set<String> matching(Observation observation) {
        if (versions.isEmpty()) {
            return Set.of();
        }
        return index.match(List.of(observation)).hits().stream()
                .map(PatternIndex.Hit::key)
                .collect(Collectors.toSet());
    }
}
