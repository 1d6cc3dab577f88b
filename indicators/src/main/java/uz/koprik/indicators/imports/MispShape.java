package uz.koprik.indicators.imports;

import java.util.regex.Pattern;

/** Distinguishes MISP's JSON from STIX by its beginning. */
final class MispShape {

    private static final Pattern EVENT = Pattern.compile("\\s*\\[?\\s*\\{\\s*\"Event\"\\s*:");
    private static final Pattern ANSWER = Pattern.compile("\\s*\\{\\s*\"response\"\\s*:\\s*\\[");

    private MispShape() {}

    /** Whether the beginning of a JSON text is that of a MISP export. */
    static boolean isMisp(String json) {
        return EVENT.matcher(json).lookingAt() || isAnswer(json);
    }

    /** Whether it is the answer to a search. */
    static boolean isAnswer(String json) {
        return ANSWER.matcher(json).lookingAt();
    }
}
