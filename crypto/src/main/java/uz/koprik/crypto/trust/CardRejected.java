package uz.koprik.crypto.trust;

/** A centre card that must not be taken over; the message says why and what to ask of its sender. */
public final class CardRejected extends Exception {

    private static final long serialVersionUID = 1L;

    public CardRejected(String message) {
        super(message);
    }

    public CardRejected(String message, Throwable cause) {
        super(message, cause);
    }
}
