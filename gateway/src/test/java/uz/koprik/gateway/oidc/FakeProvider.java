package uz.koprik.gateway.oidc;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import uz.koprik.crypto.Base64Url;
import uz.koprik.crypto.Sha256;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonBoolean;
import uz.koprik.crypto.json.JsonObject;

/**
 * An OpenID Connect provider of the tests' own, in this JVM: each browser that comes is signed in as the person whom
 * the test names. It breaks a rule when the test asks for it.
 */
final class FakeProvider implements AutoCloseable {

    static final String CLIENT = "koprik";
    static final String SECRET = "p%ss: wörd+1";

    final AtomicInteger keyFetches = new AtomicInteger();
    final AtomicInteger refreshes = new AtomicInteger();

    private final HttpServer server;
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
    private final Map<String, String> refreshTokens = new ConcurrentHashMap<>();
    private volatile TokenSigner signer;
    private volatile List<TokenSigner> shown;
    private volatile List<String> groups = List.of("/koprik/analysts");
    private volatile String person = "anna";
    private volatile String subject = "4e1f";
    private volatile UnaryOperator<JsonObject> claims = UnaryOperator.identity();
    private volatile UnaryOperator<JsonObject> answer = UnaryOperator.identity();
    private volatile boolean out;

    FakeProvider() throws IOException, GeneralSecurityException {
        this(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    }

    private FakeProvider(HttpServer server) throws GeneralSecurityException {
        this.server = server;
        signer = TokenSigner.first();
        shown = List.of(signer);
        server.createContext("/", this::serve);
        server.start();
    }

    /** One that speaks TLS. */
    static FakeProvider tls(SSLContext context) throws IOException, GeneralSecurityException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        return new FakeProvider(server);
    }

    String issuer() {
        return (server instanceof HttpsServer ? "https" : "http") + "://127.0.0.1:"
                + server.getAddress().getPort() + "/realms/koprik";
    }

    TokenSigner signer() {
        return signer;
    }

    /** Whom it signs in from now on. */
    FakeProvider person(String name, String sub, String... memberOf) {
        person = name;
        subject = sub;
        groups = List.of(memberOf);
        return this;
    }

    void groups(String... memberOf) {
        groups = List.of(memberOf);
    }

    /** What becomes of the claims of ID tokens before they are signed. */
    void claims(UnaryOperator<JsonObject> change) {
        claims = change;
    }

    /** What becomes of the answer with tokens. */
    void answer(UnaryOperator<JsonObject> change) {
        answer = change;
    }

    /** Signs with another key from now on, and shows these. */
    void sign(TokenSigner next, TokenSigner... show) {
        signer = next;
        shown = List.of(show);
    }

    /** Whether it answers 503 to everything. */
    void out(boolean now) {
        out = now;
    }

    /** Ends all sessions: no refresh token serves any more. */
    void endSessions() {
        refreshTokens.clear();
    }

    /** A logout token as it should be. */
    JsonObject.Builder logoutClaims() {
        long now = Instant.now().getEpochSecond();
        return JsonObject.builder()
                .put("iss", issuer())
                .put("aud", CLIENT)
                .put("iat", now)
                .put("exp", now + 120)
                .put("jti", UUID.randomUUID().toString())
                .put(
                        "events",
                        JsonObject.builder()
                                .put(
                                        TokenChecks.LOGOUT_EVENT,
                                        JsonObject.builder().build())
                                .build());
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (out) {
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            String path = exchange.getRequestURI().getPath().replace("/realms/koprik", "");
            switch (path) {
                case "/.well-known/openid-configuration" -> reply(exchange, 200, discovery());
                case "/keys" -> {
                    keyFetches.incrementAndGet();
                    reply(
                            exchange,
                            200,
                            JsonObject.builder()
                                    .put(
                                            "keys",
                                            new JsonArray(shown.stream()
                                                    .<Json>map(TokenSigner::jwk)
                                                    .toList()))
                                    .build());
                }
                case "/authorize" -> authorize(exchange);
                case "/token" -> token(exchange);
                default -> exchange.sendResponseHeaders(404, -1);
            }
        } catch (GeneralSecurityException impossible) {
            throw new IOException(impossible);
        }
    }

