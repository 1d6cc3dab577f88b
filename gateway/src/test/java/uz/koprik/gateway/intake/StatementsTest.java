package uz.koprik.gateway.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.gateway.auth.Source;
import uz.koprik.gateway.intake.Outcome.Status;
import uz.koprik.gateway.intake.Refusal.Code;
import uz.koprik.gateway.partners.PartnerSettings;
import uz.koprik.gateway.release.PageFilter;
import uz.koprik.gateway.release.Release;
import uz.koprik.indicators.correlation.Correlator;
import uz.koprik.indicators.policy.Agreement;
import uz.koprik.indicators.policy.CaseUnits;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.values.SignatureExtension;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.Versions;
import uz.koprik.indicators.store.lucene.LuceneStore;
import uz.koprik.indicators.warninglist.WarningLists;

/**
 * Whose object is it: only its creator makes versions of it, and what a submitter may not see has no part in the
 * answer.
 */
class StatementsTest {

    private static final String V1 = "2026-11-01T00:00:00.000Z";
    private static final String V2 = "2026-11-02T00:00:00.000Z";
    private static final String V3 = "2026-11-03T00:00:00.000Z";
    private static final Source WRITER = new Source.Account("sensor", false, CaseUnits.ALL, Optional.of(Tlp.GREEN));
    private static final Recipient ANALYST = new Recipient.Analyst("anna");
    private static final Recipient BUDAPEST = new Recipient.Partner("budapest", Agreement.DEFAULT);
    private static final Recipient SEOUL = new Recipient.Partner("seoul", Agreement.DEFAULT);

    private TestCentre tashkent;
    private TestCentre budapest;
    private TestCentre seoul;
    private Path folder;

    @BeforeEach
    void open(@TempDir Path temporary) {
        folder = temporary;
        tashkent = new TestCentre("tashkent", folder.resolve("tashkent"));
        budapest = new TestCentre("budapest", folder.resolve("budapest"));
        seoul = new TestCentre("seoul", folder.resolve("seoul"));
        tashkent.trusts(budapest, "producer", "relay").trusts(seoul, "producer", "relay");
    }

    @AfterEach
    void close() {
        tashkent.close();
        budapest.close();
        seoul.close();
    }

    private static String signed(TestCentre by, String object) throws Exception {
        return new String(
                SignatureExtension.attach(
                        StrictJson.parseObject(object.getBytes(StandardCharsets.UTF_8)), by.keys.signer(), by.now),
                StandardCharsets.UTF_8);
    }

    private static String indicator(String id, String producer, String domain, String modified, Tlp tlp) {
        return Objects.indicator(id, producer, "[domain-name:value = '" + domain + "']", modified, tlp);
    }

    private String ours(String id, String domain, String modified, Tlp tlp) {
        return indicator(id, tashkent.identity, domain, modified, tlp);
    }

    private String ofBudapest(String id, String domain, String modified, Tlp tlp) throws Exception {
        return signed(budapest, indicator(id, budapest.identity, domain, modified, tlp));
    }

    private String shown(Recipient recipient, String id) throws Exception {
        return tashkent.release.latest(recipient, id).map(StatementsTest::text).orElse("");
    }

    private static String text(Entry entry) {
        return StandardCharsets.UTF_8.decode(entry.object()).toString();
    }

    private int evidence() throws Exception {
        if (!Files.exists(folder.resolve("tashkent/evidence"))) {
            return 0;
        }
        try (var files = Files.list(folder.resolve("tashkent/evidence"))) {
            return (int) files.filter(Files::isRegularFile).count();
        }
    }

    private static void refused(Code code, String pointer, Outcome outcome) {
        assertEquals(Status.REFUSED, outcome.status(), outcome::toString);
        assertEquals(code, outcome.refusal().orElseThrow().code(), outcome::toString);
        assertEquals(pointer, outcome.refusal().orElseThrow().pointer(), outcome::toString);
    }

    private static void accepted(Outcome outcome) {
        assertEquals(Status.ACCEPTED, outcome.status(), outcome::toString);
    }

