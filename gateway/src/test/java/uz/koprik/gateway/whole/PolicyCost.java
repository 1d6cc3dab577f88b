package uz.koprik.gateway.whole;

import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import javax.net.ssl.KeyManager;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.crypto.trust.KeyFile;
import uz.koprik.crypto.trust.Passphrase;
import uz.koprik.gateway.config.Home;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.ReleaseMarking;
import uz.koprik.indicators.stix.values.StixTimestamp;

/**
 * What release terms cost: a build before and this one take in the same objects of a partner, answer the same pages to
 * the partner, and the same pastes, in turn; then again with 10,000 different release terms in the store.
 *
 * <p>Run as {@code mvn -pl gateway -am -DskipTests -Dwhole=PolicyCost "-Dwhole.args=lucene CLASSES 30 1000" verify}.
 * {@code CLASSES} are the folders of classes of the build before, as in a class path, such as
 * {@code B/gateway/target/classes:B/indicators/target/classes:B/crypto/target/classes}; {@code 30} is how many rounds
 * count, after a third as many that warm up; {@code 1000} how many objects a round takes in. {@code elasticsearch} in
 * place of {@code lucene} measures that backend.
 */
final class PolicyCost {

    private static final int PAGES = 20;
    private static final int PASTES = 5;
    private static final int VALUES = 1_000;
    private static final int TERMS = 10_000;
    private static final int BATCH = 500;
    private static final String[] JVM = {"-Xmx1g", "-XX:+UseParallelGC"};

    private final Path work;
    private final int rounds;
    private final int objects;
    private final SplittableRandom random = new SplittableRandom(1);
    private List<byte[]> signed;
    private int used;

    private PolicyCost(Path work, int rounds, int objects) {
        this.work = work;
        this.rounds = rounds;
        this.objects = objects;
    }

    /** Prints a line per kind of work and phase. */
    public static void main(String[] args) throws Exception {
        PolicyCost cost = new PolicyCost(
                Files.createTempDirectory("policy"),
                args.length > 2 ? Integer.parseInt(args[2]) : 30,
                args.length > 3 ? Integer.parseInt(args[3]) : 1_000);
        if (args[0].equals("elasticsearch")) {
            try (MeasuredNode node = MeasuredNode.start(cost.work)) {
                cost.run(args[1], node::keeps);
            }
        } else {
            cost.run(args[1], centre -> {});
        }
    }

    private void run(String classes, EarlierCentre.Change backend) throws Exception {
        try (ChildCentre partner = ChildCentre.init("budapest", work)) {
            partner.start();
            signed = signed(partner, (rounds + rounds / 3) * 2 * objects);
            partner.stop();
            Path card = work.resolve("card.json");
            String fingerprint = partner.koprik("partner", "card", "--out", card.toString())
                    .replaceAll("(?s).*?([0-9A-Z]{4}(-[0-9A-Z]{4}){3}).*", "$1");
            try (ChildCentre before = EarlierCentre.start(classes, "before", work, backend, card, fingerprint, JVM);
                    ChildCentre after = EarlierCentre.start("", "after", work, backend, card, fingerprint, JVM)) {
                List<Side> sides = List.of(new Side(before, partner), new Side(after, partner));
                phase("few release terms", sides);
                for (Side side : sides) {
                    side.bring(terms());
                }
                phase(TERMS + " release terms", sides);
            }
        }
    }

    private void phase(String name, List<Side> sides) throws Exception {
        for (int round = -rounds / 3; round < rounds; round++) {
            List<byte[]> some = signed.subList(used, used + objects);
            used += objects;
            boolean counts = round >= 0;
            boolean swap = random.nextBoolean();
            long pages = random.nextLong();
            long pastes = random.nextLong();
            for (Side side : swap ? sides.reversed() : sides) {
                side.measure("intake", counts, () -> side.intake(some));
            }
            for (Side side : swap ? sides : sides.reversed()) {
                side.measure("pages", counts, () -> side.pages(new SplittableRandom(pages)));
            }
            for (Side side : swap ? sides.reversed() : sides) {
                side.measure("pastes", counts, () -> side.pastes(new SplittableRandom(pastes)));
            }
        }
        for (String what : List.of("intake", "pages", "pastes")) {
            report(
                    name,
                    what,
                    sides.get(0).took(what),
                    sides.get(1).took(what),
                    sides.get(0).busy(what) / sides.get(1).busy(what));
        }
    }

