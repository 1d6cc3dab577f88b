package uz.koprik.gateway.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.gateway.agreements.AgreementBook;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.auth.Source;
import uz.koprik.gateway.cases.CaseService;
import uz.koprik.gateway.config.FileStateStore;
import uz.koprik.gateway.config.RetentionConfig;
import uz.koprik.gateway.intake.Objects;
import uz.koprik.gateway.intake.TestCentre;
import uz.koprik.indicators.cases.CaseFile;
import uz.koprik.indicators.cases.CaseNote;
import uz.koprik.indicators.cases.CaseObservable;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.store.Versions;

/** What is due in a real store, and what legal holds protect. */
class RetentionPlannerTest {

    /** By which GREEN is kept for 30 days, and AMBER for 10. */
    static final RetentionConfig CONFIG = new RetentionConfig("03:30", 0, 30, 10, 0, 0, 0);

    private TestCentre centre;
    private LegalHolds holds;
    private CaseService cases;
    private RetentionPlanner planner;
    private final Caller anna =
            new Caller("anna", Set.of(Right.values()), new Recipient.Analyst("anna"), new Source.Account("anna", true));

    @BeforeEach
    void open(@TempDir Path home) {
        centre = new TestCentre("tashkent", home);
        FileStateStore papers = new FileStateStore(home.resolve("state"));
        holds = new LegalHolds(papers, () -> centre.now);
        planner = planner(centre, papers, holds, CONFIG);
        cases = centre.cases();
    }

    static RetentionPlanner planner(
            TestCentre centre, FileStateStore papers, LegalHolds holds, RetentionConfig config) {
        return new RetentionPlanner(
                centre.store,
                centre.correlator,
                new AgreementBook(papers, centre.trust::list, () -> centre.now),
                holds,
                centre.trust,
                config,
                () -> centre.now);
    }

    @AfterEach
    void close() {
        centre.close();
    }

    private String indicator(Tlp tlp, String domain) throws Exception {
        String id = Objects.id("indicator");
        centre.one(Objects.indicator(
                id, centre.identity, "[domain-name:value = '" + domain + "']", "2026-11-01T00:00:00.000Z", tlp));
        return id;
    }

    private Set<String> due(int days) throws Exception {
        return planner.due(centre.now.plus(Duration.ofDays(days))).stream()
                .filter(one -> one.hold().isEmpty())
                .map(DueObject::id)
                .collect(Collectors.toSet());
    }

    @Test
    void findsWhatIsDueByItsMarkingAndNothingElse() throws Exception {
        String green = indicator(Tlp.GREEN, "green.example.com");
        String amber = indicator(Tlp.AMBER, "amber.example.com");
        indicator(Tlp.CLEAR, "clear.example.com");
        assertEquals(Set.of(), due(9));
        assertEquals(Set.of(amber), due(11));
        assertEquals(Set.of(amber, green), due(31));
        List<DueObject> all = planner.due(centre.now.plus(Duration.ofDays(31)));
        assertEquals(List.of(amber, green), all.stream().map(DueObject::id).toList(), "the earliest first");
        assertEquals("indicator", all.getFirst().type());
    }

    @Test
    void aNewVersionBeginsTheTimeAnewAndOthersAreJudgedByTheLast() throws Exception {
        String id = indicator(Tlp.AMBER, "amber.example.com");
        centre.one(Objects.indicator(
                id, centre.identity, "[domain-name:value = 'b.example.com']", "2026-11-02T00:00:00.000Z", Tlp.GREEN));
        assertEquals(Set.of(), due(11), "the version in force is green");
        assertEquals(Set.of(id), due(31));
    }

