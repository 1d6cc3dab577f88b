package uz.koprik.gateway.centre;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.policy.Tlp;

/**
 * Folders of a home on file systems without room (tmpfs). What was acknowledged stays, reads continue, and work goes on
 * by itself when there is room again.
 */
class FullDiskTest {

    private static final int BATCH = 20;

    @RegisterExtension
    final Centres centres = new Centres();

    private final Set<String> acknowledged = new TreeSet<>();
    private final Set<Integer> refusals = new TreeSet<>();
    private int refused;

    @Test
    void theFolderOfTheJournalIsFull() throws Exception {
        survives("data", "24m", 503);
    }

    @Test
    void theFolderOfStatesAndAlertsIsFull() throws Exception {
        survives("state", "8m", 507);
    }

    private void survives(String folder, String size, int answer) throws Exception {
        SmallDisk.requireRoot();
        RunningCentre centre = centres.init("tashkent");
        Path full = Files.createDirectories(centre.home().root().resolve(folder));
        SmallDisk disk = SmallDisk.mount(full, size);
        try (disk) {
            centre.start();
            HttpResponse<String> opened = centre.post(
                    centre.url() + "/api/cases",
                    centre.admin(),
                    "application/json",
                    "{\"number\":\"A-1\",\"title\":\"A case\",\"type\":\"phishing\",\"values\":[\"198.51.100.7\"]}");
            assertEquals(2, opened.statusCode() / 100, opened.body());
            post(centre);
            assertEquals(0, refused, "there is room");
            disk.fill();
            for (int i = 0; i < 20; i++) {
                post(centre);
            }
            System.out.println("full disk: " + folder + ": " + acknowledged.size() + " acknowledged, " + refused
                    + " requests refused");
            assertEquals(Set.of(answer), refusals, "answers of requests that were refused");
            assertEquals(200, centre.get(objects(centre), centre.admin()).statusCode(), "reads continue");
            disk.free();
            RunningCentre.await(() -> post(centre));
            nothingIsLost(centre);
            // Each stored batch has one object with the value of the case.
            RunningCentre.await(() -> alerts(centre) == stored(centre).size() / BATCH);
            centre.stop();
            centre.start();
            nothingIsLost(centre);
            centre.stop();
            assertEquals(List.of(), openFiles(full), "files that stay open after a stop");
        }
    }

    /** Submits new objects; a refusal must say that the centre accepts nothing now. */
    private boolean post(RunningCentre centre) throws Exception {
        List<String> objects = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            objects.add(RunningCentre.indicator(RunningCentre.freshId(), "198.51.100." + i, Tlp.GREEN, 1));
        }
        HttpResponse<String> answer =
                centre.post(objects(centre), centre.admin(), RunningCentre.TAXII, RunningCentre.envelope(objects));
        if (answer.statusCode() != 202) {
            refusals.add(answer.statusCode());
            refused++;
            return false;
        }
        for (Json success : RunningCentre.json(answer).items("successes")) {
            acknowledged.add(((JsonObject) success).string("id").orElseThrow());
        }
        return true;
    }

    private static Set<String> stored(RunningCentre centre) throws Exception {
        Set<String> stored = new TreeSet<>();
        HttpResponse<String> page =
                centre.get(objects(centre) + "?limit=10000&match%5Btype%5D=indicator", centre.admin());
        for (Json object : RunningCentre.json(page).items("objects")) {
            String id = ((JsonObject) object).string("id").orElseThrow();
            assertTrue(stored.add(id), id + " is there twice");
        }
        return stored;
    }

    /** Objects of a request without an answer 202 may be there or not: the sender sends them again. */
    private void nothingIsLost(RunningCentre centre) throws Exception {
        Set<String> stored = stored(centre);
        Set<String> lost = new TreeSet<>(acknowledged);
        lost.removeAll(stored);
        assertEquals(Set.of(), lost, "acknowledged, and lost");
        System.out.println("full disk: " + acknowledged.size() + " acknowledged, all there; "
                + (stored.size() - acknowledged.size()) + " others there");
    }

    private static List<String> openFiles(Path under) throws IOException {
        List<String> open = new ArrayList<>();
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            for (Path descriptor : all.toList()) {
                if (Files.isSymbolicLink(descriptor)
                        && Files.readSymbolicLink(descriptor).startsWith(under)) {
                    open.add(Files.readSymbolicLink(descriptor).toString());
                }
            }
        }
        return open;
    }

    private static int alerts(RunningCentre centre) throws Exception {
        return RunningCentre.json(centre.get(centre.url() + "/api/alerts?limit=100", centre.admin()))
                .items("alerts")
                .size();
    }

    private static String objects(RunningCentre centre) throws Exception {
        for (Json item : RunningCentre.json(centre.get(centre.taxii("collections/"), centre.admin()))
                .items("collections")) {
            JsonObject collection = (JsonObject) item;
            if (collection.string("alias").filter("exchange"::equals).isPresent()) {
                return centre.taxii("collections/" + collection.string("id").orElseThrow() + "/objects/");
            }
        }
        throw new AssertionError("no collection exchange");
    }
}
