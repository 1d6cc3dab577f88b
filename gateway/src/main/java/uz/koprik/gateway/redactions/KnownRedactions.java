package uz.koprik.gateway.redactions;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import uz.koprik.gateway.partners.LocalCentre;
import uz.koprik.gateway.release.Release;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.stix.values.RedactionExtension;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.EntryMetadata;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.StoredObject;

/** Finds the redactions that this centre made, by their originals. */
public final class KnownRedactions {

    private final Release release;
    private final LocalCentre centre;

    public KnownRedactions(Release release, LocalCentre centre) {
        this.release = release;
        this.centre = centre;
    }

    /**
     * A redaction.
     *
     * @param entry its latest version
     * @param origin of what it is one
     */
    public record Known(Entry entry, RedactionExtension.Origin origin) {

        public String id() {
            return entry.facts().id();
        }

        public boolean revoked() {
            return entry.facts().revoked();
        }
    }

    /** The redactions of an object that {@code reader} may see, the first one first. */
    public List<Known> of(String original, Recipient reader) throws StoreUnavailable {
        return found(RedactionExtension.mark(original), reader).stream()
                .filter(known -> known.origin().original().equals(original))
                .toList();
    }

    /** The redactions of all objects. */
    List<Known> all(Recipient reader) throws StoreUnavailable {
        return found(RedactionExtension.mark(), reader);
    }

    private List<Known> found(String mark, Recipient reader) throws StoreUnavailable {
        List<Known> found = new ArrayList<>();
        for (Entry entry : release.referrers(reader, mark)) {
            of(entry).ifPresent(origin -> found.add(new Known(entry, origin)));
        }
        return found;
    }

    /** Of what an entry is a redaction by this centre; empty when it is none. */
    public Optional<RedactionExtension.Origin> of(Entry entry) {
        return entry.facts().producer().filter(centre.identity()::equals).isEmpty()
                ? Optional.empty()
                : RedactionExtension.read(StoredObject.json(entry));
    }

    /**
     * What stands for a version of an original in its redactions: only who has the key of this centre can say of which.
     */
    String edition(Entry original) {
        EntryMetadata facts = original.facts();
        return centre.ids()
                .of("edition of", facts.id(), facts.producer().orElse(""), facts.digest())
                .toString();
    }

    /** Whether there is a later version of the original than the one of which {@code known} is a redaction. */
    public boolean outdated(Known known, Entry original) {
        return !known.origin().edition().equals(edition(original));
    }
}
