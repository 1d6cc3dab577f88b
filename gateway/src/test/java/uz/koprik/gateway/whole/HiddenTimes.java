package uz.koprik.gateway.whole;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import uz.koprik.gateway.auth.AccountChanges;
import uz.koprik.gateway.auth.AccountsFile;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Gateway;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.config.Home;
import uz.koprik.indicators.policy.CaseUnits;
import uz.koprik.indicators.policy.Tlp;

/**
 * Whether the time of an answer discloses what a reader may not see: each route is asked for something that is hidden
 * from the reader, for something that is not there, and for something else that is not there, in turn and in random
 * order. The difference of the last two is the noise.
 *
 * <p>Run as {@code mvn -pl gateway -am -DskipTests -Dwhole=HiddenTimes "-Dwhole.args=lucene 3000" verify}; {@code 3000}
 * is how often each is asked. {@code elasticsearch} in place of {@code lucene} measures that backend.
 */
final class HiddenTimes {

    /** Objects, cases or values of each kind. */
    private static final int EACH = 100;

    private static final int VERSIONS = 3;
    private static final int BLOCKS = 10;
    /** Differences are those from what is not there. "Block" is the largest difference of the other in a tenth. */
    private static final String ROW = "%-34s %8s %8s %8s %8s %12s %12s%n";

    private static final List<String> KINDS = List.of("hidden", "absent", "other");

    private final ChildCentre centre;
    private final HttpClient http;
    private final int asked;
    private final Random random = new Random();

    private HiddenTimes(ChildCentre centre, int asked) throws Exception {
        this.centre = centre;
        this.asked = asked;
        this.http = HttpClient.newBuilder()
                .sslContext(ChildCentre.anyCertificate())
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    public static void main(String[] args) throws Exception {
        Path work = Files.createTempDirectory("koprik-times");
        try (ChildCentre centre = ChildCentre.init("tashkent", work)) {
            if (args[0].equals("elasticsearch")) {
                centre.onSharedNode();
            }
            AccountChanges accounts = new AccountChanges(
                    new AccountsFile(new Home(centre.home()).accounts()), InstantSource.system(), "measurement");
            accounts.add("feed", Role.READER, Tlp.GREEN);
            accounts.add("anna", Role.ANALYST, Tlp.GREEN, CaseUnits.of(Set.of("south")));
            String feed = "Bearer " + accounts.addToken("feed", "times", Optional.empty());
            String anna = "Bearer " + accounts.addToken("anna", "times", Optional.empty());
            centre.start();
            new HiddenTimes(centre, Integer.parseInt(args[1])).measure(feed, anna);
        }
    }

    private void measure(String feed, String anna) throws Exception {
        Map<String, List<String>> ids = objects();
        Map<String, List<String>> numbers = cases();
        String objects = Gateway.API_ROOT + "collections/exchange/objects/";
        System.out.printf(
                Locale.ROOT,
                ROW,
                "route, microseconds",
                "median",
                "hidden",
                "other",
                "block",
                "hidden, p10",
                "other, p10");
        measure(feed, "GET TAXII objects/{id}/", ids, id -> get(objects + id + "/"));
        measure(feed, "GET TAXII objects/?match[id]=", ids, id -> get(objects + "?match%5Bid%5D=" + id));
        measure(feed, "GET TAXII objects/{id}/versions/", ids, id -> get(objects + id + "/versions/"));
        measure(feed, "GET /api/objects/{id}", ids, id -> get("/api/objects/" + id));
        measure(feed, "GET /api/objects/{id}/versions", ids, id -> get("/api/objects/" + id + "/versions"));
        measure(feed, "GET /api/objects/{id}/proof", ids, id -> get("/api/objects/" + id + "/proof"));
        measure(anna, "GET /api/cases/{number}", numbers, number -> get("/api/cases/" + number));
        measure(anna, "POST /api/search/values", numbers, this::lookUp);
    }

    private HttpRequest.Builder get(String path) {
        return HttpRequest.newBuilder(URI.create(centre.url(path)));
    }

    /** Looks up the value that the case of a number has. */
    private HttpRequest.Builder lookUp(String number) {
        return get("/api/search/values")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString(value(number)));
    }

    private static String value(String number) {
        return number.toLowerCase(Locale.ROOT) + ".example.com";
    }

