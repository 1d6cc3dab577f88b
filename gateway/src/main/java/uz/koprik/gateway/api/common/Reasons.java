package uz.koprik.gateway.api.common;

import uz.koprik.gateway.http.Problem;

/** The member {@code reason} of what people ask for: why they do it. */
public final class Reasons {

    private Reasons() {}

    /**
     * A reason of one line.
     *
     * @param text what the caller wrote; null when the member is absent
     * @param longest most characters, without space at both ends
     * @param hint what to write, for the answer when it is missing
     * @return the text without space at both ends
     * @throws Problem 400 when it is missing, too long, or has control characters
     */
    public static String line(String text, int longest, String hint) {
        String line = present(text, hint);
        if (line.length() > longest || line.chars().anyMatch(Character::isISOControl)) {
            throw ApiJson.bad("\"reason\" is one line of at most " + longest + " characters");
        }
        return line;
    }

    /** As {@link #line}, where the reason may have several lines. */
    public static String lines(String text, int longest, String hint) {
        String lines = present(text, hint);
        if (lines.length() > longest || lines.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n')) {
            throw ApiJson.bad("\"reason\" has at most " + longest
                    + " characters, and no control characters but the end of a line");
        }
        return lines;
    }

    private static String present(String text, String hint) {
        if (text == null || text.isBlank()) {
            throw ApiJson.bad("\"reason\" is missing: " + hint);
        }
        return text.strip();
    }
}
