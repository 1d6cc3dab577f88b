package uz.koprik.gateway.sources;

import io.vertx.core.Vertx;
import io.vertx.core.net.SSLEngineOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.gateway.concurrent.CentreThread;
import uz.koprik.gateway.concurrent.CentreThreads;
import uz.koprik.gateway.concurrent.LeaderTask;
import uz.koprik.gateway.concurrent.WakeSignal;
import uz.koprik.gateway.config.FeedSource;
import uz.koprik.gateway.config.FileStateStore;
import uz.koprik.gateway.sources.SourceEntries.Known;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.lease.Lease;
import uz.koprik.indicators.store.lease.Leases;

/**
 * All feeds of others that this centre reads, each on a thread of its own at its own interval. Where several gateways
 * share the store, one of them reads all. Safe for use by many threads at once.
 */
public final class FeedSources implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FeedSources.class);

    /** A batch that is being stored takes less. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    /** After a failure of the store, when even the failure could not be kept. */
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private final SourceServices services;
    private final Map<String, FeedSource> sources = new LinkedHashMap<>();
    private final SourceFetcher http;
    private final SourceFetcher files;
    private final Optional<Lease> lease;
    private final Optional<LeaderTask> leaderTask;
    private final CentreThreads threads;

    /** The readers that run here; empty when another gateway reads. */
    private final Map<String, Reader> readers = new HashMap<>();

    /**
     * @param home files that settings name are seen from here
     * @param leases by which the gateways of this centre settle who reads; empty when there is one only
     */
    public FeedSources(
            List<FeedSource> sources,
            SourceServices services,
            Vertx vertx,
            SSLEngineOptions engine,
            Path home,
            Optional<Leases> leases,
            CentreThreads threads) {
        this(
                sources,
                services,
                new HttpFetcher(vertx, engine, home, services.clock()),
                new FileFetcher(home),
                leases,
                threads);
    }

    FeedSources(
            List<FeedSource> sources,
            SourceServices services,
            SourceFetcher http,
            SourceFetcher files,
            Optional<Leases> leases,
            CentreThreads threads) {
        sources.forEach(source -> this.sources.put(source.name(), source));
        this.services = services;
        this.http = http;
        this.files = files;
        this.threads = threads;
        this.lease = sources.isEmpty() ? Optional.empty() : leases.map(all -> all.of("feed-sources"));
        this.leaderTask = lease.map(held ->
                new LeaderTask("the feeds of others", held, leases.orElseThrow().length(), new Duty(), threads));
    }

    /** Lets the feeds of a stopped centre be compared with its store again, after entries were lost. */
    public static void compareAgain(Path state) throws IOException {
        try {
            SourceStates.compareAgain(new FileStateStore(state));
        } catch (StoreUnavailable impossible) {
            throw new IOException(impossible.getMessage(), impossible);
        }
    }

    /** Begins to read. Call it once. */
    public void start() {
        if (leaderTask.isPresent()) {
            leaderTask.get().start();
        } else {
            begin();
        }
    }

    /** What is done while the lease is held. */
    private final class Duty implements LeaderTask.Duty {

        @Override
        public void begin() {
            FeedSources.this.begin();
        }

        @Override
        public void end() {
            FeedSources.this.end();
        }
    }

    private synchronized void begin() {
        for (FeedSource source : sources.values()) {
            Reader reader = new Reader(source);
            readers.put(source.name(), reader);
            reader.thread = threads.start("a feed of others", "feed-" + source.name(), reader::loop);
        }
    }

    private void end() {
        List<Reader> running;
        synchronized (this) {
            running = List.copyOf(readers.values());
            readers.clear();
        }
        running.forEach(Reader::stop);
        long until = System.nanoTime() + GRACE.toNanos();
        try {
            for (Reader reader : running) {
                reader.thread.join(Duration.ofNanos(Math.max(1, until - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads one feed until it is stopped. */
    private final class Reader {

        private final FeedSource source;
        private final SourceStates states;
        private final SourceRun run;
        private final WakeSignal signal = new WakeSignal();
        private CentreThread thread;
        private volatile boolean wanted;
        private volatile boolean stopping;

        Reader(FeedSource source) {
            this.source = source;
            this.states = new SourceStates(services.stateStore(), source.name());
            this.run = new SourceRun(
                    services,
                    source,
                    source.url().isEmpty() ? files : http,
                    () -> endsOfOthers(source),
                    RandomGenerator.getDefault(),
                    this::isOver);
        }

        private boolean isOver() {
            return stopping || lease.filter(held -> !held.held()).isPresent();
        }

        void loop() throws InterruptedException {
            while (!stopping) {
                try {
                    Duration wait = wanted ? Duration.ZERO : left();
                    if (wait.isZero()) {
                        wanted = false;
                        run.run();
                    } else {
                        signal.sleep(wait);
                    }
                } catch (StoreUnavailable away) {
                    LOG.warn("the feed {} waits: the store cannot serve", source.name(), away);
                    signal.sleep(PAUSE);
                } catch (UncheckedIOException damaged) {
                    LOG.error("the feed {} waits", source.name(), damaged);
                    signal.sleep(PAUSE);
                }
            }
        }

        /** How long until its next turn. */
        private Duration left() throws StoreUnavailable {
            SourceHealth health = states.state().health();
            Optional<Instant> next = health.next(source.interval());
            if (next.isEmpty()) {
                return Duration.ZERO;
            }
            Duration left = Duration.between(services.clock().instant(), next.get());
            Duration most =
                    health.failing().isPresent() ? SourceHealth.longestPause(source.interval()) : source.interval();
            return left.isNegative() || left.compareTo(most) > 0 ? Duration.ZERO : left;
        }

        void wake() {
            wanted = true;
            signal.ring();
        }

        void stop() {
            stopping = true;
            signal.ring();
        }
    }

    private Map<UUID, Long> endsOfOthers(FeedSource source) throws StoreUnavailable {
        Map<UUID, Long> ends = new HashMap<>();
        for (String name : sources.keySet()) {
            if (!name.equals(source.name())) {
                SourceStates states = new SourceStates(services.stateStore(), name);
                addEnds(states.entries(states.state()), ends);
            }
        }
        return ends;
    }

    /** Adds the ends of the entries of one feed; an entry without an end has none at all. */
    static void addEnds(Map<UUID, Known> entries, Map<UUID, Long> ends) {
        entries.forEach((key, known) ->
                ends.merge(key, known.until(), (one, other) -> one == 0 || other == 0 ? 0L : Math.max(one, other)));
    }

    /**
     * How a feed goes.
     *
     * @param runner the gateway that reads it, where there may be several
     */
    public record SourceReport(FeedSource source, SourceState state, Optional<String> runner) {

        /** Whether the last try failed. */
        public boolean failing() {
            return !state.error().isEmpty();
        }
    }

    /** All feeds, in the order of the settings. */
    public List<SourceReport> reports() throws StoreUnavailable {
        List<SourceReport> all = new ArrayList<>();
        for (String name : sources.keySet()) {
            all.add(find(name).orElseThrow());
        }
        return all;
    }

    /** One feed; empty when the settings have none of that name. */
    public Optional<SourceReport> find(String name) throws StoreUnavailable {
        FeedSource source = sources.get(name);
        return source == null
                ? Optional.empty()
                : Optional.of(new SourceReport(
                        source, new SourceStates(services.stateStore(), name).state(), lease.flatMap(Lease::runner)));
    }

    /** What became of a wish. */
    public enum Answer {
        /** The feed is being read. */
        STARTED,
        /** Another gateway of this centre reads it, or one is about to. */
        ELSEWHERE,
        /** The settings have no feed of that name. */
        UNKNOWN
    }

    /**
     * Reads a feed now instead of at its next turn.
     *
     * @param accept whether its next content is right, however short it is
     */
    public Answer run(String name, boolean accept) throws StoreUnavailable {
        if (!sources.containsKey(name)) {
            return Answer.UNKNOWN;
        }
        Reader reader;
        synchronized (this) {
            reader = readers.get(name);
        }
        if (reader == null) {
            return Answer.ELSEWHERE;
        }
        if (accept) {
            reader.states.change(SourceState::accepting);
        }
        reader.wake();
        return Answer.STARTED;
    }

    /** Stops all and returns when they have stopped, or did not for a while. */
    @Override
    public void close() {
        if (leaderTask.isPresent()) {
            leaderTask.get().close();
        } else {
            end();
        }
    }
}
