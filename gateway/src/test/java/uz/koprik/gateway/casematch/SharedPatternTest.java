package uz.koprik.gateway.casematch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.auth.Source;
import uz.koprik.gateway.cases.CaseService;
import uz.koprik.gateway.cases.ExpectedVersion;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.concurrent.CentreThreads;
import uz.koprik.gateway.intake.Intake;
import uz.koprik.gateway.intake.Objects;
import uz.koprik.gateway.intake.Outcome;
import uz.koprik.gateway.intake.TestCentre;
import uz.koprik.indicators.cases.CaseFile;
import uz.koprik.indicators.cases.CaseObservable;
import uz.koprik.indicators.cases.CaseSharing;
import uz.koprik.indicators.correlation.Correlator;
import uz.koprik.indicators.correlation.ValueMatch;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.policy.Tlp;

/** A pattern and what is shared of a case match, in both orders of arrival. */
class SharedPatternTest {

    private static final Observable ADDRESS = Observable.ofKey("ipv4:198.51.100.7");
    private static final Observable DOMAIN = Observable.ofKey("domain:login.example.com");
    private static final Caller ANNA = new Caller(
            "anna", Set.of(Right.CASES, Right.WRITE), new Recipient.Analyst("anna"), new Source.Account("anna", true));

    private TestCentre centre;
    private CaseService book;
    private CaseMatchMonitor watch;
    private final List<CaseMatch> told = new CopyOnWriteArrayList<>();

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        centre = new TestCentre("tashkent", folder);
        centre.correlator.patterns().filled();
        book = centre.cases();
        watch = new CaseMatchMonitor(
                centre.store,
                centre.correlator,
                centre.intake,
                0,
                (some, place) -> told.addAll(some),
                CentreThreads.unwatched());
        watch.start();
        book.open(
                ANNA,
                CaseFile.open("A-1", "A case", "phishing", centre.now)
                        .withObservables(List.of(
                                new CaseObservable(ADDRESS, CaseObservable.Role.SUSPECT, ""),
                                new CaseObservable(DOMAIN, CaseObservable.Role.SUSPECT, ""))));
    }

    @AfterEach
    void close() {
        watch.close();
        centre.close();
    }

    private String report(String pattern) throws Exception {
        Outcome outcome = centre.one(
                Objects.indicator(Objects.id("indicator"), centre.identity, pattern, "2026-11-01T00:00:00.000Z", null));
        assertEquals(Outcome.Status.ACCEPTED, outcome.status());
        return outcome.id();
    }

    private void share(boolean indicators, boolean observedData, Observable... values) throws Exception {
        shareOf("A-1", indicators, observedData, values);
    }

    private void shareOf(String number, boolean indicators, boolean observedData, Observable... values)
            throws Exception {
        centre.now = centre.now.plusSeconds(60);
        CaseService.StoredCase now = book.share(
                        ANNA,
                        number,
                        ExpectedVersion.ANY,
                        file -> new CaseSharing.ShareRequest(
                                Tlp.GREEN, List.of(values), false, indicators, observedData, "Lure", "Calls", false),
                        false)
                .orElseThrow()
                .now();
        assertEquals(number, now.file().number());
    }

    private void settled() throws Exception {
        RunningCentre.await(() -> watch.covered() == centre.store.status().lastSeq());
    }

    private List<String> byPattern() throws Exception {
        settled();
        return told.stream()
                .filter(one -> one.rule() == ValueMatch.Rule.PATTERN)
                .map(one -> one.caseNumber() + " " + one.object().id() + " "
                        + one.objectValue().key())
                .distinct()
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[ipv4-addr:value = '198.51.100.7' AND ipv4-addr:value LIKE '198.%']",
                "[ipv4-addr:value ISSUBSET '198.51.100.0/24']",
                "[ipv4-addr:value LIKE '198.51.%']",
                "[ipv4-addr:value = '198.51.100.7'] START t'2026-10-31T00:00:00Z' STOP t'2026-12-02T00:00:00Z'",
            })
    void inBothOrders(String pattern) throws Exception {
        String before = report(pattern);
        share(false, true, ADDRESS, DOMAIN);
        assertEquals(List.of("A-1 " + before + " ipv4:198.51.100.7"), byPattern());
        String after = report(pattern);
        assertEquals(
                Set.of("A-1 " + before + " ipv4:198.51.100.7", "A-1 " + after + " ipv4:198.51.100.7"),
                Set.copyOf(byPattern()));
    }

    @Test
    void aPatternThatIsNotReadYetWhenAPartIsShared() throws Exception {
        String before = report("[ipv4-addr:value LIKE '198.51.%']");
        settled();
        // As after a start: what is stored is not in memory yet.
        Correlator fresh = new Correlator(centre.store, () -> centre.warnings, () -> centre.now);
        watch.close();
        try (Intake intake = centre.intake(fresh)) {
            watch = new CaseMatchMonitor(
                    centre.store,
                    fresh,
                    intake,
                    watch.covered(),
                    (some, place) -> told.addAll(some),
                    CentreThreads.unwatched());
            watch.start();
            book = new CaseService(centre.localCentre(), intake, centre.release, () -> centre.now);
            share(false, true, ADDRESS);
            PatternFollower follower =
                    PatternFollower.start(centre.store, fresh, Duration.ofMillis(20), CentreThreads.unwatched());
            try {
                assertEquals(List.of("A-1 " + before + " ipv4:198.51.100.7"), byPattern());
            } finally {
                follower.close();
            }
        }
    }

    @Test
    void amongManyThatSatisfyAPattern() throws Exception {
        share(false, true, ADDRESS);
        for (int i = 2; i < 10; i++) {
            String number = "A-" + i;
            book.open(
                    ANNA,
                    CaseFile.open(number, "Another", "phishing", centre.now)
                            .withObservables(List.of(new CaseObservable(ADDRESS, CaseObservable.Role.SUSPECT, ""))));
            shareOf(number, false, true, ADDRESS);
        }
        String after = report("[ipv4-addr:value LIKE '198.51.%']");
        Set<String> expected = new TreeSet<>();
        for (int i = 1; i < 10; i++) {
            expected.add("A-" + i + " " + after + " ipv4:198.51.100.7");
        }
        assertEquals(
                expected,
                new TreeSet<>(byPattern()),
                "though only the five freshest observed data are told in a match");
    }
}
