package uz.koprik.crypto.algorithm;

/**
 * The private key cannot sign now: its hardware is away, locked or faulty. Nothing was signed; the same call may
 * succeed later. The message says what is wrong and what to do, and holds no secret.
 */
public final class SigningUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SigningUnavailable(String message) {
        super(message);
    }

    public SigningUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
