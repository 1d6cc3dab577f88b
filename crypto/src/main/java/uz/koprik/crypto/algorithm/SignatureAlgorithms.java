package uz.koprik.crypto.algorithm;

import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.util.List;
import java.util.stream.Collectors;
import uz.koprik.crypto.json.JsonObject;

/** All signature algorithms. To add one: one file beside this, one line here. */
public final class SignatureAlgorithms {

    /** In order of preference; the first is the default for new keys. */
    public static final List<SignatureAlgorithm> ALL = List.of(new Ed25519(), new Es256());

    private SignatureAlgorithms() {}

    /**
     * The algorithm of that JOSE name.
     *
     * @throws KeyRejected when it is not on the list, as {@code none} and the HMACs never will be
     */
    public static SignatureAlgorithm named(String alg) throws KeyRejected {
        for (SignatureAlgorithm algorithm : ALL) {
            if (algorithm.name().equals(alg)) {
                return algorithm;
            }
        }
        throw new KeyRejected("the algorithm is none of " + names());
    }

    /** Reads a public key for the algorithm named {@code alg}. */
    public static VerificationKey verificationKey(String alg, JsonObject jwk) throws KeyRejected {
        return named(alg).verificationKey(jwk);
    }

    /**
     * A public key on P-256, for ES256, the only algorithm of keys in hardware.
     *
     * @throws KeyRejected when it is another kind of key
     */
    public static VerificationKey verificationKey(PublicKey key) throws KeyRejected {
        if (!(key instanceof ECPublicKey ec)) {
            throw new KeyRejected("the public key is not one on P-256");
        }
        return Es256.verificationKey(ec.getW().getAffineX(), ec.getW().getAffineY());
    }

    /** Reads a private key (PKCS#8) of any algorithm on the list. */
    public static SigningKey signingKey(byte[] pkcs8) throws KeyRejected {
        KeyRejected last = null;
        for (SignatureAlgorithm algorithm : ALL) {
            try {
                return algorithm.signingKey(pkcs8);
            } catch (KeyRejected e) {
                last = e;
            }
        }
        throw new KeyRejected("the private key is for none of " + names(), last);
    }

    /** {@code "Ed25519, ES256"}, for messages. */
    public static String names() {
        return ALL.stream().map(SignatureAlgorithm::name).collect(Collectors.joining(", "));
    }
}
