package uz.koprik.gateway.feeds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.vertx.core.Vertx;
import io.vertx.core.net.JdkSSLEngineOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.crypto.algorithm.SignatureAlgorithms;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.gateway.concurrent.CentreThreads;
import uz.koprik.gateway.intake.Intake;
import uz.koprik.gateway.intake.Objects;
import uz.koprik.gateway.intake.Outcome;
import uz.koprik.gateway.intake.TestCentre;
import uz.koprik.gateway.partners.PartnerSettings;
import uz.koprik.gateway.tracing.Tracing;
import uz.koprik.indicators.policy.Agreement;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.policy.UnknownMarking;
import uz.koprik.indicators.store.Provenance;

/** Feeds against a partner over real TLS, who does what he should or something else. */
class FeedTest {

    @TempDir
    Path folder;

    private Vertx vertx;
    private TestCentre budapest;
    private TestCentre tashkent;
    private FakePartner partner;
    private PartnerFeeds feeds;
    private Duration patience = Duration.ofSeconds(20);

    @BeforeEach
    void open() throws Exception {
        vertx = Vertx.vertx();
        budapest = new TestCentre("budapest", folder.resolve("budapest"));
        tashkent = new TestCentre("tashkent", folder.resolve("tashkent"));
        partner = new FakePartner(vertx, tashkent.keys);
        budapest.trusts(tashkent.card(partner.endpoint()), "producer", "relay");
    }

