package uz.koprik.gateway.accessrecord;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.FullDisk;
import uz.koprik.gateway.http.Problem;

/**
 * The access record of a running gateway. While it cannot be written, nothing that it covers is answered. Safe for use
 * by many threads.
 */
public final class AccessRecord implements AutoCloseable {

    /** The stream of a gateway. */
    static final String GATEWAY = "gateway";

    private static final Logger LOG = LoggerFactory.getLogger(AccessRecord.class);
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final Path root;
    private final AccessJournal journal;
    private final Duration keep;
    private final InstantSource clock;
    private final Timer writes;
    private final Counter failures;
    private volatile Trouble trouble;

    /**
     * That entries cannot be written.
     *
     * @param since when the first was refused
     * @param fullDisk whether the disk is full
     */
    public record Trouble(Instant since, boolean fullDisk) {

        /** In words. */
        public String sentence() {
            return fullDisk
                    ? "the disk of the centre is full, so that the access record cannot be written, and nothing is"
                            + " answered without it"
                    : "the access record of the centre cannot be written, and nothing is answered without it";
        }
    }

    private AccessRecord(Path root, AccessJournal journal, Duration keep, InstantSource clock, MeterRegistry meters) {
        this.root = root;
        this.journal = journal;
        this.keep = keep;
        this.clock = clock;
        this.writes = Timer.builder("koprik.access.record.writes")
                .description("Entries of the access record, with the time until they were durable")
                .register(meters);
        this.failures = Counter.builder("koprik.access.record.failures")
                .description("Entries of the access record that could not be written")
                .register(meters);
        Gauge.builder("koprik.access.record.unavailable", this, record -> record.trouble == null ? 0 : 1)
                .description("1 while the access record cannot be written and analysts get no answers")
                .register(meters);
    }

    /**
     * Opens the record of a home.
     *
     * @param root folder of its streams
     * @param keep how long entries are kept
     */
    public static AccessRecord open(Path root, Duration keep, InstantSource clock, MeterRegistry meters)
            throws IOException {
        return new AccessRecord(root, AccessJournal.open(new AccessFolder(root, GATEWAY)), keep, clock, meters);
    }

    /**
     * Adds an entry. Does not block.
     *
     * @return its number, once it is durable; fails with a {@link Problem} 503 when it cannot be written
     */
    CompletableFuture<Long> add(AccessEntry entry) {
        long begun = System.nanoTime();
        return journal.add(entry).handle((number, failure) -> {
            if (failure != null) {
                throw failed(failure);
            }
            writes.record(Duration.ofNanos(System.nanoTime() - begun));
            if (trouble != null) {
                LOG.info("the access record can be written again");
                trouble = null;
            }
            return number;
        });
    }

    private Problem failed(Throwable failed) {
        failures.increment();
        Trouble now = trouble;
        if (now == null) {
            LOG.error("the access record cannot be written; requests of analysts are answered 503", failed);
        }
        trouble = new Trouble(now == null ? clock.instant() : now.since(), FullDisk.caused(failed));
        return unavailable(trouble);
    }

    /** @throws Problem 503 when the last entry could not be written */
    void requireWritable() {
        Trouble now = trouble;
        if (now != null) {
            throw unavailable(now);
        }
    }

    private static Problem unavailable(Trouble trouble) {
        return Problem.later(
                503,
                "Access record unavailable",
                trouble.sentence()
                        + (trouble.fullDisk()
                                ? "; ask its operators to make room, and try again"
                                : "; ask its operators to look into the log, and try again"),
                RETRY);
    }

    /** Why entries cannot be written; empty when they can. */
    public Optional<Trouble> trouble() {
        return Optional.ofNullable(trouble);
    }

    /** Tries whether entries can be written again, after they could not. Call it every second. */
    public void retry() {
        Trouble now = trouble;
        if (now == null) {
            return;
        }
        add(AccessEntry.ofCentre(
                        clock.instant(),
                        "access record resumed",
                        Map.of("since", now.since().toString())))
                .exceptionally(still -> {
                    LOG.debug("the access record: {}", still.getMessage());
                    return 0L;
                })
                .join();
    }

    /** Notes how far the record went, and removes what is older than it is kept. Call it every minute. */
    public void tend() throws IOException {
        journal.mark();
        Instant before = clock.instant().minus(keep);
        journal.expire(before);
        LocalAccess.expire(root, before);
    }

    /** Number of the last entry of the gateway's own stream, as its mark says; 0 when that is not known. */
    public static long marked(Path root) {
        try {
            return new AccessFolder(root, GATEWAY)
                    .mark()
                    .map(mark -> mark.chain().number())
                    .orElse(0L);
        } catch (IOException damaged) {
            LOG.debug("the mark of the access record cannot be read", damaged);
            return 0; // reported when the record is opened
        }
    }

    /**
     * Holds the record against the number that the manifest of the home knows.
     *
     * @param known number of the last entry at the last stop
     */
    public void expect(long known) {
        if (last() < known) {
            LOG.error(
                    "the access record is damaged: it ends with entry {}, and went to {} before;"
                            + " `koprik access verify` shows more",
                    last(),
                    known);
        }
    }

    /** Number of the last entry. */
    public long last() {
        return journal.last();
    }

    Instant now() {
        return clock.instant();
    }

    /** For questions to the record. */
    public AccessReader reader() {
        return new AccessReader(root);
    }

    @Override
    public void close() throws IOException {
        journal.close();
    }
}
