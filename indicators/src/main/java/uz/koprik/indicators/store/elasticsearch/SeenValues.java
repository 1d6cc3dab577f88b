package uz.koprik.indicators.store.elasticsearch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import uz.koprik.indicators.observable.network.NetworkKey;
import uz.koprik.indicators.observable.network.PrefixBuckets;
import uz.koprik.indicators.store.EntryMetadata;

/**
 * What any entry ever carried or referred to, so that most questions need not be asked of the index at all: most values
 * of an object that has just come are new, nothing lies below them, and nobody refers to them.
 */
final class SeenValues {

    private final FirstSeenIndex values = new FirstSeenIndex();
    private final FirstSeenIndex cells = new FirstSeenIndex();
    private final FirstSeenIndex refs = new FirstSeenIndex();

    /** Takes note of an entry before it comes into view. */
    void add(long seq, EntryMetadata facts) {
        values.add(facts.observables(), seq);
        for (String key : facts.observables()) {
            NetworkKey.ofKey(key).ifPresent(place -> cells.add(PrefixBuckets.around(place), seq));
        }
        refs.add(facts.refs(), seq);
    }

    /** Those values that an entry up to this one may carry. */
    List<String> carried(Collection<String> observables, long covered) {
        List<String> met = new ArrayList<>();
        for (String key : observables) {
            if (values.of(key) <= covered) {
                met.add(key);
            }
        }
        return met;
    }

    /** The first entry that may carry something within a place, or {@link FirstSeenIndex#NEVER}. */
    long within(NetworkKey.Span place) {
        return cells.of(PrefixBuckets.covering(place));
    }

    /** The first entry that may refer to an id, or {@link FirstSeenIndex#NEVER}. */
    long referred(String id) {
        return refs.of(id);
    }
}
