package uz.koprik.gateway.oidc;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;

/**
 * What a session keeps to ask the provider about its person again. It holds a secret, so it is kept sealed.
 *
 * @param name of the person in this centre, which stays that of the sign-in
 * @param nonce of the sign-in
 * @param refreshToken empty when the provider gave none
 * @param seen when its claims were last seen
 */
record ProviderLink(
        String name,
        String subject,
        Optional<String> session,
        String nonce,
        Optional<String> refreshToken,
        Instant seen) {

    String text() {
        JsonObject.Builder json = JsonObject.builder()
                .put("name", name)
                .put("sub", subject)
                .put("nonce", nonce)
                .put("seen", seen.getEpochSecond());
        session.ifPresent(sid -> json.put("sid", sid));
        refreshToken.ifPresent(token -> json.put("refresh_token", token));
        return CanonicalJson.text(json.build());
    }

    /** What {@link #text} wrote. */
    static ProviderLink of(String text) {
        try {
            JsonObject json = StrictJson.parseObject(text.getBytes(StandardCharsets.UTF_8));
            return new ProviderLink(
                    json.string("name").orElseThrow(),
                    json.string("sub").orElseThrow(),
                    json.string("sid"),
                    json.string("nonce").orElseThrow(),
                    json.string("refresh_token"),
                    Instant.ofEpochSecond(((JsonNumber) json.get("seen")).longValue()));
        } catch (MalformedJson impossible) {
            throw new IllegalStateException("what was sealed here is JSON", impossible);
        }
    }
}
