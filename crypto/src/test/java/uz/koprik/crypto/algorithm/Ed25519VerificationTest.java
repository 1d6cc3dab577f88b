package uz.koprik.crypto.algorithm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.junit.jupiter.api.Test;

/**
 * Verification by ready multiples, beside two other implementations; Wycheproof's vectors are run by their own test.
 */
class Ed25519VerificationTest {

    private static final BigInteger ORDER =
            BigInteger.ONE.shiftLeft(252).add(new BigInteger("27742317777372353535851937790883648493"));
    private static final byte[] NEUTRAL = littleEndian(BigInteger.ONE);
    private static final byte[] BASE =
            HexFormat.of().parseHex("5866666666666666666666666666666666666666666666666666666666666666");

    private final Random random = new Random(25519);

    @Test
    void agreesWithBouncyCastleAndTheJdkOnSoundAndChangedSignatures() throws Exception {
        for (int key = 0; key < 10; key++) {
            Ed25519PrivateKeyParameters secret = new Ed25519PrivateKeyParameters(bytes(32));
            byte[] known = secret.generatePublicKey().getEncoded();
            Ed25519Verification ours = new Ed25519Verification(known);
            for (int i = 0; i < 100; i++) {
                byte[] message = bytes(random.nextInt(200));
                byte[] signature = sign(secret, message);
                assertTrue(ours.holds(message, signature));
                byte[] changed = signature.clone();
                changed[random.nextInt(64)] ^= (byte) (1 << random.nextInt(8));
                assertEquals(
                        Ed25519.verify(changed, 0, known, 0, message, 0, message.length), ours.holds(message, changed));
                assertFalse(ours.holds(Arrays.copyOf(message, message.length + 1), signature));
                if (i % 20 == 0) {
                    assertTrue(jdk(secret, message, signature));
                    assertEquals(jdk(secret, message, changed), ours.holds(message, changed));
                }
            }
        }
    }

    @Test
    void multipliesAsArithmeticSays() {
        EdwardsMultiples base = new EdwardsMultiples(EdwardsPoint.decode(BASE));
        assertArrayEquals(BASE, times(base, BigInteger.ONE));
        assertArrayEquals(NEUTRAL, times(base, BigInteger.ZERO));
        assertArrayEquals(NEUTRAL, times(base, ORDER));
        assertArrayEquals(BASE, times(base, ORDER.add(BigInteger.ONE)));
        // Every digit at every place, and every carry: the sum of two multiples is the multiple of the sum.
        for (int i = 0; i < 2000; i++) {
            BigInteger a = new BigInteger(252, random);
            BigInteger b =
                    switch (i % 4) {
                        case 0 -> BigInteger.valueOf(128).shiftLeft(8 * (i % 31));
                        case 1 -> BigInteger.valueOf(129).shiftLeft(8 * (i % 31));
                        case 2 -> BigInteger.ONE.shiftLeft(252).subtract(BigInteger.valueOf(i));
                        default -> new BigInteger(252, random);
                    };
            EdwardsSum sum = new EdwardsSum();
            base.addTo(sum, littleEndian(a));
            base.addTo(sum, littleEndian(b));
            assertArrayEquals(times(base, a.add(b).mod(ORDER)), sum.encode(), () -> a + " + " + b);
        }
    }

    /** Adding must hold for equal points, opposite ones, and the neutral element alike. */
    @Test
    void addsWhereOtherFormulasFail() {
        EdwardsPoint point = EdwardsPoint.decode(BASE);
        EdwardsMultiples plus = new EdwardsMultiples(point);
        EdwardsMultiples minus = new EdwardsMultiples(point.negated());
        byte[] three = littleEndian(BigInteger.valueOf(3));
        EdwardsSum sum = new EdwardsSum();
        plus.addTo(sum, three);
        minus.addTo(sum, three);
        assertArrayEquals(NEUTRAL, sum.encode());
        plus.addTo(sum, three);
        plus.addTo(sum, three);
        assertArrayEquals(times(plus, BigInteger.valueOf(6)), sum.encode());
    }

