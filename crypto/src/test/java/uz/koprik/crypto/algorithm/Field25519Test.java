package uz.koprik.crypto.algorithm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The field's arithmetic beside that of {@link BigInteger}, near all borders of limbs and of the modulus. */
class Field25519Test {

    private static final BigInteger P = BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));

    private final Random random = new Random(51);

    @Test
    void multipliesAddsAndSubtractsAsIntegersDo() {
        for (int i = 0; i < 100_000; i++) {
            BigInteger left = number();
            BigInteger right = number();
            BigInteger third = number();
            long[] a = element(left);
            long[] b = element(right);
            long[] sum = Field25519.create();
            long[] difference = Field25519.create();
            Field25519.addAndSubtract(a, b, sum, difference);
            long[] product = Field25519.create();
            Field25519.mul(a, b, product);
            assertEquals(left.multiply(right).mod(P), number(product));
            // As additions of points use them: sums and differences as factors, of each other and of products.
            BigInteger wide = left.add(right).multiply(left.subtract(right)).mod(P);
            long[] both = Field25519.create();
            Field25519.mul(sum, difference, both);
            assertEquals(wide, number(both));
            Field25519.addAndSubtract(product, both, sum, difference);
            Field25519.mul(difference, element(third), 0, difference);
            assertEquals(left.multiply(right).subtract(wide).multiply(third).mod(P), number(difference));
            Field25519.mul(sum, sum, sum);
            assertEquals(left.multiply(right).add(wide).pow(2).mod(P), number(sum));
        }
    }

    @Test
    void encodesTheLeastRepresentative() {
        for (int i = -40; i < 40; i++) {
            BigInteger near = P.add(BigInteger.valueOf(i));
            if (near.bitLength() < 256) {
                assertEquals(near.mod(P), number(element(near)), "p + " + i);
            }
        }
        for (long limb : List.of(-1L, (1L << 51) - 1, 1L << 51, (1L << 52) - 1, -(1L << 52))) {
            for (int at = 0; at < Field25519.SIZE; at++) {
                long[] element = Field25519.create();
                element[at] = limb;
                assertEquals(BigInteger.valueOf(limb).shiftLeft(51 * at).mod(P), number(element), limb + " at " + at);
            }
        }
    }

    @Test
    void readsWhatItWritesAtAnyPlace() {
        for (int i = 0; i < 1000; i++) {
            BigInteger value = new BigInteger(255, random).mod(P);
            long[] table = new long[3 * Field25519.SIZE];
            Field25519.decode(bytes(value), table, Field25519.SIZE);
            long[] product = Field25519.create();
            Field25519.mul(Field25519.one(), table, Field25519.SIZE, product);
            assertArrayEquals(bytes(value), Field25519.encode(product));
        }
    }

    /** Any number, or one of which all limbs are near a border. */
    private BigInteger number() {
        if (random.nextBoolean()) {
            return new BigInteger(255, random);
        }
        BigInteger value = BigInteger.ZERO;
        for (int limb = 0; limb < Field25519.SIZE; limb++) {
            long near = switch (random.nextInt(4)) {
                case 0 -> random.nextInt(3);
                case 1 -> (1L << 51) - 1 - random.nextInt(20);
                case 2 -> (1L << 50) + random.nextInt(3) - 1;
                default -> random.nextLong() >>> 13;
            };
            value = value.or(BigInteger.valueOf(near).shiftLeft(51 * limb));
        }
        return value;
    }

    private static long[] element(BigInteger value) {
        long[] element = Field25519.create();
        Field25519.decode(bytes(value), element, 0);
        return element;
    }

    private static BigInteger number(long[] element) {
        byte[] little = Field25519.encode(element);
        byte[] big = new byte[little.length];
        for (int i = 0; i < big.length; i++) {
            big[i] = little[big.length - 1 - i];
        }
        return new BigInteger(1, big);
    }

    private static byte[] bytes(BigInteger value) {
        byte[] bytes = new byte[32];
        for (int i = 0; i < 32; i++) {
            bytes[i] = value.shiftRight(8 * i).byteValue();
        }
        return bytes;
    }
}