    @AfterEach
    void close() throws Exception {
        if (feeds != null) {
            feeds.close();
        }
        partner.stop();
        budapest.close();
        tashkent.close();
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void everyPageIsReadAndNothingTwice() throws Exception {
        partner.objects.addAll(tashkentPublishes(25));
        partner.pageSize = 10;
        start(true, false);
        until(() -> in().done() == 25, () -> in().toString());
        assertEquals(25, budapest.store.status().entries());
        long asked = pages();
        partner.objects.addAll(tashkentPublishes(3));
        feeds.pull("tashkent", false);
        until(() -> in().done() == 28, () -> in().toString());
        assertEquals(0, in().unchanged());
        assertTrue(pages() - asked <= 3, "what was read before is not asked for again: " + partner.asked);
    }

    @Test
    void goesOnAfterARestartWhereItStopped() throws Exception {
        partner.objects.addAll(tashkentPublishes(5));
        start(true, false);
        until(() -> in().done() == 5, () -> in().toString());
        feeds.close();
        partner.objects.addAll(tashkentPublishes(2));
        start(true, false);
        until(() -> in().done() == 7, () -> in().toString());
        assertEquals(0, in().unchanged());
    }

    /** Memory that was short for a moment ended the thread for good, and all seemed well. */
    @Test
    void aFeedGoesOnAfterAnErrorAndSaysSoMeanwhile() throws Exception {
        AtomicInteger errors = new AtomicInteger(3);
        clock = () -> {
            if (Thread.currentThread().getName().equals("pull-tashkent") && errors.getAndDecrement() > 0) {
                throw new OutOfMemoryError("no room");
            }
            return Instant.now();
        };
        partner.objects.addAll(tashkentPublishes(5));
        start(true, false);
        until(() -> in().done() + in().unchanged() == 5 && in().success().isPresent(), () -> in().toString());
        assertTrue(errors.get() <= 0);
        assertEquals("", in().error(), "it was put right");
    }

    @Test
    void readsEverythingAgainWhenAsked() throws Exception {
        partner.objects.addAll(tashkentPublishes(5));
        start(true, false);
        until(() -> in().done() == 5, () -> in().toString());
        assertEquals(PartnerFeeds.PullAnswer.STARTED, feeds.pull("tashkent", true));
        until(() -> in().unchanged() == 5, () -> in().toString());
        assertEquals(PartnerFeeds.PullAnswer.UNKNOWN, feeds.pull("nobody", false));
    }

    @Test
    void refusedObjectsAreCountedAndKeptWithTheirReasons() throws Exception {
        List<String> objects = tashkentPublishes(3);
        objects.add(1, "{\"type\":\"indicator\"}");
        objects.add(objects.getFirst().replace("host", "ghost"));
        objects.add("{\"x\":\"" + "y".repeat(5 << 20) + "\"}");
        partner.objects.addAll(objects);
        start(true, false);
        until(() -> in().done() == 3 && in().refused() == 3, () -> in().toString());
        assertEquals(java.util.Map.of("INVALID_STIX", 1L, "BAD_SIGNATURE", 1L, "TOO_LARGE", 1L), in().reasons());
        List<RefusalLog.Line> lines =
                feeds.find("tashkent", 10, 0).orElseThrow().refusals();
        assertEquals(3, lines.size());
        assertTrue(lines.stream()
                .anyMatch(
                        line -> line.code().equals("BAD_SIGNATURE") && line.id().startsWith("indicator--")));
    }

    @Test
    void moreFollowedByNothingIsTheEnd() throws Exception {
        List<String> objects = tashkentPublishes(2);
        partner.script = (request, body) -> {
            if (!request.path().endsWith("/c1/objects/")) {
                return false;
            }
            boolean first = request.getParam("next") == null && request.getParam("added_after") == null;
            FakePartner.page(request, first ? objects : List.of(), true, "2", 0, 2);
            return true;
        };
        start(true, false);
        until(() -> in().done() == 2 && in().success().isPresent(), () -> in().toString());
        assertEquals("", in().error());
    }

    @Test
    void endlessMoreIsNoticed() throws Exception {
        List<String> objects = tashkentPublishes(2);
        partner.script = (request, body) -> {
            if (!request.path().endsWith("/c1/objects/")) {
                return false;
            }
            FakePartner.page(request, objects, true, "same", 0, 2);
            return true;
        };
        start(true, false);
        until(() -> in().error().contains("sends the same page"), () -> in().toString());
        assertEquals(2, budapest.store.status().entries());
    }

    @Test
    void garbageIsToldAndWhatCameBeforeItIsKept() throws Exception {
        List<String> objects = tashkentPublishes(2);
        AtomicInteger round = new AtomicInteger();
        partner.script = (request, body) -> {
            if (!request.path().endsWith("/c1/objects/") || round.getAndIncrement() > 0) {
                return false;
            }
            FakePartner.json(request, 200, "{\"objects\":[" + objects.getFirst() + ",{\"a\":]} oh no");
            return true;
        };
        partner.objects.addAll(objects);
        start(true, false);
        until(() -> in().success().isPresent() && in().done() == 2 && in().unchanged() == 1, () -> in().toString());
        assertEquals(2, budapest.store.status().entries());
    }

    @Test
    void notTaxiiAtAll() throws Exception {
        partner.script = (request, body) -> {
            request.response().end("<html>hello</html>");
            return true;
        };
        start(true, false);
        until(
                () -> in().error().contains("is not JSON") && in().error().contains("really a TAXII 2.1 API root"),
                () -> in().toString());
    }

    @Test
    void aConnectionThatBreaksInTheMiddleOfAPage() throws Exception {
        partner.objects.addAll(tashkentPublishes(50));
        AtomicInteger round = new AtomicInteger();
        partner.script = (request, body) -> {
            if (!request.path().endsWith("/c1/objects/") || round.getAndIncrement() > 0) {
                return false;
            }
            request.response().setChunked(true).write("{\"objects\":[" + partner.objects.getFirst() + ",");
            vertx.setTimer(100, ignored -> request.connection().close());
            return true;
        };
        start(true, false);
        until(() -> budapest.store.status().entries() == 50 && in().success().isPresent(), () -> in().toString());
        assertEquals(1, in().unchanged(), "the one that came before the break is recognised");
    }

    @Test
    void aPartnerThatStopsInTheMiddleOfAPage() throws Exception {
        patience = Duration.ofSeconds(1);
        partner.objects.addAll(tashkentPublishes(3));
        AtomicInteger round = new AtomicInteger();
        partner.script = (request, body) -> {
            if (!request.path().endsWith("/c1/objects/") || round.getAndIncrement() > 0) {
                return false;
            }
            request.response().setChunked(true).write("{\"objects\":[");
            return true;
        };
        start(true, false);
        until(() -> budapest.store.status().entries() == 3, () -> in().toString());
    }

    @Test
    void aPartnerThatSendsByteByByteIsGivenUpAndAskedAgain() throws Exception {
        patience = Duration.ofSeconds(1);
        partner.objects.addAll(tashkentPublishes(3));
        AtomicBoolean seen = new AtomicBoolean();
        partner.script = (request, body) -> {
            if (!request.path().endsWith("/c1/objects/") || seen.get()) {
                return false;
            }
            request.response().setChunked(true).write("{\"objects\":[");
            vertx.setPeriodic(100, timer -> {
                if (request.response().closed()) {
                    vertx.cancelTimer(timer);
                } else {
                    request.response().write(" ");
                }
            });
            return true;
        };
        start(true, false);
        until(() -> in().error().contains("fewer than 100 bytes per second"), () -> in().toString());
        seen.set(true); // the next answer is whole; it may come so soon that nobody sees the error
        until(() -> budapest.store.status().entries() == 3, () -> in().toString());
    }

    /** More requests than a client has connections: none of them may occupy one for ever. */
    @Test
    void aPartnerThatTakesRequestsAndNeverAnswersIsAskedAgain() throws Exception {
        patience = Duration.ofMillis(300);
        partner.objects.addAll(tashkentPublishes(3));
        AtomicInteger taken = new AtomicInteger();
        partner.script = (request, body) -> taken.getAndIncrement() < 6;
        start(true, false);
        until(() -> budapest.store.status().entries() == 3, () -> taken + " requests, " + in());
    }

    @Test
    void awayForAWhile() throws Exception {
        int port = partner.port();
        partner.stop();
        start(true, false);
        until(
                () -> in().error()
                        .contains("nobody listens at 127.0.0.1:" + port + " of tashkent (connection refused)"),
                () -> in().toString());
        partner = new FakePartner(vertx, tashkent.keys, port);
        partner.objects.addAll(tashkentPublishes(4));
        until(() -> in().done() == 4 && in().error().isEmpty(), () -> in().toString());
    }

    @Test
    void anUnknownName() throws Exception {
        budapest.trusts(tashkent.card("https://nowhere.invalid/taxii2/koprik/"), "producer");
        start(true, false);
        until(() -> in().error().contains("nowhere.invalid of tashkent cannot be found"), () -> in().toString());
    }

    @Test
    void aCentreWhoseCardNamesNoEndpoint() throws Exception {
        budapest.trusts(tashkent.card(""), "producer");
        start(true, false);
        until(() -> in().error().contains("names no endpoint"), () -> in().toString());
    }

    @Test
    void aCertificateThatIsNotOnTheTrustList() throws Exception {
        partner.stop();
        CentreKeys other =
                CentreKeys.generate("other", SignatureAlgorithms.ALL.getFirst(), List.of("127.0.0.1"), TestCentre.NOW);
        partner = new FakePartner(vertx, other);
        budapest.trusts(tashkent.card(partner.endpoint()), "producer");
        start(true, false);
        until(
                () -> in().error().contains(other.tlsPin())
                        && in().error().contains(tashkent.keys.tlsPin())
                        && in().error().contains("new centre card"),
                () -> in().toString());
        assertEquals(List.of(), partner.asked, "nothing is asked of somebody else");
    }

    @Test
    void aPartnerThatDoesNotKnowUs() throws Exception {
        partner.script = (request, body) -> {
            FakePartner.json(
                    request,
                    401,
                    "{\"title\":\"Client certificate not accepted\",\"description\":\"your pin is on no list\"}");
            return true;
        };
        start(true, false);
        until(
                () -> in().error().contains("401")
                        && in().error().contains("your pin is on no list")
                        && in().error().contains("koprik partner card"),
                () -> in().toString());
    }

    @Test
    void aBusyPartnerIsAskedLater() throws Exception {
        AtomicInteger round = new AtomicInteger();
        partner.objects.addAll(tashkentPublishes(1));
        partner.script = (request, body) -> {
            if (round.getAndIncrement() > 0) {
                return false;
            }
            request.response().putHeader("Retry-After", "1");
            FakePartner.json(request, 503, "{\"title\":\"Busy\"}");
            return true;
        };
        start(true, false);
        until(() -> in().error().contains("503"), () -> in().toString());
        until(() -> in().done() == 1 && in().error().isEmpty(), () -> in().toString());
    }

    @Test
    void anOrdinaryServerIsKnownByItsCertificateAndKnowsUsByASecret() throws Exception {
        Path secret = folder.resolve("feed.secret");
        Files.writeString(secret, "s3cret\n");
        Path certificate = folder.resolve("feed.pem");
        Files.write(certificate, tashkent.keys.tlsCertificatePem());
        List<String> authorizations = new CopyOnWriteArrayList<>();
        partner.script = (request, body) -> {
            authorizations.add(String.valueOf(request.getHeader("Authorization")));
            return false;
        };
        // Nobody signs there, and all objects of a page may have one moment.
        String id = Objects.id("indicator");
        partner.objects.add(Objects.indicator(id, Objects.id("identity"), "evil.example.com"));
        ordinary(certificate, secret, false);
        start();
        until(() -> feeds.find("feed", 5, 0).orElseThrow().memory().in().refused() == 1, () -> report("feed"));
        assertEquals(
                "Basic " + Base64.getEncoder().encodeToString("us:s3cret".getBytes(StandardCharsets.UTF_8)),
                authorizations.getFirst());
        ordinary(certificate, secret, true);
        feeds.pull("feed", true);
        until(() -> feeds.find("feed", 5, 0).orElseThrow().memory().in().done() == 1, () -> report("feed"));
        assertEquals(
                Provenance.Origin.UNSIGNED,
                budapest.store.latest(id).orElseThrow().facts().provenance().origin());
        Files.write(certificate, budapest.keys.tlsCertificatePem());
        feeds.close();
        start();
        until(() -> report("feed").contains("the PEM file in partners.yaml"), () -> report("feed"));
        Files.delete(secret);
        feeds.close();
        start();
        until(
                () -> report("feed").contains("feed.secret, which partners.yaml names for feed, cannot be read"),
                () -> report("feed"));
    }

    private String report(String name) {
        return feeds.find(name, 5, 0).orElseThrow().memory().toString();
    }

    private void ordinary(Path certificate, Path secret, boolean acceptUnsigned) {
        budapest.partners.replace(List.of(new PartnerSettings(
                "feed",
                true,
                Duration.ofMillis(100),
                false,
                acceptUnsigned,
                Agreement.DEFAULT,
                Optional.of(new PartnerSettings.OrdinaryServer(
                        java.net.URI.create(partner.endpoint()),
                        List.of("c1"),
                        Optional.empty(),
                        Optional.of(new PartnerSettings.Credentials(Optional.of("us"), secret)),
                        Optional.of(certificate))))));
    }

    @Test
    void whatIsNewIsPushedAtOnceAndOnlyWhatIsReleased() throws Exception {
        start(false, true);
        String id = Objects.id("indicator");
        budapest.one(Objects.indicator(id, budapest.identity, "evil.example.com"));
        budapest.one(Objects.malware(Objects.id("malware"), budapest.identity, Tlp.AMBER));
        until(() -> out().done() == 1, () -> out().toString());
        assertEquals("{\"objects\":[" + budapest.stored(id) + "]}", partner.pushed.getFirst());
        until(
                () -> feeds.find("tashkent", 0, budapest.store.status().lastSeq())
                                .orElseThrow()
                                .pushLag()
                        == 0,
                () -> "lag");
        assertEquals(1, partner.pushed.size(), "amber is not for somebody with an agreement up to green");
    }

    @Test
    void nothingIsPushedBackToWhereItCameFrom() throws Exception {
        start(false, true);
        List<String> theirs = tashkentPublishes(3);
        budapest.byPartner("tashkent", theirs.toArray(String[]::new));
        String own = Objects.id("indicator");
        budapest.one(Objects.indicator(own, budapest.identity, "evil.example.com"));
        until(() -> out().done() == 1, () -> out().toString());
        assertTrue(
                partner.pushed.getFirst().contains(own)
                        && !partner.pushed.getFirst().contains("host"),
                partner.pushed::toString);
    }

    @Test
    void aWiderAgreementIsMadeUpFor() throws Exception {
        start(false, true);
        String amber = Objects.id("malware");
        budapest.one(Objects.malware(amber, budapest.identity, Tlp.AMBER));
        until(() -> feeds.find("tashkent", 0, 1).orElseThrow().pushLag() == 0, () -> "lag");
        assertEquals(List.of(), partner.pushed);
        settings(false, true, new Agreement(Tlp.AMBER, Optional.empty(), Optional.empty(), "paper 7"));
        feeds.reconcile();
        until(() -> out().done() == 1 && partner.pushed.getFirst().contains(amber), () -> out().toString());
    }

    @Test
    void aPartnersRefusalIsRecordedAndNotRepeated() throws Exception {
        String bad = Objects.id("indicator");
        partner.script = (request, body) -> {
            if (!request.path().endsWith("/c2/objects/")) {
                return false;
            }
            partner.pushed.add(body.toString());
            FakePartner.status(request, body.toString().contains(bad) ? List.of(bad) : List.of());
            return true;
        };
        start(false, true);
        budapest.one(Objects.indicator(bad, budapest.identity, "evil.example.com"));
        until(() -> out().refused() == 1, () -> out().toString());
        budapest.one(Objects.indicator(Objects.id("indicator"), budapest.identity, "evil.example.net"));
        until(() -> out().done() == 1, () -> out().toString());
        assertEquals(2, partner.pushed.size());
        RefusalLog.Line line =
                feeds.find("tashkent", 10, 0).orElseThrow().refusals().getFirst();
        assertEquals(List.of("out", bad, "not wanted here"), List.of(line.direction(), line.id(), line.reason()));
    }

    @Test
    void tooMuchAtOnceIsHalvedUntilItFits() throws Exception {
        List<String> mine = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            mine.add(Objects.indicator(Objects.id("indicator"), budapest.identity, "mine" + i + ".example.com"));
        }
        budapest.byAnalyst(mine.toArray(String[]::new));
        partner.script = (request, body) -> {
            if (!request.path().endsWith("/c2/objects/") || body.length() < 3000) {
                return false;
            }
            FakePartner.json(request, 413, "{\"title\":\"Too large\"}");
            return true;
        };
        start(false, true);
        until(() -> out().done() == 9, () -> out().toString());
        assertTrue(partner.pushed.size() > 2);
    }

