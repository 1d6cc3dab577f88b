package uz.koprik.gateway.health;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.gateway.concurrent.ThreadPools;
import uz.koprik.gateway.trouble.HealthTrouble;
import uz.koprik.indicators.wording.Sentence;

/**
 * Answers {@code /healthz} and {@code /readyz} by plain HTTP on a thread of its own. It uses neither event loops nor
 * virtual threads nor the log, so it answers also when these hang. All classes that it needs are loaded when it opens.
 */
public final class HealthListener implements AutoCloseable {

    /** A client must have sent its request after this time; the next one, and the next beat, wait no longer. */
    private static final int REQUEST_MILLIS = 1000;

    private static final int LONGEST_REQUEST = 8192;
    private static final int READINESS_CHECKS = 16;
    private static final int BACKLOG = 64;
    /** Made before anything fails: it needs no class and no memory. */
    private static final byte[] FAILED = response(
                    "503 Service Unavailable", body("failed", List.of("the health check itself failed")), true)
            .getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket server;
    private final Liveness liveness;
    private final HealthRoutes.Readiness readiness;
    private final Semaphore checks = new Semaphore(READINESS_CHECKS);
    private final int beatMillis;
    private final AtomicReference<Throwable> broken = new AtomicReference<>();
    private volatile boolean closed;
    private Thread thread;

    /** Whether the process does its work. Neither method waits or logs. */
    public interface Liveness {

        /** Asks all parts for a sign of life; called at least once per period. */
        void beat();

        /** Why only a restart helps, in words that name no partner, account or file; empty when all is well. */
        List<String> troubles();
    }

    private HealthListener(ServerSocket server, Liveness liveness, HealthRoutes.Readiness readiness, Duration beat) {
        this.server = server;
        this.liveness = liveness;
        this.readiness = readiness;
        this.beatMillis = (int) beat.toMillis();
    }

