package uz.koprik.indicators.observable;

/**
 * A text is not a value of the kind that it is read as.
 *
 * <p>The message says what is wrong in words and never repeats the text: it may be somebody's account or card.
 */
public final class InvalidObservable extends Exception {

    private static final long serialVersionUID = 1L;

    private final ObservableKind kind;
    private final String reason;

    /** @param reason what is wrong and, where it helps, what would be right; never a part of the text itself */
    public InvalidObservable(ObservableKind kind, String reason) {
        // Thrown for every odd cell of a million-line import: a stack trace would cost more than the check.
        super(kind.label() + ": " + reason, null, false, false);
        this.kind = kind;
        this.reason = reason;
    }

    /** The kind that was asked for. */
    public ObservableKind kind() {
        return kind;
    }

    /** What is wrong, without the name of the kind. */
    public String reason() {
        return reason;
    }
}
