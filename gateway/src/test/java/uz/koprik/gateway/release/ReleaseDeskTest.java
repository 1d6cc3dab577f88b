package uz.koprik.gateway.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.gateway.auth.Source;
import uz.koprik.gateway.desk.DeskItem;
import uz.koprik.gateway.desk.DeskPapers;
import uz.koprik.gateway.desk.DeskRecord;
import uz.koprik.gateway.desk.ReleaseQueue;
import uz.koprik.gateway.intake.Objects;
import uz.koprik.gateway.intake.Outcome;
import uz.koprik.gateway.intake.TestCentre;
import uz.koprik.indicators.policy.Agreement;
import uz.koprik.indicators.policy.DeskRule;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.policy.ReleaseDecision;
import uz.koprik.indicators.policy.ReleaseTerms.Hold;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.values.SignatureExtension;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.Versions;
import uz.koprik.indicators.store.state.MemoryStateStore;

/** Four eyes: who submits does not release, and nothing is released without a record. */
final class ReleaseDeskTest {

    private static final Duration WEEK = Duration.ofDays(7);
    private static final DeskRule ON = new DeskRule(true, Set.of(), Set.of(), false);

    private static final Recipient BUDAPEST = new Recipient.Partner(
            "budapest", new Agreement(Tlp.AMBER_STRICT, Optional.of("prosecution"), Optional.empty(), "paper 17"));

    private final MemoryStateStore papers = new MemoryStateStore();
    private final String id = Objects.id("indicator");
    private TestCentre centre;
    private ReleaseDesk desk;

    @BeforeEach
    void open(@TempDir Path home) {
        centre = new TestCentre("tashkent", home);
        desk = desk(ON);
    }

    @AfterEach
    void close() {
        centre.close();
    }

    private ReleaseDesk desk(DeskRule rule) {
        DeskPapers all = new DeskPapers(papers, centre.localCentre());
        ReleaseQueue queue = new ReleaseQueue(rule, all, () -> centre.now);
        centre.intake.heldBy(queue);
        return new ReleaseDesk(centre.store, all, queue, centre.intake, WEEK, () -> centre.now);
    }

    private String email(String of) {
        return email(of, "2026-11-01T00:00:00.000Z");
    }

    private String email(String of, String modified) {
        return Objects.indicator(of, centre.identity, "[email-addr:value = 'victim@example.com']", modified, Tlp.GREEN);
    }

    private String domain(String of) {
        return Objects.indicator(of, centre.identity, "shop.example.com");
    }

    private String submit(String object) throws Exception {
        Outcome outcome = centre.one(object);
        assertEquals(Outcome.Status.ACCEPTED, outcome.status());
        return outcome.deskItem().orElse("");
    }

    private boolean goesOut(String of) throws Exception {
        return centre.release.latest(BUDAPEST, of).isPresent();
    }

    private Hold hold(String of) throws Exception {
        return centre.store.latest(of).orElseThrow().release().hold();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void thousandsOfItemsOfOneMomentHaveIdsOfTheirOwn(boolean decided) throws Exception {
        DeskPapers all = new DeskPapers(new MemoryStateStore(), centre.localCentre());
        ReleaseQueue queue = new ReleaseQueue(ON, all, () -> centre.now);
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 5_000; i++) {
            DeskItem item = queue.add(new Source.Account("anna", true), List.of(), "");
            ids.add(item.id());
            if (decided) {
                all.decide(new DeskRecord(item, DeskRecord.Outcome.WITHDRAWN, "anna", centre.now, "", List.of()));
                all.remove(item.id());
            }
        }
        assertEquals(5_000, ids.size());
    }

    @Test
    void whatNeedsASecondPersonIsTakenInAndHeld() throws Exception {
        String item = submit(email(id));
        assertEquals(1, desk.waiting().size());
        assertEquals(item, desk.waiting().getFirst().id());
        assertEquals("anna", desk.waiting().getFirst().by());
        assertEquals(TestCentre.NOW.plus(WEEK), desk.until(desk.waiting().getFirst()));
        assertTrue(centre.release.latest(new Recipient.Analyst("botir"), id).isPresent());
        assertFalse(goesOut(id));
        ReleaseDecision why = centre.release.explain(id, BUDAPEST).orElseThrow().decision();
        assertEquals(ReleaseDecision.Code.HELD, why.code());
        assertTrue(why.reason().matches("is held at the release desk since 20.*, and needs a releaser"), why.reason());
        assertEquals("", submit(domain(Objects.id("indicator"))), "other objects wait for nobody");
    }

