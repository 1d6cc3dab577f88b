package uz.koprik.gateway.whole;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch.core.BulkRequest;
import co.elastic.clients.elasticsearch.core.BulkResponse;
import co.elastic.clients.util.BinaryData;
import co.elastic.clients.util.ContentType;
import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManager;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.crypto.trust.KeyFile;
import uz.koprik.crypto.trust.Passphrase;
import uz.koprik.gateway.config.Home;

/**
 * What a centre costs on a cluster: the same signed objects posted by a partner over mutual TLS to a gateway (read
 * strictly, verified, judged by policy, stored, correlated), beside the same bytes by the bare client in {@code _bulk}
 * requests to the same node, with mappings made by the node, durable as ours. Both in turn, so that the node is as warm
 * for one as for the other, each into an index that grows; at last by hand without a client, into an index of its own.
 * All on this machine, the node too.
 *
 * <p>Run as {@code mvn -pl gateway -am -DskipTests -Dwhole=IntakeBesideBulk "-Dwhole.args=400000" verify}.
 */
final class IntakeBesideBulk {

    private static final int BATCH = 1000;
    private static final int CONNECTIONS = 4;
    private static final int ROUNDS = 4;
    private static final String RAW = "raw";

    private final Path work;
    private final CpuTime cpu = new CpuTime();
    private final HttpClient plain =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private IntakeBesideBulk(Path work) {
        this.work = work;
    }

    /** Prints a line a figure; the argument is how many objects are measured, after as many that warm up. */
    public static void main(String[] args) throws Exception {
        int count = args.length > 0 ? Integer.parseInt(args[0]) : 400_000;
        new IntakeBesideBulk(Files.createTempDirectory("intake")).run(count);
    }

    private void run(int count) throws Exception {
        try (MeasuredNode node = MeasuredNode.start(work);
                ElasticsearchClient bare = ElasticsearchClient.of(config -> config.host(node.url()));
                ChildCentre tashkent =
                        ChildCentre.init("tashkent", work, "-Xmx2g", "-XX:+UseParallelGC", "-XX:NewRatio=1");
                ChildCentre budapest =
                        ChildCentre.init("budapest", work, "-Xmx2g", "-XX:+UseParallelGC", "-XX:NewRatio=1")) {
            ChildCentre.introduceWithoutFeeds(tashkent, budapest);
            node.keeps(tashkent);
            budapest.start();
            List<List<byte[]>> objects = batches(signed(budapest, 2 * count));
            budapest.stop();
            tashkent.start();
            HttpClient partner = client(budapest.home());
            String inbox = inbox(tashkent, partner);

            cpu.of("node", node.pid()).of("gateway", tashkent.pid());

            bare.indices().create(request -> request.index(RAW)
                    .settings(s -> s.numberOfShards("1").numberOfReplicas("0").refreshInterval(t -> t.time("-1"))));
            Cost raw = Cost.NOTHING;
            Cost intake = Cost.NOTHING;
            Cost left = Cost.NOTHING;
            for (int round = 0; round < 2 * ROUNDS; round++) {
                if (round
                        == ROUNDS) { // until here both sides were compiling: a minute of a processor, and no cost of an
                    // object
                    raw = intake = left = Cost.NOTHING;
                    System.out.println("from here on it counts");
                }
                int from = objects.size() * round / 2 / ROUNDS;
                List<List<byte[]>> some = objects.subList(from, objects.size() * (round + 1) / 2 / ROUNDS);
                int size = some.stream().mapToInt(List::size).sum();
                if (round % 2 == 0) {
                    raw = raw.and(measured("raw bulk", size, () -> bulk(bare, from, some)));
                }
                intake = intake.and(measured("intake", size, () -> intake(partner, inbox, some)));
                // answers when the index shows everything
                left = left.and(
                        measured("until it is found by words", size, () -> tashkent.get("/api/search?q=koprik")));
                if (round % 2 == 1) {
                    raw = raw.and(measured("raw bulk", size, () -> bulk(bare, from, some)));
                }
            }
            bare.indices().delete(request -> request.index(RAW)); // so that what comes next has the node to itself
            Cost byHand = measured(
                    "raw bulk without any client",
                    count,
                    () -> plainBulk(node.url(), "raw-plain", objects.subList(objects.size() / 2, objects.size())));
            System.out.printf(
                    Locale.ROOT,
                    "by processor time: raw %.0f, intake %.0f, until found %.0f more microseconds an object; ratio %.2f%n",
                    raw.cpu / count * 1e6,
                    intake.cpu / count * 1e6,
                    left.cpu / count * 1e6,
                    raw.cpu / (intake.cpu + left.cpu));
            long entries = ((JsonNumber)
                            StrictJson.parseObject(tashkent.get("/api/status").getBytes(StandardCharsets.UTF_8))
                                    .get("entries"))
                    .longValue();
            System.out.printf(
                    Locale.ROOT,
                    "%,d objects: raw %,.0f, intake %,.0f objects/s; ratio %.2f, beside bulk without any client %.2f; %,d entries in the store%n",
                    count,
                    count / raw.seconds,
                    count / intake.seconds,
                    raw.seconds / intake.seconds,
                    byHand.seconds / intake.seconds,
                    entries);
        }
    }

