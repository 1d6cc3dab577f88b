package uz.koprik.gateway.centre;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.internal.VertxInternal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.concurrent.CentreThreads;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.config.ConfigFile;
import uz.koprik.gateway.config.Home;

/** Health checks by plain HTTP, on a thread that depends on nothing else. */
class HealthListenerTest {

    @RegisterExtension
    final Centres centres = new Centres();

    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void closeClient() {
        client.close();
    }

    private RunningCentre centre() throws Exception {
        return centres.init("tashkent")
                .withConfig("  listen: \"\"", "  listen: \"127.0.0.1:0\"")
                .withConfig("  silence: 15s", "  silence: 2s");
    }

    private HttpResponse<String> ask(RunningCentre centre, String method, String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(centre.healthUrl() + path))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .timeout(Duration.ofSeconds(10))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void answersBothChecksAndRefusesOtherRequests() throws Exception {
        RunningCentre centre = centre().start();
        assertEquals("{\"status\":\"running\"}", ask(centre, "GET", "/healthz").body());
        assertEquals("{\"status\":\"ready\"}", ask(centre, "GET", "/readyz?x=1").body());
        HttpResponse<String> head = ask(centre, "HEAD", "/healthz");
        assertEquals(200, head.statusCode());
        assertEquals("", head.body());
        assertEquals(404, ask(centre, "GET", "/metrics").statusCode());
        assertEquals(405, ask(centre, "POST", "/healthz").statusCode());
    }

    @Test
    void blockedEventLoopIsReportedUntilItRunsAgain() throws Exception {
        RunningCentre centre = centre().start();
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        ((VertxInternal) centre.parts().vertx()).nettyEventLoopGroup().next().execute(() -> {
            blocked.countDown();
            try {
                release.await();
            } catch (InterruptedException end) {
                Thread.currentThread().interrupt();
            }
        });
        try {
            blocked.await();
            RunningCentre.await(() -> ask(centre, "GET", "/healthz").statusCode() == 503);
            HttpResponse<String> hanging = ask(centre, "GET", "/healthz");
            assertTrue(
                    hanging.body()
                            .matches(
                                    "\\{\"reasons\":\\[\"1 of \\d+ event loops do not answer\"],\"status\":\"hanging\"}"),
                    hanging.body());
            assertEquals(503, ask(centre, "GET", "/readyz").statusCode());
        } finally {
            release.countDown();
        }
        RunningCentre.await(() -> ask(centre, "GET", "/healthz").statusCode() == 200);
        assertEquals(200, ask(centre, "GET", "/readyz").statusCode());
    }

    @Test
    void processThatIsAboutToEndIsNotHealthy() throws Exception {
        List<String> ends = new CopyOnWriteArrayList<>();
        RunningCentre centre = centre();
        try (CentreThreads threads = new CentreThreads(ends::add)) {
            centre.start(threads);
            assertEquals(200, ask(centre, "GET", "/healthz").statusCode());
            threads.fatal("koprik-writer", new NoClassDefFoundError("gone"));
            HttpResponse<String> ending = ask(centre, "GET", "/healthz");
            assertEquals(503, ending.statusCode());
            assertTrue(ending.body().contains("this process is about to end; its log says why"), ending.body());
            assertEquals(1, ends.size());
        }
    }

    @Test
    void silentClientDelaysTheNextOneByASecondAtMost() throws Exception {
        RunningCentre centre = centre().start();
        URI url = URI.create(centre.healthUrl());
        try (Socket silent = new Socket(url.getHost(), url.getPort())) {
            silent.getOutputStream().write("GET /hea".getBytes(StandardCharsets.US_ASCII));
            assertEquals(200, ask(centre, "GET", "/healthz").statusCode());
            assertEquals(-1, silent.getInputStream().read(), "the slow one is disconnected");
        }
    }

    @Test
    void takenPortIsNamedWithTheSettingAtTheStart() throws Exception {
        RunningCentre centre = centre();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            centre.withConfig("\"127.0.0.1:0\"", "\"127.0.0.1:" + taken.getLocalPort() + "\"");
            StartFailure refused = assertThrows(StartFailure.class, centre::start);
            assertTrue(
                    refused.getMessage()
                            .startsWith("cannot answer health checks at 127.0.0.1:" + taken.getLocalPort() + ": "),
                    refused.getMessage());
            assertTrue(refused.getMessage().contains("health.listen in koprik.yaml"), refused.getMessage());
        }
        centre.start();
        assertEquals(200, ask(centre, "GET", "/healthz").statusCode());
    }

    @Test
    void initWritesAnAddressBesideTheOwnPortAndOlderSettingsHaveNone() throws Exception {
        Home home = new Home(centres.folder().resolve("fresh"));
        CentreInitializer.found(
                home,
                new CentreInitializer.Wishes("samarkand", "Samarkand", "127.0.0.1", 8443, "", List.of()),
                InstantSource.system());
        assertEquals("127.0.0.1:9443", ConfigFile.read(home.config()).health().listen());
        String older = Files.readString(home.config())
                .replaceFirst("(?s)\n# Health checks by plain HTTP.*?(?=\n# Transport security)", "");
        assertTrue(!older.contains("9443"), older);
        assertTrue(!ConfigFile.parse("koprik.yaml", older).health().on());
    }

    @Test
    void addressWithoutAPortIsRefusedWithAnExample() {
        for (String wrong : List.of("localhost", "127.0.0.1:", ":9443", "127.0.0.1:99999", "http://127.0.0.1:9443")) {
            ConfigException refused = assertThrows(
                    ConfigException.class,
                    () -> ConfigFile.parse(
                            "koprik.yaml", "name: tashkent\ntitle: Tashkent\nhealth:\n  listen: \"" + wrong + "\"\n"));
            assertTrue(refused.getMessage().contains("health.listen: "), refused.getMessage());
        }
    }
}
