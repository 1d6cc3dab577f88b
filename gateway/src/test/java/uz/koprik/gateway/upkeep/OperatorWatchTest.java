package uz.koprik.gateway.upkeep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import uz.koprik.crypto.algorithm.SignatureAlgorithms;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.crypto.trust.TrustList;
import uz.koprik.gateway.accessrecord.AccessRecord;
import uz.koprik.gateway.alerts.log.Notice;
import uz.koprik.gateway.backup.ScheduledBackups;
import uz.koprik.gateway.feeds.PartnerReport;
import uz.koprik.gateway.feeds.PartnerReports;
import uz.koprik.gateway.renewal.Expiries;
import uz.koprik.gateway.trouble.BackupTrouble;

/** What operators are to be alerted of. */
class OperatorWatchTest {

    private static final Instant NOW = Instant.parse("2026-11-29T00:00:00Z");

    private final List<Notice> reported = new ArrayList<>();
    private final List<PartnerReport> partners = new ArrayList<>();
    private Optional<ScheduledBackups.Failing> backups = Optional.empty();
    private Optional<AccessRecord.Trouble> access = Optional.empty();
    private Instant now = NOW;
    private boolean clockRight = true;

    private OperatorWatch watch() throws Exception {
        CentreKeys keys =
                CentreKeys.generate("tashkent", SignatureAlgorithms.ALL.getFirst(), List.of("localhost"), NOW);
        TrustList list = TrustList.initial(
                CentreCard.issue(
                        "tashkent", "Tashkent", "identity--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f", keys, "", NOW),
                NOW);
        return new OperatorWatch(
                "tashkent",
                new Expiries(() -> list, () -> keys, List::of, name -> Optional.empty()),
                () -> partners,
                () -> backups,
                () -> access,
                List::of,
                List::of,
                reported::addAll,
                () -> clockRight,
                () -> now);
    }

    @Test
    void anAccessRecordThatCannotBeWrittenIsReported() throws Exception {
        access = Optional.of(new AccessRecord.Trouble(NOW, true));
        watch().look();
        assertEquals(1, reported.size());
        assertEquals(Notice.Kind.ACCESS_RECORD, reported.getFirst().kind());
        assertTrue(reported.getFirst().message().contains("disk of the centre is full"), reported.toString());
    }

    @Test
    void anExchangeThatFailsForADayStandsStill() throws Exception {
        partners.add(PartnerReports.failing("budapest", NOW));
        OperatorWatch watch = watch();
        now = NOW.plus(OperatorWatch.STALLED).minusSeconds(1);
        watch.look();
        assertEquals(List.of(), reported);
        now = NOW.plus(OperatorWatch.STALLED);
        watch.look();
        now = now.plusSeconds(60);
        watch.look();
        assertEquals(2, reported.size());
        assertEquals(reported.getFirst(), reported.getLast(), "the same as long as it lasts");
        Notice notice = reported.getFirst();
        assertEquals(Notice.Kind.STALLED_FEED, notice.kind());
        assertEquals("push", notice.what());
        assertEquals("budapest", notice.centre());
        assertEquals("the push to budapest fails since " + NOW, notice.message());
        assertTrue(notice.action().contains("koprik partner status budapest"));
        partners.clear();
        partners.add(PartnerReports.failing("budapest", NOW.plusSeconds(5)));
        now = NOW.plus(OperatorWatch.STALLED).plusSeconds(5);
        watch.look();
        assertTrue(!reported.getLast().id().equals(notice.id()), "another failure is another notice");
    }

    @Test
    void aFailedBackupIsOneNoticeUntilTheNextGoodOne() throws Exception {
        backups = Optional.of(new ScheduledBackups.Failing(
                NOW, BackupTrouble.BACKUP_FAILED.with(Map.of("said", "the disk is full"))));
        OperatorWatch watch = watch();
        watch.look();
        backups = Optional.of(new ScheduledBackups.Failing(NOW, BackupTrouble.BACKUP_OVERDUE.of()));
        watch.look();
        assertEquals(Notice.Kind.BACKUP, reported.getFirst().kind());
        assertEquals("tashkent", reported.getFirst().centre());
        assertEquals(reported.getFirst().id(), reported.getLast().id());
    }

    @Test
    void nothingIsReportedWhileTheClockIsWrong() throws Exception {
        backups = Optional.of(
                new ScheduledBackups.Failing(NOW, BackupTrouble.BACKUP_STORE_AWAY.with(Map.of("said", "gone"))));
        clockRight = false;
        watch().look();
        assertEquals(List.of(), reported);
    }
}
