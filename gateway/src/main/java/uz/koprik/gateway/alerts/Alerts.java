package uz.koprik.gateway.alerts;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.json.JsonObject;
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

    private static final Logger LOG = LoggerFactory.getLogger(Alerts.class);

    private final AlertLog log;
    private final CaseWatch watch;
    private final Store store;
    private final Desk desk;
    private final Streams streams;
    private final Duration requestTimeout;

    /**
     * Opens what is kept of them; nothing is given or delivered before {@link #start}.
     *
     * @param folder where they are kept
     * @throws IOException when that cannot be read or written
     */
    public static Alerts open(
            Path folder,
            Config config,
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
                new AlertAudience(release),
                Subscriptions.open(folder.resolve("subscriptions.json")),
                standing,
                config.alerts(),
                clock);
        CaseWatch watch = new CaseWatch(store, correlator, intake, Math.min(log.covered(), last),
                (some, covered) -> log.append(some, covered, clock.instant()));
        return new Alerts(desk, store, watch, config.limits().requestTimeout());
    }

    private Alerts(Desk desk, Store store, CaseWatch watch, Duration requestTimeout) {
        this.desk = desk;
        this.log = desk.log();
        this.store = store;
        this.watch = watch;
        this.streams = new Streams(desk.config().streamsPerAccount());
        this.requestTimeout = requestTimeout;
    }

    /** Begins to give and to deliver. */
    public void start() {
        watch.start();
    }

    /** All routes of alerts, behind the door. */
    public List<Routes> routes() {
        return routes(desk, streams, requestTimeout, changes());
    }

    /** The one visible list of them. */
    static List<Routes> routes(Desk desk, Streams streams, Duration requestTimeout, SubscriptionRoutes.Changes changes) {
        HookTargets targets = new HookTargets(desk.config().webhooks());
        return List.of(
                new AlertRoutes(desk), new StreamRoutes(desk, streams, requestTimeout), new SubscriptionRoutes(desk, targets, changes));
    }

    private SubscriptionRoutes.Changes changes() {
        return new SubscriptionRoutes.Changes() {
            @Override
            public void added(Subscription one) {
                LOG.info("{} subscribed to alerts", one.account());
            }

            @Override
            public void removed(Subscription one) {
                LOG.info("{} unsubscribed from alerts", one.account());
            }

            @Override
            public void describe(Subscription one, JsonObject.Builder view) {
            }
        };
    }

    /** Counts nothing that tells whether cases were met: operators, who have no right to cases, read meters. */
    public void bindTo(MeterRegistry meters) {
        Gauge.builder("koprik.alerts.lag", this, Alerts::lag)
                .description("Entries of the sequence that were not looked at for alerts yet")
                .register(meters);
        Gauge.builder("koprik.alerts.streams", streams, Streams::count).description("Open event streams of alerts").register(meters);
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
            log.prune(desk.clock().instant().minus(desk.config().keep()), desk.config().keepSize().bytes());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Ends event streams, each with a word, so that the server need not wait for them. */
    public void endStreams() {
        streams.close();
        log.wake();
    }

    /** Stops; what was not delivered is delivered after the next start. */
    @Override
    public void close() {
        watch.close();
        try {
            log.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
