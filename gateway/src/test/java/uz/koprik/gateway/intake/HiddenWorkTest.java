package uz.koprik.gateway.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.auth.Source;
import uz.koprik.gateway.cases.CaseService;
import uz.koprik.gateway.cases.ExpectedVersion;
import uz.koprik.gateway.release.PageFilter;
import uz.koprik.indicators.cases.CaseFile;
import uz.koprik.indicators.cases.CaseFiles;
import uz.koprik.indicators.cases.CaseObservable;
import uz.koprik.indicators.correlation.CorrelationSubject;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.policy.CaseUnits;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.store.Search;
import uz.koprik.indicators.store.SearchQuery;
import uz.koprik.indicators.store.Versions;

/**
 * For somebody who may not know of a case file the centre does the same work whether it is there or not - nothing
 * hidden is fetched, read or counted before the answer - so that the time of an answer discloses no more than the
 * answer.
 */
class HiddenWorkTest {

    private static final CaseUnits ALPHA = CaseUnits.of(Set.of("Alpha"));
    private static final Caller ANNA = new Caller(
            "anna",
            Set.of(Right.CASES, Right.WRITE, Right.ANALYSE),
            new Recipient.Analyst("anna", ALPHA),
            new Source.Account("anna", true, ALPHA));
    private static final Caller ADMIN = new Caller(
            "admin",
            Set.of(Right.CASES, Right.WRITE, Right.ANALYSE),
            new Recipient.Analyst("admin"),
            new Source.Account("admin", true));
    private static final Source FEED = new Source.Account("feed", false);

    private final StoreTrace trace = new StoreTrace();
    private TestCentre centre;
    private CaseService book;

    private final Map<String, String> ids = new LinkedHashMap<>();

    /** The number, a value and a word of a case; of what is there, and of what is not. */
    private record Secret(String number, String value, String word) {}

