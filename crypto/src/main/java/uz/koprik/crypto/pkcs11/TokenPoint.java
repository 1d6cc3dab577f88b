package uz.koprik.crypto.pkcs11;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import uz.koprik.crypto.algorithm.KeyRejected;
import uz.koprik.crypto.algorithm.SignatureAlgorithms;
import uz.koprik.crypto.algorithm.VerificationKey;

/** Points of P-256 as tokens have them: {@code CKA_EC_POINT}, an OCTET STRING (DER) of the uncompressed point. */
final class TokenPoint {

    /** {@code CKA_EC_PARAMS} of P-256: its object identifier (DER). */
    static final byte[] P256 = HexFormat.of().parseHex("06082a8648ce3d030107");

    /** What precedes the point in a SubjectPublicKeyInfo. */
    private static final byte[] SPKI_HEAD =
            HexFormat.of().parseHex("3059301306072a8648ce3d020106082a8648ce3d030107034200");

    private static final int POINT_BYTES = 65;
    private static final byte OCTET_STRING = 4;

    private TokenPoint() {}

    static byte[] encoded(VerificationKey key) {
        byte[] spki = key.spki();
        byte[] encoded = new byte[2 + POINT_BYTES];
        encoded[0] = OCTET_STRING;
        encoded[1] = POINT_BYTES;
        System.arraycopy(spki, spki.length - POINT_BYTES, encoded, 2, POINT_BYTES);
        return encoded;
    }

    /**
     * The key of a point.
     *
     * @param value of {@code CKA_EC_POINT}; some modules leave the OCTET STRING out
     * @throws KeyRejected when it is no point of P-256
     */
    static VerificationKey key(byte[] value) throws KeyRejected {
        byte[] point = value.length == POINT_BYTES + 2 ? Arrays.copyOfRange(value, 2, value.length) : value;
        if (point.length != POINT_BYTES || point[0] != 4) {
            throw new KeyRejected("the public key on the token is no uncompressed point of P-256");
        }
        byte[] spki = Arrays.copyOf(SPKI_HEAD, SPKI_HEAD.length + POINT_BYTES);
        System.arraycopy(point, 0, spki, SPKI_HEAD.length, POINT_BYTES);
        try {
            return SignatureAlgorithms.verificationKey(
                    KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(spki)));
        } catch (GeneralSecurityException noPoint) {
            throw new KeyRejected("the public key on the token is no point of P-256", noPoint);
        }
    }
}
