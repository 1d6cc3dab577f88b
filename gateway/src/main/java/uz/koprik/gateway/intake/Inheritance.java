package uz.koprik.gateway.intake;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
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
import java.util.function.Predicate;
import uz.koprik.gateway.auth.Source;
import uz.koprik.gateway.concurrent.WorkerPool;
import uz.koprik.gateway.partners.LocalCentre;
import uz.koprik.gateway.partners.Trust;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.policy.PastSight;
import uz.koprik.indicators.policy.ReleaseTerms;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.store.Claimant;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.EntryMetadata;
import uz.koprik.indicators.store.InternalStore;
import uz.koprik.indicators.store.Page;
import uz.koprik.indicators.store.Provenance;
import uz.koprik.indicators.store.Selection;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.Versions;

/**
 * An object that refers to a stricter one is as strict as that: its text may reveal what is in the other. The same
 * holds for personal observables and for case files. The producer ({@code created_by_ref}) is not inherited from. Case
 * files inherit nothing: they have the strictest class, and would reveal the case of a number to anyone who links them
 * to that number.
 *
 * <p>Only what the author of a text could see can be in it. So an object inherits from the first statement of an id
 * that its submitter may see, and from those that its producer or its submitter gave. An object that refers to a hidden
 * one stays as it is, and its submitter does not learn that there is one.
 *
 * <p>Works both ways in time: a new object takes over from what it refers to, and when the stricter one comes later,
 * all that refer to it, directly or through others, are narrowed. Never widens: only a new version of the referring
 * object does, and of an observable, which has no versions, not even that.
 */
final class Inheritance {

    private final LocalCentre localCentre;
    private final InternalStore store;
    private final WorkerPool workers;
    private final Trust trust;
    private final InstantSource clock;

    Inheritance(LocalCentre localCentre, InternalStore store, WorkerPool workers, Trust trust, InstantSource clock) {
        this.trust = trust;
        this.clock = clock;
        this.localCentre = localCentre;
        this.store = store;
        this.workers = workers;
    }

    /** Narrows the class of every candidate by all that it refers to, in the batch or in the store. */
    void inherit(List<Candidate> fresh, Source source, Claimant claimant) throws StoreUnavailable {
        Map<String, List<Entry>> stored = stored(referred(fresh));
        for (Candidate candidate : fresh) {
            candidate.release = narrowedByStored(candidate, stored, source, claimant);
        }
        inheritTogether(fresh);
    }

    /**
     * The same of what they refer to in the batch alone: until nothing changes any more, since references may run in
     * any order, and in circles. Terms only get stricter, and there are few of them, so this ends soon.
     */
    static void inheritTogether(List<Candidate> fresh) {
        Map<String, ReleaseTerms> strictest = new HashMap<>();
        fresh.forEach(candidate -> strictest.merge(candidate.id, candidate.release, ReleaseTerms::narrowedBy));
        boolean changed = true;
        while (changed) {
            changed = false;
            for (Candidate candidate : fresh) {
                ReleaseTerms narrowed = candidate.release;
                for (String ref : candidate.isCase ? Set.<String>of() : candidate.refs()) {
                    ReleaseTerms other = strictest.get(ref);
                    narrowed = other == null ? narrowed : narrowed.narrowedBy(other);
                }
                if (!narrowed.equals(candidate.release)) {
                    candidate.release = narrowed;
                    strictest.merge(candidate.id, narrowed, ReleaseTerms::narrowedBy);
                    changed = true;
                }
            }
        }
    }

    /**
     * Whose knowledge is in an object, as far as it decides on inheritance. Accounts that are no members of this centre
     * know nothing of what its other accounts made, so each is a speaker of its own.
     *
     * @param speaker the centre on whose word the object was taken in, or an account
     * @param giver the partner that sent it; empty for what came in at this centre
     */
    record Author(String speaker, String giver) {

        /** Whether one of them made the other object, or handed it over. */
        boolean knows(Author other) {
            return speaker.equals(other.speaker)
                    || speaker.equals(other.giver)
                    || (!giver.isEmpty() && (giver.equals(other.speaker) || giver.equals(other.giver)));
        }
    }

    private Author author(String speaker, boolean member, String account, String giver) {
        return new Author(member || !speaker.equals(localCentre.name()) ? speaker : "account " + account, giver);
    }

