package uz.koprik.gateway.centre;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import uz.koprik.gateway.alerts.log.AlertMigration;
import uz.koprik.gateway.config.Config;
import uz.koprik.gateway.config.FileStateStore;
import uz.koprik.gateway.config.Home;
import uz.koprik.gateway.config.HomeFormat;
import uz.koprik.gateway.config.HomeManifest;
import uz.koprik.indicators.store.InternalStore;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.elasticsearch.ElasticStore;
import uz.koprik.indicators.store.elasticsearch.IndexMigration;
import uz.koprik.indicators.store.elasticsearch.client.ElasticOptions;
import uz.koprik.indicators.store.journal.AcknowledgedMarks;
import uz.koprik.indicators.store.journal.LossPolicy;
import uz.koprik.indicators.store.journal.StoreInUse;
import uz.koprik.indicators.store.lease.Leases;
import uz.koprik.indicators.store.lucene.IndexReport;
import uz.koprik.indicators.store.lucene.JournalReport;
import uz.koprik.indicators.store.lucene.LuceneStore;
import uz.koprik.indicators.store.state.StateStore;

/** Opens the store that the settings name: the only place that knows the kinds of stores. */
public final class StoreOpener {

    /** Holds the password or API key of the cluster, in place of a file. */
    static final String SECRET = "KOPRIK_ELASTICSEARCH_SECRET";

    private static final int GROUP_BYTES = 4 << 20;

    private StoreOpener() {}

    /** @throws IOException when it cannot be used: says why and what to do */
    public static InternalStore open(Home home, Config config) throws IOException {
        return open(home, config, LossPolicy.REFUSE, InstantSource.system());
    }

    /**
     * The same, where {@code policy} decides about a store that holds less than the home knows of, and {@code clock}
     * dates entries.
     */
    static InternalStore open(Home home, Config config, LossPolicy policy, InstantSource clock) throws IOException {
        return switch (config.store().kind()) {
            case LUCENE -> LuceneStore.open(home.data(config), StartChecks.witnesses(home, config), policy, clock);
            case ELASTICSEARCH ->
                ElasticStore.open(options(home, config.store().elasticsearch(), System.getenv()), clock);
        };
    }

    /**
     * Looks at a store in files and changes nothing.
     *
     * @throws IOException when it cannot be used: says why, and what to do
     */
    public static StoreReport inspect(Home home, Config config) throws IOException {
        Path folder = home.data(config);
        List<AcknowledgedMarks.Witness> witnesses = StartChecks.witnesses(home, config);
        if (!Files.exists(folder) && witnesses.stream().allMatch(witness -> witness.seq() == 0)) {
            return new StoreReport(Optional.empty(), Optional.empty(), false);
        }
        try {
            return new StoreReport(
                    Optional.of(LuceneStore.inspect(folder, witnesses)), Optional.of(IndexReport.of(folder)), false);
        } catch (StoreInUse running) {
            return new StoreReport(Optional.empty(), Optional.of(IndexReport.of(folder)), true);
        } catch (IOException unusable) {
            throw new IOException(unusable.getMessage() + StartChecks.cure(unusable), unusable);
        }
    }

    /** What the gateways that share an open store settle by who does what; empty when only one can open it. */
    static Optional<Leases> leases(InternalStore store, Config config) {
        if (!(store instanceof ElasticStore cluster)) {
            return Optional.empty();
        }
        Config.Elasticsearch settings = config.store().elasticsearch();
        return Optional.of(
                new Leases(cluster.register(), gateway(settings.gateway(), config.listen()), settings.lease()));
    }

    /** What gateways with homes of their own share; empty where there is one home. */
    static Optional<StateStore> sharedPapers(InternalStore store) {
        return store instanceof ElasticStore cluster ? Optional.of(cluster.stateStore()) : Optional.empty();
    }

    /** What the centre remembers besides objects: where its gateways share it, or in the home of the only one. */
    static StateStore papers(InternalStore store, Home home) {
        return store instanceof ElasticStore cluster ? cluster.stateStore() : new FileStateStore(home.state());
    }

    /**
     * Whether a later version has written what gateways share. The format of a home is checked before.
     *
     * @return why this version may not open it, and what to do; empty when it may
     */
    static Optional<String> formatProblem(InternalStore store) throws IOException {
        if (!(store instanceof ElasticStore cluster)) {
            return Optional.empty();
        }
        try {
            return HomeFormat.open(cluster.stateStore());
        } catch (StoreUnavailable unavailable) {
            throw new IOException(unavailable.getMessage(), unavailable);
        }
    }

    /** How this gateway is called among those of the centre; empty where there is one. */
    static String gateway(InternalStore store, Config config) {
        return store instanceof ElasticStore
                ? gateway(config.store().elasticsearch().gateway(), config.listen())
                : "";
    }

    private static String gateway(String name, Config.ListenAddress listen) {
        if (!name.isEmpty()) {
            return name;
        }
        try {
            return InetAddress.getLocalHost().getHostName() + ":" + listen.port();
        } catch (UnknownHostException nameless) {
            return listen.host() + ":" + listen.port();
        }
    }

    /** Where it is, in words. */
    static String place(Home home, Config config) {
        return switch (config.store().kind()) {
            case LUCENE -> home.data(config).toString();
            case ELASTICSEARCH ->
                String.join(", ", config.store().elasticsearch().urls());
        };
    }

