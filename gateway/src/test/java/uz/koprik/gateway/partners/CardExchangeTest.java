package uz.koprik.gateway.partners;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.algorithm.SignatureAlgorithms;
import uz.koprik.crypto.trust.CardContents;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.crypto.trust.KeyFile;
import uz.koprik.crypto.trust.TrustList;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.CommandResult;
import uz.koprik.gateway.centre.Gateway;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.concurrent.CentreThreads;
import uz.koprik.gateway.config.SecretFile;
import uz.koprik.gateway.intake.Objects;
import uz.koprik.gateway.renewal.HomeToken;

/** Partners fetch one another's cards, and keys are changed without a telephone. */
class CardExchangeTest {

    @RegisterExtension
    final Centres centres = new Centres();

    private RunningCentre centre(String name) throws Exception {
        return centres.init(name)
                .withConfig("card_interval: 1d", "card_interval: 300ms")
                .withConfig("backoff_max: 5m", "backoff_max: 1s");
    }

    @Test
    void keysAreRotatedAndNoObjectIsRefusedOrLosesItsProof() throws Exception {
        RunningCentre tashkent = centre("tashkent").start();
        RunningCentre budapest = centre("budapest").start();
        introduce(budapest, tashkent, "--pull", "--no-push");
        introduce(tashkent, budapest, "--no-pull", "--push");
        String identity = card(tashkent).identity();
        String first = Gateway.keys(tashkent.home()).publicKey().kid();
        String before = submitted(tashkent, identity, "before.example.com");
        arrives(budapest, before);

        good(tashkent, "key", "announce");
        String next = Gateway.keys(tashkent.home()).nextSigning().orElseThrow().kid();
        RunningCentre.await(() -> list(budapest).key(next).isPresent());
        String between = submitted(tashkent, identity, "between.example.com");
        good(tashkent, "key", "rotate", "--now");
        RunningCentre.await(() -> signer(tashkent, submitted(tashkent, identity, "probe.example.com"))
                .equals(next));
        String after = submitted(tashkent, identity, "after.example.com");
        arrives(budapest, between);
        arrives(budapest, after);
        assertEquals(first, signer(budapest, before));
        assertEquals(next, signer(budapest, after));

        long sequence = card(tashkent).sequence();
        good(tashkent, "key", "retire", first, "--now");
        RunningCentre.await(() -> list(budapest).card("tashkent").orElseThrow().sequence() > sequence);
        String last = submitted(tashkent, identity, "last.example.com");
        arrives(budapest, last);
        for (String id : List.of(before, between, after, last)) {
            JsonNode object = RunningCentre.ok(budapest.adminClient().get("/api/objects/" + id));
            assertFalse(object.has("unproven"), object::toString);
            Path file = Files.writeString(centres.folder().resolve(id + ".json"), good(budapest, "show", id, "--raw"));
            for (RunningCentre judge : List.of(budapest, tashkent)) {
                assertTrue(good(judge, "verify", file.toString()).startsWith("proven"));
            }
        }
        CommandResult status = budapest.koprik("partner", "status", "tashkent");
        assertEquals(0, status.code(), status::all);
        assertTrue(status.out().contains(" 0 refused"), status::all);
        assertTrue(good(budapest, "key", "list").contains(first + "  retired"));
    }

    @Test
    void withAskACardWaitsForAPerson() throws Exception {
        RunningCentre tashkent = centre("tashkent").start();
        RunningCentre budapest =
                centre("budapest").withConfig("cards: take", "cards: ask").start();
        introduce(budapest, tashkent, "--no-pull", "--no-push");
        CommandResult none = budapest.koprik("partner", "accept-card", "tashkent");
        assertEquals(1, none.code(), none::all);
        good(tashkent, "key", "announce");
        String next = Gateway.keys(tashkent.home()).nextSigning().orElseThrow().kid();
        String fingerprint = card(tashkent).fingerprint().toString();
        RunningCentre.await(
                () -> budapest.koprik("partner", "status", "tashkent").out().contains(fingerprint));
        assertEquals(1, budapest.koprik("partner", "status", "tashkent").code());
        assertTrue(list(budapest).key(next).isEmpty());
        assertTrue(good(budapest, "partner", "accept-card", "tashkent").contains(fingerprint));
        assertTrue(list(budapest).key(next).isPresent());
        RunningCentre.await(
                () -> budapest.koprik("partner", "status", "tashkent").code() == 0);
    }

