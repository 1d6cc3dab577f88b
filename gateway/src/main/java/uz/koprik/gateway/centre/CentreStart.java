package uz.koprik.gateway.centre;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
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
import uz.koprik.gateway.accessrecord.AccessGateways;
import uz.koprik.gateway.accessrecord.AccessRecord;
import uz.koprik.gateway.accessrecord.AccessRecorder;
import uz.koprik.gateway.agreements.AgreedPartners;
import uz.koprik.gateway.agreements.AgreementBook;
import uz.koprik.gateway.agreements.AgreementDesk;
import uz.koprik.gateway.agreements.AgreementExchange;
import uz.koprik.gateway.agreements.AgreementIntake;
import uz.koprik.gateway.agreements.DamagedAgreements;
import uz.koprik.gateway.alerts.AlertNames;
import uz.koprik.gateway.alerts.Alerts;
import uz.koprik.gateway.api.AccessRoutes;
import uz.koprik.gateway.api.AgreementRoutes;
import uz.koprik.gateway.api.AnalystApi;
import uz.koprik.gateway.api.CardRoutes;
import uz.koprik.gateway.api.ExplainedRedactions;
import uz.koprik.gateway.api.GroupRoutes;
import uz.koprik.gateway.api.KeyRoutes;
import uz.koprik.gateway.api.PartnerRoutes;
import uz.koprik.gateway.api.PurposeOnUse;
import uz.koprik.gateway.api.PurposeRoutes;
import uz.koprik.gateway.api.RecallRoutes;
import uz.koprik.gateway.api.RecipientRoutes;
import uz.koprik.gateway.api.RedactionRoutes;
import uz.koprik.gateway.api.ReleaseDeskApi;
import uz.koprik.gateway.api.ReleasePreviewRoutes;
import uz.koprik.gateway.api.RetentionRoutes;
import uz.koprik.gateway.api.TakeoverRoutes;
import uz.koprik.gateway.api.acts.SecondPerson;
import uz.koprik.gateway.api.cases.LegalHoldRoutes;
import uz.koprik.gateway.api.common.AnalystServices;
import uz.koprik.gateway.api.common.SavedSearches;
import uz.koprik.gateway.api.transfer.ImportJobs;
import uz.koprik.gateway.auth.AccountChanges;
import uz.koprik.gateway.auth.AccountStatus;
import uz.koprik.gateway.auth.AccountsFile;
import uz.koprik.gateway.auth.Authentication;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.auth.CursorCodec;
import uz.koprik.gateway.auth.LiveAccounts;
import uz.koprik.gateway.auth.Passwords;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.auth.RouteRights;
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
import uz.koprik.gateway.console.ConsoleRoutes;
import uz.koprik.gateway.desk.DeskPapers;
import uz.koprik.gateway.desk.ReleaseQueue;
import uz.koprik.gateway.feeds.ClientTls;
import uz.koprik.gateway.feeds.FeedSettings;
import uz.koprik.gateway.feeds.PartnerDay;
import uz.koprik.gateway.feeds.PartnerFeeds;
import uz.koprik.gateway.health.HealthListener;
import uz.koprik.gateway.health.HealthRoutes;
import uz.koprik.gateway.http.EventLoops;
import uz.koprik.gateway.http.HttpServing;
import uz.koprik.gateway.http.MetricsRoutes;
import uz.koprik.gateway.http.Routes;
import uz.koprik.gateway.http.TlsEngine;
import uz.koprik.gateway.intake.Intake;
import uz.koprik.gateway.intake.Takeovers;
import uz.koprik.gateway.logging.LinkageFailures;
import uz.koprik.gateway.logging.RepeatLimit;
import uz.koprik.gateway.oidc.NoProviderRoutes;
import uz.koprik.gateway.oidc.OpenedOidc;
import uz.koprik.gateway.operations.AccountLines;
import uz.koprik.gateway.operations.AccountsRoutes;
import uz.koprik.gateway.operations.AdmissionRoutes;
import uz.koprik.gateway.operations.OperationSources;
import uz.koprik.gateway.operations.OperationsRoutes;
import uz.koprik.gateway.operations.SituationReader;
import uz.koprik.gateway.operations.SituationRoutes;
import uz.koprik.gateway.partners.CardOffers;
import uz.koprik.gateway.partners.GroupBook;
import uz.koprik.gateway.partners.LiveKeys;
import uz.koprik.gateway.partners.LiveTrust;
import uz.koprik.gateway.partners.LocalCentre;
import uz.koprik.gateway.partners.LostProof;
import uz.koprik.gateway.partners.PartnerRegistry;
import uz.koprik.gateway.partners.SharedCardNews;
import uz.koprik.gateway.recalls.DamagedRecalls;
import uz.koprik.gateway.recalls.RecallBook;
import uz.koprik.gateway.recalls.Recalls;
import uz.koprik.gateway.redactions.RedactionKeeper;
import uz.koprik.gateway.release.GroupDesk;
import uz.koprik.gateway.release.GroupReader;
import uz.koprik.gateway.release.Release;
import uz.koprik.gateway.release.ReleaseDesk;
import uz.koprik.gateway.renewal.Expiries;
import uz.koprik.gateway.renewal.ExpiryLog;
import uz.koprik.gateway.renewal.HomeToken;
import uz.koprik.gateway.renewal.LiveCard;
import uz.koprik.gateway.renewal.OwnTrust;
import uz.koprik.gateway.retention.ObjectRetention;
import uz.koprik.gateway.sessions.OutsideRights;
import uz.koprik.gateway.sessions.Sealing;
import uz.koprik.gateway.sessions.SignInApi;
import uz.koprik.gateway.sources.FeedRoutes;
import uz.koprik.gateway.sources.FeedSources;
import uz.koprik.gateway.sources.SourceMeters;
import uz.koprik.gateway.sources.SourceServices;
import uz.koprik.gateway.taxii.TaxiiApi;
import uz.koprik.gateway.tracing.Tracing;
import uz.koprik.gateway.upkeep.AgreementWatch;
import uz.koprik.gateway.upkeep.CertificateRenewal;
import uz.koprik.gateway.upkeep.DeskWatch;
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

    /** How soon another gateway carries out a release that was interrupted. */
    private static final Duration DESK = Duration.ofSeconds(30);

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
    private ReleaseDesk desk;
    private ClockGuard guard;
    private TrustUpkeep upkeep;
    private Expiries expiries;
    private Release release;
    private StateStore stateStore;
    private AgreementBook agreements;
    private GroupReader groups;
    private AgreedPartners agreed;
    private AgreementExchange agreementExchange;
    private RecallBook recallBook;
    private Recalls recalls;
    private RedactionKeeper redactionKeeper;
    private Alerts alerts;
    private CentreMeters counted;
    private PartnerMeters partnerMeters;
    private OperationMeters operation;
    private TaxiiApi taxii;
    private CaseTables tables;
    private Normalisation normalisation;
    private AnalystServices services;
    private ImportJobs imports;
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
    private ObjectRetention retention;
    private Optional<JournalCheck> journalCheck = Optional.empty();
    private Passwords passwords;
    private Optional<OpenedOidc> oidc = Optional.empty();
    private SignInApi signIn;
    private Authentication authentication;
    private AccessRecord access;
    private AccessGateways accessGateways;
    private AccessRecorder recorder;
    private int port;
    private Optional<Integer> peoplePort = Optional.empty();
    private PatternFollower patterns;
    private String url;
    private Optional<String> peopleUrl = Optional.empty();
    private WatchedFolders watch;
    private PartnerDay partnerDay;

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
        step("agreements", this::openAgreements);
        step("intake", this::openIntake);
        step("clock", this::checkClock);
        step("card and trust list", this::renewTrust);
        step("recovery", this::recover);
        step("alerts", this::openAlerts);
        step("identity", () -> PartOpener.publishIdentity(store, intake, localCentre, config, clock.instant()));
        step("TAXII", this::prepareTaxii);
        step("analysts", this::prepareAnalysts);
        step("access record", this::openAccessRecord);
        step("HTTP", this::openHttp);
        step("feeds", this::prepareFeeds);
        step("feeds of others", this::prepareSources);
        step("retention", this::prepareRetention);
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
                agreementExchange,
                recalls,
                alerts,
                tracing,
                patterns,
                watch,
                sources,
                backups,
                retention,
                imports,
                journalCheck,
                tls,
                url,
                peopleUrl,
                threads,
                readiness,
                access,
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

    private void openAgreements() throws StartFailure {
        stateStore = StoreOpener.papers(store, home);
        agreements = new AgreementBook(stateStore, trust::list, clock);
        agreed = new AgreedPartners(
                book.partners(), agreements, config.agreements().required(), clock);
        recallBook = new RecallBook(stateStore, trust::list, clock);
        try {
            agreements.refresh();
            recallBook.refresh();
        } catch (StoreUnavailable unavailable) {
            throw new StartFailure("the store cannot be used: " + unavailable.getMessage(), unavailable);
        } catch (DamagedAgreements | DamagedRecalls damaged) {
            throw new StartFailure(damaged.getMessage(), damaged);
        }
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
                agreed,
                correlator,
                config.policy().defaultTlp(),
                config.policy().unknownMarkings(),
                home.evidence(),
                clock);
        intake.closedBy(recallBook);
        parts.add("intake", intake);
        DeskPapers papers = new DeskPapers(stateStore, localCentre);
        ReleaseQueue queue = new ReleaseQueue(config.release().rule(), papers, clock);
        intake.heldBy(queue);
        desk = new ReleaseDesk(store, papers, queue, intake, config.release().expires(), clock);
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
        release = new Release(store, correlator, agreed::closedSources, agreed::purposesOnUse, clock);
        openGroups();
        try {
            intake.recover();
            desk.recover();
        } catch (StoreUnavailable unavailable) {
            throw new StartFailure("the store cannot be used: " + unavailable.getMessage(), unavailable);
        }
    }

    /** The sharing groups, before anything is released or taken in. */
    private void openGroups() throws StartFailure {
        GroupBook known = new GroupBook(clock);
        groups = new GroupReader(release, known);
        trust.follow(known);
        try {
            groups.refresh();
        } catch (StoreUnavailable unavailable) {
            throw new StartFailure("the store cannot be used: " + unavailable.getMessage(), unavailable);
        }
        intake.onAccepted(event -> groups.news());
    }

    private void openAlerts() throws StartFailure, InterruptedException {
        Alerts.Seal seal = (payload, now) -> {
            upkeep.trouble().ifPresent(wrong -> {
                throw new IllegalStateException(wrong.text());
            });
            SigningKey key = liveKeys.now().signingKey();
            return DetachedJws.sign(
                    key,
                    ProtectedHeader.ALERT_DELIVERY,
                    payload,
                    now,
                    List.of(key.publicKey().kid()));
        };
        alerts = PartOpener.alerts(
                home,
                config,
                stateStore,
                seal,
                store,
                new CaseMatchSource(store, correlator, intake),
                release,
                new AccountStatus(accounts, agreed::purposesOnUse, clock),
                new AlertNames(new CaseService(localCentre, intake, release, clock), trust),
                trust,
                recallBook,
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
                new ProtectedValues(config.own().parsedNetworks(), config.own().normalDomains(), warnings::now),
                recallBook,
                new AccountStatus(accounts, agreed::purposesOnUse, clock));
        imports = parts.add("imports", new ImportJobs(services, stateStore, StoreOpener.gateway(store, config)));
    }

    private void openAccessRecord() throws ConfigException, IOException {
        access = parts.add(
                "access record",
                AccessRecord.open(home.access(), config.accessRecord().keep(), clock, meters));
        Sealing sealing = new Sealing(Files.readAllBytes(home.cursorKey()), "access record");
        accessGateways = new AccessGateways(
                stateStore,
                access.reader(),
                StoreOpener.gateway(store, config),
                new AccessGateways.Sealed(
                        text -> sealing.seal(text, "gateways"), text -> sealing.open(text, "gateways")),
                config.accessRecord().keep(),
                clock);
        recorder = new AccessRecorder(access, normalisation);
        access.expect(new HomeManifest(home)
                .read()
                .map(content -> content.number(HomeManifest.ACCESS_LAST))
                .orElse(0L));
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

    private void prepareFeeds() throws ConfigException, IOException {
        feeds = new PartnerFeeds(
                config.name(),
                vertx,
                () -> new ClientTls(tls.options(), liveKeys.now().tlsKeyManager()),
                intake,
                release,
                trust,
                agreed,
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
        agreementExchange = new AgreementExchange(agreements, new AgreementIntake(agreements), feeds::post);
        parts.add("exchange of agreements", agreementExchange::close);
        recalls = Recalls.of(
                recallBook,
                intake,
                release,
                trust,
                agreed,
                upkeep,
                () -> feeds.reports(store.status().lastSeq()),
                feeds::post,
                feeds::versions);
        parts.add("exchange of recalls", recalls::close);
        recalls.bindTo(meters);
        recalls.keeper().settleAll();
        redactionKeeper = new RedactionKeeper(
                intake,
                release,
                recallBook,
                recalls.desk(),
                config.policy().defaultTlp(),
                () -> store.status().lastSeq(),
                clock);
        ownCard = new LiveCard(home.ownCard());
        feeds.fetchCards(
                new CardOffers(home, liveKeys, config.partners().cards() == Config.NewCards.ASK, clock),
                trust::list,
                config.partners().cardInterval(),
                () -> ownCard.now().sequence());
        expiries = new Expiries(trust::list, liveKeys::now, agreed::all, feeds::certificateEnd);
        partnerMeters =
                new PartnerMeters(meters, () -> feeds.reports(store.status().lastSeq()), expiries, this::added, clock);
        partnerDay = new PartnerDay(
                home.state().resolve("partners-today.json"),
                ZoneId.of(config.alerts().digestZone()),
                clock);
        SignIns signIns = new SignIns(accounts, meters);
        passwords = new Passwords(accounts, config.accounts(), signIns, clock);
        signIn = new SignInApi(
                config,
                stateStore,
                Files.readAllBytes(home.cursorKey()),
                accounts,
                new AccountChanges(accountsFile, clock, "this centre"),
                passwords,
                signIns,
                clock);
        if (config.oidc().on()) {
            oidc = Optional.of(OpenedOidc.open(
                    config.oidc(),
                    home,
                    vertx,
                    stateStore,
                    signIn.sessions(),
                    name -> accounts.named(name).isPresent(),
                    recorder,
                    () -> config.peopleUrl(peoplePort.orElse(0)),
                    meters,
                    clock));
        }
        authentication = new Authentication(
                accounts,
                passwords,
                signIns,
                signIn.callers(oidc.<OutsideRights>map(OpenedOidc::rights).orElse(OutsideRights.NONE)),
                pin -> {
                    upkeep.requireList();
                    return trust.list().byPin(pin);
                },
                name -> trust.recipient(name, agreed.partner(name).agreement()),
                signIn.lastUse(),
                new PartnerContacts(feeds),
                agreed::purposesOnUse,
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

    private void prepareRetention() {
        retention = parts.add(
                "retention",
                ObjectRetention.of(
                        localCentre,
                        config.retention(),
                        store,
                        correlator,
                        agreements,
                        trust,
                        release,
                        stateStore,
                        home.state(),
                        List.of(
                                (ids, digests, at) -> alerts.erase(ids, at),
                                (ids, digests, at) -> intake.eraseEvidence(ids, digests)),
                        () -> guard.trouble().isEmpty(),
                        StoreOpener.leases(store, config),
                        clock,
                        threads));
    }

    private void listen() throws StartFailure, IOException, InterruptedException {
        List<Routes> analysts = analystRoutes();
        Handler<RoutingContext> known = recorder.before(new PurposeOnUse(agreed::purposesOnUse, services.cases()));
        HttpServing.Layout partners = new HttpServing.Layout(
                new RouteRights(),
                concat(
                        List.of(
                                new HealthRoutes(readiness),
                                new CardRoutes(ownCard),
                                new MetricsRoutes(
                                        meters,
                                        this::refreshMeters,
                                        authentication,
                                        request -> Callers.require(request, Right.OPERATE))),
                        concat(
                                AnalystApi.open(),
                                concat(signIn.open(List.of(), recorder), List.of(new NoProviderRoutes())))),
                authentication,
                known,
                AnalystApi.streaming(services, imports),
                concat(taxii.routes(), analysts));
        port = listen(
                new HttpServing.Endpoint(config.listen().host(), config.listen().port(), true, true, List.of()),
                partners,
                "listen.port");
        if (!config.people().on()) {
            return;
        }
        HttpServing.Layout people = new HttpServing.Layout(
                new RouteRights(),
                concat(
                        concat(List.of(new ConsoleRoutes()), AnalystApi.open()),
                        concat(
                                signIn.open(
                                        oidc.map(OpenedOidc::button).stream().toList(), recorder),
                                List.of(oidc.<Routes>map(OpenedOidc::routes).orElseGet(NoProviderRoutes::new)))),
                authentication,
                known,
                AnalystApi.streaming(services, imports),
                analysts);
        peoplePort = Optional.of(listen(
                new HttpServing.Endpoint(
                        config.peopleHost(),
                        config.people().port(),
                        config.people().tls(),
                        false,
                        config.people().proxies()),
                people,
                "people.port"));
    }

    private int listen(HttpServing.Endpoint endpoint, HttpServing.Layout layout, String setting)
            throws StartFailure, InterruptedException {
        try {
            return http.start(endpoint, tls, keys.tlsKeyManager(), layout);
        } catch (IOException taken) {
            throw new StartFailure(taken.getMessage() + "; set " + setting + " in koprik.yaml to a free port", taken);
        }
    }

    private List<Routes> analystRoutes() {
        SecondPerson secondPerson = new SecondPerson(config.accounts(), stateStore, accounts, clock);
        return concat(
                List.of(
                        new SecretRoutes(
                                new AccountChanges(accountsFile, clock, "this centre"),
                                accounts,
                                passwords,
                                signIn,
                                config.accounts().minLength()),
                        new BackupRoutes(
                                home, config, directory -> Backup.write(home, config, store, directory), store::status),
                        new AccessRoutes(
                                accessGateways,
                                services.recognition(),
                                config.publicUrl().isEmpty() ? config.name() : config.publicUrl()),
                        new TakeoverRoutes(new Takeovers(store), trust),
                        new KeyRoutes(feeds, trust, services),
                        new PartnerRoutes(
                                feeds,
                                release,
                                trust,
                                agreed,
                                expiries,
                                store::status,
                                partnerDay,
                                clock,
                                new ExplainedRedactions(release, trust, localCentre)),
                        new RecipientRoutes(release, trust, agreed, localCentre),
                        new GroupRoutes(trust, localCentre, new GroupDesk(intake, release, groups, clock), clock),
                        new AgreementRoutes(
                                agreements,
                                new AgreementDesk(agreements, localCentre, upkeep),
                                agreementExchange,
                                agreed,
                                trust::card,
                                this::lookAtAgreements),
                        new PurposeRoutes(agreed),
                        new RecallRoutes(recalls, release),
                        new RetentionRoutes(retention, services, secondPerson),
                        new LegalHoldRoutes(retention.holds(), services),
                        new RedactionRoutes(services, agreed),
                        new AdmissionRoutes(home, liveKeys, trust, clock, secondPerson, this::lookAtPartners),
                        new SituationRoutes(
                                new SituationReader(services, feeds, partnerDay, alerts::open), store::status),
                        new OperationsRoutes(operationSources()),
                        new AccountsRoutes(
                                accountLines(),
                                accounts,
                                new AccountChanges(accountsFile, clock, "this centre"),
                                secondPerson),
                        new ReleasePreviewRoutes(services, agreed),
                        new ReleaseDeskApi(services, agreed, desk, accounts),
                        new FeedRoutes(sources)),
                concat(
                        concat(
                                concat(
                                        alerts.routes(),
                                        signIn.behind(act -> secondPerson.of(
                                                act,
                                                request -> true,
                                                request -> accounts.basis(request.pathParam("name"))))),
                                secondPerson.routes()),
                        AnalystApi.behind(
                                services,
                                Version.number(),
                                store::status,
                                alerts::figures,
                                correlator.patterns()::figures)));
    }

    private AccountLines accountLines() {
        return new AccountLines(accounts, signIn.lastUse(), clock);
    }

    private OperationSources operationSources() {
        return new OperationSources(
                config.name(),
                Version.number(),
                readiness,
                store::status,
                config.store().kind().name().toLowerCase(Locale.ROOT),
                home.state(),
                () -> journalCheck.map(check -> new OperationSources.JournalState(check.last(), check.damaged())),
                meters,
                accountLines(),
                warnings::files,
                () -> Optional.ofNullable(watch).map(WatchedFolders::states).orElse(List.of()),
                backups,
                expiries,
                upkeep::trouble,
                ZoneId.of(config.alerts().digestZone()),
                clock,
                clock.instant());
    }

    /** Takes over what changed of the trust list and of the settings of partners. */
    private void lookAtPartners() {
        if (book.refresh()) {
            store.judgeSigners(LostProof.judge(trust.list()));
            feeds.reconcile();
        }
    }

    /** Takes over what changed of agreements, also by other gateways; agreements begin and end by themselves. */
    private void lookAtAgreements() {
        if (agreements.tend()) {
            feeds.reconcile();
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
        threads.every("imports", Duration.ofSeconds(15), imports::beat);
        oidc.ifPresent(signOn -> threads.every("single-sign-on", Duration.ofSeconds(30), signOn::look));
        threads.every("sessions", Duration.ofSeconds(1), signIn::tend);
        threads.every("sessions-sweep", SWEEP, signIn::sweep);
        threads.every("access-record", Duration.ofSeconds(1), access::retry);
        threads.every("access-record-upkeep", UPKEEP, access::tend);
        threads.every("access-record-gateways", Duration.ofSeconds(1), accessGateways::tend);
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
                access::trouble,
                () -> Stream.concat(new AgreementWatch(agreements).notices().stream(), retention.notices().stream())
                        .toList(),
                new DeskWatch(config.name(), desk)::notices,
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
        retention.start();
        threads.every("erased-contents", UPKEEP, retention::look);
        threads.every("agreements", Duration.ofSeconds(1), () -> {
            lookAtAgreements();
            feeds.lookAtRules();
            if (upkeep.trouble().isEmpty()) {
                agreementExchange.look();
            }
        });
        threads.every("sharing-groups", Duration.ofSeconds(1), groups::look);
        threads.every("release-desk", DESK, () -> {
            if (guard.trouble().isEmpty()) {
                desk.tend();
            }
        });
        threads.every("embargoes", Duration.ofSeconds(1), intake.embargoEnds()::look);
        threads.every("recalls", Duration.ofSeconds(1), () -> {
            if (upkeep.trouble().isEmpty()) {
                recalls.look();
                redactionKeeper.look();
            }
        });
        threads.every("cards-of-partners", Duration.ofMillis(500), feeds::lookForCards);
        StoreOpener.sharedPapers(store)
                .ifPresent(papers -> threads.every(
                        "shared-card-news",
                        Duration.ofSeconds(10),
                        new SharedCardNews(papers, feeds.cardNews(), trust::list)::tend));
        threads.every("partners", Duration.ofMillis(500), () -> {
            ownCard.refresh();
            lookAtPartners();
        });
        threads.every(
                "day-of-partners",
                UPKEEP,
                () -> partnerDay.of(feeds.reports(store.status().lastSeq())));
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
        peopleUrl = peoplePort.map(config::peopleUrl);
        if (peopleUrl.isPresent()) {
            parts.add("address for people", () -> Files.deleteIfExists(home.peopleUrl()));
            SecretFile.replace(home.peopleUrl(), (peopleUrl.get() + "\n").getBytes(StandardCharsets.UTF_8));
            LOG.info("people reach the console at {}/console/", peopleUrl.get());
        }
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
