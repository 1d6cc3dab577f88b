package uz.koprik.gateway.retention;

import java.util.Optional;

/** An object is not erased, and nothing else of the order is. */
public final class NotErased extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Optional<LegalHold> hold;

    NotErased(String message) {
        super(message);
        this.hold = Optional.empty();
    }

    NotErased(String message, LegalHold hold) {
        super(message);
        this.hold = Optional.of(hold);
    }

    /** The legal hold that stops it. */
    public Optional<LegalHold> hold() {
        return hold;
    }
}
