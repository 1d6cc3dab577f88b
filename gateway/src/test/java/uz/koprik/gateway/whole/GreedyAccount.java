package uz.koprik.gateway.whole;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import uz.koprik.gateway.auth.AccountChanges;
import uz.koprik.gateway.auth.AccountsFile;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.config.Home;
import uz.koprik.indicators.policy.Tlp;

/**
 * What an ordinary account notices of a greedy one: searches, pages and indicators of the one, alone and beside the
 * other, which sends slow bodies, large pastes, wide searches, exports and imports on many connections from the same
 * address and a process of its own: at the lowest priority, since in the field its own work is done by another machine.
 * In turn, quiet and loud, so that both see the same machine.
 *
 * <p>Run as {@code mvn -pl gateway -am -DskipTests -Dwhole=GreedyAccount "-Dwhole.args=50000 20 3" verify}: objects
 * stored before, seconds of a phase, rounds of two phases, and JVM options of the centre, separated by commas (by
 * default those of bin/koprik).
 */
final class GreedyAccount {

    private static final List<String> KINDS =
            List.of("search for a value", "page of 100", "new indicator", "search for a word");

    private final ChildCentre centre;
    private final int count;
    private final SplittableRandom random = new SplittableRandom(1);
    private final AtomicLong failed = new AtomicLong();
    private final Map<String, List<Long>> byKind = new TreeMap<>();
    private boolean beside;

    private GreedyAccount(ChildCentre centre, int count) {
        this.centre = centre;
        this.count = count;
    }

    /** Prints a line a figure. */
    public static void main(String[] args) throws Exception {
        int count = args.length > 0 ? Integer.parseInt(args[0]) : 50_000;
        int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 20;
        int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 3;
        Path work = Files.createTempDirectory("greedy");
        String options = args.length > 3 ? args[3] : "-XX:+UseParallelGC,-XX:NewRatio=1";
        try (ChildCentre centre = ChildCentre.init("tashkent", work, options.split(","))) {
            centre.start();
            new GreedyAccount(centre, count).run(work, seconds, rounds);
            centre.stop();
        }
    }

    private void run(Path work, int seconds, int rounds) throws Exception {
        Path rows = work.resolve("rows.tsv");
        try (BufferedWriter out = Files.newBufferedWriter(rows)) {
            for (int i = 0; i < count; i++) {
                out.write("family" + i % 1000 + "\t" + value(i) + "\n");
            }
        }
        System.out.println(centre.koprik("import", rows.toString(), "--columns", "name,value")
                .strip());
        String greedy = account("greedy");
        String ordinary = account("ordinary");
        while (ask(ordinary, this::search) == 0) {
            Thread.onSpinWait();
        }
        phase(ordinary, seconds); // compiles
        byKind.clear();
        List<Long> quiet = new ArrayList<>();
        List<Long> beside = new ArrayList<>();
        String counts;
        Process other = new ProcessBuilder(
                        "nice",
                        "-n",
                        "19",
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        GreedyLoad.class.getName(),
                        centre.url(""),
                        greedy,
                        Integer.toString(count))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedWriter orders = other.outputWriter();
                BufferedReader answers = other.inputReader()) {
            for (int round = 0; round < rounds; round++) {
                quiet.addAll(phase(ordinary, seconds));
                order(orders, "on");
                Thread.sleep(3000);
                this.beside = true;
                beside.addAll(phase(ordinary, seconds));
                this.beside = false;
                order(orders, "off");
                Thread.sleep(3000);
            }
            order(orders, "end");
            counts = answers.readLine();
        } finally {
            other.destroy();
        }
        byKind.forEach(GreedyAccount::report);
        report("quiet", quiet);
        report("beside the greedy account", beside);
        System.out.printf(
                Locale.ROOT,
                "ratio: p50 %.2f, p99 %.2f; ordinary requests that failed: %d; the greedy account: %s%n",
                (double) at(beside, 50) / at(quiet, 50),
                (double) at(beside, 99) / at(quiet, 99),
                failed.get(),
                counts);
    }

    private static void order(BufferedWriter orders, String word) throws IOException {
        orders.write(word + "\n");
        orders.flush();
    }

    private String account(String name) throws Exception {
        AccountChanges changes = new AccountChanges(
                new AccountsFile(new Home(centre.home()).accounts()), InstantSource.system(), "a test");
        changes.add(name, Role.ANALYST, Tlp.GREEN);
        return "Bearer " + changes.addToken(name, "measured", Optional.empty());
    }

    /** The i-th stored value. */
    static String value(int i) {
        return "host" + i + ".example" + i % 97 + ".org";
    }

    /** One request; its status. */
    private interface Ask {
        HttpResponse<String> send(String authorization) throws IOException, InterruptedException;
    }

    private List<Long> phase(String ordinary, int seconds) throws Exception {
        List<Long> nanos = new ArrayList<>();
        List<Ask> asks = List.of(this::search, this::page, this::indicator, this::words);
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        for (int i = 0; System.nanoTime() < end; i++) {
            long took = ask(ordinary, asks.get(i % asks.size()));
            if (took > 0) {
                nanos.add(took);
                String kind = KINDS.get(i % KINDS.size()) + (beside ? ", beside the greedy account" : ", quiet");
                byKind.computeIfAbsent(kind, first -> new ArrayList<>()).add(took);
            } else {
                failed.incrementAndGet();
            }
            Thread.sleep(10);
        }
        return nanos;
    }

    private static long ask(String authorization, Ask ask) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        int status = ask.send(authorization).statusCode();
        return status < 300 ? System.nanoTime() - begun : 0;
    }

    private HttpResponse<String> search(String authorization) throws IOException, InterruptedException {
        return centre.send(centre.request("/api/search?limit=20&q=" + value(random.nextInt(count)))
                .setHeader("Authorization", authorization));
    }

    private HttpResponse<String> words(String authorization) throws IOException, InterruptedException {
        return centre.send(centre.request("/api/search?limit=20&q=family" + random.nextInt(1000))
                .setHeader("Authorization", authorization));
    }

    private HttpResponse<String> page(String authorization) throws IOException, InterruptedException {
        return centre.send(
                centre.request("/taxii2/koprik/collections/exchange/objects/?limit=100&added_after=2020-01-01T00:00:00."
                                + (100_000 + random.nextInt(800_000)) + "Z")
                        .setHeader("Authorization", authorization)
                        .header("Accept", "application/taxii+json;version=2.1"));
    }

    private HttpResponse<String> indicator(String authorization) throws IOException, InterruptedException {
        return centre.send(centre.request("/api/indicators")
                .setHeader("Authorization", authorization)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(
                        "{\"value\":\"new" + random.nextLong(Long.MAX_VALUE) + ".example.net\"}")));
    }

    private static long at(List<Long> nanos, int percent) {
        List<Long> sorted = new ArrayList<>(nanos);
        Collections.sort(sorted);
        return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
    }

    private static void report(String what, List<Long> nanos) {
        System.out.printf(
                Locale.ROOT,
                "%s: %d requests, p50 %.1f ms, p99 %.1f ms%n",
                what,
                nanos.size(),
                at(nanos, 50) / 1e6,
                at(nanos, 99) / 1e6);
    }
}