    private Author author(EntryMetadata facts) {
        boolean member = !facts.receivedFrom().isEmpty() || facts.sight() == EntryMetadata.ALL_CLASSES;
        return author(facts.speaker(), member, facts.submittedBy(), facts.receivedFrom());
    }

    private Author author(Candidate candidate, Source source) {
        String giver = source instanceof Source.Partner partner ? partner.name() : "";
        boolean member = !giver.isEmpty() || source.member();
        return author(candidate.provenance.speaker(giver), member, source.name(), giver);
    }

    private ReleaseTerms narrowedByStored(
            Candidate candidate, Map<String, List<Entry>> stored, Source source, Claimant claimant) {
        ReleaseTerms narrowed = candidate.release;
        if (candidate.isCase) {
            return narrowed;
        }
        String from = source instanceof Source.Partner partner ? partner.name() : "";
        Author author = author(candidate, source);
        for (String ref : candidate.refs()) {
            List<Entry> statements = stored.getOrDefault(ref, List.of());
            statements.stream()
                    .filter(statement -> claimant.audience().sees(statement.release()))
                    .findFirst()
                    .ifPresent(statement -> candidate.seen.add(statement.seq()));
            narrowed = narrowed(narrowed, statements, statement -> candidate.seen.contains(statement.seq()), author);
        }
        if (candidate.version == StixObject.UNVERSIONED) {
            String authority = candidate.provenance.authority(
                    candidate.object.createdByRef().isPresent(), from);
            for (Entry edition : stored.getOrDefault(candidate.id, List.of())) {
                if (Provenance.sameAuthority(edition.facts().authority(), authority) && knows(claimant, edition)) {
                    narrowed = narrowed.narrowedBy(inForce(edition));
                    break; // the statement that it continues
                }
            }
        }
        return narrowed;
    }

    /** Whether it continues that edition rather than being kept apart from it. */
    private static boolean knows(Claimant claimant, Entry edition) {
        return claimant.audience().sees(edition.release())
                || (claimant.partner()
                        && (edition.facts().receivedFrom().equals(claimant.centre())
                                || edition.facts().speaker().equals(claimant.centre())));
    }

    private PastSight sight(Entry text) {
        EntryMetadata facts = text.facts();
        Instant added = Instant.EPOCH.plus(text.firstAdded(), ChronoUnit.MICROS);
        Set<String> identities = facts.receivedFrom().isEmpty() ? Set.of() : trust.producers(facts.receivedFrom());
        return new PastSight(facts.sight(), identities, trust.memberships(identities, added), added);
    }

    /** {@code own} narrowed to those statements of an id that an author with that sight could know, or gave itself. */
    private ReleaseTerms narrowed(ReleaseTerms own, List<Entry> statements, Predicate<Entry> sees, Author author) {
        ReleaseTerms narrowed = own;
        boolean first = true;
        for (Entry statement : statements) {
            if (first && sees.test(statement)) {
                first = false;
                narrowed = narrowed.narrowedBy(inForce(statement));
            } else if (!narrowed.narrowedBy(inForce(statement)).equals(narrowed)
                    && author.knows(author(statement.facts()))) {
                narrowed = narrowed.narrowedBy(inForce(statement));
            }
        }
        return narrowed;
    }

    private ReleaseTerms inForce(Entry entry) {
        return inForce(entry.release());
    }

    /** What is taken over of terms now: an embargo that is over holds nothing. */
    private ReleaseTerms inForce(ReleaseTerms terms) {
        return terms.embargo().filter(end -> !clock.instant().isBefore(end)).isPresent()
                ? terms.withoutEmbargo()
                : terms;
    }