    @Test
    void aPartnerCannotTakeOverOrRevokeAnObject() throws Exception {
        String id = Objects.id("indicator");
        accepted(tashkent.one(ours(id, "a.example.com", V1, Tlp.GREEN)));
        refused(
                Code.WRONG_OWNER,
                "/created_by_ref",
                tashkent.oneFrom("budapest", ofBudapest(id, "b.example.com", V2, Tlp.GREEN)));
        String revoking = indicator(id, budapest.identity, "a.example.com", V2, Tlp.GREEN)
                .replace("\"name\"", "\"revoked\":true,\"name\"");
        refused(Code.WRONG_OWNER, "/created_by_ref", tashkent.oneFrom("budapest", signed(budapest, revoking)));
        assertTrue(shown(SEOUL, id).contains("a.example.com"));
        assertTrue(evidence() > 0, "both objects are kept");
        assertEquals(2, tashkent.intake.counts().contestedIds());
        accepted(tashkent.one(ours(id, "a2.example.com", V2, Tlp.GREEN)));
        assertTrue(shown(BUDAPEST, id).contains("a2.example.com"));
    }

    @Test
    void createdAndCreatorNeverChange() throws Exception {
        String id = Objects.id("indicator");
        accepted(tashkent.one(ours(id, "a.example.com", V1, Tlp.GREEN)));
        refused(
                Code.WRONG_OWNER,
                "/created",
                tashkent.one(ours(id, "a.example.com", V2, Tlp.GREEN)
                        .replace("\"created\":\"" + V1, "\"created\":\"2026-10-01T00:00:00.000Z")));
        refused(
                Code.WRONG_OWNER,
                "/created_by_ref",
                tashkent.one(indicator(id, Objects.id("identity"), "b.example.com", V2, Tlp.GREEN)));
        refused(Code.WRONG_OWNER, "/created_by_ref", tashkent.one(indicator(id, null, "b.example.com", V2, Tlp.GREEN)));
    }

    @Test
    void aVersionFromTheFutureIsRefused() throws Exception {
        String id = Objects.id("indicator");
        refused(
                Code.POLICY,
                "/modified",
                tashkent.oneFrom("budapest", ofBudapest(id, "a.example.com", "2099-01-01T00:00:00.000Z", Tlp.GREEN)));
        refused(
                Code.POLICY,
                "/modified",
                tashkent.one(ours(Objects.id("indicator"), "a.example.com", "2026-11-23T00:00:00.000Z", Tlp.GREEN)));
        accepted(tashkent.one(ours(Objects.id("indicator"), "a.example.com", "2026-11-22T08:30:00.000Z", Tlp.GREEN)));
    }

    @Test
    void anObjectVouchedForStaysWithItsVoucher() throws Exception {
        String id = Objects.id("indicator");
        String author = Objects.id("identity");
        accepted(tashkent.one(indicator(id, author, "a.example.com", V1, Tlp.GREEN)));
        budapest.one(indicator(id, author, "b.example.com", V2, Tlp.GREEN));
        List<Outcome> outcomes = tashkent.byPartner("budapest", budapest.published());
        refused(Code.WRONG_OWNER, "", outcomes.getLast());
        assertTrue(shown(SEOUL, id).contains("a.example.com"));
        accepted(tashkent.one(indicator(id, author, "a2.example.com", V2, Tlp.GREEN)));
    }

    @Test
    void anUnsignedObjectStaysWithThePartnerThatSentIt() throws Exception {
        String id = Objects.id("indicator");
        String author = Objects.id("identity");
        tashkent.partners.replace(List.of(
                new PartnerSettings(
                        "budapest",
                        false,
                        java.time.Duration.ofSeconds(1),
                        false,
                        true,
                        Agreement.DEFAULT,
                        Optional.empty()),
                new PartnerSettings(
                        "seoul",
                        false,
                        java.time.Duration.ofSeconds(1),
                        false,
                        true,
                        Agreement.DEFAULT,
                        Optional.empty())));
        accepted(tashkent.oneFrom("budapest", indicator(id, author, "a.example.com", V1, Tlp.GREEN)));
        refused(Code.WRONG_OWNER, "", tashkent.oneFrom("seoul", indicator(id, author, "b.example.com", V2, Tlp.GREEN)));
        accepted(tashkent.oneFrom("budapest", indicator(id, author, "a2.example.com", V2, Tlp.GREEN)));
    }

