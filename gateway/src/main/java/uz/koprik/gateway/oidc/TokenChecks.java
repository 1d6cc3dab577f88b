package uz.koprik.gateway.oidc;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import uz.koprik.crypto.Base64Url;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;

/**
 * What tokens must say: ID tokens (OpenID Connect Core 1.0, sections 3.1.3.7 and 12.2) and logout tokens (OpenID
 * Connect Back-Channel Logout 1.0, section 2.6). The caller has the signature verified before.
 */
final class TokenChecks {

    /** The event of a logout token. */
    static final String LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout";

    private static final String LOGOUT_TYPE = "logout+jwt";
    private static final int LONGEST_SUBJECT = 255;
    private static final long LATEST = Instant.parse("2200-01-01T00:00:00Z").getEpochSecond();

    /** A logout token may be that old; its id is remembered as long, so that it serves once. */
    static final Duration LOGOUT_LIFETIME = Duration.ofMinutes(5);

    private final String issuer;
    private final String clientId;
    private final Duration skew;
    private final InstantSource clock;

    TokenChecks(String issuer, String clientId, Duration skew, InstantSource clock) {
        this.issuer = issuer;
        this.clientId = clientId;
        this.skew = skew;
        this.clock = clock;
    }

    /**
     * A logout token that passed.
     *
     * @param id of the token, {@code jti}
     * @param session at the provider; empty for all sessions of the subject
     */
    record Logout(String id, Optional<String> subject, Optional<String> session) {}

    /**
     * Checks the ID token of a sign-in.
     *
     * @param nonce of the request to which it answers
     * @param accessToken that came with it
     * @throws TokenRejected names the rule that it breaks
     */
    void signIn(SignedToken token, JsonObject claims, String nonce, String accessToken) throws TokenRejected {
        idToken(token, claims, accessToken);
        if (!equal(nonce, claims.string("nonce").orElse(""))) {
            throw new TokenRejected("the nonce is that of another sign-in");
        }
    }

    /**
     * Checks the ID token of a refresh.
     *
     * @param subject of the sign-in, which must be the same
     * @param nonce of the sign-in, which may be repeated
     * @throws TokenRejected names the rule that it breaks
     */
    void refresh(SignedToken token, JsonObject claims, String subject, String nonce, String accessToken)
            throws TokenRejected {
        idToken(token, claims, accessToken);
        if (!subject(claims).equals(subject)) {
            throw new TokenRejected("sub is another person than at the sign-in");
        }
        if (claims.has("nonce") && !equal(nonce, claims.string("nonce").orElse(""))) {
            throw new TokenRejected("the nonce is that of another sign-in");
        }
    }

    private void idToken(SignedToken token, JsonObject claims, String accessToken) throws TokenRejected {
        if (token.type().filter(LOGOUT_TYPE::equals).isPresent() || claims.has("events")) {
            throw new TokenRejected("it is a logout token, not an ID token");
        }
        common(claims);
        authorisedParty(claims);
        subject(claims);
        if (claims.has("at_hash")) {
            accessTokenHash(token, claims, accessToken);
        }
    }

    /**
     * Checks a logout token.
     *
     * @throws TokenRejected names the rule that it breaks
     */
    Logout logout(SignedToken token, JsonObject claims) throws TokenRejected {
        if (token.type()
                .filter(type -> !type.equals(LOGOUT_TYPE) && !type.equals("jwt"))
                .isPresent()) {
            throw new TokenRejected("typ is not logout+jwt");
        }
        common(claims);
        if (seconds(claims, "iat").plus(LOGOUT_LIFETIME).plus(skew).isBefore(clock.instant())) {
            throw new TokenRejected("iat is longer ago than " + LOGOUT_LIFETIME.toMinutes() + " minutes");
        }
        if (claims.object("events")
                .flatMap(events -> events.object(LOGOUT_EVENT))
                .isEmpty()) {
            throw new TokenRejected("events has no " + LOGOUT_EVENT);
        }
        if (claims.has("nonce")) {
            throw new TokenRejected("a logout token has no nonce");
        }
        String id = claims.string("jti")
                .filter(jti -> !jti.isEmpty() && jti.length() <= LONGEST_SUBJECT)
                .orElseThrow(() -> new TokenRejected("jti is missing"));
        Optional<String> session = session(claims);
        Optional<String> subject = claims.has("sub") ? Optional.of(subject(claims)) : Optional.empty();
        if (session.isEmpty() && subject.isEmpty()) {
            throw new TokenRejected("neither sub nor sid says who is signed out");
        }
        return new Logout(id, subject, session);
    }

    /** Who it is about. */
    static String subject(JsonObject claims) throws TokenRejected {
        return claims.string("sub")
                .filter(sub -> !sub.isEmpty() && sub.length() <= LONGEST_SUBJECT)
                .orElseThrow(() -> new TokenRejected("sub is missing or too long"));
    }

    /** The session at the provider that it is about. */
    static Optional<String> session(JsonObject claims) throws TokenRejected {
        Optional<String> sid = claims.string("sid");
        if (sid.filter(id -> id.isEmpty() || id.length() > LONGEST_SUBJECT).isPresent()) {
            throw new TokenRejected("sid is empty or too long");
        }
        return sid;
    }

    private void common(JsonObject claims) throws TokenRejected {
        if (!claims.string("iss").orElse("").equals(issuer)) {
            throw new TokenRejected("iss is another issuer");
        }
        if (!audiences(claims).contains(clientId)) {
            throw new TokenRejected("aud is not this client");
        }
        Instant now = clock.instant();
        if (!now.isBefore(seconds(claims, "exp").plus(skew))) {
            throw new TokenRejected("it has expired");
        }
        if (seconds(claims, "iat").minus(skew).isAfter(now)) {
            throw new TokenRejected("iat is in the future; compare the clocks of the provider and of this centre");
        }
        if (claims.has("nbf") && seconds(claims, "nbf").minus(skew).isAfter(now)) {
            throw new TokenRejected("it is not valid yet");
        }
    }

    private void authorisedParty(JsonObject claims) throws TokenRejected {
        if (claims.has("azp") && !claims.string("azp").orElse("").equals(clientId)) {
            throw new TokenRejected("azp is another client");
        }
        if (audiences(claims).size() > 1 && !claims.has("azp")) {
            throw new TokenRejected("aud names several audiences, and azp does not say for whom it is");
        }
    }

    private static List<String> audiences(JsonObject claims) {
        return claims.string("aud").map(List::of).orElseGet(() -> claims.items("aud").stream()
                .filter(JsonString.class::isInstance)
                .map(item -> ((JsonString) item).value())
                .toList());
    }

    private static void accessTokenHash(SignedToken token, JsonObject claims, String accessToken) throws TokenRejected {
        try {
            byte[] whole = MessageDigest.getInstance(token.algorithm().hash())
                    .digest(accessToken.getBytes(StandardCharsets.US_ASCII));
            String half = Base64Url.encode(Arrays.copyOf(whole, whole.length / 2));
            if (!equal(half, claims.string("at_hash").orElse(""))) {
                throw new TokenRejected("at_hash is that of another access token");
            }
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-2", impossible);
        }
    }

    private static Instant seconds(JsonObject claims, String name) throws TokenRejected {
        Json value = claims.get(name);
        if (!(value instanceof JsonNumber number) || number.value() < 0 || number.value() > LATEST) {
            throw new TokenRejected(name + " is missing or no time");
        }
        return Instant.ofEpochSecond((long) number.value());
    }

    private static boolean equal(String expected, String found) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), found.getBytes(StandardCharsets.UTF_8));
    }
}
