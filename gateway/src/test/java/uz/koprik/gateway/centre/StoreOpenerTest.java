package uz.koprik.gateway.centre;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.config.Config;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.config.ConfigFile;
import uz.koprik.gateway.config.Home;
import uz.koprik.indicators.store.InternalStore;
import uz.koprik.indicators.store.elasticsearch.ElasticNode;
import uz.koprik.indicators.store.elasticsearch.client.ElasticOptions;

/** What the settings of a cluster become, and a centre that keeps its objects there. */
final class StoreOpenerTest {

    @RegisterExtension
    final Centres centres = new Centres();

    private ElasticOptions options(String settings, Map<String, String> environment)
            throws IOException, ConfigException {
        String yaml = "name: tashkent\ntitle: Tashkent\nstore:\n  kind: elasticsearch\n  elasticsearch:\n"
                + settings.indent(4);
        return StoreOpener.options(
                new Home(centres.folder()),
                ConfigFile.parse("koprik.yaml", yaml).store().elasticsearch(),
                environment);
    }

    @Test
    void theSecretComesFromAFileOrTheEnvironment() throws Exception {
        Files.writeString(centres.folder().resolve("key"), "c2VjcmV0\n");
        String file = "secret_file: key\nca: ca.pem\nprefix: centre-a";
        ElasticOptions byFile = options(file, Map.of());
        assertEquals(new ElasticOptions.Login.ApiKey("c2VjcmV0"), byFile.login());
        assertEquals(centres.folder().resolve("ca.pem"), byFile.ca().orElseThrow());
        assertEquals("centre-a", byFile.prefix());
        assertFalse(byFile.toString().contains("c2VjcmV0"));
        assertEquals(
                new ElasticOptions.Login.ApiKey("other"),
                options(file, Map.of(StoreOpener.SECRET, "other")).login());
        ElasticOptions byUser = options("user: koprik\nsecret_file: key", Map.of());
        assertEquals(new ElasticOptions.Login.User("koprik", "c2VjcmV0"), byUser.login());
        assertFalse(byUser.toString().contains("c2VjcmV0"));
        assertEquals(
                new ElasticOptions.Login.Nobody(),
                options("shards: 2", Map.of()).login());
    }

    @Test
    void aSecretThatIsMissingOrWouldBeReadByAllIsRefused() {
        assertTrue(refused("secret_file: nowhere", Map.of()).contains("is not there"));
        assertTrue(refused("user: koprik", Map.of()).contains("gives a password"));
        assertTrue(refused("shards: 1", Map.of(StoreOpener.SECRET, " ")).contains("is empty"));
        assertTrue(refused("urls: [\"http://192.0.2.1:9200\"]", Map.of(StoreOpener.SECRET, "key"))
                .contains("use https"));
    }

    private String refused(String settings, Map<String, String> environment) {
        return assertThrows(IOException.class, () -> options(settings, environment))
                .getMessage();
    }

    private RunningCentre onCluster(String url) throws Exception {
        return centres.init("tashkent")
                .withConfig("kind: lucene", "kind: elasticsearch")
                .withConfig("[\"https://localhost:9200\"]", "[\"" + url + "\"]")
                .withConfig("replicas: 1", "replicas: 0")
                .withConfig("patience: 20s", "patience: 2s")
                .withConfig("lease: 10s", "lease: 1s");
    }

    @Test
    void aCentreWithoutItsClusterDoesNotStartAndSaysWhy() throws Exception {
        RunningCentre centre = onCluster("http://127.0.0.1:1");
        String message = assertThrows(StartFailure.class, centre::start).getMessage();
        assertTrue(message.contains("http://127.0.0.1:1") && message.contains("no connection to the cluster"), message);
    }

    @Test
    void aCentreKeepsItsObjectsOnTheClusterAndComesBack() throws Exception {
        RunningCentre centre = onCluster(ElasticNode.shared().url().toString());
        Path backup = centres.folder().resolve("backup");
        centre.start();
        String objects = objects(centre);
        assertTrue(objects.contains("\"type\":\"identity\""), objects);
        centre.stop();
        centre.start();
        assertEquals(objects, objects(centre));
        meetACase(centre);
        centre.stop();
        String remembered = remembered(centre);
        Backup.write(centre.home(), backup);
        Path settings = backup.resolve("home/koprik.yaml");
        Files.writeString(settings, Files.readString(settings).replace("kind: elasticsearch", "kind: lucene"));
        Home restored = new Home(centres.folder().resolve("restored"));
        Backup.restore(backup, restored);
        Config config = ConfigFile.read(restored.config());
        try (InternalStore there = StoreOpener.open(restored, config)) {
            assertEquals(3, there.status().entries());
        }
        assertEquals(remembered, remembered(centres.open(restored)));
        // The other way out of a cluster, and back to another.
        StoreOpener.copy(
                centre.home(),
                ConfigFile.read(centre.home().config()),
                Config.StoreKind.ELASTICSEARCH,
                Config.StoreKind.LUCENE);
        centre.withConfig("kind: elasticsearch", "kind: lucene");
        assertEquals(remembered, remembered(centre));
        centre.withConfig("prefix: koprik", "prefix: koprik-again");
        StoreOpener.copy(
                centre.home(),
                ConfigFile.read(centre.home().config()),
                Config.StoreKind.LUCENE,
                Config.StoreKind.ELASTICSEARCH);
        centre.withConfig("kind: lucene", "kind: elasticsearch");
        assertEquals(remembered, remembered(centre));
    }

    private static void meetACase(RunningCentre centre) throws Exception {
        for (String[] post : new String[][] {
            {
                "/api/cases",
                "{\"number\":\"A-1\",\"title\":\"A case\",\"type\":\"phishing\",\"values\":[\"example.com\"]}"
            },
            {"/api/alerts/subscriptions", "{\"name\":\"Mine\"}"},
            {"/api/indicators", "{\"value\":\"one.example.com\",\"name\":\"Reported\"}"}
        }) {
            assertTrue(
                    centre.post(centre.url() + post[0], centre.admin(), "application/json", post[1])
                                    .statusCode()
                            < 300,
                    post[0]);
        }
        HttpRequest.Builder keep = HttpRequest.newBuilder(URI.create(centre.url() + "/api/searches/weekly"))
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString("{\"q\":\"kind:domain\"}"));
        assertEquals(
                201,
                RunningCentre.send(centre.client(null), keep, centre.admin()).statusCode());
        RunningCentre.await(() ->
                centre.get(centre.url() + "/api/alerts", centre.admin()).body().contains("one.example.com"));
    }

    /** Alerts, subscriptions and saved searches of a centre that does not run. */
    private static String remembered(RunningCentre centre) throws Exception {
        StringBuilder all = new StringBuilder();
        centre.start();
        for (String path : List.of("/api/alerts", "/api/alerts/subscriptions", "/api/searches")) {
            HttpResponse<String> answer = centre.get(centre.url() + path, centre.admin());
            assertEquals(200, answer.statusCode(), answer::body);
            all.append(answer.body()).append('\n');
        }
        centre.stop();
        assertTrue(
                all.toString().contains("one.example.com")
                        && all.toString().contains("Mine")
                        && all.toString().contains("weekly"),
                all::toString);
        return all.toString();
    }

    private static String objects(RunningCentre centre) throws Exception {
        return centre.get(centre.taxii("collections/exchange/objects/"), centre.admin())
                .body();
    }
}