    @Test
    void theOwnerWhomTheFirstVersionNamesIsNotShutOut() throws Exception {
        TestCentre moscow = new TestCentre("moscow", folder.resolve("moscow"));
        try (moscow) {
            String id = Objects.id("indicator");
            budapest.one(indicator(id, moscow.identity, "b.example.com", V3, Tlp.GREEN));
            accepted(tashkent.byPartner("budapest", budapest.published()).getLast());
            tashkent.trusts(moscow, "producer");
            List<IdConflict> conflicts = new CopyOnWriteArrayList<>();
            tashkent.intake.onIdConflict(conflicts::add);
            String own = signed(moscow, indicator(id, moscow.identity, "m.example.com", V1, Tlp.GREEN));
            accepted(tashkent.oneFrom("moscow", own));
            assertTrue(shown(SEOUL, id).contains("m.example.com"));
            assertTrue(shown(ANALYST, id).contains("m.example.com"));
            accepted(tashkent.oneFrom(
                    "moscow", signed(moscow, indicator(id, moscow.identity, "m2.example.com", V2, Tlp.GREEN))));
            assertTrue(shown(SEOUL, id).contains("m2.example.com"));
            tashkent.intake.close(); // finishes what is kept after the answer
            assertTrue(evidence() > 0);
            assertEquals(
                    List.of(IdConflict.Outcome.TAKES_PRECEDENCE),
                    conflicts.stream().map(IdConflict::outcome).toList());
            assertEquals("budapest", conflicts.getFirst().ownerCentre());
            assertEquals("moscow", conflicts.getFirst().submitter());
        }
    }

    @Test
    void theIdentityOfACentreIsItsOwn() throws Exception {
        String identity =
                "{\"type\":\"identity\",\"spec_version\":\"2.1\",\"id\":\"%s\",\"created_by_ref\":\"%s\",\"created\":\""
                        + V1 + "\",\"modified\":\"" + V1 + "\",\"name\":\"somebody\"}";
        refused(
                Code.WRONG_OWNER,
                "/id",
                tashkent.oneFrom(
                        "budapest", signed(budapest, identity.formatted(tashkent.identity, budapest.identity))));
        refused(
                Code.WRONG_OWNER,
                "/id",
                tashkent.oneFrom("budapest", signed(budapest, identity.formatted(seoul.identity, budapest.identity))));
        Outcome byWriter = tashkent.intake
                .take(TestCentre.offered(identity.formatted(tashkent.identity, tashkent.identity)), WRITER)
                .getFirst();
        refused(Code.NOT_AUTHORISED, "/id", byWriter);
        accepted(tashkent.one(identity.formatted(tashkent.identity, tashkent.identity)));
        accepted(tashkent.oneFrom(
                "budapest", signed(budapest, identity.formatted(budapest.identity, budapest.identity))));
    }

    @Test
    void aHiddenObjectCannotBeAskedFor() throws Exception {
        String hidden = Objects.id("indicator");
        accepted(tashkent.one(ours(hidden, "secret.example.com", V2, Tlp.RED)));
        for (String id : List.of(hidden, Objects.id("indicator"))) {
            accepted(tashkent.oneFrom("budapest", ofBudapest(id, "probe.example.com", V1, Tlp.GREEN)));
            accepted(tashkent.oneFrom("budapest", ofBudapest(id, "probe2.example.com", V3, Tlp.GREEN)));
            refused(
                    Code.OLD_VERSION,
                    "/modified",
                    tashkent.oneFrom("budapest", ofBudapest(id, "probe3.example.com", V2, Tlp.GREEN)));
            assertTrue(shown(BUDAPEST, id).contains("probe2.example.com"), "what it sent itself is there for it");
            assertTrue(
                    shown(SEOUL, id).contains("probe2.example.com"), "and for others who may not see the hidden one");
        }
        assertTrue(shown(ANALYST, hidden).contains("secret.example.com"));
        assertEquals(1, tashkent.release.versions(ANALYST, hidden).size());
        accepted(tashkent.one(ours(hidden, "secret2.example.com", V3, Tlp.GREEN)));
        assertTrue(shown(SEOUL, hidden).contains("secret2.example.com"), "from now on they see whose it is");
        assertEquals(
                List.of(hidden),
                tashkent.release.page(SEOUL, PageFilter.ofObject(hidden, Versions.LAST), 0, 10).entries().stream()
                        .map(entry -> entry.facts().id())
                        .toList());
    }

    @Test
    void anAccountThatMayNotSeeAnObjectDoesNotReplaceIt() throws Exception {
        String hidden = Objects.id("indicator");
        accepted(tashkent.one(ours(hidden, "secret.example.com", V2, Tlp.RED)));
        for (String id : List.of(hidden, Objects.id("indicator"))) {
            for (String modified : List.of(V1, V3)) {
                accepted(tashkent.intake
                        .take(TestCentre.offered(ours(id, "w.example.com", modified, Tlp.GREEN)), WRITER)
                        .getFirst());
            }
        }
        assertTrue(shown(ANALYST, hidden).contains("secret.example.com"));
        assertEquals(
                Tlp.RED,
                tashkent.release.latest(ANALYST, hidden).orElseThrow().release().tlp());
    }

