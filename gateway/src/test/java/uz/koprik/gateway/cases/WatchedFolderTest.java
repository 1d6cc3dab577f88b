package uz.koprik.gateway.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.crypto.algorithm.SignatureAlgorithms;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.crypto.trust.TrustList;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.auth.Source;
import uz.koprik.gateway.intake.Intake;
import uz.koprik.gateway.partners.LiveTrust;
import uz.koprik.gateway.partners.LocalCentre;
import uz.koprik.gateway.partners.PartnersFile;
import uz.koprik.gateway.release.Release;
import uz.koprik.indicators.correlation.Correlator;
import uz.koprik.indicators.observable.text.Recognition;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.policy.UnknownMarking;
import uz.koprik.indicators.stix.KeyedIds;
import uz.koprik.indicators.store.InternalStore;
import uz.koprik.indicators.store.lucene.LuceneStore;
import uz.koprik.indicators.warninglist.WarningLists;

/** A folder of another system's tables, looked at by hand and with a clock of our own: nothing here waits. */
class WatchedFolderTest {

    private static final String TABLE = "number,title,values\nW-1,First,watched.example.com\nW 2,Second,\n";

    @TempDir
    Path home;

    private Instant now = Instant.parse("2026-11-22T08:00:00Z");
    private final InstantSource clock = () -> now;
    private InternalStore store;
    private Intake intake;
    private CaseService book;
    private CaseTables tables;
    private Path folder;
    private Optional<Caller> caller = Optional.of(new Caller(
            "register", Set.of(Right.CASES), new Recipient.Analyst("register"), new Source.Account("register", true)));
    private boolean stopping;

    @BeforeEach
    void start() throws Exception {
        CentreKeys keys = CentreKeys.generate(
                "tashkent", SignatureAlgorithms.ALL.getFirst(), List.of("127.0.0.1"), now.minusSeconds(60));
        String identity = "identity--" + UUID.randomUUID();
        LiveTrust trust = new LiveTrust(
                TrustList.initial(CentreCard.issue("tashkent", "Tashkent", identity, keys, "", now), now));
        store = LuceneStore.open(home.resolve("data"));
        LocalCentre localCentre = new LocalCentre("tashkent", identity, keys.signer(), new KeyedIds(new byte[32]));
        intake = new Intake(
                store,
                localCentre,
                trust,
                new PartnersFile.Live(List.of()),
                new Correlator(store, () -> WarningLists.NONE, clock),
                Tlp.AMBER,
                UnknownMarking.STRICTEST,
                home.resolve("evidence"),
                clock);
        book = new CaseService(
                localCentre,
                intake,
                new Release(store, new Correlator(store, () -> WarningLists.NONE, clock), clock),
                clock);
        tables = new CaseTables(home.resolve("case-mappings"), home.resolve("spool"));
        folder = Files.createDirectory(home.resolve("register"));
    }

    @AfterEach
    void stop() {
        intake.close();
        store.close();
    }

    private WatchedFolder watched() {
        return new WatchedFolder(
                new WatchedFolder.Terms(folder, "", "register", Duration.ofSeconds(5)),
                name -> caller,
                book,
                tables,
                Recognition.PLAIN,
                clock,
                () -> stopping);
    }

    /** Looks, lets the file settle, looks again. */
    private void settle(WatchedFolder watched) {
        watched.look();
        now = now.plusSeconds(5);
        watched.look();
    }

    private int versions(String number) throws Exception {
        return book.history(caller.orElseThrow(), number).size();
    }

