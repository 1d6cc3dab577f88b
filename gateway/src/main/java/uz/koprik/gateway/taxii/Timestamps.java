package uz.koprik.gateway.taxii;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Timestamps as TAXII writes them: UTC, microseconds, {@code Z} (TAXII 2.1, section 2). */
final class Timestamps {

    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** UTC by name or as an offset of nothing; a plus that was not encoded comes as a blank (OpenCTI, issue 5681). */
    private static final Pattern SHAPE =
            Pattern.compile("(\\d{4}-\\d\\d-\\d\\d[Tt]\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?)(?:[Zz]|[+ -]00(?::?00)?)");

    private Timestamps() {}

    /** A date added: always six digits. */
    static String added(long micros) {
        return MICROS.format(instant(micros));
    }

    /** A version, in the form in which STIX producers write it: three digits, or six where they say more. */
    static String version(long micros) {
        return (micros % 1000 == 0 ? MILLIS : MICROS).format(instant(micros));
    }

    /** Microseconds since the epoch; empty when the text is not a timestamp. Finer digits are cut off. */
    static OptionalLong parse(String text) {
        Matcher shape = SHAPE.matcher(text);
        if (!shape.matches()) {
            return OptionalLong.empty();
        }
        try {
            Instant instant = LocalDateTime.parse(shape.group(1)).toInstant(ZoneOffset.UTC);
            return OptionalLong.of(ChronoUnit.MICROS.between(Instant.EPOCH, instant));
        } catch (java.time.DateTimeException noSuchDay) {
            return OptionalLong.empty();
        }
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
