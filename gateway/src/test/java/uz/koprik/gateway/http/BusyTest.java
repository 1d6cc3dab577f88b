package uz.koprik.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;

/** A centre with room for one request, whose TLS is Java's own. */
final class BusyTest {

    @RegisterExtension
    final Centres centres = new Centres();

    @Test
    void whatIsTooMuchIsSentAwayAndToldWhenToComeBack() throws Exception {
        RunningCentre centre = centres.init("tashkent")
                .withConfig("requests_in_flight: 256", "requests_in_flight: 1")
                .withConfig("engine: auto", "engine: jdk")
                .start();
        URI url = URI.create(centre.url());
        try (SSLSocket slow =
                (SSLSocket) centre.tls(null).getSocketFactory().createSocket(url.getHost(), url.getPort())) {
            slow.getOutputStream()
                    .write(("POST /taxii2/koprik/collections/inbox/objects/ HTTP/1.1\r\nHost: x\r\nAuthorization: "
                                    + centre.admin() + "\r\nContent-Length: 10\r\n\r\n{")
                            .getBytes(StandardCharsets.US_ASCII));
            slow.getOutputStream().flush();
            RunningCentre.await(
                    () -> centre.get(centre.url() + "/taxii2/", centre.admin()).statusCode() == 503);
            HttpResponse<String> refused = centre.get(centre.url() + "/taxii2/", centre.admin());
            assertEquals(503, refused.statusCode());
            assertEquals("1", refused.headers().firstValue("retry-after").orElseThrow());
            assertEquals(200, centre.get(centre.url() + "/healthz", null).statusCode(), "it lives all the same");
        }
        RunningCentre.await(
                () -> centre.get(centre.url() + "/taxii2/", centre.admin()).statusCode() == 200);
        assertTrue(centre.get(centre.url() + "/metrics", null).body().contains("koprik_http_turned_away_total"));
    }

    @Test
    void aRequestWhoseTurnDoesNotComeIsToldSo() throws Exception {
        RunningCentre centre = centres.init("tashkent")
                .withConfig("work_per_caller: 0", "work_per_caller: 1")
                .withConfig("request_timeout: 5m", "request_timeout: 10s")
                .start();
        URI url = URI.create(centre.url());
        try (SSLSocket slow =
                (SSLSocket) centre.tls(null).getSocketFactory().createSocket(url.getHost(), url.getPort())) {
            slow.getOutputStream()
                    .write(("POST /api/import?format=list HTTP/1.1\r\nHost: x\r\nAuthorization: " + centre.admin()
                                    + "\r\nContent-Type: application/octet-stream\r\nContent-Length: 100\r\n\r\nhost")
                            .getBytes(StandardCharsets.US_ASCII));
            slow.getOutputStream().flush();
            RunningCentre.await(Duration.ofSeconds(30), () -> {
                HttpResponse<String> answer = load(centre);
                if (answer.statusCode() == 200) {
                    return false; // the slow one has not begun
                }
                assertEquals(503, answer.statusCode(), answer.body());
                assertEquals("5", answer.headers().firstValue("retry-after").orElseThrow());
                assertTrue(answer.body().contains("were not finished in 5 s"), answer.body());
                return true;
            });
        }
        RunningCentre.await(Duration.ofSeconds(30), () -> load(centre).statusCode() == 200);
    }

    private static HttpResponse<String> load(RunningCentre centre) throws Exception {
        return centre.post(
                centre.url() + "/api/import?format=list",
                centre.admin(),
                "application/octet-stream",
                "www.example.com");
    }
}
