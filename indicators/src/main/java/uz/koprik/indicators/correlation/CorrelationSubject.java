package uz.koprik.indicators.correlation;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.EntryMetadata;
import uz.koprik.indicators.store.StoredObject;

/**
 * An object whose values are looked for. It must be stored already: then of two objects that arrive at the same time at
 * least one finds the other.
 *
 * @param id STIX id; the object does not match itself or its own older versions
 * @param observables its values
 * @param claim what it says of them; empty for a case file, and when only values are asked about. Read only when there
 *     is a match
 * @param seq its sequence number, by which it is recognised without being read; 0 when that is not known
 * @param object the object itself, whose pattern is tested, or which is tested by patterns; empty when only values are
 *     asked about
 */
public record CorrelationSubject(
        String id,
        List<Observable> observables,
        Supplier<Optional<Claim>> claim,
        long seq,
        Optional<StixObject> object) {

    public CorrelationSubject {
        observables = List.copyOf(observables);
    }

    /** Values, of which nothing is claimed. */
    public static CorrelationSubject ofValues(String id, List<Observable> observables) {
        return new CorrelationSubject(id, observables, Optional::empty, 0, Optional.empty());
    }

    /** A stored object. */
    public static CorrelationSubject of(Entry entry) {
        EntryMetadata facts = entry.facts();
        return new CorrelationSubject(
                facts.id(),
                facts.observables().stream().map(Observable::ofKey).toList(),
                () -> Description.of(entry).claim(),
                entry.seq(),
                Optional.of(StoredObject.stix(entry)));
    }
}
