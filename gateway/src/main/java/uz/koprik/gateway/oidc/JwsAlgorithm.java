package uz.koprik.gateway.oidc;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Optional;

/**
 * Signature algorithms of tokens (RFC 7518, section 3.1; RFC 8037). Only those with a public key: {@code none} and HMAC
 * are not among them, so that no token can choose one.
 */
enum JwsAlgorithm {
    RS256("SHA256withRSA", 256),
    RS384("SHA384withRSA", 384),
    RS512("SHA512withRSA", 512),
    PS256("RSASSA-PSS", 256),
    PS384("RSASSA-PSS", 384),
    PS512("RSASSA-PSS", 512),
    ES256("SHA256withECDSAinP1363Format", 256),
    ES384("SHA384withECDSAinP1363Format", 384),
    ES512("SHA512withECDSAinP1363Format", 512),
    EDDSA("Ed25519", 512);

    private static final int P521 = 521;

    private final String jca;
    private final int bits;

    JwsAlgorithm(String jca, int bits) {
        this.jca = jca;
        this.bits = bits;
    }

    /** The algorithm that the header {@code alg} names. */
    static Optional<JwsAlgorithm> of(String alg) {
        for (JwsAlgorithm algorithm : values()) {
            if (algorithm.header().equals(alg)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    /** As it stands in {@code alg}. */
    String header() {
        return this == EDDSA ? "EdDSA" : name();
    }

    /** The hash of {@code at_hash} (OpenID Connect Core 1.0, section 3.1.3.6). */
    String hash() {
        return "SHA-" + bits;
    }

    /** Whether a key is one of this algorithm: a key of another kind never verifies. */
    boolean fits(PublicKey key) {
        return switch (this) {
            case RS256, RS384, RS512, PS256, PS384, PS512 -> key instanceof RSAPublicKey;
            case ES256, ES384, ES512 ->
                key instanceof ECPublicKey ec
                        && ec.getParams().getCurve().getField().getFieldSize() == (this == ES512 ? P521 : bits);
            case EDDSA -> key instanceof EdECPublicKey;
        };
    }

    /** Whether {@code signature} over {@code signed} is of that key. */
    boolean verifies(PublicKey key, byte[] signed, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance(jca);
            if (jca.equals("RSASSA-PSS")) {
                verifier.setParameter(new PSSParameterSpec(hash(), "MGF1", new MGF1ParameterSpec(hash()), bits / 8, 1));
            }
            verifier.initVerify(key);
            verifier.update(signed);
            return verifier.verify(signature);
        } catch (GeneralSecurityException malformed) {
            return false;
        }
    }
}
