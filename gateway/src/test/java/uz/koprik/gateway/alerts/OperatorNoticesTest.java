package uz.koprik.gateway.alerts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.gateway.alerts.log.AlertLog;
import uz.koprik.gateway.alerts.log.Notice;
import uz.koprik.gateway.alerts.log.OperatorAlert;
import uz.koprik.gateway.config.FileStateStore;
import uz.koprik.indicators.store.state.StateStore;

/** Notices of several gateways of one centre. */
class OperatorNoticesTest {

    private static final Instant NOW = Instant.parse("2026-11-29T00:00:00Z");

    private static final Notice BACKUP =
            Notice.lasting(Notice.Kind.BACKUP, "backup", "tashkent", NOW, "the backup failed", "look into the log");

    private static final Notice CARD = Notice.expiry("card", "budapest", NOW, 7, "the card ends", "ask for a new one");

    @TempDir
    Path folder;

    @Test
    void theLeaderEmitsWhatEachGatewayReportsOnce() throws Exception {
        StateStore shared = new FileStateStore(folder);
        AlertLog.create(shared, 0);
        try (AlertLog leaderLog = AlertLog.openShared(shared, () -> {});
                AlertLog otherLog = AlertLog.openShared(shared, () -> {})) {
            OperatorNotices leader = new OperatorNotices(shared, leaderLog, true, () -> NOW);
            OperatorNotices other = new OperatorNotices(shared, otherLog, true, () -> NOW);
            other.report(List.of(BACKUP, CARD));
            other.report(List.of(BACKUP, CARD));
            leader.report(List.of(CARD));
            assertEquals(2, shared.names(OperatorNotices.FOLDER).size());
            leader.emit();
            assertEquals(2, leaderLog.last());
            assertEquals(List.of(), shared.names(OperatorNotices.FOLDER));

            otherLog.catchUp();
            other.report(List.of(BACKUP, CARD));
            assertEquals(List.of(), shared.names(OperatorNotices.FOLDER), "it knows that they were emitted");
            assertTrue(otherLog.after(0, 10).stream()
                    .allMatch(alert -> alert instanceof OperatorAlert operator
                            && List.of(BACKUP, CARD).contains(operator.notice())));
        }
    }

    @Test
    void aNoticeOfAGatewayThatStoppedIsEmittedByTheNext() throws Exception {
        StateStore own = new FileStateStore(folder);
        AlertLog.create(own, 0);
        try (AlertLog log = AlertLog.open(own)) {
            new OperatorNotices(own, log, false, () -> NOW).report(List.of(CARD));
        }
        try (AlertLog log = AlertLog.open(own)) {
            new OperatorNotices(own, log, false, () -> NOW).emit();
            assertEquals(List.of(new OperatorAlert(1, NOW, CARD)), log.after(0, 10));
        }
    }

    @Test
    void aDamagedRecordHoldsNoOtherUp() throws Exception {
        StateStore own = new FileStateStore(folder);
        AlertLog.create(own, 0);
        own.replace(OperatorNotices.FOLDER + "0.json", "", "{".getBytes(StandardCharsets.UTF_8));
        try (AlertLog log = AlertLog.open(own)) {
            OperatorNotices notices = new OperatorNotices(own, log, false, () -> NOW);
            notices.report(List.of(CARD));
            notices.emit();
            assertEquals(1, log.last());
            assertEquals(List.of(), own.names(OperatorNotices.FOLDER));
        }
    }
}
