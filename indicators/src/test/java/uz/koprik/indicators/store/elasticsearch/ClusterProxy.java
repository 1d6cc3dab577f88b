package uz.koprik.indicators.store.elasticsearch;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Stands before a cluster and does what networks and busy clusters do, for the next few requests of a kind. */
public final class ClusterProxy implements AutoCloseable {

    /** What happens to a request. */
    public enum Fault {
        /** It is done, but nobody hears of it. */
        ANSWER_LOST,
        /** It never arrives. */
        REQUEST_LOST,
        BUSY_429,
        AWAY_503,
        /** Of a bulk, only every other item is done; the rest gets 429. */
        HALF_A_BULK,
        /** The password is not right (any more). */
        WRONG_KEY_401,
        NO_RIGHT_403,
        FLOOD_STAGE
    }

    private static final Set<String> NOT_FORWARDED =
            Set.of("connection", "content-length", "host", "upgrade", "transfer-encoding", "http2-settings", "expect");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI cluster;
    private final HttpServer server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AtomicInteger left = new AtomicInteger();
    public final AtomicInteger hit = new AtomicInteger();
    /** Requests of that kind, whether they failed or not. */
    final AtomicInteger seen = new AtomicInteger();

    private volatile Fault fault = Fault.ANSWER_LOST;
    private volatile Predicate<String> which = path -> false;

    public ClusterProxy(URI cluster) throws IOException {
        this.cluster = cluster;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** From now on, the next {@code count} requests whose path is one of those fail so. */
    public void fail(Fault how, int count, Predicate<String> path) {
        fault = how;
        which = path;
        hit.set(0);
        seen.set(0);
        left.set(count);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            boolean meant = which.test(exchange.getRequestURI().getPath());
            if (meant) {
                seen.incrementAndGet();
            }
            if (meant && left.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                hit.incrementAndGet();
                fail(exchange, body);
            } else {
                answer(exchange, forward(exchange, body), null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void fail(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        switch (fault) {
            case ANSWER_LOST -> forward(exchange, body);
            case REQUEST_LOST -> {}
            case BUSY_429 ->
                refuse(exchange, 429, "es_rejected_execution_exception", "rejected execution: queue is full");
            case AWAY_503 -> refuse(exchange, 503, "unavailable_shards_exception", "primary shard is not active");
            case WRONG_KEY_401 -> refuse(exchange, 401, "security_exception", "unable to authenticate");
            case NO_RIGHT_403 ->
                refuse(exchange, 403, "security_exception", "action [indices:admin/create] is unauthorized");
            case FLOOD_STAGE ->
                refuse(
                        exchange,
                        429,
                        "cluster_block_exception",
                        "index blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark, index has read-only-allow-delete block];");
            case HALF_A_BULK -> halfABulk(exchange, body);
        }
    }

    private static void refuse(HttpExchange exchange, int status, String type, String reason) throws IOException {
        ObjectNode error = JSON.createObjectNode();
        error.putObject("error").put("type", type).put("reason", reason);
        error.put("status", status);
        byte[] bytes = JSON.writeValueAsBytes(error);
        exchange.getResponseHeaders().set("X-Elastic-Product", "Elasticsearch");
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private void halfABulk(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        List<String> lines = new String(body, StandardCharsets.UTF_8).lines().toList();
        StringBuilder half = new StringBuilder();
        ArrayNode refused = JSON.createArrayNode();
        for (int i = 0; i < lines.size(); i += 2) {
            if (i % 4 == 0) {
                half.append(lines.get(i)).append('\n').append(lines.get(i + 1)).append('\n');
            } else {
                ObjectNode item = refused.addObject().putObject("create");
                item.put(
                                "_id",
                                JSON.readTree(lines.get(i))
                                        .path("create")
                                        .path("_id")
                                        .asText())
                        .put("_index", "x")
                        .put("status", 429);
                item.putObject("error")
                        .put("type", "es_rejected_execution_exception")
                        .put("reason", "queue is full");
            }
        }
        HttpResponse<byte[]> answer = forward(exchange, half.toString().getBytes(StandardCharsets.UTF_8));
        ObjectNode json = (ObjectNode) JSON.readTree(answer.body());
        json.put("errors", true);
        if (json.has("items")) { // it was asked for each
            json.withArray("items").addAll(refused);
        }
        answer(exchange, answer, JSON.writeValueAsBytes(json));
    }

    private HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        cluster.resolve(exchange.getRequestURI().toString()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!NOT_FORWARDED.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static void answer(HttpExchange exchange, HttpResponse<byte[]> answer, byte[] instead) throws IOException {
        answer.headers().map().forEach((name, values) -> {
            if (!NOT_FORWARDED.contains(name)) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        byte[] body = instead == null ? answer.body() : instead;
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(answer.statusCode(), head || body.length == 0 ? -1 : body.length);
        if (!head && body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        client.close();
    }
}
