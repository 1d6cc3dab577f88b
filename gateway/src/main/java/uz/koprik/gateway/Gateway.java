package uz.koprik.gateway;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
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
import uz.koprik.gateway.clock.ClockGuard;
import uz.koprik.gateway.clock.ClockWrong;
import uz.koprik.gateway.concurrent.CentreThreads;
import uz.koprik.gateway.config.Config;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.config.ConfigFile;
import uz.koprik.gateway.config.Home;
import uz.koprik.gateway.config.SecretFile;
import uz.koprik.gateway.exchange.CaseMatchSource;
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
import uz.koprik.gateway.exchange.TakeoverRoutes;
import uz.koprik.gateway.exchange.Takeovers;
import uz.koprik.gateway.http.EventLoops;
import uz.koprik.gateway.http.HealthRoutes;
import uz.koprik.gateway.http.HttpServing;
import uz.koprik.gateway.http.MetricsRoutes;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.gateway.http.TlsEngine;
import uz.koprik.gateway.logging.RepeatLimit;
import uz.koprik.gateway.taxii.TaxiiApi;
import uz.koprik.indicators.correlation.Correlator;
import uz.koprik.indicators.correlation.PatternBook;
import uz.koprik.indicators.observable.CardTokeniser;
import uz.koprik.indicators.observable.Normalisation;
import uz.koprik.indicators.observable.Recognition;
import uz.koprik.indicators.stix.IdentityWriter;
import uz.koprik.indicators.stix.KeyedIds;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.store.InternalStore;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.papers.Papers;

/** A running centre. The only class that wires parts together. */
public final class Gateway implements AutoCloseable {

    /** Path of the TAXII API root. */
    public static final String API_ROOT = "/taxii2/koprik/";

    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

    private static final Duration SWEEP = Duration.ofMinutes(10);

    /** What is left of the stop, after the requests in flight, may take this time in each step. */
    private static final Duration STEP = Duration.ofSeconds(2);

    private final Home home;
    private final Config config;
    private final Vertx vertx;
    private final HttpServing http;
    private final InternalStore store;
    private final Intake intake;
    private final PartnerFeeds feeds;
    private final Alerts alerts;
    private final PatternFollower patterns;
    private final WatchedFolders watch;
    private final TlsEngine tls;
    private final String url;
    private final CentreThreads threads;
    private final CentreReadiness readiness;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Gateway(
            Home home, Config config, Vertx vertx, HttpServing http, InternalStore store, Intake intake, PartnerFeeds feeds, Alerts alerts,
            PatternFollower patterns, WatchedFolders watch, TlsEngine tls, String url, CentreThreads threads, CentreReadiness readiness) {
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
        this.threads = threads;
        this.readiness = readiness;
    }

    /**
     * On what terms a centre starts.
     *
     * @param clock by which it goes
     * @param acceptClock whether an operator vouches for what the clock shows now
     * @param acceptLoss whether to go on without what is lost of the store, which is recorded; else that is in the way
     */
    public record StartTerms(InstantSource clock, boolean acceptClock, boolean acceptLoss) {}

    /**
     * Starts the centre of a home and returns when it answers.
     *
     * @throws ConfigException when its settings break a rule: names file and line
     * @throws CannotStart when something else is in the way: says what, and what to do
     */
    public static Gateway start(Home home) throws ConfigException, CannotStart, IOException, InterruptedException {
        return start(home, CentreThreads.unwatched(), new StartTerms(InstantSource.system(), false, false));
    }