    @Test
    void whatDoesNotFitAtAllIsRecorded() throws Exception {
        partner.maxContentLength = 2000;
        budapest.one(Objects.indicator(Objects.id("indicator"), budapest.identity, "evil.example.com"));
        partner.script = (request, body) -> {
            if (!request.path().endsWith("/c2/objects/")) {
                return false;
            }
            FakePartner.json(request, 413, "{\"title\":\"Too large\"}");
            return true;
        };
        start(false, true);
        until(() -> out().refused() == 1 && out().error().isEmpty(), () -> out().toString());
    }

    @Test
    void aPushSurvivesThePartnerBeingAway() throws Exception {
        int port = partner.port();
        partner.stop();
        start(false, true);
        budapest.one(Objects.indicator(Objects.id("indicator"), budapest.identity, "evil.example.com"));
        until(() -> out().error().contains("connection refused"), () -> out().toString());
        partner = new FakePartner(vertx, tashkent.keys, port);
        until(() -> out().done() == 1 && out().error().isEmpty(), () -> out().toString());
    }

    @Test
    void objectsOfAnUnknownCentreAreFetchedAgainWhenItsCardIsAdded() throws Exception {
        try (TestCentre seoul = new TestCentre("seoul", folder.resolve("seoul"))) {
            List<String> objects = tashkentPublishes(2);
            objects.addAll(1, seoulPublishes(seoul, 3));
            objects.add(1, "{\"type\":\"indicator\"}");
            partner.objects.addAll(objects);
            partner.pageSize = 2;
            start(true, false);
            until(
                    () -> in().done() == 2
                            && in().refused() == 4
                            && in().success().isPresent(),
                    () -> in().toString());
            assertEquals(java.util.Map.of("UNKNOWN_KEY", 3L), memory().waitingIn());
            // Also after a restart.
            feeds.close();
            start(true, false);
            until(() -> pages() > 6, () -> partner.asked.toString());
            assertEquals(java.util.Map.of("UNKNOWN_KEY", 3L), memory().waitingIn());
            assertEquals(4, in().refused(), "each is counted once");
            budapest.trusts(seoul.card(""), "producer");
            feeds.reconcile();
            until(() -> in().done() == 5, () -> memory().toString());
            until(() -> memory().waitingIn().isEmpty(), () -> memory().toString());
        }
    }

