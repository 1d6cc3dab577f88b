package uz.koprik.gateway.intake;

import java.util.List;
import java.util.Optional;
import uz.koprik.gateway.release.Release;
import uz.koprik.indicators.correlation.Correlation;
import uz.koprik.indicators.stix.rules.Fault;

/**
 * What became of one submitted object. There is one per object: nothing is dropped silently.
 *
 * @param where its position in the submission
 * @param id its STIX id; empty when it could not be read that far
 * @param version its version in microseconds since the epoch; 0 when it has none or could not be read
 * @param status what became of it
 * @param seq its sequence number; 0 when refused
 * @param refusal why it was refused; empty otherwise
 * @param silenced its values that were not looked for, since a warning list names them; only for newly accepted objects
 * @param forgiven the faults it was taken with; only for newly accepted objects
 * @param matches where its values were found before, for {@link Release#matches} to clear; only for newly accepted
 *     objects
 * @param deskItem the item of the release desk in which it waits for a second person; only for newly accepted objects
 */
public record Outcome(
        String where,
        String id,
        long version,
        Status status,
        long seq,
        Optional<Refusal> refusal,
        List<Correlation.SilencedValue> silenced,
        List<Fault> forgiven,
        UnclearedMatches matches,
        Optional<String> deskItem) {

    public Outcome {
        forgiven = List.copyOf(forgiven);
    }

    /** One without matches. */
    public Outcome(String where, String id, long version, Status status, long seq, Optional<Refusal> refusal) {
        this(where, id, version, status, seq, refusal, List.of(), List.of(), UnclearedMatches.NONE, Optional.empty());
    }

    /** One of an object that was refused before intake could read its id. */
    public static Outcome refused(String where, Refusal refusal) {
        return new Outcome(where, "", 0, Status.REFUSED, 0, Optional.of(refusal));
    }

    /** What became of an object. */
    public enum Status {
        /** Stored durably, for the first time. */
        ACCEPTED,
        /** It was there already in this version. */
        UNCHANGED,
        /** Not stored. */
        REFUSED
    }

    /** The same with values that were not looked for. */
    public Outcome withSilenced(List<Correlation.SilencedValue> values) {
        return new Outcome(where, id, version, status, seq, refusal, values, forgiven, matches, deskItem);
    }

    /** The same with the faults it was taken with. */
    Outcome withForgiven(List<Fault> faults) {
        return new Outcome(where, id, version, status, seq, refusal, silenced, faults, matches, deskItem);
    }

    /** The same waiting in an item of the release desk. */
    Outcome waitingIn(Optional<String> item) {
        return new Outcome(where, id, version, status, seq, refusal, silenced, forgiven, matches, item);
    }

    /** The same with what correlation found. */
    Outcome with(Correlation found) {
        return new Outcome(
                where,
                id,
                version,
                status,
                seq,
                refusal,
                found.silenced(),
                forgiven,
                new UnclearedMatches(found.matches()),
                deskItem);
    }
}