    /**
     * Listens, and returns after it answered a first request of its own.
     *
     * @param port 0 lets the system choose one
     * @param beat the longest pause between two calls of {@link Liveness#beat}
     * @throws IOException when the port is taken, or the address is not one of this machine
     */
    public static HealthListener open(
            String host, int port, Liveness liveness, HealthRoutes.Readiness readiness, Duration beat)
            throws IOException {
        ServerSocket server = new ServerSocket();
        try {
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(InetAddress.getByName(host), port), BACKLOG);
            HealthListener listener = new HealthListener(server, liveness, readiness, beat);
            listener.thread = ThreadPools.platformOnce("koprik-health", listener::run);
            listener.rehearse();
            return listener;
        } catch (IOException | RuntimeException failed) {
            server.close();
            throw failed;
        }
    }

    /** Where it answers, without a slash at the end. */
    public String url() {
        String host = server.getInetAddress().getHostAddress();
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + server.getLocalPort();
    }

    /** One request for each answer, so that their classes are loaded. */
    private void rehearse() throws IOException {
        InetAddress own = server.getInetAddress().isAnyLocalAddress()
                ? InetAddress.getLoopbackAddress()
                : server.getInetAddress();
        for (String path : List.of("/healthz", "/readyz", "/")) {
            try (Socket client = new Socket(own, server.getLocalPort())) {
                client.setSoTimeout(10 * REQUEST_MILLIS);
                client.getOutputStream()
                        .write(("GET " + path + " HTTP/1.1\r\nHost: health\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                client.getInputStream().readAllBytes();
            }
        }
        response(
                "503 Service Unavailable",
                body(
                        "not alive",
                        List.of(HealthTrouble.EVENT_LOOPS
                                .with(Map.of("count", 0, "all", 0))
                                .text())),
                true);
    }

    private void run() {
        while (!closed) {
            try {
                server.setSoTimeout(beatMillis);
                serve(server.accept());
            } catch (SocketTimeoutException quiet) {
                // The beat below is due.
            } catch (IOException failed) {
                // The client went away, or this listener is being closed.
            } catch (Throwable failure) {
                // The client has its answer; this thread must not end.
            }
            try {
                liveness.beat();
                broken.set(null);
            } catch (Throwable failure) {
                broken.set(failure);
            }
        }
    }

    private void serve(Socket client) throws IOException {
        boolean handedOver = false;
        try {
            String request = requestLine(client);
            String[] words = request.split(" ", -1);
            boolean body = !words[0].equals("HEAD");
            String path = words.length < 2 ? "" : words[1].replaceFirst("\\?.*", "");
            if (words.length != 3 || !words[2].startsWith("HTTP/1.")) {
                answer(client, response("400 Bad Request", body("this is no HTTP request", List.of()), true));
            } else if (!words[0].equals("GET") && body) {
                answer(client, response("405 Method Not Allowed", body("use GET or HEAD", List.of()), true));
            } else if (path.equals("/healthz")) {
                answer(client, health(body));
            } else if (path.equals("/readyz")) {
                handedOver = ready(client, body);
            } else {
                answer(client, response("404 Not Found", body("use /healthz or /readyz", List.of()), body));
            }
        } catch (RuntimeException | Error failure) {
            client.getOutputStream().write(FAILED);
            throw failure;
        } finally {
            if (!handedOver) {
                client.close();
            }
        }
    }

    private String health(boolean body) {
        List<String> troubles = liveness.troubles();
        Throwable failure = broken.get();
        if (troubles.isEmpty() && failure != null) {
            troubles = List.of("the health check failed (" + failure.getClass().getSimpleName() + ")");
        }
        return troubles.isEmpty()
                ? response("200 OK", body("running", List.of()), body)
                : response("503 Service Unavailable", body("hanging", troubles), body);
    }

    /** The check of the store can take seconds, so another thread answers: {@code /healthz} must not wait for it. */
    private boolean ready(Socket client, boolean body) throws IOException {
        List<String> troubles = liveness.troubles();
        if (!troubles.isEmpty() || !checks.tryAcquire()) {
            List<String> reasons = troubles.isEmpty() ? List.of("too many readiness checks at one time") : troubles;
            answer(client, response("503 Service Unavailable", body("not ready", reasons), body));
            return false;
        }
        readiness.ask().whenComplete((reasons, failure) -> {
            checks.release();
            List<String> all = failure == null
                    ? reasons.stream().map(Sentence::text).toList()
                    : List.of("the check itself failed; see the log");
            try (client) {
                answer(
                        client,
                        all.isEmpty()
                                ? response("200 OK", body("ready", List.of()), body)
                                : response("503 Service Unavailable", body("not ready", all), body));
            } catch (IOException gone) {
                // Nobody waits for the answer any more.
            }
        });
        return true;
    }

    /** The first line of a request whose headers are read to their end, so that closing does not reset the answer. */
    private String requestLine(Socket client) throws IOException {
        long end = System.nanoTime() + Math.min(REQUEST_MILLIS, beatMillis) * 1_000_000L;
        InputStream in = client.getInputStream();
        byte[] buffer = new byte[LONGEST_REQUEST];
        int length = 0;
        while (length < buffer.length) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left < 1) {
                throw new SocketTimeoutException("the request is too slow");
            }
            client.setSoTimeout((int) left);
            int read = in.read(buffer, length, buffer.length - length);
            if (read < 0) {
                break;
            }
            length += read;
            String text = new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
            if (text.contains("\r\n\r\n") || text.contains("\n\n")) {
                return text.lines().findFirst().orElse("").strip();
            }
        }
        return "";
    }

    private static void answer(Socket client, String response) throws IOException {
        client.getOutputStream().write(response.getBytes(StandardCharsets.UTF_8));
        client.shutdownOutput();
    }

    private static String body(String status, List<String> reasons) {
        JsonObject.Builder body = JsonObject.builder();
        if (!reasons.isEmpty()) {
            body.putStrings("reasons", reasons);
        }
        return CanonicalJson.text(body.put("status", status).build());
    }

    private static String response(String status, String body, boolean withBody) {
        return "HTTP/1.1 " + status
                + "\r\nContent-Type: application/json\r\nCache-Control: no-store\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\nConnection: close\r\n\r\n"
                + (withBody ? body : "");
    }

    @Override
    public void close() throws IOException {
        closed = true;
        server.close();
        try {
            thread.join(Duration.ofSeconds(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the socket is closed; the thread ends by itself
        }
    }
}
