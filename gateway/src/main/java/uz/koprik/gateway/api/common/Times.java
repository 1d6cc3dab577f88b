package uz.koprik.gateway.api.common;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Moments on the wire: RFC 3339 in UTC. */
public final class Times {

    private static final long MICROS = 1_000_000;

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

    /** {@code instant} in microseconds since the epoch. */
    public static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }
}
