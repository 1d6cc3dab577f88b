package uz.koprik.gateway.oidc;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import uz.koprik.crypto.Base64Url;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;

/** A token of the provider as a JWS in compact form (RFC 7515, section 7.1), whose signature is not verified yet. */
final class SignedToken {

    private static final int MOST_CHARACTERS = 64 << 10;

    private final JsonObject header;
    private final JwsAlgorithm algorithm;
    private final String kid;
    private final byte[] signed;
    private final byte[] payload;
    private final byte[] signature;

    private SignedToken(JsonObject header, JwsAlgorithm algorithm, byte[] signed, byte[] payload, byte[] signature) {
        this.header = header;
        this.algorithm = algorithm;
        this.kid = header.string("kid").orElse("");
        this.signed = signed;
        this.payload = payload;
        this.signature = signature;
    }

    /**
     * Reads the form.
     *
     * @throws TokenRejected when it is no JWS, or its algorithm is none of a public key
     */
    static SignedToken parse(String text) throws TokenRejected {
        if (text.length() > MOST_CHARACTERS) {
            throw new TokenRejected("the token is longer than " + MOST_CHARACTERS + " characters");
        }
        String[] parts = text.split("\\.", -1);
        if (parts.length != 3) {
            throw new TokenRejected("the token is no signed JWT of three parts");
        }
        try {
            JsonObject header = StrictJson.parseObject(Base64Url.decode(parts[0]));
            if (header.has("crit")) {
                throw new TokenRejected("the token has critical header parameters that are not known here");
            }
            JwsAlgorithm algorithm = JwsAlgorithm.of(header.string("alg").orElse(""))
                    .orElseThrow(() -> new TokenRejected("the token is signed by no algorithm of a public key"));
            return new SignedToken(
                    header,
                    algorithm,
                    (parts[0] + '.' + parts[1]).getBytes(StandardCharsets.US_ASCII),
                    Base64Url.decode(parts[1]),
                    Base64Url.decode(parts[2]));
        } catch (MalformedJson | IllegalArgumentException malformed) {
            throw new TokenRejected("the token is malformed", malformed);
        }
    }

    JwsAlgorithm algorithm() {
        return algorithm;
    }

    /** The id of the key that signed it; empty when it names none. */
    String kid() {
        return kid;
    }

    /** Its type, the header {@code typ}, in lower case and without {@code application/}. */
    Optional<String> type() {
        return header.string("typ").map(type -> type.toLowerCase(Locale.ROOT).replaceFirst("^application/", ""));
    }

    /**
     * What it says, once that key has verified it.
     *
     * @throws TokenRejected when the signature is not of that key
     */
    JsonObject claims(ProviderKey key) throws TokenRejected {
        if (!key.serves(algorithm) || !algorithm.verifies(key.key(), signed, signature)) {
            throw new TokenRejected("the signature of the token is wrong");
        }
        try {
            return StrictJson.parseObject(payload);
        } catch (MalformedJson malformed) {
            throw new TokenRejected("the claims of the token are malformed", malformed);
        }
    }
}
