package uz.koprik.gateway.whole;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import uz.koprik.gateway.access.AccountChanges;
import uz.koprik.gateway.access.AccountsFile;
import uz.koprik.gateway.access.Role;
import uz.koprik.gateway.config.Home;
import uz.koprik.indicators.policy.Tlp;

/**
 * What an ordinary account notices of a greedy one: searches, pages and indicators of the one, alone and beside the other, which sends
 * slow bodies, large pastes, wide searches, exports and imports on many connections from the same address. In turn, quiet and
 * loud, so that both see the same machine.
 *
 * <p>Run as {@code mvn -pl gateway -am -DskipTests -Dwhole=GreedyAccount "-Dwhole.args=50000 20 3" verify}: objects stored before, seconds of
 * a phase, and rounds of two phases.
 */
final class GreedyAccount {

    private static final int SLOW = 150;
    private static final int PASTES = 16;
    private static final int SEARCHES = 16;
    private static final int EXPORTS = 4;
    private static final int IMPORTS = 4;
    private static final int PASTED = 10_000;
    private static final int ROWS = 5000;

    private final ChildCentre centre;
    private final int count;
    private final SplittableRandom random = new SplittableRandom(1);
    private final AtomicBoolean loud = new AtomicBoolean();
    private final AtomicLong served = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final SSLContext tls = ChildCentre.anyCertificate();

    private GreedyAccount(ChildCentre centre, int count) throws Exception {
        this.centre = centre;
        this.count = count;
    }

    /** Prints a line a figure. */
    public static void main(String[] args) throws Exception {
        int count = args.length > 0 ? Integer.parseInt(args[0]) : 50_000;
        int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 20;
        int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 3;
        Path work = Files.createTempDirectory("greedy");
        try (ChildCentre centre = ChildCentre.init("tashkent", work, "-Xmx1g")) {
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
        System.out.println(centre.koprik("import", rows.toString(), "--columns", "name,value").strip());
        String greedy = account("greedy");
        String ordinary = account("ordinary");
        while (ask(ordinary, this::search) == 0) {
            Thread.onSpinWait();
        }
        phase(ordinary, seconds); // compiles
        List<Long> quiet = new ArrayList<>();
        List<Long> beside = new ArrayList<>();
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            begin(threads, greedy);
            for (int round = 0; round < rounds; round++) {
                quiet.addAll(phase(ordinary, seconds));
                loud.set(true);
                Thread.sleep(3000);
                beside.addAll(phase(ordinary, seconds));
                loud.set(false);
                Thread.sleep(3000);
            }
            threads.shutdownNow();
        }
        report("quiet", quiet);
        report("beside the greedy account", beside);
        System.out.printf(Locale.ROOT, "ratio: p50 %.2f, p99 %.2f; ordinary requests that failed: %d; greedy requests served %d, refused %d%n",
                (double) at(beside, 50) / at(quiet, 50), (double) at(beside, 99) / at(quiet, 99), failed.get(), served.get(), refused.get());
    }

    private String account(String name) throws Exception {
        AccountChanges changes = new AccountChanges(new AccountsFile(new Home(centre.home()).accounts()), InstantSource.system());
        changes.add(name, Role.ANALYST, Tlp.GREEN);
        return "Bearer " + changes.addToken(name, "measured", Optional.empty());
    }

    private static String value(int i) {
        return "host" + i + ".example" + i % 97 + ".org";
    }

