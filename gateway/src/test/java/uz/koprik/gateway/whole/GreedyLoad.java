package uz.koprik.gateway.whole;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * The greedy account of {@link GreedyAccount}: begins and pauses as the lines on and off come in, and says at the end
 * what it got.
 */
final class GreedyLoad {

    private static final int SLOW = 100;
    private static final int PASTES = 8;
    private static final int SEARCHES = 8;
    private static final int EXPORTS = 2;
    private static final int IMPORTS = 2;
    private static final int PASTED = 10_000;
    private static final int ROWS = 5000;

    private final String url;
    private final String token;
    private final int count;
    private final SSLContext tls = ChildCentre.anyCertificate();
    private final HttpClient http = HttpClient.newBuilder()
            .sslContext(tls)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final AtomicBoolean loud = new AtomicBoolean();
    private final AtomicLong served = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    private GreedyLoad(String url, String token, int count) throws GeneralSecurityException {
        this.url = url;
        this.token = token;
        this.count = count;
    }

    /** The URL of the centre, the Authorization header, and how many values it holds. */
    public static void main(String[] args) throws Exception {
        GreedyLoad load = new GreedyLoad(args[0], args[1], Integer.parseInt(args[2]));
        load.begin();
        try (BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String order = orders.readLine(); order != null && !order.equals("end"); order = orders.readLine()) {
                load.loud.set(order.equals("on"));
            }
        }
        System.out.println(load.served.get() + " served, " + load.refused.get() + " refused or cut off");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path)).header("Authorization", token);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static void start(Callable<?> work) {
        Thread.ofPlatform().daemon().start(new FutureTask<>(work));
    }

    private void begin() {
        for (int i = 0; i < SLOW; i++) {
            start(this::slow);
        }
        SplittableRandom some = new SplittableRandom(2);
        String paste = IntStream.range(0, PASTED)
                .mapToObj(i -> GreedyAccount.value(some.nextInt(count)))
                .collect(Collectors.joining("\n"));
        repeat(
                PASTES,
                () -> send(request("/api/search/values")
                        .header("Content-Type", "text/plain")
                        .POST(BodyPublishers.ofString(paste))));
        repeat(SEARCHES, () -> send(request("/api/search?limit=100&histogram=day&q=indicator")));
        repeat(EXPORTS, () -> send(request("/api/export?format=csv")));
        AtomicLong fresh = new AtomicLong();
        repeat(IMPORTS, () -> {
            long from = fresh.getAndAdd(ROWS);
            String list = IntStream.range(0, ROWS)
                    .mapToObj(i -> "greedy" + (from + i) + ".example.com")
                    .collect(Collectors.joining("\n"));
            return send(request("/api/import?format=list")
                    .header("Content-Type", "application/octet-stream")
                    .POST(BodyPublishers.ofString(list)));
        });
    }

    private void repeat(int connections, Callable<HttpResponse<String>> ask) {
        for (int i = 0; i < connections; i++) {
            start(() -> {
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
                            Thread.sleep(500);
                        }
                    } catch (IOException cut) {
                        refused.incrementAndGet();
                        Thread.sleep(500);
                    }
                }
                return null;
            });
        }
    }

    /** Holds a connection with a body of which a byte comes, and begins again when it is closed. */
    private Void slow() throws InterruptedException {
        byte[] head = ("POST /taxii2/koprik/collections/inbox/objects/ HTTP/1.1\r\nHost: x\r\nAuthorization: " + token
                        + "\r\nContent-Type: application/taxii+json\r\nContent-Length: 100000\r\n\r\n{")
                .getBytes(StandardCharsets.US_ASCII);
        while (!Thread.interrupted()) {
            if (!loud.get()) {
                Thread.sleep(20);
                continue;
            }
            int port = URI.create(url).getPort();
            try (SSLSocket socket =
                    (SSLSocket) tls.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
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
}
