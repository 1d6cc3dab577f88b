package uz.koprik.gateway;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.DetachedJws;
import uz.koprik.crypto.ProtectedHeader;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.crypto.trust.KeyFile;
import uz.koprik.crypto.trust.KeyFileRejected;
import uz.koprik.crypto.trust.Passphrase;
import uz.koprik.crypto.trust.TrustListRejected;
import uz.koprik.crypto.trust.TrustedCentre;
import uz.koprik.gateway.access.AccountChanges;
import uz.koprik.gateway.access.AccountsFile;
import uz.koprik.gateway.access.Callers;
import uz.koprik.gateway.access.Door;
import uz.koprik.gateway.access.LiveAccounts;
import uz.koprik.gateway.access.Marks;
import uz.koprik.gateway.access.Right;
import uz.koprik.gateway.access.SecretRoutes;
import uz.koprik.gateway.access.Standing;
import uz.koprik.gateway.alerts.Alerts;
import uz.koprik.gateway.analyst.AnalystApi;
import uz.koprik.gateway.analyst.Desk;
import uz.koprik.gateway.analyst.SavedSearches;
import uz.koprik.gateway.cases.CaseBook;
import uz.koprik.gateway.cases.CaseTables;
import uz.koprik.gateway.cases.WatchedFolders;
import uz.koprik.gateway.cli.Version;
import uz.koprik.gateway.config.Config;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.config.ConfigFile;
import uz.koprik.gateway.config.Home;
import uz.koprik.gateway.config.SecretFile;
import uz.koprik.gateway.exchange.ClientTls;
import uz.koprik.gateway.exchange.FeedSettings;
import uz.koprik.gateway.exchange.Intake;
import uz.koprik.gateway.exchange.LiveTrust;
import uz.koprik.gateway.exchange.LiveWarningLists;
import uz.koprik.gateway.exchange.Offered;
import uz.koprik.gateway.exchange.Outcome;
import uz.koprik.gateway.exchange.OwnCentre;
import uz.koprik.gateway.exchange.PartnerBook;
import uz.koprik.gateway.exchange.PartnerFeeds;
import uz.koprik.gateway.exchange.PartnerRoutes;
import uz.koprik.gateway.exchange.PatternFollower;
import uz.koprik.gateway.exchange.Release;
import uz.koprik.gateway.exchange.Source;
import uz.koprik.gateway.http.HealthRoutes;
import uz.koprik.gateway.http.HttpServing;
import uz.koprik.gateway.http.MetricsRoutes;
import uz.koprik.gateway.http.Routes;
import uz.koprik.gateway.http.TlsEngine;
import uz.koprik.gateway.taxii.TaxiiApi;
import uz.koprik.indicators.bursts.DailyTally;
import uz.koprik.indicators.correlation.Correlator;
import uz.koprik.indicators.correlation.PatternBook;
import uz.koprik.indicators.observable.CardTokeniser;
import uz.koprik.indicators.observable.Normalisation;
import uz.koprik.indicators.observable.Recognition;
import uz.koprik.indicators.stix.IdentityWriter;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.store.Store;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.papers.Papers;

/** A running centre. The only class that wires parts together. */
public final class Gateway implements AutoCloseable {

    /** Path of the TAXII API root. */
    public static final String API_ROOT = "/taxii2/koprik/";

    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

    private final Home home;
    private final Config config;
    private final Vertx vertx;
    private final HttpServing http;
    private final Store store;
    private final Intake intake;
    private final PartnerFeeds feeds;
    private final Alerts alerts;
    private final PatternFollower patterns;
    private final WatchedFolders watch;
    private final TlsEngine tls;
    private final String url;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Gateway(
            Home home, Config config, Vertx vertx, HttpServing http, Store store, Intake intake, PartnerFeeds feeds, Alerts alerts,
            PatternFollower patterns, WatchedFolders watch, TlsEngine tls, String url) {
        this.home = home;
        this.config = config;
        this.vertx = vertx;
        this.http = http;
        this.store = store;
        this.intake = intake;
        this.feeds = feeds;
        this.alerts = alerts;
        this.patterns = patterns;
        this.watch = watch;
        this.tls = tls;
        this.url = url;
    }

