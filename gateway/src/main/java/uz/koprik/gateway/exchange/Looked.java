package uz.koprik.gateway.exchange;

import java.util.List;
import java.util.Optional;
import uz.koprik.indicators.correlation.Claim;
import uz.koprik.indicators.correlation.Match;
import uz.koprik.indicators.observable.Observable;

/**
 * A batch went through intake whole, and all its values were looked for.
 *
 * @param seqs the places of everything it put into the sequence; empty when it is to be looked at once more
 * @param found those of its objects whose values were met
 * @param cases whether there was a case file among its objects
 * @param judgedAnew ids of objects of which a dismissal was taken back: what it kept silent is to be told
 */
record Looked(List<Long> seqs, List<Found> found, boolean cases, List<String> judgedAnew) {

    /** A batch of which nothing was looked for yet. */
    static Looked left(boolean cases) {
        return new Looked(List.of(), List.of(), cases, List.of());
    }

    /**
     * An object whose values were met.
     *
     * @param id STIX id
     * @param isCase whether it is a case file
     * @param observables its values
     * @param claim what it says of them; empty for a case file
     * @param matches where they were met, for housekeeping: bounded by no audience
     */
    record Found(String id, boolean isCase, List<Observable> observables, Optional<Claim> claim, List<Match> matches) {}
}
