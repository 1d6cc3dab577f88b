package uz.koprik.crypto;

import java.time.Instant;
import java.util.Optional;

/**
 * A signature that does not prove what it claims. There is no boolean to forget: verification returns or throws this.
 */
public final class SignatureRejected extends Exception {

    private static final long serialVersionUID = 1L;

    /** Why, as a stable word for counters and for software; the message says it to people. */
    public enum Reason {
        /**
         * The header is not what the profile demands: typ, crit, c14n, set, base64url, unknown or forbidden members.
         */
        MALFORMED,
        /** The key is on no trust list. */
        UNKNOWN_KEY,
        /** The algorithm named in the header is not the one of the key, or is not allowed for its centre. */
        WRONG_ALGORITHM,
        /** The key was not yet, or no longer, valid. */
        EXPIRED_KEY,
        /** The key was revoked. */
        REVOKED_KEY,
        /** The signature does not match these bytes: something was changed, or it is another's. */
        BAD_SIGNATURE,
        /** A signer named in {@code set} is missing: a signature was stripped. */
        STRIPPED,
        /** Good cryptography from the wrong owner: the key's centre may not speak for this producer. */
        WRONG_OWNER
    }

    private final Reason reason;
    private final transient Optional<Instant> holdsFrom;

    public SignatureRejected(Reason reason, String message) {
        this(reason, message, Optional.empty());
    }

    /** @param holdsFrom the moment from which the same signature is accepted, where only the time is wrong */
    public SignatureRejected(Reason reason, String message, Optional<Instant> holdsFrom) {
        super(message);
        this.reason = reason;
        this.holdsFrom = holdsFrom;
    }

    /** The moment from which the same signature is accepted; empty when time alone changes nothing. */
    public Optional<Instant> holdsFrom() {
        return holdsFrom;
    }

    public Reason reason() {
        return reason;
    }

    /** The one wording for a signature that does not hold. */
    public static SignatureRejected doesNotMatch(String kid) {
        return new SignatureRejected(
                Reason.BAD_SIGNATURE,
                "the signature of key " + kid
                        + " does not match these bytes: they were changed after signing, or it is the signature of something else");
    }
}
