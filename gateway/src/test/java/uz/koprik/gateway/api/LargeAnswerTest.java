package uz.koprik.gateway.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uz.koprik.gateway.centre.RunningCentre.ok;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;

/** Answers to lists of values, for clients that take gzip and for those that do not. */
final class LargeAnswerTest {

    private static final String VALUES =
            IntStream.range(0, 1000).mapToObj(i -> "host-" + i + ".example.com").collect(Collectors.joining("\n"));

    @RegisterExtension
    static final Centres centres = new Centres();

    private static RunningCentre centre;

    @BeforeAll
    static void start() throws Exception {
        centre = centres.init("tashkent").start();
        ok(centre.adminClient()
                .post(
                        "/api/imports?name=Host+of+a+botnet",
                        "application/octet-stream",
                        VALUES.getBytes(StandardCharsets.UTF_8)));
        RunningCentre.await(
                () -> centre.adminClient().get("/api/imports").text().contains("\"phase\":\"done\""));
    }

    private static HttpResponse<byte[]> ask(String values, String accepted) throws Exception {
        HttpClient client = centre.client(null);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(centre.url() + "/api/search/values"))
                .header("Authorization", centre.admin())
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString(values));
        if (!accepted.isEmpty()) {
            request.header("Accept-Encoding", accepted);
        }
        HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
        assertEquals(200, answer.statusCode());
        return answer;
    }

    private static boolean compressed(HttpResponse<?> answer) {
        return answer.headers().firstValue("Content-Encoding").equals(java.util.Optional.of("gzip"));
    }

    @Test
    void aLargeAnswerIsCompressedForWhoTakesIt() throws Exception {
        byte[] plain = ask(VALUES, "").body();
        assertTrue(plain.length > 100_000, plain.length + " bytes");
        HttpResponse<byte[]> small = ask(VALUES, "br, gzip");
        assertTrue(compressed(small));
        assertEquals("accept-encoding", small.headers().firstValue("Vary").orElse(""));
        assertTrue(small.body().length < plain.length / 8, small.body().length + " of " + plain.length + " bytes");
        assertArrayEquals(plain, new GZIPInputStream(new ByteArrayInputStream(small.body())).readAllBytes());
        for (String other : new String[] {"", "identity", "br", "gzip;q=0", "deflate, gzip; q=0.000"}) {
            assertFalse(compressed(ask(VALUES, other)), other);
        }
    }

    @Test
    void aSmallAnswerIsNot() throws Exception {
        assertFalse(compressed(ask("host-1.example.com", "gzip")));
    }
}
