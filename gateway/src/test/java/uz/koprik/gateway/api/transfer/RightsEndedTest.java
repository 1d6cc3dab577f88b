package uz.koprik.gateway.api.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAnswers;

/** What lasts ends with the rights with which it began. */
class RightsEndedTest {

    private static final int ROWS = 4000;
    private static final String JSON = "application/json";

    @RegisterExtension
    final Centres centres = new Centres();

    private RunningCentre centre;

    @BeforeEach
    void start() throws Exception {
        centre = centres.init("tashkent").withAccount("anna", Role.ANALYST).start();
    }

    /** Rows of values that are nobody's, about 5 kB each. */
    private static byte[] table(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "host" + i + ".example.com," + "seen in a phishing campaign against banks ".repeat(120))
                .collect(Collectors.joining("\n", from == 0 ? "domain,description\n" : "", "\n"))
                .getBytes(StandardCharsets.UTF_8);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(centre.url() + path))
                .header("Authorization", "Bearer " + centre.tokenOf("anna"));
    }

    private void change(Map<String, ?> form) throws Exception {
        assertEquals(
                204,
                centre.adminClient()
                        .patch("/api/accounts/anna", JSON, CentreAnswers.json(form))
                        .status());
    }

    private JsonNode job(String id) throws Exception {
        return RunningCentre.ok(centre.adminClient().get("/api/imports/" + id));
    }

    private String posted() throws Exception {
        try (HttpClient client = centre.client(null)) {
            HttpResponse<String> answer = client.send(
                    request("/api/imports?tlp=green&file=t.csv")
                            .header("Content-Type", "text/csv")
                            .POST(HttpRequest.BodyPublishers.ofByteArray(table(0, ROWS)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertEquals(202, answer.statusCode(), answer.body());
            return CentreAnswers.parse(answer.body().getBytes(StandardCharsets.UTF_8))
                    .path("id")
                    .asText();
        }
    }

    @Test
    void anExportBreaksOffWhenTheAccountIsDisabled() throws Exception {
        String id = posted();
        RunningCentre.await(
                Duration.ofSeconds(60), () -> job(id).path("phase").asText().equals("done"));
        try (HttpClient client = centre.client(null)) {
            HttpResponse<InputStream> answer = client.send(
                    request("/api/export?format=stix").GET().build(), HttpResponse.BodyHandlers.ofInputStream());
            assertEquals(200, answer.statusCode());
            InputStream body = answer.body();
            assertTrue(body.readNBytes(1000).length > 0);
            change(Map.of("disabled", true));
            assertThrows(IOException.class, body::readAllBytes);
        }
    }

    @Test
    void anImportOnItsOwnEndsWhenTheAccountSubmitsNoMore() throws Exception {
        String id = posted();
        change(Map.of("role", "caseworker", "units", List.of("Unit 3")));
        RunningCentre.await(
                Duration.ofSeconds(60), () -> job(id).path("phase").asText().equals("cancelled"));
        JsonNode ended = job(id);
        assertTrue(ended.path("accepted").asInt() < ROWS, ended::toString);
    }

    @Test
    void aFollowedImportBreaksOffWhenTheTokenIsTakenBack() throws Exception {
        try (HttpClient client = centre.client(null)) {
            HttpResponse<InputStream> answer = client.send(
                    request("/api/import?tlp=green")
                            .header("Content-Type", "text/csv")
                            .POST(HttpRequest.BodyPublishers.ofByteArray(table(0, ROWS)))
                            .build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            assertEquals(200, answer.statusCode());
            assertEquals(
                    204,
                    centre.clientOf("anna").delete("/api/account/tokens/test").status());
            try (InputStream body = answer.body()) {
                assertThrows(IOException.class, body::readAllBytes);
            }
        }
    }
}
