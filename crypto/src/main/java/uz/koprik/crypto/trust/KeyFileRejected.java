package uz.koprik.crypto.trust;

/** A file with a secret that must not be used: open to others, damaged, or locked by another passphrase. */
public final class KeyFileRejected extends Exception {

    private static final long serialVersionUID = 1L;

    public KeyFileRejected(String message) {
        super(message);
    }

    public KeyFileRejected(String message, Throwable cause) {
        super(message, cause);
    }
}
