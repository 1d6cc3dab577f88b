package uz.koprik.gateway.whole;

import java.io.BufferedWriter;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.Tlp;

/**
 * What the feed for MISP costs: the first manifest after a start, a manifest while nothing changed, and a manifest
 * after a change of one indicator in a hundred. Beside the first manifest another caller asks for single pages, whose
 * answers must not wait for it.
 *
 * <p>Run as {@code mvn -pl gateway -am -DskipTests -Dwhole=MispFeedCost -Dwhole.args=100000 verify}; the argument is
 * the number of indicators.
 */
final class MispFeedCost {

    private static final String MANIFEST = "/feeds/misp/manifest.json";

    private final ChildCentre centre;

    private MispFeedCost(ChildCentre centre) {
        this.centre = centre;
    }

    /** Prints a line a figure. */
    public static void main(String[] args) throws Exception {
        int count = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
        Path work = Files.createTempDirectory("misp-feed");
        try (ChildCentre centre = ChildCentre.init("tashkent", work, "-XX:+UseParallelGC")) {
            new MispFeedCost(centre).run(count, work);
            centre.stop();
        }
    }

    private void run(int count, Path work) throws Exception {
        centre.start();
        Path objects = work.resolve("objects.json");
        bring(objects, IntStream.range(0, count), 0);
        centre.stop();
        centre.start();
        first();
        measure("unchanged manifest, asked with its entity tag", 20, version -> {}, 304);
        int some = Math.max(1, count / 100);
        measure(
                "manifest after a change of " + some + " indicators in succession",
                5,
                version -> bring(objects, IntStream.range(0, some), version),
                200);
        measure(
                "manifest after a change of every hundredth indicator",
                5,
                version -> bring(objects, IntStream.range(0, some).map(i -> 100 * i + 50), version + 10),
                200);
    }

    /** Imports a version of indicators; each version has another value. */
    private void bring(Path file, IntStream numbers, int version) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("{\"objects\":[");
            String between = "";
            for (int i : numbers.toArray()) {
                out.write(between + object(i, version));
                between = ",\n";
            }
            out.write("]}\n");
        }
        centre.koprik("import", file.toString());
    }

    private static String object(int number, int version) {
        return String.format(
                Locale.ROOT,
                "{\"type\":\"indicator\",\"spec_version\":\"2.1\",\"id\":\"indicator--%s\",\"created\":\"2026-01-01T00:00:00.000Z\","
                        + "\"modified\":\"2026-01-01T00:%02d:00.000Z\",\"name\":\"Host %d\","
                        + "\"pattern\":\"[domain-name:value = 'host%d.v%d.evil.example']\",\"pattern_type\":\"stix\","
                        + "\"valid_from\":\"2026-01-01T00:00:00Z\",\"object_marking_refs\":[\"%s\"]}",
                UUID.nameUUIDFromBytes(("host " + number).getBytes(StandardCharsets.UTF_8)),
                version,
                number,
                number,
                version,
                Markings.id(Tlp.GREEN));
    }

    /** The first manifest, with the slowest page that somebody else got meanwhile. */
    private void first() throws Exception {
        long pages = 0;
        long slowest = 0;
        CpuTime cpu = new CpuTime().of("centre", centre.pid());
        cpu.begin();
        long begun = System.nanoTime();
        CompletableFuture<Long> manifest = CompletableFuture.supplyAsync(() -> {
            try {
                ask("", 200);
                return System.nanoTime() - begun;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        do {
            long asked = System.nanoTime();
            centre.get("/taxii2/");
            slowest = Math.max(slowest, System.nanoTime() - asked);
            pages++;
            Thread.sleep(20);
        } while (!manifest.isDone());
        System.out.printf(
                Locale.ROOT,
                "first manifest after a start %,d ms (processor seconds: %s); of %d other answers the slowest took %,d ms%n",
                manifest.get() / 1_000_000,
                cpu.words(),
                pages,
                slowest / 1_000_000);
    }

    /** Makes a change; its number counts from 1. */
    private interface Change {
        void make(int number) throws Exception;
    }

    private void measure(String what, int rounds, Change change, int status) throws Exception {
        List<Long> millis = new ArrayList<>();
        String tag = ask("", 200).headers().firstValue("ETag").orElseThrow();
        for (int round = 1; round <= rounds; round++) {
            change.make(round);
            long begun = System.nanoTime();
            HttpResponse<String> answer = ask(tag, status);
            millis.add((System.nanoTime() - begun) / 1_000_000);
            tag = answer.headers().firstValue("ETag").orElseThrow();
        }
        long[] sorted = millis.stream().mapToLong(Long::longValue).sorted().toArray();
        System.out.println(what + ": median " + sorted[sorted.length / 2] + " ms of " + Arrays.toString(sorted));
    }

    private HttpResponse<String> ask(String tag, int status) throws Exception {
        HttpRequest.Builder request = centre.request(MANIFEST);
        if (!tag.isEmpty()) {
            request.header("If-None-Match", tag);
        }
        HttpResponse<String> answer = centre.send(request);
        if (answer.statusCode() != status) {
            throw new AssertionError(answer.statusCode() + " instead of " + status + ": " + answer.body());
        }
        return answer;
    }
}
