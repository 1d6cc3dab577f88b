package uz.koprik.gateway.casematch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.gateway.auth.Source;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.concurrent.CentreThreads;
import uz.koprik.gateway.concurrent.LowWatermark;
import uz.koprik.gateway.intake.Objects;
import uz.koprik.gateway.intake.Outcome;
import uz.koprik.gateway.intake.TestCentre;
import uz.koprik.indicators.cases.CaseFile;
import uz.koprik.indicators.cases.CaseFiles;
import uz.koprik.indicators.cases.CaseObservable;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.policy.CaseUnits;

/** Every match of a case file and another object is reported. */
class CaseMatchMonitorTest {

    private TestCentre centre;
    private CaseMatchMonitor watch;
    private final List<CaseMatch> told = new CopyOnWriteArrayList<>();

    @BeforeEach
    void open(@TempDir Path folder) {
        centre = new TestCentre("tashkent", folder);
    }

    @AfterEach
    void close() {
        if (watch != null) {
            watch.close();
        }
        centre.close();
    }

    private void watch(long covered) {
        watch(covered, (some, place) -> told.addAll(some));
    }

    private void watch(long covered, CaseMatchMonitor.Sink sink) {
        centre.correlator.patterns().filled();
        watch = new CaseMatchMonitor(
                centre.store, centre.correlator, centre.intake, covered, sink, CentreThreads.unwatched());
        watch.start();
    }

    private void settled() throws Exception {
        RunningCentre.await(() -> watch.covered() == centre.store.status().lastSeq());
    }

    private Outcome report(String domain) throws Exception {
        return centre.one(Objects.indicator(Objects.id("indicator"), centre.identity, domain));
    }

    private void openCase(String number, String... domains) throws Exception {
        List<CaseObservable> values = new ArrayList<>();
        for (String domain : domains) {
            values.add(new CaseObservable(Observable.ofKey("domain:" + domain), CaseObservable.Role.SUSPECT, ""));
        }
        CaseFile file = CaseFile.open(number, "Title of " + number, "phishing", centre.now)
                .withObservables(values);
        byte[] bytes = CaseFiles.write(file, centre.identity, Optional.empty(), centre.keys.signer(), centre.now)
                .bytes();
        assertEquals(
                Outcome.Status.ACCEPTED,
                centre.one(new String(bytes, StandardCharsets.UTF_8)).status());
    }

    private Set<String> sentences() {
        Set<String> all = new TreeSet<>();
        told.forEach(one -> all.add(one.caseNumber() + " " + (one.caseIsNews() ? "<" : ">") + " "
                + one.object().type() + " " + one.caseValue().value() + " " + one.rule() + " "
                + one.objectValue().value()));
        return all;
    }

    @Test
    void tellsWhicheverSideComesLast() throws Exception {
        watch(0);
        report("example.com");
        openCase("A-1", "example.com", "other.example.net");
        report("login.other.example.net");
        settled();
        assertEquals(
                Set.of(
                        "A-1 < indicator example.com SAME_VALUE example.com",
                        "A-1 > indicator other.example.net SUBDOMAIN login.other.example.net"),
                sentences());
        assertEquals("phishing", told.getFirst().crimeType());
        assertEquals(1, told.getFirst().certainty().producers());
        assertEquals("Title of A-1", told.getFirst().caseTitle());
    }

    @Test
    void tellsThePeopleOfBothCasesWhenTwoCasesMeet() throws Exception {
        watch(0);
        openCase("A-1", "example.com");
        openCase("A-2", "example.com");
        settled();
        assertEquals(
                Set.of(
                        "A-2 < incident example.com SAME_VALUE example.com",
                        "A-1 > incident example.com SAME_VALUE example.com"),
                sentences());
    }

    @Test
    void findsACaseAmongManyFresherCarriersOfAValue() throws Exception {
        watch(0);
        openCase("A-1", "example.com");
        for (int i = 0; i < 8; i++) {
            report("example.com");
        }
        settled();
        long objects = told.stream().map(one -> one.object().id()).distinct().count();
        told.forEach(
                one -> assertEquals(1, one.certainty().producers(), "judged by the indicators, not only by the case"));
        assertEquals(8, objects, "each of the eight, though only the five freshest carriers are told in a match");
    }