    @Test
    void releasedObjectsGoOutAndStayAsTheyAre() throws Exception {
        String item = submit(email(id));
        Entry before = centre.store.latest(id).orElseThrow();
        DeskRecord record = desk.approve(item, "botir", "checked");
        Entry after = centre.store.latest(id).orElseThrow();
        assertTrue(goesOut(id));
        assertTrue(after.seq() > before.seq(), "readers whose position is past the old entry get the new one");
        assertEquals(before.release().with(Hold.NONE), after.release());
        assertEquals(before.object(), after.object());
        assertEquals(List.of(), desk.waiting());
        assertEquals("botir", record.by());
        assertEquals(1, desk.decided(10).size());
        assertEquals(
                List.of(id),
                centre.release.page(BUDAPEST, PageFilter.LATEST, before.seq(), 10).entries().stream()
                        .map(entry -> entry.facts().id())
                        .toList());
    }

    @Test
    void theRecordNamesBothPeopleAndIsSigned() throws Exception {
        String item = submit(email(id));
        desk.approve(item, "botir", "checked with unit 3");
        JsonObject record = StrictJson.parseObject(desk.signedRecord(item).orElseThrow());
        assertEquals("released", record.string("outcome").orElseThrow());
        assertEquals("botir", record.string("decided_by").orElseThrow());
        assertEquals("checked with unit 3", record.string("comment").orElseThrow());
        JsonObject submitted = record.object("item").orElseThrow();
        assertEquals("anna", submitted.string("by").orElseThrow());
        JsonObject object = (JsonObject) submitted.items("objects").getFirst();
        assertEquals(id, object.string("id").orElseThrow());
        assertEquals(
                centre.store.latest(id).orElseThrow().facts().digest(),
                object.string("sha256").orElseThrow());
        assertEquals("TLP:GREEN", object.string("tlp").orElseThrow());
        assertEquals("k=email", object.string("terms").orElseThrow());
        assertEquals(1, SignatureExtension.signatures(record).size());
    }

    @Test
    void nobodyReleasesAnOwnSubmission() throws Exception {
        String item = submit(email(id));
        DeskRefused refused = assertThrows(DeskRefused.class, () -> desk.approve(item, "anna", ""));
        assertEquals(DeskRefused.Kind.NOT_ALLOWED, refused.kind());
        assertThrows(DeskRefused.class, () -> desk.refuse(item, "anna", "no"));
        for (String sameAtTheProvider : List.of("oidc.anna", "oidc.anna.3f9a01c2")) {
            assertThrows(DeskRefused.class, () -> desk.approve(item, sameAtTheProvider, ""));
            assertThrows(DeskRefused.class, () -> desk.refuse(item, sameAtTheProvider, "no"));
        }
        desk.refuse(item, "botir", "not now");
        DeskItem again =
                desk.ask(List.of(centre.store.latest(id).orElseThrow()), new Source.Account("dilnoza", true), "please");
        DeskRefused own = assertThrows(DeskRefused.class, () -> desk.approve(again.id(), "anna", ""));
        assertTrue(own.getMessage().startsWith("anna submitted " + id), own.getMessage());
        assertThrows(DeskRefused.class, () -> desk.approve(again.id(), "oidc.anna", ""));
        assertFalse(goesOut(id));
        desk.approve(again.id(), "botir", "");
        assertTrue(goesOut(id));
    }

    @Test
    void whatRefersToAHeldObjectGoesWithIt() throws Exception {
        String report = Objects.id("report");
        String summary = Objects.id("report");
        submit(Objects.report(report, centre.identity, id));
        submit(Objects.report(summary, centre.identity, report));
        assertTrue(goesOut(report));
        String item = submit(email(id));
        assertEquals(Hold.BY_REFERENCE, hold(report));
        assertEquals(Hold.BY_REFERENCE, hold(summary));
        assertFalse(goesOut(summary));
        assertThrows(
                DeskRefused.class,
                () -> desk.ask(
                        List.of(centre.store.latest(report).orElseThrow()), new Source.Account("anna", true), ""));
        DeskRecord record = desk.approve(item, "botir", "");
        assertEquals(2, record.with().size());
        assertTrue(goesOut(id));
        assertTrue(goesOut(report));
        assertTrue(goesOut(summary));
    }

