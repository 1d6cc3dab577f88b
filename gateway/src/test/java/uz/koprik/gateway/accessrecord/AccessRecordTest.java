package uz.koprik.gateway.accessrecord;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.CommandResult;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.http.RouteTable;

/** What people and programs do at a running centre is in its access record, and auditors alone read it. */
final class AccessRecordTest {

    private static final String JSON = "application/json";
    private static final String CARD = "4111111111111111";

    @RegisterExtension
    static final Centres centres = new Centres();

    private static RunningCentre centre;
    private static HttpClient http;

    @BeforeAll
    static void start() throws Exception {
        centre = centres.init("tashkent")
                .withAccount("anna", Role.ANALYST)
                .withAccount("bela", Role.ANALYST)
                .withAccount("olga", Role.OPERATOR)
                .withAccount("rustam", Role.AUDITOR)
                .start();
        http = centre.client(null);
        assertEquals(
                201,
                anna().post(
                                "/api/cases",
                                JSON,
                                CentreAnswers.json(java.util.Map.of(
                                        "number",
                                        "T-1",
                                        "title",
                                        "A case",
                                        "type",
                                        "phishing",
                                        "values",
                                        List.of("198.51.100.7", "mule.example.com", "wire.example.com"))))
                        .status());
    }

    private static CentreClient anna() {
        return centre.clientOf("anna");
    }

    private static JsonNode ask(String query) {
        return RunningCentre.ok(centre.clientOf("rustam").get("/api/access?" + query));
    }

    private static List<String> whoLooked(String value) {
        List<String> found = new ArrayList<>();
        ask("value=" + CentreAnswers.encoded(value))
                .path("entries")
                .forEach(entry -> found.add(
                        entry.path("by").asText() + ": " + entry.path("what").asText()));
        return found;
    }

    /** The newest entry of an account. */
    private static JsonNode last(String account) {
        return ask("account=" + account + "&limit=1").path("entries").path(0);
    }

    @Test
    void everyDeclaredRouteLeavesAnEntry() throws Exception {
        List<String> forgotten = new ArrayList<>();
        for (RouteTable.DeclaredRoute route : centre.routes()) {
            String path = route.path();
            if (path.startsWith("/taxii2") || path.startsWith("/feeds/") || isOpen(path)) {
                continue;
            }
            String id = "walk-" + forgotten.size() + "-" + Integer.toHexString((route.method() + path).hashCode());
            HttpRequest.Builder request = HttpRequest.newBuilder(
                            URI.create(centre.url() + path.replaceAll(":\\w+", "none")))
                    .header("X-Request-Id", id)
                    .header("Content-Type", route.content().example());
            boolean bodiless =
                    route.method().name().equals("GET") || route.method().name().equals("DELETE");
            request.method(
                    route.method().name(),
                    bodiless ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString("{}"));
            if (path.equals("/api/alerts/stream")) {
                continue; // without end; has a test of its own
            }
            HttpResponse<String> answer = RunningCentre.send(http, request, "Bearer " + centre.tokenOf("anna"));
            boolean entered = false;
            for (JsonNode entry : ask("account=anna&limit=3").path("entries")) {
                entered |= entry.path("request").asText().equals(id)
                        && entry.path("what").asText().equals(route.method() + " " + path)
                        && (answer.statusCode() < 400
                                ? entry.path("refused").isMissingNode()
                                : entry.path("refused").asInt() == answer.statusCode());
            }
            if (!entered) {
                forgotten.add(route.method() + " " + path + " " + answer.statusCode());
            }
        }
        assertEquals(List.of(), forgotten);
    }

    /** Answered to everybody, so nobody is known. */
    private static boolean isOpen(String path) {
        return path.startsWith("/api/oidc/")
                || List.of(
                                "/healthz",
                                "/readyz",
                                "/metrics",
                                "/.well-known/koprik-card.json",
                                "/api/openapi.json",
                                "/api/sign-in",
                                "/api/session")
                        .contains(path);
    }