    /**
     * Starts the centre of a home and returns when it answers.
     *
     * @throws ConfigException when its settings break a rule: names file and line
     * @throws CannotStart when something else is in the way: says what, and what to do
     */
    public static Gateway start(Home home) throws ConfigException, CannotStart, IOException, InterruptedException {
        return start(home, false);
    }

    /**
     * The same.
     *
     * @param acceptLoss whether to go on without what is lost of the store, which is recorded; else that is in the way
     */
    public static Gateway start(Home home, boolean acceptLoss)
            throws ConfigException, CannotStart, IOException, InterruptedException {
        OpenParts parts = new OpenParts();
        Gateway started = null;
        try {
            started = start(home, acceptLoss, parts);
            return started;
        } catch (UncheckedIOException unusable) {
            throw new CannotStart(unusable.getMessage() + ": " + unusable.getCause().getMessage()
                    + StartChecks.cure(unusable.getCause()), unusable);
        } catch (IOException unusable) {
            throw new CannotStart("the home " + home.root() + " cannot be used: " + unusable.getMessage() + StartChecks.cure(unusable),
                    unusable);
        } finally {
            if (started == null) {
                parts.close();
            }
        }
    }

    private static Gateway start(Home home, boolean acceptLoss, OpenParts parts)
            throws ConfigException, CannotStart, IOException, InterruptedException {
        Config config = ConfigFile.read(home.config());
        LogSetup.apply(config.log());
        StartChecks checks = new StartChecks(home, config);
        checks.files();
        InstantSource clock = InstantSource.system();
        CentreKeys keys = keys(home);
        PartnerBook book = book(home, config, keys, clock);
        LiveTrust trust = book.trust();
        TlsEngine tls = engine(config);
        AccountsFile accountsFile = new AccountsFile(home.accounts());
        LiveAccounts accounts = new LiveAccounts(accountsFile);
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        OwnCentre us = new OwnCentre(config.name(), identity(trust, config), keys.signer());
        Store store = parts.add(store(home, config, acceptLoss, clock));
        checks.opened(store, acceptLoss, clock);
        LiveWarningLists warnings = new LiveWarningLists(home.warningLists(config));
        Correlator correlator = new Correlator(store, warnings::now, clock, new PatternBook(config.correlation().patterns()));
        Intake intake = new Intake(
                store, us, trust, book.partners(), correlator, config.policy().defaultTlp(), home.evidence(), clock);
        parts.add(intake);
        try {
            intake.recover();
        } catch (StoreUnavailable unavailable) {
            throw new CannotStart("the store cannot be used: " + unavailable.getMessage(), unavailable);
        }
        Release release = new Release(store, clock);
        Alerts.Seal seal = (payload, now) -> DetachedJws.sign(
                keys.signingKey(), ProtectedHeader.ALERT_DELIVERY, payload, now, List.of(keys.publicKey().kid()));
        Papers papers = Stores.papers(store, home);
        Alerts alerts = alerts(home, config, papers, seal, store, correlator, intake, release, new Standing(accounts, clock), clock);
        parts.add(alerts);
        alerts.bindTo(meters);
        publishIdentity(store, intake, us, config, clock.instant());
        CentreMeters counted = new CentreMeters(meters, store, intake.counts());
        TaxiiApi taxii = new TaxiiApi(
                config,
                API_ROOT,
                intake,
                release,
                store,
                Files.readAllBytes(home.cursorKey()),
                home.state().resolve("status"),
                clock,
                meters);
        Normalisation normalisation = Normalisation.withCards(cards(home));
        CaseTables tables = new CaseTables(home.caseMappings(), home.state().resolve("tables"));
        tables.sweep();
        Desk desk = new Desk(
                us,
                intake,
                release,
                correlator,
                trust,
                normalisation,
                config.policy().defaultTlp(),
                clock,
                new CaseBook(us, intake, release, clock, Files.readAllBytes(home.cardKey())),
                new SavedSearches(papers),
                tables,
                new Marks(Files.readAllBytes(home.cursorKey()), Marks.Of.ENTRIES));
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        parts.add(() -> vertx.close().await(10, TimeUnit.SECONDS));
        HttpServing http = new HttpServing(vertx, config, meters);
        PartnerFeeds feeds = new PartnerFeeds(
                config.name(),
                vertx,
                new ClientTls(tls.options(), keys.tlsCertificatePem(), keys.tlsKeyPem()),
                intake,
                release,
                trust,
                book.partners(),
                new FeedSettings(
                        config.feeds().pageSize(),
                        config.feeds().backoffFirst(),
                        config.feeds().backoffMax(),
                        config.feeds().requestTimeout()),
                home.state(),
                Stores.leases(store, config),
                clock);
        Door door = new Door(
                accounts,
                config.accounts(),
                pin -> trust.list().byPin(pin),
                name -> book.partners().partner(name).agreement(),
                feeds::heardFrom,
                clock);
        HttpServing.Layout layout = new HttpServing.Layout(
                concat(
                        List.of(
                                new HealthRoutes(store::check),
                                new MetricsRoutes(meters, counted::refresh, request -> Callers.require(request, Right.OPERATE))),
                        AnalystApi.open()),
                door,
                AnalystApi.streaming(desk),
                concat(
                        concat(
                                taxii.routes(),
                                List.of(
                                        new SecretRoutes(
                                                new AccountChanges(accountsFile, clock), accounts, config.accounts().minLength()),
                                        new BackupRoutes(home, config, store),
                                        new PartnerRoutes(feeds, release, trust, book.partners(), store::status))),
                        concat(
                                alerts.routes(),
                                AnalystApi.behind(desk, new DailyTally(store), Version.number(), store::status, alerts::figures, correlator.patterns()::figures))));
        int port;
        try {
            port = http.start(tls, keys.tlsCertificatePem(), keys.tlsKeyPem(), layout);
        } catch (IOException taken) {
            throw new CannotStart(taken.getMessage(), taken);
        }
        vertx.setPeriodic(500, ignored -> Thread.startVirtualThread(accounts::refresh));
        vertx.setPeriodic(10_000, ignored -> Thread.startVirtualThread(warnings::refresh));
        alerts.start();
        PatternFollower patterns = PatternFollower.start(store, correlator, config.store().elasticsearch().follow());
        feeds.reconcile();
        vertx.setPeriodic(500, ignored -> Thread.startVirtualThread(() -> {
            if (book.refresh()) {
                feeds.reconcile();
            }
        }));
        if (config.store().kind() == Config.StoreKind.ELASTICSEARCH) {
            vertx.setPeriodic(config.store().elasticsearch().follow().toMillis(), ignored -> feeds.storeHas(store.status().lastSeq()));
        }
        vertx.setPeriodic(0, 600_000, ignored -> Thread.startVirtualThread(taxii::sweep));
        vertx.setPeriodic(0, 600_000, ignored -> Thread.startVirtualThread(alerts::sweep));
        vertx.setPeriodic(0, 5_000, ignored -> Thread.startVirtualThread(alerts::digest));
        String url = config.publicUrl(port);
        // In one step: whoever waits for the file to be there reads it at once.
        SecretFile.replace(home.url(), (url + "\n").getBytes(StandardCharsets.UTF_8));
        LOG.info("centre {} answers at {}", config.name(), url);
        WatchedFolders watch = new WatchedFolders(
                home.root(), config.cases(), name -> accounts.named(name).map(Door::caller), desk.cases(), tables,
                new Recognition(normalisation), clock);
        return new Gateway(home, config, vertx, http, store, intake, feeds, alerts, patterns, watch, tls, url);
    }

