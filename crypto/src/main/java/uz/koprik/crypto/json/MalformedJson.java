package uz.koprik.crypto.json;

/** A text that {@link StrictJson} refuses: what is wrong, and where. Never quotes the text itself. */
public final class MalformedJson extends Exception {

    private static final long serialVersionUID = 1L;

    private final String reason;
    private final String pointer;
    private final int offset;
    private final int line;
    private final int column;

    MalformedJson(String reason, String pointer, int offset, int line, int column) {
        super("line " + line + ", column " + column + (pointer.isEmpty() ? "" : ", at " + pointer) + ": " + reason);
        this.reason = reason;
        this.pointer = pointer;
        this.offset = offset;
        this.line = line;
        this.column = column;
    }

    /**
     * The same fault seen from the text that this one was cut out of.
     *
     * @param prefix JSON pointer of the part within the whole
     * @param firstLine line of the whole on which the part begins, from 1
     */
    public MalformedJson within(String prefix, int firstLine) {
        return new MalformedJson(reason, prefix + pointer, offset, firstLine + line - 1, column);
    }

    /** What is wrong, in words. */
    public String reason() {
        return reason;
    }

    /** JSON pointer (RFC 6901) of the value being read; empty for the whole text. */
    public String pointer() {
        return pointer;
    }

    /** Byte offset of the fault in the text or part that was read, at most {@link Integer#MAX_VALUE}. */
    public int offset() {
        return offset;
    }

    /** Line of the fault, from 1. */
    public int line() {
        return line;
    }

    /** Column of the fault in bytes, from 1. */
    public int column() {
        return column;
    }
}
