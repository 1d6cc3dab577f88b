package uz.koprik.gateway.tracing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.gateway.Main;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.CommandResult;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.tracing.Collector.Received;

/** Traces of objects that real centres send to a collector. */
class TracingTest {

    private static final String VALUE = "traced.example.com";

    @RegisterExtension
    final Centres centres = new Centres();

    @TempDir
    Path temp;

    private Collector collector;

    @BeforeEach
    void listen() throws Exception {
        collector = new Collector();
    }

    @AfterEach
    void stop() {
        collector.close();
    }

    private RunningCentre centre(String name, boolean header) throws Exception {
        return centres.init(name)
                .withConfig("backoff_max: 5m", "backoff_max: 1s")
                .withConfig(yaml -> yaml.replaceFirst("(?m)^  endpoint: .*$", "  endpoint: " + collector.endpoint())
                        .replaceFirst("(?m)^  ratio: .*$", "  ratio: 1")
                        .replaceFirst("(?m)^  send_to_partners: .*$", "  send_to_partners: " + header));
    }

    private void introduce(RunningCentre here, RunningCentre other, String... options) throws Exception {
        Path file = temp.resolve(other + ".card");
        CommandResult written = other.koprik("partner", "card", "--output", file.toString());
        assertEquals(0, written.code(), written::all);
        CentreCard card = CentreCard.read(Files.readAllBytes(file));
        List<String> command = new ArrayList<>(List.of(
                "partner",
                "add",
                file.toString(),
                "--fingerprint",
                card.fingerprint().toString()));
        command.addAll(List.of(options));
        CommandResult result = here.koprik(command.toArray(String[]::new));
        assertEquals(0, result.code(), result::all);
    }

    private static String report(RunningCentre centre) throws Exception {
        String body = "{\"value\":\"" + VALUE + "\",\"name\":\"Secret title\",\"tlp\":\"green\"}";
        return RunningCentre.ok(centre.adminClient()
                        .post("/api/indicators", "application/json", body.getBytes(StandardCharsets.UTF_8)))
                .path("objects")
                .get(0)
                .path("id")
                .asText();
    }

    private Received one(String centre, String name, String object) {
        List<Received> found = collector.spans(centre, name).stream()
                .filter(span -> span.attribute("koprik.object.id").equals(object))
                .toList();
        assertEquals(1, found.size(), () -> name + " of " + collector.spans());
        return found.getFirst();
    }

    private Received parent(Received span) {
        return collector.spans().stream()
                .filter(other -> other.id().equals(span.parent()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void oneTraceShowsAnObjectFromItsRequestToTheAcknowledgementOfThePartner() throws Exception {
        RunningCentre tashkent = centre("tashkent", true).start();
        RunningCentre budapest = centre("budapest", false).start();
        introduce(budapest, tashkent, "--no-pull", "--no-push");
        introduce(tashkent, budapest, "--no-pull", "--push");
        String id = report(tashkent);
        RunningCentre.await(() -> collector.spans("tashkent", "push.object").stream()
                        .anyMatch(span -> span.attribute("koprik.object.id").equals(id))
                && collector.spans("budapest", "object").stream()
                        .anyMatch(span -> span.attribute("koprik.object.id").equals(id)));

        Received object = one("tashkent", "object", id);
        assertEquals("accepted", object.attribute("koprik.object.outcome"));
        Received intake = parent(object);
        assertEquals("intake", intake.name());
        Received request = parent(intake);
        assertEquals("HTTP POST", request.name());
        assertEquals("", request.parent());
        assertEquals("/api/indicators", request.attribute("http.route"));
        for (String stage : List.of("intake.check", "intake.verify", "intake.append", "intake.correlate")) {
            assertTrue(
                    collector.spans("tashkent", stage).stream()
                            .anyMatch(span -> span.parent().equals(intake.id())),
                    stage);
        }
        assertTrue(collector.spans("tashkent", "store.append").stream()
                .anyMatch(span -> span.trace().equals(request.trace())
                        && parent(span).name().equals("intake.append")));
        assertTrue(collector.spans("tashkent", "release").stream()
                .anyMatch(span -> span.parent().equals(object.id())
                        && span.attribute("koprik.released").equals("true")
                        && span.attribute("koprik.partner").equals("budapest")));
        Received pushed = one("tashkent", "push.object", id);
        assertEquals(object.id(), pushed.parent());
        assertEquals(request.trace(), pushed.trace(), "one trace");
        assertEquals("acknowledged", pushed.attribute("koprik.object.outcome"));
        Received push = collector.spans("tashkent", "push").stream()
                .filter(span -> pushed.links().contains(span.id()))
                .findFirst()
                .orElseThrow();
        assertTrue(push.links().contains(object.id()));

        Received there = one("budapest", "object", id);
        Received receiving = parent(parent(there));
        assertEquals(List.of(push.id()), receiving.links(), "the header of the push is a link, no parent");
        assertEquals("", receiving.parent());

        for (Received span : collector.spans()) {
            String all = span.toString();
            for (String secret : List.of(VALUE, "Secret", "admin", "local", "127.0.0.1")) {
                assertFalse(all.contains(secret), () -> secret + " in " + all);
            }
        }
    }

    @Test
    void withoutTheSettingAPartnerGetsNoHeader() throws Exception {
        RunningCentre tashkent = centre("tashkent", false).start();
        RunningCentre budapest = centre("budapest", false).start();
        introduce(budapest, tashkent, "--no-pull", "--no-push");
        introduce(tashkent, budapest, "--no-pull", "--push");
        String id = report(tashkent);
        RunningCentre.await(() -> collector.spans("budapest", "object").stream()
                .anyMatch(span -> span.attribute("koprik.object.id").equals(id)));
        RunningCentre.await(() -> !collector.spans("tashkent", "push.object").isEmpty());
        assertTrue(collector.spans("budapest", "HTTP POST").stream()
                .allMatch(span -> span.links().isEmpty()));
    }

    @Test
    void aCollectorThatNeverAnswersHoldsNothingUp() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            RunningCentre tashkent = centre("tashkent", false)
                    .withConfig(collector.endpoint(), "http://127.0.0.1:" + silent.getLocalPort())
                    .start();
            RunningCentre.await(() -> {
                assertFalse(report(tashkent).isEmpty());
                return tashkent.metric("koprik_ready") == 1;
            });
            silent.accept().close();
            assertFalse(report(tashkent).isEmpty());
            tashkent.stop();
        }
        assertEquals(List.of(), collector.spans());
    }

    /** The process has a class path without OpenTelemetry: a class of it that is loaded ends the start. */
    @Test
    void withoutTheSettingNothingOfOpenTelemetryIsLoaded() throws Exception {
        RunningCentre centre = centres.init("tashkent");
        String path = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("opentelemetry"))
                .collect(Collectors.joining(File.pathSeparator));
        Path log = temp.resolve("log");
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "-cp",
                        path,
                        Main.class.getName(),
                        "--home",
                        centre.home().root().toString(),
                        "serve")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            while (!Files.readString(log).contains("ready")) {
                assertTrue(child.isAlive(), () -> text(log));
                Thread.sleep(50);
            }
            CommandResult submitted = centre.koprik("add", "indicator", VALUE);
            assertFalse(submitted.all().contains("NoClassDefFoundError"), submitted::all);
            assertFalse(text(log).contains("opentelemetry"), () -> text(log));
        } finally {
            child.destroy();
            assertTrue(child.waitFor(30, TimeUnit.SECONDS));
        }
    }

    private static String text(Path log) {
        try {
            return Files.readString(log, StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }
}
