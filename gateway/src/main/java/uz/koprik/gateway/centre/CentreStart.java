package uz.koprik.gateway.centre;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.algorithm.SigningKey;
import uz.koprik.crypto.jws.DetachedJws;
import uz.koprik.crypto.jws.ProtectedHeader;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.crypto.trust.KeyFile;
import uz.koprik.crypto.trust.KeyFileRejected;
import uz.koprik.gateway.alerts.AlertNames;
import uz.koprik.gateway.alerts.Alerts;
import uz.koprik.gateway.api.AnalystApi;
import uz.koprik.gateway.api.CardRoutes;
import uz.koprik.gateway.api.KeyRoutes;
import uz.koprik.gateway.api.PartnerRoutes;
import uz.koprik.gateway.api.TakeoverRoutes;
import uz.koprik.gateway.api.common.AnalystServices;
import uz.koprik.gateway.api.common.SavedSearches;
import uz.koprik.gateway.auth.AccountChanges;
import uz.koprik.gateway.auth.AccountStatus;
import uz.koprik.gateway.auth.AccountsFile;
import uz.koprik.gateway.auth.Authentication;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.auth.CursorCodec;
import uz.koprik.gateway.auth.LiveAccounts;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.auth.SecretRoutes;
import uz.koprik.gateway.auth.SignIns;
import uz.koprik.gateway.backup.ScheduledBackups;
import uz.koprik.gateway.casematch.CaseMatchSource;
import uz.koprik.gateway.casematch.PatternFollower;
import uz.koprik.gateway.cases.CaseService;
import uz.koprik.gateway.cases.CaseTables;
import uz.koprik.gateway.cases.WatchedFolders;
import uz.koprik.gateway.clock.ClockGuard;
import uz.koprik.gateway.clock.ProcessClock;
import uz.koprik.gateway.concurrent.CentreThreads;
import uz.koprik.gateway.config.Config;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.config.ConfigFile;
import uz.koprik.gateway.config.Home;
import uz.koprik.gateway.config.HomeFormat;
import uz.koprik.gateway.config.HomeManifest;
import uz.koprik.gateway.config.SecretFile;
import uz.koprik.gateway.config.Version;
import uz.koprik.gateway.feeds.ClientTls;
import uz.koprik.gateway.feeds.FeedSettings;
import uz.koprik.gateway.feeds.PartnerFeeds;
import uz.koprik.gateway.http.EventLoops;
import uz.koprik.gateway.http.HealthListener;
import uz.koprik.gateway.http.HealthRoutes;
import uz.koprik.gateway.http.HttpServing;
import uz.koprik.gateway.http.MetricsRoutes;
import uz.koprik.gateway.http.Routes;
import uz.koprik.gateway.http.TlsEngine;
import uz.koprik.gateway.intake.Intake;
import uz.koprik.gateway.intake.Takeovers;
import uz.koprik.gateway.logging.LinkageFailures;
import uz.koprik.gateway.logging.RepeatLimit;
import uz.koprik.gateway.partners.CardOffers;
import uz.koprik.gateway.partners.LiveKeys;
import uz.koprik.gateway.partners.LiveTrust;
import uz.koprik.gateway.partners.LocalCentre;
import uz.koprik.gateway.partners.LostProof;
import uz.koprik.gateway.partners.PartnerRegistry;
import uz.koprik.gateway.partners.SharedCardNews;
import uz.koprik.gateway.release.Release;
import uz.koprik.gateway.renewal.Expiries;
import uz.koprik.gateway.renewal.ExpiryLog;
import uz.koprik.gateway.renewal.HomeToken;
import uz.koprik.gateway.renewal.LiveCard;
import uz.koprik.gateway.renewal.OwnTrust;
import uz.koprik.gateway.sources.FeedRoutes;
import uz.koprik.gateway.sources.FeedSources;
import uz.koprik.gateway.sources.SourceMeters;
import uz.koprik.gateway.sources.SourceServices;
import uz.koprik.gateway.taxii.TaxiiApi;
import uz.koprik.gateway.tracing.Tracing;
import uz.koprik.gateway.upkeep.CertificateRenewal;
import uz.koprik.gateway.upkeep.LiveCertificate;
import uz.koprik.gateway.upkeep.OperatorWatch;
import uz.koprik.indicators.correlation.Correlator;
import uz.koprik.indicators.correlation.PatternCache;
import uz.koprik.indicators.observable.Normalisation;
import uz.koprik.indicators.observable.text.Recognition;
import uz.koprik.indicators.stix.KeyedIds;
import uz.koprik.indicators.store.InternalStore;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.state.StateStore;
import uz.koprik.indicators.warninglist.ProtectedValues;

