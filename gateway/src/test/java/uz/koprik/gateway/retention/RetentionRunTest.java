package uz.koprik.gateway.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.auth.Source;
import uz.koprik.gateway.cases.CaseService;
import uz.koprik.gateway.config.FileStateStore;
import uz.koprik.gateway.intake.TestCentre;
import uz.koprik.gateway.release.ErasedObjectTerms;
import uz.koprik.indicators.cases.CaseFile;
import uz.koprik.indicators.cases.CaseObservable;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.store.Drafts;
import uz.koprik.indicators.store.InternalStore;

/** What a run asks of the store, and what becomes of that which changes while it judges. */
class RetentionRunTest {

    /** Something to do before a call. */
    private interface Step {
        void run() throws Exception;
    }

    private TestCentre centre;
    private FileStateStore papers;
    private LegalHolds holds;
    private RetentionEraser eraser;
    private CaseService cases;
    private final Map<String, Integer> calls = new TreeMap<>();
    private Optional<Step> afterReading = Optional.empty();

    @BeforeEach
    void open(@TempDir Path home) {
        centre = new TestCentre("tashkent", home, "", this::counted);
        papers = new FileStateStore(home.resolve("state"));
        holds = new LegalHolds(papers, () -> centre.now);
        RetentionPapers record = new RetentionPapers(papers);
        eraser = new RetentionEraser(
                centre.store,
                RetentionPlannerTest.planner(centre, papers, holds, RetentionPlannerTest.CONFIG),
                record,
                new ErasedObjectTerms(papers),
                new ErasedContents(centre.store, record, home.resolve("erased-here.json"), List.of(), () -> centre.now),
                () -> centre.now);
        cases = centre.cases();
    }

    @AfterEach
    void close() {
        centre.close();
    }

    private InternalStore counted(InternalStore store) {
        return (InternalStore) Proxy.newProxyInstance(
                InternalStore.class.getClassLoader(), new Class<?>[] {InternalStore.class}, (proxy, method, args) -> {
                    calls.merge(method.getName(), 1, Integer::sum);
                    Object answer;
                    try {
                        answer = method.invoke(store, args);
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                    if (method.getName().equals("statements") && afterReading.isPresent()) {
                        Step step = afterReading.get();
                        afterReading = Optional.empty();
                        step.run();
                    }
                    return answer;
                });
    }

    /** Indicators that carry the value {@code domain:hostN.example.com}. */
    private void stored(Tlp tlp, int first, int last) throws Exception {
        centre.store.append(IntStream.rangeClosed(first, last)
                .mapToObj(n -> Drafts.indicator(n)
                        .tlp(tlp)
                        .carries("domain:host" + n + ".example.com")
                        .draft())
                .toList());
    }

    private String held() throws Exception {
        Caller anna = new Caller(
                "anna", Set.of(Right.values()), new Recipient.Analyst("anna"), new Source.Account("anna", true));
        return cases.open(
                        anna,
                        CaseFile.open("T-1", "A case", "phishing", centre.now)
                                .withObservables(List.of(new CaseObservable(
                                        Observable.ofKey("domain:host1.example.com"), Optional.empty(), ""))))
                .object()
                .id();
    }

    private RetentionRun run() throws Exception {
        centre.now = centre.now.plus(Duration.ofDays(31));
        calls.clear();
        return eraser.run("");
    }

    private List<ErasureBatch> batches() throws Exception {
        RetentionPapers record = new RetentionPapers(papers);
        return record.batches(record.batchIds());
    }

    @Test
    void aRunErasesAllThatIsDueByOneCallAndNotesItInPapersOfABoundedSize() throws Exception {
        stored(Tlp.AMBER, 1, RetentionPapers.MOST + 1);
        stored(Tlp.GREEN, 50_001, 50_003);
        assertEquals(RetentionPapers.MOST + 4, run().total());
        assertEquals(1, calls.get("erase"), () -> "the store writes its files anew once: " + calls);
        assertEquals(
                List.of(1, 3, RetentionPapers.MOST),
                batches().stream().map(batch -> batch.objects().size()).sorted().toList());
        assertTrue(batches().stream().allMatch(ErasureBatch::done));
        assertEquals(
                "TLP:GREEN is kept for 30 days (retention.green)",
                centre.store
                        .erasure(Drafts.indicator(50_001).id())
                        .orElseThrow()
                        .rule());
        assertEquals(0, run().total(), "once");
    }

    @Test
    void holdsAreReadOncePerRunAndManyObjectsAreComparedAtOnce() throws Exception {
        stored(Tlp.AMBER, 1, 2000);
        holds.hold(held(), "T-1", "order 7", "anna");
        RetentionRun run = run();
        assertEquals(1999, run.total());
        assertEquals(1, run.held());
        assertTrue(calls.get("carriers") <= 5, () -> "not one question an object: " + calls);
        assertTrue(calls.get("statements") <= 10, () -> "each object is judged once: " + calls);
    }

    @Test
    void aHoldThatIsSetWhileTheRunJudgesStopsIt() throws Exception {
        stored(Tlp.AMBER, 1, 3);
        String id = held();
        afterReading = Optional.of(() -> holds.hold(id, "T-1", "order 7", "anna"));
        RetentionRun run = run();
        assertEquals(2, run.total());
        assertEquals(1, run.held());
        assertTrue(centre.store.latest(Drafts.indicator(1).id()).isPresent());
    }

    @Test
    void whatComesAgainWhileTheRunJudgesStays() throws Exception {
        stored(Tlp.AMBER, 1, 3);
        String again = Drafts.indicator(2).id();
        afterReading = Optional.of(() -> centre.store.append(
                List.of(Drafts.indicator(2).tlp(Tlp.AMBER).version(2).draft())));
        assertEquals(2, run().total());
        assertEquals(2, centre.store.latest(again).orElseThrow().facts().version());
        assertEquals(0, centre.store.erasures(List.of(again)).size());
    }
}
