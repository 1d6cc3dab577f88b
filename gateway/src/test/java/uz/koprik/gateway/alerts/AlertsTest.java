package uz.koprik.gateway.alerts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.gateway.alerts.log.AlertJson;
import uz.koprik.gateway.alerts.log.AlertLog;
import uz.koprik.gateway.alerts.log.CaseMatchAlert;
import uz.koprik.gateway.alerts.log.LegacyLog;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.casematch.CaseMatch;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.config.FileStateStore;
import uz.koprik.gateway.config.HomeManifest;
import uz.koprik.indicators.correlation.Certainty;
import uz.koprik.indicators.correlation.ValueMatch;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.policy.Tlp;

/** Alerts of a real centre over real HTTPS. */
final class AlertsTest {

    private static final String JSON = "application/json";

    @RegisterExtension
    final Centres centres = new Centres();

    @TempDir
    Path folder;

    private RunningCentre centre;
    private String admin;

    @BeforeEach
    void start() throws Exception {
        centre = centres.init("tashkent")
                .withConfig("heartbeat: 15s", "heartbeat: 200ms")
                .start();
        admin = centre.admin();
    }

    private JsonObject ok(HttpResponse<String> response) throws Exception {
        assertTrue(response.statusCode() < 300, () -> response.statusCode() + ": " + response.body());
        return RunningCentre.json(response);
    }

    private void openCase(String number, String type, String value) throws Exception {
        ok(centre.post(
                centre.url() + "/api/cases",
                admin,
                JSON,
                "{\"number\":\"" + number + "\",\"title\":\"A case\",\"type\":\"" + type + "\",\"values\":[\"" + value
                        + "\"]}"));
    }

    private void report(String value) throws Exception {
        ok(centre.post(
                centre.url() + "/api/indicators", admin, JSON, "{\"value\":\"" + value + "\",\"name\":\"Reported\"}"));
    }

    private List<JsonObject> alerts(String query, String who) throws Exception {
        List<JsonObject> all = new ArrayList<>();
        for (Json item :
                ok(centre.get(centre.url() + "/api/alerts" + query, who)).items("alerts")) {
            all.add((JsonObject) item);
        }
        return all;
    }

    private static List<String> values(List<JsonObject> alerts) {
        return alerts.stream()
                .map(alert -> alert.object("object_value")
                        .orElseThrow()
                        .string("value")
                        .orElseThrow())
                .toList();
    }

    private void await(int alerts) throws Exception {
        RunningCentre.await(() -> alerts("?limit=1000", admin).size() == alerts);
    }

    @Test
    void whatWasDismissedIsSilentUntilTheVerdictIsTakenBack() throws Exception {
        openCase("D-1", "phishing", "dismissed.example.com");
        JsonObject reported = ok(centre.post(
                centre.url() + "/api/indicators",
                admin,
                JSON,
                "{\"value\":\"dismissed.example.com\",\"name\":\"Reported\"}"));
        String id =
                ((JsonObject) reported.items("objects").getFirst()).string("id").orElseThrow();
        await(1);
        String verdicts = centre.url() + "/api/objects/" + id + "/verdicts";
        String judged = "{\"value\":\"dismissed.example.com\",\"verdict\":\"";
        ok(centre.post(verdicts, admin, JSON, judged + "dismissed\"}"));
        openCase("D-2", "phishing", "dismissed.example.com"); // matches the first case, and the indicator
        openCase("D-3", "phishing", "example.net");
        ok(centre.post(
                centre.url() + "/api/indicators", admin, JSON, "{\"value\":\"login.example.net\",\"name\":\"Other\"}"));
        await(4);
        assertEquals(List.of("D-3", "D-1", "D-2", "D-1"), numbers(alerts("", admin)));
        assertTrue(
                alerts("?case=D-2", admin).stream().allMatch(alert -> alert.object("object")
                        .orElseThrow()
                        .string("case_number")
                        .isPresent()),
                "of the other case only");
        assertEquals(204, centre.post(verdicts, admin, JSON, judged + "none\"}").statusCode());
        await(5);
        JsonObject back = alerts("", admin).getFirst();
        assertEquals("D-2", back.object("case").orElseThrow().string("number").orElseThrow());
        assertEquals(id, back.object("object").orElseThrow().string("id").orElseThrow());
        ok(centre.post(verdicts, admin, JSON, judged + "dismissed\"}"));
        openCase("D-4", "phishing", "dismissed.example.com");
        await(9); // two other cases, each in both directions
        ok(centre.post(verdicts, admin, JSON, judged + "confirmed\"}"));
        await(10);
    }