    @Test
    void objectsThatWaitAreFetchedAfterTheCardWasAddedWhileTheCentreWasStopped() throws Exception {
        try (TestCentre seoul = new TestCentre("seoul", folder.resolve("seoul"))) {
            partner.objects.addAll(seoulPublishes(seoul, 2));
            start(true, false);
            until(() -> in().refused() == 2, () -> in().toString());
            feeds.close();
            budapest.trusts(seoul.card(""), "producer");
            start(true, false);
            until(() -> in().done() == 2 && memory().waitingIn().isEmpty(), () -> memory().toString());
        }
    }

    @Test
    void anObjectFromTheFutureIsFetchedAgainWhenItsTimeHasCome() throws Exception {
        clock = () -> budapest.now;
        tashkent.now = TestCentre.NOW.plus(Duration.ofHours(3));
        partner.objects.addAll(tashkentPublishes(1));
        tashkent.now = TestCentre.NOW;
        start(true, false);
        until(() -> in().refused() == 1, () -> in().toString());
        assertEquals(1, memory().waitingIn().size(), () -> memory().toString());
        budapest.now = TestCentre.NOW.plus(Duration.ofHours(4));
        until(() -> in().done() == 1 && memory().waitingIn().isEmpty(), () -> memory().toString());
    }

    /** A report of tashkent with a marking of its own; the definition comes first in the result. */
    private List<String> markedReport() throws Exception {
        String marking = Objects.id("marking-definition");
        tashkent.byAnalyst(
                "{\"type\":\"marking-definition\",\"spec_version\":\"2.1\",\"id\":\"" + marking
                        + "\",\"created_by_ref\":\"" + tashkent.identity
                        + "\",\"created\":\"2026-11-01T00:00:00.000Z\",\"definition_type\":\"statement\","
                        + "\"definition\":{\"statement\":\"Copyright\"}}",
                Objects.report(Objects.id("report"), tashkent.identity, Objects.id("tool"))
                        .replace("\"name\":", "\"object_marking_refs\":[\"" + marking + "\"],\"name\":"));
        return List.of(tashkent.published());
    }

