package uz.koprik.indicators.store;

import java.util.List;

/** Decides from when on the signatures of some keys prove nothing. Safe for use by many threads at once. */
@FunctionalInterface
public interface SignerJudge {

    /** What is never reached. */
    long NEVER = Long.MAX_VALUE;

    /** All keys are good. */
    SignerJudge NONE = (producer, kids) -> NEVER;

    /**
     * The first moment, in microseconds since the epoch, from which nothing proves an object that was first seen then
     * and has only these signatures; {@link #NEVER} when one of them always proves it.
     *
     * @param producer {@code created_by_ref}, for whom a signer must be allowed to speak; empty when the object names
     *     nobody, or its proof is a countersignature
     * @param kids RFC 7638 thumbprints of the keys whose signatures held, at least one
     */
    long lostFrom(String producer, List<String> kids);
}
