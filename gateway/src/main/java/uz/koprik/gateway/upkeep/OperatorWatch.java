package uz.koprik.gateway.upkeep;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import uz.koprik.gateway.accessrecord.AccessRecord;
import uz.koprik.gateway.alerts.log.Notice;
import uz.koprik.gateway.backup.ScheduledBackups;
import uz.koprik.gateway.feeds.PartnerReport;
import uz.koprik.gateway.feeds.PartnerState;
import uz.koprik.gateway.renewal.Expiries;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * Finds what operators should do something about: things that end, backups that fail or are late, exchanges that fail
 * for long. It reports all of it at each look; the alerts recognise what they emitted before.
 */
public final class OperatorWatch {

    /** An exchange that fails for this time stands still. */
    static final Duration STALLED = Duration.ofDays(1);

    private final String centre;
    private final Expiries expiries;
    private final Supplier<List<PartnerReport>> partners;
    private final Supplier<Optional<ScheduledBackups.Failing>> backups;
    private final Supplier<Optional<AccessRecord.Trouble>> access;
    private final Supplier<List<Notice>> agreements;
    private final DeskNotices desk;
    private final Sink sink;
    private final BooleanSupplier clockRight;
    private final InstantSource clock;

    /** Takes notices. */
    @FunctionalInterface
    public interface Sink {

        /** May get the same notice many times. */
        void report(List<Notice> notices) throws StoreUnavailable;
    }

    /** What waits for a release now. */
    @FunctionalInterface
    public interface DeskNotices {

        /** All that hold now. Blocks. */
        List<Notice> now() throws StoreUnavailable;
    }

    /**
     * @param centre name of this centre
     * @param partners how the exchange with each partner goes now
     * @param backups what is wrong with the scheduled backups now
     * @param access why the access record cannot be written now
     * @param agreements what waits or holds no more of agreements now
     * @param desk what waits at the release desk now
     * @param clockRight whether the clock can be right; nothing is reported while it cannot
     */
    public OperatorWatch(
            String centre,
            Expiries expiries,
            Supplier<List<PartnerReport>> partners,
            Supplier<Optional<ScheduledBackups.Failing>> backups,
            Supplier<Optional<AccessRecord.Trouble>> access,
            Supplier<List<Notice>> agreements,
            DeskNotices desk,
            Sink sink,
            BooleanSupplier clockRight,
            InstantSource clock) {
        this.centre = centre;
        this.expiries = expiries;
        this.partners = partners;
        this.backups = backups;
        this.access = access;
        this.agreements = agreements;
        this.desk = desk;
        this.sink = sink;
        this.clockRight = clockRight;
        this.clock = clock;
    }

    /** Reports all that holds now. Call it every minute. */
    public void look() throws StoreUnavailable {
        if (clockRight.getAsBoolean()) {
            sink.report(notices(clock.instant()));
        }
    }

    private List<Notice> notices(Instant now) throws StoreUnavailable {
        List<Notice> found = new ArrayList<>();
        expiries.all().forEach(expiry -> expiry.threshold(now)
                .ifPresent(days -> found.add(Notice.expiry(
                        expiry.kind().word(), expiry.of(), expiry.at(), days, expiry.fact(now), expiry.cure()))));
        backups.get()
                .ifPresent(trouble -> found.add(Notice.lasting(
                        Notice.Kind.BACKUP,
                        "backup",
                        centre,
                        trouble.since(),
                        trouble.sentence(),
                        "look into the log, mend the cause, and check with `koprik doctor`")));
        access.get()
                .ifPresent(trouble -> found.add(Notice.lasting(
                        Notice.Kind.ACCESS_RECORD,
                        "access-record",
                        centre,
                        trouble.since(),
                        trouble.sentence(),
                        "make room on the disk, or look into the log and mend the cause; it goes on by itself")));
        found.addAll(agreements.get());
        found.addAll(desk.now());
        for (PartnerReport partner : partners.get()) {
            if (partner.settings().pull()) {
                stalled("pull", partner, partner.memory().in(), now).ifPresent(found::add);
            }
            if (partner.settings().push()) {
                stalled("push", partner, partner.memory().out(), now).ifPresent(found::add);
            }
        }
        return found;
    }

    private static Optional<Notice> stalled(
            String direction, PartnerReport partner, PartnerState.Direction exchange, Instant now) {
        String name = partner.settings().name();
        return exchange.errorSince()
                .filter(since -> !exchange.error().isEmpty() && !now.isBefore(since.plus(STALLED)))
                .map(since -> Notice.lasting(
                        Notice.Kind.STALLED_FEED,
                        direction,
                        name,
                        since,
                        "the " + direction + (direction.equals("pull") ? " from " : " to ") + name + " fails since "
                                + since,
                        "`koprik partner status " + name + "` shows why; nothing is lost, the exchange continues where"
                                + " it stopped"));
    }
}