    /** Partners read who we are from the first object of the sequence. */
    private static void publishIdentity(Store store, Intake intake, OwnCentre us, Config config, Instant now)
            throws CannotStart {
        try {
            if (store.latest(us.identity()).isEmpty()) {
                StixObject identity = IdentityWriter.write(us.identity(), config.title(), "", us.signer(), now);
                Outcome outcome = intake.take(
                                List.of(new Offered(identity.bytes(), "identity of this centre")),
                                new Source.Account(us.name(), false))
                        .getFirst();
                outcome.refusal().ifPresent(refusal -> LOG.error("our own identity was refused: {}", refusal.reason()));
            }
        } catch (StoreUnavailable unavailable) {
            throw new CannotStart("the store cannot be used: " + unavailable.getMessage(), unavailable);
        }
    }

    private static Store store(Home home, Config config, boolean acceptLoss, InstantSource clock) throws CannotStart {
        try {
            return Stores.open(home, config, AcceptedLoss.policy(home, acceptLoss, clock));
        } catch (IOException unusable) {
            throw new CannotStart(
                    "the store in " + Stores.place(home, config) + " cannot be used: " + unusable.getMessage() + StartChecks.cure(unusable),
                    unusable);
        }
    }

    private static Alerts alerts(
            Home home,
            Config config,
            Papers papers,
            Alerts.Seal seal,
            Store store,
            Correlator correlator,
            Intake intake,
            Release release,
            Standing standing,
            InstantSource clock)
            throws CannotStart, InterruptedException {
        try {
            return Alerts.open(
                    home, config, papers, Stores.leases(store, config), seal, store, correlator, intake, release, standing, clock);
        } catch (StoreUnavailable unavailable) {
            throw new CannotStart("the store cannot be used: " + unavailable.getMessage(), unavailable);
        } catch (IOException unusable) {
            throw new CannotStart("the alerts in " + home.alerts() + " cannot be used: " + unusable.getMessage()
                    + StartChecks.cure(unusable), unusable);
        }
    }