    /** Makes the store from a snapshot of any kind. */
    static void restore(Path snapshot, Home home, Config config) throws IOException {
        switch (config.store().kind()) {
            case LUCENE -> LuceneStore.restore(snapshot, home.data(config));
            case ELASTICSEARCH ->
                ElasticStore.restore(snapshot, options(home, config.store().elasticsearch(), System.getenv()));
        }
    }

    /** Makes a store in files from a snapshot of any kind, in a folder that is empty or not there. */
    static void restoreInFiles(Path snapshot, Path folder) throws IOException {
        LuceneStore.restore(snapshot, folder);
    }

    /** Reads the journal of an open store in files again, as {@link LuceneStore#recheck}; what it found, in words. */
    static String recheckInFiles(Path folder) throws IOException {
        JournalReport journal = LuceneStore.recheck(folder);
        String trouble = journal.markTrouble().isEmpty() ? "" : "; " + journal.markTrouble();
        return new StoreReport(Optional.of(journal), Optional.empty(), false).words() + trouble;
    }

    /**
     * Looks at a store in files in that folder and changes nothing.
     *
     * @return what it found, in words
     * @throws IOException when it is not whole: says why
     */
    static String inspectInFiles(Path folder, List<AcknowledgedMarks.Witness> witnesses) throws IOException {
        JournalReport journal = LuceneStore.inspect(folder, witnesses);
        if (!journal.markTrouble().isEmpty()) {
            throw new IOException(journal.markTrouble());
        }
        return new StoreReport(Optional.of(journal), Optional.empty(), false).words();
    }

    /**
     * Copies the store of one kind that the settings describe to that of the other; the kind set in {@code store.kind}
     * does not matter. No gateway may use either meanwhile.
     *
     * @return what was copied, in words
     */
    public static String copy(Home home, Config config, Config.StoreKind from, Config.StoreKind to) throws IOException {
        if (from == to) {
            throw new IOException("from and to are the same");
        }
        ElasticOptions cluster = options(home, config.store().elasticsearch(), System.getenv());
        IndexMigration.CopyResult copied =
                switch (to) {
                    case LUCENE -> fromCluster(home, config, cluster);
                    case ELASTICSEARCH -> IndexMigration.toCluster(home.data(config), cluster);
                };
        return copied.records() + " records, the same on both sides: SHA-256 " + copied.digest();
    }

    /**
     * What gateways remember together goes into the home first: of objects that come later alerts are still given then.
     */
    private static IndexMigration.CopyResult fromCluster(Home home, Config config, ElasticOptions cluster)
            throws IOException {
        try (ElasticStore store = ElasticStore.open(cluster)) {
            new HomeManifest(home).open();
            AlertMigration.intoHome(store.stateStore(), home.state());
        } catch (StoreUnavailable unavailable) {
            throw new IOException(unavailable.getMessage(), unavailable);
        }
        return IndexMigration.fromCluster(cluster, home.data(config));
    }

    /** Makes the index of a cluster's entries anew; gateways go on. Returns its name. */
    public static String migrate(Home home, Config config) throws IOException {
        if (config.store().kind() != Config.StoreKind.ELASTICSEARCH) {
            throw new IOException("store.kind is lucene: such a store makes its index anew when the folder "
                    + home.data(config).resolve("index") + " is deleted while the centre is stopped");
        }
        return IndexMigration.migrate(options(home, config.store().elasticsearch(), System.getenv()));
    }

    static ElasticOptions options(Home home, Config.Elasticsearch cluster, Map<String, String> environment)
            throws IOException {
        List<URI> urls = cluster.urls().stream().map(URI::create).toList();
        ElasticOptions.Login login = login(home, cluster, environment);
        if (!(login instanceof ElasticOptions.Login.Nobody)) {
            for (URI url : urls) {
                if (url.getScheme().equals("http") && !isThisMachine(url.getHost())) {
                    throw new IOException(
                            url + " would carry our password over the network for all to read: use https");
                }
            }
        }
        return new ElasticOptions(
                urls,
                cluster.ca().isEmpty()
                        ? Optional.empty()
                        : Optional.of(home.root().resolve(cluster.ca())),
                login,
                cluster.prefix(),
                cluster.shards(),
                cluster.replicas(),
                cluster.connectTimeout(),
                cluster.requestTimeout(),
                cluster.patience(),
                cluster.follow(),
                GROUP_BYTES,
                (int) cluster.queue().bytes());
    }

    private static ElasticOptions.Login login(Home home, Config.Elasticsearch cluster, Map<String, String> environment)
            throws IOException {
        String secret = environment.get(SECRET);
        if (secret == null && !cluster.secretFile().isEmpty()) {
            Path file = home.root().resolve(cluster.secretFile());
            if (!Files.isRegularFile(file)) {
                throw new IOException("store.elasticsearch.secret_file: " + file + " is not there");
            }
            secret = Files.readString(file).strip();
        }
        if (secret == null) {
            if (!cluster.user().isEmpty()) {
                throw new IOException(
                        "store.elasticsearch.user is set, but neither store.elasticsearch.secret_file nor " + SECRET
                                + " gives a password");
            }
            return new ElasticOptions.Login.Nobody();
        }
        if (secret.isBlank()) {
            throw new IOException("the password or API key of the cluster is empty");
        }
        return cluster.user().isEmpty()
                ? new ElasticOptions.Login.ApiKey(secret)
                : new ElasticOptions.Login.User(cluster.user(), secret);
    }

    private static boolean isThisMachine(String host) throws UnknownHostException {
        return host.equals("localhost")
                || (host.matches("[0-9.]+|\\[.*\\]")
                        && InetAddress.getByName(host).isLoopbackAddress());
    }
}
