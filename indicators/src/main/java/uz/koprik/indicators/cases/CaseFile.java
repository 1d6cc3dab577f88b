package uz.koprik.indicators.cases;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an investigation knows. A case file never leaves its centre; only matches with it are shown, and only inside.
 *
 * @param number as the unit counts them, such as {@code T-2026-014}; identifies the case for ever
 * @param title short, for people
 * @param crimeType a word of an open vocabulary, of a–z, 0–9 and hyphens; {@link #CRIME_TYPES} are suggestions
 * @param status open or closed
 * @param summary for people; empty for none
 * @param ownerUnit the unit that leads it; empty for none
 * @param opened when it was opened
 * @param closed when it was closed; there exactly when it is closed
 * @param observables values that play a part in it
 */
public record CaseFile(
        String number,
        String title,
        String crimeType,
        Status status,
        String summary,
        String ownerUnit,
        Instant opened,
        Optional<Instant> closed,
        List<CaseObservable> observables) {

    /** Types of crime to suggest; others are as good. */
    public static final List<String> CRIME_TYPES = List.of("account-takeover", "bank-transfer-fraud", "card-fraud",
            "data-theft", "extortion", "identity-theft", "investment-fraud", "malware", "marketplace-fraud",
            "money-laundering", "phishing", "ransomware", "romance-fraud", "sextortion", "telephone-fraud", "other");

    /** Whether anybody works on it. */
    public enum Status { OPEN, CLOSED }

    private static final int MAX_NUMBER = 64;

    /** @throws IllegalArgumentException which says what is wrong with which part */
    public CaseFile {
        observables = List.copyOf(observables);
        if (number.isBlank() || number.length() > MAX_NUMBER || number.chars().anyMatch(c -> c <= ' ' || c == 0x7F)) {
            throw new IllegalArgumentException("the number of a case has 1 to " + MAX_NUMBER + " characters and no spaces");
        }
        if (title.isBlank()) {
            throw new IllegalArgumentException("a case needs a title");
        }
        if (crimeType.isEmpty() || !crimeType.chars().allMatch(c -> c == '-' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))) {
            throw new IllegalArgumentException("the crime type of a case is of a-z, 0-9 and hyphens, such as card-fraud");
        }
        if (closed.isPresent() != (status == Status.CLOSED)) {
            throw new IllegalArgumentException("a case has a closing time exactly when it is closed");
        }
        if (closed.isPresent() && closed.get().isBefore(opened)) {
            throw new IllegalArgumentException("a case cannot be closed before it was opened");
        }
    }

    /** A case opened just now, with nothing in it yet. */
    public static CaseFile open(String number, String title, String crimeType, Instant now) {
        return new CaseFile(number, title, crimeType, Status.OPEN, "", "", now, Optional.empty(), List.of());
    }

    /** As this, with other values. */
    public CaseFile withObservables(List<CaseObservable> all) {
        return new CaseFile(number, title, crimeType, status, summary, ownerUnit, opened, closed, all);
    }

    /** As this, with a summary. */
    public CaseFile withSummary(String text) {
        return new CaseFile(number, title, crimeType, status, text, ownerUnit, opened, closed, observables);
    }

    /** As this, led by a unit. */
    public CaseFile withOwnerUnit(String unit) {
        return new CaseFile(number, title, crimeType, status, summary, unit, opened, closed, observables);
    }

    /** As this, closed. */
    public CaseFile close(Instant now) {
        return new CaseFile(number, title, crimeType, Status.CLOSED, summary, ownerUnit, opened, Optional.of(now), observables);
    }

    /** As this, open again. */
    public CaseFile reopen() {
        return new CaseFile(number, title, crimeType, Status.OPEN, summary, ownerUnit, opened, Optional.empty(), observables);
    }
}
