package uz.koprik.gateway.whole;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.gateway.centre.Gateway;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.config.Home;
import uz.koprik.indicators.policy.Tlp;

/**
 * Two gateways of one centre on one real cluster, to which an analyst comes by turns. The one that gives and delivers
 * alerts is killed while it delivers; the other goes on where it stopped.
 */
class SharedAlertsTest {

    private static final int DURING = 8;

    @TempDir
    Path homes;

    private HttpServer receiver;
    private final List<JsonObject> got = new CopyOnWriteArrayList<>();
    private volatile long takes;

    @BeforeEach
    void listen() throws Exception {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        receiver.createContext("/", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            try {
                got.add(StrictJson.parseObject(body));
                Thread.sleep(takes);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        receiver.start();
    }

    @AfterEach
    void stop() {
        receiver.stop(0);
    }

    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES) // a stream that emits nothing more would be waited for without end
    void eachAlertOnceFromWhicheverGateway() throws Exception {
        try (ChildCentre one = ChildCentre.init("tashkent", homes, ChildCentre.SHORT_LIVED)) {
            one.onSharedNode();
            one.settings("lease: 10s", "lease: 2s");
            one.settings(
                    "    hosts: []",
                    "    hosts: [\"127.0.0.1:" + receiver.getAddress().getPort() + "\"]");
            one.settings("plain_loopback: false", "plain_loopback: true");
            one.settings("heartbeat: 15s", "heartbeat: 200ms");
            ChildCentre two = one.twin("-two");
            one.start();
            try (Gateway here = Gateway.start(new Home(two.home()))) {
                assertEquals(two.url(""), here.url());
                byTurns(one, two);
                whileOneIsKilled(one, two);
                one.start();
                aConflictIsReportedByOneAndEmittedByTheOther(one, two);
            }
        }
    }

    private void byTurns(ChildCentre one, ChildCentre two) throws Exception {
        String subscription = post(
                        two,
                        "/api/alerts/subscriptions",
                        "{\"webhook\":\"http://127.0.0.1:"
                                + receiver.getAddress().getPort() + "/hook\",\"cases\":[\"A-1\"]}")
                .string("id")
                .orElseThrow();
        assertEquals(
                subscription,
                ((JsonObject) list(one, "/api/alerts/subscriptions", "subscriptions")
                                .getFirst())
                        .string("id")
                        .orElseThrow());
        assertEquals(
                201,
                one.send(one.request("/api/searches/weekly")
                                .header("Content-Type", "application/json")
                                .PUT(BodyPublishers.ofString("{\"q\":\"kind:domain\"}")))
                        .statusCode());
        assertTrue(two.get("/api/searches/weekly").contains("kind:domain"));
        post(
                one,
                "/api/cases",
                "{\"number\":\"A-1\",\"title\":\"A case\",\"type\":\"phishing\",\"values\":[\"example.com\"]}");
        report(two, "first.example.com");
        RunningCentre.await(() -> alerts(one).size() == 1 && alerts(two).size() == 1 && got.size() == 1);
        // A client that was at one goes on at the other, though both gateways take objects in.
        try (Stream stream = new Stream(one, "0")) {
            assertTrue(stream.next().contains("first.example.com"));
            report(one, "second.example.com");
            assertTrue(stream.next().contains("second.example.com"));
            assertEquals("2", stream.lastId);
        }
        try (Stream stream = new Stream(two, "2")) {
            report(one, "third.example.com");
            assertTrue(stream.next().contains("third.example.com"));
            report(two, "fourth.example.com");
            assertTrue(stream.next().contains("fourth.example.com"));
            assertEquals("4", stream.lastId);
        }
        RunningCentre.await(() -> alerts(one).size() == 4 && alerts(one).equals(alerts(two)) && got.size() == 4);
    }

    private void whileOneIsKilled(ChildCentre one, ChildCentre two) throws Exception {
        takes = 250;
        for (int i = 0; i < DURING; i++) {
            report(i % 2 == 0 ? one : two, "during-" + i + ".example.com");
        }
        int before = got.size();
        RunningCentre.await(() -> got.size() > before);
        Map<Long, String> known = alerts(two);
        one.kill();
        takes = 0;
        report(two, "after.example.com");
        int all = 4 + DURING + 1;
        RunningCentre.await(() -> delivered().size() == all);
        RunningCentre.await(() -> !((JsonObject)
                        list(two, "/api/alerts/subscriptions", "subscriptions").getFirst())
                .object("delivery")
                .orElseThrow()
                .has("trouble"));
        Map<Long, String> there = alerts(two);
        assertEquals(
                LongStream.rangeClosed(1, all).boxed().toList(),
                there.keySet().stream().sorted().toList(),
                "none is lost");
        assertEquals(all, new HashSet<>(there.values()).size(), "none is given twice");
        known.forEach((number, id) -> assertEquals(id, there.get(number), "a number means the same alert"));
        assertEquals(
                List.copyOf(delivered().keySet()),
                LongStream.rangeClosed(1, all).boxed().toList(),
                "in their order");
        assertEquals(all, new HashSet<>(delivered().values()).size());
        assertTrue(got.size() <= all + 1, () -> "only what was on its way may come again: " + got);
    }

    private void aConflictIsReportedByOneAndEmittedByTheOther(ChildCentre one, ChildCentre two) throws Exception {
        int before = alerts(two).size();
        String id = RunningCentre.freshId();
        post(
                two,
                "/api/objects",
                RunningCentre.envelope(List.of(RunningCentre.indicator(id, "198.51.100.7", Tlp.GREEN, 0))));
        String contest = RunningCentre.indicator(id, "198.51.100.9", Tlp.GREEN, 1)
                .replace("\"created\":\"2026-01", "\"created\":\"2025-01");
        for (ChildCentre each : List.of(one, one, two)) {
            HttpResponse<String> refused = each.send(each.request("/api/objects")
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(RunningCentre.envelope(List.of(contest)))));
            assertTrue(refused.body().contains("wrong_owner"), refused.body());
        }
        for (ChildCentre each : List.of(one, two)) {
            RunningCentre.await(() -> alerts(each).size() == before + 1);
            // Repetitions are written every few seconds.
            RunningCentre.await(() -> ((JsonNumber) newest(each).get("count")).longValue() == 3);
            assertEquals(id, newest(each).string("object_id").orElse(""));
        }
        assertEquals(alerts(one), alerts(two));
    }

