package uz.koprik.gateway.oidc;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Map;
import java.util.Optional;
import uz.koprik.crypto.Base64Url;
import uz.koprik.crypto.json.JsonObject;

/**
 * A public key of the provider that signs tokens.
 *
 * @param kid its id; empty when it has none
 * @param alg the only algorithm that it serves; empty when the provider does not say
 */
record ProviderKey(String kid, Optional<String> alg, PublicKey key) {

    private static final int LEAST_RSA_BITS = 2048;
    private static final int MOST_RSA_BITS = 16_384;
    private static final int ED25519_BYTES = 32;
    private static final Map<String, String> CURVES =
            Map.of("P-256", "secp256r1", "P-384", "secp384r1", "P-521", "secp521r1");

    /** A key of a JWK Set (RFC 7517); empty for keys that sign nothing, are too weak, or of a kind not known here. */
    static Optional<ProviderKey> of(JsonObject jwk) {
        if (!jwk.string("use").orElse("sig").equals("sig")) {
            return Optional.empty();
        }
        try {
            Optional<PublicKey> key =
                    switch (jwk.string("kty").orElse("")) {
                        case "RSA" -> rsa(jwk);
                        case "EC" -> ec(jwk);
                        case "OKP" -> ed25519(jwk);
                        default -> Optional.empty();
                    };
            return key.map(known -> new ProviderKey(jwk.string("kid").orElse(""), jwk.string("alg"), known));
        } catch (GeneralSecurityException | IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** Whether it serves that algorithm. */
    boolean serves(JwsAlgorithm algorithm) {
        return algorithm.fits(key)
                && (alg.isEmpty()
                        || alg.get().equals(algorithm.header())
                        || alg.get().equals("Ed25519"));
    }

    private static Optional<PublicKey> rsa(JsonObject jwk) throws GeneralSecurityException {
        BigInteger modulus = number(jwk, "n");
        if (modulus.bitLength() < LEAST_RSA_BITS || modulus.bitLength() > MOST_RSA_BITS) {
            return Optional.empty();
        }
        return Optional.of(
                KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, number(jwk, "e"))));
    }

    private static Optional<PublicKey> ec(JsonObject jwk) throws GeneralSecurityException {
        String curve = CURVES.get(jwk.string("crv").orElse(""));
        if (curve == null) {
            return Optional.empty();
        }
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec(curve));
        return Optional.of(KeyFactory.getInstance("EC")
                .generatePublic(new ECPublicKeySpec(
                        new ECPoint(number(jwk, "x"), number(jwk, "y")),
                        parameters.getParameterSpec(ECParameterSpec.class))));
    }

    private static Optional<PublicKey> ed25519(JsonObject jwk) throws GeneralSecurityException {
        byte[] x = bytes(jwk, "x");
        if (!jwk.string("crv").orElse("").equals("Ed25519") || x.length != ED25519_BYTES) {
            return Optional.empty();
        }
        byte[] big = new byte[ED25519_BYTES];
        for (int i = 0; i < ED25519_BYTES; i++) {
            big[i] = x[ED25519_BYTES - 1 - i];
        }
        boolean odd = (big[0] & 0x80) != 0;
        big[0] &= 0x7F;
        return Optional.of(KeyFactory.getInstance("Ed25519")
                .generatePublic(
                        new EdECPublicKeySpec(NamedParameterSpec.ED25519, new EdECPoint(odd, new BigInteger(1, big)))));
    }

    private static BigInteger number(JsonObject jwk, String name) {
        return new BigInteger(1, bytes(jwk, name));
    }

    private static byte[] bytes(JsonObject jwk, String name) {
        return Base64Url.decode(jwk.string(name).orElseThrow(() -> new IllegalArgumentException("no " + name)));
    }
}
