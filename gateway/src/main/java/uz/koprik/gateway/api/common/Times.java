package uz.koprik.gateway.api.common;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;

/** Moments on the wire: RFC 3339 in UTC. */
public final class Times {

    private static final long MICROS = 1_000_000;

    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private Times() {}

    /** The moment of {@code micros} since the epoch; null for 0, which stands for none. */
    public static String text(long micros) {
        return micros == 0
                ? null
                : Instant.ofEpochSecond(Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1000)
                        .toString();
    }

    /** The moment of {@code seconds} since the epoch. */
    static String ofSeconds(long seconds) {
        return Instant.ofEpochSecond(seconds).toString();
    }

    /**
     * The moment that a caller wrote, such as {@code 2026-11-22T08:00:00Z}, of a year that STIX can write.
     *
     * @throws DateTimeParseException when it is none
     */
    public static Instant parse(String text) {
        Instant moment = Instant.parse(text);
        if (!writable(moment)) {
            throw new DateTimeParseException("the year is not one of 0000 to 9999", text, 0);
        }
        return moment;
    }

    /** Whether a moment is of a year that STIX can write. */
    static boolean writable(Instant moment) {
        return !moment.isBefore(FIRST) && !moment.isAfter(LAST);
    }

    /** {@code instant} in microseconds since the epoch. */
    public static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }
}
