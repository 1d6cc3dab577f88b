package uz.koprik.crypto.algorithm;

import java.math.BigInteger;
import org.bouncycastle.math.ec.rfc7748.X25519Field;

/**
 * A point of edwards25519 (RFC 8032, section 5.1) in projective coordinates, for work that is done once per key, and
 * for its first signatures. Big integers would do it a hundred times slower.
 */
final class EdwardsPoint {

    private static final BigInteger P = BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));

    /** The curve's constant d, -121665/121666. */
    private static final int[] D = field(BigInteger.valueOf(-121665)
            .multiply(BigInteger.valueOf(121666).modInverse(P))
            .mod(P));

    private static final int[] HALF = field(BigInteger.TWO.modInverse(P));

    private final int[] x;
    private final int[] y;
    private final int[] z;

    private EdwardsPoint(int[] x, int[] y, int[] z) {
        this.x = x;
        this.y = y;
        this.z = z;
    }

    /**
     * Reads the 32 bytes of RFC 8032, section 5.1.3.
     *
     * @throws IllegalArgumentException when that is no point of the curve
     */
    static EdwardsPoint decode(byte[] encoded) {
        int[] y = X25519Field.create();
        X25519Field.decode255(encoded, y);
        int[] u = X25519Field.create();
        int[] v = X25519Field.create();
        X25519Field.sqr(y, u);
        X25519Field.mul(D, u, v);
        X25519Field.subOne(u);
        X25519Field.addOne(v);
        int[] x = X25519Field.create();
        if (!X25519Field.sqrtRatioVar(u, v, x)) {
            throw new IllegalArgumentException("not a point of the curve");
        }
        X25519Field.normalize(x);
        if ((x[0] & 1) != ((encoded[31] & 0xff) >>> 7)) {
            X25519Field.negate(x, x);
            X25519Field.carry(x);
        }
        return new EdwardsPoint(x, y, one());
    }

    EdwardsPoint negated() {
        int[] opposite = X25519Field.create();
        X25519Field.negate(x, opposite);
        X25519Field.carry(opposite);
        return new EdwardsPoint(opposite, y, z);
    }

    /** The sum, also of a point with itself (Bernstein et al. 2008, section 6, with a = -1). */
    EdwardsPoint plus(EdwardsPoint other) {
        int[] a = product(z, other.z);
        int[] b = product(a, a);
        int[] c = product(x, other.x);
        int[] d = product(y, other.y);
        int[] e = product(D, product(c, d));
        int[] f = difference(b, e);
        int[] g = sum(b, e);
        int[] cross = difference(product(sum(x, y), sum(other.x, other.y)), sum(c, d));
        return new EdwardsPoint(product(product(a, f), cross), product(product(a, g), sum(d, c)), product(f, g));
    }

    /**
     * The multiple by a public scalar, four bits at a time: how long it takes depends on the scalar.
     *
     * @param scalar 32 bytes, the least significant first
     */
    EdwardsPoint times(byte[] scalar) {
        EdwardsPoint[] multiples = new EdwardsPoint[16];
        multiples[1] = this;
        for (int digit = 2; digit < 16; digit++) {
            multiples[digit] = multiples[digit - 1].plus(this);
        }
        EdwardsPoint result = new EdwardsPoint(X25519Field.create(), one(), one());
        for (int place = 63; place >= 0; place--) {
            for (int i = 0; i < 4; i++) {
                result = result.plus(result);
            }
            int digit = (scalar[place >> 1] >> (4 * (place & 1))) & 15;
            if (digit != 0) {
                result = result.plus(multiples[digit]);
            }
        }
        return result;
    }

    void addTo(EdwardsSum sum) {
        int[] entry = new int[3 * X25519Field.SIZE];
        writeAll(new EdwardsPoint[] {this}, entry, 0);
        sum.add(entry, 0, false);
    }

    /** Writes entries for {@link EdwardsMultiples} from {@code at} on; divides once for all of them. */
    static void writeAll(EdwardsPoint[] points, int[] table, int at) {
        int[][] before = new int[points.length][];
        int[] all = one();
        for (int i = 0; i < points.length; i++) {
            before[i] = all;
            all = product(all, points[i].z);
        }
        int[] inverse = X25519Field.create();
        X25519Field.invVar(all, inverse);
        for (int i = points.length - 1; i >= 0; i--) {
            int[] ofZ = product(inverse, before[i]);
            inverse = product(inverse, points[i].z);
            points[i].write(ofZ, table, at + 3 * i * X25519Field.SIZE);
        }
    }

    private void write(int[] inverseOfZ, int[] table, int at) {
        int[] affineX = product(x, inverseOfZ);
        int[] affineY = product(y, inverseOfZ);
        writeElement(product(difference(affineY, affineX), HALF), table, at);
        writeElement(product(sum(affineY, affineX), HALF), table, at + X25519Field.SIZE);
        writeElement(product(product(affineX, affineY), D), table, at + 2 * X25519Field.SIZE);
    }

    private static void writeElement(int[] element, int[] table, int at) {
        X25519Field.normalize(element);
        X25519Field.copy(element, 0, table, at);
    }

    private static int[] one() {
        int[] one = X25519Field.create();
        X25519Field.one(one);
        return one;
    }

    private static int[] product(int[] a, int[] b) {
        int[] result = X25519Field.create();
        X25519Field.mul(a, b, result);
        return result;
    }

    private static int[] sum(int[] a, int[] b) {
        int[] result = X25519Field.create();
        X25519Field.add(a, b, result);
        X25519Field.carry(result);
        return result;
    }

    private static int[] difference(int[] a, int[] b) {
        int[] result = X25519Field.create();
        X25519Field.sub(a, b, result);
        X25519Field.carry(result);
        return result;
    }

    private static int[] field(BigInteger value) {
        byte[] encoded = new byte[32];
        byte[] big = value.toByteArray();
        for (int i = 0; i < Math.min(32, big.length); i++) {
            encoded[i] = big[big.length - 1 - i];
        }
        int[] element = X25519Field.create();
        X25519Field.decode255(encoded, element);
        return element;
    }
}