    @Test
    void aCardThatNoKnownKeySignsIsRefusedAndShown() throws Exception {
        RunningCentre tashkent = centre("tashkent").start();
        RunningCentre budapest = centre("budapest").start();
        introduce(budapest, tashkent, "--no-pull", "--no-push");
        CentreCard good = card(tashkent);
        CentreKeys stranger = CentreKeys.generate(
                "tashkent",
                SignatureAlgorithms.ALL.getFirst(),
                List.of("localhost"),
                Instant.now().minusSeconds(60));
        shows(tashkent, stranger, good.identity(), good);
        refused(budapest, "no key that the trust list has for tashkent signs its new card");
        CentreKeys own = Gateway.keys(tashkent.home());
        shows(tashkent, own, "identity--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f", good);
        refused(budapest, "has the identity identity--8e2e2d2b");
        assertEquals(
                good.sequence(), list(budapest).card("tashkent").orElseThrow().sequence());
    }

    private static void refused(RunningCentre centre, String why) throws Exception {
        RunningCentre.await(() -> {
            CommandResult status = centre.koprik("partner", "status", "tashkent");
            return status.code() == 1 && status.out().contains(why);
        });
    }

    /** Puts another card where the centre shows its own. */
    private static void shows(RunningCentre centre, CentreKeys keys, String identity, CentreCard good)
            throws IOException {
        CentreCard card = CentreCard.issue(
                new CardContents(
                        "tashkent",
                        "Tashkent",
                        identity,
                        List.of(keys.publicKey()),
                        List.of(keys.tlsPin()),
                        good.endpoint()),
                List.of(keys.signingKey()),
                good.sequence() + 5,
                good.issued().plusSeconds(2));
        SecretFile.replace(centre.home().ownCard(), card.bytes());
    }

    @Test
    void theCardIsPublicAndHasAnEntityTag() throws Exception {
        RunningCentre tashkent = centre("tashkent").start();
        String url = tashkent.url() + "/.well-known/koprik-card.json";
        HttpResponse<String> shown = tashkent.get(url, null);
        assertEquals(200, shown.statusCode());
        CentreCard card = CentreCard.read(shown.body().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertEquals(card(tashkent).fingerprint(), card.fingerprint());
        String tag = shown.headers().firstValue("ETag").orElseThrow();
        HttpRequest.Builder again = HttpRequest.newBuilder(URI.create(url)).header("If-None-Match", tag);
        assertEquals(304, RunningCentre.send(tashkent.client(null), again, null).statusCode());
        good(tashkent, "key", "announce");
        RunningCentre.await(() -> !tashkent.get(url, null)
                .headers()
                .firstValue("ETag")
                .orElseThrow()
                .equals(tag));
    }

    @Test
    void anUnknownKeyMakesTheCentreAskAtOnce() throws Exception {
        RunningCentre tashkent = centres.init("tashkent").start();
        RunningCentre budapest = centres.init("budapest").start();
        introduce(budapest, tashkent, "--pull", "--no-push");
        introduce(tashkent, budapest, "--no-pull", "--push");
        String identity = card(tashkent).identity();
        good(tashkent, "key", "announce");
        good(tashkent, "key", "rotate", "--now");
        String next = Gateway.keys(tashkent.home()).publicKey().kid();
        RunningCentre.await(() -> signer(tashkent, submitted(tashkent, identity, "probe.example.com"))
                .equals(next));
        String after = submitted(tashkent, identity, "after.example.com");
        arrives(budapest, after);
        assertTrue(list(budapest).key(next).isPresent());
    }

    /** The command has written keys and list, and the running centre has not read them yet. */
    @Test
    void aCardIsTakenInTheMomentInWhichACommandReplacesTheKey() throws Exception {
        RunningCentre tashkent = centre("tashkent");
        RunningCentre budapest = centre("budapest");
        introduce(budapest, tashkent, "--no-pull", "--no-push");
        LiveKeys inUse = new LiveKeys(Gateway.keys(budapest.home()), () -> new KeyFile(
                        budapest.home().keyFile(), new HomeToken(budapest.home()))
                .load(Gateway.passphrase(budapest.home())));
        CardOffers offers = new CardOffers(budapest.home(), inUse, false, InstantSource.system());
        good(budapest, "key", "announce");
        good(budapest, "key", "rotate", "--now");
        assertNotEquals(inUse.kid(), Gateway.keys(budapest.home()).publicKey().kid());
        good(tashkent, "key", "announce");
        CardOffers.Verdict verdict = offers.offer("tashkent", card(tashkent).bytes(), list(budapest));
        assertEquals(CardOffers.Result.TAKEN, verdict.result(), () -> verdict.sentence()
                .text());
        assertEquals(
                card(tashkent).sequence(),
                list(budapest).card("tashkent").orElseThrow().sequence());
    }

    @Test
    void aCardThatTheHomeCannotTakeIsFetchedAgainSoon() throws Exception {
        AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);
        RunningCentre tashkent = centre("tashkent").start();
        RunningCentre budapest = centres.init("budapest");
        introduce(budapest, tashkent, "--no-pull", "--no-push");
        good(tashkent, "key", "announce");
        Path lock = budapest.home().root().resolve(".keys.lock");
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger fetches = (Logger) LoggerFactory.getLogger("uz.koprik.gateway.feeds.CardFetches");
        fetches.addAppender(log);
        try {
            budapest.start(
                    CentreThreads.unwatched(),
                    new Gateway.StartTerms(() -> Instant.now().plus(offset.get()), false, false));
            Files.delete(lock);
            Files.createDirectory(lock);
            RunningCentre.await(() -> {
                offset.updateAndGet(before -> before.plusSeconds(1));
                return List.copyOf(log.list).stream().anyMatch(line -> line.getFormattedMessage()
                        .contains("the new card of tashkent cannot be taken"));
            });
        } finally {
            fetches.detachAppender(log);
        }
        Files.delete(lock);
        offset.updateAndGet(before -> before.plusMinutes(11));
        RunningCentre.await(() -> list(budapest).card("tashkent").orElseThrow().sequence()
                == card(tashkent).sequence());
    }

