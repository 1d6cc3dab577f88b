package uz.koprik.gateway.auth;

/** What a caller may do. */
public enum Right {
    /** Read released objects. */
    READ("read objects"),
    /** Submit objects. */
    WRITE("submit objects"),
    /** Search, see matches and provenance. */
    ANALYSE("search and analyse"),
    /** Open and change case files. */
    CASES("work on case files"),
    /** Ask for partners' state, explain releases, manage. */
    OPERATE("operate the centre");

    private final String inWords;

    Right(String inWords) {
        this.inWords = inWords;
    }

    /** For sentences: {@code has no right to …}. */
    public String inWords() {
        return inWords;
    }
}