    @Test
    void aNarrowedObjectIsGoneAsAWhole() throws Exception {
        String id = Objects.id("indicator");
        accepted(tashkent.one(ours(id, "a.example.com", V1, Tlp.GREEN)));
        accepted(tashkent.one(ours(id, "a.example.com", V2, Tlp.GREEN)));
        accepted(tashkent.one(ours(id, "a.example.com", V3, Tlp.RED)));
        assertEquals(List.of(), tashkent.release.versions(BUDAPEST, id));
        for (Versions versions : List.of(Versions.ALL, Versions.LAST, Versions.FIRST)) {
            assertEquals(
                    List.of(),
                    tashkent.release
                            .page(BUDAPEST, PageFilter.ofObject(id, versions), 0, 10)
                            .entries());
        }
        assertEquals(3, tashkent.release.versions(ANALYST, id).size());
    }

    @Test
    void narrowingByReferenceTakesOlderVersionsAlong() throws Exception {
        String id = Objects.id("report");
        String malware = Objects.id("malware");
        String report = Objects.report(id, tashkent.identity, Objects.id("indicator"));
        accepted(tashkent.one(report));
        accepted(tashkent.one(report.replace("\"modified\":\"" + V1, "\"modified\":\"" + V2)
                .replaceAll("indicator--[^\"]+\"\\]", malware + "\"]")));
        accepted(tashkent.one(Objects.malware(malware, tashkent.identity, Tlp.RED)));
        assertEquals(List.of(), tashkent.release.versions(BUDAPEST, id));
    }

    @Test
    void editionsOfAnObservableByOthersAreKeptApart() throws Exception {
        String sco =
                "{\"type\":\"domain-name\",\"spec_version\":\"2.1\",\"id\":\"domain-name--bedb4899-d24b-5401-bc86-8f6b4cc18ec7\","
                        + "\"value\":\"example.com\"%s}";
        String red = sco.formatted(
                ",\"object_marking_refs\":[\"" + uz.koprik.indicators.policy.Markings.id(Tlp.RED) + "\"]");
        String id = "domain-name--bedb4899-d24b-5401-bc86-8f6b4cc18ec7";
        accepted(tashkent.one(red));
        budapest.one(sco.formatted(""));
        tashkent.byPartner("budapest", budapest.published()).forEach(StatementsTest::accepted);
        assertEquals(
                Tlp.RED,
                tashkent.release.latest(ANALYST, id).orElseThrow().release().tlp());
        assertFalse(shown(BUDAPEST, id).isEmpty());
        accepted(tashkent.one(sco.formatted(",\"defanged\":false")));
        assertEquals(
                Tlp.RED,
                tashkent.release.latest(ANALYST, id).orElseThrow().release().tlp(),
                "an edition without marking widens nothing");
    }

    @Test
    void anObservableThatIsMarkedLaterNarrowsWhatRefersToIt() throws Exception {
        String id = "domain-name--bedb4899-d24b-5401-bc86-8f6b4cc18ec7";
        String sco =
                "{\"type\":\"domain-name\",\"spec_version\":\"2.1\",\"id\":\"" + id + "\",\"value\":\"example.com\"%s}";
        String report = Objects.id("report");
        accepted(tashkent.one(sco.formatted("")));
        accepted(tashkent.one(Objects.report(report, tashkent.identity, id)));
        assertFalse(shown(BUDAPEST, report).isEmpty());
        accepted(tashkent.one(sco.formatted(
                ",\"object_marking_refs\":[\"" + uz.koprik.indicators.policy.Markings.id(Tlp.RED) + "\"]")));
        assertEquals("", shown(BUDAPEST, report));
    }

