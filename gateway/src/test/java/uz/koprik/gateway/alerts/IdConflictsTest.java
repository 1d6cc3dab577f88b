package uz.koprik.gateway.alerts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.gateway.alerts.log.Alert;
import uz.koprik.gateway.alerts.log.AlertJson;
import uz.koprik.gateway.alerts.log.AlertLog;
import uz.koprik.gateway.alerts.log.AlertLogTest;
import uz.koprik.gateway.alerts.log.AlertPlace;
import uz.koprik.gateway.alerts.log.IdConflictAlert;
import uz.koprik.gateway.config.FileStateStore;
import uz.koprik.gateway.intake.IdConflict;
import uz.koprik.indicators.store.state.MemoryStateStore;
import uz.koprik.indicators.store.state.StateStore;

/** Alerts of conflicts: bounded, counted, and emitted once, by one gateway or several. */
final class IdConflictsTest {

    @TempDir
    Path folder;

    private Instant now = AlertLogTest.NOW;
    private int caughtUp;

    private static IdConflict conflict(String id, String submitter, boolean internal) {
        return new IdConflict(
                IdConflict.Kind.CONTESTED_ID,
                "indicator--" + id,
                7,
                Optional.of("identity--a"),
                "tashkent",
                submitter,
                true,
                Optional.empty(),
                IdConflict.Outcome.REFUSED,
                "/created_by_ref",
                0,
                internal,
                Optional.of("indicator--" + id + ".json"));
    }

    private IdConflicts open(StateStore stateStore, boolean shared) throws Exception {
        return IdConflicts.open(stateStore, () -> caughtUp++, shared, Duration.ofDays(400), () -> now);
    }

    private AlertLog log() throws Exception {
        FileStateStore files = new FileStateStore(folder.resolve("log"));
        AlertLog.create(files, 0);
        return AlertLog.open(files);
    }

    private static long number(JsonObject json, String name) {
        return json.get(name) instanceof JsonNumber number ? number.longValue() : 0;
    }

    private static JsonObject shown(IdConflicts conflicts, Alert alert) {
        return conflicts.counted(alert.id(), AlertJson.write(alert));
    }

    @Test
    void aRepeatedConflictIsOneAlertThatCountsAlsoAfterARestart() throws Exception {
        FileStateStore stateStore = new FileStateStore(folder.resolve("state"));
        try (AlertLog log = log()) {
            log.append(List.of(), 10, now);
            IdConflicts conflicts = open(stateStore, false);
            for (int i = 0; i < 1000; i++) {
                conflicts.report(conflict("1", "budapest", false));
            }
            conflicts.emit(log);
            conflicts.report(conflict("1", "budapest", false));
            conflicts.report(conflict("1", "seoul", false));
            conflicts.emit(log);
            assertEquals(10, log.covered());
            List<Alert> all = log.after(0, 10);
            assertEquals(2, all.size());
            assertEquals(1001, number(shown(conflicts, all.getFirst()), "count"));
            assertEquals(1, number(shown(conflicts, all.getLast()), "count"));
            conflicts.save();
        }
        try (AlertLog log = log()) {
            IdConflicts conflicts = open(stateStore, false);
            now = now.plus(Duration.ofDays(6));
            conflicts.report(conflict("1", "budapest", false));
            conflicts.emit(log);
            List<Alert> all = log.after(0, 10);
            assertEquals(2, all.size());
            assertEquals(1002, number(shown(conflicts, all.getFirst()), "count"));
            assertEquals(
                    now.toString(),
                    shown(conflicts, all.getFirst()).string("last").orElse(""));
            now = now.plus(IdConflicts.QUIET);
            conflicts.report(conflict("1", "budapest", false));
            conflicts.emit(log);
            assertEquals(3, log.after(0, 10).size(), "after quiet days it is news");
        }
    }

