package uz.koprik.gateway.feeds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.JdkSSLEngineOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.gateway.concurrent.CentreThreads;
import uz.koprik.gateway.intake.Objects;
import uz.koprik.gateway.intake.TestCentre;
import uz.koprik.gateway.partners.PartnerSettings;
import uz.koprik.gateway.tracing.Tracing;
import uz.koprik.indicators.policy.Agreement;
import uz.koprik.indicators.stix.rules.ForgivableRule;

/**
 * A feed of medallion, the server of OASIS: the centre pulls from it and pushes to it, by the shapes that it answers.
 */
class MedallionTest {

    private static final String COLLECTION = "365fed99-08fa-fdcd-a1b3-fb247eb41d01";

    @TempDir
    Path folder;

    private Vertx vertx;
    private TestCentre budapest;
    private FakePartner server;
    private PartnerFeeds feeds;
    private Medallion medallion;

    @BeforeEach
    void open() throws Exception {
        vertx = Vertx.vertx();
        budapest = new TestCentre("budapest", folder.resolve("budapest"));
        server = new FakePartner(vertx, budapest.keys);
        medallion = new Medallion();
        server.script = medallion;
        Files.write(folder.resolve("medallion.pem"), budapest.keys.tlsCertificatePem());
        Files.writeString(folder.resolve("medallion.secret"), "Password0\n");
    }

    @AfterEach
    void close() throws Exception {
        if (feeds != null) {
            feeds.close();
        }
        server.stop();
        budapest.close();
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    /**
     * What medallion does: it needs the media type in both headers, keeps what follows a page under a random
     * {@code next}, which it takes with the same filters only, gives all objects of one POST one moment, and answers a
     * POST before it is done.
     */
    private static final class Medallion implements FakePartner.Script {

        /** An object and when it was added. */
        private record Held(String object, String added) {}

        /** What follows a page, and the filters that it was asked for with. */
        private record Rest(List<Held> objects, String filters) {}

        private static final String AUTHORIZATION =
                "Basic " + Base64.getEncoder().encodeToString("admin:Password0".getBytes(StandardCharsets.UTF_8));

        private final List<Held> held = new CopyOnWriteArrayList<>();
        private final Map<String, Rest> rests = new HashMap<>();
        private final List<String> wrong = new CopyOnWriteArrayList<>();
        private final int pageSize = 2;
        private String status = "";
        private int asked;

        @Override
        public boolean answer(HttpServerRequest request, Buffer body) {
            String path = request.path().replaceFirst("^/taxii2/koprik/", "");
            if (!AUTHORIZATION.equals(request.getHeader("Authorization"))) {
                FakePartner.json(request, 401, "{\"title\":\"Unauthorized\",\"http_status\":\"401\"}");
            } else if (!TaxiiClient.TAXII.equals(request.getHeader("Accept"))) {
                wrong.add("Accept " + request.getHeader("Accept"));
                FakePartner.json(request, 406, "{\"title\":\"ProcessingError\",\"http_status\":\"406\"}");
            } else if (path.isEmpty()) {
                FakePartner.json(
                        request,
                        200,
                        "{\"title\": \"Malware Research Group\", \"description\": \"A trust group\", \"versions\":"
                                + " [\"application/taxii+json;version=2.1\"], \"max_content_length\": 104857600}");
            } else if (path.startsWith("status/")) {
                FakePartner.json(request, 200, asked++ < 2 ? status.replace("complete", "pending") : status);
            } else if (!path.equals("collections/" + COLLECTION + "/objects/")) {
                wrong.add(request.method() + " " + path);
                FakePartner.json(request, 404, "{\"title\":\"ProcessingError\",\"http_status\":\"404\"}");
            } else if (request.method().name().equals("POST")) {
                post(request, body);
            } else {
                get(request);
            }
            return true;
        }

        private void get(HttpServerRequest request) {
            String after = request.getParam("added_after");
            String next = request.getParam("next");
            String filters = "added_after=" + after;
            List<Held> found = new ArrayList<>();
            if (next == null) {
                held.stream()
                        .filter(one -> after == null || one.added().compareTo(after) > 0)
                        .forEach(found::add);
            } else {
                Rest rest = rests.remove(next);
                if (rest == null || !rest.filters().equals(filters)) {
                    wrong.add("next with other filters");
                    FakePartner.json(
                            request,
                            400,
                            "{\"title\":\"ProcessingError\",\"description\":\"The server did not understand the request or"
                                    + " filter parameters\",\"http_status\":\"400\"}");
                    return;
                }
                found.addAll(rest.objects());
            }
            List<Held> page = found.subList(0, Math.min(pageSize, found.size()));
            boolean more = found.size() > page.size();
            String following = UUID.randomUUID().toString();
            if (more) {
                rests.put(following, new Rest(List.copyOf(found.subList(pageSize, found.size())), filters));
            }
            if (!page.isEmpty()) {
                request.response()
                        .putHeader("X-TAXII-Date-Added-First", page.getFirst().added())
                        .putHeader("X-TAXII-Date-Added-Last", page.getLast().added());
            }
            FakePartner.json(
                    request,
                    200,
                    page.isEmpty()
                            ? "{\"more\": false}"
                            : "{\"objects\": ["
                                    + String.join(
                                            ", ",
                                            page.stream().map(Held::object).toList())
                                    + "], \"more\": " + more + (more ? ", \"next\": \"" + following + "\"" : "")
                                    + "}");
        }

        private void post(HttpServerRequest request, Buffer body) {
            if (!TaxiiClient.TAXII.equals(request.getHeader("Content-Type"))) {
                wrong.add("Content-Type " + request.getHeader("Content-Type"));
                FakePartner.json(request, 415, "{\"title\":\"ProcessingError\",\"http_status\":\"415\"}");
                return;
            }
            List<String> successes = new ArrayList<>();
            try {
                JsonObject envelope = StrictJson.parseObject(body.getBytes());
                for (Json object : envelope.items("objects")) {
                    JsonObject json = (JsonObject) object;
                    successes.add("{\"id\": \"" + json.string("id").orElseThrow() + "\", \"version\": \""
                            + json.string("modified").orElse("2026-11-28T00:00:00.000Z")
                            + "\", \"message\": \"Successfully added object to the server\"}");
                }
            } catch (MalformedJson malformed) {
                wrong.add(malformed.getMessage());
            }
            add("2026-11-28T00:00:00.000000Z", body.toString());
            status = "{\"id\": \"2d086da7-4bdc-4f91-900e-d77486753710\", \"status\": \"complete\","
                    + " \"request_timestamp\": \"2026-11-28T00:00:00.000000Z\", \"total_count\": " + successes.size()
                    + ", \"success_count\": " + successes.size() + ", \"failure_count\": 0, \"pending_count\": 0,"
                    + " \"successes\": [" + String.join(", ", successes) + "]}";
            FakePartner.json(request, 202, status.replace("complete", "pending"));
        }

        void add(String added, String... objects) {
            for (String object : objects) {
                held.add(new Held(object, added));
            }
        }
    }

    private void start(boolean pull, boolean push, Set<ForgivableRule> forgives) {
        budapest.partners.replace(List.of(new PartnerSettings(
                "medallion",
                pull,
                Duration.ofMillis(100),
                push,
                true,
                forgives,
                Agreement.DEFAULT,
                Optional.of(new PartnerSettings.OrdinaryServer(
                        URI.create(server.endpoint()),
                        List.of(COLLECTION),
                        Optional.of(COLLECTION),
                        Optional.of(new PartnerSettings.Credentials(
                                Optional.of("admin"), folder.resolve("medallion.secret"))),
                        Optional.of(folder.resolve("medallion.pem")))))));
        feeds = new PartnerFeeds(
                "budapest",
                vertx,
                () -> new ClientTls(new JdkSSLEngineOptions(), budapest.keys.tlsKeyManager()),
                budapest.intake,
                budapest.release,
                budapest.trust,
                budapest.partners,
                new FeedSettings(1000, Duration.ofMillis(50), Duration.ofMillis(200), Duration.ofSeconds(20)),
                folder.resolve("budapest/state"),
                Optional.empty(),
                InstantSource.system(),
                CentreThreads.unwatched(),
                Optional::empty,
                Tracing.OFF);
        feeds.reconcile();
    }

    private PartnerState.Memory memory() {
        return feeds.find("medallion", 5, 0).orElseThrow().memory();
    }

    private void until(BooleanSupplier reached) throws InterruptedException {
        for (int i = 0; i < 600 && !reached.getAsBoolean(); i++) {
            Thread.sleep(20);
        }
        assertTrue(reached.getAsBoolean(), () -> memory() + " " + medallion.wrong + " " + server.asked);
    }

    @Test
    void everyPageIsPulledAlsoWhenAllObjectsHaveOneMoment() throws Exception {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            ids.add(Objects.id("indicator"));
            medallion.add(
                    i < 5 ? "2026-11-20T00:00:00.000000Z" : "2026-11-21T00:00:00.000000Z",
                    Objects.indicator(ids.get(i), Objects.id("identity"), "m" + i + ".example.com"));
        }
        start(true, false, Set.of());
        until(() -> memory().in().done() == 7);
        for (String id : ids) {
            assertTrue(budapest.store.latest(id).isPresent(), id);
        }
        String late = Objects.id("indicator");
        medallion.add(
                "2026-11-22T00:00:00.000000Z", Objects.indicator(late, Objects.id("identity"), "late.example.com"));
        until(() -> memory().in().done() == 8);
        assertEquals(List.of(), medallion.wrong);
    }

