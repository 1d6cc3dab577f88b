package uz.koprik.crypto.algorithm;

/**
 * Arithmetic modulo {@code 2^255 - 19} for what is public, in five limbs of 51 bits with a sign: three quarters of the time of ten limbs
 * of 25.5 bits, since a 64-bit processor multiplies whole limbs.
 *
 * <p>A product of two limbs has up to 104 bits. Its upper part is asked for with the factors moved by 13 bits together, so that
 * the border between both parts lies at bit 51 and the parts of one column add up in a {@code long}. The lower parts of a column are what its
 * products are without their upper parts, which a {@code long} holds though it does not hold the products.
 */
final class Field25519 {

    static final int SIZE = 5;

    private static final int BITS = 51;
    private static final long MASK = (1L << BITS) - 1;

    private Field25519() {}

    static long[] create() {
        return new long[SIZE];
    }

    static long[] one() {
        return new long[] {1, 0, 0, 0, 0};
    }

    /** Sum and difference, which are only good as factors of {@link #mul}; the results may be the operands. */
    static void addAndSubtract(long[] a, long[] b, long[] sum, long[] difference) {
        for (int i = 0; i < SIZE; i++) {
            long of = a[i];
            long by = b[i];
            sum[i] = of + by;
            difference[i] = of - by;
        }
    }

    static void mul(long[] a, long[] b, long[] product) {
        mul(a, b, 0, product);
    }

    /**
     * A product, which may be one of the factors.
     *
     * @param a limbs within 2^53 of zero: a product, or a sum or difference of two
     * @param b the same, from {@code at} on
     */
    static void mul(long[] a, long[] b, int at, long[] product) {
        long a0 = a[0];
        long a1 = a[1];
        long a2 = a[2];
        long a3 = a[3];
        long a4 = a[4];
        long b0 = b[at];
        long b1 = b[at + 1];
        long b2 = b[at + 2];
        long b3 = b[at + 3];
        long b4 = b[at + 4];
        long h0 = high(a0, b0);
        long h1 = high(a0, b1) + high(a1, b0);
        long h2 = high(a0, b2) + high(a1, b1) + high(a2, b0);
        long h3 = high(a0, b3) + high(a1, b2) + high(a2, b1) + high(a3, b0);
        long h4 = high(a0, b4) + high(a1, b3) + high(a2, b2) + high(a3, b1) + high(a4, b0);
        long h5 = high(a1, b4) + high(a2, b3) + high(a3, b2) + high(a4, b1);
        long h6 = high(a2, b4) + high(a3, b3) + high(a4, b2);
        long h7 = high(a3, b4) + high(a4, b3);
        long h8 = high(a4, b4);
        long c0 = a0 * b0 - (h0 << BITS);
        long c1 = a0 * b1 + a1 * b0 - (h1 << BITS) + h0;
        long c2 = a0 * b2 + a1 * b1 + a2 * b0 - (h2 << BITS) + h1;
        long c3 = a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0 - (h3 << BITS) + h2;
        long c4 = a0 * b4 + a1 * b3 + a2 * b2 + a3 * b1 + a4 * b0 - (h4 << BITS) + h3;
        long c5 = a1 * b4 + a2 * b3 + a3 * b2 + a4 * b1 - (h5 << BITS) + h4;
        long c6 = a2 * b4 + a3 * b3 + a4 * b2 - (h6 << BITS) + h5;
        long c7 = a3 * b4 + a4 * b3 - (h7 << BITS) + h6;
        long c8 = a4 * b4 - (h8 << BITS) + h7;
        // 2^255 is 19. A column is below 2^58, so that all this stays below 2^63.
        carry(c0 + 19 * c5, c1 + 19 * c6, c2 + 19 * c7, c3 + 19 * c8, c4 + 19 * h8, product);
    }

    private static long high(long a, long b) {
        return Math.multiplyHigh(a << 6, b << 7);
    }

    /** Leaves limbs of 51 bits, of which the second may be one too low or too high. */
    private static void carry(long c0, long c1, long c2, long c3, long c4, long[] to) {
        long d1 = c1 + (c0 >> BITS);
        long d2 = c2 + (d1 >> BITS);
        long d3 = c3 + (d2 >> BITS);
        long d4 = c4 + (d3 >> BITS);
        long d0 = (c0 & MASK) + 19 * (d4 >> BITS);
        to[0] = d0 & MASK;
        to[1] = (d1 & MASK) + (d0 >> BITS);
        to[2] = d2 & MASK;
        to[3] = d3 & MASK;
        to[4] = d4 & MASK;
    }

    /** Reads 32 bytes, the least significant first; the highest bit is passed over. */
    static void decode(byte[] bytes, long[] to, int at) {
        for (int limb = 0; limb < SIZE; limb++) {
            long value = 0;
            int bit = limb * BITS;
            for (int i = Math.min(31, (bit + BITS - 1) >> 3); i >= (bit >> 3); i--) {
                int shift = (i << 3) - bit;
                long octet = bytes[i] & 0xff;
                value |= shift >= 0 ? octet << shift : octet >> -shift;
            }
            to[at + limb] = value & MASK;
        }
    }

    /** The 32 bytes of the least representative. */
    static byte[] encode(long[] element) {
        long[] least = element.clone();
        carry(least[0], least[1], least[2], least[3], least[4], least);
        carry(least[0], least[1], least[2], least[3], least[4], least);
        // Now it is below 2^255; it is not below p exactly when 19 more make it overflow.
        long over = (least[0] + 19) >> BITS;
        for (int i = 1; i < SIZE; i++) {
            over = (least[i] + over) >> BITS;
        }
        least[0] += 19 * over;
        for (int i = 0; i < SIZE - 1; i++) {
            least[i + 1] += least[i] >> BITS;
            least[i] &= MASK;
        }
        least[SIZE - 1] &= MASK;
        byte[] bytes = new byte[32];
        for (int i = 0; i < bytes.length; i++) {
            int bit = i << 3;
            int limb = bit / BITS;
            int shift = bit - limb * BITS;
            long octet = least[limb] >> shift;
            if (shift > BITS - 8 && limb < SIZE - 1) {
                octet |= least[limb + 1] << (BITS - shift);
            }
            bytes[i] = (byte) octet;
        }
        return bytes;
    }
}
