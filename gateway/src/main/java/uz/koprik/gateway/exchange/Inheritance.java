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
import uz.koprik.indicators.policy.ReleaseClass;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.Store;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * An object that refers to a stricter one is as strict as that: its text may tell what the other one must not. The same
 * holds for personal observables and for case files. The producer ({@code created_by_ref}) is not inherited from.
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
                for (String ref : candidate.refs()) {
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
        Deque<String> todo = new ArrayDeque<>(classes.keySet());
        Map<Long, ReleaseClass> bySeq = new HashMap<>();
        while (!todo.isEmpty()) {
            String id = todo.pop();
            for (Entry referrer : store.referrers(id)) {
                if (narrow(referrer, id, classes.get(id), bySeq)) {
                    String next = referrer.facts().id();
                    ReleaseClass inForce = bySeq.get(referrer.seq());
                    classes.merge(next, inForce, Inheritance::narrowed);
                    todo.add(next);
                }
            }
        }
        if (!bySeq.isEmpty()) {
            store.restrict(bySeq);
        }
    }

    private boolean narrow(Entry referrer, String ref, ReleaseClass strict, Map<Long, ReleaseClass> bySeq)
            throws StoreUnavailable {
        ReleaseClass before = bySeq.getOrDefault(referrer.seq(), referrer.release());
        ReleaseClass after = narrowed(before, strict);
        if (after.equals(before)) {
            return false;
        }
        bySeq.put(referrer.seq(), after);
        // Older versions are still handed out to those who ask for them.
        for (Entry version : store.versions(referrer.facts().id())) {
            if (version.superseded() && version.facts().refs().contains(ref)) {
                ReleaseClass old = bySeq.getOrDefault(version.seq(), version.release());
                ReleaseClass narrowed = narrowed(old, strict);
                if (!narrowed.equals(version.release())) {
                    bySeq.put(version.seq(), narrowed);
                }
            }
        }
        return true;
    }

    private static List<String> referred(List<Candidate> fresh) {
        Set<String> refs = new LinkedHashSet<>();
        for (Candidate candidate : fresh) {
            refs.addAll(candidate.refs());
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
