package uz.koprik.gateway.retention;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import uz.koprik.gateway.agreements.AgreementBook;
import uz.koprik.gateway.alerts.log.Notice;
import uz.koprik.gateway.concurrent.CentreThreads;
import uz.koprik.gateway.concurrent.LeaderTask;
import uz.koprik.gateway.config.RetentionConfig;
import uz.koprik.gateway.partners.LocalCentre;
import uz.koprik.gateway.partners.Trust;
import uz.koprik.gateway.release.ErasedObjectTerms;
import uz.koprik.gateway.release.Release;
import uz.koprik.indicators.correlation.Correlator;
import uz.koprik.indicators.store.InternalStore;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.lease.Leases;
import uz.koprik.indicators.store.state.StateStore;

/** The parts of a running centre that deal with retention and erasure. All methods that read or erase block. */
public final class ObjectRetention implements AutoCloseable {

    private final String centre;
    private final LegalHolds holds;
    private final RetentionPlanner planner;
    private final RetentionPapers papers;
    private final RetentionEraser eraser;
    private final ErasedContents contents;
    private final RetentionDuty duty;
    private final Optional<LeaderTask> leaderTask;
    private final BooleanSupplier clockRight;
    private final InstantSource clock;

    /**
     * What is due.
     *
     * @param at of the report
     * @param until what is due until then is part of it
     * @param due the earliest first
     */
    public record Report(Instant at, Instant until, List<DueObject> due) {

        public Report {
            due = List.copyOf(due);
        }
    }

    /**
     * A batch of erasures, shortened.
     *
     * @param batch with the first objects
     * @param count of all its objects
     */
    public record ErasedSome(ErasureBatch batch, int count) {}

    private ObjectRetention(
            String centre,
            LegalHolds holds,
            RetentionPlanner planner,
            RetentionPapers papers,
            RetentionEraser eraser,
            ErasedContents contents,
            RetentionConfig config,
            BooleanSupplier clockRight,
            Optional<Leases> leases,
            InstantSource clock,
            CentreThreads threads) {
        this.centre = centre;
        this.holds = holds;
        this.planner = planner;
        this.papers = papers;
        this.eraser = eraser;
        this.contents = contents;
        this.clockRight = clockRight;
        this.clock = clock;
        this.duty = new RetentionDuty(config.timeOfDay(), papers, eraser, clockRight, clock, threads);
        this.leaderTask = leases.map(
                all -> new LeaderTask("runs of retention", all.of("retention"), all.length(), duty, threads));
    }

    /**
     * Puts the parts together; nothing is erased before {@link #start}.
     *
     * @param state the folder of the home
     * @param places what besides the store can hold content of objects
     * @param leases by which gateways of a cluster agree which one makes the daily run; empty when there is one
     */
    public static ObjectRetention of(
            LocalCentre centre,
            RetentionConfig config,
            InternalStore store,
            Correlator correlator,
            AgreementBook agreements,
            Trust trust,
            Release release,
            StateStore stateStore,
            Path state,
            List<ErasedContents.Place> places,
            BooleanSupplier clockRight,
            Optional<Leases> leases,
            InstantSource clock,
            CentreThreads threads) {
        LegalHolds holds = new LegalHolds(stateStore, clock);
        RetentionPlanner planner = new RetentionPlanner(store, correlator, agreements, holds, trust, config, clock);
        RetentionPapers papers = new RetentionPapers(stateStore);
        ErasedObjectTerms terms = new ErasedObjectTerms(stateStore);
        release.remembering(terms);
        List<ErasedContents.Place> all = new ArrayList<>(places);
        all.add((ids, digests, at) -> {
            for (String id : ids) {
                correlator.learnAgain(id);
            }
            release.forgetAnswers();
        });
        ErasedContents contents = new ErasedContents(store, papers, state.resolve("erased-here.json"), all, clock);
        RetentionEraser eraser = new RetentionEraser(store, planner, papers, terms, contents, clock);
        return new ObjectRetention(
                centre.name(), holds, planner, papers, eraser, contents, config, clockRight, leases, clock, threads);
    }

    /** Begins the daily runs. */
    public void start() {
        if (leaderTask.isPresent()) {
            leaderTask.get().start();
        } else {
            duty.begin();
        }
    }

    /** The legal holds of cases. */
    public LegalHolds holds() {
        return holds;
    }

    /** What is due now and in the next days, by the agreements and settings of now. */
    public Report report(int days) throws StoreUnavailable {
        Instant now = clock.instant();
        Instant until = now.plus(Duration.ofDays(days));
        return new Report(now, until, planner.due(until));
    }

    /** The last runs, the latest first. */
    public List<RetentionRun> runs(int limit) throws StoreUnavailable {
        return papers.runs(limit);
    }

    /** The last batches of erasures, the latest first, each with the first of its objects only. */
    public List<ErasedSome> erasures(int limit, int objects) throws StoreUnavailable {
        List<String> ids = papers.batchIds();
        List<ErasedSome> found = new ArrayList<>();
        for (List<String> part : RetentionPapers.parts(
                ids.subList(Math.max(0, ids.size() - limit), ids.size()).reversed())) {
            for (ErasureBatch batch : papers.batches(part)) {
                found.add(new ErasedSome(batch.first(objects), batch.objects().size()));
            }
        }
        return found;
    }

    /**
     * Erases all that is due now, for an account.
     *
     * @throws StoreUnavailable also when the clock cannot be right: what is due would not be
     */
    public RetentionRun run(String account) throws StoreUnavailable, IOException {
        if (!clockRight.getAsBoolean()) {
            throw new StoreUnavailable("the clock of this centre cannot be right, so nothing is erased", null);
        }
        return eraser.run(account);
    }

    /**
     * Erases single objects on order: all of them, or none.
     *
     * @param rule in words: on which order
     * @param account who asks for it
     */
    public ErasureBatch order(List<String> ids, String rule, String account)
            throws StoreUnavailable, IOException, NotErased {
        return eraser.order(ids, rule, account);
    }

    /** Takes out of this home what other gateways erased, and what was on its way. Call it every minute. */
    public void look() throws StoreUnavailable, IOException {
        contents.look();
    }

    /** What operators should know: that the daily run fails. */
    public List<Notice> notices() {
        return duty.failure().stream()
                .map(failure -> Notice.lasting(
                        Notice.Kind.RETENTION,
                        "retention",
                        centre,
                        failure.since(),
                        "the daily run of retention fails since " + failure.since() + " (" + failure.reason()
                                + "), so what is due is not erased",
                        "look into the log and mend the cause; it is tried again every 15 minutes"))
                .toList();
    }

    @Override
    public void close() {
        leaderTask.ifPresent(LeaderTask::close);
        duty.end();
    }
}
