package uz.koprik.gateway.renewal;

/** A change of keys that must not be made now; the message says why, and what to do. */
public final class KeyChangeRefused extends Exception {
    private static final long serialVersionUID = 1L;

    public KeyChangeRefused(String message) {
        super(message);
    }
}
