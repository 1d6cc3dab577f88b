package uz.koprik.gateway.oidc;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import uz.koprik.crypto.Base64Url;
import uz.koprik.crypto.Sha256;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.crypto.trust.Secrets;
import uz.koprik.gateway.sessions.Sealing;

/**
 * A sign-in on its way through the provider. The browser keeps it sealed, so that it comes back to any gateway.
 *
 * @param state binds the answer of the provider to this browser
 * @param nonce binds the ID token to this sign-in
 * @param verifier binds the code to this sign-in (RFC 7636)
 * @param route where the browser was going, in the console
 * @param begun when
 */
record PendingSignIn(String state, String nonce, String verifier, String route, Instant begun) {

    /** So long somebody may take to sign in at the provider. */
    static final Duration LIFETIME = Duration.ofMinutes(10);

    private static final int SECRET_BYTES = 32;
    private static final String OWNER = "browser";

    /** A new one. */
    static PendingSignIn begin(String route, Instant now) {
        return new PendingSignIn(secret(), secret(), secret(), route, now);
    }

    private static String secret() {
        return Base64Url.encode(Secrets.randomBytes(SECRET_BYTES));
    }

    /** The challenge of the verifier, method S256 (RFC 7636, section 4.2). */
    String challenge() {
        return Base64Url.encode(Sha256.of(verifier.getBytes(StandardCharsets.US_ASCII)));
    }

    String seal(Sealing seal) {
        return seal.seal(
                CanonicalJson.text(JsonObject.builder()
                        .put("state", state)
                        .put("nonce", nonce)
                        .put("verifier", verifier)
                        .put("route", route)
                        .put("begun", begun.getEpochSecond())
                        .build()),
                OWNER);
    }

    /** What {@link #seal} wrote; empty when it is anything else, or too old. */
    static Optional<PendingSignIn> open(Sealing seal, String sealed, Instant now) {
        Optional<String> text = seal.open(sealed, OWNER);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            JsonObject json = StrictJson.parseObject(text.get().getBytes(StandardCharsets.UTF_8));
            PendingSignIn pending = new PendingSignIn(
                    json.string("state").orElseThrow(),
                    json.string("nonce").orElseThrow(),
                    json.string("verifier").orElseThrow(),
                    json.string("route").orElseThrow(),
                    Instant.ofEpochSecond(((JsonNumber) json.get("begun")).longValue()));
            return Optional.of(pending)
                    .filter(found -> now.isBefore(found.begun().plus(LIFETIME)));
        } catch (MalformedJson impossible) {
            throw new IllegalStateException("what was sealed here is JSON", impossible);
        }
    }
}
