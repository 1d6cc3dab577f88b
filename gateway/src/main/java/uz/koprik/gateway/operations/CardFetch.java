package uz.koprik.gateway.operations;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import uz.koprik.gateway.api.common.ApiJson;
import uz.koprik.gateway.http.Problem;

/**
 * Fetches the card that a centre shows at its address. The TLS certificate proves nothing, for the card that names it
 * is not trusted yet: people compare the fingerprint of the card, which its own keys sign.
 */
final class CardFetch {

    private static final String PATH = "/.well-known/koprik-card.json";
    private static final int LARGEST = 256 << 10;
    private static final int OK = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private CardFetch() {}

    /**
     * Blocks for ten seconds at most.
     *
     * @param address such as {@code gw.example.com:9443} or {@code https://gw.example.com:9443/}
     * @return the text of the card, not checked
     * @throws Problem when the address is none, or no card is there
     */
    static String of(String address) throws InterruptedException {
        URI card = card(address.strip());
        HttpRequest request = HttpRequest.newBuilder(card).timeout(PATIENCE).build();
        try (HttpClient client = HttpClient.newBuilder()
                        .connectTimeout(PATIENCE)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .sslContext(unproven())
                        .build();
                InputStream body = body(client.send(request, HttpResponse.BodyHandlers.ofInputStream()), card)) {
            byte[] text = body.readNBytes(LARGEST + 1);
            if (text.length > LARGEST) {
                throw none(card, "what it shows is larger than a card");
            }
            return new String(text, StandardCharsets.UTF_8);
        } catch (IOException | GeneralSecurityException failed) {
            throw none(card, "it does not answer over TLS");
        }
    }

    private static InputStream body(HttpResponse<InputStream> answer, URI card) {
        if (answer.statusCode() != OK) {
            throw none(card, "it answers with status " + answer.statusCode());
        }
        return answer.body();
    }

    private static Problem none(URI card, String why) {
        return new Problem(
                400,
                "Not a card",
                "no card could be fetched from " + card.getHost() + ": " + why
                        + "; ask the partner for the file that `koprik partner card` wrote");
    }

    private static URI card(String address) {
        try {
            URI given = URI.create(address.contains("://") ? address : "https://" + address);
            if (!"https".equalsIgnoreCase(given.getScheme())
                    || given.getHost() == null
                    || given.getUserInfo() != null) {
                throw ApiJson.bad(WANTED);
            }
            String host = given.getHost() + (given.getPort() < 0 ? "" : ":" + given.getPort());
            return URI.create("https://" + host + PATH);
        } catch (IllegalArgumentException wrong) {
            throw ApiJson.bad(WANTED);
        }
    }

    private static final String WANTED =
            "\"address\" is host and port of a centre, such as gw.example.com:9443 or https://gw.example.com:9443/";

    private static SSLContext unproven() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new AnyServer()}, null);
        return context;
    }

    /** Takes every certificate: see {@link CardFetch}. */
    private static final class AnyServer extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {
            throw new UnsupportedOperationException("for the client side only");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {
            checkClientTrusted(chain, authType);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
            checkClientTrusted(chain, authType);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {
            // The card is proven by its fingerprint.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
            // The card is proven by its fingerprint.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
            // The card is proven by its fingerprint.
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
