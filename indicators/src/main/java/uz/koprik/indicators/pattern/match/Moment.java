package uz.koprik.indicators.pattern.match;

import uz.koprik.indicators.stix.values.StixTimestamp;

/**
 * A timestamp with all its digits, as section 2.16 allows any number of them.
 *
 * @param micros since the epoch
 * @param finer digits after the microseconds, without zeros at their end
 */
record Moment(long micros, String finer) implements Comparable<Moment> {

    private static final int MICRO_DIGITS_END = 26; // 2026-01-01T00:00:00.123456

    /** Null when {@code text} is not a timestamp. */
    static Moment parse(String text) {
        long micros = StixTimestamp.parse(text);
        if (micros == StixTimestamp.INVALID) {
            return null;
        }
        int end = text.length() - 1;
        while (end > MICRO_DIGITS_END && text.charAt(end - 1) == '0') {
            end--;
        }
        return new Moment(micros, end > MICRO_DIGITS_END ? text.substring(MICRO_DIGITS_END, end) : "");
    }

    @Override
    public int compareTo(Moment other) {
        int order = Long.compare(micros, other.micros);
        return order != 0 ? order : finer.compareTo(other.finer);
    }
}
