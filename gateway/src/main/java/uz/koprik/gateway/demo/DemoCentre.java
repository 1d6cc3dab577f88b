package uz.koprik.gateway.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import uz.koprik.gateway.cli.CentreAddress;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.cli.ExitCode;
import uz.koprik.gateway.cli.GlobalOptions;
import uz.koprik.gateway.config.Home;

/**
 * One centre of the demonstration: a home of its own, a server in a JVM of its own, reached only by commands of the
 * product and by HTTPS.
 */
final class DemoCentre implements AutoCloseable {

    private static final long START_SECONDS = 60;
    private static final long STOP_SECONDS = 20;

    private final GlobalOptions koprik;
    private final String name;
    private final Home home;
    private final Path log;
    private Process server;
    private CentreClient client;

    private DemoCentre(GlobalOptions koprik, String name, Home home) {
        this.koprik = koprik;
        this.name = name;
        this.home = home;
        this.log = home.root().resolveSibling(name + ".log");
    }

    /** Founds a centre in a folder below {@code root}, on a free port of the loopback interface. */
    static DemoCentre found(GlobalOptions koprik, String name, String title, Path root) throws IOException, DemoFailed {
        DemoCentre centre = new DemoCentre(koprik, name, new Home(root.resolve(name)));
        // The card names the port for partners, so it must be known before the server first runs.
        int port = ReservedPort.choose();
        centre.koprik(
                "init", "--name", name, "--title", title, "--host", "127.0.0.1", "--port", Integer.toString(port));
        // Real files often carry no marking; in the demonstration they may travel, and nobody else is there to release.
        Path settings = centre.home.config();
        Files.writeString(
                settings,
                Files.readString(settings)
                        .replaceFirst("(?m)^(\\s*default_tlp:).*$", "$1 green")
                        .replaceFirst("(?m)^(\\s*desk:).*$", "$1 false")
                        .replaceFirst("(?m)^(people:\\n(?:.*\\n)*?  port:).*$", "$1 0"));
        return centre;
    }

    String name() {
        return name;
    }

    Home home() {
        return home;
    }

    /** The name with a capital letter, for sentences. */
    String called() {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    /** Runs a command of the product to its end, which must be a success, and returns what it wrote. */
    String koprik(String... arguments) throws DemoFailed {
        return run(List.of(arguments), List.of(ExitCode.OK)).out();
    }

    /** Runs an import and returns its summaries; rows of somebody's file may be refused. */
    JsonNode importing(List<String> arguments) throws DemoFailed {
        return CentreAnswers.parse(
                run(arguments, List.of(ExitCode.OK, ExitCode.FAILED)).out().getBytes(StandardCharsets.UTF_8));
    }

    /** Runs a command of the product and returns its standard error output. */
    String aside(String... arguments) throws DemoFailed {
        return run(List.of(arguments), List.of(ExitCode.OK)).err();
    }

    private record Said(String out, String err) {}

    private Said run(List<String> arguments, List<Integer> good) throws DemoFailed {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> all = new ArrayList<>(List.of("--home", home.root().toString()));
        all.addAll(arguments);
        CommandLine line = koprik.newCommandLine(all);
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        int code = line.execute(all.toArray(new String[0]));
        if (!good.contains(code)) {
            throw new DemoFailed(name + ": koprik " + String.join(" ", arguments) + " ended with " + code + ": "
                    + (err.toString().isBlank() ? out : err).toString().strip());
        }
        return new Said(out.toString(), err.toString());
    }

    /**
     * Starts the server in a JVM of its own; returns at once.
     *
     * @param shortWork whether there is so little to do that compiling twice would take longer than it saves: starting
     *     then costs half
     */
    void start(String heap, boolean shortWork) throws IOException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        if (shortWork) {
            line.add("-XX:TieredStopAtLevel=1");
        }
        // What the launcher gave this JVM helps theirs as much.
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("-XX:AOTCache=") || option.startsWith("-Xlog:"))
                .forEach(line::add);
        line.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                koprik.getClass().getName(),
                "--home",
                home.root().toString(),
                "serve"));
        server = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    /** Returns when the centre answers. */
    void awaitReady() throws IOException, InterruptedException, DemoFailed {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!Files.exists(home.url())) {
            checkAlive();
            if (System.nanoTime() > until) {
                throw new DemoFailed(name + " does not answer after " + START_SECONDS + " s" + tail());
            }
            Thread.sleep(20);
        }
        client = new CentreClient(new CentreAddress(
                url(),
                Files.readString(home.adminToken()).strip(),
                home.certificate(),
                false,
                Optional.of(home.root())));
        get("/api/status");
    }

    void checkAlive() throws IOException, DemoFailed {
        if (!server.isAlive()) {
            throw new DemoFailed(name + " ended by itself" + tail());
        }
    }

    URI url() throws IOException {
        return URI.create(Files.readString(home.url()).strip());
    }

    /** Where people reach its console. */
    URI console() throws IOException {
        return URI.create(Files.readString(home.peopleUrl()).strip() + "/console/");
    }

    /** The JSON of an answer that must be a success. */
    JsonNode get(String path) throws DemoFailed {
        CentreClient.Reply reply = client.get(path);
        if (!reply.ok()) {
            throw new DemoFailed(name + path + " answered " + reply.status() + ": " + CentreAnswers.problem(reply));
        }
        return CentreAnswers.parse(reply.body());
    }

    /** How the exchange with a partner goes; empty while the running centre does not know it yet. */
    Optional<JsonNode> partner(String partner) {
        CentreClient.Reply reply = client.get("/api/partners/" + partner);
        return reply.ok() ? Optional.of(CentreAnswers.parse(reply.body())) : Optional.empty();
    }

    /** The stored bytes of an object; empty when the centre does not have it. */
    Optional<byte[]> object(String id) {
        CentreClient.Reply reply = client.get("/api/objects/" + id, "application/stix+json;version=2.1");
        return reply.ok() ? Optional.of(reply.body()) : Optional.empty();
    }

    private String tail() throws IOException {
        List<String> lines = Files.readAllLines(log);
        return ":" + System.lineSeparator()
                + String.join(System.lineSeparator(), lines.subList(Math.max(0, lines.size() - 15), lines.size()));
    }

    @Override
    public void close() {
        if (client != null) {
            client.close();
        }
        if (server == null || !server.isAlive()) {
            return;
        }
        server.destroy();
        try {
            if (server.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server.destroyForcibly();
    }
}
