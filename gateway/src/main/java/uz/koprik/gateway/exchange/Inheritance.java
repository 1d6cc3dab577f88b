package uz.koprik.gateway.exchange;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.policy.ReleaseClass;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.store.Claimant;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.EntryFacts;
import uz.koprik.indicators.store.Page;
import uz.koprik.indicators.store.Provenance;
import uz.koprik.indicators.store.Selection;
import uz.koprik.indicators.store.Store;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.Versions;

/**
 * An object that refers to a stricter one is as strict as that: its text may tell what the other one must not. The same
 * holds for personal observables and for case files. The producer ({@code created_by_ref}) is not inherited from. Case files
 * inherit nothing: they are as strict as can be, and would tell whoever links them to a number what the case of that number is.
 *
 * <p>Only what the author of a text could see can be in it. So an object inherits from the first statement of an id that its
 * submitter may see, and from those of its own producer; an object that refers to a hidden one stays as it is, and its submitter does
 * not learn that there is one.
 *
 * <p>Works both ways in time: a new object takes over from what it refers to, and when the stricter one comes later, all
 * that refer to it, directly or through others, are narrowed. Never widens: only a new version of the referring object does, and of an
 * observable, which has no versions, not even that.
 */
final class Inheritance {

    private final Store store;
    private final Workers workers;

    Inheritance(Store store, Workers workers) {
        this.store = store;
        this.workers = workers;
    }

    /** Whether a class can narrow anything at all. */
    static boolean narrows(ReleaseClass strict) {
        return strict.tlp() != Tlp.CLEAR || strict.personal() || strict.house();
    }