    @Test
    void aFloodOfIdsIsBoundedAndInternalOnesTakeNoRoomOfOthers() throws Exception {
        FileStateStore stateStore = new FileStateStore(folder.resolve("state"));
        try (AlertLog log = log()) {
            IdConflicts conflicts = open(stateStore, false);
            for (int i = 0; i < 500; i++) {
                conflicts.report(conflict("hidden" + i, "budapest", true));
            }
            for (int i = 0; i < IdConflicts.PER_SUBMITTER; i++) {
                conflicts.report(conflict("open" + i, "budapest", false));
            }
            conflicts.emit(log);
            List<Alert> open = log.after(0, 1000).stream()
                    .filter(alert -> !((IdConflictAlert) alert).conflict().internal())
                    .toList();
            assertEquals(IdConflicts.PER_SUBMITTER, open.size());
            assertTrue(
                    open.stream().noneMatch(alert -> shown(conflicts, alert).has("further")),
                    "as if nothing were hidden");
            for (int i = 0; i < 500; i++) {
                conflicts.report(conflict("more" + i, "budapest", false));
            }
            conflicts.emit(log);
            assertEquals(2 * IdConflicts.PER_SUBMITTER, log.last());
            assertEquals(500, number(shown(conflicts, open.getLast()), "further"));
            assertEquals(1, number(shown(conflicts, open.getLast()), "count"));
        }
    }

    @Test
    void severalGatewaysReportAndOneEmits() throws Exception {
        MemoryStateStore stateStore = new MemoryStateStore();
        AlertLog.create(stateStore, 0);
        try (AlertLog log = AlertLog.openShared(stateStore, () -> {})) {
            IdConflicts one = open(stateStore, true);
            IdConflicts two = open(stateStore, true);
            one.report(conflict("1", "budapest", false));
            two.report(conflict("1", "budapest", false));
            two.report(conflict("2", "budapest", false));
            one.report(conflict("3", "budapest", false));
            stateStore.answerLost = name -> name.equals(IdConflicts.NAME);
            two.report(conflict("4", "budapest", false));
            two.save();
            one.save();
            IdConflicts leader = open(stateStore, true);
            assertEquals(0, caughtUp);
            leader.emit(log);
            leader.emit(log);
            assertEquals(1, caughtUp, "the objects are in view before their alert");
            IdConflicts next = open(stateStore, true);
            next.emit(log);
            List<Alert> all = log.after(0, 10);
            assertEquals(
                    List.of("indicator--1", "indicator--2", "indicator--3", "indicator--4"),
                    all.stream()
                            .map(alert -> ((IdConflictAlert) alert).conflict().objectId())
                            .toList());
            assertEquals(2, number(shown(leader, all.getFirst()), "count"));
            assertEquals(0, log.covered(), "how far objects were searched is not their matter");
        }
    }

    @Test
    void aDamagedRecordIsBegunAnew() throws Exception {
        FileStateStore stateStore = new FileStateStore(folder.resolve("state"));
        open(stateStore, false).report(conflict("1", "budapest", false));
        Files.writeString(folder.resolve("state").resolve(IdConflicts.NAME), "{\"conflicts\":[{}");
        IdConflicts conflicts = open(stateStore, false);
        conflicts.report(conflict("2", "budapest", false));
        try (AlertLog log = log()) {
            conflicts.emit(log);
            assertEquals(1, log.last());
        }
    }

    @Test
    void everyPartOfAConflictIsKeptAndMatchesOfEarlierVersionsAreRead() throws Exception {
        try (AlertLog log = log()) {
            IdConflict conflict = new IdConflict(
                    IdConflict.Kind.EQUIVOCATION,
                    "report--1",
                    7,
                    Optional.empty(),
                    "seoul",
                    "a \"b\"",
                    false,
                    Optional.of("identity--c"),
                    IdConflict.Outcome.KEPT_APART,
                    "",
                    9,
                    true,
                    Optional.empty());
            IdConflicts conflicts = open(new FileStateStore(folder.resolve("state")), false);
            conflicts.report(conflict);
            conflicts.emit(log);
            log.append(List.of(AlertLogTest.encounter("A-1", 1)), 3, now);
            IdConflictAlert kept = (IdConflictAlert) log.after(0, 1).getFirst();
            assertEquals(conflict, kept.conflict());
            assertEquals(new IdConflictAlert.Subject(7, 9, true, "report--1"), IdConflictAlert.parse(kept.subject()));
            assertEquals(
                    List.of(kept.subject(), "incident--A-1"),
                    log.placesAfter(0, 5).stream().map(AlertPlace::subject).toList());
            Alert match = log.after(1, 1).getFirst();
            JsonObject json = AlertJson.write(match);
            assertNotEquals(json, json.without("kind"));
            assertEquals(match, AlertJson.read(json.without("kind")));
            assertFalse(new String(CanonicalJson.bytes(json), StandardCharsets.UTF_8).contains("object_id"));
        }
    }
}
