package uz.koprik.crypto.algorithm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uz.koprik.crypto.Base64Url;
import uz.koprik.crypto.Oracles;
import uz.koprik.crypto.SignatureRejected;
import uz.koprik.crypto.json.JsonObject;

/** All of Google's Wycheproof vectors for both algorithms. An outcome the test does not know fails it. */
class WycheproofTest {

    @ParameterizedTest
    @CsvSource({"Ed25519, ed25519_test.json.gz", "ES256, ecdsa_secp256r1_sha256_p1363_test.json.gz"})
    void agreesOnEveryVector(String alg, String file) throws IOException {
        JsonNode suite = new ObjectMapper().readTree(Oracles.gunzip(Oracles.conformance("wycheproof/" + file)));
        List<String> wrong = new ArrayList<>();
        int run = 0;
        for (JsonNode group : suite.get("testGroups")) {
            for (JsonNode test : group.get("tests")) {
                run++;
                boolean holds =
                        holds(alg, key(alg, group.get("publicKey")), bytes(test.get("msg")), bytes(test.get("sig")));
                boolean expected =
                        switch (test.get("result").textValue()) {
                            case "valid" -> true;
                            case "invalid" -> false;
                            default ->
                                throw new AssertionError("vector " + test.get("tcId") + " has an unknown result");
                        };
                if (holds != expected) {
                    wrong.add(test.get("tcId") + " " + test.get("comment") + " " + test.get("flags"));
                }
            }
        }
        assertEquals(List.of(), wrong);
        assertEquals(suite.get("numberOfTests").intValue(), run);
        assertTrue(run > 100, () -> "hardly any vectors in " + file);
    }

    private static boolean holds(String alg, JsonObject jwk, byte[] message, byte[] signature) {
        try {
            SignatureAlgorithms.verificationKey(alg, jwk).verify(message, signature);
            return true;
        } catch (SignatureRejected e) {
            assertEquals(SignatureRejected.Reason.BAD_SIGNATURE, e.reason());
            return false;
        } catch (KeyRejected e) {
            throw new AssertionError("every key of the suite is sound", e);
        }
    }

    private static JsonObject key(String alg, JsonNode key) {
        if (alg.equals("Ed25519")) {
            return JsonObject.builder()
                    .put("kty", "OKP")
                    .put("crv", "Ed25519")
                    .put("x", Base64Url.encode(bytes(key.get("pk"))))
                    .build();
        }
        return JsonObject.builder()
                .put("kty", "EC")
                .put("crv", "P-256")
                .put("x", coordinate(key.get("wx")))
                .put("y", coordinate(key.get("wy")))
                .build();
    }

    private static String coordinate(JsonNode hex) {
        byte[] bytes = bytes(hex);
        byte[] fixed = new byte[32];
        int surplus = Math.max(0, bytes.length - 32);
        System.arraycopy(bytes, surplus, fixed, 32 - (bytes.length - surplus), bytes.length - surplus);
        return Base64Url.encode(fixed);
    }

    private static byte[] bytes(JsonNode hex) {
        return HexFormat.of().parseHex(hex.textValue());
    }
}