    private static JsonObject newest(ChildCentre centre) throws Exception {
        return (JsonObject) list(centre, "/api/alerts?limit=1", "alerts").getFirst();
    }

    /** Delivery ids by the number of the alert, in the order in which they came first. */
    private Map<Long, String> delivered() {
        Map<Long, String> all = new LinkedHashMap<>();
        for (JsonObject body : got) {
            long number = ((JsonNumber) body.object("alert").orElseThrow().get("seq")).longValue();
            String delivery = body.string("delivery").orElseThrow();
            assertEquals(delivery, all.getOrDefault(number, delivery), "sent again under one id");
            all.putIfAbsent(number, delivery);
        }
        return all;
    }

    private static Map<Long, String> alerts(ChildCentre centre) throws Exception {
        Map<Long, String> all = new LinkedHashMap<>();
        for (Json item : list(centre, "/api/alerts?limit=1000", "alerts")) {
            all.put(
                    ((JsonNumber) ((JsonObject) item).get("seq")).longValue(),
                    ((JsonObject) item).string("id").orElseThrow());
        }
        return all;
    }

    private static List<Json> list(ChildCentre centre, String path, String name) throws Exception {
        return StrictJson.parseObject(centre.get(path).getBytes(StandardCharsets.UTF_8))
                .items(name);
    }

    private static void report(ChildCentre centre, String value) throws Exception {
        post(centre, "/api/indicators", "{\"value\":\"" + value + "\",\"name\":\"Reported\"}");
    }

    private static JsonObject post(ChildCentre centre, String path, String body) throws Exception {
        HttpResponse<String> response = centre.send(
                centre.request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
        assertTrue(response.statusCode() < 300, () -> path + ": " + response.statusCode() + " " + response.body());
        return StrictJson.parseObject(response.body().getBytes(StandardCharsets.UTF_8));
    }

    /** A client of the event stream. */
    private static final class Stream implements AutoCloseable {
        private final HttpClient http;
        private final BufferedReader lines;
        String lastId = "";

        Stream(ChildCentre centre, String lastEventId) throws Exception {
            http = HttpClient.newBuilder()
                    .sslContext(ChildCentre.anyCertificate())
                    .version(HttpClient.Version.HTTP_1_1)
                    .build();
            lines = new BufferedReader(new InputStreamReader(
                    http.send(
                                    centre.request("/api/alerts/stream")
                                            .header("Last-Event-ID", lastEventId)
                                            .build(),
                                    BodyHandlers.ofInputStream())
                            .body(),
                    StandardCharsets.UTF_8));
        }

        /** The data of the next event, which must be an alert. */
        String next() throws Exception {
            List<String> seen = new ArrayList<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                seen.add(line);
                if (line.startsWith("id: ")) {
                    lastId = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    assertEquals("event: alert", line, seen::toString);
                } else if (line.startsWith("data: ")) {
                    return line.substring(6);
                }
            }
            throw new AssertionError("the stream ended: " + seen);
        }

        @Override
        public void close() {
            http.shutdownNow();
        }
    }
}
