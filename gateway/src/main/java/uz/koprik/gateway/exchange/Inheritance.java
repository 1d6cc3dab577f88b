package uz.koprik.gateway.exchange;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.policy.ReleaseClass;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.store.Claimant;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.EntryFacts;
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
 * <p>Only what the author of a text could see can be in it. So an object inherits from the first statement of an id that its
 * submitter may see, and from those of its own producer; an object that refers to a hidden one stays as it is, and its submitter does
 * not learn that there is one.
 *
 * <p>Works both ways in time: a new object takes over from what it refers to, and when the stricter one comes later, all
 * that refer to it, directly or through others, are narrowed. Never widens: only a new version of the referring object does, and of an
 * observable, which has no versions, not even that.
 */
final class Inheritance {

    /** No centre has this name. */
    private static final String NOBODY = "-";

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
        String author = source instanceof Source.Account && !source.member() ? NOBODY : candidate.provenance.speaker(from);
        for (String ref : candidate.refs()) {
            narrowed = narrowed(narrowed, stored.get(ref), claimant.sight(), author);
        }
        if (candidate.version == EntryFacts.UNVERSIONED) {
            String authority = candidate.provenance.authority(candidate.object.createdByRef().isPresent(), from);
            for (Entry edition : stored.getOrDefault(candidate.id, List.of())) {
                boolean same = edition.facts().authority().equals(authority) && claimant.sight().sees(edition.release().code());
                narrowed = same ? narrowed.narrowedBy(edition.release()) : narrowed;
            }
        }
        return narrowed;
    }

    /** {@code own} narrowed to those statements of an id that an author with that sight could know, or made itself. */
    private static ReleaseClass narrowed(ReleaseClass own, List<Entry> statements, Audience sight, String author) {
        ReleaseClass narrowed = own;
        boolean first = true;
        for (Entry statement : statements == null ? List.<Entry>of() : statements) {
            if (first && sight.sees(statement.release().code())) {
                first = false;
                narrowed = narrowed.narrowedBy(statement.release());
            } else if (!narrowed.narrowedBy(statement.release()).equals(narrowed) && statement.facts().speaker().equals(author)) {
                narrowed = narrowed.narrowedBy(statement.release());
            }
        }
        return narrowed;
    }

    /** Narrows everything stored that refers to one of these, directly or through others; durable when this returns. */
    void narrowReferrers(Collection<Candidate> fresh, Source source) throws StoreUnavailable {
        String from = source instanceof Source.Partner partner ? partner.name() : "";
        Map<String, Strict> strict = new LinkedHashMap<>();
        for (Candidate candidate : fresh) {
            if (narrows(candidate.release)) {
                Strict one = new Strict(candidate.release, candidate.provenance.speaker(from),
                        candidate.provenance.authority(candidate.object.createdByRef().isPresent(), from));
                strict.merge(candidate.id, one, Strict::and);
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
        Map<String, Strict> strict = new LinkedHashMap<>();
        Map<Long, ReleaseClass> bySeq = new HashMap<>();
        Selection everything = new Selection(Audience.HOUSEKEEPING, Set.of(), Set.of(), Set.of(), Versions.ALL, 0);
        long after = Math.max(0, store.status().lastSeq() - entries);
        for (boolean more = true; more; ) {
            Page page = store.page(everything, after, 1000);
            for (Entry entry : page.entries()) {
                EntryFacts facts = entry.facts();
                ReleaseClass settled = entry.release();
                for (String ref : facts.unit().isPresent() ? List.<String>of() : facts.refs()) {
                    settled = narrowed(settled, store.statements(ref), new Audience(facts.sight()), author(facts));
                }
                if (!settled.equals(entry.release())) {
                    bySeq.put(entry.seq(), settled);
                    if (!entry.superseded()) {
                        strict.merge(facts.id(), Strict.of(entry, settled), Strict::and);
                    }
                }
            }
            more = page.more();
            after = page.nextAfter();
        }
        narrowReferrers(strict, bySeq);
    }

    /** An object whose class became stricter, and whose it is. */
    private record Strict(ReleaseClass release, String speaker, String authority) {

        static Strict of(Entry entry, ReleaseClass release) {
            return new Strict(release, entry.facts().speaker(), entry.facts().authority());
        }

        Strict and(Strict other) {
            return new Strict(release.narrowedBy(other.release), other.speaker, other.authority);
        }
    }

    /**
     * Follows the references backwards from objects whose classes became stricter.
     *
     * @param strict the stricter objects by id; grows
     * @param bySeq what is to be put in force; grows
     */
    private void narrowReferrers(Map<String, Strict> strict, Map<Long, ReleaseClass> bySeq) throws StoreUnavailable {
        Deque<String> todo = new ArrayDeque<>(strict.keySet());
        while (!todo.isEmpty()) {
            String id = todo.pop();
            Strict one = strict.get(id);
            // Older versions too: they are still handed out to those who ask for them.
            for (Entry referrer : store.referrers(id, Versions.ALL)) {
                if (referrer.facts().unit().isPresent()) {
                    continue;
                }
                ReleaseClass before = bySeq.getOrDefault(referrer.seq(), referrer.release());
                ReleaseClass after = before.narrowedBy(one.release);
                if (!after.equals(before) && couldKnow(referrer.facts(), id, one)) {
                    bySeq.put(referrer.seq(), after);
                    if (!referrer.superseded()) {
                        strict.merge(referrer.facts().id(), Strict.of(referrer, after), Strict::and);
                        todo.add(referrer.facts().id());
                    }
                }
            }
        }
        if (!bySeq.isEmpty()) {
            store.restrict(bySeq);
        }
    }

    /** The centre that knows what is in a text; an account that is no member of this centre does not know what the centre knows. */
    private static String author(EntryFacts facts) {
        return facts.receivedFrom().isEmpty() && facts.sight() != EntryFacts.ALL_CLASSES ? NOBODY : facts.speaker();
    }

    /** Whether the author of a text could know of an object that became stricter: made it, or could see it or a version before. */
    private boolean couldKnow(EntryFacts referrer, String id, Strict strict) throws StoreUnavailable {
        if (author(referrer).equals(strict.speaker)) {
            return true;
        }
        Audience sight = new Audience(referrer.sight());
        List<Entry> versions = store.versions(id);
        boolean first = versions.isEmpty() || versions.getFirst().facts().authority().equals(strict.authority);
        return first && (sight.sees(strict.release.code())
                || versions.stream().anyMatch(version -> sight.sees(version.facts().release().code())));
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
