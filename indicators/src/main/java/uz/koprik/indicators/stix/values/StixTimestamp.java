package uz.koprik.indicators.stix.values;

import java.time.Instant;

/**
 * Timestamps of STIX (section 2.16): RFC 3339 in UTC with a capital {@code T} and {@code Z}, any number of fractional
 * digits. Kept in microseconds since the epoch; finer digits are cut off.
 */
public final class StixTimestamp {

    /** What {@link #parse} returns for a text that is not a timestamp; no timestamp of years 0000 to 9999 equals it. */
    public static final long INVALID = Long.MIN_VALUE;

    private static final long MICROS = 1_000_000;
    private static final int[] DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    private StixTimestamp() {}

    /**
     * Microseconds since the epoch, or {@link #INVALID}. A leap second (60), which RFC 3339 allows at the end of June
     * or December only, counts as the last microseconds of the second before it, so that order is kept.
     */
    public static long parse(String s) {
        int length = s.length();
        if (length < 20
                || s.charAt(4) != '-'
                || s.charAt(7) != '-'
                || s.charAt(10) != 'T'
                || s.charAt(13) != ':'
                || s.charAt(16) != ':'
                || s.charAt(length - 1) != 'Z') {
            return INVALID;
        }
        int year = digits(s, 0, 4);
        int month = digits(s, 5, 7);
        int day = digits(s, 8, 10);
        int hour = digits(s, 11, 13);
        int minute = digits(s, 14, 16);
        int second = digits(s, 17, 19);
        if (year < 0
                || month < 1
                || month > 12
                || day < 1
                || day > daysIn(year, month)
                || hour < 0
                || hour > 23
                || minute < 0
                || minute > 59
                || second < 0) {
            return INVALID;
        }
        boolean leap =
                second == 60 && hour == 23 && minute == 59 && ((month == 6 && day == 30) || (month == 12 && day == 31));
        if (second > 59 && !leap) {
            return INVALID;
        }
        long fraction = fraction(s, 19, length - 1);
        if (fraction < 0) {
            return INVALID;
        }
        long seconds = daysSinceEpoch(year, month, day) * 86_400 + hour * 3_600L + minute * 60L + Math.min(second, 59);
        return seconds * MICROS + (leap ? MICROS - 1 : fraction);
    }

    /** Whether {@code s} is a timestamp. */
    public static boolean isValid(String s) {
        return parse(s) != INVALID;
    }

    /**
     * The form of {@code created} and {@code modified}: 3 fractional digits, or 6 where 3 do not hold it. Common STIX
     * libraries reproduce exactly this form, so that signatures survive them.
     */
    public static String format(long micros) {
        long second = Math.floorDiv(micros, MICROS);
        int fraction = (int) Math.floorMod(micros, MICROS);
        return fraction % 1000 == 0 ? text(second, fraction / 1000, 3) : text(second, fraction, 6);
    }

    /** The same, of a moment whose parts finer than a microsecond are cut off. */
    public static String format(Instant moment) {
        return format(micros(moment));
    }

    /** The form of all other timestamps: no fractional digits that say nothing. */
    public static String formatShort(long micros) {
        long second = Math.floorDiv(micros, MICROS);
        int fraction = (int) Math.floorMod(micros, MICROS);
        int digits = fraction == 0 ? 0 : 6;
        while (digits > 0 && fraction % 10 == 0) {
            fraction /= 10;
            digits--;
        }
        return text(second, fraction, digits);
    }

    /** Microseconds since the epoch of {@code instant}; finer parts are cut off. */
    public static long micros(Instant instant) {
        return instant.getEpochSecond() * MICROS + instant.getNano() / 1000;
    }

    /** The moment of {@code micros} since the epoch. */
    public static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1000);
    }

    private static int digits(String s, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = s.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    /** Microseconds of a fraction such as {@code .123}; 0 when there is none, negative when it is malformed. */
    private static long fraction(String s, int from, int to) {
        if (from == to) {
            return 0;
        }
        if (s.charAt(from) != '.' || to - from < 2) {
            return -1;
        }
        long value = 0;
        for (int i = from + 1; i < to; i++) {
            int digit = s.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            if (i <= from + 6) {
                value = value * 10 + digit;
            }
        }
        for (int given = to - from - 1; given < 6; given++) {
            value *= 10;
        }
        return value;
    }

    private static int daysIn(int year, int month) {
        boolean leapYear = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        return month == 2 && leapYear ? 29 : DAYS[month - 1];
    }

    /**
     * Days from 1970-01-01 in the proleptic Gregorian calendar, counting years from March (Hinnant's days_from_civil).
     */
    private static long daysSinceEpoch(int year, int month, int day) {
        long y = month <= 2 ? year - 1L : year;
        long era = Math.floorDiv(y, 400L);
        long yearOfEra = y - era * 400;
        long dayOfYear = (153L * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097 + dayOfEra - 719_468;
    }

    private static String text(long second, int fraction, int fractionDigits) {
        long days = Math.floorDiv(second, 86_400L);
        int ofDay = (int) Math.floorMod(second, 86_400L);
        long z = days + 719_468;
        long era = Math.floorDiv(z, 146_097L);
        long dayOfEra = z - era * 146_097;
        long yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int mp = (int) ((5 * dayOfYear + 2) / 153);
        int month = mp < 10 ? mp + 3 : mp - 9;
        long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
        if (year < 0 || year > 9999) {
            throw new IllegalArgumentException("a timestamp outside the years 0000 to 9999");
        }
        char[] out = new char[20 + (fractionDigits == 0 ? 0 : fractionDigits + 1)];
        put(out, 0, 4, (int) year);
        out[4] = '-';
        put(out, 5, 2, month);
        out[7] = '-';
        put(out, 8, 2, (int) (dayOfYear - (153L * mp + 2) / 5 + 1));
        out[10] = 'T';
        put(out, 11, 2, ofDay / 3600);
        out[13] = ':';
        put(out, 14, 2, ofDay / 60 % 60);
        out[16] = ':';
        put(out, 17, 2, ofDay % 60);
        if (fractionDigits > 0) {
            out[19] = '.';
            put(out, 20, fractionDigits, fraction);
        }
        out[out.length - 1] = 'Z';
        return new String(out);
    }

    private static void put(char[] out, int at, int digits, int value) {
        int rest = value;
        for (int i = at + digits - 1; i >= at; i--) {
            out[i] = (char) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