    /** Names for the kinds, drawn from one set, so that nothing but what is stored distinguishes them. */
    private Map<String, List<String>> kinds(Supplier<String> fresh) {
        Map<String, List<String>> kinds = new LinkedHashMap<>();
        KINDS.forEach(kind -> kinds.put(kind, Stream.generate(fresh).limit(EACH).toList()));
        return kinds;
    }

    /** Indicators of several versions, with a marking that the reader does not get. */
    private Map<String, List<String>> objects() throws Exception {
        Map<String, List<String>> kinds = kinds(RunningCentre::freshId);
        Taxii collection = Taxii.collection(centre, "exchange");
        for (int version = 0; version < VERSIONS; version++) {
            List<String> batch = new ArrayList<>();
            for (String id : kinds.get("hidden")) {
                batch.add(RunningCentre.indicator(id, "198.51.100.7", Tlp.AMBER, version));
            }
            collection.add(batch);
        }
        return kinds;
    }

    /** Cases of another unit, with a value each. */
    private Map<String, List<String>> cases() throws Exception {
        Map<String, List<String>> kinds = kinds(() -> "N-" + UUID.randomUUID());
        for (String number : kinds.get("hidden")) {
            HttpResponse<String> opened = centre.send(centre.request("/api/cases")
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{\"number\":\"" + number
                            + "\",\"title\":\"A case\",\"unit\":\"north\",\"values\":[\"" + value(number) + "\"]}")));
            if (opened.statusCode() != 201) {
                throw new AssertionError(opened.statusCode() + ": " + opened.body());
            }
        }
        return kinds;
    }

    private void measure(
            String who, String route, Map<String, List<String>> names, Function<String, HttpRequest.Builder> request)
            throws Exception {
        Map<String, long[]> times = new LinkedHashMap<>();
        KINDS.forEach(kind -> times.put(kind, new long[asked]));
        Set<String> answers = new HashSet<>();
        for (int round = -asked / 5; round < asked; round++) {
            List<String> order = new ArrayList<>(KINDS);
            Collections.shuffle(order, random);
            for (String kind : order) {
                String name = names.get(kind).get(random.nextInt(EACH));
                HttpRequest ready =
                        request.apply(name).header("Authorization", who).build();
                long begun = System.nanoTime();
                HttpResponse<String> answer = http.send(ready, BodyHandlers.ofString());
                long took = System.nanoTime() - begun;
                answers.add(answer.statusCode() + " " + answer.body().length());
                if (round >= 0) {
                    times.get(kind)[round] = took;
                }
            }
        }
        if (answers.size() != 1) {
            throw new AssertionError(route + " answers in several ways, by status and length: " + answers);
        }
        report(route, times);
    }

    private void report(String route, Map<String, long[]> times) {
        long[] hidden = times.get("hidden");
        long[] absent = times.get("absent");
        long[] other = times.get("other");
        double largest = IntStream.range(0, BLOCKS)
                .mapToDouble(block -> difference(other, absent, block * asked / BLOCKS, (block + 1) * asked / BLOCKS))
                .map(Math::abs)
                .max()
                .orElseThrow();
        System.out.printf(
                Locale.ROOT,
                ROW,
                route,
                figure(quantile(LongStream.of(absent), 50)),
                figure(difference(hidden, absent, 0, asked)),
                figure(difference(other, absent, 0, asked)),
                figure(largest),
                figure(quantile(LongStream.of(hidden), 10) - quantile(LongStream.of(absent), 10)),
                figure(quantile(LongStream.of(other), 10) - quantile(LongStream.of(absent), 10)));
    }

    private static String figure(double micros) {
        return String.format(Locale.ROOT, "%.0f", micros);
    }

    /** The median of the differences of a round, in microseconds: what slows a round down slows down both. */
    private static double difference(long[] of, long[] to, int from, int end) {
        return quantile(IntStream.range(from, end).mapToLong(round -> of[round] - to[round]), 50);
    }

    /** In microseconds. The quick answers, such as the tenth percentile, are those that nothing else slowed down. */
    private static double quantile(LongStream nanos, int percent) {
        long[] sorted = nanos.sorted().toArray();
        return sorted[sorted.length * percent / 100] / 1e3;
    }
}
