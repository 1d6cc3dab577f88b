package uz.koprik.gateway.release;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.InternalStore;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * The versions of some objects, in view or not: by their terms it is decided who may know what was done to them. What
 * was erased is not among them.
 */
final class PastTerms {

    /** Those of no object. */
    static final PastTerms NONE = new PastTerms(Map.of());

    private final Map<String, List<Entry>> byId;

    private PastTerms(Map<String, List<Entry>> byId) {
        this.byId = byId;
    }

    /** Reads them at once. Blocks. */
    static PastTerms of(InternalStore store, Collection<String> ids) throws StoreUnavailable {
        Map<String, List<Entry>> byId = new HashMap<>();
        Set<String> once = new LinkedHashSet<>(ids);
        Map<String, List<Entry>> latest = store.statements(once);
        Map<String, List<Entry>> past = store.pastVersions(once);
        for (String id : once) {
            List<Entry> all = new ArrayList<>(latest.getOrDefault(id, List.of()));
            all.addAll(past.getOrDefault(id, List.of()));
            byId.put(id, all);
        }
        return new PastTerms(byId);
    }

    /** The newest of those versions of an object that are meant. */
    Optional<Entry> newest(String id, Predicate<Entry> meant) {
        return byId.getOrDefault(id, List.of()).stream()
                .filter(meant)
                .max(Comparator.comparingLong(entry -> entry.facts().version()));
    }
}