    /** S beyond the order of the group would allow a second spelling of every signature (RFC 8032, section 8.4). */
    @Test
    void refusesASecondSpelling() {
        Ed25519PrivateKeyParameters secret = new Ed25519PrivateKeyParameters(bytes(32));
        byte[] message = bytes(20);
        byte[] signature = sign(secret, message);
        BigInteger s = new BigInteger(1, reversed(Arrays.copyOfRange(signature, 32, 64)));
        System.arraycopy(littleEndian(s.add(ORDER)), 0, signature, 32, 32);
        assertFalse(new Ed25519Verification(secret.generatePublicKey().getEncoded()).holds(message, signature));
    }

    /**
     * A signer who adds a point of small order to R makes what some implementations take and others refuse; we refuse.
     */
    @Test
    void refusesROutsideTheGroupOfPrimeOrder() throws Exception {
        byte[] small = HexFormat.of().parseHex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a");
        EdwardsMultiples base = new EdwardsMultiples(EdwardsPoint.decode(BASE));
        byte[] seed = bytes(32);
        byte[] known = new Ed25519PrivateKeyParameters(seed).generatePublicKey().getEncoded();
        Ed25519Verification ours = new Ed25519Verification(known);
        byte[] expanded = MessageDigest.getInstance("SHA-512").digest(seed);
        expanded[0] &= (byte) 0xf8;
        expanded[31] = (byte) ((expanded[31] & 0x3f) | 0x40);
        BigInteger a = new BigInteger(1, reversed(Arrays.copyOf(expanded, 32)));
        for (int i = 0; i < 16; i++) {
            byte[] message = bytes(10);
            BigInteger r = new BigInteger(252, random);
            EdwardsSum sum = new EdwardsSum();
            base.addTo(sum, littleEndian(r));
            assertTrue(
                    ours.holds(message, made(sum.encode(), r, a, known, message)), "the making of signatures is right");
            new EdwardsMultiples(EdwardsPoint.decode(small)).addTo(sum, littleEndian(BigInteger.ONE));
            assertFalse(ours.holds(message, made(sum.encode(), r, a, known, message)));
        }
    }

    @Test
    void refusesSignaturesOfAnotherLengthAndKeysOffTheCurve() {
        byte[] known =
                new Ed25519PrivateKeyParameters(bytes(32)).generatePublicKey().getEncoded();
        assertFalse(new Ed25519Verification(known).holds(new byte[1], new byte[63]));
        assertFalse(new Ed25519Verification(known).holds(new byte[1], new byte[65]));
        byte[] off = littleEndian(BigInteger.TWO);
        assertThrows(IllegalArgumentException.class, () -> new Ed25519Verification(off));
    }

    private static byte[] made(byte[] r, BigInteger nonce, BigInteger a, byte[] known, byte[] message)
            throws GeneralSecurityException {
        MessageDigest sha512 = MessageDigest.getInstance("SHA-512");
        sha512.update(r);
        sha512.update(known);
        BigInteger k = new BigInteger(1, reversed(sha512.digest(message)));
        byte[] signature = Arrays.copyOf(r, 64);
        System.arraycopy(littleEndian(k.multiply(a).add(nonce).mod(ORDER)), 0, signature, 32, 32);
        return signature;
    }

    private static byte[] times(EdwardsMultiples point, BigInteger scalar) {
        EdwardsSum sum = new EdwardsSum();
        point.addTo(sum, littleEndian(scalar));
        return sum.encode();
    }

    private static byte[] sign(Ed25519PrivateKeyParameters secret, byte[] message) {
        byte[] signature = new byte[64];
        secret.sign(Ed25519.Algorithm.Ed25519, null, message, 0, message.length, signature, 0);
        return signature;
    }

    private static boolean jdk(Ed25519PrivateKeyParameters secret, byte[] message, byte[] signature) throws Exception {
        byte[] spki = SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(secret.generatePublicKey())
                .getEncoded();
        PublicKey key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki));
        Signature verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(key);
        verifier.update(message);
        try {
            return verifier.verify(signature);
        } catch (SignatureException unreadable) {
            return false;
        }
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] littleEndian(BigInteger number) {
        byte[] big = number.toByteArray();
        byte[] little = new byte[32];
        for (int i = 0; i < Math.min(32, big.length); i++) {
            little[i] = big[big.length - 1 - i];
        }
        return little;
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }
}
