package uz.koprik.crypto.algorithm;

import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;
import uz.koprik.crypto.Base64Url;
import uz.koprik.crypto.Sha256;
import uz.koprik.crypto.SignatureRejected;
import uz.koprik.crypto.json.JsonObject;

/**
 * ECDSA on P-256 with SHA-256 (RFC 7518, section 3.4): for hardware that has no Ed25519.
 *
 * <p>Signatures are r ‖ s of 64 bytes (IEEE P1363), k is deterministic (RFC 6979). They are malleable (s and n−s both
 * hold), so nothing may ever be distinguished by its signature bytes.
 */
final class Es256 implements SignatureAlgorithm {

    private static final int COORDINATE = 32;
    /** The custom curve is five times as fast as the one of ECNamedCurveTable. */
    private static final X9ECParameters P256 = CustomNamedCurves.getByOID(SECObjectIdentifiers.secp256r1);

    private static final ECNamedDomainParameters DOMAIN =
            new ECNamedDomainParameters(SECObjectIdentifiers.secp256r1, P256);

    @Override
    public String name() {
        return "ES256";
    }

    @Override
    public SigningKey generate(SecureRandom random) {
        ECKeyPairGenerator generator = new ECKeyPairGenerator();
        generator.init(new ECKeyGenerationParameters(DOMAIN, random));
        AsymmetricCipherKeyPair pair = generator.generateKeyPair();
        return new Private((ECPrivateKeyParameters) pair.getPrivate());
    }

    @Override
    public SigningKey signingKey(byte[] pkcs8) throws KeyRejected {
        AsymmetricKeyParameter key = KeyEncoding.privateKey(pkcs8);
        if (key instanceof ECPrivateKeyParameters ec && isP256(ec)) {
            return new Private(new ECPrivateKeyParameters(ec.getD(), DOMAIN));
        }
        throw new KeyRejected("the private key is not a P-256 key");
    }

    @Override
    public VerificationKey verificationKey(JsonObject jwk) throws KeyRejected {
        JsonObject minimal = Jwk.required(jwk, name(), List.of("crv", "kty", "x", "y"));
        Jwk.require(minimal, "kty", "EC");
        Jwk.require(minimal, "crv", "P-256");
        byte[] x = Jwk.bytes(minimal, "x", COORDINATE);
        byte[] y = Jwk.bytes(minimal, "y", COORDINATE);
        ECPoint point;
        try {
            point = P256.getCurve().validatePoint(new BigInteger(1, x), new BigInteger(1, y));
        } catch (IllegalArgumentException e) {
            throw new KeyRejected("the P-256 key is not a point of the curve", e);
        }
        return new Public(new ECPublicKeyParameters(point, DOMAIN), minimal);
    }

    /** A public key by its coordinates; refuses points that are not on P-256. */
    static VerificationKey verificationKey(BigInteger x, BigInteger y) throws KeyRejected {
        if (x.bitLength() > 8 * COORDINATE || y.bitLength() > 8 * COORDINATE) {
            throw new KeyRejected("the public key is not one on P-256");
        }
        return new Es256()
                .verificationKey(JsonObject.builder()
                        .put("crv", "P-256")
                        .put("kty", "EC")
                        .put("x", Base64Url.encode(BigIntegers.asUnsignedByteArray(COORDINATE, x)))
                        .put("y", Base64Url.encode(BigIntegers.asUnsignedByteArray(COORDINATE, y)))
                        .build());
    }

    private static boolean isP256(ECPrivateKeyParameters key) {
        return key.getParameters().getN().equals(P256.getN())
                && key.getParameters()
                        .getCurve()
                        .getField()
                        .getCharacteristic()
                        .equals(P256.getCurve().getField().getCharacteristic());
    }

    private record Private(ECPrivateKeyParameters key, VerificationKey publicKey) implements SigningKey {

        Private(ECPrivateKeyParameters key) {
            this(
                    key,
                    Public.of(new FixedPointCombMultiplier()
                            .multiply(P256.getG(), key.getD())
                            .normalize()));
        }

        @Override
        public byte[] sign(byte[] message) {
            BigInteger[] rs = rs(message);
            byte[] signature = new byte[2 * COORDINATE];
            BigIntegers.asUnsignedByteArray(rs[0], signature, 0, COORDINATE);
            BigIntegers.asUnsignedByteArray(rs[1], signature, COORDINATE, COORDINATE);
            return signature;
        }

        private BigInteger[] rs(byte[] message) {
            ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
            signer.init(true, key);
            return signer.generateSignature(Sha256.of(message));
        }

        @Override
        public String x509Algorithm() {
            return X9ObjectIdentifiers.ecdsa_with_SHA256.getId();
        }

        @Override
        public byte[] x509Sign(byte[] message) {
            BigInteger[] rs = rs(message);
            try {
                return StandardDSAEncoding.INSTANCE.encode(P256.getN(), rs[0], rs[1]);
            } catch (IOException e) {
                throw new IllegalStateException("a sound signature must encode", e);
            }
        }

        @Override
        public byte[] pkcs8() {
            return KeyEncoding.pkcs8(key);
        }

        @Override
        public String toString() {
            return "ES256 private key " + publicKey.kid();
        }
    }

    private record Public(ECPublicKeyParameters key, JsonObject jwk, String kid) implements VerificationKey {

        Public(ECPublicKeyParameters key, JsonObject jwk) {
            this(key, jwk, Jwk.thumbprint(jwk));
        }

        static Public of(ECPoint point) {
            return new Public(
                    new ECPublicKeyParameters(point, DOMAIN),
                    JsonObject.builder()
                            .put("crv", "P-256")
                            .put("kty", "EC")
                            .put("x", Base64Url.encode(point.getAffineXCoord().getEncoded()))
                            .put("y", Base64Url.encode(point.getAffineYCoord().getEncoded()))
                            .build());
        }

        @Override
        public String alg() {
            return "ES256";
        }

        @Override
        public byte[] spki() {
            return KeyEncoding.spki(key);
        }

        @Override
        public void verify(byte[] message, byte[] signature) throws SignatureRejected {
            if (signature.length != 2 * COORDINATE) {
                throw SignatureRejected.doesNotMatch(kid);
            }
            BigInteger r = new BigInteger(1, Arrays.copyOfRange(signature, 0, COORDINATE));
            BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, COORDINATE, 2 * COORDINATE));
            ECDSASigner verifier = new ECDSASigner();
            verifier.init(false, key);
            if (!verifier.verifySignature(Sha256.of(message), r, s)) {
                throw SignatureRejected.doesNotMatch(kid);
            }
        }
    }
}
