package uz.koprik.gateway.whole;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uz.koprik.crypto.PrivateFiles;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.centre.StartFailure;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.config.Home;
import uz.koprik.gateway.config.HomeFormat;
import uz.koprik.gateway.config.HomeManifest;
import uz.koprik.indicators.store.elasticsearch.ElasticNode;

/** Homes that earlier versions filled open, serve what was in them, and open again; those of later versions do not. */
class EarlierHomesTest {

    /** What differs from run to run or from time to time. */
    private static final Set<String> OF_THE_MOMENT = Set.of("next", "took_ms", "url", "expires", "last_contact");

    @RegisterExtension
    final Centres centres = new Centres();

    static Stream<String> fixtures() throws Exception {
        try (Stream<Path> files = Files.list(
                Path.of(EarlierHomesTest.class.getResource("../homes/").toURI()))) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".zip"))
                    .sorted()
                    .toList();
            assertFalse(names.isEmpty());
            return names.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void opensAndServes(String name) throws Exception {
        Path folder = unpack(name);
        JsonNode answers =
                new ObjectMapper().readTree(folder.resolve("answers.json").toFile());
        assertTrue(answers.size() > 5, name);
        Path dump = folder.resolve("cluster.ndjson");
        RunningCentre centre = centres.open(new Home(folder.resolve("home")));
        if (Files.exists(dump)) {
            URI node = ElasticNode.shared().url();
            ClusterCopy.put(node, Files.readAllLines(dump));
            centre.withConfig(yaml -> yaml.replaceFirst("\"http://127\\.0\\.0\\.1:\\d+\"", "\"" + node + "\""));
            try {
                serves(centre, answers);
            } finally {
                centre.stop();
                ClusterCopy.drop(node);
            }
        } else {
            serves(centre, answers);
        }
    }

    private static void serves(RunningCentre centre, JsonNode answers) throws Exception {
        for (int start = 0; start < 2; start++) {
            centre.start();
            CentreClient client = centre.adminClient();
            for (Map.Entry<String, JsonNode> one : answers.properties()) {
                JsonNode now = RunningCentre.ok(
                        client.get(one.getKey(), "application/taxii+json;version=2.1, application/json"));
                same(one.getKey(), "", one.getValue(), now);
            }
            centre.stop();
        }
        assertEquals(0, centre.koprik("doctor").code(), centre.koprik("doctor").all());
    }

    /** Everything that was there is there; members may have come. A claim gets older, so its certainty falls. */
    private static void same(String question, String pointer, JsonNode then, JsonNode now) {
        if (then.isObject()) {
            for (Map.Entry<String, JsonNode> member : then.properties()) {
                if (!OF_THE_MOMENT.contains(member.getKey())) {
                    same(question, pointer + "/" + member.getKey(), member.getValue(), now.path(member.getKey()));
                }
            }
        } else if (then.isArray()) {
            assertEquals(then.size(), now.size(), () -> question + " " + pointer + ": " + then + " became " + now);
            for (int i = 0; i < then.size(); i++) {
                same(question, pointer + "/" + i, then.get(i), now.path(i));
            }
        } else if (pointer.endsWith("/certainty/score")) {
            assertTrue(
                    now.isInt() && now.intValue() <= then.intValue() && (now.intValue() > 0 || then.intValue() == 0),
                    () -> question + " " + pointer + ": " + then + " became " + now);
        } else {
            assertEquals(then, now, () -> question + " " + pointer);
        }
    }

    @Test
    void aHomeOfALaterVersionIsNotOpened() throws Exception {
        RunningCentre centre = centres.init("tashkent").start();
        centre.stop();
        HomeManifest manifest = new HomeManifest(centre.home());
        assertEquals(
                HomeFormat.CURRENT, manifest.read().orElseThrow().number(HomeManifest.FORMAT), "a start takes note");
        manifest.atLeast(Map.of(HomeManifest.FORMAT, HomeFormat.CURRENT + 1));
        Files.writeString(centre.home().config(), "setting_of_a_later_version: 1\n");
        String said = assertThrows(StartFailure.class, centre::start).getMessage();
        assertTrue(said.contains("has format " + (HomeFormat.CURRENT + 1) + ", which a later version"), said);
        assertTrue(said.contains("restore a backup made before the upgrade"), said);
    }

    private Path unpack(String name) throws IOException {
        Path folder = centres.folder().resolve(name.replace(".zip", ""));
        try (InputStream in = EarlierHomesTest.class.getResourceAsStream("../homes/" + name);
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = folder.resolve(entry.getName()).normalize();
                assertTrue(file.startsWith(folder), entry.getName());
                PrivateFiles.folders(file.getParent());
                PrivateFiles.touch(file);
                Files.write(file, zip.readAllBytes());
            }
        }
        return folder;
    }
}