    private Intake refusingUnknownMarkings() {
        return new Intake(
                budapest.store,
                budapest.intake.localCentre(),
                budapest.trust,
                budapest.partners,
                budapest.correlator,
                Tlp.CLEAR,
                UnknownMarking.REFUSE,
                folder.resolve("refusing-evidence"),
                () -> budapest.now);
    }

    @Test
    void anObjectWithAnUnknownMarkingIsFetchedAgainWhenTheFeedHasItsDefinition() throws Exception {
        List<String> objects = markedReport();
        partner.objects.add(objects.get(1));
        try (Intake refusing = refusingUnknownMarkings()) {
            intake = refusing;
            start(true, false);
            until(() -> in().refused() == 1, () -> in().toString());
            assertEquals(java.util.Map.of("POLICY", 1L), memory().waitingIn());
            partner.objects.add(objects.get(0));
            until(() -> in().done() == 2 && memory().waitingIn().isEmpty(), () -> memory().toString());
            feeds.close();
        }
    }

    @Test
    void anObjectWithAnUnknownMarkingIsFetchedAgainWhenItsDefinitionIsImported() throws Exception {
        List<String> objects = markedReport();
        partner.objects.add(objects.get(1));
        try (Intake refusing = refusingUnknownMarkings()) {
            intake = refusing;
            start(true, false);
            until(() -> in().refused() == 1, () -> in().toString());
            assertEquals(
                    Outcome.Status.ACCEPTED,
                    budapest.byAnalyst(objects.get(0)).getFirst().status());
            until(() -> in().done() == 1 && memory().waitingIn().isEmpty(), () -> memory().toString());
            feeds.close();
        }
    }

