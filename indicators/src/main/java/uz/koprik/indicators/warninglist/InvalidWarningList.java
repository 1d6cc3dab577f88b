package uz.koprik.indicators.warninglist;

/** A file that is no warning list; the message says which, where and why. */
public final class InvalidWarningList extends Exception {

    private static final long serialVersionUID = 1;

    InvalidWarningList(String file, String pointer, String rule) {
        super(file + (pointer.isEmpty() ? "" : ", " + pointer) + ": " + rule);
    }
}
