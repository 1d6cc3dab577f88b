package uz.koprik.gateway.whole;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;
import uz.koprik.crypto.trust.CardFacts;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.crypto.trust.TrustList;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.CommandResult;
import uz.koprik.gateway.centre.Gateway;
import uz.koprik.gateway.centre.MovedClock;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.concurrent.CentreThreads;
import uz.koprik.gateway.demo.ReservedPort;
import uz.koprik.gateway.intake.Objects;
import uz.koprik.indicators.policy.Tlp;

/**
 * Four centres in a line, each of which passes on what it gets, live for years by a moved clock. They are stopped and
 * started again in each step, and the clock jumps while they run, too. Nobody touches anything but two rotations of
 * keys that were announced before; whose keys end otherwise changes them by itself.
 */
@Isolated("it moves the clock of all centres in the JVM")
class ThreeYearsTest {

    private static final List<String> NAMES = List.of("tashkent", "moscow", "budapest", "seoul");
    private static final Duration DAY = Duration.ofDays(1);

    /** After a fetch that failed, the next one comes within this time. */
    private static final Duration FETCH_AGAIN = Duration.ofMinutes(11);

    /** The clock may jump so far while a centre runs, as for a machine that slept. */
    private static final Duration JUMP = DAY.multipliedBy(6);

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @RegisterExtension
    final Centres centres = new Centres();

    private final Map<String, RunningCentre> all = new LinkedHashMap<>();
    private final Map<String, String> identities = new LinkedHashMap<>();
    private final Map<String, List<String>> objects = new LinkedHashMap<>();
    private MovedClock clock;
    private int values;

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void fourCentresOutliveTheirFirstYear() throws Exception {
        live(2, DAY.multipliedBy(200), 3, () -> {
            provenOffline("seoul", "tashkent");
            provenOffline("tashkent", "moscow");
        });
    }

    /** 15 steps of 75 days. */
    @Tag("long")
    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void fourCentresLiveForThreeYears() throws Exception {
        live(15, DAY.multipliedBy(75), 10, () -> {
            for (String name : NAMES) {
                for (String owner : NAMES) {
                    provenOffline(name, owner);
                }
                assertTrue(formerKeys(name) > 0, name + " signs with its first key after three years");
            }
        });
    }

    /** What is looked at in the end, by the moved clock. */
    @FunctionalInterface
    private interface End {
        void look() throws Exception;
    }

    /** @param traffic objects of each centre, before and after the jump of each step */
    private void live(int steps, Duration step, int traffic, End end) throws Exception {
        try (MovedClock moved = MovedClock.by(Duration.ZERO)) {
            clock = moved;
            found();
            for (int number = 0; number <= steps; number++) {
                Duration since = step.multipliedBy(number);
                clock.to(since);
                String when = "day " + since.toDays();
                startAll(when);
                submit(traffic);
                everywhere(when);
                rotations(number, steps);
                clock.to(since.plus(JUMP));
                submit(traffic);
                everywhere(when + ", after the jump");
                cardsAreKnown(when, since.plus(JUMP));
                nothingIsWrong(when);
                if (number < steps) {
                    all.values().forEach(RunningCentre::stop);
                }
            }
            everythingIsProven();
            end.look();
        }
    }

    private void found() throws Exception {
        for (String name : NAMES) {
            RunningCentre centre = centres.init(name)
                    .withConfig("port: 0", "port: " + ReservedPort.choose())
                    .withConfig("poll_interval: 30s", "poll_interval: 300ms")
                    .withConfig("backoff_max: 5m", "backoff_max: 1s");
            all.put(name, centre);
            objects.put(name, new ArrayList<>());
        }
        for (String name : NAMES) {
            Path file = centres.folder().resolve(name + ".card");
            good(name, "partner", "card", "--output", file.toString());
            CentreCard card = card(name);
            identities.put(name, card.identity());
            for (String other : NAMES) {
                boolean next = Math.abs(NAMES.indexOf(name) - NAMES.indexOf(other)) == 1;
                if (!other.equals(name)) {
                    good(
                            other,
                            "partner",
                            "add",
                            file.toString(),
                            "--fingerprint",
                            card.fingerprint().toString(),
                            next ? "--pull" : "--no-pull",
                            next ? "--push" : "--no-push");
                }
            }
        }
    }

    private void startAll(String when) {
        for (RunningCentre centre : all.values()) {
            try {
                centre.start(CentreThreads.unwatched(), new Gateway.StartTerms(clock::now, false, false));
            } catch (Exception failed) {
                throw new AssertionError(centre + " does not start on " + when, failed);
            }
        }
    }

    /** Tashkent announces in the first step, uses its key in the next and retires the former one after that. */
    private void rotations(int number, int steps) throws Exception {
        if (number == 0) {
            good("tashkent", "key", "announce");
        } else if (number == 1) {
            String former = Gateway.keys(all.get("tashkent").home()).publicKey().kid();
            good("tashkent", "key", "rotate");
            assertFalse(
                    Gateway.keys(all.get("tashkent").home()).publicKey().kid().equals(former));
            good("moscow", "key", "announce");
        } else if (number == 2) {
            good("moscow", "key", "rotate");
            String former = Gateway.keys(all.get("tashkent").home())
                    .otherSigning()
                    .getFirst()
                    .kid();
            good("tashkent", "key", "retire", former);
        } else if (number == 3 && steps > 3) {
            String former = Gateway.keys(all.get("moscow").home())
                    .otherSigning()
                    .getFirst()
                    .kid();
            good("moscow", "key", "retire", former);
        }
    }

