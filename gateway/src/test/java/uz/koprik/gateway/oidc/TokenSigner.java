package uz.koprik.gateway.oidc;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import uz.koprik.crypto.Base64Url;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonObject;

/** A key of a provider that signs tokens of tests, also those that it should not. */
record TokenSigner(String kid, String alg, KeyPair keys) {

    private static final Map<String, String> JCA = Map.of(
            "RS256", "SHA256withRSA",
            "ES256", "SHA256withECDSAinP1363Format",
            "EdDSA", "Ed25519");

    static TokenSigner of(String kid, String alg) throws GeneralSecurityException {
        KeyPairGenerator generator =
                switch (alg) {
                    case "RS256" -> KeyPairGenerator.getInstance("RSA");
                    case "ES256" -> KeyPairGenerator.getInstance("EC");
                    default -> KeyPairGenerator.getInstance("Ed25519");
                };
        if (alg.equals("RS256")) {
            generator.initialize(2048);
        } else if (alg.equals("ES256")) {
            generator.initialize(new ECGenParameterSpec("secp256r1"));
        }
        return new TokenSigner(kid, alg, generator.generateKeyPair());
    }

    /** The first key of each provider, which is made once: an RSA key takes long. */
    static TokenSigner first() {
        return First.SIGNER;
    }

    private static final class First {

        static final TokenSigner SIGNER = make();

        private First() {}

        private static TokenSigner make() {
            try {
                return of("key-1", "RS256");
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java platform makes RSA keys", e);
            }
        }
    }

    /** The public key as the provider shows it. */
    JsonObject jwk() {
        JsonObject.Builder jwk =
                JsonObject.builder().put("kid", kid).put("alg", alg).put("use", "sig");
        switch (keys.getPublic()) {
            case RSAPublicKey rsa ->
                jwk.put("kty", "RSA")
                        .put("n", number(rsa.getModulus(), 0))
                        .put("e", number(rsa.getPublicExponent(), 0));
            case ECPublicKey ec ->
                jwk.put("kty", "EC")
                        .put("crv", "P-256")
                        .put("x", number(ec.getW().getAffineX(), 32))
                        .put("y", number(ec.getW().getAffineY(), 32));
            case EdECPublicKey ed -> {
                byte[] encoded = ed.getEncoded();
                jwk.put("kty", "OKP")
                        .put("crv", "Ed25519")
                        .put("x", Base64Url.encode(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length)));
            }
            default -> throw new IllegalStateException("no such key");
        }
        return jwk.build();
    }

    private static String number(BigInteger number, int bytes) {
        byte[] signed = number.toByteArray();
        byte[] plain = signed[0] == 0 && signed.length > 1 ? Arrays.copyOfRange(signed, 1, signed.length) : signed;
        byte[] padded = new byte[Math.max(bytes, plain.length)];
        System.arraycopy(plain, 0, padded, padded.length - plain.length, plain.length);
        return Base64Url.encode(padded);
    }

    /** A token with the header of this key. */
    String sign(String type, JsonObject claims) throws GeneralSecurityException {
        return sign(
                JsonObject.builder()
                        .put("alg", alg)
                        .put("kid", kid)
                        .put("typ", type)
                        .build(),
                claims);
    }

    /** A token with any header, signed by this key. */
    String sign(JsonObject header, JsonObject claims) throws GeneralSecurityException {
        String signed = unsigned(header, claims);
        Signature signature = Signature.getInstance(JCA.get(alg));
        signature.initSign(keys.getPrivate());
        signature.update(signed.getBytes(StandardCharsets.US_ASCII));
        return signed + '.' + Base64Url.encode(signature.sign());
    }

    /** A token whose HMAC has the public key as its secret, which every verifier knows. */
    String confuse(JsonObject claims) throws GeneralSecurityException {
        JsonObject header = JsonObject.builder()
                .put("alg", "HS256")
                .put("kid", kid)
                .put("typ", "JWT")
                .build();
        String signed = unsigned(header, claims);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(keys.getPublic().getEncoded(), "HmacSHA256"));
        return signed + '.' + Base64Url.encode(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
    }

    /** A token without a signature. */
    static String none(JsonObject claims) {
        return unsigned(
                        JsonObject.builder()
                                .put("alg", "none")
                                .put("typ", "JWT")
                                .build(),
                        claims)
                + '.';
    }

    private static String unsigned(JsonObject header, JsonObject claims) {
        return Base64Url.encode(CanonicalJson.bytes(header)) + '.' + Base64Url.encode(CanonicalJson.bytes(claims));
    }
}