    @Test
    void whatRefersToWhatWaitsIsHeldBeforeItIsStored(@TempDir Path other) throws Exception {
        String report = Objects.id("report");
        String given = Objects.id("report");
        try (TestCentre seoul = new TestCentre("seoul", other)) {
            centre.trusts(seoul, "producer");
            seoul.byAnalyst(Objects.report(given, seoul.identity, report));
            centre.byPartner("seoul", seoul.published());
        }
        desk = desk(new DeskRule(true, Set.of(Tlp.CLEAR), Set.of(), false));
        String green = Objects.id("malware");
        centre.byAnalyst(
                Objects.report(report, centre.identity, id, green),
                domain(id),
                Objects.malware(green, centre.identity, Tlp.GREEN));
        assertEquals(Hold.WAITS, hold(id));
        Entry stored = centre.store.latest(report).orElseThrow();
        assertEquals(Hold.BY_REFERENCE, stored.release().hold());
        assertEquals(Hold.BY_REFERENCE, stored.facts().release().hold(), "nobody could read it before");
        assertEquals(Hold.NONE, hold(given), "seoul could not know it either");
    }

    @Test
    void whatRefersToAnotherItemWaitsForThat() throws Exception {
        String report = Objects.id("report");
        String first = submit(email(id));
        String second = submit(Objects.report(report, centre.identity, id));
        assertEquals(Hold.WAITS, hold(report), "it takes over personal values");
        DeskRefused refused = assertThrows(DeskRefused.class, () -> desk.approve(second, "botir", ""));
        assertEquals(DeskRefused.Kind.CONFLICT, refused.kind());
        assertTrue(refused.getMessage().contains(id), refused.getMessage());
        desk.approve(first, "botir", "");
        assertFalse(goesOut(report));
        desk.approve(second, "botir", "");
        assertTrue(goesOut(report));
    }

    @Test
    void whatPartnersGaveWaitsBySettingAndIsDecidedAlike(@TempDir Path other) throws Exception {
        desk = desk(new DeskRule(true, Set.of(), Set.of(), true));
        try (TestCentre seoul = new TestCentre("seoul", other)) {
            centre.trusts(seoul, "producer");
            seoul.byAnalyst(Objects.indicator(
                    id, seoul.identity, "[email-addr:value = 'a@example.com']", "2026-11-01T00:00:00.000Z", Tlp.GREEN));
            centre.byPartner("seoul", seoul.published());
        }
        DeskItem item = desk.waiting().getFirst();
        assertTrue(item.partner());
        assertEquals("seoul", item.by());
        assertFalse(goesOut(id));
        assertThrows(
                DeskRefused.class, () -> desk.withdraw(item.id(), "seoul", ""), "an account of that name is nobody");
        desk.approve(item.id(), "botir", "");
        assertTrue(goesOut(id));
    }

    @Test
    void ourWordForAnObjectOfOthersGoesWithItAndBeforeIt() throws Exception {
        String item = submit(Objects.indicator(
                id,
                Objects.id("identity"),
                "[email-addr:value = 'a@example.com']",
                "2026-11-01T00:00:00.000Z",
                Tlp.GREEN));
        assertEquals(
                List.of(),
                centre.release.page(BUDAPEST, PageFilter.LATEST, 0, 10).entries());
        desk.approve(item, "botir", "");
        assertEquals(
                List.of("countersignature", "indicator"),
                centre.release.page(BUDAPEST, PageFilter.LATEST, 0, 10).entries().stream()
                        .map(entry -> entry.facts().type())
                        .toList());
    }

    @Test
    void whatIsHeldForAnotherReasonAsWellStays() throws Exception {
        String report = Objects.id("report");
        String other = Objects.id("indicator");
        submit(Objects.report(report, centre.identity, id, other));
        String first = submit(email(id));
        String second = submit(email(other));
        assertEquals(List.of(), desk.approve(first, "botir", "").with());
        assertEquals(Hold.BY_REFERENCE, hold(report));
        assertEquals(1, desk.approve(second, "botir", "").with().size());
        assertTrue(goesOut(report));
    }

