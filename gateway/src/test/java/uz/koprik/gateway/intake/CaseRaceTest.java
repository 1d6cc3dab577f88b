package uz.koprik.gateway.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.auth.Source;
import uz.koprik.gateway.cases.CaseConflict;
import uz.koprik.gateway.cases.CaseService;
import uz.koprik.gateway.cases.CaseVersionConflict;
import uz.koprik.gateway.cases.ExpectedVersion;
import uz.koprik.gateway.partners.LocalCentre;
import uz.koprik.indicators.cases.CaseFile;
import uz.koprik.indicators.cases.CaseNote;
import uz.koprik.indicators.policy.CaseUnits;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.stix.values.StixTimestamp;

/**
 * Several people change one case at the same time, at several gateways: each gateway has case books of its own, which
 * know of one another by nothing but the store.
 */
class CaseRaceTest {

    private static final int AT_ONCE = 6;
    private static final int ROUNDS = 15;
    private static final Caller ANNA = new Caller(
            "anna", Set.of(Right.CASES, Right.WRITE), new Recipient.Analyst("anna"), new Source.Account("anna", true));

    @TempDir
    Path temp;

    private TestCentre centre;
    private List<CaseService> books;
    private ExecutorService people;

    @BeforeEach
    void open() {
        centre = new TestCentre("tashkent", temp);
        LocalCentre localCentre = centre.localCentre();
        Instant begin = centre.now;
        centre.now = begin.plusSeconds(3600); // of the intake: nothing that ticks here is in its future
        AtomicLong ticks = new AtomicLong();
        books = Stream.generate(() -> new CaseService(
                        localCentre, centre.intake, centre.release, () -> begin.plusMillis(ticks.incrementAndGet())))
                .limit(2)
                .toList();
        people = Executors.newFixedThreadPool(AT_ONCE);
    }

    @AfterEach
    void close() {
        people.close();
        centre.close();
    }

    private interface Work {
        String at(CaseService book, int person) throws Exception;
    }

    /** What each got; they begin together, half of them at either gateway. */
    private List<String> together(Work work) throws Exception {
        CyclicBarrier begin = new CyclicBarrier(AT_ONCE);
        List<Callable<String>> all = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            int person = i;
            all.add(() -> {
                begin.await();
                try {
                    return work.at(books.get(person % 2), person);
                } catch (CaseVersionConflict moved) {
                    return "moved";
                } catch (CaseConflict conflict) {
                    return conflict.getMessage();
                }
            });
        }
        List<String> got = new ArrayList<>();
        for (Future<String> one : people.invokeAll(all)) {
            got.add(one.get());
        }
        return got;
    }

    private CaseFile file(String number) throws Exception {
        return books.getFirst().find(ANNA, number).orElseThrow().file();
    }

    private static CaseNote note(String text) {
        return new CaseNote("anna", Instant.EPOCH, text);
    }

    @Test
    void oneOfThoseWhoMeanTheSameVersionWins() throws Exception {
        books.getFirst().open(ANNA, CaseFile.open("R-1", "A case", "phishing", Instant.EPOCH));
        for (int round = 0; round < ROUNDS; round++) {
            int before = round;
            String version = StixTimestamp.format(
                    books.getFirst().find(ANNA, "R-1").orElseThrow().object().version());
            List<String> got = together((book, person) -> {
                String text = before + " by " + person;
                book.change(ANNA, "R-1", ExpectedVersion.of(version), file -> file.draft()
                        .note(note(text))
                        .build());
                return text;
            });
            List<String> won = got.stream().filter(one -> !one.equals("moved")).toList();
            assertEquals(1, won.size(), got::toString);
            assertEquals(round + 1, file("R-1").notes().size());
            assertEquals(won.getFirst(), file("R-1").notes().getLast().text());
        }
    }

    @Test
    void noneIsLostOfThoseWhoDoNotMind() throws Exception {
        noneIsLost(ANNA);
    }

    /** Their cases have ids that do not follow from the number. */
    @Test
    void norOfThoseWhoWorkForOneUnit() throws Exception {
        CaseUnits units = CaseUnits.of(Set.of("Unit 1"));
        noneIsLost(new Caller(
                "bek",
                Set.of(Right.CASES, Right.WRITE),
                new Recipient.Analyst("bek", units),
                new Source.Account("bek", true, units)));
    }

    private void noneIsLost(Caller caller) throws Exception {
        books.getFirst().open(caller, CaseFile.open("R-2", "A case", "phishing", Instant.EPOCH));
        Set<String> texts = new TreeSet<>();
        for (int round = 0; round < ROUNDS; round++) {
            int before = round;
            texts.addAll(together((book, person) -> {
                String text = before + " by " + person;
                return book.change(caller, "R-2", ExpectedVersion.ANY, file -> file.draft()
                                .note(note(text))
                                .build())
                        .map(done -> text)
                        .orElse("there is no such case, for a moment");
            }));
        }
        assertEquals(ROUNDS * AT_ONCE, texts.size());
        Set<String> kept = new TreeSet<>();
        file("R-2").notes().forEach(note -> kept.add(note.text()));
        assertEquals(texts, kept);
        assertEquals(
                1 + ROUNDS * AT_ONCE, books.getLast().history(caller, "R-2").size());
    }

    @Test
    void aNumberIsTakenOnce() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String number = "N-" + round;
            List<String> got = together((book, person) -> {
                book.open(ANNA, CaseFile.open(number, "By " + person, "phishing", Instant.EPOCH));
                return "By " + person;
            });
            List<String> won = got.stream().filter(one -> one.startsWith("By ")).toList();
            assertEquals(List.of(file(number).title()), won, got::toString);
            assertTrue(
                    got.stream().filter(one -> !one.startsWith("By ")).allMatch(one -> one.contains("already")),
                    got::toString);
            assertEquals(1, books.getFirst().history(ANNA, number).size());
            assertEquals(Optional.empty(), file(number).closed());
        }
    }
}