    @Test
    void whoLookedIsAnsweredForAnySpelling() {
        anna().get("/api/search?q=" + CentreAnswers.encoded("hxxps://Mule[.]example[.]com/pay"));
        anna().get("/api/search?q=MULE%5B.%5Dexample.com");
        centre.clientOf("bela")
                .post(
                        "/api/search/values",
                        "text/plain",
                        "sent to mule.example.com\n198.51.100.99".getBytes(StandardCharsets.UTF_8));
        centre.clientOf("bela").get("/api/cases?value=mule.example.com");
        centre.clientOf("bela").get("/api/cases/T-1");
        List<String> who = whoLooked("mule[.]example[.]com");
        assertEquals(
                List.of(
                        "account bela: GET /api/cases/:number",
                        "account bela: GET /api/cases",
                        "account bela: POST /api/search/values",
                        "account anna: GET /api/search"),
                who.subList(0, 4));
        assertEquals(
                "account rustam: GET /api/access", whoLooked("mule.example.com").getFirst());
    }

    @Test
    void anEntryHasQuestionAnswersAddressAndIds() {
        anna().get("/api/search?q=wire.example.com&limit=5");
        JsonNode entry = last("anna");
        assertEquals("account anna", entry.path("by").asText());
        assertEquals("127.0.0.1", entry.path("from").asText());
        assertEquals("wire.example.com", entry.path("asked").path("q").asText());
        assertTrue(entry.path("asked").path("limit").isMissingNode(), entry.toString());
        assertEquals("domain:wire.example.com", entry.path("values").path(0).asText());
        assertEquals(1, entry.path("answers").asInt());
        String id = RunningCentre.ok(anna().get("/api/search?q=wire.example.com"))
                .path("hits")
                .path(0)
                .path("id")
                .asText();
        RunningCentre.ok(anna().get("/api/objects/" + id));
        assertEquals(id, last("anna").path("ids").path(0).asText());
        assertEquals(
                "GET /api/objects/:id",
                ask("id=" + id).path("entries").path(0).path("what").asText());
        assertEquals(
                "account anna: GET /api/objects/:id",
                whoLooked("wire.example.com").stream()
                        .filter(one -> one.contains("objects"))
                        .findFirst()
                        .orElse(""));
        assertEquals(404, anna().get("/api/cases/none").status());
        assertEquals(404, last("anna").path("refused").asInt());
    }

