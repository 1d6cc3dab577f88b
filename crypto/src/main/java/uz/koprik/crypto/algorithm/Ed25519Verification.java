package uz.koprik.crypto.algorithm;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Verifies signatures of one known key (RFC 8032, section 5.1.7, without the cofactor): {@code R = S * B - k * A},
 * compared in its encoded form, so that every signature has one spelling.
 *
 * <p>A centre verifies thousands of signatures per second by a dozen keys. Ready multiples of each key take half a
 * megabyte and make verification three to four times as fast as the general way. To make them costs as much as twelve
 * verifications, so the first signatures of a key, often the only ones of a command, are verified without.
 */
final class Ed25519Verification {

    private static final int POINT = 32;

    private static final BigInteger ORDER =
            BigInteger.ONE.shiftLeft(252).add(new BigInteger("27742317777372353535851937790883648493"));

    /** The base point: y = 4/5, x even. */
    private static final EdwardsMultiples BASE = new EdwardsMultiples(EdwardsPoint.decode(basePoint()));

    /** Signatures of a key that are verified without ready multiples. */
    static final int FIRST = 12;

    private final byte[] key;
    private final EdwardsPoint opposite;
    private final AtomicInteger first = new AtomicInteger();
    private volatile EdwardsMultiples multiples;

    /** @param key 32 bytes: a sound point of the prime-order subgroup */
    Ed25519Verification(byte[] key) {
        this.key = key.clone();
        this.opposite = EdwardsPoint.decode(key).negated();
    }

    boolean holds(byte[] message, byte[] signature) {
        if (signature.length != 2 * POINT) {
            return false;
        }
        byte[] s = Arrays.copyOfRange(signature, POINT, 2 * POINT);
        if (number(s).compareTo(ORDER) >= 0) {
            return false;
        }
        EdwardsSum sum = new EdwardsSum();
        BASE.addTo(sum, s);
        addOpposite(sum, challenge(signature, message));
        return Arrays.equals(sum.encode(), 0, POINT, signature, 0, POINT);
    }

    private void addOpposite(EdwardsSum sum, byte[] scalar) {
        EdwardsMultiples ready = multiples;
        if (ready != null) {
            ready.addTo(sum, scalar);
        } else if (first.incrementAndGet() <= FIRST) {
            opposite.times(scalar).addTo(sum);
        } else {
            multiples().addTo(sum, scalar);
        }
    }

    private synchronized EdwardsMultiples multiples() {
        if (multiples == null) {
            multiples = new EdwardsMultiples(opposite);
        }
        return multiples;
    }

    private byte[] challenge(byte[] signature, byte[] message) {
        MessageDigest sha512;
        try {
            sha512 = MessageDigest.getInstance("SHA-512");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-512", e);
        }
        sha512.update(signature, 0, POINT);
        sha512.update(key);
        sha512.update(message);
        byte[] reduced = number(sha512.digest()).mod(ORDER).toByteArray();
        byte[] scalar = new byte[POINT];
        for (int i = 0; i < reduced.length; i++) {
            scalar[i] = reduced[reduced.length - 1 - i];
        }
        return scalar;
    }

    /** The number whose least significant byte comes first. */
    private static BigInteger number(byte[] littleEndian) {
        byte[] big = new byte[littleEndian.length];
        for (int i = 0; i < big.length; i++) {
            big[i] = littleEndian[big.length - 1 - i];
        }
        return new BigInteger(1, big);
    }

    private static byte[] basePoint() {
        byte[] encoded = new byte[POINT];
        Arrays.fill(encoded, (byte) 0x66);
        encoded[0] = 0x58;
        return encoded;
    }
}
