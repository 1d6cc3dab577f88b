package uz.koprik.gateway.api.common;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Moments on the wire: RFC 3339 in UTC. */
public final class Times {

    private static final long MICROS = 1_000_000;
    private static final DateTimeFormatter FOR_PEOPLE = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Times() {}

    /** The moment of {@code micros} since the epoch; null for 0, which stands for none. */
    public static String text(long micros) {
        return micros == 0
                ? null
                : Instant.ofEpochSecond(Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1000)
                        .toString();
    }

    /** The moment of {@code micros} since the epoch in a sentence for people: {@code 2026-11-22 10:05:56 UTC}. */
    public static String inWords(long micros) {
        return FOR_PEOPLE.format(Instant.ofEpochSecond(Math.floorDiv(micros, MICROS)));
    }

    /** The moment of {@code seconds} since the epoch. */
    static String ofSeconds(long seconds) {
        return Instant.ofEpochSecond(seconds).toString();
    }

    /** {@code instant} in microseconds since the epoch. */
    public static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }
}
