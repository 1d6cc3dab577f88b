package uz.koprik.gateway.sources;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.crypto.algorithm.SignatureAlgorithms;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.gateway.config.Config;
import uz.koprik.gateway.config.FeedSource;
import uz.koprik.gateway.http.TlsEngine;
import uz.koprik.gateway.sources.FetchedContent.Earlier;
import uz.koprik.gateway.sources.FetchedContent.Validators;

/** Fetches from a real server on the loopback interface, which the settings of the test allow. */
class HttpFetcherTest {

    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    private static final String LIST = "value,name\na.evil.example.com,One\n";

    @TempDir
    Path home;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final CountDownLatch end = new CountDownLatch(1);
    private Vertx vertx;
    private HttpServer plain;
    private HttpsServer secure;
    private HttpsServer second;
    private HttpFetcher fetcher;

    @BeforeEach
    void start() throws Exception {
        vertx = Vertx.vertx();
        Files.createDirectory(home.resolve("incoming"));
        plain = serve(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        CentreKeys keys =
                CentreKeys.generate("feed", SignatureAlgorithms.ALL.getFirst(), List.of("localhost"), Instant.now());
        Files.write(home.resolve("ca.pem"), keys.tlsCertificatePem());
        secure = secure(keys);
        second = secure(keys);
        fetcher = new HttpFetcher(vertx, TlsEngine.choose(Config.Engine.JDK).options(), home, () -> NOW);
    }

    private HttpsServer secure(CentreKeys keys) throws Exception {
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(new KeyManager[] {keys.tlsKeyManager()}, null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        return (HttpsServer) serve(server);
    }

    private HttpServer serve(HttpServer server) {
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
        return server;
    }

    @AfterEach
    void stop() throws Exception {
        end.countDown();
        plain.stop(0);
        secure.stop(0);
        second.stop(0);
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestURI() + " " + exchange.getRequestHeaders().getFirst("Auth-Key"));
        switch (exchange.getRequestURI().getPath()) {
            case "/list.csv" -> {
                exchange.getResponseHeaders().set("ETag", "\"v1\"");
                exchange.getResponseHeaders().set("Last-Modified", "Sun, 22 Nov 2026 08:00:00 GMT");
                boolean known = "\"v1\"".equals(exchange.getRequestHeaders().getFirst("If-None-Match"))
                        && "Sun, 22 Nov 2026 08:00:00 GMT"
                                .equals(exchange.getRequestHeaders().getFirst("If-Modified-Since"));
                if (known) {
                    exchange.sendResponseHeaders(304, -1);
                } else {
                    send(exchange, LIST);
                }
            }
            case "/large" -> {
                exchange.sendResponseHeaders(200, 0); // of unknown length
                exchange.getResponseBody().write(new byte[5000]);
            }
            case "/short" -> {
                exchange.sendResponseHeaders(200, 1000);
                exchange.getResponseBody().write(LIST.getBytes(StandardCharsets.UTF_8));
                exchange.getResponseBody().flush();
            }
            case "/closed-once" -> {
                if (closed.compareAndSet(false, true)) {
                    exchange.close(); // without an answer
                    return;
                }
                send(exchange, LIST);
            }
            case "/silent" -> {
                try {
                    end.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            case "/to-plain" -> redirect(exchange, url(plain, "/list.csv"));
            case "/to-second" -> redirect(exchange, url(second, "/list.csv"));
            case "/loop" -> redirect(exchange, "/loop");
            default -> {
                String[] parts = exchange.getRequestURI().getPath().substring(1).split("/", 2);
                if (parts.length == 2) {
                    exchange.getResponseHeaders().set("Retry-After", parts[1]);
                }
                exchange.sendResponseHeaders(Integer.parseInt(parts[0]), -1);
            }
        }
        exchange.close();
    }

    private static void send(HttpExchange exchange, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static void redirect(HttpExchange exchange, String location) throws IOException {
        exchange.getResponseHeaders().set("Location", location);
        exchange.sendResponseHeaders(302, -1);
    }

    private static String url(HttpServer server, String path) {
        return (server instanceof HttpsServer ? "https" : "http") + "://localhost:"
                + server.getAddress().getPort() + path;
    }

    private FeedSource feed(HttpServer server, String path, String more) throws Exception {
        return FeedCentre.feed("name: list, url: \"" + url(server, path) + "\", tlp: green, private_networks: true"
                + (server instanceof HttpsServer ? ", ca: ca.pem" : "") + more);
    }

    private FetchedContent fetch(FeedSource feed, Validators known) throws SourceFailure {
        return fetcher.fetch(feed, new Earlier(known, Map.of()), home.resolve("incoming"), () -> false);
    }

    private String failure(FeedSource feed) {
        return assertThrows(SourceFailure.class, () -> fetch(feed, Validators.NONE))
                .getMessage();
    }

    @Test
    void fetchesOnceAndThenAsksWhetherItChanged() throws Exception {
        for (HttpServer server : List.of(plain, secure)) {
            FetchedContent.Files files = assertInstanceOf(
                    FetchedContent.Files.class, fetch(feed(server, "/list.csv?key=1", ""), Validators.NONE));
            assertEquals("list.csv", files.files().getFirst().name());
            assertEquals(LIST, Files.readString(files.files().getFirst().path()));
            assertInstanceOf(
                    FetchedContent.NotModified.class, fetch(feed(server, "/list.csv", ""), files.validators()));
        }
    }

    @Test
    void boundsSizeAndTime() throws Exception {
        assertTrue(failure(feed(plain, "/large", ", max_size: 4 KiB")).contains("more than 4 KiB"));
        assertTrue(failure(feed(plain, "/silent", ", timeout: 300ms")).contains("did not arrive within"));
        assertTrue(failure(feed(plain, "/short", "")).contains("did not arrive whole"));
    }

    @Test
    void asksAgainWhenTheConnectionEndsBeforeTheAnswer() throws Exception {
        FetchedContent.Files files =
                assertInstanceOf(FetchedContent.Files.class, fetch(feed(plain, "/closed-once", ""), Validators.NONE));
        assertEquals(LIST, Files.readString(files.files().getFirst().path()));
    }

    @Test
    void saysWhatAnErrorOfTheServerMeans() throws Exception {
        assertTrue(failure(feed(plain, "/401", "")).contains("headers_file"));
        assertTrue(failure(feed(plain, "/404", "")).contains("correct \"url\""));
        assertTrue(failure(feed(plain, "/429", "")).contains("raise \"interval\""));
        assertTrue(failure(feed(plain, "/500", "")).contains("answered 500"));
        FeedSource secret = feed(plain, "/404?key=secret", "");
        assertTrue(!failure(secret).contains("secret") && !secret.toString().contains("secret"));
    }

    @Test
    void honoursWhenTheServerWantsToBeAskedAgain() throws Exception {
        for (String[] one : new String[][] {
            {"/429/120", "PT2M"},
            {"/503/120", "PT2M"},
            {"/429/Sun, 22 Nov 2026 08:30:00 GMT", "PT30M"},
            {"/503/Sun, 22 Nov 2026 07:30:00 GMT", "PT0S"},
            {"/429/soon", ""},
            {"/500/120", ""}
        }) {
            SourceFailure failure = assertThrows(
                    SourceFailure.class, () -> fetch(feed(plain, one[0].replace(" ", "%20"), ""), Validators.NONE));
            assertEquals(one[1], failure.retryAfter().map(Duration::toString).orElse(""), one[0]);
        }
    }

    @Test
    void redirectsLeadFromHttpsToHttpsOnlyAndTakeNoCredentialsToAnotherServer() throws Exception {
        Files.writeString(home.resolve("headers.txt"), "# for the feed\nAuth-Key: secret\n");
        FetchedContent.Files files = assertInstanceOf(
                FetchedContent.Files.class,
                fetch(feed(secure, "/to-second", ", headers_file: headers.txt"), Validators.NONE));
        assertEquals("list.csv", files.files().getFirst().name());
        assertEquals(List.of("/to-second secret", "/list.csv null"), asked);
        assertTrue(failure(feed(secure, "/to-plain", "")).contains("from https:// to https:// only"));
        assertTrue(failure(feed(plain, "/to-second", "")).contains("from https:// to https:// only"));
        assertTrue(failure(feed(secure, "/loop", "")).contains("redirects more than"));
    }

    @Test
    void trustsNoServerThatNobodyVouchesFor() throws Exception {
        FeedSource unknown = FeedCentre.feed(
                "name: list, url: \"" + url(secure, "/list.csv") + "\", tlp: green, private_networks: true");
        assertTrue(failure(unknown).contains("TLS handshake"), failure(unknown));
        FeedSource otherName = FeedCentre.feed("name: list, url: \""
                + url(secure, "/list.csv").replace("localhost", "127.0.0.1")
                + "\", tlp: green, private_networks: true, ca: ca.pem");
        assertTrue(failure(otherName).contains("TLS handshake"), failure(otherName));
        assertEquals(List.of(), asked);
    }

    @Test
    void asksNoPrivateNetworkUnlessTheSettingsAllowIt() throws Exception {
        FeedSource feed = FeedCentre.feed("name: list, url: \"" + url(plain, "/list.csv") + "\", tlp: green");
        assertTrue(failure(feed).contains("not public"));
        assertEquals(List.of(), asked);
    }
}