    private static final Secret HIDDEN = new Secret("H-1", "domain:hidden.example.com", "zqhidden");
    private static final Secret NOTHING = new Secret("N-1", "domain:nothing.example.com", "zqnothing");

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        centre = new TestCentre("tashkent", folder, "", trace::around);
        book = centre.cases();
        book.open(ANNA, file("A-1", "Alpha", "domain:own.example.com", "Own"));
        ids.put(
                HIDDEN.number,
                book.open(ADMIN, file(HIDDEN.number, "Beta", HIDDEN.value, HIDDEN.word))
                        .object()
                        .id());
        ids.put(NOTHING.number, "incident--" + UUID.randomUUID());
        // As cases of earlier versions are, whose ids can be guessed.
        byte[] old = CaseFiles.write(
                        file(old(HIDDEN), "Beta", "domain:old.example.com", "Old"),
                        centre.identity,
                        Optional.empty(),
                        centre.keys.signer(),
                        centre.now)
                .bytes();
        assertEquals(
                Outcome.Status.ACCEPTED,
                centre.intake
                        .take(List.of(new IncomingObject(old, "case")), ADMIN.source())
                        .getFirst()
                        .status());
        for (int i = 0; i < 20; i++) {
            int at = i;
            book.change(ADMIN, HIDDEN.number, ExpectedVersion.ANY, file -> file.draft()
                    .summary("Version " + at)
                    .build());
        }
    }

    @AfterEach
    void close() {
        centre.close();
    }

    private CaseFile file(String number, String unit, String value, String title) {
        return CaseFile.open(number, title, "phishing", centre.now)
                .withObservables(List.of(new CaseObservable(Observable.ofKey(value), CaseObservable.Role.SUSPECT, "")))
                .draft()
                .ownerUnit(unit)
                .build();
    }

    private interface Asking {
        void about(Secret secret) throws Exception;
    }

    private String id(Secret secret) {
        return ids.get(secret.number);
    }

    private static String old(Secret secret) {
        return secret.number + "-old";
    }

    /** By which anybody could ask for a case of an earlier version. */
    private String guessed(Secret secret) {
        return CaseFiles.id(centre.identity, old(secret));
    }

    private Map<String, Asking> everything(Caller who) {
        Map<String, Asking> all = new LinkedHashMap<>();
        all.put("a case by its number", secret -> book.find(who, secret.number));
        all.put("a case by its id", secret -> book.find(who, id(secret)));
        all.put("its history", secret -> book.history(who, secret.number));
        all.put(
                "a change",
                secret -> book.change(who, secret.number, ExpectedVersion.ANY, file -> file.draft()
                        .summary("Changed")
                        .build()));
        all.put("an object", secret -> centre.release.latest(who.recipient(), id(secret)));
        all.put("its versions", secret -> centre.release.versions(who.recipient(), id(secret)));
        all.put(
                "a TAXII page of it",
                secret -> centre.release.page(who.recipient(), PageFilter.ofObject(id(secret), Versions.ALL), 0, 10));
        all.put("what refers to it", secret -> centre.release.referrers(who.recipient(), id(secret)));
        all.put("carriers of a value", secret -> centre.release.carriers(who.recipient(), List.of(secret.value), 5));
        all.put(
                "matches of a value",
                secret -> centre.release.correlate(
                        who.recipient(),
                        List.of(CorrelationSubject.ofValues("", List.of(Observable.ofKey(secret.value))))));
        all.put("words", secret -> centre.release.search(who.recipient(), search(secret.word, Set.of())));
        all.put(
                "a value searched for",
                secret -> centre.release.search(who.recipient(), search("", Set.of(secret.value))));
        all.put("an old case by its number", secret -> book.find(who, old(secret)));
        all.put("an old case by a guessed id", secret -> book.find(who, guessed(secret)));
        all.put(
                "a note about a guessed id",
                secret -> centre.intake.take(TestCentre.offered(note(guessed(secret))), who.source()));
        all.put(
                "an incident of a guessed id",
                secret -> centre.intake.take(TestCentre.offered(incident(guessed(secret))), who.source()));
        all.put(
                "an indicator of a value",
                secret -> centre.intake.take(
                        TestCentre.offered(
                                Objects.indicator(Objects.id("indicator"), centre.identity, secret.value.substring(7))),
                        who.source()));
        return all;
    }

    private static String note(String about) {
        return "{\"type\":\"note\",\"spec_version\":\"2.1\",\"id\":\"note--" + UUID.randomUUID()
                + "\",\"created\":\"2026-11-01T00:00:00.000Z\","
                + "\"modified\":\"2026-11-01T00:00:00.000Z\",\"content\":\"c\",\"object_refs\":[\"" + about + "\"]}";
    }

    private static String incident(String id) {
        return "{\"type\":\"incident\",\"spec_version\":\"2.1\",\"id\":\"" + id
                + "\",\"name\":\"x\",\"created\":\"2020-01-01T00:00:00.000Z\","
                + "\"modified\":\"2020-01-01T00:00:00.000Z\"}";
    }

    private static SearchQuery search(String words, Set<String> values) {
        return SearchQuery.builder()
                .words(words)
                .observables(values)
                .facets(EnumSet.allOf(Search.Facet.class))
                .limit(10)
                .build();
    }

    @Test
    void theSameWorkWhetherItIsThereOrNot() throws Exception {
        for (Map.Entry<String, Asking> asked : everything(ANNA).entrySet()) {
            List<String> hidden = trace.of(() -> asked.getValue().about(HIDDEN));
            assertEquals(trace.of(() -> asked.getValue().about(NOTHING)), hidden, asked.getKey());
        }
    }

    @Test
    void whoBringsAnObjectDoesNotWaitForWhatIsFoundInCases() throws Exception {
        for (Source source : List.of(ANNA.source(), FEED)) {
            List<String> hidden = trace.of(() -> bring(source, HIDDEN));
            assertEquals(trace.of(() -> bring(source, NOTHING)), hidden, source.name());
        }
        assertNotEquals(trace.of(() -> bring(ADMIN.source(), NOTHING)), trace.of(() -> bring(ADMIN.source(), HIDDEN)));
    }

    private void bring(Source source, Secret secret) throws Exception {
        Outcome outcome = centre.intake
                .take(
                        TestCentre.offered(Objects.indicator(
                                Objects.id("indicator"), centre.identity, "login." + secret.value.substring(7))),
                        source)
                .getFirst();
        assertEquals(Outcome.Status.ACCEPTED, outcome.status());
    }

    @Test
    void aNumberThatIsTakenElsewhereIsAsGoodAsAnyOther() throws Exception {
        List<String> taken =
                trace.of(() -> book.open(ANNA, file(HIDDEN.number, "Alpha", "domain:a.example.com", "New")));
        assertEquals(
                trace.of(() -> book.open(ANNA, file(NOTHING.number, "Alpha", "domain:b.example.com", "New"))), taken);
    }

    /** Shows that a trace sees hidden work. */
    @Test
    void whoMaySeeItIsGivenMore() throws Exception {
        for (String what : List.of(
                "a case by its number",
                "its history",
                "an object",
                "carriers of a value",
                "words",
                "matches of a value")) {
            Asking asking = everything(ADMIN).get(what);
            assertNotEquals(trace.of(() -> asking.about(NOTHING)), trace.of(() -> asking.about(HIDDEN)), what);
        }
    }
}
