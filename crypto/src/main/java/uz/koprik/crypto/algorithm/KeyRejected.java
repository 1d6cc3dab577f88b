package uz.koprik.crypto.algorithm;

/** A key that must not be used: malformed, weak, private where a public one belongs, or of an unknown kind. */
public final class KeyRejected extends Exception {

    private static final long serialVersionUID = 1L;

    public KeyRejected(String message) {
        super(message);
    }

    public KeyRejected(String message, Throwable cause) {
        super(message, cause);
    }
}