    /** By the clock, and by all processors together. */
    private record Cost(double seconds, double cpu) {

        static final Cost NOTHING = new Cost(0, 0);

        Cost and(Cost other) {
            return new Cost(seconds + other.seconds, cpu + other.cpu);
        }
    }

    private interface Step {
        void run() throws Exception;
    }

    private Cost measured(String what, int objects, Step step) throws Exception {
        cpu.begin();
        long begun = System.nanoTime();
        step.run();
        Cost cost = new Cost((System.nanoTime() - begun) / 1e9, cpu.total());
        System.out.printf(
                Locale.ROOT,
                "%-28s %,8d objects in %7.2f s: %,8.0f objects/s; processors %.2f s: %s%n",
                what,
                objects,
                cost.seconds,
                objects / cost.seconds,
                cost.cpu,
                cpu.words());
        return cost;
    }

    /** Indicators as another centre signed and published them. */
    private List<byte[]> signed(ChildCentre centre, int count) throws Exception {
        Path rows = work.resolve("rows.tsv");
        try (BufferedWriter out = Files.newBufferedWriter(rows)) {
            for (int i = 0; i < count; i++) {
                out.write("family" + i % 1000 + "\thost-" + i + ".example.com\n");
            }
        }
        centre.koprik("import", rows.toString(), "--columns", "name,value", "--tlp", "green");
        Map<String, byte[]> published = Taxii.collection(centre, "exchange").bytes();
        List<byte[]> indicators = new ArrayList<>();
        for (Map.Entry<String, byte[]> object : published.entrySet()) {
            if (object.getKey().startsWith("indicator--")) {
                indicators.add(object.getValue());
            }
        }
        return indicators;
    }

    private static List<List<byte[]>> batches(List<byte[]> objects) {
        List<List<byte[]>> batches = new ArrayList<>();
        for (int from = 0; from < objects.size(); from += BATCH) {
            batches.add(objects.subList(from, Math.min(objects.size(), from + BATCH)));
        }
        return batches;
    }

