package uz.koprik.indicators.pattern;

/** A text is not a STIX pattern; says where, what was expected and what stood there. */
public final class PatternSyntaxError extends Exception {

    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;
    private final String expected;
    private final String found;

    PatternSyntaxError(int line, int column, String expected, String found) {
        super("line " + line + ", column " + column + ": " + expected + " is expected, not " + found);
        this.line = line;
        this.column = column;
        this.expected = expected;
        this.found = found;
    }

    /** Counted from 1. */
    public int line() {
        return line;
    }

    /** Characters (UTF-16) from the start of the line, counted from 1. */
    public int column() {
        return column;
    }

    /** What would have been right at this place. */
    public String expected() {
        return expected;
    }

    /** What stands there; of a literal its kind only, since the value may be personal. */
    public String found() {
        return found;
    }
}