    @Test
    void aHoldProtectsWhatTheCaseIsLinkedToNamesAndMatches() throws Exception {
        String linked = indicator(Tlp.AMBER, "linked.example.com");
        String noted = indicator(Tlp.AMBER, "noted.example.com");
        String same = indicator(Tlp.AMBER, "same.example.com");
        String below = indicator(Tlp.AMBER, "below.parent.example.com");
        String named = indicator(Tlp.AMBER, "named.example.com");
        String report = Objects.id("report");
        centre.one(Objects.report(report, centre.identity, named)
                .replace(
                        "\"spec_version\"",
                        "\"object_marking_refs\":[\"" + Markings.id(Tlp.AMBER) + "\"],\"spec_version\""));
        String other = indicator(Tlp.AMBER, "other.example.com");
        CaseService.StoredCase stored = cases.open(
                anna,
                CaseFile.open("T-1", "A case", "phishing", centre.now)
                        .withObservables(List.of(
                                new CaseObservable(Observable.ofKey("domain:same.example.com"), Optional.empty(), ""),
                                new CaseObservable(
                                        Observable.ofKey("domain:parent.example.com"), Optional.empty(), "")))
                        .draft()
                        .incidents(List.of(linked, report))
                        .note(new CaseNote("anna", centre.now, "see " + noted + "."))
                        .build());
        Set<String> all = Set.of(linked, noted, same, below, named, report, other);
        assertEquals(all, due(31), "nothing holds yet");

        holds.hold(stored.object().id(), "T-1", "court order 7", "anna");
        assertEquals(Set.of(other), due(31));
        DueObject stopped = planner.due(centre.now.plus(Duration.ofDays(31))).stream()
                .filter(one -> one.id().equals(same))
                .findFirst()
                .orElseThrow();
        assertEquals("T-1", stopped.hold().orElseThrow().number());

        holds.release(stored.object().id(), "closed", "anna");
        assertEquals(all, due(31));
    }

    /** An erasure takes all versions of an object, and so the one that a hold is about. */
    @Test
    void aHoldProtectsAnObjectForAnEarlierOrWithdrawnVersion() throws Exception {
        String earlier = indicator(Tlp.AMBER, "same.example.com");
        centre.one(Objects.indicator(
                earlier,
                centre.identity,
                "[domain-name:value = 'b.example.com']",
                "2026-11-02T00:00:00.000Z",
                Tlp.AMBER));
        String referred = indicator(Tlp.AMBER, "referred.example.com");
        String linked = Objects.id("report");
        centre.one(Objects.report(linked, centre.identity, referred));
        String withdrawn = indicator(Tlp.AMBER, "below.same.example.com");
        String other = indicator(Tlp.AMBER, "other.example.com");
        for (String id : List.of(linked, withdrawn, other)) {
            centre.store.withdraw(id, Versions.ALL, "a mistake", "anna");
        }
        CaseService.StoredCase stored = cases.open(
                anna,
                CaseFile.open("T-1", "A case", "phishing", centre.now)
                        .withObservables(List.of(
                                new CaseObservable(Observable.ofKey("domain:same.example.com"), Optional.empty(), "")))
                        .draft()
                        .note(new CaseNote("anna", centre.now, "see " + linked))
                        .build());
        assertEquals(Set.of(earlier, referred), due(31));
        holds.hold(stored.object().id(), "T-1", "court order 7", "anna");
        assertEquals(Set.of(), due(31));
        List<String> all = List.of(earlier, linked, withdrawn, other);
        assertEquals(
                Set.of(earlier, linked, withdrawn),
                planner.reach()
                        .stops(all, centre.store, centre.store.statements(all))
                        .keySet(),
                "an order is stopped as well");
    }

    @Test
    void caseFilesAndWhatOthersNeedAreNeverDue() throws Exception {
        cases.open(anna, CaseFile.open("T-2", "A case", "phishing", centre.now));
        centre.one("{\"type\":\"marking-definition\",\"spec_version\":\"2.1\",\"id\":\""
                + Objects.id("marking-definition")
                + "\",\"created\":\"2026-11-01T00:00:00.000Z\",\"definition_type\":\"statement\","
                + "\"definition\":{\"statement\":\"Copyright\"},\"object_marking_refs\":[\""
                + Markings.id(Tlp.AMBER) + "\"]}");
        assertTrue(centre.store.status().lastSeq() >= 2, "both are stored");
        assertEquals(Set.of(), due(400));
    }
}