    private void introduce(RunningCentre here, RunningCentre other, String... options) throws Exception {
        Path file = centres.folder().resolve(other + ".card");
        good(other, "partner", "card", "--output", file.toString());
        String[] arguments = new String[5 + options.length];
        System.arraycopy(
                new String[] {
                    "partner",
                    "add",
                    file.toString(),
                    "--fingerprint",
                    card(other).fingerprint().toString()
                },
                0,
                arguments,
                0,
                5);
        System.arraycopy(options, 0, arguments, 5, options.length);
        good(here, arguments);
    }

    private static String good(RunningCentre centre, String... arguments) {
        CommandResult result = centre.koprik(arguments);
        assertEquals(0, result.code(), result::all);
        return result.out();
    }

    private static CentreCard card(RunningCentre centre) throws Exception {
        return CentreCard.read(Files.readAllBytes(centre.home().ownCard()));
    }

    private static TrustList list(RunningCentre centre) throws Exception {
        return TrustList.read(
                Files.readAllBytes(centre.home().trust()),
                Gateway.keys(centre.home()).publicKey().kid());
    }

    private static void arrives(RunningCentre centre, String id) throws Exception {
        Instant end = Instant.now().plus(Duration.ofSeconds(40));
        while (centre.koprik("show", id).code() != 0) {
            assertTrue(Instant.now().isBefore(end), () -> centre.koprik("partner", "status")
                    .all());
            Thread.sleep(100);
        }
    }

    private static String signer(RunningCentre centre, String id) throws Exception {
        return RunningCentre.ok(centre.adminClient().get("/api/objects/" + id))
                .path("signed_by")
                .get(0)
                .path("kid")
                .asText();
    }

    private static String submitted(RunningCentre centre, String identity, String value) throws Exception {
        String id = Objects.id("indicator");
        Path file = Files.createTempFile("koprik-object", ".json");
        Files.writeString(file, Objects.indicator(id, identity, value));
        good(centre, "submit", file.toString());
        Files.delete(file);
        return id;
    }
}
