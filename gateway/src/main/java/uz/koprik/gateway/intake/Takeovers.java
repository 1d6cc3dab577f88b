package uz.koprik.gateway.intake;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.EntryMetadata;
import uz.koprik.indicators.store.InternalStore;
import uz.koprik.indicators.store.Page;
import uz.koprik.indicators.store.Selection;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.Versions;

/**
 * Finds objects of which somebody else than the creator made a version. Gateways before statements took such versions;
 * the later ones refuse them, but what is stored stays stored.
 */
public final class Takeovers {

    private static final int PAGE = 1000;

    private final InternalStore store;

    public Takeovers(InternalStore store) {
        this.store = store;
    }

    /**
     * A version that is not its creator's.
     *
     * @param differs JSON pointer to the property that differs from the first version; empty when the centre that
     *     vouches differs
     */
    public record Takeover(Entry first, Entry taken, String differs) {}

    /** All of them, in the order of the sequence. Reads the whole sequence once. */
    public List<Takeover> find() throws StoreUnavailable {
        Set<String> changed = new LinkedHashSet<>();
        Selection everything = new Selection(Audience.HOUSEKEEPING, Set.of(), Set.of(), Set.of(), Versions.ALL, 0);
        long after = 0;
        for (boolean more = true; more; ) {
            Page page = store.page(everything, after, PAGE);
            for (Entry entry : page.entries()) {
                if (entry.superseded() && entry.facts().version() != StixObject.UNVERSIONED) {
                    changed.add(entry.facts().id());
                }
            }
            more = page.more();
            after = page.nextAfter();
        }
        List<Takeover> found = new ArrayList<>();
        for (String id : changed) {
            found.addAll(of(store.versions(id)));
        }
        return found;
    }

    private static List<Takeover> of(List<Entry> versions) {
        Entry first = versions.getFirst();
        List<Takeover> found = new ArrayList<>();
        for (Entry version : versions) {
            EntryMetadata facts = version.facts();
            if (!facts.producer().equals(first.facts().producer())) {
                found.add(new Takeover(first, version, "/created_by_ref"));
            } else if (facts.created() != first.facts().created()) {
                found.add(new Takeover(first, version, "/created"));
            } else if (!facts.authority().equals(first.facts().authority())) {
                found.add(new Takeover(first, version, ""));
            }
        }
        return found;
    }
}