    @Test
    void anUnsignedObjectIsFetchedAgainWhenItsPartnerIsAdmittedWithoutSignatures() throws Exception {
        partner.objects.add(Objects.indicator(Objects.id("indicator"), Objects.id("identity"), "evil.example.com"));
        start(true, false);
        until(() -> in().refused() == 1, () -> in().toString());
        budapest.partners.replace(List.of(new PartnerSettings(
                "tashkent", true, Duration.ofMillis(100), false, true, Agreement.DEFAULT, Optional.empty())));
        feeds.reconcile();
        until(() -> in().done() == 1 && memory().waitingIn().isEmpty(), () -> memory().toString());
    }

    @Test
    void whatThePartnerRefusedForAReasonThatPassesIsPushedAgain() throws Exception {
        AtomicInteger refusing = new AtomicInteger(2);
        String id = Objects.id("indicator");
        partner.script = (request, body) -> {
            if (!request.path().endsWith("/c2/objects/") || !body.toString().contains(id)) {
                return false;
            }
            partner.pushed.add(body.toString());
            boolean refused = refusing.getAndDecrement() > 0;
            FakePartner.json(
                    request,
                    202,
                    "{\"id\":\"s1\",\"status\":\"complete\",\"total_count\":1,\"success_count\":" + (refused ? 0 : 1)
                            + ",\"failure_count\":" + (refused ? 1 : 0) + ",\"pending_count\":0"
                            + (refused
                                    ? ",\"failures\":[{\"id\":\"" + id
                                            + "\",\"message\":\"key k is on no trust list [UNKNOWN_KEY]\"}]"
                                    : "")
                            + "}");
            return true;
        };
        start(false, true);
        budapest.one(Objects.indicator(id, budapest.identity, "evil.example.com"));
        until(() -> out().done() == 1, () -> memory().toString());
        until(() -> memory().waitingOut().isEmpty(), () -> memory().toString());
        assertEquals(1, out().refused(), "counted once");
        assertEquals(3, partner.pushed.size());
    }

