package uz.koprik.gateway.api.transfer;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.gateway.api.common.BrokenImport;
import uz.koprik.gateway.api.common.SentenceView;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.intake.Outcome;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.wording.Sentence;

/**
 * A job that this gateway works on: it follows the import and keeps the paper up to date. One thread imports; any may
 * ask or cancel.
 */
final class LiveImport implements ImportTally.Follower {

    private static final Logger LOG = LoggerFactory.getLogger(LiveImport.class);

    private static final long WRITE_NANOS = 1_000_000_000;

    /** How many stored objects a job lists. */
    private static final int OBJECTS = 200;

    private final ImportJobPapers papers;
    private final InstantSource clock;
    private final ImportJob first;
    private final AtomicBoolean stopping;
    private final AtomicBoolean cancelled = new AtomicBoolean();

    private final List<ImportLine.RefusalLine> refusals = new ArrayList<>();
    private final List<ImportJob.Stored> objects = new ArrayList<>();
    private final List<ImportLine.NoteLine> notes = new ArrayList<>();
    private ImportJob.Counts counts = ImportJob.Counts.NONE;
    private ImportJob.Phase phase = ImportJob.Phase.WAITING;
    private String started;
    private Map<String, Long> readAs;
    private Sentence error = Sentence.NONE;
    private String errorCode;
    private String version;
    private String ended;
    private boolean saved;
    private long written;

    /** The import that is followed; set before it begins. */
    private ImportTally tally;

    private final AtomicLong bytesRead = new AtomicLong();

    /**
     * What is to be imported.
     *
     * @param folder holds the file and nothing else; thrown away at the end
     * @param listed how many refused rows and how many notes are kept
     * @param entitled whether the account may still submit; otherwise the rest is not imported
     */
    record Work(Caller caller, ImportPlan plan, Path folder, int listed, BooleanSupplier entitled) {

        Path file() {
            return folder.resolve("file");
        }
    }

    private final Work work;

    /** @param stopping whether the gateway stops */
    LiveImport(
            ImportJobPapers papers,
            InstantSource clock,
            ImportJobPapers.Written first,
            Work work,
            AtomicBoolean stopping) {
        this.papers = papers;
        this.clock = clock;
        this.first = first.job();
        this.version = first.version();
        this.work = work;
        this.stopping = stopping;
    }

    Work work() {
        return work;
    }

    String id() {
        return first.id();
    }

    /** Says that the rest is not wanted. */
    void cancel() {
        cancelled.set(true);
    }

    boolean unwanted() {
        return cancelled.get() || stopping.get() || !work.entitled().getAsBoolean();
    }

    /** Thrown through the import when nobody wants the rest. */
    static final class Unwanted extends IOException {

        private static final long serialVersionUID = 1L;

        Unwanted() {
            super("the rest of the file is not imported");
        }
    }

    /** The file as a stream that counts. */
    InputStream counted(InputStream in) {
        return new FilterInputStream(in) {
            @Override
            public int read() throws IOException {
                int one = super.read();
                bytesRead.addAndGet(one < 0 ? 0 : 1);
                return one;
            }

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                int some = super.read(into, from, length);
                bytesRead.addAndGet(Math.max(0, some));
                return some;
            }
        };
    }

    /** It is its turn. */
    synchronized void begin(ImportTally follows) {
        tally = follows;
        phase = ImportJob.Phase.RUNNING;
        started = clock.instant().toString();
        write();
    }

    @Override
    public void batch(List<ImportLine.RefusalLine> refused, List<ImportLine.NoteLine> noted, List<Outcome> stored)
            throws IOException {
        synchronized (this) {
            refusals.addAll(refused);
            notes.addAll(noted);
            stored.stream()
                    .limit(OBJECTS - Math.min(OBJECTS, objects.size()))
                    .map(ImportJob.Stored::of)
                    .forEach(objects::add);
            counts = ImportJob.Counts.of(bytesRead.get(), tally);
            if (System.nanoTime() - written >= WRITE_NANOS) {
                write();
            }
        }
        if (unwanted()) {
            throw new Unwanted();
        }
    }

    /** Notes about the file as a whole. */
    synchronized void note(List<ImportLine.NoteLine> ofFile) {
        notes.addAll(ofFile);
    }

    /**
     * It is over.
     *
     * @param broken why it was broken off; empty when it was not
     * @param kinds values by kind
     */
    synchronized void end(ImportJob.Phase how, Optional<ImportRun.Broken> broken, Map<String, Long> kinds) {
        // The store closes under an import that does not end in time: that is no fault of the file or the store.
        phase = how == ImportJob.Phase.FAILED && stopping.get() ? ImportJob.Phase.INTERRUPTED : how;
        if (tally != null) {
            counts = ImportJob.Counts.of(how == ImportJob.Phase.DONE ? first.bytes() : bytesRead.get(), tally);
        }
        readAs = kinds.isEmpty() ? null : kinds;
        error = broken.map(ImportRun.Broken::error).orElse(Sentence.NONE);
        errorCode = broken.map(why -> why.code().code()).orElse(null);
        ended = clock.instant().toString();
        write();
    }

    /** Writes the paper when it was not written lately, so that other gateways see that this one lives. */
    synchronized void beat() {
        if (ended == null ? System.nanoTime() - written >= WRITE_NANOS : !saved) {
            write();
        }
    }

    /** Whether the paper says how it ended. */
    synchronized boolean over() {
        return ended != null && saved;
    }

    /** A paper that is not written now is written with the next batch or beat. */
    private void write() {
        saved = false;
        try {
            Optional<String> now = papers.write(job(), version);
            if (now.isEmpty()) { // another gateway has marked it
                Optional<ImportJobPapers.Written> there = papers.find(Optional.of(first.account()), first.id());
                if (there.filter(one -> Boolean.TRUE.equals(one.job().cancelling()))
                        .isPresent()) {
                    cancelled.set(true);
                }
                version = there.map(ImportJobPapers.Written::version).orElse("");
                now = papers.write(job(), version);
            }
            saved = now.isPresent();
            version = now.orElse(version);
            written = System.nanoTime();
        } catch (StoreUnavailable e) {
            LOG.warn("the paper of import {} cannot be written now: {}", first.id(), e.getMessage());
        }
    }

    /** As it is at this moment. */
    synchronized ImportJob job() {
        boolean over = ended != null;
        Sentence why = phase == ImportJob.Phase.INTERRUPTED ? BrokenImport.GATEWAY_STOPPED.of() : error;
        return new ImportJob(
                first.id(),
                first.account(),
                phase.code(),
                first.file(),
                first.bytes(),
                first.tlp(),
                first.submitted(),
                started,
                over ? ended : clock.instant().toString(),
                ended,
                counts,
                List.copyOf(refusals),
                List.copyOf(objects),
                List.copyOf(notes),
                readAs,
                why.textOrNull(),
                phase == ImportJob.Phase.INTERRUPTED ? ImportJob.UNFINISHED : errorCode,
                SentenceView.orNull(why),
                over ? ImportJob.sentence(phase, counts, error.text()) : null,
                (!over && cancelled.get()) ? Boolean.TRUE : null,
                first.gateway(),
                first.run());
    }
}
