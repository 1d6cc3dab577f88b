package uz.koprik.gateway.alerts;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.ProtectedHeader;
import uz.koprik.crypto.Signature;
import uz.koprik.gateway.access.Marks;
import uz.koprik.gateway.access.Standing;
import uz.koprik.gateway.concurrent.CentreThreads;
import uz.koprik.gateway.config.Config;
import uz.koprik.gateway.config.Home;
import uz.koprik.gateway.exchange.CaseWatch;
import uz.koprik.gateway.exchange.Intake;
import uz.koprik.gateway.exchange.Release;
import uz.koprik.gateway.exchange.Tenure;
import uz.koprik.gateway.http.Routes;
import uz.koprik.indicators.correlation.Correlator;
import uz.koprik.indicators.store.Store;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.lease.Lease;
import uz.koprik.indicators.store.lease.Leases;
import uz.koprik.indicators.store.papers.Papers;

/** The alerts of a running centre, and all that delivers them. */
public final class Alerts implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Alerts.class);

    /** A client that does not take its last event within this time goes without. */
    private static final Duration STREAMS_END = Duration.ofSeconds(2);

    /** How often repetitions of conflicts are written down. */
    private static final Duration SAVE = Duration.ofSeconds(5);

    private final AlertLog log;
    private final Store store;
    private final Desk desk;
    private final IdConflicts conflicts;
    private final Streams streams;
    private final Duration requestTimeout;
    private final HookTargets targets;
    private final Digests digests;
    private final Deliveries deliveries;
    private final AlertDuty duty;
    private final Optional<Sharing> sharing;
    private final CentreThreads threads;
    private Optional<Tenure> tenure = Optional.empty();

    /**
     * What several gateways of a centre have in common.
     *
     * @param lease whoever holds it gives and delivers the alerts of the centre
     * @param length of the lease
     */
    private record Sharing(SharedAlertLog log, Lease lease, Duration length) {}

    /**
     * Opens what is kept of them; nothing is given or delivered before {@link #start}.
     *
     * @param home its state folder is where they are kept when there is one gateway only; paths in the settings are seen from it
     * @param papers in which subscriptions and what belongs to them are
     * @param leases by which the gateways of the centre settle which of them gives and delivers; empty when there is one only
     * @param seal signs what is sent to webhooks, as {@link ProtectedHeader#ALERT_DELIVERY}
     * @throws IOException when that cannot be read or written
     */
    public static Alerts open(
            Home home,
            Config config,
            Papers papers,
            Optional<Leases> leases,
            Seal seal,
            Store store,
            Correlator correlator,
            Intake intake,
            Release release,
            Standing standing,
            InstantSource clock,
            CentreThreads threads)
            throws IOException, StoreUnavailable, InterruptedException {
        long last = store.status().lastSeq();
        Optional<Sharing> sharing = leases.isPresent()
                ? Optional.of(share(home, papers, store, leases.get(), config.store().elasticsearch().follow(), threads))
                : Optional.empty();
        AlertLog log = sharing.isPresent() ? sharing.get().log() : FileAlertLog.open(home.alerts());
        if (log.covered() < 0 || (sharing.isEmpty() && log.covered() > last)) {
            // A new log begins with what comes from now on; one that is ahead belongs to a store of which a backup was restored.
            log.append(List.of(), last, clock.instant());
        }
        IdConflicts conflicts = IdConflicts.open(papers, sharing.isPresent(), config.alerts().keep(), clock);
        intake.onIdConflict(conflicts::report);
        Desk desk = new Desk(
                log, new AlertAudience(release, Marks.open(papers, "alerts/marks.key", Marks.Of.ALERTS), conflicts), Subscriptions.open(papers), standing,
                config.alerts(), clock);
        HookTargets targets = new HookTargets(config.alerts().webhooks());
        Digests digests = new Digests(papers, desk);
        HookSender sender = new HookSender(config.name(), config.alerts().webhooks(), targets, home.root(), seal, clock);
        BooleanSupplier ours = () -> sharing.map(Sharing::lease).map(Lease::held).orElse(true);
        Deliveries deliveries = new Deliveries(desk, papers, sender, digests, ours, threads);
        // What this gateway knows of the sequence may be behind what another one has looked at.
        AlertDuty duty = new AlertDuty(log, () -> new CaseWatch(store, correlator, intake, Math.min(log.covered(), store.status().lastSeq()),
                (some, covered) -> log.append(some, covered, clock.instant()), threads), conflicts, deliveries, threads);
        return new Alerts(desk, conflicts, store, config.limits().requestTimeout(), targets, digests, deliveries, duty, sharing, threads);
    }

    /** Opens the log that all gateways share; the first of them fills it with what its home has, while the others wait. */
    private static Sharing share(Home home, Papers papers, Store store, Leases leases, Duration follow, CentreThreads threads)
            throws IOException, StoreUnavailable, InterruptedException {
        Lease lease = leases.of("alerts");
        while (!AlertMove.isIn(papers)) {
            if (lease.tend()) {
                AlertMove.fromHome(home.state(), papers, store.status().lastSeq(), () -> {
                    lease.tend();
                    lease.requireHeld();
                });
            } else {
                Thread.sleep(follow);
            }
        }
        return new Sharing(SharedAlertLog.open(papers, store::catchUp, follow, threads), lease, leases.length());
    }

    /** Signs what is sent to webhooks. */
    public interface Seal {

        /** @param payload canonical JSON (RFC 8785), UTF-8 */
        Signature sign(byte[] payload, Instant now);
    }

    private Alerts(
            Desk desk,
            IdConflicts conflicts,
            Store store,
            Duration requestTimeout,
            HookTargets targets,
            Digests digests,
            Deliveries deliveries,
            AlertDuty duty,
            Optional<Sharing> sharing,
            CentreThreads threads) {
        this.desk = desk;
        this.conflicts = conflicts;
        this.log = desk.log();
        this.store = store;
        this.streams = new Streams(desk.config().streamsPerAccount());
        this.requestTimeout = requestTimeout;
        this.targets = targets;
        this.digests = digests;
        this.deliveries = deliveries;
        this.duty = duty;
        this.sharing = sharing;
        this.threads = threads;
    }

    /** Begins to give and to deliver; where several gateways share that, as soon as it is this one's turn. */
    public void start() {
        threads.every("id-conflicts", SAVE, conflicts::save);
        if (sharing.isEmpty()) {
            duty.begin();
            return;
        }
        sharing.get().log().start();
        tenure = Optional.of(new Tenure("the alerts of the centre", sharing.get().lease(), sharing.get().length(), duty, threads));
        tenure.get().start();
    }

    private boolean ours() {
        return sharing.isEmpty() || sharing.get().lease().held();
    }

    /** Makes the digests that are due; each is made once. Call it now and then. */
    public void digest() {
        try {
            deliveries.digest();
        } catch (IOException | StoreUnavailable failed) {
            LOG.error("digests are made later: {}", failed.getMessage());
        }
    }

    /** All routes of alerts, behind the door. */
    public List<Routes> routes() {
        return routes(desk, streams, requestTimeout, targets, digests, deliveries);
    }

    /** The one visible list of them. */
    static List<Routes> routes(
            Desk desk,
            Streams streams,
            Duration requestTimeout,
            HookTargets targets,
            Digests digests,
            SubscriptionRoutes.Changes changes) {
        return List.of(
                new AlertRoutes(desk), new StreamRoutes(desk, streams, requestTimeout), new SubscriptionRoutes(desk, targets, changes),
                new DigestRoutes(desk, digests));
    }

    /** Counts nothing that tells whether cases were met: operators, who have no right to cases, read meters. */
    public void bindTo(MeterRegistry meters) {
        Gauge.builder("koprik.alerts.lag", this, Alerts::lag)
                .description("Entries of the sequence that were not looked at for alerts yet")
                .register(meters);
        Gauge.builder("koprik.alerts.streams", streams, Streams::count).description("Open event streams of alerts").register(meters);
        Gauge.builder("koprik.alerts.webhooks.failing", deliveries, Deliveries::failing)
                .description("Subscriptions whose webhook did not take the last delivery")
                .register(meters);
        Gauge.builder("koprik.alerts.webhooks.dead", deliveries, Deliveries::withDeadLetters)
                .description("Subscriptions with deliveries that were given up")
                .register(meters);
    }

    /**
     * Alerts in figures, for those who may know of them.
     *
     * @param lastSeq the number of the newest alert; 0 when there is none
     * @param lag entries of the sequence that were not looked at yet
     * @param streams open event streams
     * @param subscriptions of all accounts
     */
    public record Figures(long lastSeq, long lag, int streams, int subscriptions) {}

    /** See {@link Figures}. */
    public Figures figures() {
        return new Figures(log.last(), lag(), streams.count(), desk.subscriptions().count());
    }

    private long lag() {
        return Math.max(0, store.status().lastSeq() - log.covered());
    }

    /** Lets go of alerts that are too old or too many. Call it now and then. */
    public void sweep() {
        if (!ours()) {
            return;
        }
        try {
            Instant since = desk.clock().instant().minus(desk.config().keep());
            log.prune(since, desk.config().keepSize().bytes());
            deliveries.prune(since);
        } catch (StoreUnavailable away) {
            LOG.warn("alerts are let go of later: {}", away.getMessage());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Ends event streams, each with a word, so that the server need not wait for them. */
    public void endStreams() throws InterruptedException {
        streams.close();
        log.wake();
        streams.awaitNone(STREAMS_END);
    }

    /** Stops; what was not delivered is delivered by whoever goes on. */
    @Override
    public void close() {
        deliveries.abort();
        tenure.ifPresentOrElse(Tenure::close, duty::end);
        try {
            conflicts.save();
        } catch (StoreUnavailable away) {
            LOG.warn("the newest repetitions of conflicts are not counted: {}", away.getMessage());
        }
        try {
            log.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