/** The start of a centre: wires its parts together, one step after the other. The only class that does. */
final class CentreStart {

    private static final Logger LOG = LoggerFactory.getLogger(CentreStart.class);

    private static final Duration UPKEEP = Duration.ofMinutes(1);
    private static final Duration SWEEP = Duration.ofMinutes(10);

    /** An event loop that does not answer for this time never will. */
    private static final Duration DEAF = Duration.ofMinutes(2);

    private static final Duration BEAT = Duration.ofSeconds(5);

    private final Home home;
    private final CentreThreads threads;
    private final Gateway.StartTerms terms;
    private final InstantSource clock;
    private final OpenParts parts;
    private final StartObserver observer;

    private Config config;
    private StartChecks checks;
    private CentreKeys keys;
    private LiveKeys liveKeys;
    private CertificateRenewal certificates;
    private PartnerRegistry book;
    private LiveTrust trust;
    private LocalCentre localCentre;
    private TlsEngine tls;
    private AccountsFile accountsFile;
    private LiveAccounts accounts;
    private PrometheusMeterRegistry meters;
    private InternalStore store;
    private LiveWarningLists warnings;
    private Correlator correlator;
    private Intake intake;
    private ClockGuard guard;
    private TrustUpkeep upkeep;
    private Expiries expiries;
    private Release release;
    private StateStore stateStore;
    private Alerts alerts;
    private CentreMeters counted;
    private PartnerMeters partnerMeters;
    private OperationMeters operation;
    private TaxiiApi taxii;
    private CaseTables tables;
    private Normalisation normalisation;
    private AnalystServices services;
    private Vertx vertx;
    private Tracing tracing;
    private HttpServing http;
    private EventLoops loops;
    private CentreReadiness readiness;
    private Optional<HealthListener> health = Optional.empty();
    private PartnerFeeds feeds;
    private LiveCard ownCard;
    private FeedSources sources;
    private SourceMeters sourceMeters;
    private ScheduledBackups backups;
    private Optional<JournalCheck> journalCheck = Optional.empty();
    private Authentication authentication;
    private int port;
    private PatternFollower patterns;
    private String url;
    private WatchedFolders watch;

    CentreStart(Home home, CentreThreads threads, Gateway.StartTerms terms, OpenParts parts, StartObserver observer) {
        this.home = home;
        this.threads = threads;
        this.terms = terms;
        this.clock = terms.clock();
        this.parts = parts;
        this.observer = observer;
    }

    /**
     * Takes the steps in their order; each uses what the steps before it have opened. What is open after a failure is
     * in the parts.
     *
     * @throws ConfigException when the settings of the home break a rule
     * @throws StartFailure when something else is in the way
     */
    Gateway run() throws ConfigException, StartFailure, IOException, InterruptedException {
        parts.add("threads", threads);
        step("format of the home", this::checkFormat);
        step("settings", this::readSettings);
        step("files of the home", this::checkFiles);
        step("keys", this::openKeys);
        step("partners", this::readPartners);
        step("accounts", this::readAccounts);
        step("store", this::openStore);
        step("intake", this::openIntake);
        step("clock", this::checkClock);
        step("card and trust list", this::renewTrust);
        step("recovery", this::recover);
        step("alerts", this::openAlerts);
        step("identity", () -> PartOpener.publishIdentity(store, intake, localCentre, config, clock.instant()));
        step("TAXII", this::prepareTaxii);
        step("analysts", this::prepareAnalysts);
        step("HTTP", this::openHttp);
        step("feeds", this::prepareFeeds);
        step("feeds of others", this::prepareSources);
        step("port", this::listen);
        step("health", this::openHealth);
        step("periodic tasks", this::startTasks);
        step("address", this::publishAddress);
        step("watched folders", this::watchFolders);
        return new Gateway(new RunningParts(
                home,
                config,
                vertx,
                http,
                store,
                intake,
                feeds,
                alerts,
                tracing,
                patterns,
                watch,
                sources,
                backups,
                journalCheck,
                tls,
                url,
                threads,
                readiness,
                health));
    }

