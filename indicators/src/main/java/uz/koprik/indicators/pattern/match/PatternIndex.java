package uz.koprik.indicators.pattern.match;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Very many patterns, of which only those are tested that an observation can match at all: each stands under values or
 * paths without which it cannot. Gives exactly what testing all of them would. Safe for use by several threads.
 *
 * @param <K> what patterns are known by, such as the id of an indicator
 */
public final class PatternIndex<K> {

    /**
     * A pattern that matched.
     *
     * @param key of the pattern
     */
    public record Hit<K>(K key, Match match) {}

    /**
     * A pattern of which it cannot be said whether it matches.
     *
     * @param key of the pattern
     */
    public record UndecidedPattern<K>(K key, MatchFailure reason) {}

    /**
     * What a look-up found, in no order that means anything.
     *
     * @param tested how many patterns had to be tested
     */
    public record Result<K>(List<Hit<K>> hits, List<UndecidedPattern<K>> undecided, int tested) {
        public Result {
            hits = List.copyOf(hits);
            undecided = List.copyOf(undecided);
        }
    }

    /** Compared by identity, so that lists of them are searched quickly. */
    private static final class Entry<K> {
        private final K key;
        private final CompiledPattern pattern;
        private final Set<Trigger> triggers;

        Entry(K key, CompiledPattern pattern, Set<Trigger> triggers) {
            this.key = key;
            this.pattern = pattern;
            this.triggers = triggers;
        }
    }

    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Map<K, Entry<K>> entries = new HashMap<>();
    private final TriggerTree<Entry<K>> tree = new TriggerTree<>();

    /** Adds a pattern, in place of the one that had the key before. */
    public void put(K key, CompiledPattern pattern) {
        lock.writeLock().lock();
        try {
            remove(key);
            Entry<K> entry =
                    new Entry<>(key, pattern, Trigger.of(pattern.pattern().root(), tree::cost));
            entries.put(key, entry);
            entry.triggers.forEach(t -> tree.add(t, entry));
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Removes the pattern of that key; says whether there was one. */
    public boolean remove(K key) {
        lock.writeLock().lock();
        try {
            Entry<K> entry = entries.remove(key);
            if (entry != null) {
                entry.triggers.forEach(t -> tree.remove(t, entry));
            }
            return entry != null;
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** How many patterns there are. */
    public int size() {
        lock.readLock().lock();
        try {
            return entries.size();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Matches all patterns against {@code observations}, as {@link CompiledPattern#match(List)} would one by one. */
    public Result<K> match(List<Observation> observations) {
        Set<Entry<K>> candidates = new LinkedHashSet<>();
        lock.readLock().lock();
        try {
            for (Observation observation : observations) {
                tree.shown(observation, candidates::addAll);
            }
        } finally {
            lock.readLock().unlock();
        }
        List<Hit<K>> hits = new ArrayList<>();
        List<UndecidedPattern<K>> undecided = new ArrayList<>();
        for (Entry<K> entry : candidates) {
            try {
                Optional<Match> match = entry.pattern.match(observations);
                match.ifPresent(m -> hits.add(new Hit<>(entry.key, m)));
            } catch (MatchFailure e) {
                undecided.add(new UndecidedPattern<>(entry.key, e));
            }
        }
        return new Result<>(hits, undecided, candidates.size());
    }
}
