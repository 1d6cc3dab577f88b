package uz.koprik.indicators.imports;

/** A cell of a table that does not hold what its column should; never quotes it. */
final class BadCell extends Exception {

    private static final long serialVersionUID = 1L;

    BadCell(String message) {
        super(message, null, false, false); // one a bad row at most: a stack trace would cost more than the row
    }
}