    /** A step of a start. */
    @FunctionalInterface
    private interface Step {
        void take() throws ConfigException, StartFailure, IOException, InterruptedException;
    }

    private void step(String name, Step step) throws ConfigException, StartFailure, IOException, InterruptedException {
        step.take();
        observer.done(name);
    }

    private void checkFormat() throws ConfigException, StartFailure, IOException {
        refuse(HomeFormat.problem(new HomeManifest(home)));
    }

    private static void refuse(Optional<String> problem) throws StartFailure {
        if (problem.isPresent()) {
            throw new StartFailure(problem.get());
        }
    }

    private void readSettings() throws ConfigException, IOException {
        config = ConfigFile.read(home.config());
        LogSetup.apply(config.log());
        if (!ProcessClock.offset().isZero()) {
            LOG.warn(
                    "REHEARSAL: {} moves the clock of this process, which shows {}; signatures have false times",
                    ProcessClock.OFFSET,
                    clock.instant());
        }
        RepeatLimit.stopping(false);
    }

    private void checkFiles() throws ConfigException, StartFailure, IOException {
        checks = new StartChecks(home, config);
        checks.files();
    }

    private void openKeys() throws StartFailure, IOException {
        keys = Gateway.keys(home);
        HomeToken.prove(keys.signingKey());
    }

    private void readPartners() throws ConfigException, StartFailure, IOException {
        liveKeys = new LiveKeys(
                keys, () -> new KeyFile(home.keyFile(), new HomeToken(home)).load(Gateway.passphrase(home)));
        book = PartOpener.book(home, config, liveKeys, clock);
        trust = book.trust();
        tls = PartOpener.engine(config);
    }

    private void readAccounts() throws ConfigException, StartFailure, IOException {
        accountsFile = new AccountsFile(home.accounts());
        accounts = new LiveAccounts(accountsFile);
        meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        localCentre = new LocalCentre(
                config.name(),
                PartOpener.identity(trust, config),
                liveKeys.signer(),
                new KeyedIds(Files.readAllBytes(home.cardKey())));
    }

    private void openStore() throws ConfigException, StartFailure, IOException {
        store = parts.add("store", PartOpener.store(home, config, terms.acceptLoss(), clock));
        refuse(StoreOpener.formatProblem(store));
        checks.opened(store.status().lastSeq(), terms.acceptLoss(), clock);
        store.judgeSigners(LostProof.judge(trust.list()));
    }

    private void openIntake() throws ConfigException, IOException {
        warnings = new LiveWarningLists(home.warningLists(config));
        correlator = new Correlator(
                store,
                warnings::now,
                clock,
                new PatternCache(config.correlation().patterns()));
        intake = new Intake(
                store,
                localCentre,
                trust,
                book.partners(),
                correlator,
                config.policy().defaultTlp(),
                config.policy().unknownMarkings(),
                home.evidence(),
                clock);
        parts.add("intake", intake);
    }

    private void checkClock() throws StartFailure, IOException {
        guard = new ClockGuard(
                clock,
                System::nanoTime,
                keys.publicKey().validFrom(),
                () -> store.status().lastAdded(),
                home.state().resolve("clock-accepted"));
        guard.begin(terms.acceptClock());
        intake.boundEvidence(
                config.evidence().total().bytes(), config.evidence().perSource().bytes());
    }

    /** A certificate that ends soon or lacks a host name is made anew for the same key, so that its pin stays. */
    private void renewCertificate() throws StartFailure, IOException {
        certificates = new CertificateRenewal(home, config, () -> Gateway.passphrase(home), clock);
        if (guard.trouble().isPresent()) {
            return;
        }
        try {
            Optional<CentreKeys> renewed = certificates.atStart(keys);
            if (renewed.isPresent()) {
                keys = renewed.get();
                liveKeys.reread();
            }
        } catch (KeyFileRejected rejected) {
            throw new StartFailure(rejected.getMessage(), rejected);
        }
    }

    private void renewTrust() throws StartFailure, IOException {
        renewCertificate();
        upkeep = new TrustUpkeep(
                new OwnTrust(home, config, liveKeys::now, StoreOpener.sharedPapers(store)),
                PartOpener.keyRenewal(home, config, liveKeys),
                book,
                keys,
                guard,
                clock,
                !config.publicUrl().isEmpty() || config.listen().port() != 0);
        upkeep.begin();
        intake.admitted(upkeep);
    }

