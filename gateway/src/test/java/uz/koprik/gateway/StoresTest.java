package uz.koprik.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.gateway.config.Config;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.config.ConfigFile;
import uz.koprik.gateway.config.Home;
import uz.koprik.indicators.store.Store;
import uz.koprik.indicators.store.elasticsearch.ElasticNode;
import uz.koprik.indicators.store.elasticsearch.ElasticOptions;

/** What the settings of a cluster become, and a centre that keeps its objects there. */
final class StoresTest {

    @TempDir
    Path folder;

    private ElasticOptions options(String settings, Map<String, String> environment) throws IOException, ConfigException {
        String yaml = "name: tashkent\ntitle: Tashkent\nstore:\n  kind: elasticsearch\n  elasticsearch:\n" + settings.indent(4);
        return Stores.options(new Home(folder), ConfigFile.parse("koprik.yaml", yaml).store().elasticsearch(), environment);
    }

    @Test
    void theSecretComesFromAFileOrTheEnvironment() throws Exception {
        Files.writeString(folder.resolve("key"), "c2VjcmV0\n");
        String file = "secret_file: key\nca: ca.pem\nprefix: centre-a";
        ElasticOptions byFile = options(file, Map.of());
        assertEquals(new ElasticOptions.Login.ApiKey("c2VjcmV0"), byFile.login());
        assertEquals(folder.resolve("ca.pem"), byFile.ca().orElseThrow());
        assertEquals("centre-a", byFile.prefix());
        assertFalse(byFile.toString().contains("c2VjcmV0"));
        assertEquals(new ElasticOptions.Login.ApiKey("other"), options(file, Map.of(Stores.SECRET, "other")).login());
        ElasticOptions byUser = options("user: koprik\nsecret_file: key", Map.of());
        assertEquals(new ElasticOptions.Login.User("koprik", "c2VjcmV0"), byUser.login());
        assertFalse(byUser.toString().contains("c2VjcmV0"));
        assertEquals(new ElasticOptions.Login.Nobody(), options("shards: 2", Map.of()).login());
    }

    @Test
    void aSecretThatIsMissingOrWouldBeReadByAllIsRefused() {
        assertTrue(refused("secret_file: nowhere", Map.of()).contains("is not there"));
        assertTrue(refused("user: koprik", Map.of()).contains("gives a password"));
        assertTrue(refused("shards: 1", Map.of(Stores.SECRET, " ")).contains("is empty"));
        assertTrue(refused("urls: [\"http://192.0.2.1:9200\"]", Map.of(Stores.SECRET, "key")).contains("use https"));
    }

    private String refused(String settings, Map<String, String> environment) {
        return assertThrows(IOException.class, () -> options(settings, environment)).getMessage();
    }

    private RunningCentre onCluster(String url) throws Exception {
        return RunningCentre.found(folder, yaml -> yaml.replace("kind: lucene", "kind: elasticsearch")
                .replace("[\"https://localhost:9200\"]", "[\"" + url + "\"]").replace("replicas: 1", "replicas: 0")
                .replace("patience: 20s", "patience: 2s"));
    }

    @Test
    void aCentreWithoutItsClusterDoesNotStartAndSaysWhy() throws Exception {
        RunningCentre centre = onCluster("http://127.0.0.1:1");
        String message = assertThrows(CannotStart.class, centre::start).getMessage();
        assertTrue(message.contains("http://127.0.0.1:1") && message.contains("no connection to the cluster"), message);
    }

    @Test
    void aCentreKeepsItsObjectsOnTheClusterAndComesBack() throws Exception {
        RunningCentre centre = onCluster(ElasticNode.shared().url().toString());
        Path backup = folder.resolve("backup");
        String objects;
        try (centre) {
            centre.start();
            objects = objects(centre);
            assertTrue(objects.contains("\"type\":\"identity\""), objects);
        }
        try (centre) {
            centre.start();
            assertEquals(objects, objects(centre));
        }
        Backup.write(centre.home(), backup);
        Path settings = backup.resolve("home/koprik.yaml");
        Files.writeString(settings, Files.readString(settings).replace("kind: elasticsearch", "kind: lucene"));
        Home restored = new Home(folder.resolve("restored"));
        Backup.restore(backup, restored);
        Config config = ConfigFile.read(restored.config());
        try (Store there = Stores.open(restored, config)) {
            assertEquals(1, there.status().entries());
        }
    }

    private static String objects(RunningCentre centre) throws Exception {
        return centre.get(centre.taxii("collections/exchange/objects/"), centre.admin()).body();
    }
}