    /**
     * As {@link #start(Home)}.
     *
     * @param threads starts all long-lived threads of the centre, and decides what happens when it cannot go on; closed with it
     * @param terms the clock, and what an operator takes for right
     */
    public static Gateway start(Home home, CentreThreads threads, StartTerms terms)
            throws ConfigException, CannotStart, IOException, InterruptedException {
        OpenParts parts = new OpenParts();
        Gateway started = null;
        try {
            started = start(home, threads, terms, parts);
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

    private static Gateway start(Home home, CentreThreads threads, StartTerms terms, OpenParts parts)
            throws ConfigException, CannotStart, IOException, InterruptedException {
        parts.add(threads);
        Config config = ConfigFile.read(home.config());
        LogSetup.apply(config.log());
        RepeatLimit.stopping(false);
        StartChecks checks = new StartChecks(home, config);
        checks.files();
        InstantSource clock = terms.clock();
        CentreKeys keys = keys(home);
        PartnerBook book = book(home, config, keys, clock);
        LiveTrust trust = book.trust();
        TlsEngine tls = engine(config);
        AccountsFile accountsFile = new AccountsFile(home.accounts());
        LiveAccounts accounts = new LiveAccounts(accountsFile);
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        OwnCentre us = new OwnCentre(
                config.name(), identity(trust, config), keys.signer(), new KeyedIds(Files.readAllBytes(home.cardKey())));
        InternalStore store = parts.add(store(home, config, terms.acceptLoss(), clock));
        checks.opened(store.status().lastSeq(), terms.acceptLoss(), clock);
        LiveWarningLists warnings = new LiveWarningLists(home.warningLists(config));
        Correlator correlator = new Correlator(store, warnings::now, clock, new PatternBook(config.correlation().patterns()));
        Intake intake = new Intake(
                store, us, trust, book.partners(), correlator, config.policy().defaultTlp(),
                config.policy().unknownMarkings(), home.evidence(), clock);
        parts.add(intake);
        ClockGuard guard = new ClockGuard(
                clock, System::nanoTime, keys.publicKey().validFrom(), () -> store.status().lastAdded(), home.state().resolve("clock-accepted"));
        guard.begin(terms.acceptClock());
        intake.guardedBy(guard);
        intake.boundEvidence(config.evidence().total().bytes(), config.evidence().perSource().bytes());
        try {
            intake.recover();
        } catch (StoreUnavailable unavailable) {
            throw new CannotStart("the store cannot be used: " + unavailable.getMessage(), unavailable);
        }
        Release release = new Release(store, correlator, clock);
        Alerts.Seal seal = (payload, now) -> {
            guard.trouble().ifPresent(wrong -> {
                throw new IllegalStateException(wrong);
            });
            return DetachedJws.sign(
                    keys.signingKey(), ProtectedHeader.ALERT_DELIVERY, payload, now, List.of(keys.publicKey().kid()));
        };
        Papers papers = Stores.papers(store, home);
        Alerts alerts = alerts(home, config, papers, seal, store, new CaseMatchSource(store, correlator, intake), release, new Standing(accounts, clock), clock, threads);
        parts.add(alerts);
        alerts.bindTo(meters);
        publishIdentity(store, intake, us, config, clock.instant());
        CentreMeters counted = new CentreMeters(meters, store::status, intake.counts());
        TaxiiApi taxii = new TaxiiApi(
                config,
                API_ROOT,
                intake,
                release,
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
                trust,
                normalisation,
                config.policy().defaultTlp(),
                clock,
                new CaseBook(us, intake, release, clock),
                new SavedSearches(papers),
                tables,
                new Marks(Files.readAllBytes(home.cursorKey()), Marks.Of.ENTRIES));
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        parts.add(() -> vertx.close().await(STEP.toSeconds(), TimeUnit.SECONDS));
        HttpServing http = new HttpServing(vertx, config, meters, threads);
        EventLoops loops = new EventLoops(vertx);
        CentreReadiness readiness = parts.add(new CentreReadiness(store::check, threads, List.of(loops::trouble, guard::trouble)));
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
                clock,
                threads,
                guard::trouble);
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
                                new HealthRoutes(readiness),
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
                                        new BackupRoutes(home, config, directory -> Backup.write(home, config, store, directory), store::status),
                                        new TakeoverRoutes(new Takeovers(store)),
                                        new PartnerRoutes(feeds, release, trust, book.partners(), store::status))),
                        concat(
                                alerts.routes(),
                                AnalystApi.behind(desk, Version.number(), store::status, alerts::figures, correlator.patterns()::figures))));
        int port;
        try {
            port = http.start(tls, keys.tlsCertificatePem(), keys.tlsKeyPem(), layout);
        } catch (IOException taken) {
            throw new CannotStart(taken.getMessage(), taken);
        }
        store.onThreadFailure(threads::fatal);
        threads.every("event-loops", Duration.ofSeconds(5), () -> {
            if (!loops.beat()) {
                threads.fatal("of an event loop", new IllegalStateException("an event loop ended"));
            }
        });
        threads.every("clock", Duration.ofSeconds(1), guard::look);
        threads.every("accounts", Duration.ofMillis(500), accounts::refresh);
        threads.every("warning-lists", Duration.ofSeconds(10), warnings::refresh);
        alerts.start();
        PatternFollower patterns = PatternFollower.start(store, correlator, config.store().elasticsearch().follow(), threads);
        feeds.reconcile();
        threads.every("partners", Duration.ofMillis(500), () -> {
            if (book.refresh()) {
                feeds.reconcile();
            }
        });
        if (config.store().kind() == Config.StoreKind.ELASTICSEARCH) {
            threads.every("store-news", config.store().elasticsearch().follow(), () -> feeds.storeHas(store.status().lastSeq()));
        }
        threads.every("taxii-sweep", SWEEP, taxii::sweep);
        threads.every("alerts-sweep", SWEEP, alerts::sweep);
        threads.every("digests", Duration.ofSeconds(5), alerts::digest);
        threads.every("log-repeats", Duration.ofSeconds(10), LogSetup::flushRepeats);
        threads.startWatch();
        String url = config.publicUrl(port);
        // In one step: whoever waits for the file to be there reads it at once.
        SecretFile.replace(home.url(), (url + "\n").getBytes(StandardCharsets.UTF_8));
        LOG.info("centre {} answers at {}", config.name(), url);
        WatchedFolders watch = new WatchedFolders(
                home.root(), config.cases(), name -> accounts.named(name).map(Door::caller), desk.cases(), tables,
                new Recognition(normalisation), clock, threads);
        return new Gateway(home, config, vertx, http, store, intake, feeds, alerts, patterns, watch, tls, url, threads, readiness);
    }

    /** Partners read who we are from the first object of the sequence. */
    private static void publishIdentity(InternalStore store, Intake intake, OwnCentre us, Config config, Instant now)
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
        } catch (ClockWrong wrong) {
            throw new CannotStart(wrong.getMessage(), wrong);
        } catch (StoreUnavailable unavailable) {
            throw new CannotStart("the store cannot be used: " + unavailable.getMessage(), unavailable);
        }
    }

    private static InternalStore store(Home home, Config config, boolean acceptLoss, InstantSource clock) throws CannotStart {
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
            InternalStore store,
            CaseMatchSource matches,
            Release release,
            Standing standing,
            InstantSource clock,
            CentreThreads threads)
            throws CannotStart, InterruptedException {
        try {
            return Alerts.open(
                    home, config, papers, Stores.leases(store, config), seal, matches, release, standing, clock, threads);
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

    /** What is mounted. */
    public List<RouteTable.Declared> routes() {
        return http.routes();
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
        RepeatLimit.stopping(true);
        // Each step is taken whatever became of the one before: the store is closed even when clients hang on.
        step("periodic tasks", () -> threads.stopTasks(STEP));
        step("streams of alerts", alerts::endStreams);
        step("requests in flight", () -> http.stop(config.limits().shutdownGrace()));
        step("feeds", feeds::close);
        step("watched folders", watch::close);
        step("connections", () -> vertx.close().await(STEP.toSeconds(), TimeUnit.SECONDS));
        step("alerts", alerts::close);
        step("patterns", patterns::close);
        step("intake", intake::close);
        AtomicLong last = new AtomicLong();
        step("the store", () -> {
            last.set(store.status().lastSeq());
            store.close();
        });
        step("threads", () -> {
            readiness.close();
            threads.close();
        });
        step("the file of the address", () -> Files.deleteIfExists(home.url()));
        step("the manifest of the home", () -> new StartChecks(home, config).stopped(last.get()));
        LOG.info("stopped");
    }

    /** Part of a stop. */
    @FunctionalInterface
    private interface Step {
        void run() throws Exception;
    }

    private static void step(String what, Step step) {
        try {
            step.run();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException late) {
            LOG.warn("{} did not stop in time", what);
        } catch (Exception failed) {
            LOG.warn("{} did not stop well", what, failed);
        }
    }
}
