package uz.koprik.gateway.alerts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.crypto.SignatureRejected;
import uz.koprik.crypto.algorithm.SignatureAlgorithms;
import uz.koprik.crypto.algorithm.VerificationKey;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.crypto.jws.DetachedJws;
import uz.koprik.crypto.jws.ProtectedHeader;
import uz.koprik.crypto.jws.Signature;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.crypto.trust.TrustedKey;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.indicators.policy.Tlp;

/** Webhooks and digests of a real centre, against a receiver that does not always answer as it should. */
final class DeliveriesTest {

    private static final String JSON = "application/json";

    @RegisterExtension
    final Centres centres = new Centres();

    private RunningCentre centre;
    private HttpServer receiver;
    private volatile int answer = 204;
    private final List<Got> got = new CopyOnWriteArrayList<>();

    /** A delivery as it arrived. */
    private record Got(String body, String signature, String delivery, int answered) {}

    @BeforeEach
    void listen() throws Exception {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            int status = answer;
            if (status == 302) {
                exchange.getResponseHeaders()
                        .add(
                                "Location",
                                "http://127.0.0.1:" + receiver.getAddress().getPort() + "/elsewhere");
            }
            got.add(new Got(
                    body,
                    exchange.getRequestHeaders().getFirst("Koprik-Signature"),
                    exchange.getRequestHeaders().getFirst("Koprik-Delivery"),
                    status));
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        receiver.start();
    }

    @AfterEach
    void stop() {
        receiver.stop(0);
    }

    private void start(UnaryOperator<String> settings) throws Exception {
        String target = "127.0.0.1:" + receiver.getAddress().getPort();
        centre = centres.init("tashkent")
                .withConfig(text -> settings.apply(text.replace("    hosts: []", "    hosts: [\"" + target + "\"]")
                        .replace("plain_loopback: false", "plain_loopback: true")
                        .replace("backoff_first: 5s", "backoff_first: 20ms")
                        .replace("backoff_max: 1h", "backoff_max: 50ms")
                        .replace("digest_at: \"07:00\"", "digest_at: \"00:00\"")))
                .start();
    }

    private String hook() {
        return "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook";
    }

    private JsonObject post(String path, String body, String who) throws Exception {
        var response = centre.post(centre.url() + path, who, JSON, body);
        assertTrue(response.statusCode() < 300, () -> response.statusCode() + ": " + response.body());
        return RunningCentre.json(response);
    }

    private String subscribe(String rest, String who) throws Exception {
        return post("/api/alerts/subscriptions", "{\"webhook\":\"" + hook() + "\"" + rest + "}", who)
                .string("id")
                .orElseThrow();
    }

    private void openCase() throws Exception {
        post(
                "/api/cases",
                "{\"number\":\"A-1\",\"title\":\"A case\",\"type\":\"phishing\",\"values\":[\"example.com\"]}",
                centre.admin());
    }

    private void report(String value) throws Exception {
        post("/api/indicators", "{\"value\":\"" + value + "\",\"name\":\"Reported\"}", centre.admin());
    }

    private JsonObject subscription(String who) throws Exception {
        return (JsonObject) RunningCentre.json(centre.get(centre.url() + "/api/alerts/subscriptions", who))
                .items("subscriptions")
                .getFirst();
    }

    private List<JsonObject> taken() throws Exception {
        List<JsonObject> bodies = new ArrayList<>();
        for (Got one : got) {
            if (one.answered < 300) {
                bodies.add(StrictJson.parseObject(one.body.getBytes(StandardCharsets.UTF_8)));
            }
        }
        return bodies;
    }

    private static String value(JsonObject body) {
        return body.object("alert")
                .flatMap(alert -> alert.object("object_value"))
                .flatMap(value -> value.string("value"))
                .orElse("");
    }

