package uz.koprik.gateway.retention;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.gateway.concurrent.CentreThread;
import uz.koprik.gateway.concurrent.CentreThreads;
import uz.koprik.gateway.concurrent.LeaderTask;
import uz.koprik.gateway.concurrent.WakeSignal;
import uz.koprik.indicators.store.StoreUnavailable;

/** The daily run of retention, by one gateway of a centre. A run that was missed is made up for. */
final class RetentionDuty implements LeaderTask.Duty {

    private static final Logger LOG = LoggerFactory.getLogger(RetentionDuty.class);

    private static final Duration LOOK = Duration.ofSeconds(1);

    /** After a failure. */
    static final Duration RETRY = Duration.ofMinutes(15);

    private final LocalTime at;
    private final RetentionPapers papers;
    private final RetentionEraser eraser;
    private final BooleanSupplier clockRight;
    private final InstantSource clock;
    private final CentreThreads threads;
    private final WakeSignal alarm = new WakeSignal();
    private CentreThread thread;
    private volatile boolean stopping;
    private volatile Optional<Failure> failure = Optional.empty();

    /** Why the last daily run failed, and since when runs fail. */
    record Failure(Instant since, Instant last, String reason) {}

    /**
     * @param at time of day, UTC
     * @param clockRight whether the clock can be right; nothing is erased while it cannot
     */
    RetentionDuty(
            LocalTime at,
            RetentionPapers papers,
            RetentionEraser eraser,
            BooleanSupplier clockRight,
            InstantSource clock,
            CentreThreads threads) {
        this.at = at;
        this.papers = papers;
        this.eraser = eraser;
        this.clockRight = clockRight;
        this.clock = clock;
        this.threads = threads;
    }

    /** Why the last daily run of this gateway failed. */
    Optional<Failure> failure() {
        return failure;
    }

    @Override
    public synchronized void begin() {
        stopping = false;
        thread = threads.start("the daily run of retention", "retention", this::loop);
    }

    private void loop() throws InterruptedException {
        Optional<Instant> last = Optional.empty();
        while (!stopping) {
            if (clockRight.getAsBoolean() && waited()) {
                try {
                    if (last.isEmpty()) {
                        last = Optional.of(lastRun());
                    }
                    if (last.get().isBefore(due(clock.instant(), at))) {
                        last = Optional.of(eraser.run("").ended());
                    }
                    failure = Optional.empty();
                } catch (StoreUnavailable | IOException failed) {
                    failed(failed.getMessage());
                    LOG.error("the daily run of retention failed, it is tried again: {}", failed.getMessage());
                } catch (RuntimeException bug) {
                    failed(bug.toString());
                    LOG.error("the daily run of retention failed, it is tried again", bug);
                }
            }
            alarm.sleep(LOOK);
        }
    }

    private boolean waited() {
        return failure.map(one -> !clock.instant().isBefore(one.last().plus(RETRY)))
                .orElse(true);
    }

    private void failed(String reason) {
        Instant now = clock.instant();
        failure = Optional.of(new Failure(failure.map(Failure::since).orElse(now), now, reason));
    }

    /** A centre that had no run yet begins with the next time of day, so that people can read the report before. */
    private Instant lastRun() throws StoreUnavailable {
        Optional<RetentionRun> last = papers.lastDaily();
        if (last.isEmpty()) {
            Instant now = clock.instant();
            papers.add(new RetentionRun("", now, now, Map.of(), 0));
            return now;
        }
        return last.get().ended();
    }

    /** The last moment before {@code now} at which a run was due. */
    static Instant due(Instant now, LocalTime at) {
        ZonedDateTime today = now.atZone(ZoneOffset.UTC).with(at);
        Instant moment = today.toInstant();
        return moment.isAfter(now) ? today.minusDays(1).toInstant() : moment;
    }

    @Override
    public void end() {
        CentreThread running;
        synchronized (this) {
            running = thread;
            thread = null;
        }
        if (running == null) {
            return;
        }
        stopping = true;
        alarm.ring();
        try {
            running.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