    /** The centre's own entry in its trust list is the card it gave to others. */
    private static String identity(LiveTrust trust, Config config) throws CannotStart {
        return trust.centre(config.name())
                .map(TrustedCentre::identity)
                .orElseThrow(() -> new CannotStart(
                        "the trust list does not hold the centre " + config.name() + " itself; restore it from a backup", null));
    }

    private static CardTokeniser cards(Home home) throws IOException {
        return CardTokeniser.keyed(new SecretKeySpec(Files.readAllBytes(home.cardKey()), "HmacSHA256"));
    }

    private static List<Routes> concat(List<Routes> some, List<Routes> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    /**
     * Opens the key file of a home, with the passphrase from the environment or from the file beside it.
     *
     * @throws CannotStart when it cannot be opened: says why
     */
    public static CentreKeys keys(Home home) throws CannotStart, IOException {
        try {
            char[] passphrase = System.getenv("KOPRIK_PASSPHRASE") != null
                    ? Passphrase.fromEnvironment("KOPRIK_PASSPHRASE", System.getenv())
                    : Passphrase.fromFile(home.passphrase());
            return new KeyFile(home.keyFile()).load(passphrase);
        } catch (KeyFileRejected rejected) {
            throw new CannotStart(rejected.getMessage()
                    + (rejected.getMessage().contains("does not open") ? "; restore it from a backup together with " + home.passphrase() : ""),
                    rejected);
        }
    }

    private static PartnerBook book(Home home, Config config, CentreKeys keys, InstantSource clock)
            throws CannotStart, ConfigException, IOException {
        try {
            return new PartnerBook(home, keys.publicKey().kid(), config.feeds().pollInterval(), clock);
        } catch (TrustListRejected rejected) {
            String words = (rejected.getMessage().contains("trust.json") ? "" : home.trust() + ": ") + rejected.getMessage();
            throw new CannotStart(rejected.reason() == TrustListRejected.Reason.EXPIRED || words.contains("restore")
                    ? words
                    : words + "; restore it from a backup together with " + home.trust() + ".sequence", rejected);
        }
    }

    private static TlsEngine engine(Config config) throws CannotStart {
        try {
            return TlsEngine.choose(config.tls().engine());
        } catch (IllegalStateException missing) {
            throw new CannotStart(missing.getMessage(), missing);
        }
    }

    public Config config() {
        return config;
    }

    /** Where it answers, without a slash at the end. */
    public String url() {
        return url;
    }

    /** Which TLS engine is in use, in a line. */
    public String tls() {
        return tls.description();
    }

    /** Stops: takes nothing new, finishes what is in flight within the grace of the settings, lets go of all files. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        LOG.info("stopping");
        try {
            alerts.endStreams();
            http.stop(config.limits().shutdownGrace());
            feeds.close();
            watch.close();
            vertx.close().await(10, TimeUnit.SECONDS);
            alerts.close();
            patterns.close();
            intake.close();
            long last = store.status().lastSeq();
            store.close();
            Files.deleteIfExists(home.url());
            new StartChecks(home, config).stopped(last);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (Exception late) {
            LOG.warn("not everything stopped in time", late);
        }
        LOG.info("stopped");
    }
}
