package uz.koprik.crypto.algorithm;

import org.bouncycastle.math.ec.rfc7748.X25519Field;

/** A point that others are added to, in extended coordinates {@code (x : y : z)} with {@code u * v = x * y / z}. */
final class EdwardsSum {

    private static final int SIZE = X25519Field.SIZE;

    private final int[] x = X25519Field.create();
    private final int[] y = X25519Field.create();
    private final int[] z = X25519Field.create();
    private final int[] u = X25519Field.create();
    private final int[] v = X25519Field.create();

    private final int[] a = X25519Field.create();
    private final int[] b = X25519Field.create();
    private final int[] c = X25519Field.create();
    private final int[] minus = X25519Field.create();
    private final int[] plus = X25519Field.create();
    private final int[] product = X25519Field.create();

    /** The neutral element. */
    EdwardsSum() {
        X25519Field.one(y);
        X25519Field.one(z);
        X25519Field.one(v);
    }

    /**
     * Adds a ready multiple, or takes it away; complete, whatever the two points (Hisil et al. 2008, section 3.1).
     *
     * @param entry where in {@code table} it begins
     */
    void add(int[] table, int entry, boolean negative) {
        // Of the negative point, x is negative: so the first two change places and the third its sign.
        X25519Field.copy(table, entry + (negative ? SIZE : 0), minus, 0);
        X25519Field.copy(table, entry + (negative ? 0 : SIZE), plus, 0);
        X25519Field.copy(table, entry + 2 * SIZE, product, 0);
        X25519Field.apm(y, x, b, a);
        X25519Field.mul(a, minus, a);
        X25519Field.mul(b, plus, b);
        X25519Field.mul(u, v, c);
        X25519Field.mul(c, product, c);
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
        X25519Field.invVar(z, a);
        X25519Field.mul(x, a, b);
        X25519Field.mul(y, a, c);
        return EdwardsPoint.encode(b, c);
    }
}
