package uz.koprik.gateway.alerts.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.gateway.alerts.IdConflicts;
import uz.koprik.gateway.casematch.CaseMatch;
import uz.koprik.gateway.config.FileStateStore;
import uz.koprik.gateway.intake.IdConflict;
import uz.koprik.indicators.correlation.Certainty;
import uz.koprik.indicators.correlation.ValueMatch;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.store.Provenance;

/** The log of alerts: each once, none lost, also when the process is killed. */
public final class AlertLogTest {

    public static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");

    @TempDir
    Path folder;

    public static CaseMatch encounter(String number, int object) {
        Provenance provenance = new Provenance(
                Provenance.Origin.SIGNED,
                List.of(new Provenance.Signer("budapest", "kid", "Ed25519", NOW.getEpochSecond())));
        ValueMatch.Met met = new ValueMatch.Met(
                "indicator--" + object,
                "indicator",
                "Ünnepi \"title\"\n" + object,
                Optional.empty(),
                Optional.of("identity--b"),
                "budapest",
                1_700_000_000_000_000L + object,
                provenance,
                false,
                Optional.empty());
        return new CaseMatch(
                "incident--" + number,
                number,
                "A case",
                "phishing",
                false,
                met,
                Observable.ofKey("domain:example.com"),
                Observable.ofKey("domain:w" + object + ".example.com"),
                ValueMatch.Rule.SUBDOMAIN,
                3,
                new Certainty(45, 1, 1_700_000_000_000_000L));
    }

    private static List<CaseMatch> encounters(int from, int to) {
        List<CaseMatch> all = new ArrayList<>();
        for (int i = from; i < to; i++) {
            all.add(encounter("A-1", i));
        }
        return all;
    }

    private static List<Long> seqs(List<Alert> alerts) {
        return alerts.stream().map(Alert::seq).toList();
    }

