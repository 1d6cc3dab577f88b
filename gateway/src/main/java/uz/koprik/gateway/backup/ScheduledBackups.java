package uz.koprik.gateway.backup;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.FullDisk;
import uz.koprik.crypto.envelope.EnvelopeKeys;
import uz.koprik.gateway.concurrent.CentreThread;
import uz.koprik.gateway.concurrent.CentreThreads;
import uz.koprik.gateway.concurrent.LeaderTask;
import uz.koprik.gateway.concurrent.WakeSignal;
import uz.koprik.gateway.config.Config;
import uz.koprik.gateway.config.Home;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.lease.Leases;

/**
 * Makes the backups of a running centre by schedule: copies the centre, restores the copy into a scratch home and
 * examines it, encrypts it, reads the file back, and only then removes old ones.
 */
public final class ScheduledBackups implements LeaderTask.Duty, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ScheduledBackups.class);

    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);

    /** A backup that is later than this after its time is overdue. */
    static final Duration OVERDUE = Duration.ofDays(1);

    /** After a failure. */
    static final Duration RETRY = Duration.ofMinutes(15);

    private final Home home;
    private final Config config;
    private final BackupShelf shelf;
    private final BackupTimes times;
    private final Work work;
    private final InstantSource clock;
    private final BooleanSupplier clockRight;
    private final CentreThreads threads;
    private final Optional<LeaderTask> leaderTask;
    private final WakeSignal alarm = new WakeSignal();
    private CentreThread thread;
    private volatile boolean stopping;
    private volatile Instant failedAt;
    private volatile String failure = "";
    private volatile Instant begun = Instant.EPOCH;

    /**
     * What is wrong with the backups.
     *
     * @param since when the newest good one was made; {@link Instant#EPOCH} when there is none
     * @param sentence what is wrong
     */
    public record Trouble(Instant since, String sentence) {}

    /** What the centre knows of copies of itself. */
    public interface Work {

        /** Copies the whole centre into a new folder. */
        void copy(Path folder) throws IOException, StoreUnavailable;

        /**
         * Restores a copy into a scratch home and examines it.
         *
         * @param scratch does not exist yet
         * @return what was found, in words
         */
        String check(Path folder, Path scratch) throws IOException;
    }

    /**
     * @param clockRight whether the clock can be right; nothing is made while it cannot
     * @param leases by which gateways of a cluster agree which one makes them; empty when there is one
     */
    public ScheduledBackups(
            Home home,
            Config config,
            Work work,
            InstantSource clock,
            BooleanSupplier clockRight,
            Optional<Leases> leases,
            CentreThreads threads) {
        this(
                home,
                config,
                new BackupShelf(home.scheduledBackups(config), config.name()),
                work,
                clock,
                clockRight,
                leases,
                threads);
    }

    ScheduledBackups(
            Home home,
            Config config,
            BackupShelf shelf,
            Work work,
            InstantSource clock,
            BooleanSupplier clockRight,
            Optional<Leases> leases,
            CentreThreads threads) {
        this.home = home;
        this.config = config;
        this.shelf = shelf;
        this.times = new BackupTimes(config.backup().schedule(), config.backup().timeOfDay());
        this.work = work;
        this.clock = clock;
        this.clockRight = clockRight;
        this.threads = threads;
        this.leaderTask =
                leases.map(all -> new LeaderTask("scheduled backups", all.of("backups"), all.length(), this, threads));
    }

    /** Begins, when the settings have a schedule. */
    public void start() {
        if (!config.backup().scheduled()) {
            return;
        }
        if (leaderTask.isPresent()) {
            leaderTask.get().start();
        } else {
            begin();
        }
    }

    /** Adds the figures of scheduled backups, when the settings have a schedule. */
    public void bindTo(MeterRegistry meters) {
        if (!config.backup().scheduled()) {
            return;
        }
        Gauge.builder("koprik.backup.last.success.timestamp", this, all -> all.newest()
                        .map(stored -> (double) stored.made().getEpochSecond())
                        .orElse(0.0))
                .baseUnit("seconds")
                .description("When the newest good scheduled backup was made; 0 when there is none")
                .register(meters);
        Gauge.builder("koprik.backup", this, all -> all.newest()
                        .map(stored -> (double) stored.bytes())
                        .orElse(0.0))
                .baseUnit("bytes")
                .description("Size of the newest good scheduled backup")
                .register(meters);
        Gauge.builder("koprik.backup.failing", this, all -> all.failing() ? 1 : 0)
                .description("Whether the last scheduled backup of this gateway failed")
                .register(meters);
    }

    /** What is wrong with the backups that this gateway makes; empty when they are well, or another one makes them. */
    public Optional<Trouble> trouble() {
        Instant good = newest().map(BackupShelf.Stored::made).orElse(Instant.EPOCH);
        String newest = good.equals(Instant.EPOCH) ? "there is no good one" : "the newest good one is of " + good;
        if (failing()) {
            return Optional.of(new Trouble(good, "the scheduled backup failed (" + failure + "); " + newest));
        }
        Instant from = good.isAfter(begun) ? good : begun;
        return makes()
                        && clock.instant()
                                .isAfter(from.plus(config.backup().schedule()).plus(OVERDUE))
                ? Optional.of(new Trouble(good, "the scheduled backup is overdue; " + newest))
                : Optional.empty();
    }

    private synchronized boolean makes() {
        return thread != null;
    }

    boolean failing() {
        return failedAt != null;
    }

    private Optional<BackupShelf.Stored> newest() {
        try {
            return shelf.list().stream().findFirst();
        } catch (IOException away) {
            LOG.debug("the folder of backups cannot be read", away);
            return Optional.empty();
        }
    }

    @Override
    public synchronized void begin() {
        stopping = false;
        begun = clock.instant();
        thread = threads.start("scheduled backups", "backups", this::run);
    }

    @Override
    public void end() {
        CentreThread running;
        synchronized (this) {
            running = thread;
            thread = null;
        }
        failedAt = null;
        stopping = true;
        alarm.ring();
        try {
            // Never interrupted: that would close files of the store which it reads.
            if (running != null && !running.join(CLOSE_WITHIN)) {
                LOG.warn("a scheduled backup is given up: the centre stops");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        if (leaderTask.isPresent() && config.backup().scheduled()) {
            leaderTask.get().close();
        } else {
            end();
        }
    }

    private void run() throws InterruptedException {
        while (!stopping) {
            look();
            alarm.sleep(LOOK);
        }
    }

    /** Makes a backup when one is due. A failure is logged and tried again later. */
    void look() {
        Instant now = clock.instant();
        if (!clockRight.getAsBoolean() || waits(now)) {
            return;
        }
        try {
            if (times.due(shelf.list().stream().map(BackupShelf.Stored::made).toList(), now)) {
                make(now);
                failedAt = null;
            }
        } catch (IOException | StoreUnavailable | RuntimeException failed) {
            if (!stopping) {
                failure = words(failed);
                failedAt = now;
                LOG.error(
                        "the scheduled backup failed: {}; the next attempt is in {} minutes",
                        words(failed),
                        RETRY.toMinutes(),
                        failed instanceof RuntimeException ? failed : null);
            }
        }
    }

    private boolean waits(Instant now) {
        Instant failed = failedAt;
        return failed != null && !now.isBefore(failed) && now.isBefore(failed.plus(RETRY));
    }

    private String words(Exception failed) {
        String message = failed instanceof FileSystemException file && file.getReason() != null
                ? file.getFile() + ": " + file.getReason()
                : String.valueOf(failed.getMessage());
        return FullDisk.caused(failed)
                ? "the disk is full (" + message + "); free some room below " + home.scheduledBackups(config) + " and "
                        + home.root()
                : message;
    }

    private void make(Instant now) throws IOException, StoreUnavailable {
        PublicKey recipient = recipient();
        prepareFolder();
        shelf.sweep();
        Path copy = home.backupWork().resolve("copy");
        Path scratch = home.backupWork().resolve("check");
        BackupArchive.remove(home.backupWork());
        try {
            Home.ownerOnlyFolder(home.backupWork());
            work.copy(copy);
            boolean checked = config.backup().verify();
            String found = checked ? work.check(copy, scratch) : "not examined";
            BackupArchive.remove(scratch);
            BackupShelf.Stored stored =
                    shelf.store(now, checked, out -> BackupArchive.write(copy, recipient, new Stoppable(out)));
            LOG.info("backup {} has {} bytes; {}", stored.file(), stored.bytes(), found);
            List<Path> removed = shelf.prune(stored, config.backup().keep());
            if (!removed.isEmpty()) {
                LOG.info("backups that the rule does not keep are removed: {}", removed);
            }
        } finally {
            BackupArchive.remove(home.backupWork());
        }
    }

    private PublicKey recipient() throws IOException {
        Path file = home.backupRecipient(config);
        if (!Files.exists(file)) {
            throw new IOException("there is no public key " + file
                    + " (backup.recipient); `koprik backup key PRIVATE_FILE` makes a key pair");
        }
        return EnvelopeKeys.readPublic(file);
    }

    /** A folder elsewhere is not made: it may be the place of a disk that is not mounted. */
    private void prepareFolder() throws IOException {
        Path folder = home.scheduledBackups(config);
        if (folder.startsWith(home.root())) {
            Home.ownerOnlyFolder(folder);
        } else if (!Files.isDirectory(folder)) {
            throw new IOException("there is no folder " + folder + " (backup.to); mount its disk, or make the folder");
        }
    }

    /** Fails when the centre stops. */
    private final class Stoppable extends FilterOutputStream {

        Stoppable(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
            if (stopping) {
                throw new IOException("the centre stops");
            }
            out.write(octets, offset, length);
        }
    }
}