    /**
     * Narrows everything stored that refers to what is about to be stored, directly or through others; durable when
     * this returns.
     *
     * @param waiting ids of objects that stay as they are for now, since new versions of them are about to be judged:
     *     what these would narrow must not hide from their submitter what they continue
     * @return what was narrowed, and may narrow these in its turn; for {@link #narrowReferrers(Map, Source, Map)}
     */
    Map<OwnedObject, ReleaseTerms> narrowReferrers(
            Collection<Candidate> fresh, Source source, Claimant claimant, Set<String> waiting)
            throws StoreUnavailable {
        Map<OwnedObject, ReleaseTerms> strict = new LinkedHashMap<>();
        Map<OwnedObject, ReleaseTerms> offered = new HashMap<>();
        for (Candidate candidate : fresh) {
            if (candidate.release.narrows()) {
                OwnedObject owned = owned(candidate, source, 0);
                OwnedObject one = owned.at(continued(owned, claimant));
                strict.merge(one, candidate.release, ReleaseTerms::narrowedBy);
                offered.put(one, candidate.releaseBefore == null ? candidate.release : candidate.releaseBefore);
            }
        }
        Set<OwnedObject> fresher = Set.copyOf(strict.keySet());
        narrowReferrers(strict, new HashMap<>(), waiting, offered);
        strict.keySet().removeAll(fresher); // these have other sequence numbers once they are stored
        return strict;
    }

    /**
     * The same for what has been stored, by its sequence numbers.
     *
     * @param narrowed what they narrowed before they were stored
     */
    void narrowReferrers(Map<Long, Candidate> stored, Source source, Map<OwnedObject, ReleaseTerms> narrowed)
            throws StoreUnavailable {
        Map<OwnedObject, ReleaseTerms> strict = new LinkedHashMap<>(narrowed);
        stored.forEach((seq, candidate) -> {
            if (candidate.release.narrows()) {
                strict.merge(owned(candidate, source, seq), candidate.release, ReleaseTerms::narrowedBy);
            }
        });
        narrowReferrers(strict, new HashMap<>(), Set.of(), Map.of());
    }

    /** Narrows stored versions of one statement to a marking, and everything that refers to them; durable then. */
    void narrow(List<Entry> versions, Tlp tlp) throws StoreUnavailable {
        ReleaseTerms marking = new ReleaseTerms(tlp, false, false, false).withKinds(Set.of());
        Map<OwnedObject, ReleaseTerms> strict = new LinkedHashMap<>();
        Map<Long, ReleaseTerms> bySeq = new HashMap<>();
        for (Entry version : versions) {
            ReleaseTerms narrowed = version.release().narrowedBy(marking);
            if (!narrowed.equals(version.release())) {
                bySeq.put(version.seq(), narrowed);
                if (!version.superseded()) {
                    strict.merge(owned(version), narrowed, ReleaseTerms::narrowedBy);
                }
            }
        }
        narrowReferrers(strict, bySeq, Set.of(), Map.of());
    }

    /** The latest entry of the statement that a new version will continue; 0 when it will begin one. */
    private long continued(OwnedObject one, Claimant claimant) throws StoreUnavailable {
        long hidden = 0;
        boolean knowsSome = false;
        for (Entry statement : store.statements(one.id)) {
            boolean known = knows(claimant, statement);
            knowsSome |= known;
            if (one.owns(statement.facts())) {
                if (known) {
                    return statement.seq();
                }
                hidden = hidden == 0 ? statement.seq() : hidden;
            }
        }
        return !knowsSome && claimant.partner() && one.authority.isEmpty() ? hidden : 0;
    }

    /**
     * Looks again at the last entries of the sequence: a process that ended right after storing two objects of two
     * batches, of which one refers to the other, may not have come to narrow it.
     *
     * @param entries how many; those before had their turn long ago
     */
    void settle(int entries) throws StoreUnavailable {
        Map<OwnedObject, ReleaseTerms> strict = new LinkedHashMap<>();
        Map<Long, ReleaseTerms> bySeq = new HashMap<>();
        Selection everything = new Selection(Audience.HOUSEKEEPING, Set.of(), Set.of(), Set.of(), Versions.ALL, 0);
        long after = Math.max(0, store.status().lastSeq() - entries);
        for (boolean more = true; more; ) {
            Page page = store.page(everything, after, 1000);
            for (Entry entry : page.entries()) {
                EntryMetadata facts = entry.facts();
                ReleaseTerms settled = entry.release();
                for (String ref : facts.unit().isPresent() ? List.<String>of() : facts.refs()) {
                    PastSight sight = sight(entry);
                    settled = narrowed(
                            settled,
                            store.statements(ref),
                            statement -> sight.sees(statement.release()),
                            author(facts));
                }
                if (!settled.equals(entry.release())) {
                    bySeq.put(entry.seq(), settled);
                    if (!entry.superseded()) {
                        strict.merge(owned(entry), settled, ReleaseTerms::narrowedBy);
                    }
                }
            }
            more = page.more();
            after = page.nextAfter();
        }
        narrowReferrers(strict, bySeq, Set.of(), Map.of());
    }

