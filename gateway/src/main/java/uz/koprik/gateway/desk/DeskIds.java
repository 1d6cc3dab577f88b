package uz.koprik.gateway.desk;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Locale;

/** Ids of desk items: 16 hexadecimal digits, of which the first 11 are the milliseconds since the epoch. */
final class DeskIds {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int TIME_DIGITS = 11;

    private DeskIds() {}

    static String next(Instant at) {
        return String.format(Locale.ROOT, "%011x%05x", at.toEpochMilli(), RANDOM.nextInt(1 << 20));
    }

    static boolean is(String text) {
        return text.matches("[0-9a-f]{16}");
    }

    /** When the item of an id began to wait. */
    static Instant at(String id) {
        return Instant.ofEpochMilli(Long.parseLong(id.substring(0, TIME_DIGITS), 16));
    }
}