    private void submit(int count) throws Exception {
        for (String name : NAMES) {
            List<String> some = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                String id = Objects.id("indicator");
                int value = values++;
                some.add(Objects.indicator(
                        id,
                        identities.get(name),
                        "[ipv4-addr:value = '198.51.100." + value % 250 + "']",
                        "2026-11-01T00:00:00.000Z",
                        Tlp.GREEN));
                objects.get(name).add(id);
            }
            JsonNode outcome = RunningCentre.ok(client(name)
                    .post(
                            "/api/objects",
                            "application/json",
                            RunningCentre.envelope(some).getBytes(StandardCharsets.UTF_8)));
            assertEquals(0, outcome.path("refused").asInt(), outcome::toString);
        }
    }

    /** Waits until the newest object of each centre is at all others. */
    private void everywhere(String when) throws Exception {
        for (String owner : NAMES) {
            String id = objects.get(owner).getLast();
            for (String name : NAMES) {
                await(
                        () -> client(name).get("/api/objects/" + id).ok(),
                        () -> "an object of " + owner + " is not at " + name + " on " + when + ": " + statuses());
            }
        }
    }

    /** All partners hold the card that each centre shows now, and no card or list is near its end. */
    private void cardsAreKnown(String when, Duration jumped) throws Exception {
        Instant begin = Instant.now();
        for (String owner : NAMES) {
            CentreCard card = card(owner);
            assertFalse(card.term().renewalDue(clock.now()), () -> "the card of " + owner + " on " + when);
            assertFalse(list(owner).term().renewalDue(clock.now()), () -> "the list of " + owner + " on " + when);
            for (String name : NAMES) {
                await(
                        () -> {
                            // A fetch that failed is tried again after ten minutes.
                            long waited = Duration.between(begin, Instant.now()).toSeconds();
                            clock.to(jumped.plus(FETCH_AGAIN.multipliedBy(waited / 15)));
                            CardFacts known = list(name).card(owner).orElseThrow();
                            return known.sequence() == card.sequence()
                                    && !known.term().issued().isBefore(card.issued());
                        },
                        () -> name + " has an old card of " + owner + " on " + when + ": " + statuses());
            }
        }
    }

    private void nothingIsWrong(String when) throws Exception {
        for (String name : NAMES) {
            await(
                    () -> all.get(name).koprik("partner", "status").code() == 0,
                    () -> name + " on " + when + ": " + statuses());
            JsonNode partners = RunningCentre.ok(client(name).get("/api/partners"));
            for (JsonNode direction : List.of("pull", "push", "received").stream()
                    .flatMap(path -> partners.findValues(path).stream())
                    .toList()) {
                assertEquals(0, direction.path("refused").asInt(), () -> name + " on " + when + ": " + statuses());
            }
        }
    }

    private void everythingIsProven() throws Exception {
        for (String name : NAMES) {
            CentreClient client = client(name);
            for (String owner : NAMES) {
                for (String id : objects.get(owner)) {
                    JsonNode object = RunningCentre.ok(client.get("/api/objects/" + id));
                    assertFalse(object.has("unproven"), object::toString);
                    assertEquals(
                            owner,
                            object.path("signed_by").path(0).path("centre").asText(),
                            object::toString);
                }
            }
        }
    }

    /** The first and the last object of {@code owner}, as {@code name} has them. */
    private void provenOffline(String name, String owner) throws Exception {
        for (String id :
                List.of(objects.get(owner).getFirst(), objects.get(owner).getLast())) {
            Path file = Files.writeString(centres.folder().resolve(id + ".json"), good(name, "show", id, "--raw"));
            assertTrue(good(name, "verify", file.toString()).startsWith("proven"));
        }
    }

    /** Keys of the centre that are on its list and not in use. */
    private long formerKeys(String name) throws Exception {
        String present = Gateway.keys(all.get(name).home()).publicKey().kid();
        return list(name).centre(name).orElseThrow().keys().stream()
                .filter(key -> !key.kid().equals(present))
                .count();
    }

    private CentreClient client(String name) throws Exception {
        return all.get(name).adminClient();
    }

    private CentreCard card(String name) throws Exception {
        return CentreCard.read(Files.readAllBytes(all.get(name).home().ownCard()));
    }

    private TrustList list(String name) throws Exception {
        return TrustList.read(
                Files.readAllBytes(all.get(name).home().trust()),
                Gateway.keys(all.get(name).home()).publicKey().kid());
    }

    private String good(String name, String... arguments) {
        CommandResult result = all.get(name).koprik(arguments);
        assertEquals(0, result.code(), result::all);
        return result.out();
    }

    private String statuses() {
        return all.values().stream()
                .map(centre ->
                        centre + ":\n" + centre.koprik("partner", "status").all())
                .collect(Collectors.joining("\n"));
    }

    private static void await(RunningCentre.Condition condition, java.util.function.Supplier<String> otherwise)
            throws Exception {
        Instant end = Instant.now().plus(PATIENCE);
        while (!condition.holds()) {
            assertTrue(Instant.now().isBefore(end), otherwise);
            Thread.sleep(50);
        }
    }
}