    // The ordinary account.

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
        return centre.send(centre.request("/api/search?limit=20&q=" + value(random.nextInt(count))).setHeader("Authorization", authorization));
    }

    private HttpResponse<String> words(String authorization) throws IOException, InterruptedException {
        return centre.send(
                centre.request("/api/search?limit=20&q=family" + random.nextInt(1000)).setHeader("Authorization", authorization));
    }

    private HttpResponse<String> page(String authorization) throws IOException, InterruptedException {
        return centre.send(centre.request("/taxii2/koprik/collections/exchange/objects/?limit=100&added_after=2020-01-01T00:00:00."
                        + (100_000 + random.nextInt(800_000)) + "Z")
                .setHeader("Authorization", authorization).header("Accept", "application/taxii+json;version=2.1"));
    }

    private HttpResponse<String> indicator(String authorization) throws IOException, InterruptedException {
        return centre.send(centre.request("/api/indicators").setHeader("Authorization", authorization)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"value\":\"new" + random.nextLong(Long.MAX_VALUE) + ".example.net\"}")));
    }

    // The greedy account.

    private void begin(ExecutorService threads, String greedy) {
        for (int i = 0; i < SLOW; i++) {
            threads.submit(() -> slow(greedy));
        }
        SplittableRandom some = new SplittableRandom(2);
        String paste = IntStream.range(0, PASTED).mapToObj(i -> value(some.nextInt(count))).collect(Collectors.joining("\n"));
        repeat(threads, PASTES, () -> centre.send(centre.request("/api/search/values").setHeader("Authorization", greedy)
                .header("Content-Type", "text/plain").POST(BodyPublishers.ofString(paste))));
        repeat(threads, SEARCHES, () -> centre.send(
                centre.request("/api/search?limit=100&histogram=day&q=indicator").setHeader("Authorization", greedy)));
        repeat(threads, EXPORTS, () -> centre.send(centre.request("/api/export?format=csv").setHeader("Authorization", greedy)));
        AtomicLong fresh = new AtomicLong();
        repeat(threads, IMPORTS, () -> {
            long from = fresh.getAndAdd(ROWS);
            String list = IntStream.range(0, ROWS).mapToObj(i -> "greedy" + (from + i) + ".example.com").collect(Collectors.joining("\n"));
            return centre.send(centre.request("/api/import?format=list").setHeader("Authorization", greedy)
                    .header("Content-Type", "application/octet-stream").POST(BodyPublishers.ofString(list)));
        });
    }

    private void repeat(ExecutorService threads, int connections, Callable<HttpResponse<String>> ask) {
        for (int i = 0; i < connections; i++) {
            threads.submit(() -> {
                while (!Thread.interrupted()) {
                    if (!loud.get()) {
                        Thread.sleep(20);
                        continue;
                    }
                    try {
                        if (ask.call().statusCode() < 300) {
                            served.incrementAndGet();
                        } else {
                            refused.incrementAndGet();
                            Thread.sleep(100); // a greedy client that is refused asks again at once, but not in a loop without end
                        }
                    } catch (IOException cut) {
                        refused.incrementAndGet();
                        Thread.sleep(100);
                    }
                }
                return null;
            });
        }
    }

    /** Holds a connection with a body of which a byte comes, and begins again when it is closed. */
    private Void slow(String greedy) throws InterruptedException {
        byte[] head = ("POST /taxii2/koprik/collections/inbox/objects/ HTTP/1.1\r\nHost: x\r\nAuthorization: " + greedy
                        + "\r\nContent-Type: application/taxii+json\r\nContent-Length: 100000\r\n\r\n{")
                .getBytes(StandardCharsets.US_ASCII);
        while (!Thread.interrupted()) {
            if (!loud.get()) {
                Thread.sleep(20);
                continue;
            }
            int port = Integer.parseInt(centre.url("").replaceAll(".*:", ""));
            try (SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
                OutputStream out = socket.getOutputStream();
                out.write(head);
                out.flush();
                InputStream in = socket.getInputStream();
                in.readAllBytes();
            } catch (IOException cut) {
                // As it should be.
            }
            refused.incrementAndGet();
            Thread.sleep(500);
        }
        return null;
    }

    private static long at(List<Long> nanos, int percent) {
        List<Long> sorted = new ArrayList<>(nanos);
        Collections.sort(sorted);
        return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
    }

    private static void report(String what, List<Long> nanos) {
        System.out.printf(Locale.ROOT, "%s: %d requests, p50 %.1f ms, p99 %.1f ms%n", what, nanos.size(), at(nanos, 50) / 1e6, at(nanos, 99) / 1e6);
    }
}
