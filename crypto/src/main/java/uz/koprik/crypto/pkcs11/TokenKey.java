package uz.koprik.crypto.pkcs11;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import uz.koprik.crypto.Sha256;
import uz.koprik.crypto.algorithm.SigningKey;
import uz.koprik.crypto.algorithm.VerificationKey;

/**
 * A private key for ES256 (RFC 7518, section 3.4) that stays on its token.
 *
 * @param place where it is, for people
 * @param signing signs there
 */
public record TokenKey(VerificationKey publicKey, String place, Signing signing) implements SigningKey {

    private static final int COORDINATE = 32;

    /** Signs on the token. */
    @FunctionalInterface
    public interface Signing {
        /**
         * The signature r ‖ s, 64 bytes.
         *
         * @param key the public half
         * @param hash SHA-256 of what is signed
         * @throws uz.koprik.crypto.algorithm.SigningUnavailable when the token does not sign now
         */
        byte[] sign(VerificationKey key, byte[] hash);
    }

    @Override
    public byte[] sign(byte[] message) {
        return signing.sign(publicKey, Sha256.of(message));
    }

    @Override
    public String x509Algorithm() {
        return X9ObjectIdentifiers.ecdsa_with_SHA256.getId();
    }

    @Override
    public byte[] x509Sign(byte[] message) {
        byte[] signature = sign(message);
        ASN1EncodableVector rs = new ASN1EncodableVector(2);
        rs.add(new ASN1Integer(new BigInteger(1, Arrays.copyOf(signature, COORDINATE))));
        rs.add(new ASN1Integer(new BigInteger(1, Arrays.copyOfRange(signature, COORDINATE, 2 * COORDINATE))));
        try {
            return new DERSequence(rs).getEncoded();
        } catch (IOException e) {
            throw new IllegalStateException("two numbers must encode", e);
        }
    }

    @Override
    public byte[] pkcs8() {
        throw new UnsupportedOperationException("the private key " + publicKey.kid() + " does not leave " + place);
    }

    @Override
    public Optional<String> hardware() {
        return Optional.of(place);
    }

    @Override
    public String toString() {
        return "ES256 private key " + publicKey.kid() + " on " + place;
    }
}