    /** Narrows the class of every candidate by all that it refers to, in the batch or in the store. */
    void inherit(List<Candidate> fresh, Source source, Claimant claimant) throws StoreUnavailable {
        Map<String, List<Entry>> stored = stored(referred(fresh));
        Map<String, ReleaseClass> strictest = new HashMap<>();
        for (Candidate candidate : fresh) {
            candidate.release = narrowedByStored(candidate, stored, source, claimant);
            strictest.merge(candidate.id, candidate.release, ReleaseClass::narrowedBy);
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
                    narrowed = other == null ? narrowed : narrowed.narrowedBy(other);
                }
                if (!narrowed.equals(candidate.release)) {
                    candidate.release = narrowed;
                    strictest.merge(candidate.id, narrowed, ReleaseClass::narrowedBy);
                    changed = true;
                }
            }
        }
    }

    private static ReleaseClass narrowedByStored(
            Candidate candidate, Map<String, List<Entry>> stored, Source source, Claimant claimant) {
        ReleaseClass narrowed = candidate.release;
        if (candidate.isCase) {
            return narrowed;
        }
        String from = source instanceof Source.Partner partner ? partner.name() : "";
        String speaker = candidate.provenance.speaker(from);
        for (String ref : candidate.refs()) {
            narrowed = narrowed(narrowed, stored.get(ref), claimant.sight(), speaker);
        }
        if (candidate.version == EntryFacts.UNVERSIONED) {
            String authority = candidate.provenance.authority(candidate.object.createdByRef().isPresent(), from);
            for (Entry edition : stored.getOrDefault(candidate.id, List.of())) {
                if (Provenance.sameAuthority(edition.facts().authority(), authority) && knows(claimant, edition)) {
                    narrowed = narrowed.narrowedBy(edition.release());
                    break; // the statement that it continues
                }
            }
        }
        return narrowed;
    }

    /** Whether it continues that edition rather than being kept apart from it. */
    private static boolean knows(Claimant claimant, Entry edition) {
        return claimant.sight().sees(edition.release().code())
                || claimant.partner()
                        && (edition.facts().receivedFrom().equals(claimant.centre()) || edition.facts().speaker().equals(claimant.centre()));
    }

    /** {@code own} narrowed to those statements of an id that an author with that sight could know, or made itself. */
    private static ReleaseClass narrowed(ReleaseClass own, List<Entry> statements, Audience sight, String speaker) {
        ReleaseClass narrowed = own;
        boolean first = true;
        for (Entry statement : statements == null ? List.<Entry>of() : statements) {
            if (first && sight.sees(statement.release().code())) {
                first = false;
                narrowed = narrowed.narrowedBy(statement.release());
            } else if (!narrowed.narrowedBy(statement.release()).equals(narrowed) && statement.facts().speaker().equals(speaker)) {
                narrowed = narrowed.narrowedBy(statement.release());
            }
        }
        return narrowed;
    }

    /** Narrows everything stored that refers to one of these, directly or through others; durable when this returns. */
    void narrowReferrers(Collection<Candidate> fresh, Source source) throws StoreUnavailable {
        String from = source instanceof Source.Partner partner ? partner.name() : "";
        Map<Owned, ReleaseClass> strict = new LinkedHashMap<>();
        for (Candidate candidate : fresh) {
            if (narrows(candidate.release)) {
                Optional<String> producer = candidate.object.createdByRef();
                Owned one = new Owned(candidate.id, producer.orElse(""), candidate.object.created(),
                        candidate.provenance.authority(producer.isPresent(), from), candidate.provenance.speaker(from));
                strict.merge(one, candidate.release, ReleaseClass::narrowedBy);
            }
        }
        narrowReferrers(strict, new HashMap<>());
    }

    /**
     * Looks again at the last entries of the sequence: a process that ended right after storing two objects of two batches,
     * of which one refers to the other, may not have come to narrow it.
     *
     * @param entries how many; those before had their turn long ago
     */
    void settle(int entries) throws StoreUnavailable {
        Map<Owned, ReleaseClass> strict = new LinkedHashMap<>();
        Map<Long, ReleaseClass> bySeq = new HashMap<>();
        Selection everything = new Selection(Audience.HOUSEKEEPING, Set.of(), Set.of(), Set.of(), Versions.ALL, 0);
        long after = Math.max(0, store.status().lastSeq() - entries);
        for (boolean more = true; more; ) {
            Page page = store.page(everything, after, 1000);
            for (Entry entry : page.entries()) {
                EntryFacts facts = entry.facts();
                ReleaseClass settled = entry.release();
                for (String ref : facts.unit().isPresent() ? List.<String>of() : facts.refs()) {
                    settled = narrowed(settled, store.statements(ref), new Audience(facts.sight()), facts.speaker());
                }
                if (!settled.equals(entry.release())) {
                    bySeq.put(entry.seq(), settled);
                    if (!entry.superseded()) {
                        strict.merge(Owned.of(facts), settled, ReleaseClass::narrowedBy);
                    }
                }
            }
            more = page.more();
            after = page.nextAfter();
        }
        narrowReferrers(strict, bySeq);
    }

    /** Whose an object is: what binds the versions of a statement, and the centre that speaks. */
    private record Owned(String id, String producer, long created, String authority, String speaker) {

        static Owned of(EntryFacts facts) {
            return new Owned(facts.id(), facts.producer().orElse(""), facts.created(), facts.authority(), facts.speaker());
        }

        boolean owns(EntryFacts facts) {
            return producer.equals(facts.producer().orElse("")) && created == facts.created()
                    && Provenance.sameAuthority(authority, facts.authority());
        }
    }

    /**
     * Follows the references backwards from objects whose classes became stricter.
     *
     * @param strict the stricter objects; grows
     * @param bySeq what is to be put in force; grows
     */
    private void narrowReferrers(Map<Owned, ReleaseClass> strict, Map<Long, ReleaseClass> bySeq) throws StoreUnavailable {
        Deque<Owned> todo = new ArrayDeque<>(strict.keySet());
        while (!todo.isEmpty()) {
            Owned one = todo.pop();
            ReleaseClass release = strict.get(one);
            // Older versions too: they are still handed out to those who ask for them.
            for (Entry referrer : store.referrers(one.id, Versions.ALL)) {
                if (referrer.facts().unit().isPresent()) {
                    continue;
                }
                ReleaseClass before = bySeq.getOrDefault(referrer.seq(), referrer.release());
                ReleaseClass after = before.narrowedBy(release);
                if (!after.equals(before) && couldKnow(referrer.facts(), one, release)) {
                    bySeq.put(referrer.seq(), after);
                    if (!referrer.superseded()) {
                        strict.merge(Owned.of(referrer.facts()), after, ReleaseClass::narrowedBy);
                        todo.add(Owned.of(referrer.facts()));
                    }
                }
            }
        }
        if (!bySeq.isEmpty()) {
            store.restrict(bySeq);
        }
    }

    /**
     * Whether the author of a text could know of an object that became stricter: its centre made both, or the author may see the object
     * or saw a version before, and is not shown another statement of its id in its place.
     */
    private boolean couldKnow(EntryFacts text, Owned strict, ReleaseClass release) throws StoreUnavailable {
        if (text.speaker().equals(strict.speaker)) {
            return true;
        }
        Audience sight = new Audience(text.sight());
        for (Entry statement : store.statements(strict.id)) {
            if (strict.owns(statement.facts())) {
                break;
            }
            if (sight.sees(statement.release().code())) {
                return false;
            }
        }
        return sight.sees(release.code()) || store.versions(strict.id).stream()
                .anyMatch(version -> strict.owns(version.facts()) && sight.sees(version.facts().release().code()));
    }

    private static Set<String> referred(List<Candidate> fresh) {
        Set<String> refs = new LinkedHashSet<>();
        for (Candidate candidate : fresh) {
            if (!candidate.isCase) { // what it refers to is not even fetched: it may be somebody else's case file
                refs.addAll(candidate.refs());
                if (candidate.version == EntryFacts.UNVERSIONED) {
                    refs.add(candidate.id);
                }
            }
        }
        return refs;
    }

    private Map<String, List<Entry>> stored(Set<String> ids) throws StoreUnavailable {
        List<String> asked = List.copyOf(ids);
        List<List<Entry>> found = workers.map(asked, store::statements);
        Map<String, List<Entry>> byId = new HashMap<>();
        for (int i = 0; i < asked.size(); i++) {
            if (!found.get(i).isEmpty()) {
                byId.put(asked.get(i), found.get(i));
            }
        }
        return byId;
    }
}