    private JsonObject discovery() {
        return JsonObject.builder()
                .put("issuer", issuer())
                .put("authorization_endpoint", issuer() + "/authorize")
                .put("token_endpoint", issuer() + "/token")
                .put("jwks_uri", issuer() + "/keys")
                .put("authorization_response_iss_parameter_supported", new JsonBoolean(true))
                .putStrings("code_challenge_methods_supported", List.of("S256"))
                .build();
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> query = form(exchange.getRequestURI().getRawQuery());
        String code = UUID.randomUUID().toString();
        query.put("person", person);
        query.put("sub", subject);
        query.put("sid", "sid-" + code);
        codes.put(code, query);
        exchange.getResponseHeaders()
                .add(
                        "Location",
                        query.get("redirect_uri") + "?state=" + query.get("state") + "&code=" + code
                                + "&session_state=x&iss=" + encode(issuer()));
        exchange.sendResponseHeaders(302, -1);
    }

    private void token(HttpExchange exchange) throws IOException, GeneralSecurityException {
        String expected = "Basic "
                + Base64.getEncoder().encodeToString((CLIENT + ":" + encode(SECRET)).getBytes(StandardCharsets.UTF_8));
        Map<String, String> form = form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        if (!expected.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            error(exchange, 401, "invalid_client");
            return;
        }
        Map<String, String> sign;
        if (form.get("grant_type").equals("refresh_token")) {
            refreshes.incrementAndGet();
            String session = refreshTokens.remove(form.getOrDefault("refresh_token", ""));
            if (session == null) {
                error(exchange, 400, "invalid_grant");
                return;
            }
            sign = form(session);
        } else {
            sign = codes.remove(form.getOrDefault("code", ""));
            if (sign == null
                    || !sign.get("redirect_uri").equals(form.get("redirect_uri"))
                    || !sign.get("code_challenge_method").equals("S256")
                    || !sign.get("code_challenge")
                            .equals(Base64Url.encode(
                                    Sha256.of(form.get("code_verifier").getBytes(StandardCharsets.US_ASCII))))) {
                error(exchange, 400, "invalid_grant");
                return;
            }
        }
        reply(exchange, 200, tokens(sign));
    }

    private JsonObject tokens(Map<String, String> sign) throws GeneralSecurityException {
        String refresh = UUID.randomUUID().toString();
        refreshTokens.put(
                refresh,
                "sub=" + encode(sign.get("sub")) + "&sid=" + encode(sign.get("sid")) + "&person="
                        + encode(sign.get("person")));
        String access = UUID.randomUUID().toString();
        long now = Instant.now().getEpochSecond();
        JsonObject.Builder id = JsonObject.builder()
                .put("iss", issuer())
                .put("aud", CLIENT)
                .put("sub", sign.get("sub"))
                .put("sid", sign.get("sid"))
                .put("iat", now)
                .put("exp", now + 300)
                .put("preferred_username", sign.get("person"))
                .put("at_hash", half(access));
        if (sign.containsKey("nonce")) {
            id.put("nonce", sign.get("nonce"));
        }
        id.putStrings("groups", groups);
        return answer.apply(JsonObject.builder()
                .put("access_token", access)
                .put("token_type", "Bearer")
                .put("expires_in", 300)
                .put("refresh_token", refresh)
                .put("id_token", signer.sign("JWT", claims.apply(id.build())))
                .build());
    }

    /** The left half of the hash that belongs to the algorithm of the key. */
    private String half(String access) throws GeneralSecurityException {
        byte[] whole = MessageDigest.getInstance(signer.alg().equals("EdDSA") ? "SHA-512" : "SHA-256")
                .digest(access.getBytes(StandardCharsets.US_ASCII));
        return Base64Url.encode(Arrays.copyOf(whole, whole.length / 2));
    }

    private static void error(HttpExchange exchange, int status, String error) throws IOException {
        reply(exchange, status, JsonObject.builder().put("error", error).build());
    }

    private static void reply(HttpExchange exchange, int status, JsonObject body) throws IOException {
        byte[] bytes = CanonicalJson.bytes(body);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /** The parameters of a query or form. */
    static Map<String, String> form(String text) {
        Map<String, String> form = new HashMap<>();
        for (String pair : text.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            form.put(parts[0], parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return form;
    }

    static Map<String, String> query(String url) {
        return form(URI.create(url).getRawQuery());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
