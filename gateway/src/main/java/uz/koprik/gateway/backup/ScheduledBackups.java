package uz.koprik.gateway.backup;

import static uz.koprik.indicators.wording.Sentence.SAID;

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
import java.util.Map;
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
import uz.koprik.gateway.trouble.BackupTrouble;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.lease.Leases;
import uz.koprik.indicators.wording.Sentence;

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
    private volatile Sentence failure = Sentence.NONE;
    private volatile Instant begun = Instant.EPOCH;
    private volatile boolean wanted;
    private volatile boolean working;

    /** What can be asked for. */
    public enum Answer {
        /** One is made now. */
        STARTED,
        /** The settings have no schedule, and so no place and no key. */
        NOT_SCHEDULED,
        /** Another gateway of this centre makes them. */
        ELSEWHERE
    }

    /**
     * How the backups are.
     *
     * @param scheduled whether the settings have a schedule
     * @param interval between two
     * @param working whether one is made at the moment, by this gateway
     * @param stored the good ones, the newest first
     * @param trouble what is wrong
     */
    public record State(
            boolean scheduled,
            Duration interval,
            boolean working,
            List<BackupShelf.Stored> stored,
            Optional<Failing> trouble) {

        public State {
            stored = List.copyOf(stored);
        }
    }

    /**
     * What is wrong with the backups.
     *
     * @param since when the newest good one was made; {@link Instant#EPOCH} when there is none
     * @param what what is wrong
     */
    public record Failing(Instant since, Sentence what) {

        /** What is wrong, and how old the newest good one is. */
        public String sentence() {
            return what.text() + "; "
                    + (since.equals(Instant.EPOCH) ? "there is no good one" : "the newest good one is of " + since);
        }
    }

    /** A backup cannot be made for a known reason. */
    private static final class Refused extends IOException {

        private static final long serialVersionUID = 1L;

        private final transient Sentence trouble;

        Refused(Sentence trouble) {
            super(trouble.text());
            this.trouble = trouble;
        }
    }

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
    public Optional<Failing> trouble() {
        Instant good = newest().map(BackupShelf.Stored::made).orElse(Instant.EPOCH);
        if (failing()) {
            return Optional.of(new Failing(good, failure));
        }
        Instant from = good.isAfter(begun) ? good : begun;
        return makes()
                        && clock.instant()
                                .isAfter(from.plus(config.backup().schedule()).plus(OVERDUE))
                ? Optional.of(new Failing(good, BackupTrouble.BACKUP_OVERDUE.of()))
                : Optional.empty();
    }

    /** How the backups are now. */
    public State state() throws IOException {
        return new State(
                config.backup().scheduled(), config.backup().schedule(), working || wanted, shelf.list(), trouble());
    }

    /** Makes one now instead of at its time. */
    public Answer makeNow() {
        if (!config.backup().scheduled()) {
            return Answer.NOT_SCHEDULED;
        } else if (!makes()) {
            return Answer.ELSEWHERE;
        }
        wanted = true;
        alarm.ring();
        return Answer.STARTED;
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
        if (!clockRight.getAsBoolean() || (waits(now) && !wanted)) {
            return;
        }
        try {
            if (wanted
                    || times.due(
                            shelf.list().stream().map(BackupShelf.Stored::made).toList(), now)) {
                working = true;
                wanted = false;
                make(now);
                failedAt = null;
            }
        } catch (IOException | StoreUnavailable | RuntimeException failed) {
            if (!stopping) {
                failure = cause(failed);
                failedAt = now;
                LOG.error(
                        "{}; the next attempt is in {} minutes",
                        failure.text(),
                        RETRY.toMinutes(),
                        failed instanceof RuntimeException ? failed : null);
            }
        } finally {
            working = false;
        }
    }

    private boolean waits(Instant now) {
        Instant failed = failedAt;
        return failed != null && !now.isBefore(failed) && now.isBefore(failed.plus(RETRY));
    }

    private Sentence cause(Exception failed) {
        if (FullDisk.caused(failed)) {
            return BackupTrouble.BACKUP_DISK_FULL.with(
                    Map.of(SAID, words(failed), "folder", home.scheduledBackups(config), "home", home.root()));
        }
        return switch (failed) {
            case Refused refused -> refused.trouble;
            case FileSystemException file
            when file.getReason() != null ->
                BackupTrouble.BACKUP_FILE_UNUSABLE.with(Map.of("file", file.getFile(), SAID, file.getReason()));
            case StoreUnavailable away -> BackupTrouble.BACKUP_STORE_AWAY.with(Map.of(SAID, words(away)));
            default -> BackupTrouble.BACKUP_FAILED.with(Map.of(SAID, words(failed)));
        };
    }

    private static String words(Exception failed) {
        return failed instanceof FileSystemException file && file.getReason() != null
                ? file.getFile() + ": " + file.getReason()
                : String.valueOf(failed.getMessage());
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
            throw new Refused(BackupTrouble.BACKUP_NO_KEY.with(Map.of("file", file)));
        }
        return EnvelopeKeys.readPublic(file);
    }

    /** A folder elsewhere is not made: it may be the place of a disk that is not mounted. */
    private void prepareFolder() throws IOException {
        Path folder = home.scheduledBackups(config);
        if (folder.startsWith(home.root())) {
            Home.ownerOnlyFolder(folder);
        } else if (!Files.isDirectory(folder)) {
            throw new Refused(BackupTrouble.BACKUP_NO_FOLDER.with(Map.of("folder", folder)));
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
