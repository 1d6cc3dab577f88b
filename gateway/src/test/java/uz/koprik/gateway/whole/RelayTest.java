package uz.koprik.gateway.whole;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import uz.koprik.crypto.Oracles;
import uz.koprik.crypto.json.JsonArrayStream;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.indicators.stix.StixReader;

/**
 * Somebody else's whole bundle comes into Tashkent, and Budapest, which has no line to Tashkent, gets it from Moscow:
 * every object of it, unchanged to the byte, and each with the word of Tashkent for it.
 */
@Execution(ExecutionMode.CONCURRENT)
class RelayTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path homes;

    @Test
    @Tag("long")
    void everyObjectOfAForeignBundleArrivesUnchangedThroughARelay() throws Exception {
        Path bundle = Oracles.path("real/ics-attack.json.gz");
        Map<String, byte[]> original = objects(bundle);
        try (ChildCentre tashkent = ChildCentre.init("tashkent", homes, ChildCentre.SHORT_LIVED);
                ChildCentre moscow = ChildCentre.init("moscow", homes, ChildCentre.SHORT_LIVED);
                ChildCentre budapest = ChildCentre.init("budapest", homes, ChildCentre.SHORT_LIVED)) {
            ChildCentre.introduce(tashkent, moscow);
            ChildCentre.introduce(moscow, budapest);
            ChildCentre.introduceWithoutFeeds(tashkent, budapest);
            for (ChildCentre centre : List.of(tashkent, moscow, budapest)) {
                centre.quickFeeds();
            }
            tashkent.start();
            moscow.start();
            budapest.start();
            String imported = tashkent.koprik("import", bundle.toString(), "--tlp", "green", "--json");
            assertTrue(imported.contains("\"refused\" : 0"), imported);

            Map<String, byte[]> arrived = Taxii.collection(budapest, "exchange").bytes();
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (System.nanoTime() < end && !arrived.keySet().containsAll(original.keySet())) {
                Thread.sleep(200);
                arrived = Taxii.collection(budapest, "exchange").bytes();
            }
            if (!arrived.keySet().containsAll(original.keySet())) {
                original.keySet().removeAll(arrived.keySet());
                fail(original.size() + " never arrived, such as "
                        + original.keySet().iterator().next() + ": " + budapest.koprik("partner", "status"));
            }
            for (Map.Entry<String, byte[]> object : original.entrySet()) {
                assertArrayEquals(object.getValue(), arrived.get(object.getKey()), object.getKey());
            }
            for (String id : original.keySet()) {
                JsonObject said = StrictJson.parseObject(
                        budapest.get("/api/objects/" + id).getBytes(StandardCharsets.UTF_8));
                String signer = ((JsonObject) said.items("signed_by").getFirst())
                        .string("centre")
                        .orElseThrow();
                assertEquals(
                        "tashkent, moscow",
                        signer + ", " + said.string("received_from").orElseThrow(),
                        id);
                String verification = said.string("verification").orElseThrow();
                assertTrue(verification.startsWith("a countersignature beside the object held"), verification);
            }
        }
    }

    /** The bytes of every object of the bundle, as they lie in the file, but for those everybody has already. */
    private static Map<String, byte[]> objects(Path bundle) throws Exception {
        Map<String, byte[]> objects = new LinkedHashMap<>();
        try (InputStream in = new GZIPInputStream(Files.newInputStream(bundle), 1 << 16)) {
            JsonArrayStream items = new JsonArrayStream(in, "objects", StixReader.MAX_BYTES);
            for (byte[] item = items.next(); item != null; item = items.next()) {
                objects.put(StrictJson.parseObject(item).string("id").orElseThrow(), item);
            }
        }
        return objects;
    }
}
