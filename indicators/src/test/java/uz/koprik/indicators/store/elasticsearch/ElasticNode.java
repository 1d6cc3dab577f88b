package uz.koprik.indicators.store.elasticsearch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import uz.koprik.crypto.MemoryFolders;

/**
 * A real Elasticsearch node in a process of its own, made from the parts that module indicators/elasticsearch-node lays
 * out.
 */
public final class ElasticNode implements AutoCloseable {

    private static final Pattern ADDRESS =
            Pattern.compile("AbstractHttpServerTransport.*publish_address \\{127\\.0\\.0\\.1:(\\d+)\\}");
    private static final long START_SECONDS = 120;

    private final Path directory;
    private final List<String> settings;
    private final List<String> jvm;
    private Process process;
    private int port;

    private static ElasticNode shared;

    /** Starts fast and takes little. */
    private static final List<String> SMALL =
            List.of("-Xms256m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private ElasticNode(Path directory, List<String> settings, List<String> jvm) {
        this.directory = directory;
        this.settings = settings;
        this.jvm = jvm;
    }

    /** The one node that all tests of this run share; started by the first that asks, ended with the run. */
    public static synchronized ElasticNode shared() throws IOException {
        if (shared == null) {
            Path directory = MemoryFolders.create("koprik-es");
            ElasticNode node = start(
                    directory,
                    List.of("discovery.type=single-node", "http.port=0", "transport.port=0", "leases.sync=500ms"));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                node.kill();
                try {
                    clear(directory);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }));
            shared = node;
        }
        return shared;
    }

    /** Starts a node whose data are in {@code directory}. */
    public static ElasticNode start(Path directory, List<String> settings) throws IOException {
        return start(directory, settings, SMALL);
    }

    /** The same with other options of its JVM. */
    public static ElasticNode start(Path directory, List<String> settings, List<String> jvm) throws IOException {
        ElasticNode node = new ElasticNode(directory, settings, jvm);
        node.start();
        node.awaitReady();
        return node;
    }

    /** Begins to start a node; {@link #awaitReady} when it must be there. */
    public static ElasticNode begin(Path directory, List<String> settings) throws IOException {
        ElasticNode node = new ElasticNode(directory, settings, SMALL);
        node.start();
        return node;
    }

    public void start() throws IOException {
        Path parts = Path.of(System.getProperty("koprik.elasticsearch", "elasticsearch-node/target/es"))
                .toAbsolutePath()
                .normalize();
        if (!Files.isDirectory(parts.resolve("lib"))) {
            throw new IOException(
                    parts
                            + " holds no Elasticsearch: build module indicators/elasticsearch-node first (mvn -pl indicators/elasticsearch-node -am test-compile)");
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        command.addAll(List.of(
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "--add-modules=jdk.incubator.vector",
                "-Des.path.home=" + parts,
                "-Dorg.elasticsearch.nativeaccess.enableVectorLibrary=false",
                "-Dlog4j2.disable.jmx=true",
                "-Dlog4j.shutdownHookEnabled=false",
                "-Dio.netty.noUnsafe=true",
                "-Dio.netty.noKeySetOptimization=true",
                "-cp",
                parts + "/lib/*",
                "uz.koprik.elasticsearch.node.EsNode",
                parts.toString(),
                directory.resolve("config").toString(),
                "path.data=" + directory.resolve("data"),
                "path.logs=" + directory.resolve("logs"),
                "http.host=127.0.0.1",
                "transport.host=127.0.0.1",
                "cluster.routing.allocation.disk.threshold_enabled=false",
                "cluster.max_shards_per_node=3000"));
        command.addAll(settings);
        Files.createDirectories(directory.resolve("data"));
        Files.createDirectories(directory.resolve("logs"));
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output().toFile())
                .start();
    }

    private Path output() {
        return directory.resolve("out.log");
    }

    public void awaitReady() throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (true) {
            String text = Files.readString(output());
            Matcher address = ADDRESS.matcher(text);
            if (address.find() && text.contains("] started")) {
                port = Integer.parseInt(address.group(1));
                return;
            }
            if (!process.isAlive() || System.nanoTime() > deadline) {
                process.destroyForcibly();
                throw new IOException(
                        "Elasticsearch did not start:\n" + text.substring(Math.max(0, text.length() - 4000)));
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        }
    }

    /** Where the node keeps its data. */
    public Path data() {
        return directory.resolve("data");
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public long pid() {
        return process.pid();
    }

    /** Ends the process at once, as a power cut does. */
    public void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        kill();
    }

    private static void clear(Path directory) throws IOException {
        try (Stream<Path> found = Files.walk(directory)) {
            for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
