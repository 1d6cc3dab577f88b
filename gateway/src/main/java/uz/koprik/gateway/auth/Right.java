package uz.koprik.gateway.auth;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

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
    OPERATE("operate the centre"),
    /** Release what others submitted and the release desk holds. */
    RELEASE("release what the release desk holds"),
    /** Look after accounts and their tokens. */
    ADMINISTER("administer accounts"),
    /** Read the access record. */
    AUDIT("read the access record");

    private final String inWords;

    Right(String inWords) {
        this.inWords = inWords;
    }

    /** As it is written in files, answers and on the command line. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The right of that code. */
    public static Optional<Right> of(String code) {
        return Arrays.stream(values())
                .filter(right -> right.code().equals(code))
                .findFirst();
    }

    /** All codes, for sentences. */
    public static String known() {
        return Arrays.stream(values()).map(Right::code).collect(Collectors.joining(", "));
    }

    /** For sentences: {@code has no right to …}. */
    public String inWords() {
        return inWords;
    }
}