    /**
     * Whose an object is: what binds the versions of a statement, and who made and gave it.
     *
     * @param latest sequence number of the latest entry of that statement; 0 when it has none yet
     */
    record OwnedObject(String id, String producer, long created, String authority, Author author, long latest) {

        boolean owns(EntryMetadata facts) {
            return producer.equals(facts.producer().orElse(""))
                    && created == facts.created()
                    && Provenance.sameAuthority(authority, facts.authority());
        }

        OwnedObject at(long seq) {
            return new OwnedObject(id, producer, created, authority, author, seq);
        }
    }

    private OwnedObject owned(Entry latest) {
        EntryMetadata facts = latest.facts();
        return new OwnedObject(
                facts.id(),
                facts.producer().orElse(""),
                facts.created(),
                facts.authority(),
                author(facts),
                latest.seq());
    }

    private OwnedObject owned(Candidate candidate, Source source, long seq) {
        String from = source instanceof Source.Partner partner ? partner.name() : "";
        Optional<String> producer = candidate.object.createdByRef();
        return new OwnedObject(
                candidate.id,
                producer.orElse(""),
                candidate.object.created(),
                candidate.provenance.authority(producer.isPresent(), from),
                author(candidate, source),
                seq);
    }

    /**
     * Follows the references backwards from objects whose classes became stricter.
     *
     * @param strict the stricter objects; grows
     * @param bySeq what is to be put in force; grows
     * @param waiting ids of objects that stay as they are
     * @param offered terms by which it is judged who could know these objects, besides the present ones
     */
    private void narrowReferrers(
            Map<OwnedObject, ReleaseTerms> strict,
            Map<Long, ReleaseTerms> bySeq,
            Set<String> waiting,
            Map<OwnedObject, ReleaseTerms> offered)
            throws StoreUnavailable {
        Deque<OwnedObject> todo = new ArrayDeque<>(strict.keySet());
        while (!todo.isEmpty()) {
            OwnedObject one = todo.pop();
            ReleaseTerms release = strict.get(one);
            // Older versions too: they are still handed out to those who ask for them.
            for (Entry referrer : store.referrers(one.id, Versions.ALL)) {
                if (referrer.facts().unit().isPresent()
                        || waiting.contains(referrer.facts().id())) {
                    continue;
                }
                ReleaseTerms before = bySeq.getOrDefault(referrer.seq(), referrer.release());
                ReleaseTerms after = before.narrowedBy(inForce(release));
                if (!after.equals(before)
                        && couldKnow(referrer, one, List.of(release, offered.getOrDefault(one, release)))) {
                    bySeq.put(referrer.seq(), after);
                    if (!referrer.superseded()) {
                        strict.merge(owned(referrer), after, ReleaseTerms::narrowedBy);
                        todo.add(owned(referrer));
                    }
                }
            }
        }
        if (!bySeq.isEmpty()) {
            store.restrict(bySeq);
        }
    }

    /**
     * Whether the author of a text could know of an object that became stricter: it made or gave that too, or may see
     * the object or saw a version before, and is not shown another statement of its id instead.
     */
    private boolean couldKnow(Entry text, OwnedObject strict, List<ReleaseTerms> terms) throws StoreUnavailable {
        if (author(text.facts()).knows(strict.author)) {
            return true;
        }
        PastSight sight = sight(text);
        for (Entry statement : store.statements(strict.id)) {
            if (statement.seq() == strict.latest) {
                break;
            }
            if (sight.sees(statement.release())) {
                return false;
            }
        }
        return terms.stream().anyMatch(sight::sees)
                || (strict.latest != 0
                        && store.statement(strict.latest).stream()
                                .anyMatch(version -> sight.sees(version.facts().release())));
    }

    private static Set<String> referred(List<Candidate> fresh) {
        Set<String> refs = new LinkedHashSet<>();
        for (Candidate candidate : fresh) {
            if (!candidate.isCase) { // what it refers to is not even fetched: it may be somebody else's case file
                refs.addAll(candidate.refs());
                if (candidate.version == StixObject.UNVERSIONED) {
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
