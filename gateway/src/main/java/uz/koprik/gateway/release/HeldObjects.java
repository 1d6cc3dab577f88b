package uz.koprik.gateway.release;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import uz.koprik.gateway.desk.DeskObject;
import uz.koprik.indicators.policy.ReleaseTerms;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.InternalStore;
import uz.koprik.indicators.store.Renewal;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.Versions;

/** Finds held objects in the store: those of an item, and those that are held only because they refer to them. */
final class HeldObjects {

    private final InternalStore store;

    HeldObjects(InternalStore store) {
        this.store = store;
    }

    /**
     * What a release of some objects releases.
     *
     * @param own the objects themselves, as far as they are held and no later version took their place
     * @param with what is held only because it refers to them
     * @param behind ids of held objects that they refer to and that stay held: these have to be released before
     */
    record Released(List<Entry> own, List<Entry> with, List<String> behind) {}

    /** What releases these objects. */
    Released released(Collection<DeskObject> objects) throws StoreUnavailable {
        Map<String, Entry> all = new LinkedHashMap<>();
        for (Entry entry : entries(objects)) {
            all.put(entry.facts().id(), entry);
        }
        List<Entry> own = List.copyOf(all.values());
        Deque<Entry> todo = new ArrayDeque<>(own);
        Map<String, Entry> with = new LinkedHashMap<>();
        while (!todo.isEmpty()) {
            for (Entry referrer : store.referrers(todo.pop().facts().id(), Versions.LAST)) {
                if (referrer.release().hold() == ReleaseTerms.Hold.BY_REFERENCE
                        && all.putIfAbsent(referrer.facts().id(), referrer) == null) {
                    with.put(referrer.facts().id(), referrer);
                    todo.add(referrer);
                }
            }
        }
        // What refers to something else that is held stays, and so does what refers to that.
        boolean changed = true;
        while (changed) {
            changed = false;
            for (Entry referrer : List.copyOf(with.values())) {
                if (!behind(referrer, all).isEmpty()) {
                    with.remove(referrer.facts().id());
                    all.remove(referrer.facts().id());
                    changed = true;
                }
            }
        }
        List<String> behind = new ArrayList<>();
        for (Entry entry : own) {
            behind.addAll(behind(entry, all));
        }
        return new Released(own, List.copyOf(with.values()), behind);
    }

    /** The held entries of these versions, as far as no later version took their place. */
    List<Entry> entries(Collection<DeskObject> objects) throws StoreUnavailable {
        List<Entry> entries = new ArrayList<>();
        for (DeskObject object : objects) {
            store.statements(object.id()).stream()
                    .filter(entry -> object.is(entry) && entry.release().held())
                    .forEach(entries::add);
        }
        entries.sort(Comparator.comparingLong(Entry::seq));
        return entries;
    }

    /** What takes the hold off those of these versions that are still held, in the order of the sequence. */
    List<Renewal> renewals(Collection<DeskObject> objects) throws StoreUnavailable {
        return entries(objects).stream()
                .map(entry -> new Renewal(
                        entry.seq(), entry.release(), entry.release().with(ReleaseTerms.Hold.NONE)))
                .toList();
    }

    private List<String> behind(Entry entry, Map<String, Entry> released) throws StoreUnavailable {
        List<String> behind = new ArrayList<>();
        for (String ref : entry.facts().refs()) {
            Optional<Entry> other = released.containsKey(ref) ? Optional.empty() : store.latest(ref);
            if (other.isPresent() && other.get().release().held()) {
                behind.add(ref);
            }
        }
        return behind;
    }
}