    /** An analyst with an old file is not stuck: the operator names the rules that this feed is forgiven. */
    @Test
    void aFeedIsForgivenWhatItsSectionNames() throws Exception {
        String id = Objects.id("indicator");
        String malformed =
                Objects.indicator(id, Objects.id("identity"), "old.example.com").replaceFirst("}$", ",\"labels\":[]}");
        medallion.add("2026-11-20T00:00:00.000000Z", malformed);
        start(true, false, Set.of());
        until(() -> memory().in().refused() == 1);
        feeds.close();
        start(true, false, Set.of(ForgivableRule.EMPTY_LIST));
        feeds.pull("medallion", true);
        until(() -> memory().in().done() == 1);
        assertEquals(malformed, budapest.stored(id), "the bytes stay as they are");
    }

    @Test
    void whatIsNewIsPushedAndItsStatusAskedForUntilItIsComplete() throws Exception {
        start(false, true, Set.of());
        String id = Objects.id("indicator");
        budapest.one(Objects.indicator(id, budapest.identity, "evil.example.com"));
        until(() -> memory().out().done() == 1);
        assertTrue(medallion.held.getFirst().object().contains(id));
        assertEquals(0, memory().out().refused());
        assertTrue(
                server.asked.contains("GET /taxii2/koprik/status/2d086da7-4bdc-4f91-900e-d77486753710/"),
                server.asked::toString);
        assertEquals(List.of(), medallion.wrong);
    }
}
