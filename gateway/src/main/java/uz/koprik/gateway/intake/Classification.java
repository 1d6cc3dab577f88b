package uz.koprik.gateway.intake;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import uz.koprik.gateway.auth.Source;
import uz.koprik.gateway.partners.LocalCentre;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.policy.ReleaseClass;
import uz.koprik.indicators.store.AppendResult;
import uz.koprik.indicators.store.Claimant;
import uz.koprik.indicators.store.InternalStore;
import uz.koprik.indicators.store.StoreUnavailable;

/** Puts every object into its release class, by what it says itself and by what it refers to. */
final class Classification {

    private final LocalCentre localCentre;
    private final Inheritance inheritance;

    Classification(LocalCentre localCentre, Inheritance inheritance) {
        this.localCentre = localCentre;
        this.inheritance = inheritance;
    }

    void classify(List<Candidate> fresh, Source source, Claimant claimant) throws StoreUnavailable {
        for (Candidate candidate : fresh) {
            candidate.release = byItself(candidate, source);
        }
        inheritance.inherit(fresh, source, claimant);
    }

    /** See {@link Inheritance#settle}. */
    void settle(int entries) throws StoreUnavailable {
        inheritance.settle(entries);
    }

    /** See {@link Inheritance#narrowReferrers}; before these are stored. */
    Map<Inheritance.OwnedObject, ReleaseClass> narrowReferrers(
            List<Candidate> strict, Source source, Claimant claimant, Set<String> waiting) throws StoreUnavailable {
        return strict.isEmpty() ? Map.of() : inheritance.narrowReferrers(strict, source, claimant, waiting);
    }

    /** The same for those of them that were stored. */
    void narrowReferrers(
            List<Candidate> strict,
            List<AppendResult> appended,
            Source source,
            Map<Inheritance.OwnedObject, ReleaseClass> narrowed)
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
        List<ReleaseClass> before =
                fresh.stream().map(candidate -> candidate.release).toList();
        inheritance.inherit(fresh, source, claimant);
        Map<Long, Candidate> narrowed = new LinkedHashMap<>();
        Map<Long, ReleaseClass> bySeq = new HashMap<>();
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

    private ReleaseClass byItself(Candidate candidate, Source source) {
        Optional<String> producer = candidate.object.createdByRef();
        boolean own =
                producer.isPresent() ? producer.get().equals(localCentre.identity()) : source instanceof Source.Account;
        boolean personal = false;
        for (Observable observable : candidate.observables) {
            personal |= observable.kind().personal();
        }
        return new ReleaseClass(candidate.ownMarking, own, personal, candidate.isCase);
    }
}
