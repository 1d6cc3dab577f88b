package uz.koprik.gateway.centre;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.gateway.concurrent.CentreThread;
import uz.koprik.gateway.concurrent.CentreThreads;
import uz.koprik.indicators.store.journal.DamagedJournal;

/**
 * Reads the journal of a running centre once a day: a disk that loses what was written is noticed before the next start
 * needs it. The start itself reads the journal whole, so the first check follows a day after it.
 */
final class JournalCheck implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JournalCheck.class);
    private static final Duration PERIOD = Duration.ofDays(1);

    private final Reading reading;
    private final InstantSource clock;
    private final CentreThread thread;
    private volatile Instant last;
    private volatile boolean damaged;

    /** Reads the journal. */
    @FunctionalInterface
    interface Reading {

        /**
         * @return what it found, in words
         * @throws DamagedJournal when it holds less than was acknowledged
         */
        String read() throws IOException;
    }

    JournalCheck(Reading reading, InstantSource clock, CentreThreads threads) {
        this.reading = reading;
        this.clock = clock;
        this.last = clock.instant();
        this.thread = threads.start("the check of the journal", "journal-check", this::loop);
    }

    private void loop() throws InterruptedException {
        while (true) {
            Thread.sleep(PERIOD);
            look();
        }
    }

    /** Reads the journal now. A finding counts when a second reading has it, too: the centre writes meanwhile. */
    void look() {
        try {
            LOG.info("the journal was read: {}", twice());
            damaged = false;
            last = clock.instant();
        } catch (DamagedJournal found) {
            damaged = true;
            last = clock.instant();
            LOG.error(
                    "the journal is damaged, and this centre would not start again: {}. Make a backup now, check the disk,"
                            + " and see docs/reliability.md",
                    found.getMessage());
        } catch (IOException unreadable) {
            LOG.error("the journal could not be checked: {}", unreadable.getMessage());
        }
    }

    private String twice() throws IOException {
        try {
            return reading.read();
        } catch (DamagedJournal perhaps) {
            LOG.debug("the journal is read once more", perhaps);
            return reading.read();
        }
    }

    /** When the journal was last read whole. */
    Instant last() {
        return last;
    }

    /** Whether the last check found damage. */
    boolean damaged() {
        return damaged;
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