    private static List<String> numbers(List<JsonObject> alerts) {
        return alerts.stream()
                .map(alert ->
                        alert.object("case").orElseThrow().string("number").orElseThrow())
                .toList();
    }

    @Test
    void listsFiltersAndPagesWhatWasGiven() throws Exception {
        openCase("A-1", "phishing", "example.com");
        openCase("A-2", "card-fraud", "192.0.2.0/24");
        report("login.example.com");
        report("192.0.2.7");
        report("unrelated.example.net");
        await(2);
        assertEquals(List.of("192.0.2.7", "login.example.com"), values(alerts("", admin)));
        assertEquals(List.of("login.example.com", "192.0.2.7"), values(alerts("?since=0", admin)));
        assertEquals(List.of("192.0.2.7"), values(alerts("?since=1", admin)));
        assertEquals(List.of(), values(alerts("?since=2999-01-01T00:00:00Z", admin)));
        assertEquals(List.of("login.example.com"), values(alerts("?case=A-1", admin)));
        assertEquals(List.of("192.0.2.7"), values(alerts("?kind=cidr,iban", admin)));
        assertEquals(List.of("192.0.2.7"), values(alerts("?crime_type=card-fraud", admin)));
        assertEquals(List.of("login.example.com"), values(alerts("?rule=subdomain&producer=tashkent", admin)));
        assertEquals(List.of(), values(alerts("?producer=budapest", admin)));
        // A host below a domain says less than the same value, a network less than that.
        assertEquals(List.of("login.example.com"), values(alerts("?min_score=40", admin)));
        JsonObject first = ok(centre.get(centre.url() + "/api/alerts?limit=1", admin));
        assertEquals(1, first.items("alerts").size());
        assertEquals(
                List.of("login.example.com"),
                values(alerts("?limit=1&cursor=" + first.string("next").orElseThrow(), admin)));
        for (String wrong : List.of(
                "?since=yesterday", "?limit=0", "?kind=colour", "?rule=magic", "?min_score=101", "?cursor=-1")) {
            assertEquals(
                    400, centre.get(centre.url() + "/api/alerts" + wrong, admin).statusCode(), wrong);
        }
    }

    @Test
    void givesEachAlertOnceWhateverIsRepeated() throws Exception {
        openCase("A-1", "phishing", "example.com");
        report("login.example.com");
        await(1);
        report("login.example.com");
        ok(centre.post(
                centre.url() + "/api/cases/A-1/observables", admin, JSON, "{\"values\":[\"other.example.net\"]}"));
        centre.stop();
        centre.start();
        report("login.example.com");
        report("second.example.com");
        await(2);
        JsonObject status = ok(centre.get(centre.url() + "/api/status", admin))
                .object("alerts")
                .orElseThrow();
        assertEquals(2, ((JsonNumber) status.get("last_seq")).longValue());
    }

    @Test
    void settlesAtTheStartWhatWasNotGivenBefore() throws Exception {
        openCase("A-1", "phishing", "example.com");
        report("login.example.com");
        await(1);
        centre.stop();
        // The record of the alert is cut: the object is searched again.
        Path record = centre.home().state().resolve("alerts.log/0000000000000000001");
        byte[] whole = Files.readAllBytes(record);
        Files.write(record, Arrays.copyOf(whole, whole.length / 2));
        centre.start();
        await(1);
        assertEquals(List.of("login.example.com"), values(alerts("", admin)));
    }

    @Test
    void aHomeOfAnEarlierVersionGoesOnWhereItsClientsStopped() throws Exception {
        openCase("A-1", "phishing", "example.com");
        report("login.example.com");
        report("second.example.com");
        await(2);
        List<JsonObject> before = alerts("", admin);
        centre.stop();
        LegacyLog.putBack(centre.home().state());
        new HomeManifest(centre.home()).close(Map.of()); // it knew the old files
        centre.start();
        assertEquals(before, alerts("", admin));
        report("third.example.com");
        await(3);
        try (Client client = new Client(admin, "1")) {
            assertTrue(client.next("alert").contains("second.example.com"));
            assertTrue(client.next("alert").contains("third.example.com"));
        }
        centre.stop();
        centre.start();
        await(3);
        assertEquals(before, alerts("", admin).subList(1, 3), "the newest first");
    }

