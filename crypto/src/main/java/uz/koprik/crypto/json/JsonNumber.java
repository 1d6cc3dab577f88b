package uz.koprik.crypto.json;

/**
 * A number that an IEEE 754 double holds exactly as it was written.
 *
 * @param value never NaN, infinite or negative zero; integers lie within ±(2^53−1)
 * @param integer whether the text had neither fraction nor exponent, as STIX demands of its integers (section 2.7)
 */
public record JsonNumber(double value, boolean integer, int start, int end) implements Json {

    private static final long MAX_SAFE_INTEGER = (1L << 53) - 1;

    public JsonNumber {
        if (!Double.isFinite(value) || (value == 0 && 1 / value < 0)) {
            throw new IllegalArgumentException("JSON here knows no infinity, no NaN and no negative zero");
        }
    }

    /**
     * A whole number.
     *
     * @throws IllegalArgumentException beyond ±(2^53−1), which other readers would round
     */
    public JsonNumber(long value) {
        this(safe(value), true, -1, -1);
    }

    private static double safe(long value) {
        if (value > MAX_SAFE_INTEGER || value < -MAX_SAFE_INTEGER) {
            throw new IllegalArgumentException("a whole number beyond what every reader of JSON holds exactly");
        }
        return value;
    }

    @Override
    public String kind() {
        return integer ? "integer" : "number";
    }

    /** The value as a whole number; only meaningful when {@link #integer()}. */
    public long longValue() {
        return (long) value;
    }
}
