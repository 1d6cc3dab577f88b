package uz.koprik.gateway.whole;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;

/** Imports, searches, pastes, exports of everything and slow readers at one time, while objects are added. */
final class MemoryLoad implements AutoCloseable {

    /** Of the objects that are added and counted; imports make none of these. */
    static final String TYPE = "malware";

    private static final int BATCH = 20;
    private static final int ROWS = 20_000;
    private static final int READERS = 12;

    /** For a prepared request on a slow machine, and for one that waits in line behind slow readers of this account. */
    private static final Duration PATIENCE = Duration.ofMinutes(6);

    private final ChildCentre centre;
    private final SSLContext tls = ChildCentre.anyCertificate();
    private final HttpClient http = HttpClient.newBuilder()
            .sslContext(tls)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final List<Thread> threads = new ArrayList<>();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<String> unexpected = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> answers = new ConcurrentSkipListMap<>();
    private final Map<String, Integer> brokenOff = new ConcurrentSkipListMap<>();
    private final Map<String, Integer> withoutStatus = new ConcurrentSkipListMap<>();
    private final AtomicLong rows = new AtomicLong(System.nanoTime());
    private volatile boolean ended;

    MemoryLoad(ChildCentre centre) throws GeneralSecurityException {
        this.centre = centre;
    }

    /** Work of one client. */
    private interface Work {
        HttpRequest.Builder request() throws IOException, InterruptedException;
    }

    /** Objects for exports and searches. */
    void prepare() throws IOException, InterruptedException {
        HttpResponse<String> loaded = http.send(imports().timeout(PATIENCE).build(), BodyHandlers.ofString());
        if (loaded.statusCode() != 200) {
            throw new AssertionError(loaded.statusCode() + ": " + loaded.body());
        }
    }

    void begin() throws IOException, InterruptedException {
        String objects = Taxii.collection(centre, "exchange").objects();
        start("add", () -> centre.request(objects)
                .header("Accept", Taxii.MEDIA_TYPE)
                .header("Content-Type", Taxii.MEDIA_TYPE)
                .POST(BodyPublishers.ofString("{\"objects\":["
                        + Stream.generate(MemoryLoad::object).limit(BATCH).collect(Collectors.joining(",")) + "]}")));
        String paste = "192.0.2.1 login.example.com ".repeat(150_000);
        for (int i = 0; i < 3; i++) {
            start("import", this::imports);
            start("paste", () -> centre.request("/api/search/values")
                    .header("Content-Type", "text/plain")
                    .POST(BodyPublishers.ofString(paste)));
            start("search", () -> centre.request("/api/search?limit=1000&histogram=day&q=indicator"));
            start("export", () -> centre.request("/api/export?format=stix&anyway=true"));
        }
        for (int i = 0; i < READERS; i++) {
            threads.add(Thread.ofPlatform().daemon().start(this::readSlowly));
        }
    }

    private HttpRequest.Builder imports() throws IOException {
        long from = rows.getAndAdd(ROWS);
        return centre.request("/api/import?format=list")
                .header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.ofString(IntStream.range(0, ROWS)
                        .mapToObj(i -> "host" + (from + i) + ".example.com")
                        .collect(Collectors.joining("\n"))));
    }

    private static String object() {
        return "{\"type\":\"" + TYPE + "\",\"spec_version\":\"2.1\",\"id\":\"" + TYPE + "--" + UUID.randomUUID()
                + "\",\"created\":\"2026-01-01T00:00:00.000Z\",\"modified\":\"2026-01-01T00:00:00.000Z\","
                + "\"is_family\":false,\"name\":\"A sample\"}";
    }

    private void start(String what, Work work) {
        threads.add(Thread.ofPlatform().daemon().start(() -> {
            while (!ended) {
                try {
                    HttpRequest request = work.request().timeout(PATIENCE).build();
                    take(what, http.send(request, BodyHandlers.ofInputStream()));
                } catch (IOException none) {
                    count(withoutStatus, what + " without a status: " + none);
                    pause();
                } catch (InterruptedException e) {
                    return;
                }
            }
        }));
    }

    private void take(String what, HttpResponse<InputStream> answer) {
        int status = answer.statusCode();
        try (InputStream body = answer.body()) {
            if (what.equals("add") && status == 202) {
                for (Json success : StrictJson.parseObject(body.readAllBytes()).items("successes")) {
                    acknowledged.add(((JsonObject) success).string("id").orElseThrow());
                }
            } else {
                body.transferTo(OutputStream.nullOutputStream());
            }
            count(answers, what + " " + status);
        } catch (IOException | MalformedJson broken) {
            count(brokenOff, what + " " + status + " broken off: " + broken);
            pause();
        }
        boolean later = (status == 503 || status == 429)
                && answer.headers().firstValue("Retry-After").isPresent();
        if (status >= 300 && !later) {
            unexpected.add(what + " " + status);
        }
        if (later) {
            pause();
        }
    }

    private static void count(Map<String, Integer> numbers, String what) {
        numbers.merge(what, 1, Integer::sum);
    }

    /** Asks for all objects, and takes a kilobyte of the answer twice a second. */
    private void readSlowly() {
        while (!ended) {
            try (SSLSocket socket =
                    (SSLSocket) tls.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), centre.port())) {
                socket.getOutputStream()
                        .write(
                                ("GET /api/export?format=stix&anyway=true HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                                                + Files.readString(centre.home().resolve("admin.token"))
                                                        .strip()
                                                + "\r\n\r\n")
                                        .getBytes(StandardCharsets.US_ASCII));
                InputStream in = socket.getInputStream();
                while (!ended && in.readNBytes(1024).length > 0) {
                    TimeUnit.MILLISECONDS.sleep(500);
                }
            } catch (IOException cut) {
                pause();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(300);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the load and waits for the answers that are on their way. */
    void end() throws InterruptedException {
        ended = true;
        for (Thread thread : threads) {
            if (!thread.join(PATIENCE)) {
                throw new AssertionError("a client still waits " + PATIENCE + " after the load");
            }
        }
    }

    /** Ids of the objects that a status resource named as stored. */
    Set<String> acknowledged() {
        return acknowledged;
    }

    /** Answers other than a success, 429 and 503 with a time to wait. */
    Set<String> unexpected() {
        return unexpected;
    }

    /** Requests whose connection ended before an answer began, with the error of the client. */
    Map<String, Integer> withoutStatus() {
        return Map.copyOf(withoutStatus);
    }

    /**
     * Answers that began and did not end. Their status is gone already when something fails: only the end of the
     * connection can say so.
     */
    Map<String, Integer> brokenOff() {
        return Map.copyOf(brokenOff);
    }

    String figures() {
        return acknowledged.size() + " objects acknowledged; answers " + answers + ", broken off " + brokenOff
                + ", without a status " + withoutStatus;
    }

    @Override
    public void close() {
        ended = true;
        threads.forEach(Thread::interrupt);
        http.close();
    }
}