    @Test
    void aNewVersionWaitsAnew() throws Exception {
        String first = submit(email(id));
        String second = submit(email(id, "2026-11-02T00:00:00.000Z"));
        DeskRefused replaced = assertThrows(DeskRefused.class, () -> desk.approve(first, "botir", ""));
        assertTrue(replaced.getMessage().contains("later versions"), replaced.getMessage());
        assertEquals(
                DeskRecord.Outcome.REPLACED, desk.record(first).orElseThrow().outcome());
        assertFalse(goesOut(id));
        desk.approve(second, "botir", "");
        assertTrue(goesOut(id));
        String third = submit(email(id, "2026-11-03T00:00:00.000Z"));
        assertFalse(goesOut(id));
        assertEquals(
                List.of(),
                centre.release.page(BUDAPEST, PageFilter.ofObject(id, Versions.ALL), 0, 10).entries().stream()
                        .filter(Entry::superseded)
                        .filter(entry -> entry.release().held())
                        .toList());
        desk.approve(third, "botir", "");
        assertTrue(goesOut(id));
    }

    @Test
    void whatBecomesStricterLaterDoesNotWait(@TempDir Path other) throws Exception {
        String report = Objects.id("report");
        submit(Objects.report(report, centre.identity, id));
        try (TestCentre seoul = new TestCentre("seoul", other)) {
            centre.trusts(seoul, "producer");
            seoul.byAnalyst(Objects.indicator(
                    id, seoul.identity, "[email-addr:value = 'a@example.com']", "2026-11-01T00:00:00.000Z", Tlp.GREEN));
            List<Outcome> outcomes = centre.byPartner("seoul", seoul.published());
            assertEquals(Outcome.Status.ACCEPTED, outcomes.getLast().status(), outcomes::toString);
        }
        assertTrue(centre.store.latest(report).orElseThrow().release().personal());
        assertEquals(Hold.NONE, hold(report));
        assertEquals(Hold.NONE, hold(id));
        assertEquals(List.of(), desk.waiting());
    }

    @Test
    void whatIsRefusedStaysInsideAndCanBeAskedForAgain() throws Exception {
        String item = submit(email(id));
        desk.refuse(item, "botir", "the victim is named");
        assertFalse(goesOut(id));
        assertEquals(List.of(), desk.waiting());
        assertEquals("the victim is named", desk.record(item).orElseThrow().comment());
        assertThrows(DeskRefused.class, () -> desk.approve(item, "botir", ""));
        Entry entry = centre.store.latest(id).orElseThrow();
        DeskItem again = desk.ask(List.of(entry), new Source.Account("anna", true), "the name is gone");
        assertThrows(DeskRefused.class, () -> desk.ask(List.of(entry), new Source.Account("anna", true), "twice"));
        assertThrows(DeskRefused.class, () -> desk.withdraw(again.id(), "botir", ""));
        desk.withdraw(again.id(), "anna", "");
        assertFalse(goesOut(id));
        assertEquals(
                DeskRecord.Outcome.WITHDRAWN,
                desk.record(again.id()).orElseThrow().outcome());
    }

    @Test
    void whatNobodyDecidesExpires() throws Exception {
        String item = submit(email(id));
        centre.now = TestCentre.NOW.plus(WEEK).minusSeconds(1);
        desk.tend();
        assertEquals(1, desk.waiting().size());
        centre.now = TestCentre.NOW.plus(WEEK);
        desk.tend();
        assertEquals(List.of(), desk.waiting());
        assertEquals(DeskRecord.Outcome.EXPIRED, desk.record(item).orElseThrow().outcome());
        assertFalse(goesOut(id));
    }

    /** Before the desk was tended: a centre that was off, or whose task is late, releases nothing either. */
    @Test
    void nobodyDecidesWhatHasExpired() throws Exception {
        String item = submit(email(id));
        String other = submit(email(Objects.id("indicator")));
        centre.now = TestCentre.NOW.plus(WEEK);
        DeskRefused refused = assertThrows(DeskRefused.class, () -> desk.approve(item, "botir", ""));
        assertTrue(refused.getMessage().contains("this was expired"), refused::getMessage);
        assertFalse(goesOut(id));
        assertEquals(DeskRecord.Outcome.EXPIRED, desk.record(item).orElseThrow().outcome());
        assertThrows(DeskRefused.class, () -> desk.refuse(other, "botir", "no"));
        assertEquals(
                DeskRecord.Outcome.EXPIRED, desk.record(other).orElseThrow().outcome());
    }

