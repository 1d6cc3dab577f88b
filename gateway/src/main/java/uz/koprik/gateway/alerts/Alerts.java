package uz.koprik.gateway.alerts;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import uz.koprik.crypto.ProtectedHeader;
import uz.koprik.crypto.Signature;
import uz.koprik.gateway.access.Marks;
import uz.koprik.gateway.access.Standing;
import uz.koprik.gateway.config.Config;
import uz.koprik.gateway.exchange.CaseWatch;
import uz.koprik.gateway.exchange.Intake;
import uz.koprik.gateway.exchange.Release;
import uz.koprik.gateway.http.Routes;
import uz.koprik.indicators.correlation.Correlator;
import uz.koprik.indicators.store.Store;

/** The alerts of a running centre, and all that delivers them. */
public final class Alerts implements AutoCloseable {

    /** A client that does not take its last event within this time goes without. */
    private static final Duration STREAMS_END = Duration.ofSeconds(2);

    private final AlertLog log;
    private final CaseWatch watch;
    private final Store store;
    private final Desk desk;
    private final Streams streams;
    private final Duration requestTimeout;
    private final HookTargets targets;
    private final Digests digests;
    private final Deliveries deliveries;

    /**
     * Opens what is kept of them; nothing is given or delivered before {@link #start}.
     *
     * @param folder where they are kept
     * @param home what paths in the settings are seen from
     * @param seal signs what is sent to webhooks, as {@link ProtectedHeader#ALERT_DELIVERY}
     * @throws IOException when that cannot be read or written
     */
    public static Alerts open(
            Path folder,
            Path home,
            Config config,
            Seal seal,
            Store store,
            Correlator correlator,
            Intake intake,
            Release release,
            Standing standing,
            InstantSource clock)
            throws IOException {
        AlertLog log = AlertLog.open(folder);
        long last = store.status().lastSeq();
        if (log.covered() < 0 || log.covered() > last) {
            // A new log begins with what comes from now on; one that is ahead belongs to a store of which a backup was restored.
            log.append(List.of(), last, clock.instant());
        }
        Desk desk = new Desk(
                log,
                new AlertAudience(release, Marks.open(folder.resolve("marks.key"), Marks.Of.ALERTS)),
                Subscriptions.open(folder.resolve("subscriptions.json")),
                standing,
                config.alerts(),
                clock);
        CaseWatch watch = new CaseWatch(store, correlator, intake, Math.min(log.covered(), last),
                (some, covered) -> log.append(some, covered, clock.instant()));
        HookTargets targets = new HookTargets(config.alerts().webhooks());
        Digests digests = new Digests(folder.resolve("digests"), desk);
        HookSender sender = new HookSender(config.name(), config.alerts().webhooks(), targets, home, seal, clock);
        Deliveries deliveries = new Deliveries(desk, folder.resolve("served"), sender, digests);
        return new Alerts(desk, store, watch, config.limits().requestTimeout(), targets, digests, deliveries);
    }

    /** Signs what is sent to webhooks. */
    public interface Seal {

        /** @param payload canonical JSON (RFC 8785), UTF-8 */
        Signature sign(byte[] payload, Instant now);
    }

    private Alerts(
            Desk desk, Store store, CaseWatch watch, Duration requestTimeout, HookTargets targets, Digests digests, Deliveries deliveries) {
        this.desk = desk;
        this.log = desk.log();
        this.store = store;
        this.watch = watch;
        this.streams = new Streams(desk.config().streamsPerAccount());
        this.requestTimeout = requestTimeout;
        this.targets = targets;
        this.digests = digests;
        this.deliveries = deliveries;
    }

    /** Begins to give and to deliver. */
    public void start() throws IOException {
        watch.start();
        deliveries.start();
    }

    /** Makes the digests that are due; each is made once. Call it now and then. */
    public void digest() {
        deliveries.digest();
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
        return new Figures(log.last(), lag(), streams.count(), desk.subscriptions().all().size());
    }

    private long lag() {
        return Math.max(0, store.status().lastSeq() - watch.covered());
    }

    /** Lets go of alerts that are too old or too many. Call it now and then. */
    public void sweep() {
        try {
            Instant since = desk.clock().instant().minus(desk.config().keep());
            log.prune(since, desk.config().keepSize().bytes());
            deliveries.prune(since);
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

    /** Stops; what was not delivered is delivered after the next start. */
    @Override
    public void close() {
        watch.close();
        deliveries.close();
        try {
            log.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
