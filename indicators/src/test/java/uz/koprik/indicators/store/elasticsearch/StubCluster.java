package uz.koprik.indicators.store.elasticsearch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** Answers the question which cluster it is, and nothing else: for what the real node of the tests cannot be. */
public final class StubCluster implements AutoCloseable {

    private final HttpServer server;
    private final String scheme;
    private final String version;
    private final boolean elastic;

    /** @param elastic whether it says that it is Elasticsearch at all */
    StubCluster(String version, boolean elastic) throws IOException {
        this(
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0),
                "http",
                version,
                elastic);
    }

    StubCluster(String version, SSLContext tls) throws IOException {
        this(secure(tls), "https", version, true);
    }

    private StubCluster(HttpServer server, String scheme, String version, boolean elastic) {
        this.server = server;
        this.scheme = scheme;
        this.version = version;
        this.elastic = elastic;
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    private static HttpServer secure(SSLContext tls) throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        return server;
    }

    public URI url() {
        return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            byte[] body =
                    """
                    {"name": "n", "cluster_name": "c", "cluster_uuid": "u", "tagline": "You Know, for Search",
                     "version": {"number": "%s", "build_flavor": "default", "build_type": "docker", "build_hash": "x",
                       "build_date": "2026-01-01T00:00:00.000Z", "build_snapshot": false, "lucene_version": "10.0.0",
                       "minimum_wire_compatibility_version": "7.17.0", "minimum_index_compatibility_version": "7.0.0"}}"""
                            .formatted(version)
                            .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            if (elastic) {
                exchange.getResponseHeaders().set("X-Elastic-Product", "Elasticsearch");
            }
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
