package uz.koprik.indicators.store.elasticsearch;

import java.util.Collection;
import java.util.concurrent.ThreadLocalRandom;

/**
 * In which entry a word occurred first, by 63 bits of a hash and so in 12 bytes. A word that never occurred, or so late
 * that {@link uz.koprik.indicators.store.entries.PendingPostings} knows all of it, need not be looked for in the index.
 * May say too early by mistake, never too late. Safe for use by many threads at once.
 */
final class FirstSeenIndex {

    /** For a word that never occurred. */
    static final long NEVER = Long.MAX_VALUE;

    /** Differs from run to run, so that nobody can send words that collide. */
    private final long seed = ThreadLocalRandom.current().nextLong();

    private long[] hashes = new long[1 << 12];
    private int[] first = new int[1 << 12];
    private int used;

    /** Takes note of words that an entry carries; entries come in ascending order. */
    synchronized void add(Collection<String> words, long seq) {
        for (String word : words) {
            if (insert(hashes, first, hash(word), (int) seq) && ++used > hashes.length / 4 * 3) {
                grow();
            }
        }
    }

    /** The first entry that carries any of these, or {@link #NEVER}. */
    synchronized long of(Collection<String> words) {
        long earliest = NEVER;
        for (String word : words) {
            earliest = Math.min(earliest, find(word));
        }
        return earliest;
    }

    /** The first entry that carries it, or {@link #NEVER}. */
    synchronized long of(String word) {
        return find(word);
    }

    private long find(String word) {
        int slot = slot(hashes, hash(word));
        return hashes[slot] == 0 ? NEVER : first[slot];
    }

    private void grow() {
        long[] before = hashes;
        int[] seqs = first;
        hashes = new long[before.length * 2];
        first = new int[before.length * 2];
        for (int i = 0; i < before.length; i++) {
            if (before[i] != 0) {
                insert(hashes, first, before[i], seqs[i]);
            }
        }
    }

    private static boolean insert(long[] hashes, int[] first, long hash, int seq) {
        int slot = slot(hashes, hash);
        if (hashes[slot] != 0) {
            return false;
        }
        hashes[slot] = hash;
        first[slot] = seq;
        return true;
    }

    /** Where it is, or would be. */
    private static int slot(long[] hashes, long hash) {
        int mask = hashes.length - 1;
        int slot = (int) (hash >>> 32) & mask;
        while (hashes[slot] != 0 && hashes[slot] != hash) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private long hash(String word) {
        long hash = seed;
        for (int i = 0; i < word.length(); i++) {
            hash = (hash ^ word.charAt(i)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 32;
        }
        return hash | 1; // 0 is an empty slot
    }
}