    /** Sends something for every batch on a few connections at once. */
    private static void timed(List<List<byte[]>> batches, Sender sender) throws Exception {
        AtomicInteger next = new AtomicInteger();
        Callable<Void> worker = () -> {
            for (int i = next.getAndIncrement(); i < batches.size(); i = next.getAndIncrement()) {
                sender.send(i, batches.get(i));
            }
            return null;
        };
        try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
            List<Future<Void>> all = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                all.add(threads.submit(worker));
            }
            for (Future<Void> one : all) {
                one.get();
            }
        }
    }

    private interface Sender {
        void send(int number, List<byte[]> batch) throws Exception;
    }

    /** By the client that the store uses, as it comes: objects as they are, each under an id of its own. */
    private static void bulk(ElasticsearchClient client, int firstBatch, List<List<byte[]>> batches) throws Exception {
        timed(batches, (number, batch) -> {
            BulkRequest.Builder bulk = new BulkRequest.Builder().index(RAW);
            for (int i = 0; i < batch.size(); i++) {
                String id = Integer.toString((firstBatch + number) * BATCH + i);
                BinaryData object = BinaryData.of(batch.get(i), ContentType.APPLICATION_JSON);
                bulk.operations(op -> op.create(c -> c.id(id).document(object)));
            }
            BulkResponse answer = client.bulk(bulk.build());
            if (answer.errors()) {
                throw new IllegalStateException(
                        "the bulk failed in part: " + answer.items().getFirst());
            }
        });
    }

    /** Without any client, by bodies written by hand: less than that no sender can do. */
    private void plainBulk(String url, String index, List<List<byte[]>> batches) throws Exception {
        String settings =
                "{\"settings\":{\"number_of_shards\":1,\"number_of_replicas\":0,\"refresh_interval\":\"-1\"}}";
        sent(
                plain,
                HttpRequest.newBuilder(URI.create(url + "/" + index))
                        .header("Content-Type", "application/json")
                        .PUT(HttpRequest.BodyPublishers.ofString(settings)),
                200);
        timed(batches, (number, batch) -> {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            for (int i = 0; i < batch.size(); i++) {
                body.writeBytes(("{\"create\":{\"_id\":\"" + (number * BATCH + i) + "\"}}\n")
                        .getBytes(StandardCharsets.US_ASCII));
                body.writeBytes(batch.get(i));
                body.write('\n');
            }
            HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/" + index + "/_bulk?filter_path=errors"))
                    .header("Content-Type", "application/x-ndjson")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                    .build();
            HttpResponse<String> answer = plain.send(request, HttpResponse.BodyHandlers.ofString());
            while (answer.statusCode() == 429) { // its memory is full: a sender without a client must wait itself
                Thread.sleep(100);
                answer = plain.send(request, HttpResponse.BodyHandlers.ofString());
            }
            if (!answer.body().contains("\"errors\":false")) {
                throw new IllegalStateException("the bulk failed: " + answer.body());
            }
        });
    }

    private static void intake(HttpClient partner, String inbox, List<List<byte[]>> batches) throws Exception {
        timed(batches, (number, batch) -> {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            body.writeBytes("{\"objects\":[".getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < batch.size(); i++) {
                if (i > 0) {
                    body.write(',');
                }
                body.writeBytes(batch.get(i));
            }
            body.writeBytes("]}".getBytes(StandardCharsets.US_ASCII));
            String answer = sent(
                    partner,
                    HttpRequest.newBuilder(URI.create(inbox))
                            .header("Content-Type", Taxii.MEDIA_TYPE)
                            .header("Accept", Taxii.MEDIA_TYPE)
                            .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray())),
                    202);
            JsonObject status = StrictJson.parseObject(answer.getBytes(StandardCharsets.UTF_8));
            long stored = ((JsonNumber) status.get("success_count")).longValue();
            if (stored != batch.size() || !status.string("status").orElse("").equals("complete")) {
                throw new IllegalStateException(
                        "not all were taken: " + answer.substring(0, Math.min(1000, answer.length())));
            }
        });
    }

    private static String sent(HttpClient client, HttpRequest.Builder request, int expected)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != expected) {
            throw new IllegalStateException(answer.uri() + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }

    private static HttpClient client(Path home) throws Exception {
        Home files = new Home(home);
        CentreKeys keys = new KeyFile(files.keyFile()).load(Passphrase.fromFile(files.passphrase()));
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(ChildCentre.anyCertificate(new KeyManager[] {keys.tlsKeyManager()}))
                .build();
    }

    private static String inbox(ChildCentre centre, HttpClient partner) throws Exception {
        String collections = centre.url("/taxii2/koprik/collections/");
        String answer =
                sent(partner, HttpRequest.newBuilder(URI.create(collections)).header("Accept", Taxii.MEDIA_TYPE), 200);
        for (Json item :
                StrictJson.parseObject(answer.getBytes(StandardCharsets.UTF_8)).items("collections")) {
            JsonObject collection = (JsonObject) item;
            if (collection.string("alias").orElse("").equals("inbox")) {
                return collections + collection.string("id").orElseThrow() + "/objects/";
            }
        }
        throw new IllegalStateException("no inbox: " + answer);
    }
}
