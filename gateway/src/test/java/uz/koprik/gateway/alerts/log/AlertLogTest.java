package uz.koprik.gateway.alerts.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.gateway.casematch.CaseMatch;
import uz.koprik.gateway.config.FileStateStore;
import uz.koprik.indicators.correlation.Certainty;
import uz.koprik.indicators.correlation.ValueMatch;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.store.Provenance;
import uz.koprik.indicators.store.state.StateStore;

/** The log of alerts in the files of a home. */
public final class AlertLogTest extends AlertLogContract {

    public static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");

    @TempDir
    Path folder;

    @Override
    StateStore empty() {
        return new FileStateStore(folder.resolve("state"));
    }

    public static CaseMatch encounter(String number, int object) {
        Provenance provenance = new Provenance(
                Provenance.Origin.SIGNED,
                List.of(new Provenance.Signer("budapest", "kid", "Ed25519", NOW.getEpochSecond())));
        ValueMatch.MatchedObject met = new ValueMatch.MatchedObject(
                "indicator--" + object,
                "indicator",
                "Ünnepi \"title\"\n" + object,
                Optional.empty(),
                Optional.of("identity--b"),
                "budapest",
                1_700_000_000_000_000L + object,
                provenance,
                false,
                Set.of(),
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

    static List<CaseMatch> encounters(int from, int to) {
        List<CaseMatch> all = new ArrayList<>();
        for (int i = from; i < to; i++) {
            all.add(encounter("A-1", i));
        }
        return all;
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
    void aDamagedOrMissingStateIsMadeAnewFromTheRecords() throws Exception {
        try (AlertLog log = open()) {
            log.append(encounters(0, 1), 3, NOW);
            log.append(encounters(1, 3), 5, NOW);
        }
        Path file = folder.resolve("state").resolve(AlertState.NAME);
        String whole = Files.readString(file);
        for (String damaged : List.of("", whole.substring(9), whole.replace("\"covered\":5", "\"covered\":7"))) {
            Files.writeString(file, damaged, StandardCharsets.UTF_8);
            IOException refused = assertThrows(IOException.class, this::open);
            assertTrue(refused.getMessage().contains("alerts.state is damaged"), refused.getMessage());
            assertTrue(refused.getMessage().contains("restore"), refused.getMessage());
            assertEquals(Optional.of(new AlertPosition(3, -1)), AlertPosition.read(folder.resolve("state")));
            repaired();
        }
        Files.delete(file);
        repaired();
    }

    private void repaired() throws Exception {
        try (LogLines lines = new LogLines()) {
            AlertMigration.prepare(folder.resolve("state"), stateStore, 5);
            assertTrue(lines.all().getFirst().contains("alerts.state was missing or damaged"));
        }
        try (AlertLog log = open()) {
            assertEquals(3, log.covered(), "what the last record is known to hold");
            assertEquals(range(1, 3), seqs(all(log)));
            assertEquals(0, log.append(encounters(0, 3), 5, NOW));
        }
    }

    @Test
    void aStateThatCannotBeMadeAnewStopsTheStart() throws Exception {
        Path file = folder.resolve("state").resolve(AlertState.NAME);
        Files.writeString(file, "{}");
        AlertMigration.prepare(folder.resolve("state"), stateStore, 5);
        assertThrows(IOException.class, this::open);
        Files.delete(file);
        stateStore.replace(AlertBatch.name(1), "", new byte[1]);
        IOException refused =
                assertThrows(IOException.class, () -> AlertMigration.prepare(folder.resolve("state"), stateStore, 5));
        assertTrue(refused.getMessage().contains("alerts.state is missing; restore"), refused.getMessage());
    }

    @Test
    void theEndOfAStoppedCentreIsReadFromItsFiles() throws Exception {
        Path state = folder.resolve("state");
        assertEquals(Optional.empty(), AlertPosition.read(folder));
        assertEquals(Optional.of(new AlertPosition(0, 0)), AlertPosition.read(state));
        AlertLog log = open();
        log.append(encounters(0, 9), 12, NOW);
        assertEquals(9, AlertPosition.read(state).orElseThrow().last(), "also while the state is older");
        log.close();
        assertEquals(Optional.of(new AlertPosition(9, 12)), AlertPosition.read(state));
        AlertPosition.rewind(state, 20);
        assertEquals(Optional.of(new AlertPosition(9, 12)), AlertPosition.read(state));
        AlertPosition.rewind(state, 7);
        assertEquals(Optional.of(new AlertPosition(9, 7)), AlertPosition.read(state));
    }
}
