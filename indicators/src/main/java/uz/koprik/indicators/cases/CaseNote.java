package uz.koprik.indicators.cases;

import java.time.Instant;

/**
 * A note of an analyst in a case. Notes are never changed or removed.
 *
 * @param author the account
 * @param written when
 * @param text for people
 */
public record CaseNote(String author, Instant written, String text) {

    private static final int MAX_LENGTH = 20_000;

    /** @throws IllegalArgumentException which says what is wrong */
    public CaseNote {
        if (text.isBlank() || text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("a note has 1 to " + MAX_LENGTH + " characters");
        }
    }
}