    private List<Path> files() throws Exception {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.toString().endsWith(".log")).sorted().toList();
        }
    }

    /**
     * The fixture was written before alerts had kinds: six matches in files of at most 2000 bytes, of which the first
     * file was dropped.
     */
    @Test
    void aLogOfAnEarlierVersionGoesOn() throws Exception {
        for (String name : List.of("alerts-0000000000000000004.log", "given")) {
            try (InputStream fixture = AlertLogTest.class.getResourceAsStream("log-before-kinds/" + name)) {
                Files.copy(fixture, folder.resolve(name));
            }
        }
        List<CaseMatch> old = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            old.add(encounter("A-" + i % 2, i));
        }
        try (FileAlertLog log = FileAlertLog.open(folder)) {
            assertEquals(List.of(4L, 6L, 10L), List.of(log.first(), log.last(), log.covered()));
            List<Alert> all = log.after(0, 10);
            for (int i = 3; i < 6; i++) {
                assertEquals(Alert.of(i + 1, old.get(i), NOW.plusSeconds(3600L * i)), all.get(i - 3));
            }
            assertEquals(0, log.append(old, 11, NOW), "neither those that are kept nor those that were dropped");
            IdConflicts conflicts = IdConflicts.open(
                    new FileStateStore(folder.resolve("state")), () -> {}, false, Duration.ofDays(1), () -> NOW);
            conflicts.report(new IdConflict(
                    IdConflict.Kind.CONTESTED_ID,
                    "indicator--1",
                    7,
                    Optional.empty(),
                    "tashkent",
                    "budapest",
                    true,
                    Optional.empty(),
                    IdConflict.Outcome.REFUSED,
                    "",
                    0,
                    false,
                    Optional.empty()));
            conflicts.emit(log);
        }
        try (FileAlertLog log = FileAlertLog.open(folder)) {
            assertEquals(List.of(4L, 5L, 6L, 7L), seqs(log.after(0, 10)));
            assertEquals(11, log.covered());
        }
    }

    @Test
    void givesEachAlertOnceAlsoAfterARestart() throws Exception {
        try (FileAlertLog log = FileAlertLog.open(folder)) {
            assertEquals(-1, log.covered());
            assertEquals(2, log.append(encounters(0, 2), 5, NOW));
            assertEquals(1, log.append(encounters(1, 3), 7, NOW));
            assertEquals(0, log.append(encounters(0, 3), 9, NOW));
        }
        try (FileAlertLog log = FileAlertLog.open(folder)) {
            assertEquals(9, log.covered());
            assertEquals(0, log.append(encounters(0, 3), 9, NOW));
            assertEquals(1, log.append(encounters(2, 4), 10, NOW));
            List<Alert> all = log.after(0, 10);
            assertEquals(List.of(1L, 2L, 3L, 4L), seqs(all));
            assertEquals(Alert.of(3, encounter("A-1", 2), NOW), all.get(2), "every part of it is kept");
        }
    }

    @Test
    void aStoreThatWasRestoredToAnEarlierStateIsLookedAtFromThere() throws Exception {
        try (FileAlertLog log = FileAlertLog.open(folder)) {
            log.append(List.of(), 500, NOW);
        }
        try (FileAlertLog log = FileAlertLog.open(folder)) {
            log.append(List.of(), 100, NOW);
            log.append(List.of(), 110, NOW);
        }
        try (FileAlertLog log = FileAlertLog.open(folder)) {
            assertEquals(110, log.covered());
        }
    }

    @Test
    void theSameEncounterSeenFromBothSidesIsOneAlert() {
        CaseMatch one = encounter("A-1", 1);
        CaseMatch other = new CaseMatch(
                one.caseId(),
                one.caseNumber(),
                "Renamed",
                "other",
                true,
                one.object(),
                one.caseValue(),
                one.objectValue(),
                one.rule(),
                99,
                Certainty.NONE);
        assertEquals(Alert.id(one), Alert.id(other));
        assertTrue(!Alert.id(one).equals(Alert.id(encounter("A-2", 1))));
    }

    @Test
    void cutsOffALastLineThatIsNotWholeAndGivesItsAlertAgain() throws Exception {
        try (FileAlertLog log = FileAlertLog.open(folder)) {
            log.append(encounters(0, 1), 4, NOW);
        }
        long whole = Files.size(files().getFirst());
        try (FileAlertLog log = FileAlertLog.open(folder)) {
            log.append(encounters(1, 2), 8, NOW);
        }
        byte[] text = Files.readAllBytes(files().getFirst());
        // Every place at which a hard stop can have cut what was written last.
        for (int length = (int) whole + 1; length < text.length; length += 61) {
            Path copy = Files.createTempDirectory(folder, "cut");
            Files.write(copy.resolve(files().getFirst().getFileName()), java.util.Arrays.copyOf(text, length));
            try (FileAlertLog log = FileAlertLog.open(copy)) {
                assertEquals(4, log.covered(), "what lies behind is looked at again");
                log.append(encounters(0, 2), 8, NOW);
                assertEquals(List.of(1L, 2L), seqs(log.after(0, 10)));
                assertEquals(8, log.covered());
            }
        }
    }

    @Test
    void passesOverADamagedLine() throws Exception {
        try (FileAlertLog log = FileAlertLog.open(folder)) {
            log.append(encounters(0, 3), 4, NOW);
        }
        String text = Files.readString(files().getFirst(), StandardCharsets.UTF_8);
        Files.writeString(files().getFirst(), text.replace("w1.example.com", "w9.example.com"));
        try (FileAlertLog log = FileAlertLog.open(folder)) {
            assertEquals(List.of(1L, 3L), seqs(log.after(0, 10)));
            assertEquals(1, log.append(encounters(0, 3), 4, NOW));
            assertEquals(List.of(1L, 3L, 4L), seqs(log.after(0, 10)));
        }
    }

    @Test
    void readsForwardsAndBackwardsAcrossFiles() throws Exception {
        try (FileAlertLog log = FileAlertLog.open(folder, 2000)) {
            for (int i = 0; i < 20; i++) {
                log.append(encounters(i, i + 1), i, NOW);
            }
            assertTrue(files().size() > 3, () -> "several files");
            List<Long> forwards = new ArrayList<>();
            for (List<Alert> some = log.after(0, 3); !some.isEmpty(); some = log.after(forwards.getLast(), 3)) {
                assertTrue(some.size() <= 3);
                forwards.addAll(seqs(some));
            }
            List<Long> backwards = new ArrayList<>();
            for (List<Alert> some = before(log, Long.MAX_VALUE);
                    !some.isEmpty();
                    some = before(log, backwards.getLast())) {
                backwards.addAll(seqs(some));
            }
            assertEquals(20, forwards.size());
            assertEquals(forwards, backwards.reversed());
            assertEquals(List.of(), log.after(20, 3));
            List<AlertSegment.Place> odd = log.placesAfter(3, 100).stream()
                    .filter(place -> place.seq() % 2 == 1 || place.seq() > 15)
                    .toList();
            assertEquals(List.of(5L, 7L, 9L, 11L, 13L, 15L, 16L, 17L, 18L, 19L, 20L), seqs(log.read(odd.reversed())));
            log.read(odd)
                    .forEach(alert -> assertTrue(odd.contains(new AlertSegment.Place(alert.seq(), alert.subject()))));
            assertEquals(List.of(), log.read(List.of()));
        }
        try (FileAlertLog log = FileAlertLog.open(folder, 2000)) {
            assertEquals(20, log.read(log.placesAfter(0, 100)).size(), "also after a restart");
        }
    }

    private static List<Alert> before(AlertLog log, long seq) throws Exception {
        return log.read(log.placesBefore(seq, 3)).reversed();
    }

    @Test
    void neverGivesAgainWhatIsNoLongerKept() throws Exception {
        try (FileAlertLog log = FileAlertLog.open(folder, 2000)) {
            for (int i = 0; i < 20; i++) {
                log.append(encounters(i, i + 1), i, NOW.plusSeconds(i));
            }
            log.prune(NOW, 9000);
            long first = log.first();
            assertTrue(first > 1 && first < 20, () -> "first kept: " + first);
            log.prune(NOW.plusSeconds(3600), Long.MAX_VALUE);
            assertTrue(log.first() > first, () -> first + " " + log.first());
            assertEquals(1, files().size());
            assertEquals(List.of(), log.after(0, 10), "nothing that is too old is kept");
            assertEquals(0, log.append(encounters(0, 20), 20, NOW));
        }
        // Half of a fingerprint, as a hard stop leaves it.
        Files.write(folder.resolve("given"), new byte[] {1, 2, 3}, StandardOpenOption.APPEND);
        try (FileAlertLog log = FileAlertLog.open(folder, 2000)) {
            assertEquals(0, log.append(encounters(0, 20), 20, NOW));
            assertEquals(1, log.append(encounters(20, 21), 21, NOW));
            assertEquals(21, log.last());
        }
    }
}
