package uz.koprik.gateway.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.auth.Source;
import uz.koprik.gateway.cases.CaseService;
import uz.koprik.gateway.config.FileStateStore;
import uz.koprik.gateway.config.RetentionConfig;
import uz.koprik.gateway.intake.Objects;
import uz.koprik.gateway.intake.TestCentre;
import uz.koprik.gateway.release.ErasedObjectTerms;
import uz.koprik.indicators.cases.CaseFile;
import uz.koprik.indicators.cases.CaseNote;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.store.ErasureOrder;

/** An erasure that fails in the middle is finished by the next one. */
class InterruptedErasureTest {

    private TestCentre centre;
    private FileStateStore papers;
    private Path here;
    private final List<String> cleaned = new ArrayList<>();
    private boolean fails;

    @BeforeEach
    void open(@TempDir Path home) {
        centre = new TestCentre("tashkent", home);
        papers = new FileStateStore(home.resolve("state"));
        here = home.resolve("state/erased-here.json");
        centre.release.remembering(new ErasedObjectTerms(papers));
    }

    @AfterEach
    void close() {
        centre.close();
    }

    private ErasedContents contents() {
        return new ErasedContents(
                centre.store,
                new RetentionPapers(papers),
                here,
                List.of((ids, digests, at) -> {
                    if (fails) {
                        throw new IOException("no room");
                    }
                    assertFalse(digests.isEmpty(), "the digests of all versions");
                    cleaned.addAll(ids);
                }),
                () -> centre.now);
    }

    private RetentionEraser eraser() {
        RetentionPlanner planner = RetentionPlannerTest.planner(
                centre, papers, new LegalHolds(papers, () -> centre.now), RetentionConfig.NONE);
        return new RetentionEraser(
                centre.store,
                planner,
                new RetentionPapers(papers),
                new ErasedObjectTerms(papers),
                contents(),
                () -> centre.now);
    }

    private String indicator() throws Exception {
        String id = Objects.id("indicator");
        centre.one(Objects.indicator(
                id, centre.identity, "[domain-name:value = 'a.example.com']", "2026-11-01T00:00:00.000Z", Tlp.AMBER));
        return id;
    }

    @Test
    void theNextRunFinishesWhatABatchBegan() throws Exception {
        String id = indicator();
        new RetentionPapers(papers).begin("order: 7", "anna", centre.now, List.of(id)); // then the process ended
        assertTrue(centre.store.latest(id).isPresent());
        eraser().run("");
        assertTrue(centre.store.latest(id).isEmpty());
        assertEquals("order: 7", centre.store.erasure(id).orElseThrow().rule());
        assertEquals(List.of(id), cleaned);
    }

    @Test
    void aHoldThatCameMeanwhileCounts() throws Exception {
        String id = indicator();
        new RetentionPapers(papers).begin("order: 7", "anna", centre.now, List.of(id));
        CaseService.StoredCase stored = centre.cases()
                .open(
                        new Caller(
                                "anna",
                                Set.of(Right.values()),
                                new Recipient.Analyst("anna"),
                                new Source.Account("anna", true)),
                        CaseFile.open("T-1", "A case", "phishing", centre.now)
                                .draft()
                                .note(new CaseNote("anna", centre.now, "see " + id))
                                .build());
        LegalHolds holds = new LegalHolds(papers, () -> centre.now);
        holds.hold(stored.object().id(), "T-1", "order 12", "anna");
        eraser().run("");
        assertTrue(centre.store.latest(id).isPresent());
        holds.release(stored.object().id(), "closed", "anna");
        eraser().run("");
        assertTrue(centre.store.latest(id).isPresent(), "that order is over: who wants it repeats it");
        assertEquals(List.of(), cleaned);
    }

    @Test
    void aVersionThatCameMeanwhileStays() throws Exception {
        String recorded = indicator();
        String begun = indicator();
        new RetentionPapers(papers).begin("order: 7", "anna", centre.now, List.of(recorded, begun));
        centre.store.erase(List.of(new ErasureOrder(List.of(recorded), "order: 7", "anna")));
        centre.now = centre.now.plusSeconds(60);
        for (String id : List.of(recorded, begun)) {
            centre.one(Objects.indicator(
                    id,
                    centre.identity,
                    "[domain-name:value = 'a.example.com']",
                    "2026-11-02T00:00:00.000Z",
                    Tlp.AMBER));
        }
        eraser().run("");
        assertTrue(centre.store.latest(recorded).isPresent());
        assertTrue(centre.store.latest(begun).isPresent());
        assertEquals(List.of(recorded), cleaned, "what the store erased before");
    }

    @Test
    void whatCouldNotBeCleanedIsCleanedLaterAndAgainForAWhile() throws Exception {
        String id = indicator();
        fails = true;
        assertThrows(IOException.class, () -> eraser().order(List.of(id), "order: 7", "anna"));
        fails = false;
        contents().look();
        contents().look();
        assertEquals(List.of(id, id), cleaned, "something may have been on its way");
        centre.now = centre.now.plusSeconds(600);
        contents().look();
        contents().look();
        assertEquals(List.of(id, id, id), cleaned, "then it is done here, also for a new process");
    }

    @Test
    void onlyTheTermsOfTheObjectDecideWhoLearnsOfIt() throws Exception {
        String id = indicator();
        eraser().order(List.of(id), "order: 7", "anna");
        assertTrue(centre.release
                .erasure(new Recipient.Client("client", Tlp.AMBER), id)
                .isPresent());
        assertTrue(centre.release
                .erasure(new Recipient.Client("client", Tlp.GREEN), id)
                .isEmpty());
        assertTrue(centre.release.erasure(new Recipient.Analyst("anna"), id).isPresent());
    }
}
