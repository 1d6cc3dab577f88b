package uz.koprik.gateway.cases;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import uz.koprik.indicators.stix.values.StixTimestamp;

/**
 * The version of a case to which a change applies, so that nobody overwrites an unseen version.
 *
 * @param version microseconds since the epoch; empty for any
 */
public record ExpectedVersion(Optional<Long> version) {

    /** Any stored version. */
    public static final ExpectedVersion ANY = new ExpectedVersion(Optional.empty());

    /**
     * Parses the {@code version} of a case, bare or as an entity tag in quotes; {@code *} and null mean any version.
     *
     * @throws IllegalArgumentException when the text is no version
     */
    public static ExpectedVersion of(String text) {
        if (text == null || text.strip().equals("*")) {
            return ANY;
        }
        String bare = text.strip();
        bare = bare.length() > 1 && bare.startsWith("\"") && bare.endsWith("\"")
                ? bare.substring(1, bare.length() - 1)
                : bare;
        try {
            return new ExpectedVersion(Optional.of(StixTimestamp.micros(Instant.parse(bare))));
        } catch (DateTimeParseException | ArithmeticException e) {
            throw new IllegalArgumentException(
                    "\"expected_version\" is the version of the case as its JSON has it, such as 2026-11-22T08:30:00.123Z",
                    e);
        }
    }

    void check(long stored) throws CaseVersionConflict {
        if (version.isPresent() && version.get() != stored) {
            throw new CaseVersionConflict(StixTimestamp.instant(stored).toString());
        }
    }
}
