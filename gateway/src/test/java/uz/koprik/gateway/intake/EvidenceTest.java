package uz.koprik.gateway.intake;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.crypto.Sha256;
import uz.koprik.gateway.auth.Source;
import uz.koprik.gateway.centre.SmallDisk;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.StoredObject;

/** Evidence is there for people, and nobody fills the disk with it. */
class EvidenceTest {

    private static final Source TWIN = new Source.Partner("twin");
    private static final Source DESK = new Source.Account("desk", false);

    @TempDir
    private Path temp;

    private Path folder;
    private TestCentre centre;
    private Entry known;

    @BeforeEach
    void open() throws Exception {
        folder = temp.resolve("pairs");
        centre = new TestCentre("tashkent", temp.resolve("centre"));
        String id = Objects.id("indicator");
        String large = Objects.indicator(id, centre.identity, "evil.example.com")
                .replaceFirst("\\{", "{\"description\":\"" + "long ".repeat(200_000) + "\",");
        assertEquals(Outcome.Status.ACCEPTED, centre.one(large).status());
        known = centre.store.latest(id).orElseThrow();
    }

    @AfterEach
    void close() {
        centre.close();
    }

    private boolean keep(Evidence evidence, int i, Source source) {
        byte[] offered = ("{\"name\":\"" + i + "\"}").getBytes(StandardCharsets.UTF_8);
        return evidence.keep(known, offered, Sha256.hex(offered), source, centre.now);
    }

    private long size() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private List<Path> pairs() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void aFullDiskUsesUpNoneOfTheRoom() throws Exception {
        SmallDisk.requireRoot();
        try (SmallDisk disk = SmallDisk.mount(folder, "8m")) {
            Evidence evidence = new Evidence(folder);
            evidence.bound(64L << 20, 3L << 20);
            disk.fill();
            for (int i = 0; i < 10; i++) {
                assertFalse(keep(evidence, i, TWIN));
                disk.fillBut(2);
            }
            disk.free();
            assertEquals(Map.of(), disk.content(), "parts of what was not kept");
            assertTrue(keep(evidence, 1, TWIN), "there is room, and nothing was kept before");
        }
    }

    @Test
    void theKnownObjectIsKeptOnceHoweverManyContradictIt() throws Exception {
        Evidence evidence = new Evidence(folder);
        for (int i = 0; i < 80; i++) {
            assertTrue(keep(evidence, i, TWIN));
        }
        assertEquals(80, pairs().size());
        assertTrue(size() < 2_000_000, size() + " bytes, of which the known object has a million");
        String pair = Files.readString(pairs().getFirst());
        assertTrue(pair.contains("\"object_file\":\"known/" + known.facts().digest() + ".json\""), pair);
        assertArrayEquals(
                StoredObject.bytes(known),
                Files.readAllBytes(folder.resolve("known").resolve(known.facts().digest() + ".json")));
        assertTrue(keep(evidence, 3, TWIN), "the same pair is there already");
        assertEquals(80, pairs().size());
    }

    @Test
    void oneSourceTakesABoundedRoomAndLeavesTheOthersTheirs() throws Exception {
        Evidence evidence = new Evidence(folder);
        evidence.bound(64L << 20, 2L << 20);
        int kept = 0;
        while (keep(evidence, kept, TWIN)) {
            kept++;
        }
        assertTrue(kept > 100 && kept < 512, kept + " pairs of 4 KiB each and the known object are within 2 MiB");
        assertFalse(keep(evidence, kept + 1, TWIN));
        assertTrue(keep(evidence, 100_000, DESK), "another source");
        Evidence after = new Evidence(folder);
        after.bound(64L << 20, 2L << 20);
        assertTrue(keep(after, 0, TWIN), "kept before");
        assertTrue(keep(after, 200_000, DESK));
        int more = 0;
        while (more < 1000 && keep(after, 300_000 + more, TWIN)) {
            more++;
        }
        assertTrue(more < 512 - kept + 10, "what lies there is measured after a start: " + more);
    }

    @Test
    void allSourcesTogetherTakeABoundedRoom() throws Exception {
        Evidence evidence = new Evidence(folder);
        evidence.bound(3L << 20, 2L << 20);
        int kept = 0;
        for (int i = 0; i < 3000; i++) {
            kept += keep(evidence, i, new Source.Partner("partner-" + i % 100)) ? 1 : 0;
        }
        assertTrue(kept > 0 && size() < 3L << 20, kept + " pairs, " + size() + " bytes");
        assertFalse(keep(evidence, 5000, DESK));
    }

    /** As earlier versions wrote them: both objects in the pair. */
    @Test
    void pairsOfEarlierVersionsCountForWhoBroughtThem() throws Exception {
        Files.createDirectories(folder);
        String base64 = Base64.getEncoder().encodeToString(new byte[900_000]);
        for (int i = 0; i < 2; i++) {
            Files.writeString(
                    folder.resolve("indicator--old." + i + ".json"),
                    "{\"id\":\"x\",\"known\":{\"added\":1,\"object_base64\":\"" + base64
                            + "\"},\"refused\":{\"object_base64\":\"e30=\",\"offered\":\"2026-01-01T00:00:00Z\",\"offered_as\":\"partner\",\"offered_by\":\"twin\","
                            + "\"sha256\":\"" + "0".repeat(64) + "\"},\"version\":\"2026-01-01T00:00:00.000Z\"}");
        }
        Evidence evidence = new Evidence(folder);
        evidence.bound(64L << 20, 3L << 20);
        assertFalse(keep(evidence, 1, TWIN), "2.4 MB of earlier pairs and the known object");
        assertTrue(keep(evidence, 1, DESK));
    }

    @Test
    void aRefusalStillAnswersWhenThereIsNoRoom() throws Exception {
        centre.intake.boundEvidence(0, 0);
        String other = Objects.indicator(known.facts().id(), centre.identity, "evil.example.net");
        Outcome outcome = centre.one(other);
        assertEquals(Refusal.Code.EQUIVOCATION, outcome.refusal().orElseThrow().code());
        assertFalse(outcome.refusal().orElseThrow().reason().contains("evidence"), "it is not kept");
        assertEquals(1, centre.intake.counts().withoutEvidence());
    }
}
