package uz.koprik.gateway.intake;

import java.time.Instant;
import java.util.Locale;
import uz.koprik.crypto.SignatureRejected;
import uz.koprik.indicators.wording.Sentence;

/**
 * Why an object was refused.
 *
 * @param code stable word for counters and software
 * @param pointer JSON pointer (RFC 6901) into the object; empty for the whole
 * @param sentence what is wrong and what to do about it; never quotes content
 * @param cure what would let the same bytes in later
 */
public record Refusal(Code code, String pointer, Sentence sentence, Cure cure) {

    /** One with a sentence of no known kind. */
    public Refusal(Code code, String pointer, String reason, Cure cure) {
        this(code, pointer, Sentence.other(reason), cure);
    }

    /** One with the usual cure of its code. */
    public Refusal(Code code, String pointer, String reason) {
        this(
                code,
                pointer,
                reason,
                switch (code) {
                    case UNKNOWN_KEY, EXPIRED_KEY, UNSIGNED, NOT_AUTHORISED -> new Cure.Settings();
                    default -> new Cure.None();
                });
    }

    /** The sentence in English. */
    public String reason() {
        return sentence.text();
    }

    /** Whether the reason can pass without a change of the object. */
    public boolean curable() {
        return !(cure instanceof Cure.None);
    }

    /** What must change here before the same bytes are accepted. */
    public sealed interface Cure {

        /** Nothing: its producer must publish something else. */
        record None() implements Cure {}

        /** The trust list or the settings of partners, by an operator of this centre. */
        record Settings() implements Cure {}

        /** The time. */
        record Time(Instant at) implements Cure {}

        /** The arrival of another object, by its id. */
        record Arrival(String id) implements Cure {}
    }

    /** The kinds of reasons, each counted of its own. */
    public enum Code {
        /** Not JSON, or JSON that can be read in more than one way. */
        MALFORMED_JSON,
        /** A row of an import that holds no value known here. */
        UNRECOGNISED,
        /** Not a STIX 2.1 object. */
        INVALID_STIX,
        /** Larger than the limit for one object. */
        TOO_LARGE,
        /** Nobody signed it, and its sender is not admitted without signatures. */
        UNSIGNED,
        /** A signature whose form is not the profile's. */
        SIGNATURE_MALFORMED,
        /** Signed by a key that is on no trust list. */
        UNKNOWN_KEY,
        /** Signed with an algorithm that is not the key's. */
        WRONG_ALGORITHM,
        /** Signed outside the validity of the key. */
        EXPIRED_KEY,
        /** Signed by a revoked key. */
        REVOKED_KEY,
        /** The signature does not match the bytes. */
        BAD_SIGNATURE,
        /** An intended signer is missing. */
        STRIPPED_SIGNATURE,
        /** Good cryptography from the wrong owner. */
        WRONG_OWNER,
        /** A version below one that is known. */
        OLD_VERSION,
        /** Another object under the same id and version; both are kept as evidence. */
        EQUIVOCATION,
        /** Withdrawn here. */
        WITHDRAWN,
        /** Its content was erased here. */
        ERASED,
        /** An account reports a value that is never blocked, and does not say that it is meant. */
        PROTECTED,
        /** An account reports a word that may be the name of a file, and does not say what it is. */
        DOUBTFUL,
        /** Policy forbids to take it in, such as a whole payment card number. */
        POLICY,
        /** The sender may not submit objects here. */
        NOT_AUTHORISED;

        /** Of a signature that does not hold. */
        public static Code of(SignatureRejected.Reason reason) {
            return switch (reason) {
                case MALFORMED -> SIGNATURE_MALFORMED;
                case UNKNOWN_KEY -> UNKNOWN_KEY;
                case WRONG_ALGORITHM -> WRONG_ALGORITHM;
                case EXPIRED_KEY -> EXPIRED_KEY;
                case REVOKED_KEY -> REVOKED_KEY;
                case BAD_SIGNATURE -> BAD_SIGNATURE;
                case STRIPPED -> STRIPPED_SIGNATURE;
                case WRONG_OWNER -> WRONG_OWNER;
            };
        }

        /** The stable word. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
