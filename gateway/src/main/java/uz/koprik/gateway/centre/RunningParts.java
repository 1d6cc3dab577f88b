package uz.koprik.gateway.centre;

import io.vertx.core.Vertx;
import java.util.Optional;
import uz.koprik.gateway.alerts.Alerts;
import uz.koprik.gateway.backup.ScheduledBackups;
import uz.koprik.gateway.casematch.PatternFollower;
import uz.koprik.gateway.cases.WatchedFolders;
import uz.koprik.gateway.concurrent.CentreThreads;
import uz.koprik.gateway.config.Config;
import uz.koprik.gateway.config.Home;
import uz.koprik.gateway.feeds.PartnerFeeds;
import uz.koprik.gateway.http.HealthListener;
import uz.koprik.gateway.http.HttpServing;
import uz.koprik.gateway.http.TlsEngine;
import uz.koprik.gateway.intake.Intake;
import uz.koprik.gateway.sources.FeedSources;
import uz.koprik.gateway.tracing.Tracing;
import uz.koprik.indicators.store.InternalStore;

/** The parts of a running centre. */
record RunningParts(
        Home home,
        Config config,
        Vertx vertx,
        HttpServing http,
        InternalStore store,
        Intake intake,
        PartnerFeeds feeds,
        Alerts alerts,
        Tracing tracing,
        PatternFollower patterns,
        WatchedFolders watch,
        FeedSources sources,
        ScheduledBackups backups,
        Optional<JournalCheck> journalCheck,
        TlsEngine tls,
        String url,
        CentreThreads threads,
        CentreReadiness readiness,
        Optional<HealthListener> health) {}
