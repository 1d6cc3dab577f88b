package uz.koprik.crypto.json;

/**
 * A number that an IEEE 754 double holds exactly as it was written.
 *
 * @param value never NaN, infinite or negative zero; integers lie within ±(2^53−1)
 * @param integer whether the text had neither fraction nor exponent, as STIX demands of its integers (section 2.7)
 */
public record JsonNumber(double value, boolean integer, int start, int end) implements Json {

    public JsonNumber(long value) {
        this((double) value, true, -1, -1);
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