    @Test
    void aReferenceToSomethingHiddenTellsNothing() throws Exception {
        String hidden = Objects.id("malware");
        accepted(tashkent.one(Objects.malware(hidden, tashkent.identity, Tlp.RED)));
        for (String ref : List.of(hidden, Objects.id("malware"))) {
            String report = Objects.id("report");
            accepted(tashkent.oneFrom("budapest", signed(budapest, Objects.report(report, budapest.identity, ref))));
            assertFalse(shown(BUDAPEST, report).isEmpty());
            String byWriter = Objects.id("report");
            accepted(tashkent.intake
                    .take(TestCentre.offered(Objects.report(byWriter, tashkent.identity, ref)), WRITER)
                    .getFirst());
            assertTrue(tashkent.release
                    .latest(new Recipient.Client("sensor", Tlp.GREEN), byWriter)
                    .isPresent());
        }
        String later = Objects.id("malware");
        String report = Objects.id("report");
        accepted(tashkent.oneFrom("budapest", signed(budapest, Objects.report(report, budapest.identity, later))));
        accepted(tashkent.one(Objects.malware(later, tashkent.identity, Tlp.RED)));
        assertFalse(shown(BUDAPEST, report).isEmpty(), "also when the hidden one comes later");
        String known = Objects.id("report");
        accepted(tashkent.one(Objects.report(known, tashkent.identity, hidden)));
        assertEquals("", shown(BUDAPEST, known), "who knows of it narrows");
    }

    @Test
    void whatWillBeRefusedNarrowsNothing() throws Exception {
        String id = Objects.id("malware");
        String report = Objects.id("report");
        accepted(tashkent.one(Objects.malware(id, tashkent.identity, Tlp.GREEN)));
        accepted(tashkent.one(Objects.report(report, tashkent.identity, id)));
        refused(
                Code.WRONG_OWNER,
                "/created_by_ref",
                tashkent.oneFrom("budapest", signed(budapest, Objects.malware(id, budapest.identity, Tlp.RED))));
        assertFalse(shown(SEOUL, report).isEmpty());
    }

    @Test
    void aRelayPassesOnAHiddenObjectWithoutLearningOfIt() throws Exception {
        String id = Objects.id("indicator");
        String early = signed(seoul, indicator(id, seoul.identity, "s.example.com", V1, Tlp.GREEN));
        accepted(tashkent.oneFrom("seoul", signed(seoul, indicator(id, seoul.identity, "s.example.com", V2, Tlp.RED))));
        Outcome outcome = tashkent.oneFrom("budapest", early);
        accepted(outcome);
        assertEquals(outcome.status(), tashkent.oneFrom("budapest", early).status());
        assertEquals("", shown(BUDAPEST, id), "its creator has narrowed it");
        assertEquals(1, tashkent.release.versions(ANALYST, id).size());
        accepted(tashkent.oneFrom(
                "budapest", signed(seoul, indicator(id, seoul.identity, "s3.example.com", V3, Tlp.GREEN))));
        assertTrue(shown(BUDAPEST, id).contains("s3.example.com"));
    }

    @Test
    void onlyTheSourceOfTruthWithdraws() throws Exception {
        String relayed = Objects.id("indicator");
        String own = Objects.id("indicator");
        String imported = Objects.id("indicator");
        accepted(tashkent.oneFrom(
                "budapest", signed(seoul, indicator(relayed, seoul.identity, "s.example.com", V1, Tlp.GREEN))));
        accepted(tashkent.oneFrom("budapest", ofBudapest(own, "b.example.com", V1, Tlp.GREEN)));
        accepted(tashkent.intake
                .take(
                        TestCentre.offered(indicator(imported, Objects.id("identity"), "i.example.com", V1, Tlp.GREEN)),
                        WRITER)
                .getFirst());
        String back = Objects.id("indicator");
        accepted(tashkent.oneFrom(
                "budapest", signed(tashkent, indicator(back, tashkent.identity, "t.example.com", V1, Tlp.GREEN))));
        assertTrue(tashkent.intake.mayWithdraw(
                tashkent.store.latest(back).orElseThrow().facts(), new Source.Account("anna", true)));
        Source partner = new Source.Partner("budapest");
        assertFalse(tashkent.intake.mayWithdraw(
                tashkent.store.latest(relayed).orElseThrow().facts(), partner));
        assertTrue(tashkent.intake.mayWithdraw(
                tashkent.store.latest(relayed).orElseThrow().facts(), new Source.Partner("seoul")));
        assertTrue(tashkent.intake.mayWithdraw(
                tashkent.store.latest(own).orElseThrow().facts(), partner));
        assertFalse(tashkent.intake.mayWithdraw(
                tashkent.store.latest(imported).orElseThrow().facts(), WRITER));
        assertTrue(tashkent.intake.mayWithdraw(
                tashkent.store.latest(imported).orElseThrow().facts(), new Source.Account("anna", true)));
    }