    @Test
    void twoGatewaysDecideOnce() throws Exception {
        List<String> items = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            ids.add(Objects.id("indicator"));
            items.add(submit(email(ids.get(i))));
        }
        ReleaseDesk other = desk(ON);
        try (ExecutorService both = Executors.newFixedThreadPool(2)) {
            for (int i = 0; i < items.size(); i++) {
                String item = items.get(i);
                List<Callable<DeskRecord>> acts =
                        List.of(() -> desk.approve(item, "botir", ""), () -> other.refuse(item, "dilnoza", "no"));
                int done = 0;
                for (Future<DeskRecord> act : both.invokeAll(acts)) {
                    try {
                        act.get();
                        done++;
                    } catch (ExecutionException refused) {
                        assertTrue(refused.getCause() instanceof DeskRefused, refused.toString());
                    }
                }
                assertEquals(1, done);
                assertEquals(
                        desk.record(item).orElseThrow().outcome() == DeskRecord.Outcome.RELEASED, goesOut(ids.get(i)));
            }
        }
        assertEquals(List.of(), desk.waiting());
    }

    @Test
    void twoWhoReleaseAtOnceReleaseOnce() throws Exception {
        String item = submit(email(id));
        ReleaseDesk other = desk(ON);
        try (ExecutorService both = Executors.newFixedThreadPool(2)) {
            List<Callable<DeskRecord>> acts =
                    List.of(() -> desk.approve(item, "botir", ""), () -> other.approve(item, "dilnoza", ""));
            long done = both.invokeAll(acts).stream()
                    .filter(act -> act.state() == Future.State.SUCCESS)
                    .count();
            assertEquals(1, done);
        }
        assertEquals(2, centre.store.status().lastSeq(), "it was renewed once");
        assertTrue(goesOut(id));
    }

    @Test
    void aCrashAfterTheRecordIsMadeGoodAtTheNextStart() throws Exception {
        String item = submit(email(id));
        papers.answerLost = name -> name.startsWith("desk/records/");
        assertThrows(StoreUnavailable.class, () -> desk.approve(item, "botir", ""));
        assertFalse(goesOut(id));
        assertTrue(desk.record(item).isPresent());
        assertEquals(Optional.empty(), desk.find(item), "it is decided");
        ReleaseDesk next = desk(ON);
        next.recover();
        assertTrue(goesOut(id));
        assertEquals(List.of(), next.waiting());
        next.recover();
        assertEquals(2, centre.store.status().lastSeq(), "it was renewed once");
    }

    @Test
    void anItemWhoseObjectsWereNeverStoredGoes() throws Exception {
        papers.answerLost = name -> name.startsWith("desk/waiting/");
        assertThrows(StoreUnavailable.class, () -> submit(email(id)));
        assertEquals(1, desk.waiting().size());
        desk.recover();
        assertEquals(1, desk.waiting().size(), "another gateway may be storing them");
        centre.now = TestCentre.NOW.plusSeconds(3600);
        desk.recover();
        assertEquals(List.of(), desk.waiting());
        assertFalse(submit(email(id)).isEmpty(), "it can be submitted again");
    }

    @Test
    void turningTheDeskOffReleasesNothing() throws Exception {
        String item = submit(email(id));
        ReleaseDesk off = desk(DeskRule.OFF);
        off.recover();
        assertFalse(goesOut(id));
        assertEquals("", submit(email(Objects.id("indicator"))));
        off.approve(item, "botir", "");
        assertTrue(goesOut(id));
    }

    @Test
    void refusedObjectsLeaveTheirItem() throws Exception {
        String second = Objects.id("indicator");
        List<Outcome> outcomes = centre.byAnalyst(email(id), email(second).replace("[email-addr", "[[email-addr"));
        assertEquals(Outcome.Status.REFUSED, outcomes.get(1).status());
        assertEquals(1, desk.waiting().getFirst().objects().size());
        assertEquals(Outcome.Status.UNCHANGED, centre.one(email(id)).status());
        assertEquals(1, desk.waiting().size());
    }

    @Test
    void whatIsRefusedAtTheStoreHoldsNothing() throws Exception {
        desk = desk(new DeskRule(true, Set.of(Tlp.CLEAR), Set.of(), false));
        String pattern = "[domain-name:value = 'shop.example.com']";
        submit(Objects.indicator(id, centre.identity, pattern, "2026-11-02T00:00:00.000Z", Tlp.GREEN));
        String report = Objects.id("report");
        String green = Objects.id("malware");
        List<Outcome> outcomes = centre.byAnalyst(
                Objects.indicator(id, centre.identity, pattern, "2026-11-02T00:00:00.000Z", Tlp.CLEAR),
                Objects.report(report, centre.identity, id, green),
                Objects.malware(green, centre.identity, Tlp.GREEN));
        assertEquals(Outcome.Status.REFUSED, outcomes.getFirst().status());
        assertEquals(Hold.NONE, hold(report));
    }
}
