package uz.koprik.crypto.algorithm;

import org.bouncycastle.math.ec.rfc7748.X25519Field;

/**
 * A sum of points in extended coordinates {@code (x : y : z)} with {@code u * v = x * y / z}, in Bouncy Castle's field.
 */
final class EdwardsSum {

    private final int[] x = X25519Field.create();
    private final int[] y = one();
    private final int[] z = one();
    private final int[] u = X25519Field.create();
    private final int[] v = one();

    private final int[] a = X25519Field.create();
    private final int[] b = X25519Field.create();
    private final int[] c = X25519Field.create();
    private final int[] factor = X25519Field.create();

    /** The neutral element. */
    EdwardsSum() {}

    /**
     * Adds or subtracts a precomputed multiple; complete for every pair of points (Hisil et al. 2008, section 3.1).
     *
     * @param entry index in {@code table} at which the multiple begins
     */
    void add(int[] table, int entry, boolean negative) {
        // Negation changes the sign of x: it swaps the first two factors and changes the sign of the third.
        X25519Field.apm(y, x, b, a);
        multiply(a, table, negative ? entry + X25519Field.SIZE : entry);
        multiply(b, table, negative ? entry : entry + X25519Field.SIZE);
        X25519Field.mul(u, v, c);
        multiply(c, table, entry + 2 * X25519Field.SIZE);
        X25519Field.apm(b, a, v, u);
        if (negative) {
            X25519Field.apm(z, c, a, b);
        } else {
            X25519Field.apm(z, c, b, a);
        }
        X25519Field.mul(a, b, z);
        X25519Field.mul(a, u, x);
        X25519Field.mul(b, v, y);
    }

    /** The 32 bytes of RFC 8032, section 5.1.2. */
    byte[] encode() {
        X25519Field.invVar(z, c);
        X25519Field.mul(x, c, a);
        X25519Field.mul(y, c, b);
        X25519Field.normalize(a);
        X25519Field.normalize(b);
        byte[] encoded = new byte[32];
        X25519Field.encode(b, encoded, 0);
        encoded[31] |= (byte) ((a[0] & 1) << 7);
        return encoded;
    }

    private void multiply(int[] element, int[] table, int at) {
        X25519Field.copy(table, at, factor, 0);
        X25519Field.mul(element, factor, element);
    }

    private static int[] one() {
        int[] one = X25519Field.create();
        X25519Field.one(one);
        return one;
    }
}