    @Test
    void anErrorSaysSinceWhenRoundsFailAndGoesWhenTheFeedIsSwitchedOff() throws Exception {
        partner.stop();
        start(true, false);
        until(() -> !in().error().isEmpty(), () -> in().toString());
        Instant first = in().errorSince().orElseThrow();
        until(() -> in().errorAt().orElseThrow().isAfter(first), () -> in().toString());
        assertEquals(first, in().errorSince().orElseThrow());
        settings(false, false, Agreement.DEFAULT);
        feeds.reconcile();
        assertEquals("", in().error());
    }

    @Test
    void anExpiredCertificateOfAPartnerIsRefusedWithItsDate() throws Exception {
        assertTrue(
                errorWithCertificateFrom(TestCentre.NOW.minus(Duration.ofDays(1000)))
                        .matches(
                                ".*certificate of the server of seoul expired on 2026-02.*its operators must run `koprik tls renew`.*"),
                () -> report("seoul"));
        assertEquals(List.of(), partner.asked);
    }

    @Test
    void aCertificateThatIsNotValidYetIsRefusedWithItsDate() throws Exception {
        assertTrue(
                errorWithCertificateFrom(Instant.now().plus(Duration.ofDays(10)))
                        .contains("certificate of the server of seoul is not valid before"),
                () -> report("seoul"));
    }

    private String errorWithCertificateFrom(Instant from) throws Exception {
        partner.stop();
        CentreKeys keys = CentreKeys.generate("seoul", SignatureAlgorithms.ALL.getFirst(), List.of("127.0.0.1"), from);
        partner = new FakePartner(vertx, keys);
        budapest.trusts(
                uz.koprik.crypto.trust.CentreCard.issue(
                        "seoul", "Seoul", Objects.id("identity"), keys, partner.endpoint(), TestCentre.NOW),
                "producer");
        budapest.partners.replace(List.of(new PartnerSettings(
                "seoul", true, Duration.ofMillis(100), false, false, Agreement.DEFAULT, Optional.empty())));
        start();
        until(
                () -> !feeds.find("seoul", 0, 0)
                        .orElseThrow()
                        .memory()
                        .in()
                        .error()
                        .isEmpty(),
                () -> report("seoul"));
        return feeds.find("seoul", 0, 0).orElseThrow().memory().in().error();
    }

