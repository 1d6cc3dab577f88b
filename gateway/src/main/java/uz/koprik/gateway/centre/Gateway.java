package uz.koprik.gateway.centre;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.algorithm.SigningUnavailable;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.crypto.trust.KeyFile;
import uz.koprik.crypto.trust.KeyFileRejected;
import uz.koprik.crypto.trust.Passphrase;
import uz.koprik.gateway.clock.ProcessClock;
import uz.koprik.gateway.concurrent.CentreThreads;
import uz.koprik.gateway.config.Config;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.config.Home;
import uz.koprik.gateway.health.HealthListener;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.logging.RepeatLimit;
import uz.koprik.gateway.renewal.HomeToken;
import uz.koprik.gateway.renewal.OwnCardMaker;

/** A running centre, which {@link CentreStart} wires together. */
public final class Gateway implements AutoCloseable {

    /** Path of the TAXII API root. */
    public static final String API_ROOT = OwnCardMaker.API_ROOT;

    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

    /** What is left of the stop, after the requests in flight, may take this time in each step. */
    static final Duration STEP = Duration.ofSeconds(2);

    private final RunningParts parts;
    private final AtomicBoolean closed = new AtomicBoolean();

    Gateway(RunningParts parts) {
        this.parts = parts;
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
     * @throws StartFailure when something else is in the way: says what, and what to do
     */
    public static Gateway start(Home home) throws ConfigException, StartFailure, IOException, InterruptedException {
        return start(home, CentreThreads.unwatched(), new StartTerms(ProcessClock.get(), false, false));
    }

    /**
     * As {@link #start(Home)}.
     *
     * @param threads starts all long-lived threads of the centre, and decides what happens when it cannot go on; closed
     *     with it
     * @param terms the clock, and what an operator takes for right
     */
    public static Gateway start(Home home, CentreThreads threads, StartTerms terms)
            throws ConfigException, StartFailure, IOException, InterruptedException {
        return start(home, threads, terms, StartObserver.NONE);
    }

    /** As {@link #start(Home, CentreThreads, StartTerms)}; {@code observer} follows the start and can break it. */
    static Gateway start(Home home, CentreThreads threads, StartTerms terms, StartObserver observer)
            throws ConfigException, StartFailure, IOException, InterruptedException {
        OpenParts parts = new OpenParts(observer);
        Gateway started = null;
        try {
            started = new CentreStart(home, threads, terms, parts, observer).run();
            return started;
        } catch (SigningUnavailable away) {
            throw new StartFailure(away.getMessage(), away);
        } catch (UncheckedIOException unusable) {
            throw new StartFailure(
                    unusable.getMessage() + ": " + unusable.getCause().getMessage()
                            + StartChecks.cure(unusable.getCause()),
                    unusable);
        } catch (IOException unusable) {
            throw new StartFailure(
                    "the home " + home.root() + " cannot be used: " + unusable.getMessage()
                            + StartChecks.cure(unusable),
                    unusable);
        } finally {
            if (started == null) {
                parts.close();
            }
        }
    }

    /**
     * Opens the key file of a home, with the passphrase from the environment or from the file beside it.
     *
     * @throws StartFailure when it cannot be opened: says why
     */
    public static CentreKeys keys(Home home) throws StartFailure, IOException {
        try {
            return new KeyFile(home.keyFile(), new HomeToken(home)).load(passphrase(home));
        } catch (KeyFileRejected rejected) {
            throw new StartFailure(
                    rejected.getMessage()
                            + (rejected.getMessage().contains("does not open")
                                    ? "; restore it from a backup together with " + home.passphrase()
                                    : ""),
                    rejected);
        }
    }

    /** The passphrase of the key file, from the environment or from the file beside it. */
    public static char[] passphrase(Home home) throws IOException, KeyFileRejected {
        return System.getenv("KOPRIK_PASSPHRASE") != null
                ? Passphrase.fromEnvironment("KOPRIK_PASSPHRASE", System.getenv())
                : Passphrase.fromFile(home.passphrase());
    }

    RunningParts parts() {
        return parts;
    }

    /** What is mounted. */
    public List<RouteTable.DeclaredRoute> routes() {
        return parts.http().routes();
    }

    public Config config() {
        return parts.config();
    }

    /** Where it answers, without a slash at the end. */
    public String url() {
        return parts.url();
    }

    /** Where people reach the console and the analyst API, without a slash at the end; empty when they do not. */
    public Optional<String> peopleUrl() {
        return parts.peopleUrl();
    }

    /** Where it answers health checks by plain HTTP, without a slash at the end; empty when it does not. */
    public Optional<String> healthUrl() {
        return parts.health().map(HealthListener::url);
    }

    /** Which TLS engine is in use, in a line. */
    public String tls() {
        return parts.tls().description();
    }

    /** Stops: takes nothing new, finishes what is in flight within the grace of the settings, lets go of all files. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        LOG.info("stopping");
        RepeatLimit.stopping(true);
        // Each step is taken, also when the one before failed: the store is closed even when clients hang on.
        step("periodic tasks", () -> parts.threads().stopTasks(STEP));
        step("streams of alerts", parts.alerts()::endStreams);
        step("imports", parts.imports()::close);
        step("requests in flight", () -> parts.http()
                .stop(parts.config().limits().shutdownGrace()));
        step("feeds", parts.feeds()::close);
        step("exchange of agreements", parts.agreements()::close);
        step("exchange of recalls", parts.recalls()::close);
        step("watched folders", parts.watch()::close);
        step("feeds of others", parts.sources()::close);
        step("scheduled backups", parts.backups()::close);
        step("retention", parts.retention()::close);
        step("the check of the journal", () -> parts.journalCheck().ifPresent(JournalCheck::close));
        step("connections", () -> parts.vertx().close().await(STEP.toSeconds(), TimeUnit.SECONDS));
        step("access record", parts.access()::close);
        step("alerts", parts.alerts()::close);
        step("traces", parts.tracing()::close);
        step("patterns", parts.patterns()::close);
        step("intake", parts.intake()::close);
        AtomicLong last = new AtomicLong();
        step("the store", () -> {
            last.set(parts.store().status().lastSeq());
            parts.store().close();
        });
        step("threads", () -> {
            if (parts.health().isPresent()) {
                parts.health().get().close();
            }
            parts.readiness().close();
            parts.threads().close();
        });
        step("the files of the addresses", () -> {
            Files.deleteIfExists(parts.home().url());
            Files.deleteIfExists(parts.home().peopleUrl());
        });
        step("the manifest of the home", () -> new StartChecks(parts.home(), parts.config()).stopped(last.get()));
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