    @Test
    void whoHasNoRightToCasesLearnsNothing() throws Exception {
        openCase("A-1", "phishing", "example.com");
        report("login.example.com");
        await(1);
        String operator = centre.account("night-shift", Role.OPERATOR, Tlp.GREEN);
        String reader = centre.account("reader", Role.READER, Tlp.GREEN);
        String analyst = centre.account("anna", Role.ANALYST, Tlp.GREEN);
        for (String path : List.of("/api/alerts", "/api/alerts/stream", "/api/alerts/subscriptions")) {
            assertEquals(403, centre.get(centre.url() + path, reader).statusCode(), path);
        }
        assertEquals(List.of(), alerts("", operator), "matches of cases are not for operators");
        assertEquals(List.of(), alerts("?since=2026-01-01T00:00:00Z", operator));
        assertEquals(
                400,
                centre.get(centre.url() + "/api/alerts/stream?last_event_id=0", operator)
                        .statusCode(),
                "nor are numbers");
        assertFalse(ok(centre.get(centre.url() + "/api/status", operator)).has("alerts"));
        assertTrue(ok(centre.get(centre.url() + "/api/status", analyst)).has("alerts"));
        assertEquals(1, alerts("", analyst).size());
        String meters = centre.get(centre.url() + "/metrics", operator).body();
        assertTrue(meters.contains("koprik_alerts_lag"), meters);
    }

    @Test
    void subscriptionsBelongToTheirAccount() throws Exception {
        String anna = centre.account("anna", Role.ANALYST, Tlp.GREEN);
        String url = centre.url() + "/api/alerts/subscriptions";
        JsonObject made = ok(centre.post(url, anna, JSON, "{\"name\":\"Mine\",\"cases\":[\"A-1\"],\"digest\":false}"));
        String id = made.string("id").orElseThrow();
        openCase("A-1", "phishing", "example.com");
        openCase("A-2", "phishing", "example.net");
        report("login.example.com");
        report("login.example.net");
        await(2);
        assertEquals(List.of("login.example.com"), values(alerts("?subscription=" + id, anna)));
        assertEquals(
                404,
                centre.get(centre.url() + "/api/alerts?subscription=" + id, admin)
                        .statusCode());
        assertEquals(0, ok(centre.get(url, admin)).items("subscriptions").size());
        assertEquals(404, delete(url + "/" + id, admin));
        for (String wrong : List.of(
                "{\"colour\":1}",
                "{\"cases\":\"A-1\"}",
                "{\"kinds\":[\"colour\"]}",
                "{\"digest\":\"no\"}",
                "{\"min_score\":\"high\"}",
                "[]",
                "{\"webhook\":\"https://192.0.2.1/\"}",
                "{\"webhook\":\"file:///etc/passwd\"}")) {
            assertEquals(400, centre.post(url, anna, JSON, wrong).statusCode(), wrong);
        }
        centre.stop();
        centre.start();
        assertEquals(
                1,
                ok(centre.get(centre.url() + "/api/alerts/subscriptions", anna))
                        .items("subscriptions")
                        .size());
        assertEquals(204, delete(centre.url() + "/api/alerts/subscriptions/" + id, anna));
        assertEquals(
                0,
                ok(centre.get(centre.url() + "/api/alerts/subscriptions", anna))
                        .items("subscriptions")
                        .size());
    }

    private int delete(String url, String who) throws Exception {
        return RunningCentre.send(
                        centre.client(null),
                        HttpRequest.newBuilder(URI.create(url)).DELETE(),
                        who)
                .statusCode();
    }

    /** A client of the event stream, as browsers and curl are. */
    private final class Client implements AutoCloseable {
        private final HttpResponse<java.io.InputStream> response;
        private final BufferedReader lines;
        private final HttpClient http;
        private String lastId = "";

        Client(String who, String lastEventId) throws Exception {
            http = HttpClient.newBuilder()
                    .sslContext(centre.tls(null))
                    .version(HttpClient.Version.HTTP_1_1)
                    .build();
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(centre.url() + "/api/alerts/stream"))
                    .header("Authorization", who);
            if (lastEventId != null) {
                request.header("Last-Event-ID", lastEventId);
            }
            response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
        }

