package uz.koprik.crypto.algorithm;

import org.bouncycastle.math.ec.rfc7748.X25519Field;

/** A point that others are added to, in extended coordinates {@code (x : y : z)} with {@code u * v = x * y / z}. */
final class EdwardsSum {

    private static final int SIZE = Field25519.SIZE;

    private final long[] x = Field25519.create();
    private final long[] y = Field25519.one();
    private final long[] z = Field25519.one();
    private final long[] u = Field25519.create();
    private final long[] v = Field25519.one();

    private final long[] a = Field25519.create();
    private final long[] b = Field25519.create();
    private final long[] c = Field25519.create();

    /** The neutral element. */
    EdwardsSum() {}

    /**
     * Adds a ready multiple, or takes it away; complete, whatever the two points (Hisil et al. 2008, section 3.1).
     *
     * @param entry where in {@code table} it begins
     */
    void add(long[] table, int entry, boolean negative) {
        // Of the negative point, x is negative: so the first two change places and the third its sign.
        Field25519.addAndSubtract(y, x, b, a);
        Field25519.mul(a, table, entry + (negative ? SIZE : 0), a);
        Field25519.mul(b, table, entry + (negative ? 0 : SIZE), b);
        Field25519.mul(u, v, c);
        Field25519.mul(c, table, entry + 2 * SIZE, c);
        Field25519.addAndSubtract(b, a, v, u);
        if (negative) {
            Field25519.addAndSubtract(z, c, a, b);
        } else {
            Field25519.addAndSubtract(z, c, b, a);
        }
        Field25519.mul(a, b, z);
        Field25519.mul(a, u, x);
        Field25519.mul(b, v, y);
    }

    /** The 32 bytes of RFC 8032, section 5.1.2. */
    byte[] encode() {
        int[] inverse = X25519Field.create();
        X25519Field.decode255(Field25519.encode(z), inverse);
        X25519Field.invVar(inverse, inverse);
        X25519Field.normalize(inverse);
        byte[] bytes = new byte[32];
        X25519Field.encode(inverse, bytes, 0);
        Field25519.decode(bytes, a, 0);
        Field25519.mul(x, a, b);
        Field25519.mul(y, a, c);
        byte[] encoded = Field25519.encode(c);
        encoded[31] |= (byte) ((Field25519.encode(b)[0] & 1) << 7);
        return encoded;
    }
}
