package uz.koprik.gateway.intake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import uz.koprik.gateway.auth.Source;
import uz.koprik.gateway.intake.CorrelationResult.ObjectMatches;
import uz.koprik.gateway.partners.LocalCentre;
import uz.koprik.indicators.correlation.Correlation;
import uz.koprik.indicators.correlation.CorrelationSubject;
import uz.koprik.indicators.correlation.Correlator;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.store.AppendResult;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * Looks for the values of the objects that a batch stored, among everything that is stored. Safe for use by many
 * threads at once.
 */
final class IntakeCorrelation {

    private final Correlator correlator;
    private final LocalCentre localCentre;

    IntakeCorrelation(Correlator correlator, LocalCentre localCentre) {
        this.correlator = correlator;
        this.localCentre = localCentre;
    }

    /**
     * What was found of a batch.
     *
     * @param outcomes with matches that no recipient is cleared for yet
     * @param looked for alerts
     */
    record Result(List<Outcome> outcomes, CorrelationResult looked) {}

    /** Before anything of the batch is looked for: then an indicator and observed data of one batch find each other. */
    void learn(List<Candidate> accepted) {
        accepted.forEach(candidate -> correlator.learn(candidate.object, !candidate.observables.isEmpty()));
    }

    /** See {@link Correlator#learnAgain}. */
    void learnAgain(String id) throws StoreUnavailable {
        correlator.learnAgain(id);
    }

    /** Adds which values would not be looked for. The warning lists alone decide that. */
    List<Outcome> withSilenced(List<Outcome> outcomes, List<Candidate> candidates) {
        for (int i = 0; i < outcomes.size(); i++) {
            Candidate candidate = candidates.get(i);
            if (candidate.stored) {
                List<Correlation.SilencedValue> silenced = (candidate.object.revoked()
                                ? List.<Observable>of()
                                : candidate.observables)
                        .stream()
                                .flatMap(
                                        value -> correlator
                                                .silencedBy(value)
                                                .map(hit -> new Correlation.SilencedValue(value, hit))
                                                .stream())
                                .toList();
                if (!silenced.isEmpty()) {
                    outcomes.set(i, outcomes.get(i).withSilenced(silenced));
                }
            }
        }
        return outcomes;
    }

    /**
     * Looks for the values of all stored candidates.
     *
     * @param accepted those of {@code candidates} that were stored, in their order
     */
    Result correlate(
            List<Outcome> outcomes,
            List<Candidate> candidates,
            List<Candidate> accepted,
            List<AppendResult> appended,
            Source source,
            Instant now)
            throws StoreUnavailable {
        // While patterns are still being read some may be missing, so such a batch is looked at once more.
        boolean complete = correlator.patterns().complete();
        List<ObjectMatches> found = new ArrayList<>();
        List<Outcome> correlated = withMatches(outcomes, candidates, accepted, source, now, found);
        List<String> judgedAnew = accepted.stream()
                .filter(this::takesADismissalBack)
                .flatMap(c -> c.refs().stream())
                .toList();
        boolean cases = accepted.stream().anyMatch(c -> c.isCase);
        return new Result(
                correlated,
                new CorrelationResult(complete ? sequenceNumbers(appended) : List.of(), found, cases, judgedAnew));
    }

    private List<Outcome> withMatches(
            List<Outcome> outcomes,
            List<Candidate> candidates,
            List<Candidate> accepted,
            Source source,
            Instant now,
            List<ObjectMatches> found)
            throws StoreUnavailable {
        List<CorrelationSubject> subjects = accepted.stream()
                .map(c -> c.object.revoked()
                        ? CorrelationSubject.ofValues(c.id, List.of())
                        : new CorrelationSubject(
                                c.id, c.observables, () -> c.claim(source, now), c.seq, Optional.of(c.object)))
                .toList();
        List<Correlation> correlations = correlator.correlate(subjects, Audience.HOUSEKEEPING);
        int next = 0;
        for (int i = 0; i < outcomes.size(); i++) {
            Candidate candidate = candidates.get(i);
            if (candidate.stored) {
                Correlation correlation = correlations.get(next++);
                if (!correlation.equals(Correlation.NOTHING)) {
                    outcomes.set(i, outcomes.get(i).with(correlation));
                    if (!correlation.matches().isEmpty()) {
                        found.add(new ObjectMatches(
                                candidate.id,
                                candidate.isCase,
                                candidate.observables,
                                candidate.claim(source, now),
                                correlation.matches()));
                    }
                }
            }
        }
        return outcomes;
    }

    private boolean takesADismissalBack(Candidate candidate) {
        return candidate.object.type().equals(VerdictIds.DISMISSAL)
                && candidate.object.revoked()
                && candidate
                        .object
                        .createdByRef()
                        .filter(localCentre.identity()::equals)
                        .isPresent();
    }

    private static List<Long> sequenceNumbers(List<AppendResult> appended) {
        List<Long> seqs = new ArrayList<>(appended.size());
        for (AppendResult one : appended) {
            if (one instanceof AppendResult.NewEntry stored) {
                seqs.add(stored.seq());
            }
        }
        return seqs;
    }
}
