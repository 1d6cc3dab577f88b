package uz.koprik.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uz.koprik.gateway.centre.RunningCentre.json;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;

/** What one client may cost, and the answers above the limits. */
final class LimitsTest {

    @RegisterExtension
    static final Centres centres = new Centres();

    private static RunningCentre centre;

    @BeforeAll
    static void start() throws Exception {
        centre = centres.init("tashkent")
                .withConfig("body_timeout: 30s", "body_timeout: 400ms")
                .withConfig("idle_timeout: 60s", "idle_timeout: 1500ms")
                .withConfig("max_content_length: 10 MiB", "max_content_length: 64 KiB")
                .start();
    }

    private static SSLSocket connect() throws Exception {
        return connect(centre);
    }

    private static SSLSocket connect(RunningCentre to) throws Exception {
        URI url = URI.create(to.url());
        SSLSocket socket = (SSLSocket) to.tls(null).getSocketFactory().createSocket(url.getHost(), url.getPort());
        socket.setSoTimeout(15_000);
        return socket;
    }

    private static void write(SSLSocket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static BufferedReader reader(SSLSocket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    private static String postHead(String length) throws Exception {
        return "POST /taxii2/koprik/collections/inbox/objects/ HTTP/1.1\r\nHost: x\r\nAuthorization: " + centre.admin()
                + "\r\nContent-Type: application/taxii+json\r\n" + length + "\r\n\r\n";
    }

    @Test
    void aBodyThatDoesNotArriveIs408() throws Exception {
        try (SSLSocket socket = connect()) {
            write(socket, postHead("Content-Length: 100") + "{");
            assertEquals("HTTP/1.1 408 Request Timeout", reader(socket).readLine());
        }
        RunningCentre.await(() -> metrics().contains("koprik_http_bodies_late_total 1.0"));
    }

    @Test
    void theConnectionEndsAfterTheAnswerWhenABodyThatNobodyReadsDoesNotArrive() throws Exception {
        RunningCentre patient = centres.init("budapest").start(); // idle connections end after a minute only
        try (SSLSocket socket = connect(patient)) {
            write(
                    socket,
                    "GET /taxii2/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: " + patient.admin()
                            + "\r\nContent-Length: 9223372036854775807\r\n\r\n\r\n");
            BufferedReader answer = reader(socket);
            assertEquals("HTTP/1.1 200 OK", answer.readLine());
            assertTrue(answer.lines().count() > 1, "the rest of the answer, and then the end");
        }
    }

    @Test
    void aBodyAnnouncedTooLargeIs413BeforeItIsSent() throws Exception {
        try (SSLSocket socket = connect()) {
            write(socket, postHead("Content-Length: 10000000000"));
            assertEquals("HTTP/1.1 413 Request Entity Too Large", reader(socket).readLine());
        }
    }

    @Test
    void aBodyThatGrowsTooLargeIs413() throws Exception {
        try (SSLSocket socket = connect()) {
            write(socket, postHead("Transfer-Encoding: chunked"));
            for (int i = 0; i < 5; i++) {
                write(socket, "4000\r\n" + " ".repeat(0x4000) + "\r\n");
            }
            assertEquals("HTTP/1.1 413 Request Entity Too Large", reader(socket).readLine());
        }
    }

    @Test
    void aConnectionThatAsksNothingIsClosed() throws Exception {
        try (SSLSocket socket = connect()) {
            socket.startHandshake();
            assertEquals(-1, socket.getInputStream().read());
        }
        try (SSLSocket socket = connect()) {
            write(socket, "GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: ");
            assertEquals(null, reader(socket).readLine(), "half a request is none");
        }
    }

    @Test
    void headersAreLimited() throws Exception {
        try (SSLSocket socket = connect()) {
            write(socket, "GET /healthz HTTP/1.1\r\nHost: x\r\nX-Long: " + "x".repeat(20_000) + "\r\n\r\n");
            String line = reader(socket).readLine();
            assertTrue(line == null || line.contains(" 431 "), line);
        }
    }

    @Test
    void requestsAreNamed() throws Exception {
        HttpClient client = centre.client(null);
        HttpRequest.Builder own =
                HttpRequest.newBuilder(URI.create(centre.url() + "/healthz")).header("X-Request-Id", "abc-1.2");
        assertEquals(
                "abc-1.2",
                RunningCentre.send(client, own, null)
                        .headers()
                        .firstValue("x-request-id")
                        .orElseThrow());
        HttpRequest.Builder bad =
                HttpRequest.newBuilder(URI.create(centre.url() + "/healthz")).header("X-Request-Id", "a b\"c");
        assertTrue(RunningCentre.send(client, bad, null)
                .headers()
                .firstValue("x-request-id")
                .orElseThrow()
                .matches("[0-9a-f]{16}"));
    }

    @Test
    void healthReadinessAndMetricsAreThere() throws Exception {
        assertEquals(200, centre.get(centre.url() + "/healthz", null).statusCode());
        assertEquals(
                "{\"status\":\"ready\"}",
                centre.get(centre.url() + "/readyz", null).body());
        String metrics = metrics();
        assertTrue(
                metrics.contains(
                        "koprik_http_requests_seconds_count{method=\"GET\",route=\"/healthz\",status=\"200\"}"),
                metrics);
        assertTrue(metrics.contains("jvm_memory_used_bytes"), metrics);
    }

    private static String metrics() throws Exception {
        return centre.get(centre.url() + "/metrics", null).body();
    }

    @Test
    void otherErrorsAreProblemDetails() throws Exception {
        HttpResponse<String> response = centre.get(centre.url() + "/nothing?secret=x", centre.admin());
        assertEquals(404, response.statusCode());
        assertEquals(
                "application/problem+json",
                response.headers().firstValue("content-type").orElseThrow());
        assertEquals("Not found", json(response).string("title").orElseThrow());
        assertFalse(response.body().contains("secret"));
        assertEquals(
                "nosniff",
                response.headers().firstValue("x-content-type-options").orElseThrow());
    }

    @Test
    void bothVersionsOfHttpAreSpoken() throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(centre.url() + "/healthz")).build();
        HttpClient client = centre.client(null);
        assertEquals(
                HttpClient.Version.HTTP_2,
                client.send(request, HttpResponse.BodyHandlers.discarding()).version());
        HttpClient old = HttpClient.newBuilder()
                .sslContext(centre.tls(null))
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        assertEquals(
                HttpClient.Version.HTTP_1_1,
                old.send(request, HttpResponse.BodyHandlers.discarding()).version());
    }
}
