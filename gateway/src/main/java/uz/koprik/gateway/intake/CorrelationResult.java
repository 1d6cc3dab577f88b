package uz.koprik.gateway.intake;

import java.util.List;
import java.util.Optional;
import uz.koprik.indicators.correlation.Claim;
import uz.koprik.indicators.correlation.ValueMatch;
import uz.koprik.indicators.observable.Observable;

/**
 * A batch went through intake whole, and all its values were looked for.
 *
 * @param seqs sequence numbers of all entries that it stored; empty when the batch is to be looked at once more
 * @param found those of its objects that have matches
 * @param cases whether there was a case file among its objects
 * @param judgedAnew ids of objects of which a dismissal was taken back: the matches that it suppressed are to be
 *     reported
 */
public record CorrelationResult(List<Long> seqs, List<ObjectMatches> found, boolean cases, List<String> judgedAnew) {

    /** A batch of which nothing was looked for yet. */
    static CorrelationResult left(boolean cases) {
        return new CorrelationResult(List.of(), List.of(), cases, List.of());
    }

    /**
     * An object that has matches.
     *
     * @param id STIX id
     * @param isCase whether it is a case file
     * @param observables its values
     * @param claim what it says of them; empty for a case file
     * @param matches its matches, for internal use: bounded by no audience
     */
    public record ObjectMatches(
            String id, boolean isCase, List<Observable> observables, Optional<Claim> claim, List<ValueMatch> matches) {}
}
