package uz.koprik.gateway.exchange;

import java.util.List;
import java.util.Optional;
import uz.koprik.indicators.correlation.Correlation;
import uz.koprik.indicators.correlation.Match;

/**
 * What became of one offered object. There is one for each: nothing is dropped without a word.
 *
 * @param where its place in what was brought
 * @param id its STIX id; empty when it could not be read that far
 * @param version its version in microseconds since the epoch; 0 when it has none or could not be read
 * @param status what became of it
 * @param seq its place in the sequence; 0 when refused
 * @param refusal why it was refused; empty otherwise
 * @param correlation where its values were met before; only for newly accepted objects
 */
public record Outcome(
        String where, String id, long version, Status status, long seq, Optional<Refusal> refusal, Correlation correlation) {

    /** What became of an object. */
    public enum Status {
        /** Stored durably, for the first time. */
        ACCEPTED,
        /** It was there already in this version. */
        UNCHANGED,
        /** Not stored. */
        REFUSED
    }

    /** The same with what was found. */
    public Outcome with(Correlation found) {
        return new Outcome(where, id, version, status, seq, refusal, found);
    }

    /** Where its values were met before. */
    public List<Match> matches() {
        return correlation.matches();
    }
}
