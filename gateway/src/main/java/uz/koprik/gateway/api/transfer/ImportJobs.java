package uz.koprik.gateway.api.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.gateway.api.common.AnalystServices;
import uz.koprik.gateway.api.common.BrokenImport;
import uz.koprik.gateway.api.common.ImportFailure;
import uz.koprik.gateway.cases.CaseTables;
import uz.koprik.gateway.concurrent.ThreadPools;
import uz.koprik.gateway.http.Problem;
import uz.koprik.indicators.imports.ImportReader;
import uz.koprik.indicators.imports.ImportRefused;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.state.StateStore;

/**
 * Imports that go on when their sender has left. The file lies in the home of the gateway that took it until its import
 * ends; how far it is stands in a paper that every gateway of the centre reads. Safe for many threads.
 */
public final class ImportJobs implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ImportJobs.class);

    /** Files up to this size, in bytes, do not wait for larger ones. */
    private static final long SHORT = 1L << 20;

    /** How many imports of an account may wait and run. */
    static final int OPEN = 5;

    /** How many ended imports an account finds again. */
    private static final int KEPT = 50;

    /** After this long without a word, the gateway of a job is taken for gone. Clocks of gateways differ. */
    private static final Duration SILENCE = Duration.ofMinutes(5);

    private static final Duration STOP = Duration.ofSeconds(2);

    private static final Duration RETRY = Duration.ofSeconds(30);

    private static final DateTimeFormatter ID_TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.UTC);

    private final AnalystServices services;
    private final ImportJobPapers papers;
    private final String gateway;
    private final InstantSource clock;
    private final String run = UUID.randomUUID().toString();
    /**
     * One import uses all processors, and two of one file would write two objects of one id: each waits for those of
     * its sort.
     */
    private final ExecutorService shortOnes = ThreadPools.platform("import-short-", 1);

    private final ExecutorService longOnes = ThreadPools.platform("import-long-", 1);
    private final Map<String, LiveImport> live = new ConcurrentHashMap<>();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private boolean recovered;

    /** @param gateway name of this gateway among those of the centre; empty where there is one */
    public ImportJobs(AnalystServices services, StateStore papers, String gateway) {
        this.services = services;
        this.papers = new ImportJobPapers(papers);
        this.gateway = gateway;
        this.clock = services.clock();
    }

    /**
     * Keeps the papers of open jobs fresh, and marks what an earlier run of this gateway left open. To be called about
     * every 15 seconds.
     */
    public void beat() throws StoreUnavailable {
        for (LiveImport job : List.copyOf(live.values())) {
            job.beat();
            if (job.over()) {
                live.remove(job.id());
            }
        }
        if (!recovered) {
            for (ImportJobPapers.Written left : papers.all(Optional.empty())) {
                if (isLeft(left.job())) {
                    papers.write(left.job().interrupted(clock.instant().toString()), left.version());
                }
            }
            recovered = true;
        }
    }

    /** Whether an earlier run of this gateway did not end a job. */
    private boolean isLeft(ImportJob job) {
        return job.open() && gateway.equals(job.gateway()) && !run.equals(job.run());
    }

    /**
     * Takes an import; the caller leaves the folder of the file to it.
     *
     * @param file name of the file; empty for none
     * @param bytes its size
     * @throws Problem 429 when the account has too many under way
     */
    ImportJob submit(LiveImport.Work work, String file, long bytes) throws StoreUnavailable {
        String account = work.caller().name();
        List<ImportJobPapers.Written> earlier = papers.all(Optional.of(account));
        checkRoom(earlier.stream().map(ImportJobPapers.Written::job).toList());
        for (ImportJobPapers.Written old : earlier.stream()
                .filter(one -> !seen(one.job()).open())
                .skip(KEPT - 1)
                .toList()) {
            papers.remove(old.job());
        }
        Instant now = clock.instant();
        String id = ID_TIME.format(now) + '-' + UUID.randomUUID().toString().substring(0, 8);
        ImportJob job = new ImportJob(
                id,
                account,
                ImportJob.Phase.WAITING.code(),
                file.isEmpty() ? null : file,
                bytes,
                work.plan().defaults().tlp().label(),
                now.toString(),
                null,
                now.toString(),
                null,
                ImportJob.Counts.NONE,
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                null,
                null,
                null,
                null,
                gateway,
                run);
        String version = papers.write(job, "").orElseThrow(() -> new IllegalStateException("two imports of one id"));
        LiveImport one = new LiveImport(papers, clock, new ImportJobPapers.Written(job, version), work, stopping);
        live.put(id, one);
        (bytes <= SHORT ? shortOnes : longOnes).execute(() -> work(one));
        return job;
    }

    /** @throws Problem 429 when too many of {@code jobs} are under way */
    private void checkRoom(List<ImportJob> jobs) {
        if (jobs.stream().filter(one -> seen(one).open()).count() >= OPEN) {
            throw Problem.later(
                    429,
                    "Too many imports",
                    "this account has " + OPEN
                            + " imports under way; wait until one has ended, or cancel one, and send the file again",
                    RETRY);
        }
    }

    /** As {@link #submit} does, before a file is sent in vain. */
    void checkRoom(String account) throws StoreUnavailable {
        checkRoom(papers.all(Optional.of(account)).stream()
                .map(ImportJobPapers.Written::job)
                .toList());
    }

    /** The jobs of an account, of all when it is empty; the newest first. */
    List<ImportJob> all(Optional<String> account) throws StoreUnavailable {
        Map<String, LiveImport> here = Map.copyOf(live); // before the papers: what ends meanwhile has its last one
        return papers.all(account).stream()
                .map(one -> here.containsKey(one.job().id())
                        ? here.get(one.job().id()).job()
                        : seen(one.job()))
                .toList();
    }

    /** One of them. */
    Optional<ImportJob> find(Optional<String> account, String id) throws StoreUnavailable {
        LiveImport here = live.get(id);
        if (here != null) {
            return Optional.of(here.job())
                    .filter(job -> account.isEmpty() || account.get().equals(job.account()));
        }
        return papers.find(account, id).map(one -> seen(one.job()));
    }

    /** Cancels an open job, at any gateway; what has ended stays as it is. */
    Optional<ImportJob> cancel(Optional<String> account, String id) throws StoreUnavailable {
        while (true) {
            Optional<ImportJobPapers.Written> there = papers.find(account, id);
            if (there.isEmpty() || !seen(there.get().job()).open()) {
                return there.map(one -> seen(one.job()));
            }
            LiveImport here = live.get(id);
            if (here != null) {
                here.cancel();
                return Optional.of(here.job());
            }
            ImportJob marked = there.get().job().toCancel();
            if (papers.write(marked, there.get().version()).isPresent()) {
                return Optional.of(marked);
            }
        }
    }

    /** A job as it is: here by what this gateway knows, elsewhere by its paper unless that is too old. */
    private ImportJob seen(ImportJob job) {
        LiveImport here = live.get(job.id());
        if (here != null) {
            return here.job();
        }
        boolean silent = job.open()
                && !run.equals(job.run())
                && Instant.parse(job.updated()).plus(SILENCE).isBefore(clock.instant());
        return silent || isLeft(job) ? job.interrupted(job.updated()) : job;
    }

    private void work(LiveImport job) {
        try {
            if (job.unwanted()) {
                job.end(letGo(), Optional.empty(), Map.of());
            } else {
                bring(job);
            }
        } catch (RuntimeException | Error unexpected) {
            LOG.error("import {} broken off by an unexpected failure", job.id(), unexpected);
            job.end(ImportJob.Phase.FAILED, Optional.of(internal(job)), Map.of());
        } finally {
            throwAway(job);
            if (job.over()) {
                live.remove(job.id());
            }
        }
    }

    private void bring(LiveImport job) {
        LiveImport.Work work = job.work();
        ImportTally tally = new ImportTally(work.listed(), job);
        Importer importer = new Importer(
                services, work.caller(), work.plan().defaults(), work.plan().objectTerms());
        job.begin(tally);
        try (InputStream file = job.counted(Files.newInputStream(work.file()))) {
            ImportReader rows = ImportReader.open(
                    file,
                    work.plan().options(),
                    new StoredNames(services.release(), work.caller().recipient()));
            job.note(rows.notes().stream().map(ImportLine.NoteLine::ofFile).toList());
            Optional<ImportRun.Broken> broken = ImportRun.of(rows, importer, tally, work.caller())
                    .map(why -> why.code() == ImportFailure.INTERNAL ? internal(job) : why);
            job.end(broken.isPresent() ? ImportJob.Phase.FAILED : ImportJob.Phase.DONE, broken, importer.kinds());
        } catch (ImportRefused e) {
            job.end(
                    ImportJob.Phase.FAILED,
                    Optional.of(new ImportRun.Broken(e.sentence(), ImportFailure.FILE)),
                    importer.kinds());
        } catch (LiveImport.Unwanted e) {
            job.end(letGo(), Optional.empty(), importer.kinds());
        } catch (IOException e) {
            LOG.error("import {} broken off: its file cannot be read", job.id(), e);
            job.end(ImportJob.Phase.FAILED, Optional.of(internal(job)), importer.kinds());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            job.end(ImportJob.Phase.INTERRUPTED, Optional.empty(), importer.kinds());
        }
    }

    private ImportJob.Phase letGo() {
        return stopping.get() ? ImportJob.Phase.INTERRUPTED : ImportJob.Phase.CANCELLED;
    }

    private static ImportRun.Broken internal(LiveImport job) {
        return new ImportRun.Broken(BrokenImport.JOB_WENT_WRONG.of(job.id()), ImportFailure.INTERNAL);
    }

    private static void throwAway(LiveImport job) {
        try {
            CaseTables.throwAway(job.work().folder());
        } catch (IOException e) {
            LOG.warn("the file of import {} is removed at the next start only", job.id(), e);
        }
    }

    /** Ends all jobs after the batch at hand; each says that it was interrupted. */
    @Override
    public void close() {
        stopping.set(true);
        shortOnes.shutdown();
        longOnes.shutdown();
        try {
            if (!longOnes.awaitTermination(STOP.toMillis(), TimeUnit.MILLISECONDS)
                    || !shortOnes.awaitTermination(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("imports under way did not end in {} s; the next start marks them", STOP.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
