package uz.koprik.crypto.algorithm;

import org.bouncycastle.math.ec.rfc7748.X25519Field;

/**
 * Ready multiples of one point of edwards25519 (RFC 8032, section 5.1), so that a multiple by any scalar costs 32
 * additions and no doubling: {@code d * 256^i * P} for every place {@code i} of a byte and every digit {@code d} from 1
 * to 128. Takes half a megabyte.
 *
 * <p>Only for public scalars: which entries are read depends on them.
 */
final class EdwardsMultiples {

    private static final int PLACES = 32;
    private static final int DIGITS = 128;

    /** An entry: {@code (y - x) / 2}, {@code (y + x) / 2} and {@code d * x * y}, in this order. */
    private static final int ENTRY = 3 * X25519Field.SIZE;

    private final int[] table = new int[PLACES * DIGITS * ENTRY];

    EdwardsMultiples(EdwardsPoint point) {
        EdwardsPoint[] row = new EdwardsPoint[DIGITS];
        EdwardsPoint unit = point;
        for (int place = 0; place < PLACES; place++) {
            row[0] = unit;
            for (int digit = 1; digit < DIGITS; digit++) {
                row[digit] = row[digit - 1].plus(unit);
            }
            EdwardsPoint.writeAll(row, table, place * DIGITS * ENTRY);
            unit = row[DIGITS - 1].plus(row[DIGITS - 1]);
        }
    }

    /**
     * Adds {@code scalar} times the point to {@code sum}.
     *
     * @param scalar 32 bytes, the least significant first, below 2^255
     */
    void addTo(EdwardsSum sum, byte[] scalar) {
        int carry = 0;
        for (int place = 0; place < PLACES; place++) {
            int digit = (scalar[place] & 0xff) + carry;
            carry = digit > DIGITS ? 1 : 0;
            digit -= carry << 8;
            if (digit != 0) {
                int entry = (place * DIGITS + Math.abs(digit) - 1) * ENTRY;
                sum.add(table, entry, digit < 0);
            }
        }
    }
}
