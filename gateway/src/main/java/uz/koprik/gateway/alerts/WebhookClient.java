package uz.koprik.gateway.alerts;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.jws.Signature;
import uz.koprik.gateway.config.Config;

/**
 * Sends signed deliveries to webhooks. The body is canonical JSON; header {@code Koprik-Signature} is a detached JWS
 * (RFC 7515, appendix F) of it by this centre's key. Follows no redirects and uses no proxy. Thread-safe.
 */
final class WebhookClient implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final String centre;
    private final WebhookTargets targets;
    private final Alerts.Seal seal;
    private final Duration timeout;
    private final InstantSource clock;
    private final HttpClient http;

    /**
     * @param centre the name of this centre
     * @param home the folder to which {@code ca} is relative
     * @throws IOException when the certificates that the settings name cannot be read
     */
    WebhookClient(
            String centre,
            Config.Webhooks config,
            WebhookTargets targets,
            Path home,
            Alerts.Seal seal,
            InstantSource clock)
            throws IOException {
        this.centre = centre;
        this.targets = targets;
        this.seal = seal;
        this.timeout = config.requestTimeout();
        this.clock = clock;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(CONNECT.compareTo(timeout) < 0 ? CONNECT : timeout);
        if (!config.ca().isEmpty()) {
            builder.sslContext(trusting(home.resolve(config.ca())));
        }
        this.http = builder.build();
    }

    private static SSLContext trusting(Path pem) throws IOException {
        try (InputStream in = Files.newInputStream(pem)) {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            int count = 0;
            for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                trusted.setCertificateEntry("ca" + count++, one);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException unusable) {
            throw new IOException("alerts.webhooks.ca: " + pem + " holds no usable certificates", unusable);
        }
    }

    /**
     * Sends one delivery, once.
     *
     * @param type {@code alert} or {@code digest}: the member of the body that holds {@code content}
     * @return why it failed; empty when the receiver answered 2xx
     */
    Optional<String> send(URI url, UUID delivery, UUID subscription, String type, JsonObject content)
            throws InterruptedException {
        try {
            targets.check(url);
        } catch (IllegalArgumentException forbidden) {
            return Optional.of(forbidden.getMessage());
        }
        Instant now = clock.instant();
        byte[] body = CanonicalJson.bytes(JsonObject.builder()
                .put("type", type)
                .put("centre", centre)
                .put("delivery", delivery.toString())
                .put("subscription", subscription.toString())
                .put("sent", now.toString())
                .put(type, content)
                .build());
        Signature signature = seal.sign(body, now);
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(timeout)
                .header("Content-Type", "application/json")
                .header("User-Agent", "koprik")
                .header("Koprik-Delivery", delivery.toString())
                .header("Koprik-Timestamp", Long.toString(now.getEpochSecond()))
                .header("Koprik-Signature", signature.protectedHeader() + ".." + signature.signature())
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        CompletableFuture<HttpResponse<Void>> answer = http.sendAsync(request, HttpResponse.BodyHandlers.discarding());
        try {
            return judged(answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS).statusCode());
        } catch (TimeoutException silent) {
            answer.cancel(true);
            return Optional.of("no answer within " + timeout.toMillis() / 1000.0 + " s");
        } catch (ExecutionException failed) {
            return Optional.of(words(failed.getCause()));
        }
    }

    private static Optional<String> judged(int status) {
        if (status >= 200 && status < 300) {
            return Optional.empty();
        }
        return Optional.of(
                status >= 300 && status < 400
                        ? "answered with a redirect (" + status
                                + "), which is not followed: use its target as the webhook"
                        : "answered " + status);
    }

    private static String words(Throwable cause) {
        return switch (cause) {
            case java.net.http.HttpTimeoutException late -> "no answer in time";
            case SSLException tls -> "TLS handshake failed: " + tls.getMessage();
            case java.net.ConnectException refused -> "connection refused, or the host name is unknown";
            default -> "connection failed: " + cause.getClass().getSimpleName();
        };
    }

    /** Aborts current requests. */
    @Override
    public void close() {
        http.shutdownNow();
    }
}
