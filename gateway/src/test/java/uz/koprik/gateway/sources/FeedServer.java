package uz.koprik.gateway.sources;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A server of feeds on the loopback interface, whose files a test sets. */
final class FeedServer implements AutoCloseable {

    /** An answer; without a body it is a status alone. */
    private record File(int status, String body, Map<String, String> headers) {}

    private final HttpServer server;
    private final Map<String, File> files = new ConcurrentHashMap<>();
    /** Paths with queries, in the order of the requests. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    FeedServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    String url(String path) {
        return "http://localhost:" + server.getAddress().getPort() + path;
    }

    /** Serves a text; its entity tag follows from the text. */
    void put(String path, String body) {
        files.put(path, new File(200, body, Map.of("ETag", "\"" + Integer.toHexString(body.hashCode()) + "\"")));
    }

    void status(String path, int status, String... header) {
        files.put(path, new File(status, "", header.length == 0 ? Map.of() : Map.of(header[0], header[1])));
    }

    /** Serves a text that breaks off before its end. */
    void cut(String path, String body) {
        files.put(path, new File(-1, body, Map.of()));
    }

    /** The requests since the last call. */
    List<String> asked() {
        List<String> all = List.copyOf(asked);
        asked.clear();
        return all;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString();
        asked.add(path);
        File file = files.getOrDefault(path, new File(404, "", Map.of()));
        file.headers().forEach(exchange.getResponseHeaders()::set);
        byte[] body = file.body().getBytes(StandardCharsets.UTF_8);
        String tag = file.headers().getOrDefault("ETag", "");
        if (!tag.isEmpty() && tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
            exchange.sendResponseHeaders(304, -1);
        } else if (body.length == 0) {
            exchange.sendResponseHeaders(file.status(), -1);
        } else {
            exchange.sendResponseHeaders(
                    Math.abs(file.status() == -1 ? 200 : file.status()), body.length + (file.status() == -1 ? 100 : 0));
            exchange.getResponseBody().write(body);
            exchange.getResponseBody().flush();
        }
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
