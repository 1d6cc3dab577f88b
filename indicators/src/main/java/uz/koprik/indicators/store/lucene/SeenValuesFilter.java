package uz.koprik.indicators.store.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.util.BytesRef;
import uz.koprik.indicators.observable.network.NetworkKey;
import uz.koprik.indicators.observable.network.PrefixBuckets;
import uz.koprik.indicators.store.EntryMetadata;
import uz.koprik.indicators.store.entries.IndexTerms;

/**
 * Whether any entry ever carried a value, or something within a place: it answers no to most questions of intake before
 * the index is asked, since most values of a new object are new. It may answer yes by mistake, once in a hundred times,
 * and until all that the index holds was added; never no. Takes some five bytes per entry.
 *
 * <p>Bloom filters, each twice as large as the one before and filled before the next is begun, since nobody knows how
 * much will come. An entry is added here before its append is acknowledged.
 */
final class SeenValuesFilter {

    private static final int FIRST_WORDS = 1 << 16;
    private static final int BITS_A_WORD = 10;
    private static final int PROBES = 6;

    /** Differs from run to run, so that nobody can send words that collide. */
    private final long seed = ThreadLocalRandom.current().nextLong();

    private volatile List<Layer> layers = List.of(new Layer(FIRST_WORDS));
    private volatile boolean whole;

    private static final class Layer {

        private final long[] bits;
        private final int capacity;
        private int words;

        Layer(int capacity) {
            this.capacity = capacity;
            this.bits = new long[capacity / Long.SIZE * BITS_A_WORD];
        }

        boolean has(long hash) {
            for (int probe = 0; probe < PROBES; probe++) {
                long bit = bit(hash, probe);
                if ((bits[(int) (bit >>> 6)] & (1L << bit)) == 0) {
                    return false;
                }
            }
            return true;
        }

        void add(long hash) {
            for (int probe = 0; probe < PROBES; probe++) {
                long bit = bit(hash, probe);
                bits[(int) (bit >>> 6)] |= 1L << bit;
            }
            words++;
        }

        /** The probes walk by one half of the hash from where the other points to. */
        private long bit(long hash, int probe) {
            int at = (int) hash + probe * ((int) (hash >>> 32) | 1);
            return (Integer.toUnsignedLong(at) * (64L * bits.length)) >>> 32;
        }
    }

    /** Takes note of an entry before it comes into view. */
    synchronized void add(EntryMetadata facts) {
        for (String key : facts.observables()) {
            addValue(key);
            NetworkKey.ofKey(key).ifPresent(this::addPlace);
        }
    }

    /** Takes note of all that an index shows; after that, everything that was ever stored has been added. */
    void addAll(IndexReader index) throws IOException {
        for (LeafReaderContext leaf : index.leaves()) {
            each(leaf.reader().terms(IndexFiles.OBSERVABLE), this::addValue);
            each(leaf.reader().terms(IndexFiles.PLACE), this::addPlace);
        }
        whole = true;
    }

    private static void each(Terms terms, Consumer<String> word) throws IOException {
        if (terms != null) {
            TermsEnum dictionary = terms.iterator();
            for (BytesRef term = dictionary.next(); term != null; term = dictionary.next()) {
                word.accept(term.utf8ToString());
            }
        }
    }

    boolean isWhole() {
        return whole;
    }

    /** A value, or the term that stands for it. */
    private synchronized void addValue(String key) {
        add(IndexTerms.of(key));
    }

    private synchronized void addPlace(String place) {
        PrefixBuckets.around(place).forEach(this::add);
    }

    /** Whether an entry may carry it. */
    boolean value(String key) {
        return !whole || has(hash(IndexTerms.of(key)));
    }

    /** Whether something may lie within it. */
    boolean within(NetworkKey.Span place) {
        if (!whole) {
            return true;
        }
        for (String cell : PrefixBuckets.covering(place)) {
            if (has(hash(cell))) {
                return true;
            }
        }
        return false;
    }

    private void add(String word) {
        long hash = hash(word);
        if (has(hash)) {
            return;
        }
        Layer last = layers.getLast();
        if (last.words == last.capacity) {
            last = new Layer(Math.min(last.capacity * 2, 1 << 26));
            List<Layer> more = new ArrayList<>(layers);
            more.add(last);
            layers = List.copyOf(more);
        }
        last.add(hash);
    }

    private boolean has(long hash) {
        List<Layer> all = layers;
        for (int i = all.size() - 1; i >= 0; i--) {
            if (all.get(i).has(hash)) {
                return true;
            }
        }
        return false;
    }

    private long hash(String word) {
        long hash = seed;
        for (int i = 0; i < word.length(); i++) {
            hash = (hash ^ word.charAt(i)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 32;
        }
        return hash;
    }
}
