package uz.koprik.gateway.alerts;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.jws.ProtectedHeader;
import uz.koprik.crypto.jws.Signature;
import uz.koprik.gateway.alerts.log.Acknowledgements;
import uz.koprik.gateway.alerts.log.Alert;
import uz.koprik.gateway.alerts.log.AlertErasure;
import uz.koprik.gateway.alerts.log.AlertFollower;
import uz.koprik.gateway.alerts.log.AlertLog;
import uz.koprik.gateway.alerts.log.AlertMigration;
import uz.koprik.gateway.alerts.log.Notice;
import uz.koprik.gateway.auth.AccountStatus;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.CursorCodec;
import uz.koprik.gateway.casematch.CaseMatchSource;
import uz.koprik.gateway.concurrent.CentreThreads;
import uz.koprik.gateway.concurrent.LeaderTask;
import uz.koprik.gateway.config.Config;
import uz.koprik.gateway.config.Home;
import uz.koprik.gateway.http.Routes;
import uz.koprik.gateway.partners.Trust;
import uz.koprik.gateway.recalls.RecallBook;
import uz.koprik.gateway.release.Release;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.lease.Lease;
import uz.koprik.indicators.store.lease.Leases;
import uz.koprik.indicators.store.state.StateStore;

/** The alerts of a running centre and their delivery. */
public final class Alerts implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Alerts.class);

    /** How long a stop waits for clients to take their last event. */
    private static final Duration STREAMS_END = Duration.ofSeconds(2);

    /** How often repetitions of conflicts are written down. */
    private static final Duration SAVE = Duration.ofSeconds(5);

    private final AlertLog log;
    private final CaseMatchSource matches;
    private final AlertServices alertServices;
    private final IdConflicts conflicts;
    private final OperatorNotices notices;
    private final Streams streams;
    private final Duration requestTimeout;
    private final WebhookTargets targets;
    private final Digests digests;
    private final Deliveries deliveries;
    private final AlertLeader duty;
    private final Optional<LeasedLog> sharing;
    private final CentreThreads threads;
    private Optional<LeaderTask> tenure = Optional.empty();
    private Optional<AlertFollower> follower = Optional.empty();

    /**
     * The shared parts of several gateways of one centre.
     *
     * @param lease its holder is the leader, which emits and delivers alerts
     * @param length of the lease
     * @param follow period of reading what other gateways emit
     */
    private record LeasedLog(Lease lease, Duration length, Duration follow) {}

    /**
     * Opens the stored alerts; nothing is emitted or delivered before {@link #start}.
     *
     * @param home its state folder holds the alerts of a single gateway; paths in the settings are relative to it
     * @param stateStore the state store
     * @param leases elects the leader of several gateways; empty for a single gateway
     * @param seal signs what is sent to webhooks, as {@link ProtectedHeader#ALERT_DELIVERY}
     * @param names checks the names in filters of alerts
     * @param trust which keys are compromised
     * @param recalls which objects were recalled
     * @throws IOException when the alerts cannot be read or written
     */
    public static Alerts open(
            Home home,
            Config config,
            StateStore stateStore,
            Optional<Leases> leases,
            Seal seal,
            CaseMatchSource matches,
            Release release,
            AccountStatus accountStatus,
            AlertNames names,
            Trust trust,
            RecallBook recalls,
            InstantSource clock,
            CentreThreads threads)
            throws IOException, StoreUnavailable, InterruptedException {
        long last = matches.lastSeq();
        Optional<LeasedLog> sharing = leases.isPresent()
                ? Optional.of(share(
                        home,
                        stateStore,
                        matches,
                        leases.get(),
                        config.store().elasticsearch().follow()))
                : Optional.empty();
        AlertLog log =
                sharing.isPresent() ? AlertLog.openShared(stateStore, matches::catchUp) : only(home, stateStore, last);
        if (sharing.isEmpty() && log.covered() > last) {
            // A log that is ahead of the store belongs to a store that was restored from a backup.
            log.append(List.of(), last, clock.instant());
        }
        IdConflicts conflicts = IdConflicts.open(
                stateStore,
                matches::catchUp,
                sharing.isPresent(),
                config.alerts().keep(),
                clock);
        OperatorNotices notices = new OperatorNotices(stateStore, log, sharing.isPresent(), clock);
        matches.onIdConflict(conflicts::report);
        AlertServices alertServices = new AlertServices(
                log,
                new AlertAudience(
                        release,
                        trust,
                        recalls,
                        CursorCodec.open(stateStore, "alerts/marks.key", CursorCodec.Of.ALERTS),
                        conflicts),
                Acknowledgements.open(stateStore, sharing.isPresent()),
                Subscriptions.open(stateStore),
                accountStatus,
                names,
                config.alerts(),
                clock);
        WebhookTargets targets = new WebhookTargets(config.alerts().webhooks());
        Digests digests = new Digests(stateStore, alertServices);
        WebhookClient sender =
                new WebhookClient(config.name(), config.alerts().webhooks(), targets, home.root(), seal, clock);
        BooleanSupplier ours =
                () -> sharing.map(LeasedLog::lease).map(Lease::held).orElse(true);
        Deliveries deliveries = new Deliveries(alertServices, stateStore, sender, digests, ours, threads);
        // Another gateway may have searched further than this gateway has read.
        AlertLeader duty = new AlertLeader(
                log,
                () -> matches.watch(
                        log.covered(), (some, covered) -> log.append(some, covered, clock.instant()), threads),
                conflicts,
                notices,
                deliveries,
                threads);
        return new Alerts(
                alertServices,
                conflicts,
                notices,
                matches,
                config.limits().requestTimeout(),
                targets,
                digests,
                deliveries,
                duty,
                sharing,
                threads);
    }

    private static AlertLog only(Home home, StateStore stateStore, long last) throws IOException, StoreUnavailable {
        AlertMigration.prepare(home.state(), stateStore, last);
        return AlertLog.open(stateStore);
    }

    /** Prepares the shared log. The first gateway copies its home to it, while the others wait. */
    private static LeasedLog share(
            Home home, StateStore stateStore, CaseMatchSource matches, Leases leases, Duration follow)
            throws IOException, StoreUnavailable, InterruptedException {
        Lease lease = leases.of("alerts");
        while (!AlertMigration.isIn(stateStore)) {
            if (lease.tend()) {
                AlertMigration.fromHome(home.state(), stateStore, matches.lastSeq(), () -> {
                    lease.tend();
                    lease.requireHeld();
                });
            } else {
                Thread.sleep(follow);
            }
        }
        return new LeasedLog(lease, leases.length(), follow);
    }

    /** Signs what is sent to webhooks. */
    public interface Seal {

        /** @param payload canonical JSON (RFC 8785), UTF-8 */
        Signature sign(byte[] payload, Instant now);
    }

    private Alerts(
            AlertServices alertServices,
            IdConflicts conflicts,
            OperatorNotices notices,
            CaseMatchSource matches,
            Duration requestTimeout,
            WebhookTargets targets,
            Digests digests,
            Deliveries deliveries,
            AlertLeader duty,
            Optional<LeasedLog> sharing,
            CentreThreads threads) {
        this.alertServices = alertServices;
        this.conflicts = conflicts;
        this.notices = notices;
        this.log = alertServices.log();
        this.matches = matches;
        this.streams = new Streams(alertServices.config().streamsPerAccount());
        this.requestTimeout = requestTimeout;
        this.targets = targets;
        this.digests = digests;
        this.deliveries = deliveries;
        this.duty = duty;
        this.sharing = sharing;
        this.threads = threads;
    }

    /** Begins to emit and deliver; of several gateways, only the leader does. */
    public void start() {
        threads.every("id-conflicts", SAVE, conflicts::save);
        if (sharing.isEmpty()) {
            duty.begin();
            return;
        }
        follower = Optional.of(AlertFollower.start(log, sharing.get().follow(), threads));
        tenure = Optional.of(new LeaderTask(
                "the alerts of the centre", sharing.get().lease(), sharing.get().length(), duty, threads));
        tenure.get().start();
    }

    private boolean ours() {
        return sharing.isEmpty() || sharing.get().lease().held();
    }

    /**
     * Takes the content of erased objects out of all alerts and digests; durable when this returns. The alerts stay.
     *
     * @param ids of the objects
     * @param at when they were erased
     */
    public void erase(Collection<String> ids, Instant at) throws StoreUnavailable, IOException {
        AlertErasure erasure = new AlertErasure(ids, at);
        log.erase(erasure);
        digests.erase(erasure);
    }

    /** Makes the digests that are due, each once. Call it periodically. */
    public void digest() {
        try {
            deliveries.digest();
        } catch (IOException | StoreUnavailable failed) {
            LOG.error("digests wait: {}", failed.getMessage());
        }
    }

    /** Takes notices for operators; each becomes one alert, however often it is reported. Call it periodically. */
    public void report(List<Notice> some) throws StoreUnavailable {
        notices.report(some);
    }

    /** All routes of alerts, for authenticated callers. */
    public List<Routes> routes() {
        return routes(alertServices, streams, requestTimeout, targets, digests, deliveries);
    }

    /** The list of routes. */
    static List<Routes> routes(
            AlertServices alertServices,
            Streams streams,
            Duration requestTimeout,
            WebhookTargets targets,
            Digests digests,
            SubscriptionRoutes.Changes changes) {
        return List.of(
                new AlertRoutes(alertServices),
                new AlertDeskRoutes(alertServices),
                new StreamRoutes(alertServices, streams, requestTimeout),
                new SubscriptionRoutes(alertServices, targets, changes),
                new DigestRoutes(alertServices, digests));
    }

    /** Counts nothing that reveals matches of cases: operators, who have no right to cases, read meters. */
    public void bindTo(MeterRegistry meters) {
        Gauge.builder("koprik.alerts.lag", this, Alerts::lag)
                .description("Entries of the sequence that were not searched for matches yet")
                .register(meters);
        Gauge.builder("koprik.alerts.streams", streams, Streams::count)
                .description("Open event streams of alerts")
                .register(meters);
        Gauge.builder("koprik.alerts.webhooks.failing", deliveries, Deliveries::failing)
                .description("Subscriptions whose webhook did not take the last delivery")
                .register(meters);
        Gauge.builder("koprik.alerts.webhooks.dead", deliveries, Deliveries::withDeadLetters)
                .description("Subscriptions with deliveries that were given up")
                .register(meters);
    }

    /**
     * Figures of alerts, for callers who see everything.
     *
     * @param lastSeq the number of the newest alert; 0 when there is none
     * @param lag entries of the sequence that were not searched yet
     * @param streams open event streams
     * @param subscriptions of all accounts
     */
    public record Figures(long lastSeq, long lag, int streams, int subscriptions) {}

    /**
     * Alerts that a caller may know of.
     *
     * @param count how many there are
     * @param more whether there are more than were counted
     * @param newest the newest of them, the newest first
     */
    public record Summary(long count, boolean more, List<Alert> newest) {

        public Summary {
            newest = List.copyOf(newest);
        }
    }

    /**
     * The alerts that nobody acknowledged and that the caller may know of.
     *
     * @param newest how many of them are handed over
     */
    public Summary open(Caller caller, int newest) throws StoreUnavailable, IOException {
        return new AlertSummary(alertServices).open(caller, newest);
    }

    /** See {@link Figures}. */
    public Figures figures() {
        return new Figures(
                log.last(),
                lag(),
                streams.count(),
                alertServices.subscriptions().count());
    }

    private long lag() {
        return Math.max(0, matches.lastSeq() - log.covered());
    }

    /** Drops alerts that are too old or too many. Call it periodically. */
    public void sweep() {
        if (!ours()) {
            return;
        }
        try {
            Instant since =
                    alertServices.clock().instant().minus(alertServices.config().keep());
            log.prune(since, alertServices.config().keepSize().bytes());
            deliveries.prune(since);
            alertServices.acknowledgements().prune(since);
        } catch (StoreUnavailable away) {
            LOG.warn("old alerts are dropped later: {}", away.getMessage());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Ends each event stream with a last event, so that the server does not wait for clients. */
    public void endStreams() throws InterruptedException {
        streams.close();
        log.wake();
        streams.awaitNone(STREAMS_END);
    }

    /** Stops. The next leader delivers the rest. */
    @Override
    public void close() {
        deliveries.abort();
        tenure.ifPresentOrElse(LeaderTask::close, duty::end);
        try {
            conflicts.save();
        } catch (StoreUnavailable away) {
            LOG.warn("the newest repetitions of conflicts are not counted: {}", away.getMessage());
        }
        follower.ifPresent(AlertFollower::close);
        try {
            log.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