        /** The data of the next event of that name; null when the stream ends before. */
        String next(String event) throws Exception {
            String name = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("id: ")) {
                    lastId = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("data: ") && name.equals(event)) {
                    return line.substring(6);
                }
            }
            return null;
        }

        @Override
        public void close() {
            http.shutdownNow();
        }
    }

    @Test
    void aStreamResumesBehindTheLastEventThatWasTaken() throws Exception {
        openCase("A-1", "phishing", "example.com");
        try (Client client = new Client(admin, null)) {
            assertEquals(200, client.response.statusCode());
            assertEquals(
                    "text/event-stream",
                    client.response.headers().firstValue("content-type").orElse(""));
            report("one.example.com");
            assertTrue(client.next("alert").contains("one.example.com"));
            assertEquals("1", client.lastId);
        }
        report("two.example.com");
        report("three.example.com");
        await(3);
        try (Client client = new Client(admin, "1")) {
            assertTrue(client.next("alert").contains("two.example.com"));
            assertTrue(client.next("alert").contains("three.example.com"));
            report("four.example.com");
            assertTrue(client.next("alert").contains("four.example.com"));
            assertEquals("4", client.lastId);
            // A graceful stop ends it with a word, and does not wait for it.
            centre.stop();
            assertTrue(client.next("end").contains("the centre stops"));
        }
        centre.start();
        try (Client client = new Client(admin, "3")) {
            assertTrue(client.next("alert").contains("four.example.com"));
        }
        assertEquals(
                400,
                centre.get(centre.url() + "/api/alerts/stream?last_event_id=x", admin)
                        .statusCode());
    }

    @Test
    void aStreamEndsWhenItsAccountDoes() throws Exception {
        String anna = centre.account("anna", Role.ANALYST, Tlp.GREEN);
        try (Client client = new Client(anna, null)) {
            assertEquals(200, client.response.statusCode());
            centre.accounts().remove("anna");
            assertTrue(client.next("end").contains("may no longer"));
        }
    }

    @Test
    void anAccountHasSoManyStreams() throws Exception {
        centre.stop();
        centre.withConfig("streams_per_account: 4", "streams_per_account: 1").start();
        String url = centre.url() + "/api/alerts/stream";
        try (Client client = new Client(admin, null)) {
            assertEquals(200, client.response.statusCode());
            assertEquals(429, centre.get(url, admin).statusCode());
        }
        RunningCentre.await(() -> {
            try (Client client = new Client(admin, null)) {
                return client.response.statusCode() == 200;
            }
        });
    }

    @Test
    void aClientThatTakesNothingIsCutOff() throws Exception {
        openCase("A-1", "phishing", "example.com");
        report("login.example.com");
        await(1);
        JsonObject first = alerts("", admin).getFirst();
        centre.stop();
        try (AlertLog log = AlertLog.open(new FileStateStore(centre.home().state()))) {
            CaseMatchAlert alert = (CaseMatchAlert) AlertJson.read(first);
            List<CaseMatch> many = new ArrayList<>();
            for (int i = 0; i < 30_000; i++) {
                many.add(new CaseMatch(
                        alert.file().id(),
                        "A-1",
                        "A case",
                        "phishing",
                        false,
                        alert.object(),
                        alert.caseValue(),
                        Observable.ofKey("domain:w" + i + ".example.com"),
                        ValueMatch.Rule.SUBDOMAIN,
                        1,
                        Certainty.NONE));
            }
            assertEquals(30_000, log.append(many, log.covered(), alert.time()));
        }
        centre.withConfig("stream_patience: 30s", "stream_patience: 300ms").start();
        try (SSLSocket socket = (SSLSocket) centre.tls(null).getSocketFactory().createSocket()) {
            socket.setReceiveBufferSize(16 << 10);
            URI url = URI.create(centre.url());
            socket.connect(new InetSocketAddress(url.getHost(), url.getPort()));
            socket.getOutputStream()
                    .write(("GET /api/alerts/stream?last_event_id=0 HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
                                    + admin + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            RunningCentre.await(() -> streams() == 1);
            RunningCentre.await(() -> streams() == 0);
        }
        try (Client client = new Client(admin, "29999")) {
            assertTrue(client.next("alert").contains("\"seq\":30000"), "what it missed is still there");
        }
    }

    private int streams() throws Exception {
        String meters = centre.get(centre.url() + "/metrics", admin).body();
        return (int) Double.parseDouble(meters.replaceAll("(?s).*\nkoprik_alerts_streams ([0-9.]+).*", "$1"));
    }
}
