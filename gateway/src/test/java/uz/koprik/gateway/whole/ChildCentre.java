package uz.koprik.gateway.whole;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import picocli.CommandLine;
import uz.koprik.gateway.Main;
import uz.koprik.gateway.demo.ReservedPort;
import uz.koprik.indicators.store.elasticsearch.ElasticNode;

/**
 * A centre in a JVM of its own, driven by its command line and its HTTPS. The tests of this package kill the process
 * and measure it, which a centre of {@link uz.koprik.gateway.centre.Centres} in the JVM of the test cannot show.
 */
final class ChildCentre implements AutoCloseable {

    /** A JVM option for a centre that lives for seconds: the second compiler would take more time than it saves. */
    static final String SHORT_LIVED = "-XX:TieredStopAtLevel=1";

    private static final Pattern LISTENING =
            Pattern.compile("^listen:\\n(?:(?: .*)?\\n)*?  port: (\\d+)$", Pattern.MULTILINE);

    private static final Duration START_WITHIN = Duration.ofMinutes(3);

    private final String name;
    private final Path home;
    private final int port;
    private final List<String> before;
    private final List<String> jvmOptions;
    private final HttpClient http;
    private Process process;

    private ChildCentre(String name, Path home, int port, List<String> before, List<String> jvmOptions)
            throws GeneralSecurityException {
        this.name = name;
        this.home = home;
        this.port = port;
        this.before = before;
        this.jvmOptions = jvmOptions;
        this.http = HttpClient.newBuilder()
                .sslContext(anyCertificate())
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    /** Makes the home of a new centre on a free port of the loopback interface; it does not run yet. */
    static ChildCentre init(String name, Path under, String... jvmOptions)
            throws IOException, GeneralSecurityException {
        return init(name, under, Where.HERE, jvmOptions);
    }

    /**
     * Where a centre runs and how others reach it.
     *
     * @param before what runs the JVM, such as a command that enters a network namespace; nothing for most
     * @param host address to listen on
     * @param url under which partners find the centre, with {@code PORT} for its port; empty for the address itself
     */
    record Where(List<String> before, String host, String url) {

        static final Where HERE = new Where(List.of(), "127.0.0.1", "");

        Where {
            before = List.copyOf(before);
        }
    }

    /** As {@link #init(String, Path, String...)}, somewhere else. The test reaches it at its port of loopback. */
    static ChildCentre init(String name, Path under, Where where, String... jvmOptions)
            throws IOException, GeneralSecurityException {
        int port = ReservedPort.choose();
        ChildCentre centre = new ChildCentre(name, under.resolve(name), port, where.before(), List.of(jvmOptions));
        List<String> line = new ArrayList<>(
                List.of("init", "--name", name, "--host", where.host(), "--port", Integer.toString(port)));
        if (!where.url().isEmpty()) {
            line.addAll(List.of("--public-url", where.url().replace("PORT", Integer.toString(port))));
        }
        centre.koprik(line.toArray(new String[0]));
        centre.withOnePort(port);
        return centre;
    }

    /** A centre whose home an earlier {@link #init(String, Path, String...)} made in that folder. */
    static ChildCentre open(String name, Path under, String... jvmOptions)
            throws IOException, GeneralSecurityException {
        Path home = under.resolve(name);
        Matcher port = LISTENING.matcher(Files.readString(home.resolve("koprik.yaml")));
        if (!port.find()) {
            throw new AssertionError(home + " does not say on which port it listens");
        }
        return new ChildCentre(name, home, Integer.parseInt(port.group(1)), List.of(), List.of(jvmOptions));
    }

    /** Lets two centres exchange in both directions. */
    static void introduce(ChildCentre one, ChildCentre other) {
        one.add(other);
        other.add(one);
    }

    /** Lets one centre fetch from another and send to it, which for its part does neither. */
    static void introduceOneWay(ChildCentre active, ChildCentre passive) {
        active.add(passive);
        passive.add(active, "--no-pull", "--no-push");
    }

    /**
     * Another gateway of the same centre: a copy of the home, with a port of its own; settings can be changed further.
     */
    ChildCentre twin(String suffix) throws IOException, GeneralSecurityException {
        Path copy = home.resolveSibling(home.getFileName() + suffix);
        try (Stream<Path> all = Files.walk(home)) {
            for (Path path : all.sorted().toList()) {
                Files.copy(path, copy.resolve(home.relativize(path)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        int another = ReservedPort.choose();
        ChildCentre twin = new ChildCentre(name + suffix, copy, another, before, jvmOptions);
        twin.settings("port: " + port, "port: " + another);
        return twin;
    }

    /** Twins on one machine would want its port, which is of no interest here. */
    private void withOnePort(int port) throws IOException {
        settings("required: true", "required: false");
        int health = port + 1000;
        if (health <= 65_535) {
            settings("\"127.0.0.1:" + health + "\"", "\"\"");
        }
        int people = port + 2000;
        if (people <= 65_535) {
            settings("  port: " + people, "  port: -1");
        }
    }

    /** Replaces a piece of koprik.yaml, which must be there. */
    void settings(String from, String to) throws IOException {
        Path file = home.resolve("koprik.yaml");
        String text = Files.readString(file);
        if (!text.contains(from)) {
            throw new AssertionError(file + " does not say " + from);
        }
        Files.writeString(file, text.replace(from, to));
    }

    /** Keeps its store on the Elasticsearch that all tests of a run share, in indices of its own. */
    void onSharedNode() throws IOException {
        settings("kind: lucene", "kind: elasticsearch");
        settings("[\"https://localhost:9200\"]", "[\"" + ElasticNode.shared().url() + "\"]");
        settings("prefix: koprik", "prefix: k" + UUID.randomUUID());
        settings("replicas: 1", "replicas: 0");
    }

    /** Feeds that ask soon and wait little after failures; for tests that are not about these times. */
    void quickFeeds() throws IOException {
        settings("poll_interval: 30s", "poll_interval: 300ms");
        settings("backoff_max: 5m", "backoff_max: 1s");
    }

    /** Lets two centres know each other's keys, while nothing runs between them. */
    static void introduceWithoutFeeds(ChildCentre one, ChildCentre other) {
        one.add(other, "--no-pull", "--no-push");
        other.add(one, "--no-pull", "--no-push");
    }

    private void add(ChildCentre partner, String... options) {
        Path card = home.resolve("card-of-" + partner.name + ".json");
        String said = partner.koprik("partner", "card", "--out", card.toString());
        String fingerprint = said.replaceAll("(?s).*?([0-9A-Z]{4}(-[0-9A-Z]{4}){3}).*", "$1");
        List<String> line = new ArrayList<>(List.of("partner", "add", card.toString(), "--fingerprint", fingerprint));
        line.addAll(List.of(options));
        koprik(line.toArray(new String[0]));
    }

    /**
     * Runs one command of the product on this home to its end; anything but success is a failure of the test. The
     * command runs in the JVM of the test, which is warm: a JVM of its own would take a second of processor time.
     */
    String koprik(String... arguments) {
        return run(0, arguments);
    }

    /** Imports a file of somebody else, of which some rows may be refused; returns the summary and the refusals. */
    String importing(Path file, String... options) {
        List<String> line = new ArrayList<>(List.of("import", file.toString()));
        line.addAll(List.of(options));
        return run(1, line.toArray(new String[0]));
    }

    private String run(int highestCode, String... arguments) {
        CommandLine line = Main.commandLine();
        StringWriter said = new StringWriter();
        line.setOut(new PrintWriter(said, true)).setErr(new PrintWriter(said, true));
        List<String> all = new ArrayList<>(List.of("--home", home.toString()));
        all.addAll(List.of(arguments));
        int code = line.execute(all.toArray(new String[0]));
        if (code > highestCode) {
            throw new AssertionError("koprik " + String.join(" ", arguments) + " ended with " + code + ": " + said);
        }
        return said.toString();
    }

    /** Starts the centre and returns when it answers that it is ready. */
    void start() throws IOException, InterruptedException {
        Path log = home.resolveSibling(name + ".log");
        process = java("serve")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        long until = System.nanoTime() + START_WITHIN.toNanos();
        while (System.nanoTime() < until) {
            if (!process.isAlive()) {
                throw new AssertionError(name + " ended by itself:\n" + Files.readString(log));
            }
            if (answers("/readyz")) {
                return;
            }
            Thread.sleep(50);
        }
        throw new AssertionError(name + " is not ready after " + START_WITHIN + ":\n" + Files.readString(log));
    }

    /** {@code kill -9}. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new AssertionError(name + " survived SIGKILL");
        }
    }

    /** Waits until something else kills the process. */
    void awaitKill(Duration limit) throws InterruptedException {
        if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError(name + " was not killed within " + limit.toSeconds() + " s");
        }
        if (process.exitValue() != 128 + 9) {
            throw new AssertionError(name + " ended with " + process.exitValue());
        }
    }

    /** {@code SIGTERM}, on which it finishes what is in flight and ends by itself. */
    void stop() throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new AssertionError(name + " did not stop within 30 s of SIGTERM:\n" + threads());
        }
        // A JVM that ends by a signal says so; any other code would be an error of its own.
        if (process.exitValue() != 128 + 15) {
            throw new AssertionError(name + " ended with " + process.exitValue());
        }
    }

    /** The end of the log, with what all threads of the process do now. */
    private String threads() throws IOException, InterruptedException {
        Path log = home.resolveSibling(name + ".log");
        int before = Files.readString(log).length();
        new ProcessBuilder("kill", "-QUIT", Long.toString(process.pid()))
                .start()
                .waitFor();
        String said = "";
        for (long end = System.nanoTime() + 5_000_000_000L;
                System.nanoTime() < end && !said.contains("JNI global refs"); ) {
            Thread.sleep(50);
            said = Files.readString(log).substring(Math.max(0, before - 4000));
        }
        return said;
    }

    /** A request as this centre's own administrator. */
    HttpRequest.Builder request(String path) throws IOException {
        return HttpRequest.newBuilder(URI.create(url(path)))
                .header(
                        "Authorization",
                        "Bearer "
                                + Files.readString(home.resolve("admin.token")).strip())
                .timeout(Duration.ofSeconds(60));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    /** The body of a GET that must succeed. */
    String get(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = send(request(path).header("Accept", "application/taxii+json;version=2.1"));
        if (response.statusCode() != 200) {
            throw new AssertionError(name + path + " answered " + response.statusCode() + ": " + response.body());
        }
        return response.body();
    }

    /** The whole URL of a path of this centre. */
    String url(String path) {
        return "https://127.0.0.1:" + port + path;
    }

    int port() {
        return port;
    }

    String name() {
        return name;
    }

    Path home() {
        return home;
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() throws IOException {
        if (process != null && process.isAlive()) {
            process.destroy();
            try {
                if (!process.waitFor(20, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean answers(String path) throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url(path)))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private ProcessBuilder java(String... arguments) {
        List<String> line = new ArrayList<>(before);
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(List.of("-Xmx1g", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        if (jvmOptions.stream().noneMatch(option -> option.endsWith("GC"))) {
            line.add("-XX:+UseSerialGC"); // the smallest, as several run at once
        }
        line.addAll(jvmOptions);
        line.addAll(List.of(
                "-cp", System.getProperty("java.class.path"), "uz.koprik.gateway.Main", "--home", home.toString()));
        line.addAll(List.of(arguments));
        return new ProcessBuilder(line);
    }

    /** The certificate is checked by tests of its own; here the way to it is loopback. */
    static SSLContext anyCertificate() throws GeneralSecurityException {
        return anyCertificate(null);
    }

    /** A client that takes any server and shows it what {@code keys} hold, if anything. */
    static SSLContext anyCertificate(KeyManager[] keys) throws GeneralSecurityException {
        X509TrustManager any = new javax.net.ssl.X509ExtendedTrustManager() {
            @Override
            public void checkClientTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

            @Override
            public void checkClientTrusted(X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

            @Override
            public void checkClientTrusted(X509Certificate[] chain, String type) {}

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String type) {}

            @Override
            public X509Certificate[] getAcceptedIssuers() {
                return new X509Certificate[0];
            }
        };
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, new TrustManager[] {any}, null);
        return context;
    }
}
