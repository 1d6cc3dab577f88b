package uz.koprik.gateway.exchange;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.policy.ReleaseClass;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.Page;
import uz.koprik.indicators.store.Selection;
import uz.koprik.indicators.store.Store;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.Versions;

/**
 * An object that refers to a stricter one is as strict as that: its text may tell what the other one must not. The same
 * holds for personal observables and for case files. The producer ({@code created_by_ref}) is not inherited from. Case files
 * inherit nothing: they are as strict as can be, and would tell whoever links them to a number what the case of that number is.
 *
 * <p>Works both ways in time: a new object takes over from what it refers to, and when the stricter one comes later, all
 * that refer to it, directly or through others, are narrowed. Never widens: only a new version of the referring object does.
 */
final class Inheritance {

    private final Store store;
    private final Workers workers;

    Inheritance(Store store, Workers workers) {
        this.store = store;
        this.workers = workers;
    }

    /** {@code own} narrowed to {@code other}; who produced it does not change. */
    static ReleaseClass narrowed(ReleaseClass own, ReleaseClass other) {
        return new ReleaseClass(
                own.tlp().or(other.tlp()), own.own(), own.personal() || other.personal(), own.house() || other.house());
    }

    /** Whether a class can narrow anything at all. */
    static boolean narrows(ReleaseClass strict) {
        return strict.tlp() != Tlp.CLEAR || strict.personal() || strict.house();
    }

    /** Narrows the class of every candidate by all that it refers to, in the batch or in the store. */
    void inherit(List<Candidate> fresh) throws StoreUnavailable {
        Map<String, ReleaseClass> strictest = stored(referred(fresh));
        for (Candidate candidate : fresh) {
            strictest.merge(candidate.id, candidate.release, Inheritance::narrowed);
        }
        // Until nothing changes any more: references may run in any order, and in circles. Classes only get stricter, and
        // there are few of them, so this ends soon.
        boolean changed = true;
        while (changed) {
            changed = false;
            for (Candidate candidate : fresh) {
                ReleaseClass narrowed = candidate.release;
                for (String ref : candidate.isCase ? Set.<String>of() : candidate.refs()) {
                    ReleaseClass other = strictest.get(ref);
                    narrowed = other == null ? narrowed : narrowed(narrowed, other);
                }
                if (!narrowed.equals(candidate.release)) {
                    candidate.release = narrowed;
                    strictest.merge(candidate.id, narrowed, Inheritance::narrowed);
                    changed = true;
                }
            }
        }
    }

    /** Narrows everything stored that refers to one of these, directly or through others; durable when this returns. */
    void narrowReferrers(Collection<Candidate> fresh) throws StoreUnavailable {
        Map<String, ReleaseClass> classes = new HashMap<>();
        for (Candidate candidate : fresh) {
            if (narrows(candidate.release)) {
                classes.merge(candidate.id, candidate.release, Inheritance::narrowed);
            }
        }
        narrowReferrers(classes, new HashMap<>());
    }

    /**
     * Looks again at the last entries of the sequence: a process that ended right after storing two objects of two batches,
     * of which one refers to the other, may not have come to narrow it.
     *
     * @param entries how many; those before had their turn long ago
     */
    void settle(int entries) throws StoreUnavailable {
        Map<String, ReleaseClass> classes = new HashMap<>();
        Map<Long, ReleaseClass> bySeq = new HashMap<>();
        Selection everything = new Selection(Audience.HOUSEKEEPING, Set.of(), Set.of(), Set.of(), Versions.ALL, 0);
        long after = Math.max(0, store.status().lastSeq() - entries);
        for (boolean more = true; more; ) {
            Page page = store.page(everything, after, 1000);
            for (Entry entry : page.entries()) {
                ReleaseClass settled = entry.release();
                for (String ref : entry.facts().unit().isPresent() ? List.<String>of() : entry.facts().refs()) {
                    Optional<Entry> other = store.latest(ref);
                    settled = other.isPresent() ? narrowed(settled, other.get().release()) : settled;
                }
                if (!settled.equals(entry.release())) {
                    bySeq.put(entry.seq(), settled);
                    if (!entry.superseded()) {
                        classes.put(entry.facts().id(), settled);
                    }
                }
            }
            more = page.more();
            after = page.nextAfter();
        }
        narrowReferrers(classes, bySeq);
    }

    /**
     * Follows the references backwards from objects whose classes became stricter.
     *
     * @param classes the stricter classes by id; grows
     * @param bySeq what is to be put in force; grows
     */
    private void narrowReferrers(Map<String, ReleaseClass> classes, Map<Long, ReleaseClass> bySeq) throws StoreUnavailable {
        Deque<String> todo = new ArrayDeque<>(classes.keySet());
        while (!todo.isEmpty()) {
            String id = todo.pop();
            ReleaseClass strict = classes.get(id);
            // Older versions too: they are still handed out to those who ask for them.
            for (Entry referrer : store.referrers(id, Versions.ALL)) {
                if (referrer.facts().unit().isPresent()) {
                    continue;
                }
                ReleaseClass before = bySeq.getOrDefault(referrer.seq(), referrer.release());
                ReleaseClass after = narrowed(before, strict);
                if (!after.equals(before)) {
                    bySeq.put(referrer.seq(), after);
                    if (!referrer.superseded()) {
                        classes.merge(referrer.facts().id(), after, Inheritance::narrowed);
                        todo.add(referrer.facts().id());
                    }
                }
            }
        }
        if (!bySeq.isEmpty()) {
            store.restrict(bySeq);
        }
    }

    private static List<String> referred(List<Candidate> fresh) {
        Set<String> refs = new LinkedHashSet<>();
        for (Candidate candidate : fresh) {
            if (!candidate.isCase) { // what it refers to is not even fetched: it may be somebody else's case file
                refs.addAll(candidate.refs());
            }
        }
        return new ArrayList<>(refs);
    }

    private Map<String, ReleaseClass> stored(List<String> ids) throws StoreUnavailable {
        List<Optional<ReleaseClass>> found = workers.map(ids, id -> store.latest(id).map(Entry::release));
        Map<String, ReleaseClass> classes = new HashMap<>();
        for (int i = 0; i < ids.size(); i++) {
            if (found.get(i).isPresent()) {
                classes.put(ids.get(i), found.get(i).get());
            }
        }
        return classes;
    }
}
