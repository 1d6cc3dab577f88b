package uz.koprik.crypto.algorithm;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import uz.koprik.crypto.Base64Url;
import uz.koprik.crypto.Sha256;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;

/** What the algorithms share about JSON Web Keys (RFC 7517). */
final class Jwk {

    private static final Set<String> PRIVATE = Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k", "priv");
    private static final Set<String> OPTIONAL = Set.of("alg", "use", "kid", "key_ops");

    private Jwk() {}

    /**
     * The members that make the key, checked against what must be there.
     *
     * @param required the names RFC 7638, section 3.2 lists for this kind of key
     */
    static JsonObject required(JsonObject jwk, String alg, List<String> required) throws KeyRejected {
        for (String name : jwk.names()) {
            if (PRIVATE.contains(name)) {
                throw new KeyRejected(
                        "the JWK holds a private key: throw that key away, and give the public half of a new one");
            }
            if (!required.contains(name) && !OPTIONAL.contains(name)) {
                throw new KeyRejected("the JWK has a member that is not known for an " + alg + " key; allowed are "
                        + required + " and " + OPTIONAL.stream().sorted().toList());
            }
        }
        JsonObject.Builder key = JsonObject.builder();
        for (String name : required) {
            key.put(
                    name,
                    jwk.string(name)
                            .orElseThrow(() ->
                                    new KeyRejected("the JWK of an " + alg + " key lacks the string member " + name)));
        }
        agree(jwk, "alg", alg);
        agree(jwk, "use", "sig");
        JsonObject minimal = key.build();
        agree(jwk, "kid", thumbprint(minimal));
        if (jwk.has("key_ops") && !mayVerify(jwk)) {
            throw new KeyRejected("key_ops of the JWK must be [\"verify\"]");
        }
        return minimal;
    }

    /** RFC 7638; {@code minimal} holds exactly the required members. */
    static String thumbprint(JsonObject minimal) {
        return Base64Url.encode(Sha256.of(CanonicalJson.bytes(minimal)));
    }

    /** The coordinate under {@code name}: base64url of exactly {@code length} bytes. */
    static byte[] bytes(JsonObject jwk, String name, int length) throws KeyRejected {
        byte[] bytes;
        try {
            bytes = Base64Url.decode(jwk.string(name).orElseThrow());
        } catch (IllegalArgumentException e) {
            throw new KeyRejected("member " + name + " of the JWK: " + e.getMessage(), e);
        }
        if (bytes.length != length) {
            throw new KeyRejected("member " + name + " of the JWK has " + bytes.length + " bytes, not " + length);
        }
        return bytes;
    }

    static void require(JsonObject jwk, String name, String value) throws KeyRejected {
        if (!jwk.string(name).orElse("").equals(value)) {
            throw new KeyRejected("member " + name + " of the JWK must be " + value);
        }
    }

    private static void agree(JsonObject jwk, String name, String value) throws KeyRejected {
        if (jwk.has(name)) {
            require(jwk, name, value);
        }
    }

    private static boolean mayVerify(JsonObject jwk) {
        List<String> operations = new ArrayList<>();
        jwk.items("key_ops").forEach(op -> operations.add(op instanceof JsonString s ? s.value() : ""));
        return jwk.get("key_ops") instanceof JsonArray && operations.equals(List.of("verify"));
    }
}