    private void recover() throws StartFailure {
        try {
            intake.recover();
        } catch (StoreUnavailable unavailable) {
            throw new StartFailure("the store cannot be used: " + unavailable.getMessage(), unavailable);
        }
    }

    private void openAlerts() throws StartFailure, InterruptedException {
        release = new Release(store, correlator, clock);
        Alerts.Seal seal = (payload, now) -> {
            upkeep.trouble().ifPresent(wrong -> {
                throw new IllegalStateException(wrong);
            });
            SigningKey key = liveKeys.now().signingKey();
            return DetachedJws.sign(
                    key,
                    ProtectedHeader.ALERT_DELIVERY,
                    payload,
                    now,
                    List.of(key.publicKey().kid()));
        };
        stateStore = StoreOpener.papers(store, home);
        alerts = PartOpener.alerts(
                home,
                config,
                stateStore,
                seal,
                store,
                new CaseMatchSource(store, correlator, intake),
                release,
                new AccountStatus(accounts, clock),
                new AlertNames(new CaseService(localCentre, intake, release, clock), trust),
                trust,
                clock,
                threads);
        parts.add("alerts", alerts);
        alerts.bindTo(meters);
    }

    private void prepareTaxii() throws IOException {
        counted = new CentreMeters(meters, store::status, intake.counts());
        taxii = new TaxiiApi(
                config,
                Gateway.API_ROOT,
                intake,
                release,
                Files.readAllBytes(home.cursorKey()),
                home.state().resolve("status"),
                clock,
                meters,
                (partner, outcomes) -> feeds.received(partner, outcomes));
    }

    private void prepareAnalysts() throws IOException {
        normalisation = Normalisation.withCards(PartOpener.cards(home));
        if (!config.country().isEmpty()) {
            normalisation = normalisation.withPhoneRegion(config.country());
        }
        tables = new CaseTables(home.caseMappings(), home.state().resolve("tables"));
        tables.sweep();
        services = new AnalystServices(
                localCentre,
                intake,
                release,
                trust,
                normalisation,
                config.policy().defaultTlp(),
                clock,
                new CaseService(localCentre, intake, release, clock),
                new SavedSearches(stateStore),
                tables,
                new CursorCodec(Files.readAllBytes(home.cursorKey()), CursorCodec.Of.ENTRIES),
                new ProtectedValues(config.own().parsedNetworks(), config.own().normalDomains(), warnings::now));
    }

