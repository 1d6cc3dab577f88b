package uz.koprik.gateway.intake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import uz.koprik.gateway.auth.Source;
import uz.koprik.gateway.partners.LocalCentre;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.policy.ReleaseTerms;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.store.AppendResult;
import uz.koprik.indicators.store.Claimant;
import uz.koprik.indicators.store.Draft;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.InternalStore;
import uz.koprik.indicators.store.StoreUnavailable;

/** Finds the release terms of every object, by what it says itself and by what it refers to. */
final class Classification {

    private final LocalCentre localCentre;
    private final Inheritance inheritance;
    private final InternalStore store;

    Classification(LocalCentre localCentre, Inheritance inheritance, InternalStore store) {
        this.localCentre = localCentre;
        this.store = store;
        this.inheritance = inheritance;
    }

    void classify(List<Candidate> fresh, Source source, Claimant claimant, Instant now) throws StoreUnavailable {
        for (Candidate candidate : fresh) {
            candidate.release = byOriginal(candidate, byItself(candidate, source, now));
        }
        inheritance.inherit(fresh, source, claimant);
    }

    /** See {@link Inheritance#settle}. */
    void settle(int entries) throws StoreUnavailable {
        inheritance.settle(entries);
    }

    /** See {@link Inheritance#narrowReferrers}; before these are stored. */
    Map<Inheritance.OwnedObject, ReleaseTerms> narrowReferrers(
            List<Candidate> strict, Source source, Claimant claimant, Set<String> waiting) throws StoreUnavailable {
        return strict.isEmpty() ? Map.of() : inheritance.narrowReferrers(strict, source, claimant, waiting);
    }

    /**
     * Follows what was narrowed through these to stored objects that refer to them, before these are stored. The store
     * says by the references of a new entry whose case files it is about. So what it refers to must be as strict by
     * then as it will be, in the store or here: what comes to refer to case files is stored so. All others stay as they
     * are, and are narrowed when they are stored.
     *
     * @param drafts of these, at {@link Candidate#draftAt}; those of what comes to refer to case files are made anew
     * @param narrowed what was narrowed; grows
     * @return what comes to refer to case files
     */
    List<Candidate> narrowThrough(
            List<Candidate> fresh,
            List<Draft> drafts,
            Source source,
            Claimant claimant,
            Set<String> waiting,
            Map<Inheritance.OwnedObject, ReleaseTerms> narrowed)
            throws StoreUnavailable {
        fresh.forEach(candidate -> candidate.releaseBefore = candidate.release);
        List<Candidate> stricter;
        do {
            List<ReleaseTerms> before = releases(fresh);
            inheritance.inherit(fresh, source, claimant);
            stricter = new ArrayList<>();
            for (int i = 0; i < before.size(); i++) {
                Candidate candidate = fresh.get(i);
                if (!candidate.release.equals(before.get(i))
                        && store.foresee(drafts.get(candidate.draftAt)) instanceof AppendResult.NewEntry) {
                    stricter.add(candidate);
                }
            }
            narrowReferrers(stricter, source, claimant, waiting)
                    .forEach((object, terms) -> narrowed.merge(object, terms, ReleaseTerms::narrowedBy));
        } while (!stricter.isEmpty());
        List<Candidate> house = new ArrayList<>();
        for (Candidate candidate : fresh) {
            if (candidate.release.house() && !candidate.releaseBefore.house()) {
                candidate.draftAnew(drafts, source, claimant);
                house.add(candidate);
            } else {
                candidate.release = candidate.releaseBefore;
            }
        }
        return house;
    }

    private static List<ReleaseTerms> releases(List<Candidate> fresh) {
        return fresh.stream().map(candidate -> candidate.release).toList();
    }

    /** The same for those of them that were stored. */
    void narrowReferrers(
            List<Candidate> strict,
            List<AppendResult> appended,
            Source source,
            Map<Inheritance.OwnedObject, ReleaseTerms> narrowed)
            throws StoreUnavailable {
        Map<Long, Candidate> stored = new LinkedHashMap<>();
        for (Candidate candidate : strict) {
            if (appended.get(candidate.draftAt) instanceof AppendResult.NewEntry at) {
                stored.put(at.seq(), candidate);
            }
        }
        inheritance.narrowReferrers(stored, source, narrowed);
    }

    /**
     * Looks again at what the freshly stored refer to, since something stricter may have been stored at the same time.
     */
    void narrowAgain(
            List<Candidate> fresh, List<AppendResult> appended, InternalStore store, Source source, Claimant claimant)
            throws StoreUnavailable {
        List<ReleaseTerms> before = releases(fresh);
        inheritance.inherit(fresh, source, claimant);
        Map<Long, Candidate> narrowed = new LinkedHashMap<>();
        Map<Long, ReleaseTerms> bySeq = new HashMap<>();
        for (int i = 0; i < fresh.size(); i++) {
            Candidate candidate = fresh.get(i);
            if (!candidate.release.equals(before.get(i))
                    && appended.get(candidate.draftAt) instanceof AppendResult.NewEntry stored) {
                bySeq.put(stored.seq(), candidate.release);
                narrowed.put(stored.seq(), candidate);
            }
        }
        if (!bySeq.isEmpty()) {
            store.restrict(bySeq);
            inheritance.narrowReferrers(narrowed, source, Map.of());
        }
    }

    /**
     * A redaction came from where its original came: this centre signed it, and did not make what it says. One whose
     * original is not here goes to nobody, since nobody knows what its producer allows.
     */
    private ReleaseTerms byOriginal(Candidate candidate, ReleaseTerms terms) throws StoreUnavailable {
        if (candidate.origin.isEmpty()) {
            return terms;
        }
        List<Entry> origins = store.statements(candidate.origin.get().original());
        if (origins.isEmpty()) {
            origins = store.statements(candidate.id);
        }
        if (origins.isEmpty()) {
            return terms.noFurtherThan(new ReleaseTerms(Tlp.RED, false, false, false));
        }
        ReleaseTerms made = terms;
        for (Entry origin : origins) {
            made = made.madeOf(origin.release());
        }
        return made;
    }

    private ReleaseTerms byItself(Candidate candidate, Source source, Instant now) {
        Optional<String> producer = candidate.object.createdByRef();
        boolean own =
                producer.isPresent() ? producer.get().equals(localCentre.identity()) : source instanceof Source.Account;
        boolean personal = false;
        Set<String> kinds = new TreeSet<>();
        for (Observable observable : candidate.observables) {
            personal |= observable.kind().personal();
            kinds.add(observable.kind().code());
        }
        ReleaseTerms plain = new ReleaseTerms(candidate.ownMarking, own, personal, candidate.isCase);
        if (candidate.isCase) {
            return plain; // it never leaves the centre, with values of any kind
        }
        ReleaseTerms terms = candidate.limits.apply(plain.withKinds(kinds), now);
        return own || !(source instanceof Source.Partner partner) ? terms : terms.withFrom(partner.name());
    }
}
