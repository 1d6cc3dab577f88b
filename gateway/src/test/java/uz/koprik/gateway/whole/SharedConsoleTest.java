package uz.koprik.gateway.whole;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonBoolean;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.gateway.auth.AccountChanges;
import uz.koprik.gateway.auth.AccountsFile;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Gateway;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.config.Home;
import uz.koprik.indicators.policy.Tlp;

/** A person at two gateways of one centre, on one real cluster: a proxy leads each request to either. */
class SharedConsoleTest {

    private static final int ROWS = 150;
    private static final String SECRET = "correct horse battery staple";

    @TempDir
    Path homes;

    private final List<HttpClient> clients = new ArrayList<>();
    private String anna;
    private String rustam;

    /** A request to a gateway, with a token or a cookie. */
    private HttpResponse<String> send(Gateway gateway, String method, String path, String who, String body)
            throws Exception {
        if (clients.isEmpty()) {
            clients.add(HttpClient.newBuilder()
                    .sslContext(ChildCentre.anyCertificate())
                    .version(HttpClient.Version.HTTP_1_1)
                    .build());
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(gateway.url() + path))
                .header("Content-Type", body.startsWith("{") ? "application/json" : "text/plain")
                .header("Koprik-Console", "1")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!who.isEmpty()) {
            request.header(who.startsWith("__Host") ? "Cookie" : "Authorization", who);
        }
        return clients.getFirst().send(request.build(), BodyHandlers.ofString());
    }

    private JsonObject ok(Gateway gateway, String method, String path, String who, String body) throws Exception {
        HttpResponse<String> answer = send(gateway, method, path, who, body);
        assertTrue(answer.statusCode() < 300, () -> path + ": " + answer.statusCode() + " " + answer.body());
        return StrictJson.parseObject(answer.body().getBytes(StandardCharsets.UTF_8));
    }

    private JsonObject get(Gateway gateway, String path, String who) throws Exception {
        return ok(gateway, "GET", path, who, "");
    }

    @Test
    @Tag("long")
    void whatIsDoneAtOneGatewayHoldsAtTheOther() throws Exception {
        try (ChildCentre centre = ChildCentre.init("tashkent", homes)) {
            centre.onSharedNode();
            AccountChanges accounts = new AccountChanges(
                    new AccountsFile(new Home(centre.home()).accounts()), InstantSource.system(), "test");
            accounts.add("anna", Role.ANALYST, Tlp.GREEN);
            accounts.setSecret("anna", SECRET.toCharArray(), 12);
            accounts.add("rustam", Role.AUDITOR, Tlp.GREEN);
            anna = "Bearer " + accounts.addToken("anna", "test", Optional.empty());
            rustam = "Bearer " + accounts.addToken("rustam", "test", Optional.empty());
            ChildCentre twin = centre.twin("-two");
            try (Gateway two = Gateway.start(new Home(twin.home()))) {
                try (Gateway one = Gateway.start(new Home(centre.home()))) {
                    aSession(one, two);
                    anImport(one, two);
                    twoImportsOfOneFileAtOneMoment(one, two);
                    anAcknowledgement(one, two);
                    theAccessRecord(one, two);
                }
                aGatewayThatIsGoneIsNamed(two);
            }
        }
    }

    private void aSession(Gateway one, Gateway two) throws Exception {
        HttpResponse<String> begun =
                send(one, "POST", "/api/session", "", "{\"account\":\"anna\",\"secret\":\"" + SECRET + "\"}");
        assertEquals(201, begun.statusCode(), begun.body());
        String cookie = begun.headers().firstValue("set-cookie").orElseThrow().replaceFirst(";.*", "");
        assertEquals("anna", get(two, "/api/account", cookie).string("name").orElseThrow());
        assertEquals(1, get(two, "/api/sessions", cookie).items("sessions").size());
        assertEquals("anna", get(one, "/api/account", cookie).string("name").orElseThrow());
        ok(two, "DELETE", "/api/sessions", cookie, "");
        assertEquals(401, send(two, "GET", "/api/account", cookie, "").statusCode());
        RunningCentre.await(() -> send(one, "GET", "/api/account", cookie, "").statusCode() == 401);
    }

    private void anImport(Gateway one, Gateway two) throws Exception {
        String id = ok(one, "POST", "/api/imports?file=values.txt", anna, "import.example.com\nother.example.com\n")
                .string("id")
                .orElseThrow();
        RunningCentre.await(() -> get(two, "/api/imports/" + id, anna)
                .string("phase")
                .orElseThrow()
                .equals("done"));
        JsonObject ended = get(two, "/api/imports/" + id, anna);
        assertEquals(
                2L,
                ((JsonNumber) ended.object("counts").orElseThrow().get("accepted")).longValue(),
                () -> CanonicalJson.text(ended));
        assertEquals(1, get(two, "/api/imports", anna).items("imports").size());
    }

    /** Each gateway takes its imports one after the other; between gateways nothing waits. */
    private void twoImportsOfOneFileAtOneMoment(Gateway one, Gateway two) throws Exception {
        String file = IntStream.range(0, ROWS)
                .mapToObj(i -> "twice-" + i + ".example.net\n")
                .collect(Collectors.joining());
        List<String> ids = List.of(one, two, one, two).parallelStream()
                .map(gateway -> {
                    try {
                        return ok(gateway, "POST", "/api/imports?name=Twice", anna, file)
                                .string("id")
                                .orElseThrow();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                })
                .toList();
        assertEquals(4, new HashSet<>(ids).size());
        long accepted = 0;
        for (String id : ids) {
            RunningCentre.await(() -> get(two, "/api/imports/" + id, anna).has("ended"));
            JsonObject ended = get(one, "/api/imports/" + id, anna);
            assertEquals("done", ended.string("phase").orElseThrow(), () -> CanonicalJson.text(ended));
            JsonObject counts = ended.object("counts").orElseThrow();
            assertEquals(0, ((JsonNumber) counts.get("refused")).longValue(), () -> CanonicalJson.text(ended));
            accepted += ((JsonNumber) counts.get("accepted")).longValue();
        }
        assertEquals(ROWS, accepted, "each value is stored once");
        for (Gateway each : List.of(one, two)) {
            RunningCentre.await(() ->
                    ((JsonNumber) get(each, "/api/search?limit=1&q=Twice", anna).get("total")).longValue() == ROWS);
        }
    }

    private void anAcknowledgement(Gateway one, Gateway two) throws Exception {
        ok(
                one,
                "POST",
                "/api/cases",
                anna,
                "{\"number\":\"A-1\",\"title\":\"A case\",\"values\":[\"mule.example.com\"]}");
        ok(two, "POST", "/api/indicators", anna, "{\"value\":\"mule.example.com\",\"name\":\"A mule\"}");
        RunningCentre.await(() -> open(one) == 1 && open(two) == 1);
        String alert = ((JsonObject)
                        get(one, "/api/alerts", anna).items("alerts").getFirst())
                .string("id")
                .orElseThrow();
        ok(one, "POST", "/api/alerts/acknowledge", anna, "{\"alerts\":[\"" + alert + "\"]}");
        RunningCentre.await(() -> open(two) == 0);
        JsonObject seen = (JsonObject)
                get(two, "/api/alerts?state=acknowledged", anna).items("alerts").getFirst();
        assertEquals(
                "anna", seen.object("acknowledged").orElseThrow().string("by").orElseThrow());
        ok(two, "POST", "/api/alerts/acknowledge", anna, "{\"alerts\":[\"" + alert + "\"],\"acknowledged\":false}");
        RunningCentre.await(() -> open(one) == 1);
    }

    private long open(Gateway gateway) throws Exception {
        return ((JsonNumber) get(gateway, "/api/alerts/count?state=open", anna).get("count")).longValue();
    }

    private void theAccessRecord(Gateway one, Gateway two) throws Exception {
        for (int i = 0; i < 3; i++) {
            ok(one, "POST", "/api/search/values", anna, "asked.example.com");
            ok(two, "POST", "/api/search/values", anna, "asked.example.com");
        }
        for (Gateway each : List.of(one, two)) {
            JsonObject page = get(each, "/api/access?value=asked.example.com&account=anna", rustam);
            assertTrue(((JsonBoolean) page.get("complete")).value(), () -> CanonicalJson.text(page));
            List<String> gateways = page.items("entries").stream()
                    .map(entry -> ((JsonObject) entry).string("gateway").orElseThrow())
                    .toList();
            assertEquals(6, gateways.size(), () -> CanonicalJson.text(page));
            assertEquals(2, new HashSet<>(gateways).size());
        }
        List<String> all = entries(get(one, "/api/access?account=anna&limit=1000", rustam));
        List<String> paged = new ArrayList<>();
        Optional<String> next = Optional.of("");
        while (next.isPresent()) {
            JsonObject page = get(
                    paged.size() % 2 == 0 ? one : two,
                    "/api/access?account=anna&limit=5"
                            + next.filter(text -> !text.isEmpty())
                                    .map(text -> "&cursor=" + text)
                                    .orElse(""),
                    rustam);
            paged.addAll(entries(page));
            next = page.string("next");
        }
        assertEquals(all, paged, "page by page, at either gateway");
        List<Instant> times = all.stream()
                .map(text -> Instant.parse(text.replaceFirst(" .*", "")))
                .toList();
        assertEquals(times.stream().sorted(Comparator.reverseOrder()).toList(), times, "newest first");
    }

    private static List<String> entries(JsonObject page) {
        return page.items("entries").stream()
                .map(entry -> (JsonObject) entry)
                .map(entry -> entry.string("at").orElseThrow() + " "
                        + entry.string("gateway").orElseThrow() + " " + CanonicalJson.text(entry.get("n")))
                .toList();
    }

    private void aGatewayThatIsGoneIsNamed(Gateway two) throws Exception {
        JsonObject page = get(two, "/api/access?value=asked.example.com&account=anna", rustam);
        assertFalse(((JsonBoolean) page.get("complete")).value());
        assertEquals(1, page.items("missing").size());
        assertEquals(3, page.items("entries").size());
    }
}