    @Test
    void aWordForARefusedObjectIsRefusedWithIt() throws Exception {
        String id = Objects.id("indicator");
        budapest.one(indicator(id, Objects.id("identity"), "b.example.com", V1, Tlp.GREEN));
        String[] published = budapest.published();
        String broken =
                published[1].replace("\"pattern_type\":\"stix\"", "\"pattern_type\":\"stix\",\"confidence\":101");
        List<Outcome> outcomes = tashkent.byPartner("budapest", published[0], broken);
        assertEquals(
                List.of(Status.REFUSED, Status.REFUSED),
                outcomes.stream().map(Outcome::status).toList());
        assertEquals(0, tashkent.store.status().entries());
    }

    /**
     * The journal of a centre as commit 5d9bb6f wrote it, with an object that Budapest took over and revoked, one that
     * was narrowed, one that was withdrawn, an observable with its countersignature, and a report under a public id.
     */
    private static LuceneStore early(Path folder) throws Exception {
        Path journal = Files.createDirectories(folder.resolve("early/journal"));
        try (InputStream bytes = StatementsTest.class.getResourceAsStream("format-1.journal")) {
            Files.copy(bytes, journal.resolve("00000000.journal"));
        }
        return LuceneStore.open(folder.resolve("early"));
    }

    @Test
    void anAccountThatIsNoMemberChangesNothingOfMembers() throws Exception {
        String id = Objects.id("indicator");
        String own = Objects.id("indicator");
        accepted(tashkent.one(ours(id, "a.example.com", V1, Tlp.GREEN)));
        String revoking = ours(id, "a.example.com", V2, Tlp.GREEN).replace("\"name\"", "\"revoked\":true,\"name\"");
        refused(
                Code.NOT_AUTHORISED,
                "/id",
                tashkent.intake.take(TestCentre.offered(revoking), WRITER).getFirst());
        accepted(tashkent.intake
                .take(TestCentre.offered(ours(own, "w.example.com", V1, Tlp.GREEN)), WRITER)
                .getFirst());
        accepted(tashkent.intake
                .take(TestCentre.offered(ours(own, "w2.example.com", V2, Tlp.GREEN)), WRITER)
                .getFirst());
        accepted(tashkent.one(ours(own, "a3.example.com", V3, Tlp.GREEN)));
    }

    @Test
    void nobodyVouchesForAnImportThatIsRefused() throws Exception {
        String id = Objects.id("indicator");
        accepted(tashkent.one(ours(id, "a.example.com", V1, Tlp.GREEN)));
        long entries = tashkent.store.status().entries();
        refused(
                Code.WRONG_OWNER,
                "/created_by_ref",
                tashkent.one(indicator(id, Objects.id("identity"), "b.example.com", V2, Tlp.GREEN)));
        assertEquals(entries, tashkent.store.status().entries());
    }

    @Test
    void takeoversOfEarlierGatewaysAreFound() throws Exception {
        try (LuceneStore store = early(folder)) {
            Takeovers.Takeover found = new Takeovers(store).find().getFirst();
            assertEquals(1, new Takeovers(store).find().size());
            assertEquals(
                    "indicator--aaaaaaaa-0001-4000-8000-000000000001",
                    found.first().facts().id());
            assertEquals("/created_by_ref", found.differs());
            assertEquals(2, found.taken().seq());
            assertTrue(found.taken().facts().revoked());
            assertEquals("budapest", found.taken().facts().speaker());
        }
    }

    @Test
    void anEarlyJournalIsServedByTheRulesOfToday() throws Exception {
        try (LuceneStore store = early(folder)) {
            assertEquals(8, store.status().entries());
            Release release = new Release(
                    store, new Correlator(store, () -> WarningLists.NONE, () -> TestCentre.NOW), () -> TestCentre.NOW);
            assertEquals(
                    List.of(),
                    release.versions(BUDAPEST, "indicator--aaaaaaaa-0002-4000-8000-000000000002"),
                    "narrowed as a whole");
            assertEquals(
                    2,
                    release.versions(ANALYST, "indicator--aaaaaaaa-0002-4000-8000-000000000002")
                            .size());
            assertEquals(Optional.empty(), release.latest(ANALYST, "indicator--aaaaaaaa-0003-4000-8000-000000000003"));
            assertTrue(release.latest(BUDAPEST, "domain-name--bedb4899-d24b-5401-bc86-8f6b4cc18ec7")
                    .isPresent());
            assertEquals(
                    Set.of("domain:example.com"),
                    release.carriers(ANALYST, List.of("domain:example.com"), 1).keySet());
        }
    }
}