    /** As a receiver does it: the key comes from the centre's card, not from the header. */
    private void verify(Got one) throws Exception {
        CentreCard card = CentreCard.read(Files.readAllBytes(centre.home().ownCard()));
        TrustedKey key = card.keys().getFirst();
        String[] parts = one.signature.split("\\.", -1);
        assertEquals("", parts[1], "the payload is detached");
        Signature signature = new Signature(parts[0], parts[2]);
        ProtectedHeader header = DetachedJws.headers(List.of(signature), ProtectedHeader.ALERT_DELIVERY)
                .getFirst();
        assertEquals(key.kid(), header.kid());
        VerificationKey verification = SignatureAlgorithms.verificationKey(key.alg(), key.jwk());
        DetachedJws.verify(verification, header, signature, one.body.getBytes(StandardCharsets.UTF_8));
        assertThrows(
                SignatureRejected.class,
                () -> DetachedJws.verify(
                        verification, header, signature, (one.body + " ").getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aWebhookIsRetriedInOrderAndSigned() throws Exception {
        start(text -> text);
        answer = 503;
        subscribe("", centre.admin());
        openCase();
        report("one.example.com");
        report("two.example.com");
        RunningCentre.await(() -> got.size() >= 3);
        JsonObject trouble = subscription(centre.admin())
                .object("delivery")
                .flatMap(one -> one.object("trouble"))
                .orElseThrow();
        assertEquals("answered 503", trouble.string("reason").orElse(""));
        assertEquals(1, got.stream().map(Got::delivery).distinct().count(), "the second waits for the first");
        // What is not delivered survives a restart, and keeps its id.
        centre.stop();
        answer = 302;
        centre.start();
        int before = got.size();
        RunningCentre.await(() -> got.size() > before);
        answer = 204;
        RunningCentre.await(() -> taken().size() == 2);
        assertEquals(
                List.of("one.example.com", "two.example.com"),
                taken().stream().map(DeliveriesTest::value).toList());
        assertEquals(2, got.stream().map(Got::delivery).distinct().count());
        assertTrue(got.stream().noneMatch(one -> one.body.contains("elsewhere")));
        verify(got.getLast());
        assertEquals("tashkent", taken().getFirst().string("centre").orElse(""));
        RunningCentre.await(() ->
                !subscription(centre.admin()).object("delivery").orElseThrow().has("trouble"));
        report("three.example.com");
        RunningCentre.await(() -> taken().size() == 3);
    }

    @Test
    void whatCannotBeDeliveredBecomesADeadLetter() throws Exception {
        start(text -> text.replace("give_up: 3d", "give_up: 0ms"));
        answer = 500;
        subscribe(",\"digest\":false", centre.admin());
        openCase();
        report("one.example.com");
        RunningCentre.await(() -> subscription(centre.admin())
                        .object("delivery")
                        .orElseThrow()
                        .items("dead")
                        .size()
                == 1);
        JsonObject dead = (JsonObject) subscription(centre.admin())
                .object("delivery")
                .orElseThrow()
                .items("dead")
                .getFirst();
        assertEquals("1", dead.string("what").orElse(""));
        assertEquals(got.getFirst().delivery, dead.string("delivery").orElse(""));
        String meters = centre.get(centre.url() + "/metrics", centre.admin()).body();
        assertTrue(meters.contains("koprik_alerts_webhooks_dead 1"), meters);
        answer = 204;
        report("two.example.com");
        RunningCentre.await(() -> taken().size() == 1);
        assertEquals("two.example.com", value(taken().getFirst()));
    }

    @Test
    void nothingIsSentForAnAccountThatIsGone() throws Exception {
        start(text -> text);
        String anna = centre.account("anna", Role.ANALYST, Tlp.GREEN);
        subscribe("", anna);
        subscribe(",\"cases\":[\"A-1\"]", centre.admin());
        centre.accounts().remove("anna");
        RunningCentre.await(
                () -> centre.get(centre.url() + "/api/account", anna).statusCode() == 401);
        openCase();
        report("one.example.com");
        RunningCentre.await(() -> !taken().isEmpty());
        String mine = subscription(centre.admin()).string("id").orElseThrow();
        assertEquals(
                List.of(mine),
                taken().stream()
                        .map(body -> body.string("subscription").orElse(""))
                        .distinct()
                        .toList());
    }

    @Test
    void aDigestIsMadeOnceADay() throws Exception {
        start(text -> text);
        String id = subscribe(",\"immediate\":false,\"name\":\"Mine\"", centre.admin());
        openCase();
        report("one.example.com");
        report("two.example.com");
        report("three.example.net");
        RunningCentre.await(() -> RunningCentre.json(centre.get(centre.url() + "/api/alerts", centre.admin()))
                        .items("alerts")
                        .size()
                == 2);
        assertEquals(0, digests().size(), "none is due before tomorrow");
        assertTrue(got.isEmpty());
        aDayLater(id);
        RunningCentre.await(() -> digests().size() == 1);
        JsonObject digest = (JsonObject) digests().getFirst();
        assertEquals(2, ((JsonNumber) digest.get("total")).longValue());
        JsonObject group = (JsonObject) digest.items("cases").getFirst();
        assertEquals("A-1", group.object("case").orElseThrow().string("number").orElse(""));
        assertEquals(2, group.items("alerts").size());
        RunningCentre.await(() -> taken().size() == 1);
        assertEquals("digest", taken().getFirst().string("type").orElse(""));
        verify(got.getFirst());
        // The day's digest is there: no restart makes another one, and the next has nothing of it.
        centre.stop();
        centre.start();
        report("four.example.com");
        RunningCentre.await(() -> RunningCentre.json(centre.get(centre.url() + "/api/alerts", centre.admin()))
                        .items("alerts")
                        .size()
                == 3);
        assertEquals(1, digests().size());
        String operator = centre.account("night-shift", Role.OPERATOR, Tlp.GREEN);
        assertEquals(
                List.of(),
                RunningCentre.json(centre.get(centre.url() + "/api/alerts/digests", operator))
                        .items("digests"));
        assertEquals(1, taken().size());
    }

    private List<Json> digests() throws Exception {
        return RunningCentre.json(centre.get(centre.url() + "/api/alerts/digests", centre.admin()))
                .items("digests");
    }

    /** The centre remembers that it made the last digest yesterday. */
    private void aDayLater(String subscription) throws Exception {
        centre.stop();
        Path file = centre.home().alerts().resolve("served").resolve(subscription + ".json");
        String yesterday = LocalDate.now(ZoneOffset.UTC).minusDays(1).toString();
        String text = Files.readString(file);
        Files.writeString(
                file, text.replaceAll("\"digest_date\":\"[0-9-]+\"", "\"digest_date\":\"" + yesterday + "\""));
        assertFalse(text.equals(Files.readString(file)));
        centre.start();
    }
}
