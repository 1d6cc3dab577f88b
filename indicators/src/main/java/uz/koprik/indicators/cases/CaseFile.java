package uz.koprik.indicators.cases;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import uz.koprik.indicators.stix.values.StixId;

/**
 * What an investigation knows. A case file never leaves its centre; only matches with it are shown, and only inside.
 * What is to be shared of it is made into objects of their own, see {@link CaseSharing}.
 *
 * @param number as the unit counts them, such as {@code T-2026-014}; identifies the case for ever
 * @param title short, for people
 * @param crimeType a word of an open vocabulary, see {@link CrimeTypes}
 * @param status open or closed
 * @param summary for people; empty for none
 * @param ownerUnit the unit that leads it; empty for none
 * @param opened when it was opened
 * @param closed when it was closed; there exactly when it is closed
 * @param observables values that play a part in it, each once
 * @param losses one per note and currency
 * @param incidents ids of STIX objects it is linked to: incidents, reports and other objects about the same events
 * @param cases numbers of other cases it is linked to
 * @param notes in the order in which they were written
 * @param shares its shares, in order
 * @param merged cases that were merged into it, in order
 * @param mergedInto the case into which it was merged; such a case is closed and does not change any more
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
        List<CaseObservable> observables,
        List<Loss> losses,
        List<String> incidents,
        List<String> cases,
        List<CaseNote> notes,
        List<CaseShare> shares,
        List<CaseMerge> merged,
        Optional<CaseMerge> mergedInto) {

    /** Whether anybody works on it. */
    public enum Status {
        OPEN,
        CLOSED
    }

    private static final int MAX_NUMBER = 64;

    /** @throws IllegalArgumentException which says what is wrong with which part */
    public CaseFile {
        observables = List.copyOf(observables);
        losses = List.copyOf(losses);
        incidents =
                incidents.stream().anyMatch(StixId::isOtherSpelling) ? lowerCase(incidents) : List.copyOf(incidents);
        cases = List.copyOf(cases);
        notes = List.copyOf(notes);
        shares = List.copyOf(shares);
        merged = List.copyOf(merged);
        checkNumber(number);
        if (title.isBlank()) {
            throw new IllegalArgumentException("a case needs a title");
        }
        if (!CrimeTypes.isType(crimeType)) {
            throw new IllegalArgumentException(
                    "the crime type of a case is of a-z, 0-9 and hyphens, such as card-fraud");
        }
        if (closed.isPresent() != (status == Status.CLOSED)) {
            throw new IllegalArgumentException("a case has a closing time exactly when it is closed");
        }
        if (closed.isPresent() && closed.get().isBefore(opened)) {
            throw new IllegalArgumentException("a case cannot be closed before it was opened");
        }
        if (mergedInto.isPresent() && status != Status.CLOSED) {
            throw new IllegalArgumentException("a case that was merged into another one is closed");
        }
        checkLinks(number, incidents, cases);
        checkLosses(losses);
    }

    /** One with nothing but its head and its values. */
    public CaseFile(
            String number,
            String title,
            String crimeType,
            Status status,
            String summary,
            String ownerUnit,
            Instant opened,
            Optional<Instant> closed,
            List<CaseObservable> observables) {
        this(
                number,
                title,
                crimeType,
                status,
                summary,
                ownerUnit,
                opened,
                closed,
                observables,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty());
    }

    /** A case opened just now, with nothing in it yet. */
    public static CaseFile open(String number, String title, String crimeType, Instant now) {
        return new CaseFile(number, title, crimeType, Status.OPEN, "", "", now, Optional.empty(), List.of());
    }

    /** This, to be changed in any part. */
    public CaseDraft draft() {
        return new CaseDraft(this);
    }

    /** As this, with other values. */
    public CaseFile withObservables(List<CaseObservable> all) {
        return draft().observables(all).build();
    }

    /** As this, with a summary. */
    public CaseFile withSummary(String text) {
        return draft().summary(text).build();
    }

    /** As this, led by a unit. */
    public CaseFile withOwnerUnit(String unit) {
        return draft().ownerUnit(unit).build();
    }

    /** As this, closed. */
    public CaseFile close(Instant now) {
        return draft().closed(now).build();
    }

    /** As this, open again. */
    public CaseFile reopen() {
        return draft().reopened().build();
    }

    /** @throws IllegalArgumentException when a text cannot be the number of a case */
    public static void checkNumber(String number) {
        if (number.isBlank() || number.length() > MAX_NUMBER || number.chars().anyMatch(c -> c <= ' ' || c == 0x7F)) {
            throw new IllegalArgumentException(
                    "the number of a case has 1 to " + MAX_NUMBER + " characters and no spaces");
        }
    }

    /** Earlier versions took the ids of links in capital letters, and such cases must open. */
    private static List<String> lowerCase(List<String> ids) {
        return ids.stream()
                .map(id -> StixId.isOtherSpelling(id) ? id.toLowerCase(Locale.ROOT) : id)
                .distinct()
                .toList();
    }

    private static void checkLinks(String number, List<String> incidents, List<String> cases) {
        for (String id : incidents) {
            if (!StixId.isId(id)) {
                throw new IllegalArgumentException("a case is linked to STIX ids, such as incident--<uuid>");
            }
        }
        for (String other : cases) {
            checkNumber(other);
            if (other.equals(number)) {
                throw new IllegalArgumentException("a case is not linked to itself");
            }
        }
        if (new HashSet<>(incidents).size() < incidents.size() || new HashSet<>(cases).size() < cases.size()) {
            throw new IllegalArgumentException("a case is linked to another thing once");
        }
    }

    private static void checkLosses(List<Loss> losses) {
        Set<String> seen = new HashSet<>();
        for (Loss loss : losses) {
            if (!seen.add(loss.currency() + loss.note())) {
                throw new IllegalArgumentException(
                        "a case has one loss of each note and currency: give each its own note");
            }
        }
    }
}