    @Test
    void anExpiredCertificateOfThisCentreIsNamedWhereThePartnerRefusesIt() throws Exception {
        String words = new FailureWords(
                        new Peer(
                                "tashkent",
                                java.net.URI.create(partner.endpoint()),
                                List.of("p"),
                                Optional.empty(),
                                Optional.empty()),
                        new PinnedServer("tashkent", List::of, new SeenCertificates(), clock),
                        new ClientTls(new JdkSSLEngineOptions(), budapest.keys.tlsKeyManager()),
                        () -> TestCentre.NOW.plus(Duration.ofDays(800)),
                        patience,
                        patience)
                .refusal(
                        401,
                        "Client certificate not accepted: of budapest expired on 2028-11-21T07:00:00Z",
                        "GET /",
                        null)
                .getMessage();
        assertTrue(words.contains("our own TLS certificate expired on 2028-11-21T07:00:00Z"), words);
        assertTrue(!words.contains("does not know our TLS key"), words);
    }

    private PartnerState.Memory memory() {
        return feeds.find("tashkent", 0, 0).orElseThrow().memory();
    }

    private static List<String> seoulPublishes(TestCentre seoul, int count) throws Exception {
        List<String> objects = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            objects.add(Objects.indicator(Objects.id("indicator"), seoul.identity, "seoul" + i + ".example.com"));
        }
        seoul.byAnalyst(objects.toArray(String[]::new));
        return List.of(seoul.published());
    }

    private List<String> tashkentPublishes(int count) throws Exception {
        long before = tashkent.store.status().lastSeq();
        List<String> objects = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            objects.add(Objects.indicator(Objects.id("indicator"), tashkent.identity, "host" + i + ".example.com"));
        }
        tashkent.byAnalyst(objects.toArray(String[]::new));
        return new ArrayList<>(List.of(tashkent.published()).subList((int) before, (int) before + count));
    }

    private void start(boolean pull, boolean push) {
        settings(pull, push, Agreement.DEFAULT);
        start();
    }

    private InstantSource clock = InstantSource.system();
    /** In place of that of budapest, where it is set. */
    private Intake intake;

    private void start() {
        FeedSettings settings = new FeedSettings(1000, Duration.ofMillis(50), Duration.ofMillis(200), patience);
        ClientTls tls = new ClientTls(new JdkSSLEngineOptions(), budapest.keys.tlsKeyManager());
        feeds = new PartnerFeeds(
                "budapest",
                vertx,
                () -> tls,
                intake == null ? budapest.intake : intake,
                budapest.release,
                budapest.trust,
                budapest.partners,
                settings,
                folder.resolve("budapest/state"),
                Optional.empty(),
                clock,
                CentreThreads.unwatched(),
                Optional::empty,
                Tracing.OFF);
        feeds.reconcile();
    }

    private void settings(boolean pull, boolean push, Agreement agreement) {
        budapest.partners.replace(List.of(new PartnerSettings(
                "tashkent", pull, Duration.ofMillis(100), push, false, agreement, Optional.empty())));
    }

    private long pages() {
        return partner.asked.stream().filter(uri -> uri.contains("/objects/")).count();
    }

    private PartnerState.Direction in() {
        return feeds.find("tashkent", 0, 0).orElseThrow().memory().in();
    }

    private PartnerState.Direction out() {
        return feeds.find("tashkent", 0, 0).orElseThrow().memory().out();
    }

    /** Waits for something that must come soon; says what is there instead when it does not. */
    private static void until(BooleanSupplier reached, Supplier<String> instead) throws InterruptedException {
        for (int i = 0; i < 600; i++) {
            if (reached.getAsBoolean()) {
                return;
            }
            Thread.sleep(50);
        }
        fail("not reached within 30 s: " + instead.get());
    }
}
