package uz.koprik.gateway.clock;

/** The clock of this process is moved, and nobody allowed that; the message says what to do. */
public final class ClockNotAllowed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ClockNotAllowed(String sentence) {
        super(sentence);
    }
}