    @Test
    void neitherCasesNorOtherObjectsTakeThePlaceOfTheOthers() throws Exception {
        watch(0);
        Set<String> reported = new TreeSet<>();
        for (int i = 0; i < 3; i++) {
            reported.add(report("example.com").id());
        }
        for (int i = 1; i <= 8; i++) {
            openCase("A-" + i, "example.com");
        }
        settled();
        assertEquals(
                reported,
                told.stream()
                        .filter(one -> one.caseNumber().equals("A-8")
                                && one.object().type().equals("indicator"))
                        .map(one -> one.object().id())
                        .collect(Collectors.toCollection(TreeSet::new)),
                "as if there were no other cases");
        assertEquals(
                7,
                told.stream()
                        .filter(one -> one.caseNumber().equals("A-8")
                                && one.object().type().equals("incident"))
                        .map(one -> one.object().id())
                        .distinct()
                        .count());
        String last = report("example.com").id();
        settled();
        assertEquals(
                8,
                told.stream()
                        .filter(one -> one.object().id().equals(last))
                        .map(CaseMatch::caseNumber)
                        .distinct()
                        .count());
    }

    @Test
    void whatIsLeftForLaterIsToldAsWell() throws Exception {
        watch(0);
        openCase("A-1", "example.com");
        settled();
        Source anna = new Source.Account("anna", true, CaseUnits.of(Set.of("Unit 1")));
        Outcome outcome = centre.intake
                .take(
                        TestCentre.offered(
                                Objects.indicator(Objects.id("indicator"), centre.identity, "login.example.com")),
                        anna)
                .getFirst();
        assertEquals(List.of(), outcome.matches().all(), "nobody is told who may not know of all");
        settled();
        assertEquals(Set.of("A-1 > indicator example.com SUBDOMAIN login.example.com"), sentences());
    }

    @Test
    void looksForItselfForWhatNobodyHandedOver() throws Exception {
        openCase("A-1", "example.com");
        long before = centre.store.status().lastSeq();
        report("example.com");
        report("nothing.example.org");
        watch(before);
        settled();
        assertEquals(Set.of("A-1 > indicator example.com SAME_VALUE example.com"), sentences());
    }

    @Test
    void tellsAgainWhatCouldNotBeKept() throws Exception {
        List<CaseMatch> kept = new CopyOnWriteArrayList<>();
        watch(0, (some, place) -> {
            if (!some.isEmpty() && told.isEmpty()) {
                told.addAll(some);
                throw new IOException("the disk is full");
            }
            kept.addAll(some);
        });
        openCase("A-1", "example.com");
        settled(); // else both are looked at together, each finds the other, and the log of alerts has to know that it
        // is one
        report("example.com");
        settled();
        assertEquals(1, kept.size());
        assertEquals(told.getFirst().object().id(), kept.getFirst().object().id());
    }

    @Test
    void neitherWarningListsNorRevokedObjectsRaiseAnything() throws Exception {
        watch(0);
        openCase("A-1", "example.com");
        String id = Objects.id("indicator");
        String revoked = Objects.indicator(id, centre.identity, "example.com")
                .replace("\"pattern\"", "\"revoked\":true,\"pattern\"");
        assertEquals(Outcome.Status.ACCEPTED, centre.one(revoked).status());
        settled();
        assertEquals(Set.of(), sentences());
    }

    @Test
    void placesSeenBecomeStretches() {
        SequenceRanges seen = new SequenceRanges();
        List.of(1L, 2L, 5L, 4L, 9L, 4L).forEach(seen::add);
        assertEquals(2, seen.end(1));
        assertEquals(2, seen.end(3));
        assertEquals(4, seen.next(2));
        assertEquals(5, seen.end(4));
        seen.add(3);
        assertEquals(5, seen.end(1));
        seen.forget(5);
        assertEquals(0, seen.end(1));
        assertEquals(9, seen.next(5));
        assertEquals(9, seen.end(9));
    }

    @Test
    void nothingIsSettledBehindABatchOnItsWay() {
        LowWatermark lowWatermark = new LowWatermark();
        lowWatermark.reached(10);
        long first = lowWatermark.begin();
        lowWatermark.reached(20);
        long second = lowWatermark.begin();
        assertEquals(10, lowWatermark.settled(30));
        lowWatermark.end(first);
        assertEquals(20, lowWatermark.settled(30));
        lowWatermark.end(second);
        assertEquals(30, lowWatermark.settled(30));
    }
}
