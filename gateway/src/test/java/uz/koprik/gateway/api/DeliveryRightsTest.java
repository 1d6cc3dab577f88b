package uz.koprik.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.CursorCodec;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.auth.Source;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient.Reply;
import uz.koprik.gateway.config.FileStateStore;
import uz.koprik.indicators.policy.CaseUnits;
import uz.koprik.indicators.policy.Recipient;

/**
 * Webhooks, digests and the stream give an account that works on the case files of some units what they give at a
 * centre that never had the other case files. The data and the rights are random; {@code -Dkoprik.seed=} tries others.
 */
class DeliveryRightsTest {

    private static final String JSON = "application/json";

    private static final long SEED = Long.getLong("koprik.seed", 20261122L);

    @RegisterExtension
    final Centres centres = new Centres();

    private HttpServer receiver;
    /** Bodies by the path they were sent to. */
    private final Map<String, List<String>> sent = new ConcurrentHashMap<>();
    /**
     * Whether they are taken: only when everything has been submitted. No case moves meanwhile: what is sent is as
     * things are then.
     */
    private volatile boolean takes;

    private long seed;
    private RandomRights rights;
    private RandomMatters matters;
    private List<String> accounts;

    @BeforeEach
    void listen() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", this::take);
        receiver.start();
    }

    @AfterEach
    void stop() {
        receiver.stop(0);
    }

    private void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (takes) {
            sent.computeIfAbsent(exchange.getRequestURI().getPath(), none -> new CopyOnWriteArrayList<>())
                    .add(body);
        }
        exchange.sendResponseHeaders(takes ? 204 : 503, -1);
        exchange.close();
    }

    @Test
    void deliveriesAreThoseOfACentreThatHoldsNothingElse() throws Exception {
        compare(SEED);
    }

    @Tag("long")
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void whateverTheRightsAndTheDataAre(int more) throws Exception {
        compare(SEED + more);
    }

    private void compare(long chosen) throws Exception {
        seed = chosen;
        Random random = new Random(seed);
        rights = new RandomRights(random);
        System.out.println("DeliveryRightsTest: seed " + seed + ": " + rights);
        String target = "127.0.0.1:" + receiver.getAddress().getPort();
        RunningCentre first = centres.init("tashkent", "whole")
                .withConfig("    hosts: []", "    hosts: [\"" + target + "\"]")
                .withConfig("plain_loopback: false", "plain_loopback: true")
                .withConfig("backoff_first: 5s", "backoff_first: 20ms")
                .withConfig("backoff_max: 1h", "backoff_max: 50ms")
                .withConfig("digest_at: \"07:00\"", "digest_at: \"00:00\"");
        accounts = rights.addAccounts(first);
        matters = new RandomMatters(random, rights.writers(), false);
        List<List<RandomRights.Asker>> groups = rights.groups().stream()
                .filter(group -> group.getFirst().analyst())
                .toList();
        List<RunningCentre> twins = RandomRights.twins(centres, first, groups);
        Map<String, Brought> whole =
                brought("whole", first, groups.stream().flatMap(List::stream).toList(), matters.deeds);
        long alerts = 0;
        for (int i = 0; i < groups.size(); i++) {
            RandomRights.Asker one = groups.get(i).getFirst();
            Map<String, Brought> part = brought(
                    "for-" + one.account(),
                    twins.get(i),
                    groups.get(i),
                    matters.deeds.stream().filter(one::mayKnow).toList());
            for (RandomRights.Asker asker : groups.get(i)) {
                Brought without = part.get(asker.account());
                Brought with = whole.get(asker.account());
                String what = "seed " + seed + ", " + rights + ": to " + asker.account() + " came by ";
                assertEquals(text(without.hook), text(with.hook), what + "webhook");
                assertEquals(text(without.stream), text(with.stream), what + "the stream");
                assertEquals(without.digest, with.digest, what + "digest");
                assertEquals(without.state, with.state, what + "the state of subscriptions");
                assertEquals(
                        with.stream,
                        with.hook.stream()
                                .filter(body -> !body.startsWith("digest"))
                                .toList(),
                        what + "both");
                alerts += with.stream.size();
            }
        }
        assertTrue(alerts > 0, "seed " + seed + ": some alerts were given to somebody");
    }

    private static String text(List<String> lines) {
        return String.join("\n", lines);
    }

    /** What came to one account, in forms that two centres can be compared by, in an order of their own. */
    private record Brought(List<String> hook, List<String> stream, String digest, String state) {}

    private Map<String, Brought> brought(
            String name, RunningCentre of, List<RandomRights.Asker> askers, List<RandomMatters.Deed> deeds)
            throws Exception {
        takes = false;
        Map<String, String> subscriptions = new TreeMap<>();
        Map<String, List<String>> streams = new TreeMap<>();
        List<Thread> following = new ArrayList<>();
        try (TwinCentre centre = new TwinCentre(of, accounts)) {
            for (RandomRights.Asker asker : askers) {
                Reply made = centre.ask(
                        asker.account(),
                        "post",
                        "/api/alerts/subscriptions",
                        JSON,
                        RandomMatters.text(Map.of(
                                "webhook",
                                "http://127.0.0.1:" + receiver.getAddress().getPort() + '/' + name + '/'
                                        + asker.account())));
                assertTrue(made.ok(), made::text);
                subscriptions.put(
                        asker.account(),
                        CentreAnswers.parse(made.body()).path("id").asText());
            }
            for (RandomMatters.Deed deed : deeds) {
                centre.done(deed, "seed " + seed);
            }
            takes = true;
            for (RandomRights.Asker asker : askers) {
                List<String> events = new CopyOnWriteArrayList<>();
                streams.put(asker.account(), events);
                String begin = CursorCodec.open(
                                new FileStateStore(of.home().state()), "alerts/marks.key", CursorCodec.Of.ALERTS)
                        .write(caller(asker), 0);
                following.add(Thread.ofVirtual()
                        .start(() -> centre.follow(
                                asker.account(), "/api/alerts/stream?last_event_id=" + begin, events::add)));
            }
            for (RandomRights.Asker asker : askers) {
                int seen = CentreAnswers.parse(centre.ask(asker.account(), "get", "/api/alerts?limit=1000", JSON, "")
                                .body())
                        .path("alerts")
                        .size();
                await(
                        () -> hook(name, asker).size() >= seen
                                && data(streams.get(asker.account())).size() >= seen,
                        () -> asker + ": of " + seen + " alerts came "
                                + hook(name, asker).size() + " and "
                                + data(streams.get(asker.account())).size());
            }
            centre.restart(() -> yesterday(of, subscriptions.values()));
            for (Thread one : following) {
                one.join();
            }
            Map<String, Brought> all = new TreeMap<>();
            for (RandomRights.Asker asker : askers) {
                await(() -> digests(centre, asker).size() == 1, () -> asker + " has no digest");
                JsonNode digest = digests(centre, asker).get(0);
                long total = digest.path("total").asLong();
                await(
                        () -> total == 0
                                || hook(name, asker).stream().anyMatch(body -> body.contains("\"type\":\"digest\"")),
                        () -> asker + " was sent no digest");
                all.put(
                        asker.account(),
                        new Brought(
                                hook(name, asker).stream()
                                        .map(body -> delivery(centre, body))
                                        .sorted()
                                        .toList(),
                                data(streams.get(asker.account())).stream()
                                        .map(event -> alert(
                                                centre, CentreAnswers.parse(event.getBytes(StandardCharsets.UTF_8))))
                                        .sorted()
                                        .toList(),
                                digest(centre, digest),
                                centre.told(centre.ask(asker.account(), "get", "/api/alerts/subscriptions", JSON, ""))
                                        .replaceAll("/" + name + "/", "/")));
                marksAndNothingElse(streams.get(asker.account()));
            }
            return all;
        }
    }

    private static Caller caller(RandomRights.Asker asker) {
        CaseUnits units = CaseUnits.of(asker.units());
        return new Caller(
                asker.account(),
                Set.of(Right.ANALYSE, Right.CASES),
                new Recipient.Analyst(asker.account(), units),
                new Source.Account(asker.account(), true, units));
    }

    private List<String> hook(String name, RandomRights.Asker asker) {
        return sent.getOrDefault('/' + name + '/' + asker.account(), List.of());
    }

    private static List<String> data(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith("data: {\"case\""))
                .map(line -> line.substring(6))
                .toList();
    }

    /** Every event has an id that discloses no number. */
    private static void marksAndNothingElse(List<String> lines) {
        List<String> ids =
                lines.stream().filter(line -> line.startsWith("id: ")).toList();
        assertEquals(data(lines).size() + 1, ids.size(), () -> "one at the beginning, and one an event: " + lines);
        ids.forEach(id -> assertTrue(id.matches("id: [A-Za-z0-9_-]{22}"), id));
        assertEquals(ids.size(), ids.stream().distinct().count());
    }

    private static JsonNode digests(TwinCentre centre, RandomRights.Asker asker) {
        return CentreAnswers.parse(centre.ask(asker.account(), "get", "/api/alerts/digests", JSON, "")
                        .body())
                .path("digests");
    }

    /** A body of a webhook: which members it has, and what it discloses. */
    private static String delivery(TwinCentre centre, String body) {
        JsonNode json = CentreAnswers.parse(body.getBytes(StandardCharsets.UTF_8));
        Set<String> names = new TreeSet<>();
        json.fieldNames().forEachRemaining(names::add);
        String type = json.path("type").asText();
        assertEquals(Set.of("type", "centre", "delivery", "subscription", "sent", type), names);
        return type.equals("digest") ? "digest " + digest(centre, json.path(type)) : alert(centre, json.path(type));
    }

    private static String digest(TwinCentre centre, JsonNode digest) {
        List<String> cases = new ArrayList<>();
        for (JsonNode group : digest.path("cases")) {
            List<String> alerts = new ArrayList<>();
            group.path("alerts").forEach(alert -> alerts.add(alert(centre, alert)));
            cases.add(centre.plain(group.path("case").toString()) + ' ' + group.path("count") + ": "
                    + alerts.stream().sorted().collect(Collectors.joining(" ")));
        }
        ObjectNode rest = digest.deepCopy();
        return centre.plain(rest.without(List.of("cases", "subscription")).toString())
                + '\n'
                + cases.stream().sorted().collect(Collectors.joining("\n"));
    }

    /**
     * How much is stored when an object is looked at, behind intake, decides on which side was news and how sure it is.
     */
    private static String alert(TwinCentre centre, JsonNode alert) {
        assertFalse(alert.has("seq") || alert.has("carriers"), alert::toString);
        ObjectNode comparable = alert.deepCopy();
        return centre.plain(comparable.without(List.of("news", "certainty")).toString());
    }

    /** The centre remembers that it made the last digests yesterday. */
    private static void yesterday(RunningCentre centre, Iterable<String> subscriptions) throws IOException {
        String yesterday = LocalDate.now(ZoneOffset.UTC).minusDays(1).toString();
        for (String subscription : subscriptions) {
            Path file = centre.home().alerts().resolve("served").resolve(subscription + ".json");
            String text = Files.readString(file);
            Files.writeString(
                    file, text.replaceAll("\"digest_date\":\"[0-9-]+\"", "\"digest_date\":\"" + yesterday + "\""));
            assertFalse(text.equals(Files.readString(file)), text);
        }
    }

    private void await(BooleanSupplier done, Supplier<String> what) throws InterruptedException {
        long end = System.nanoTime() + 60_000_000_000L;
        while (!done.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, () -> "seed " + seed + ", " + rights + ": " + what.get());
            Thread.sleep(20);
        }
    }
}
