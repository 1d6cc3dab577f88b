package uz.koprik.gateway.intake;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import uz.koprik.gateway.auth.Source;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.Recall;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.EntryMetadata;
import uz.koprik.indicators.store.InternalStore;
import uz.koprik.indicators.store.StoreUnavailable;

/** What the store holds of recalled objects, and what a recall does to it. Each act may be repeated. */
public final class RecalledObjects {

    /**
     * Knows what was recalled, so that it does not come in again. Never blocks. Safe for use by many threads at once.
     */
    @FunctionalInterface
    public interface Gate {

        /** Knows of no recalls. */
        Gate NONE = (id, producer, version, source) -> Optional.empty();

        /**
         * Whether a version of an object was recalled by its producer.
         *
         * @param producer the creator that the object names
         * @param version in microseconds since the epoch
         * @param source who offers it
         */
        Optional<Recalled> judge(String id, Optional<String> producer, long version, Source source);
    }

    /**
     * A recall that covers a version.
     *
     * @param by name of the centre that recalled it
     * @param narrowedTo the marking under which it still may come in; empty when it may not
     */
    public record Recalled(String by, Instant at, Optional<Tlp> narrowedTo) {}

    private final InternalStore store;
    private final Inheritance inheritance;
    private final IntakeCorrelation correlation;

    RecalledObjects(InternalStore store, Inheritance inheritance, IntakeCorrelation correlation) {
        this.store = store;
        this.inheritance = inheritance;
        this.correlation = correlation;
    }

    /** The versions in view that a recall means, the latest last. */
    public List<Entry> covered(Recall recall) throws StoreUnavailable {
        return versions(recall).stream()
                .filter(entry -> entry.facts().version() <= recall.version())
                .toList();
    }

    /** The latest version in view of the object by the centre that recalls it, recalled or not. */
    public Optional<Entry> latest(Recall recall) throws StoreUnavailable {
        return versions(recall).stream().reduce((earlier, later) -> later);
    }

    /**
     * The highest version by the producer of an object, also when it was withdrawn here: who got it before has it
     * still.
     */
    public long newest(EntryMetadata object) throws StoreUnavailable {
        return store.pastVersions(List.of(object.id())).get(object.id()).stream()
                .map(Entry::facts)
                .filter(facts -> facts.producer().equals(object.producer()))
                .filter(facts -> !facts.release().house())
                .mapToLong(EntryMetadata::version)
                .reduce(object.version(), Math::max);
    }

    private List<Entry> versions(Recall recall) throws StoreUnavailable {
        return store.versions(recall.object()).stream()
                .filter(entry -> entry.facts()
                        .producer()
                        .filter(recall.producer()::equals)
                        .isPresent())
                .filter(entry -> !entry.facts().release().house())
                .toList();
    }

    /** Takes entries of a recalled object out of every view; they stay in the sequence as evidence. */
    public void withdraw(Recall recall, List<Entry> entries, String by) throws StoreUnavailable {
        store.withdrawEntries(
                recall.object(),
                entries.stream().map(Entry::seq).toList(),
                "recalled (" + recall.id() + "): " + recall.reason(),
                by);
        correlation.learnAgain(recall.object());
    }

    /** Narrows entries, and with them what refers to them. */
    public void narrow(List<Entry> entries, Tlp tlp) throws StoreUnavailable {
        inheritance.narrow(entries, tlp);
    }
}
