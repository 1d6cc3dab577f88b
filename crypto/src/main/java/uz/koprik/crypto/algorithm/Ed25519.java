package uz.koprik.crypto.algorithm;

import java.security.SecureRandom;
import java.util.List;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import uz.koprik.crypto.Base64Url;
import uz.koprik.crypto.SignatureRejected;
import uz.koprik.crypto.json.JsonObject;

/**
 * Pure Ed25519 (RFC 8032) under its fully specified JOSE name (RFC 9864), key type {@code OKP} (RFC 8037).
 *
 * <p>Signing and the checks of keys by Bouncy Castle's lightweight API, which is ten times as fast as the JDK's;
 * verifying by {@link Ed25519Verification}. The same everywhere: where implementations disagree on edge cases, one
 * network must have one answer.
 */
final class Ed25519 implements SignatureAlgorithm {

    private static final int PURE = org.bouncycastle.math.ec.rfc8032.Ed25519.Algorithm.Ed25519;

    @Override
    public String name() {
        return "Ed25519";
    }

    @Override
    public SigningKey generate(SecureRandom random) {
        return new Private(new Ed25519PrivateKeyParameters(random));
    }

    @Override
    public SigningKey signingKey(byte[] pkcs8) throws KeyRejected {
        AsymmetricKeyParameter key = KeyEncoding.privateKey(pkcs8);
        if (key instanceof Ed25519PrivateKeyParameters ed25519) {
            return new Private(ed25519);
        }
        throw new KeyRejected("the private key is not an Ed25519 key");
    }

    @Override
    public VerificationKey verificationKey(JsonObject jwk) throws KeyRejected {
        JsonObject minimal = Jwk.required(jwk, name(), List.of("crv", "kty", "x"));
        Jwk.require(minimal, "kty", "OKP");
        Jwk.require(minimal, "crv", "Ed25519");
        byte[] encoded = Jwk.bytes(minimal, "x", Ed25519PublicKeyParameters.KEY_SIZE);
        // Refuses what is off the curve, spelled non-canonically, or outside the prime-order subgroup: under a key of
        // small order one signature fits many messages.
        var point = org.bouncycastle.math.ec.rfc8032.Ed25519.validatePublicKeyFullExport(encoded, 0);
        if (point == null) {
            throw new KeyRejected(
                    "the Ed25519 key is not a sound point of the curve (wrong, non-canonical or of small order)");
        }
        return new Public(new Ed25519PublicKeyParameters(point), minimal);
    }

    private record Private(Ed25519PrivateKeyParameters key, VerificationKey publicKey) implements SigningKey {

        Private(Ed25519PrivateKeyParameters key) {
            this(key, Public.of(key.generatePublicKey()));
        }

        @Override
        public byte[] sign(byte[] message) {
            byte[] signature = new byte[Ed25519PrivateKeyParameters.SIGNATURE_SIZE];
            key.sign(PURE, null, message, 0, message.length, signature, 0);
            return signature;
        }

        @Override
        public String x509Algorithm() {
            return EdECObjectIdentifiers.id_Ed25519.getId();
        }

        @Override
        public byte[] x509Sign(byte[] message) {
            return sign(message);
        }

        @Override
        public byte[] pkcs8() {
            return KeyEncoding.pkcs8(key);
        }

        @Override
        public String toString() {
            return "Ed25519 private key " + publicKey.kid();
        }
    }

    private static final class Public implements VerificationKey {

        private final Ed25519PublicKeyParameters key;
        private final JsonObject jwk;
        private final String kid;

        /** Made when the first signature comes: of most keys on a trust list, none ever does. */
        private volatile Ed25519Verification verification;

        Public(Ed25519PublicKeyParameters key, JsonObject jwk) {
            this.key = key;
            this.jwk = jwk;
            this.kid = Jwk.thumbprint(jwk);
        }

        static Public of(Ed25519PublicKeyParameters key) {
            return new Public(
                    key,
                    JsonObject.builder()
                            .put("crv", "Ed25519")
                            .put("kty", "OKP")
                            .put("x", Base64Url.encode(key.getEncoded()))
                            .build());
        }

        @Override
        public String alg() {
            return "Ed25519";
        }

        @Override
        public JsonObject jwk() {
            return jwk;
        }

        @Override
        public String kid() {
            return kid;
        }

        @Override
        public byte[] spki() {
            return KeyEncoding.spki(key);
        }

        @Override
        public void verify(byte[] message, byte[] signature) throws SignatureRejected {
            if (!verification().holds(message, signature)) {
                throw SignatureRejected.doesNotMatch(kid);
            }
        }

        private Ed25519Verification verification() {
            Ed25519Verification made = verification;
            if (made == null) {
                synchronized (this) {
                    made = verification;
                    if (made == null) {
                        made = new Ed25519Verification(key.getEncoded());
                        verification = made;
                    }
                }
            }
            return made;
        }
    }
}