    private List<String> files(String place) throws Exception {
        if (!Files.exists(folder.resolve(place))) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder.resolve(place))) {
            return all.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void takesAFileWhenItIsCompleteAndTellsWhatBecameOfIt() throws Exception {
        WatchedFolder watched = watched();
        Path file = Files.writeString(folder.resolve("a.csv"), "number,ti");
        watched.look();
        now = now.plusSeconds(4);
        Files.writeString(file, TABLE);
        watched.look();
        now = now.plusSeconds(4);
        watched.look();
        assertEquals(0, versions("W-1"), "it changed four seconds ago");
        now = now.plusSeconds(1);
        watched.look();
        assertEquals(1, versions("W-1"));
        assertEquals(
                "register", book.history(caller.orElseThrow(), "W-1").getFirst().by());
        assertEquals(List.of(), files("."));
        assertEquals(List.of("a.csv", "a.csv.report.json", "a.csv.report.txt"), files("done"));
        String told = Files.readString(folder.resolve("done/a.csv.report.txt"));
        assertTrue(
                told.startsWith("a.csv: 1 created, 0 updated, 0 unchanged, 1 rows refused\nline 3, column number: "),
                told);
        assertTrue(Files.readString(folder.resolve("done/a.csv.report.json")).contains("\"created\":1"));
    }

    @Test
    void leavesAloneWhatIsStillBeingWritten() throws Exception {
        WatchedFolder watched = watched();
        for (String name : List.of(".hidden.csv", "~$open.xlsx", "b.csv.part", "c.tmp")) {
            Files.writeString(folder.resolve(name), TABLE);
        }
        Files.createSymbolicLink(folder.resolve("link.csv"), Files.writeString(home.resolve("elsewhere.csv"), TABLE));
        settle(watched);
        assertEquals(0, versions("W-1"));
        Files.move(folder.resolve("b.csv.part"), folder.resolve("b.csv"));
        settle(watched);
        assertEquals(1, versions("W-1"));
    }

    @Test
    void movesAwayWhatIsNoTable() throws Exception {
        Files.writeString(folder.resolve("letter.csv"), "Dear all\n");
        settle(watched());
        assertEquals(List.of("letter.csv", "letter.csv.report.json", "letter.csv.report.txt"), files("failed"));
        assertTrue(
                Files.readString(folder.resolve("failed/letter.csv.report.txt")).contains("no column \"number\""));
        assertEquals(List.of(), files("done"));
    }

    @Test
    void theSameNameAgainKeepsBothAndDoublesNothing() throws Exception {
        WatchedFolder watched = watched();
        Files.writeString(folder.resolve("a.csv"), TABLE);
        settle(watched);
        Files.writeString(folder.resolve("a.csv"), TABLE.replace("First", "Second"));
        settle(watched);
        Files.writeString(folder.resolve("a.csv"), TABLE.replace("First", "Second"));
        settle(watched);
        assertEquals(2, versions("W-1"), "the third was like the second");
        assertTrue(
                files("done").containsAll(List.of("a.csv", "a-2.csv", "a-2.csv.report.json", "a-3.csv")),
                files("done")::toString);
    }

    @Test
    void aCrashBeforeTheReportBringsTheTableAgainAndChangesNothing() throws Exception {
        Files.writeString(folder.resolve("a.csv"), TABLE);
        Path blocked = Files.writeString(folder.resolve("done"), "no folder");
        settle(watched());
        assertEquals(1, versions("W-1"), "brought, but the report could not be written");
        assertTrue(Files.exists(folder.resolve("a.csv")), "so it is still there");
        Files.move(blocked, home.resolve("away"));
        settle(watched());
        assertEquals(1, versions("W-1"));
        assertEquals(List.of("a.csv", "a.csv.report.json", "a.csv.report.txt"), files("done"));
    }

    @Test
    void aCrashAfterTheReportOnlyMovesTheFile() throws Exception {
        Files.writeString(folder.resolve("a.csv"), TABLE);
        settle(watched());
        Files.move(folder.resolve("done/a.csv"), folder.resolve("a.csv"), StandardCopyOption.ATOMIC_MOVE);
        String told = Files.readString(folder.resolve("done/a.csv.report.json"));
        settle(watched());
        assertEquals(
                told,
                Files.readString(folder.resolve("done/a.csv.report.json")),
                "the report still tells of the first time");
        assertTrue(Files.exists(folder.resolve("done/a.csv")));
        assertFalse(Files.exists(folder.resolve("a.csv")));
    }

    @Test
    void waitsForItsAccountAndForTheStop() throws Exception {
        Caller allowed = caller.orElseThrow();
        WatchedFolder watched = watched();
        Files.writeString(folder.resolve("a.csv"), TABLE);
        caller = Optional.empty();
        settle(watched);
        caller = Optional.of(new Caller("register", Set.of(Right.WRITE), allowed.recipient(), allowed.source()));
        settle(watched);
        caller = Optional.of(allowed);
        stopping = true;
        settle(watched);
        assertEquals(0, versions("W-1"));
        assertTrue(Files.exists(folder.resolve("a.csv")));
        stopping = false;
        settle(watched);
        assertEquals(1, versions("W-1"));
    }

    @Test
    void aMissingFolderIsNoReasonToStop() throws Exception {
        WatchedFolder watched = watched();
        Files.delete(folder);
        watched.look();
        Files.createDirectory(folder);
        Files.writeString(folder.resolve("a.csv"), TABLE);
        settle(watched);
        assertEquals(1, versions("W-1"));
    }
}
