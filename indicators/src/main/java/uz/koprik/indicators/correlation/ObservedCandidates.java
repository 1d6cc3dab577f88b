package uz.koprik.indicators.correlation;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.Search;
import uz.koprik.indicators.store.SearchQuery;
import uz.koprik.indicators.store.Store;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * Finds the stored observed data that patterns are worth being tested against; never more than {@link #MOST} for one.
 */
final class ObservedCandidates {

    /** How many observed-data objects are looked at for one pattern, and how many objects that carry its values. */
    static final int MOST = 500;

    private static final Set<String> DATA = Set.of("observed-data");
    private static final Set<String> CARRYING = new TreeSet<>(DATA);

    static {
        for (ObservableKind kind : ObservableKind.values()) {
            kind.stixPaths().forEach(path -> CARRYING.add(path.substring(0, path.indexOf(':'))));
        }
    }

    private final Store store;
    private final Audience audience;
    private Some freshest;

    ObservedCandidates(Store store, Audience audience) {
        this.store = store;
        this.audience = audience;
    }

    /**
     * Observed data.
     *
     * @param entries newest first
     * @param more whether there may be others that were not looked at
     */
    record Some(List<Entry> entries, boolean more) {

        static final Some NONE = new Some(List.of(), false);
    }

    /** The ones added last. */
    Some freshest() throws StoreUnavailable {
        if (freshest == null) {
            Search.Result result = store.search(question(Set.of(), Set.of(), DATA, MOST));
            freshest = new Some(result.entries(), result.more());
        }
        return freshest;
    }

    /** What refers to one of these objects, of observed data. */
    Search.Result naming(Set<String> ids, int most) throws StoreUnavailable {
        return store.search(question(Set.of(), ids, DATA, most));
    }

    /** What carries one of these values, of some types. */
    Search.Result carrying(Set<String> keys, Set<String> types) throws StoreUnavailable {
        return store.search(question(keys, Set.of(), types, MOST));
    }

    /**
     * The observed data that show at least one of some values, for each of several askers. Two questions to the store
     * when few objects carry any of all these values, else two for each asker.
     *
     * @param wanted keys of values by asker
     */
    Map<String, Some> showing(Map<String, Set<String>> wanted) throws StoreUnavailable {
        Map<String, Some> found = new HashMap<>();
        wanted.keySet().forEach(asker -> found.put(asker, Some.NONE));
        Set<String> keys = new HashSet<>();
        wanted.values().forEach(keys::addAll);
        if (keys.isEmpty()) {
            return found;
        }
        Search.Result carriers = carrying(keys, CARRYING);
        if (carriers.total() == 0) {
            return found;
        }
        Search.Result naming = naming(ids(carriers.entries()), MOST);
        boolean all = !carriers.more() && !naming.more();
        for (Map.Entry<String, Set<String>> asker : wanted.entrySet()) {
            found.put(
                    asker.getKey(),
                    all || wanted.size() == 1 ? some(asker.getValue(), carriers, naming) : alone(asker.getValue()));
        }
        return found;
    }

    private Some alone(Set<String> keys) throws StoreUnavailable {
        if (keys.isEmpty()) {
            return Some.NONE;
        }
        Search.Result carriers = carrying(keys, CARRYING);
        return carriers.total() == 0 ? Some.NONE : some(keys, carriers, naming(ids(carriers.entries()), MOST));
    }

    private static Some some(Set<String> keys, Search.Result carriers, Search.Result naming) {
        Set<String> parts = new HashSet<>();
        Map<Long, Entry> data = new HashMap<>();
        for (Entry entry : carriers.entries()) {
            if (!Collections.disjoint(entry.facts().observables(), keys)) {
                parts.add(entry.facts().id());
                if (DATA.contains(entry.facts().type())) {
                    data.put(entry.seq(), entry);
                }
            }
        }
        for (Entry entry : naming.entries()) {
            if (!Collections.disjoint(entry.facts().refs(), parts)) {
                data.put(entry.seq(), entry);
            }
        }
        List<Entry> newestFirst = data.values().stream()
                .sorted((a, b) -> Long.compare(b.seq(), a.seq()))
                .limit(MOST)
                .toList();
        return new Some(newestFirst, carriers.more() || naming.more() || data.size() > MOST);
    }

    private static Set<String> ids(Collection<Entry> entries) {
        Set<String> ids = new LinkedHashSet<>();
        entries.forEach(entry -> ids.add(entry.facts().id()));
        return ids;
    }

    private Search question(Set<String> keys, Set<String> about, Set<String> types, int most) {
        return new Search(
                audience,
                SearchQuery.builder()
                        .observables(keys)
                        .about(about)
                        .types(types)
                        .limit(most)
                        .build());
    }
}