    @Test
    void cardNumbersAreKeptAsTokensAndFound() throws Exception {
        anna().get("/api/search?q=" + CentreAnswers.encoded("4111 1111 1111 1111"));
        assertEquals("account anna: GET /api/search", whoLooked(CARD).getFirst());
        anna().get("/api/objects/" + CARD);
        anna().get("/api/cases/" + CARD);
        try (var files = Files.walk(centre.home().access())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertFalse(Files.readString(file).replaceAll("[ -]", "").contains(CARD), "a card number in " + file);
            }
        }
    }

    @Test
    void pastedTextsAreNotKeptButTheirValues() {
        StringBuilder text = new StringBuilder("a letter about a secret ".repeat(300)).append('\n');
        for (int i = 0; i < 300; i++) {
            text.append("paste-").append(i).append(".example.org\n");
        }
        anna().post("/api/search/values", "text/plain", text.toString().getBytes(StandardCharsets.UTF_8));
        JsonNode entry = last("anna");
        assertEquals(300, entry.path("values").size());
        assertFalse(entry.toString().contains("letter"), entry.toString());
        anna().post("/api/search", "text/plain", text.toString().getBytes(StandardCharsets.UTF_8));
        entry = last("anna");
        assertEquals(300, entry.path("values").size());
        assertFalse(entry.toString().contains("letter"), entry.toString());
    }

    @Test
    void anExportIsEnteredBeforeItsFirstByteAndAtItsEnd() throws Exception {
        assertEquals(
                200,
                anna().get("/api/export?format=stix&type=incident&tlp=red", "*/*")
                        .status());
        // The entry of the end may be written a moment after the last byte.
        RunningCentre.await(() -> last("anna").path("answers").isNumber());
        assertEquals("GET /api/export", last("anna").path("what").asText());
    }

    @Test
    void aStreamOfAlertsIsEnteredBeforeItsFirstByte() throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(centre.url() + "/api/alerts/stream"));
        request.header("Authorization", "Bearer " + centre.tokenOf("olga"));
        try (InputStream stream = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream())
                .body()) {
            assertTrue(stream.read() >= 0, "the head of the stream");
            assertEquals("GET /api/alerts/stream", last("olga").path("what").asText());
        }
    }

    @Test
    void auditorsAloneReadItAndNothingElse() throws Exception {
        for (CentreClient other : List.of(anna(), centre.clientOf("olga"), centre.adminClient())) {
            assertEquals(403, other.get("/api/access").status());
        }
        TreeSet<String> allowed = new TreeSet<>();
        for (RouteTable.DeclaredRoute route : centre.routes()) {
            if (!route.method().name().equals("GET") || isOpen(route.path())) {
                continue;
            }
            String path = route.path()
                    .replaceAll(":\\w+", "none")
                    .replace("/cases/none", "/cases/T-1")
                    .replace("/feeds/misp/none", "/feeds/misp/8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f.json");
            HttpResponse<String> answer = centre.get(centre.url() + path, "Bearer " + centre.tokenOf("rustam"));
            if (answer.statusCode() != 403 && answer.statusCode() != 400) {
                allowed.add(route.path() + " " + answer.statusCode());
            }
        }
        assertEquals(
                404,
                centre.get(centre.taxii("collections/exchange/objects/"), "Bearer " + centre.tokenOf("rustam"))
                        .statusCode());
        allowed.removeIf(one -> one.startsWith("/taxii2"));
        assertEquals(
                new TreeSet<>(List.of(
                        "/api/access 200",
                        "/api/account 200",
                        "/api/account/tokens 200",
                        "/api/roles 200",
                        "/api/sessions 200")),
                allowed);
    }

    @Test
    void readingIsRecorded() {
        ask("account=anna&limit=1");
        JsonNode entry = last("rustam");
        assertEquals("GET /api/access", entry.path("what").asText());
        assertEquals("anna", entry.path("asked").path("account").asText());
    }

    @Test
    void pagesGoOnByCursor() {
        for (int i = 0; i < 5; i++) {
            anna().get("/api/account");
        }
        JsonNode first = ask("account=anna&limit=2");
        JsonNode second =
                ask("account=anna&limit=2&cursor=" + first.path("next").asText());
        assertEquals(
                first.path("entries").path(1).path("n").asLong(),
                second.path("entries").path(0).path("n").asLong() + 1);
        assertEquals(400, centre.clientOf("rustam").get("/api/access?cursor=x").status());
        assertEquals(400, centre.clientOf("rustam").get("/api/access?from=now").status());
        assertEquals(400, centre.clientOf("rustam").get("/api/access?value=%3F").status());
    }

    @Test
    void theCommandLineIsRecordedWithTheLocalUser() throws Exception {
        String user = Optional.ofNullable(System.getenv("SUDO_USER")).orElse(System.getProperty("user.name"));
        assertEquals(1, centre.koprik("search", "cli.example.net").code());
        JsonNode search = ask("value=cli.example.net").path("entries").path(1).isMissingNode()
                ? ask("value=cli.example.net").path("entries").path(0)
                : ask("route=/api/search&account=" + user).path("entries").path(0);
        assertEquals(user, search.path("local_user").asText(), search.toString());
        assertEquals(0, centre.koprik("account", "list").code());
        JsonNode list = ask("route=koprik").path("entries").path(0);
        assertEquals("local user " + user, list.path("by").asText());
        assertEquals("koprik account list", list.path("what").asText());
        assertEquals("local", list.path("stream").asText());
        Path token = centres.folder().resolve("rustam.token");
        Files.writeString(token, centre.tokenOf("rustam"));
        CommandResult looked =
                centre.koprik("access", "who-looked", "cli[.]example[.]net", "--token-file", token.toString());
        assertEquals(0, looked.code(), looked.err());
        assertTrue(looked.out().contains("POST /api/search q=cli.example.net"), looked.out());
        CommandResult verified = centre.koprik("access", "verify");
        assertEquals(0, verified.code(), verified.out());
        assertTrue(verified.out().contains("gateway: ") && verified.out().contains("local: "), verified.out());
        assertEquals(1, centre.koprik("access", "list").code(), "the administrator's token reads nothing");
    }
}
