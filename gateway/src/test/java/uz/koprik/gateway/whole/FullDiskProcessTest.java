package uz.koprik.gateway.whole;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.gateway.centre.SmallDisk;

/** What a process writes outside of its home, on a disk without room: its log, and the temporary files of imports. */
class FullDiskProcessTest {

    @TempDir
    Path homes;

    @Test
    void aFullDiskOfTheLogAndOfTemporaryFilesStopsNothingElse() throws Exception {
        SmallDisk.requireRoot();
        Path full = Files.createDirectory(homes.resolve("full"));
        try (SmallDisk disk = SmallDisk.mount(full, "2m");
                ChildCentre centre =
                        ChildCentre.init("tashkent", homes, ChildCentre.SHORT_LIVED, "-Djava.io.tmpdir=" + full)) {
            Path log = full.resolve("log");
            Files.createSymbolicLink(homes.resolve("tashkent.log"), log);
            centre.start();
            List<String> objects =
                    Stream.generate(KillLoopTest::indicator).limit(50).toList();
            Taxii collection = Taxii.collection(centre, "exchange");
            collection.add(objects);
            Path workbook = homes.resolve("values.xlsx");
            centre.koprik(
                    "export", "--format", "xlsx", "--anyway", "--tlp", "amber+strict", "--output", workbook.toString());

            disk.fill();
            long logged = Files.size(log);
            HttpResponse<String> refused = load(centre, workbook);
            assertEquals(507, refused.statusCode(), refused.body());
            assertTrue(refused.body().contains("disk of the centre is full"), refused.body());
            collection.add(Stream.generate(KillLoopTest::indicator).limit(50).toList());
            assertEquals(100, indicators(collection), "intake and reads go on");

            disk.free();
            try (Stream<Path> left = Files.list(full)) {
                assertEquals(List.of(log), left.filter(Files::isRegularFile).toList(), "left of the import");
            }
            HttpResponse<String> loaded = load(centre, workbook);
            assertEquals(200, loaded.statusCode(), loaded.body());
            collection.add(Stream.generate(KillLoopTest::indicator).limit(50).toList());
            assertEquals(200, indicators(collection), "150 that were added, and 50 of the workbook under new ids");
            centre.stop();
            assertTrue(Files.size(log) > logged, "the log goes on");
        }
    }

    private static HttpResponse<String> load(ChildCentre centre, Path workbook) throws Exception {
        return centre.send(centre.request("/api/import?format=xlsx&file=values.xlsx")
                .header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.ofFile(workbook)));
    }

    private static long indicators(Taxii collection) throws Exception {
        return collection.all("&match%5Btype%5D=indicator").size();
    }
}
