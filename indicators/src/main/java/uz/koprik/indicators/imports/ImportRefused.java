package uz.koprik.indicators.imports;

/** A file that cannot be read any further; what was handed out before stays good. The message says where and why. */
public final class ImportRefused extends Exception {

    private static final long serialVersionUID = 1L;

    public ImportRefused(String message) {
        super(message);
    }

    public ImportRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