    private void openHttp() {
        // The class path is not served, so Vert.x needs no copies of its files in the temporary directory.
        vertx = Vertx.vertx(new VertxOptions()
                .setPreferNativeTransport(true)
                .setFileSystemOptions(new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false)));
        vertx.exceptionHandler(failure -> {
            if (failure instanceof Error) {
                threads.fatal("of an event loop", failure);
            } else {
                LOG.error("nothing handles a failure in an event loop", failure);
            }
        });
        parts.add("connections", () -> vertx.close().await(Gateway.STEP.toSeconds(), TimeUnit.SECONDS));
        tracing = Tracing.open(config.name(), config.tracing(), threads);
        parts.add("traces", tracing);
        http = new HttpServing(vertx, config, meters, threads, tracing, clock);
        loops = new EventLoops(vertx);
        readiness = parts.add(
                "readiness", new CentreReadiness(store::check, threads, List.of(loops::trouble, upkeep::trouble)));
        operation = new OperationMeters(meters, config.name(), readiness);
        operation.bind(store::status, home.state(), guard, threads);
    }

    private void prepareFeeds() throws IOException {
        feeds = new PartnerFeeds(
                config.name(),
                vertx,
                () -> new ClientTls(
                        tls.options(),
                        liveKeys.now().tlsCertificatePem(),
                        liveKeys.now().tlsKeyPem()),
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
                StoreOpener.leases(store, config),
                clock,
                threads,
                upkeep::trouble,
                tracing);
        parts.add("feeds", feeds);
        ownCard = new LiveCard(home.ownCard());
        feeds.fetchCards(
                new CardOffers(home, liveKeys, config.partners().cards() == Config.NewCards.ASK, clock),
                trust::list,
                config.partners().cardInterval(),
                () -> ownCard.now().sequence());
        expiries =
                new Expiries(trust::list, liveKeys::now, () -> book.partners().all(), feeds::certificateEnd);
        partnerMeters =
                new PartnerMeters(meters, () -> feeds.reports(store.status().lastSeq()), expiries, this::added, clock);
        authentication = new Authentication(
                accounts,
                config.accounts(),
                new SignIns(accounts, meters),
                pin -> {
                    upkeep.requireList();
                    return trust.list().byPin(pin);
                },
                name -> book.partners().partner(name).agreement(),
                new PartnerContacts(feeds),
                clock);
    }

    private Optional<Instant> added(long seq) {
        try {
            return store.at(seq).map(entry -> Instant.EPOCH.plus(entry.added(), ChronoUnit.MICROS));
        } catch (StoreUnavailable away) {
            LOG.debug("the age of an entry is not known now", away);
            return Optional.empty();
        }
    }

    private void prepareSources() {
        sources = new FeedSources(
                config.feeds().sources(),
                new SourceServices(
                        localCentre,
                        intake,
                        release,
                        services.protectedValues(),
                        services.recognition(),
                        stateStore,
                        home.state().resolve("incoming"),
                        clock),
                vertx,
                tls.options(),
                home.root(),
                StoreOpener.leases(store, config),
                threads);
        parts.add("feeds of others", sources);
        sourceMeters = new SourceMeters(meters, sources);
        backups = parts.add(
                "scheduled backups",
                new ScheduledBackups(
                        home,
                        config,
                        new BackupWork(home, config, store),
                        clock,
                        () -> guard.trouble().isEmpty(),
                        StoreOpener.leases(store, config),
                        threads));
        backups.bindTo(meters);
    }

    private void listen() throws StartFailure, InterruptedException {
        HttpServing.Layout layout = new HttpServing.Layout(
                concat(
                        List.of(
                                new HealthRoutes(readiness),
                                new CardRoutes(ownCard),
                                new MetricsRoutes(
                                        meters,
                                        this::refreshMeters,
                                        request -> Callers.require(request, Right.OPERATE))),
                        AnalystApi.open()),
                authentication,
                AnalystApi.streaming(services),
                concat(
                        concat(
                                taxii.routes(),
                                List.of(
                                        new SecretRoutes(
                                                new AccountChanges(accountsFile, clock, "this centre"),
                                                accounts,
                                                config.accounts().minLength()),
                                        new BackupRoutes(
                                                home,
                                                config,
                                                directory -> Backup.write(home, config, store, directory),
                                                store::status),
                                        new TakeoverRoutes(new Takeovers(store), trust),
                                        new KeyRoutes(feeds, trust, services),
                                        new PartnerRoutes(
                                                feeds, release, trust, book.partners(), expiries, store::status, clock),
                                        new FeedRoutes(sources))),
                        concat(
                                alerts.routes(),
                                AnalystApi.behind(
                                        services,
                                        Version.number(),
                                        store::status,
                                        alerts::figures,
                                        correlator.patterns()::figures))));
        try {
            port = http.start(tls, keys.tlsCertificatePem(), keys.tlsKeyPem(), layout);
        } catch (IOException taken) {
            throw new StartFailure(taken.getMessage(), taken);
        }
    }

    private void openHealth() throws StartFailure {
        if (!config.health().on()) {
            return;
        }
        Duration silence = config.health().silence();
        Duration third = silence.dividedBy(3);
        try {
            health = Optional.of(parts.add(
                    "health",
                    HealthListener.open(
                            config.health().host(),
                            config.health().port(),
                            new CentreLiveness(loops, threads, silence),
                            readiness,
                            third.compareTo(BEAT) < 0 ? third : BEAT)));
        } catch (IOException taken) {
            throw new StartFailure(
                    "cannot answer health checks at " + config.health().listen() + ": " + taken.getMessage()
                            + "; set health.listen in koprik.yaml to a free address, or to \"\" for none",
                    taken);
        }
    }

    private void refreshMeters() {
        counted.refresh();
        operation.refresh();
        partnerMeters.refresh();
        sourceMeters.refresh();
    }

    private void startTasks() {
        store.onThreadFailure(threads::fatal);
        if (config.store().kind() == Config.StoreKind.LUCENE) {
            JournalCheck check = parts.add(
                    "check of the journal",
                    new JournalCheck(() -> StoreOpener.recheckInFiles(home.data(config)), clock, threads));
            operation.bind(check);
            journalCheck = Optional.of(check);
        }
        LinkageFailures.report(threads::fatal);
        ProgramFile.ofThisProcess()
                .ifPresent(program -> threads.every("program-file", Duration.ofSeconds(1), () -> {
                    if (program.overwritten()) {
                        threads.fatal(program.sentence());
                    }
                }));
        threads.every("event-loops", BEAT, () -> {
            if (!loops.beat()) {
                threads.fatal("of an event loop", new IllegalStateException("an event loop ended"));
            } else if (loops.silentFor(DEAF)) {
                threads.fatal("of an event loop", new IllegalStateException("an event loop does not answer"));
            }
        });
        threads.every("clock", Duration.ofSeconds(1), guard::look);
        threads.every("card-and-trust-list", UPKEEP, upkeep::tend);
        ExpiryLog ends = new ExpiryLog(expiries, clock);
        threads.every("expiry", SWEEP, () -> {
            if (guard.trouble().isEmpty()) {
                ends.look();
            }
        });
        threads.every("accounts", Duration.ofMillis(500), accounts::refresh);
        threads.every("warning-lists", Duration.ofSeconds(10), warnings::refresh);
        alerts.start();
        patterns = parts.add(
                "patterns",
                PatternFollower.start(
                        store, correlator, config.store().elasticsearch().follow(), threads));
        OperatorWatch watching = new OperatorWatch(
                config.name(),
                expiries,
                () -> feeds.reports(store.status().lastSeq()),
                backups::trouble,
                alerts::report,
                () -> guard.trouble().isEmpty(),
                clock);
        threads.every("operation", UPKEEP, watching::look);
        LiveCertificate certificate = new LiveCertificate(liveKeys, home.keyFile(), keys.tlsCertificate(), http::show);
        threads.every("tls-renewal", SWEEP, () -> {
            if (guard.trouble().isEmpty()) {
                certificates.tend(liveKeys.now());
            }
        });
        threads.every("tls-certificate", Duration.ofSeconds(1), certificate::look);
        feeds.reconcile();
        sources.start();
        backups.start();
        threads.every("cards-of-partners", Duration.ofMillis(500), feeds::lookForCards);
        StoreOpener.sharedPapers(store)
                .ifPresent(papers -> threads.every(
                        "shared-card-news",
                        Duration.ofSeconds(10),
                        new SharedCardNews(papers, feeds.cardNews(), trust::list)::tend));
        threads.every("partners", Duration.ofMillis(500), () -> {
            ownCard.refresh();
            if (book.refresh()) {
                store.judgeSigners(LostProof.judge(trust.list()));
                feeds.reconcile();
            }
        });
        if (config.store().kind() == Config.StoreKind.ELASTICSEARCH) {
            threads.every(
                    "store-news",
                    config.store().elasticsearch().follow(),
                    () -> feeds.storeHas(store.status().lastSeq()));
        }
        threads.every("partners-received", Duration.ofSeconds(5), feeds::flushReceived);
        threads.every("taxii-sweep", SWEEP, taxii::sweep);
        threads.every("alerts-sweep", SWEEP, alerts::sweep);
        threads.every("digests", Duration.ofSeconds(5), alerts::digest);
        threads.every("log-repeats", Duration.ofSeconds(10), LogSetup::flushRepeats);
        threads.startWatch();
        parts.add("periodic tasks", () -> threads.stopTasks(Gateway.STEP));
    }

    private void publishAddress() throws IOException {
        url = config.publicUrl(port);
        parts.add("address", () -> Files.deleteIfExists(home.url()));
        // In one step: a reader that waits for the file reads it at once.
        SecretFile.replace(home.url(), (url + "\n").getBytes(StandardCharsets.UTF_8));
        LOG.info("centre {} answers at {}", config.name(), url);
        health.ifPresent(listener -> LOG.info("health checks are answered at {}/healthz", listener.url()));
    }

    private void watchFolders() {
        watch = new WatchedFolders(
                home.root(),
                config.cases(),
                name -> accounts.named(name).map(Authentication::caller),
                services.cases(),
                tables,
                new Recognition(normalisation),
                clock,
                threads);
        parts.add("watched folders", watch);
    }

    private static List<Routes> concat(List<Routes> some, List<Routes> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }
}
