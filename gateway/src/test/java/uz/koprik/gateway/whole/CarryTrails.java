package uz.koprik.gateway.whole;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonBoolean;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;

/**
 * The whole list of malware trails: imported as signed indicators in Tashkent, then carried to Budapest and verified
 * there; rates of both, and the proof that nothing is missing and nothing is there twice. Heap 1 GiB a centre, all on
 * this machine.
 *
 * <p>Run as {@code mvn -pl gateway -am -DskipTests -Dwhole=CarryTrails verify}; an argument names another file of two
 * columns.
 */
final class CarryTrails {

    private static final String MANIFEST_LIMIT = "?limit=10000";

    private CarryTrails() {}

    /** Prints a line a figure; ends with an error when something is missing. */
    public static void main(String[] args) throws Exception {
        Path trails = args.length > 0
                ? Path.of(args[0])
                : Path.of(System.getProperty("koprik.data"), "real/malware-trails.tsv.gz");
        Path work = Files.createTempDirectory("trails");
        try (ChildCentre tashkent = ChildCentre.init("tashkent", work, "-XX:+UseParallelGC");
                ChildCentre budapest = ChildCentre.init("budapest", work, "-XX:+UseParallelGC")) {
            ChildCentre.introduce(tashkent, budapest);
            tashkent.start();
            System.out.println(tashkent.importing(trails, "--columns", "name,value", "--tlp", "green"));
            Map<String, String> sent = manifest(tashkent);

            long begun = System.nanoTime();
            budapest.start();
            // Its own identity is one entry more.
            long lastSaid = begun;
            long before = 0;
            for (long there = 0; there < sent.size(); there = entries(budapest)) {
                Thread.sleep(250);
                if (System.nanoTime() - lastSaid > 10_000_000_000L) {
                    System.out.printf(
                            Locale.ROOT,
                            "  %,d there, %,.0f objects/s in the last 10 s%n",
                            there,
                            (there - before) / 10.0);
                    before = there;
                    lastSaid = System.nanoTime();
                }
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            System.out.printf(
                    Locale.ROOT,
                    "centre to centre: %,d objects in %.1f s from the start of the process, %,.0f objects/s%n",
                    sent.size(),
                    seconds,
                    sent.size() / seconds);
            compare(sent, manifest(budapest));
            System.out.println(budapest.koprik("partner", "status"));
        }
    }

    private static void compare(Map<String, String> sent, Map<String, String> arrived) {
        long missing = sent.entrySet().stream()
                .filter(one -> !one.getValue().equals(arrived.get(one.getKey())))
                .count();
        System.out.printf(
                Locale.ROOT,
                "%,d of %,d arrived in the same version, %,d others are there%n",
                sent.size() - missing,
                sent.size(),
                arrived.size() - (sent.size() - missing));
        if (missing > 0) {
            throw new IllegalStateException(missing + " objects are missing");
        }
    }

    /** Every id and its version; an id that comes twice is a failure. */
    private static Map<String, String> manifest(ChildCentre centre) throws Exception {
        String path =
                Taxii.collection(centre, "exchange").objects().replace("/objects/", "/manifest/") + MANIFEST_LIMIT;
        // A manifest has no "next": the time at which its last object was added leads on (TAXII 2.1, section 5.3).
        Map<String, String> found = new HashMap<>();
        String next = "";
        while (true) {
            HttpResponse<String> answer =
                    centre.send(centre.request(path + next).header("Accept", Taxii.MEDIA_TYPE));
            JsonObject page = json(answer.body());
            for (Json item : page.items("objects")) {
                JsonObject record = (JsonObject) item;
                String id = record.string("id").orElseThrow();
                if (found.put(id, record.string("version").orElseThrow()) != null) {
                    throw new IllegalStateException(centre.name() + " lists " + id + " twice");
                }
            }
            if (!(page.get("more") instanceof JsonBoolean more && more.value())) {
                return found;
            }
            next = "&added_after="
                    + answer.headers().firstValue("X-TAXII-Date-Added-Last").orElseThrow();
        }
    }

    private static long entries(ChildCentre centre) throws IOException, InterruptedException {
        return ((JsonNumber) json(centre.get("/api/status")).get("entries")).longValue();
    }

    private static JsonObject json(String text) {
        try {
            return StrictJson.parseObject(text.getBytes(StandardCharsets.UTF_8));
        } catch (MalformedJson e) {
            throw new IllegalStateException(e);
        }
    }
}
