package uz.koprik.indicators.imports.layout;

/** A cell or line that does not hold what it should; the message never quotes it. */
public final class UnusableCell extends Exception {

    private static final long serialVersionUID = 1L;

    public UnusableCell(String message) {
        super(message, null, false, false); // one a bad row at most: a stack trace would cost more than the row
    }
}