    /**
     * Rates: what took longer has the lower one, so that the ratio is 1 for equal builds and lower for a slower one.
     */
    private static void report(String phase, String what, long[] before, long[] after, double byProcessors) {
        double[] ratios = new double[before.length];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = (double) before[i] / after[i];
        }
        Arrays.sort(ratios);
        System.out.printf(
                Locale.ROOT,
                "%-22s %-7s before %7.1f ms, after %7.1f ms a round (medians); ratio of the sums %.3f, median of %d ratios %.3f"
                        + " (quartiles %.3f and %.3f), by processor time of the centre %.3f; load %.1f%n",
                phase,
                what,
                median(before) / 1e6,
                median(after) / 1e6,
                (double) Arrays.stream(before).sum() / Arrays.stream(after).sum(),
                ratios.length,
                ratios[ratios.length / 2],
                ratios[ratios.length / 4],
                ratios[ratios.length * 3 / 4],
                byProcessors,
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static long median(long[] times) {
        long[] sorted = times.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** Indicators as the partner signed them, in its order. */
    private List<byte[]> signed(ChildCentre partner, int count) throws Exception {
        Path rows = work.resolve("rows.tsv");
        try (BufferedWriter out = Files.newBufferedWriter(rows)) {
            for (int i = 0; i < count; i++) {
                out.write("family" + i % 1000 + "\t" + value(i) + "\n");
            }
        }
        partner.koprik("import", rows.toString(), "--columns", "name,value", "--tlp", "green");
        List<byte[]> indicators = new ArrayList<>();
        Taxii.collection(partner, "exchange").bytes().forEach((id, object) -> {
            if (id.startsWith("indicator--")) {
                indicators.add(object);
            }
        });
        return indicators;
    }

    private static String value(int number) {
        return "host-" + number + ".example.com";
    }

    /** Objects each of which goes to another named centre. */
    private static List<byte[]> terms() {
        List<byte[]> all = new ArrayList<>();
        for (int i = 0; i < TERMS; i++) {
            String marking = "marking-definition--" + uuid("marking" + i);
            all.add(("{\"type\":\"marking-definition\",\"spec_version\":\"2.1\",\"id\":\"" + marking
                            + "\",\"created\":\"2026-11-01T00:00:00.000Z\",\"extensions\":{\""
                            + ReleaseMarking.EXTENSION_ID
                            + "\":{\"extension_type\":\"property-extension\",\"recipients\":[\"identity--"
                            + uuid("identity" + i) + "\"]}}}")
                    .getBytes(StandardCharsets.UTF_8));
            all.add(("{\"type\":\"indicator\",\"spec_version\":\"2.1\",\"id\":\"indicator--" + uuid("indicator" + i)
                            + "\",\"created\":\"2026-11-01T00:00:00.000Z\",\"modified\":\"2026-11-01T00:00:00.000Z\","
                            + "\"pattern\":\"[domain-name:value = 'named-" + i
                            + ".example.org']\",\"pattern_type\":\"stix\",\"valid_from\":\"2026-11-01T00:00:00Z\","
                            + "\"object_marking_refs\":[\"" + marking + "\",\"" + Markings.id(Tlp.GREEN) + "\"]}")
                    .getBytes(StandardCharsets.UTF_8));
        }
        return all;
    }

    private static UUID uuid(String of) {
        byte[] raw = of.getBytes(StandardCharsets.UTF_8);
        UUID named = UUID.nameUUIDFromBytes(raw);
        return new UUID((named.getMostSignificantBits() & ~0xF000L) | 0x4000L, named.getLeastSignificantBits());
    }

    /** One of the two builds, and what it took. */
    private static final class Side {

        private final ChildCentre centre;
        private final HttpClient partner;
        private final String collections;
        private final Map<String, List<Long>> took = new LinkedHashMap<>();
        private final Map<String, Double> busy = new LinkedHashMap<>();
        private final CpuTime cpu = new CpuTime();
        private long first;
        private int stored;

        Side(ChildCentre centre, ChildCentre partner) throws Exception {
            this.centre = centre;
            cpu.of("centre", centre.pid());
            Home files = new Home(partner.home());
            CentreKeys keys = new KeyFile(files.keyFile()).load(Passphrase.fromFile(files.passphrase()));
            this.partner = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .sslContext(ChildCentre.anyCertificate(new KeyManager[] {keys.tlsKeyManager()}))
                    .build();
            this.collections = centre.url("/taxii2/koprik/collections/");
        }

        /** Work that says how many nanoseconds of it count. */
        interface Work {
            long run() throws Exception;
        }

        void measure(String what, boolean counts, Work work) throws Exception {
            cpu.begin();
            long nanos = work.run();
            if (counts) {
                took.computeIfAbsent(what, none -> new ArrayList<>()).add(nanos);
                busy.merge(what, cpu.of("centre"), Double::sum);
            }
        }

        /** Seconds of all processors. */
        double busy(String what) {
            return busy.remove(what);
        }

        long[] took(String what) {
            return took.remove(what).stream().mapToLong(Long::longValue).toArray();
        }

        private HttpResponse<String> sent(HttpClient client, HttpRequest.Builder request, int expected)
                throws IOException, InterruptedException {
            HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != expected) {
                throw new IllegalStateException(
                        answer.uri() + " answered " + answer.statusCode() + ": " + answer.body());
            }
            return answer;
        }

        private String collection(String alias) throws Exception {
            String answer = sent(
                            partner,
                            HttpRequest.newBuilder(URI.create(collections)).header("Accept", Taxii.MEDIA_TYPE),
                            200)
                    .body();
            for (Json item : StrictJson.parseObject(answer.getBytes(StandardCharsets.UTF_8))
                    .items("collections")) {
                JsonObject collection = (JsonObject) item;
                if (collection.string("alias").orElse("").equals(alias)) {
                    return collections + collection.string("id").orElseThrow() + "/objects/";
                }
            }
            throw new IllegalStateException("no " + alias + ": " + answer);
        }

        private static byte[] envelope(List<byte[]> objects) {
            List<String> texts = objects.stream()
                    .map(object -> new String(object, StandardCharsets.UTF_8))
                    .toList();
            return ("{\"objects\":[" + String.join(",", texts) + "]}").getBytes(StandardCharsets.UTF_8);
        }

        long intake(List<byte[]> objects) throws Exception {
            String inbox = collection("inbox");
            List<byte[]> bodies = new ArrayList<>();
            for (int from = 0; from < objects.size(); from += BATCH) {
                bodies.add(envelope(objects.subList(from, Math.min(objects.size(), from + BATCH))));
            }
            long begun = System.nanoTime();
            for (byte[] body : bodies) {
                String answer = sent(
                                partner,
                                HttpRequest.newBuilder(URI.create(inbox))
                                        .header("Content-Type", Taxii.MEDIA_TYPE)
                                        .header("Accept", Taxii.MEDIA_TYPE)
                                        .POST(BodyPublishers.ofByteArray(body)),
                                202)
                        .body();
                if (!answer.contains("\"failure_count\":0") || !answer.contains("\"pending_count\":0")) {
                    throw new IllegalStateException(answer.substring(0, Math.min(1000, answer.length())));
                }
            }
            long took = System.nanoTime() - begun;
            stored += objects.size();
            return took;
        }

        /** Pages of a thousand from moments that nobody asked for before, to an account that sees everything. */
        long pages(SplittableRandom random) throws Exception {
            Taxii collection = Taxii.collection(centre, "exchange");
            String page = collection.objects() + "?limit=1000";
            if (first == 0) {
                first = StixTimestamp.parse(get(page)
                        .headers()
                        .firstValue("X-TAXII-Date-Added-First")
                        .orElseThrow());
            }
            long last = StixTimestamp.parse(collection.lastAddedHeader());
            List<String> asked = new ArrayList<>();
            for (int i = 0; i < PAGES; i++) {
                asked.add(page + "&added_after="
                        + StixTimestamp.format(first + (long) ((last - first) * random.nextDouble() * 0.9)));
            }
            long begun = System.nanoTime();
            for (String one : asked) {
                get(one);
            }
            return System.nanoTime() - begun;
        }

        private HttpResponse<String> get(String path) throws Exception {
            HttpResponse<String> answer = centre.send(centre.request(path).header("Accept", Taxii.MEDIA_TYPE));
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(path + " answered " + answer.statusCode());
            }
            return answer;
        }

        /** Half of the values are known. */
        long pastes(SplittableRandom random) throws Exception {
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < PASTES; i++) {
                List<String> values = new ArrayList<>();
                for (int j = 0; j < VALUES; j++) {
                    values.add(
                            j % 2 == 0
                                    ? value(random.nextInt(stored))
                                    : "no-" + random.nextInt(1_000_000) + ".example.net");
                }
                Collections.shuffle(values, new java.util.Random(i));
                texts.add(String.join("\n", values));
            }
            long begun = System.nanoTime();
            for (String text : texts) {
                HttpResponse<String> answer = centre.send(centre.request("/api/search/values")
                        .header("Content-Type", "text/plain")
                        .POST(BodyPublishers.ofString(text)));
                if (answer.statusCode() != 200) {
                    throw new IllegalStateException(answer.statusCode() + ": " + answer.body());
                }
            }
            return System.nanoTime() - begun;
        }

        /** Submits objects of this centre. */
        void bring(List<byte[]> objects) throws Exception {
            for (int from = 0; from < objects.size(); from += BATCH) {
                HttpResponse<String> answer = centre.send(centre.request("/api/objects")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(
                                envelope(objects.subList(from, Math.min(objects.size(), from + BATCH))))));
                if (answer.statusCode() / 100 != 2) {
                    throw new IllegalStateException(answer.statusCode() + ": " + answer.body());
                }
            }
        }
    }
}
