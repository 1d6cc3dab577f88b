package uz.koprik.gateway.whole;

import java.io.BufferedWriter;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.indicators.stix.values.StixTimestamp;

/**
 * How long a centre takes to answer when it holds very many indicators: pastes of 1,000 values, half of them known, one
 * after the other, and pages of 1,000 objects near the beginning and near the end of the sequence.
 *
 * <p>At least 500 indicators. Run as {@code mvn -pl gateway -am -DskipTests -Dwhole=AskedOfMany
 * "-Dwhole.args=elasticsearch 1000000" verify}; the other kind is {@code lucene}.
 */
final class AskedOfMany {

    private static final int VALUES = 1000;
    private static final int WARM = 40;
    private static final int PASTES = 200;
    private static final int PAGES = 100;

    private final ChildCentre centre;
    private final int count;
    private final SplittableRandom random = new SplittableRandom(1);

    private AskedOfMany(ChildCentre centre, int count) {
        this.centre = centre;
        this.count = count;
    }

    /** Prints a line a figure. */
    public static void main(String[] args) throws Exception {
        int count = args.length > 1 ? Integer.parseInt(args[1]) : 1_000_000;
        boolean cluster = args.length > 0 && args[0].equals("elasticsearch");
        Path work = Files.createTempDirectory("asked");
        try (ChildCentre centre = ChildCentre.init("tashkent", work, "-XX:+UseParallelGC")) {
            if (cluster) {
                try (MeasuredNode node = MeasuredNode.start(work)) {
                    node.keeps(centre);
                    new AskedOfMany(centre, count).run(work);
                    centre.stop();
                }
            } else {
                new AskedOfMany(centre, count).run(work);
            }
        }
    }

    private void run(Path work) throws Exception {
        centre.start();
        Path rows = work.resolve("rows.tsv");
        try (BufferedWriter out = Files.newBufferedWriter(rows)) {
            for (int i = 0; i < count; i++) {
                out.write("family" + i % 1000 + "\t" + value(i) + "\n");
            }
        }
        System.out.println(centre.koprik("import", rows.toString(), "--columns", "name,value"));
        for (int i = 0; i < WARM; i++) {
            paste();
        }
        List<Long> pastes = new ArrayList<>();
        for (int i = 0; i < PASTES; i++) {
            pastes.add(paste());
        }
        report("a paste of 1,000 values", pastes);
        pages();
    }

    private static String value(int number) {
        return "host-" + number + ".example.com";
    }

    /** Looks up values, of which every other is known; how many nanoseconds it took. */
    private long paste() throws Exception {
        StringBuilder text = new StringBuilder();
        int start = random.nextInt(count);
        for (int i = 0; i < VALUES; i++) {
            int known = (int) ((start + (long) (i / 2) * (count / (VALUES / 2))) % count); // each another one
            text.append(i % 2 == 0 ? value(known) : "no-" + random.nextInt() + ".example.net")
                    .append('\n');
        }
        HttpRequest.Builder request = centre.request("/api/search/values")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString(text.toString()));
        long begun = System.nanoTime();
        HttpResponse<String> answer = centre.send(request);
        long took = System.nanoTime() - begun;
        long hits = answer.statusCode() != 200
                ? -1
                : ((JsonNumber) StrictJson.parseObject(answer.body().getBytes(StandardCharsets.UTF_8))
                                .get("hits"))
                        .longValue();
        if (hits != VALUES / 2) {
            throw new IllegalStateException(hits + " hits, status " + answer.statusCode());
        }
        return took;
    }

    private void pages() throws Exception {
        Taxii collection = Taxii.collection(centre, "exchange");
        String page = collection.objects() + "?limit=1000";
        HttpResponse<String> head = get(page);
        long first = StixTimestamp.parse(
                head.headers().firstValue("X-TAXII-Date-Added-First").orElseThrow());
        long last = StixTimestamp.parse(collection.lastAddedHeader());
        for (String what :
                List.of("warming up", "first tenth", "last tenth", "first tenth again", "last tenth again")) {
            double from = what.startsWith("last") ? 0.89 : 0.0;
            List<Long> times = new ArrayList<>();
            for (int i = 0; i < PAGES; i++) {
                long after = first + (long) ((last - first) * (from + random.nextDouble() * 0.1));
                long begun = System.nanoTime();
                get(page + "&added_after=" + StixTimestamp.format(after));
                times.add(System.nanoTime() - begun);
            }
            report("a page of 1,000, " + what, times);
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = centre.send(centre.request(path).header("Accept", Taxii.MEDIA_TYPE));
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(path + " answered " + answer.statusCode() + " at " + Instant.now());
        }
        return answer;
    }

    private static void report(String what, List<Long> nanos) {
        List<Long> sorted = nanos.stream().sorted().toList();
        System.out.printf(
                Locale.ROOT,
                "%-36s p50 %7.1f ms  p99 %7.1f ms  of %d%n",
                what,
                sorted.get(sorted.size() / 2) / 1e6,
                sorted.get(Math.min(sorted.size() - 1, sorted.size() * 99 / 100)) / 1e6,
                sorted.size());
    }
}
