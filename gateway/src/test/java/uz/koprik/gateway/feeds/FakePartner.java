package uz.koprik.gateway.feeds;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.TrustOptions;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.X509TrustManager;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.indicators.stix.values.StixTimestamp;

/** A TAXII server over real TLS that does what a test says, right or wrong. */
public final class FakePartner {

    /** What the test says; answers everything that the standard answers below do not. */
    public interface Script {
        /** @return whether it answered */
        boolean answer(HttpServerRequest request, Buffer body);
    }

    public final List<String> asked = new CopyOnWriteArrayList<>();
    public final List<String> pushed = new CopyOnWriteArrayList<>();
    public final List<String> objects = new CopyOnWriteArrayList<>();
    public volatile Script script = (request, body) -> false;
    volatile long maxContentLength = 1 << 20;
    volatile int pageSize = 1000;
    private final HttpServer server;

    FakePartner(Vertx vertx, CentreKeys keys, int port) throws Exception {
        HttpServerOptions options = new HttpServerOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                .setSsl(true)
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
                .setClientAuth(ClientAuth.REQUEST)
                .setTrustOptions(TrustOptions.wrap(anybody()))
                .setKeyCertOptions(KeyCertOptions.wrap(keys.tlsKeyManager()));
        server = vertx.createHttpServer(options);
        server.requestHandler(request -> request.body().onSuccess(body -> {
            asked.add(request.method() + " " + request.uri());
            if (!script.answer(request, body)) {
                standard(request, body);
            }
        }));
        server.listen().await(10, TimeUnit.SECONDS);
    }

    public FakePartner(Vertx vertx, CentreKeys keys) throws Exception {
        this(vertx, keys, 0);
    }

    public int port() {
        return server.actualPort();
    }

    public String endpoint() {
        return "https://127.0.0.1:" + port() + "/taxii2/koprik/";
    }

    private void standard(HttpServerRequest request, Buffer body) {
        String path = request.path();
        if (path.equals("/taxii2/koprik/")) {
            json(
                    request,
                    200,
                    "{\"title\":\"fake\",\"versions\":[\"" + TaxiiClient.TAXII + "\"],\"max_content_length\":"
                            + maxContentLength + "}");
        } else if (path.endsWith("/collections/")) {
            json(
                    request,
                    200,
                    "{\"collections\":[{\"id\":\"c1\",\"alias\":\"exchange\",\"title\":\"x\",\"can_read\":true,\"can_write\":true},"
                            + "{\"id\":\"c2\",\"alias\":\"inbox\",\"title\":\"y\",\"can_read\":false,\"can_write\":true}]}");
        } else if (path.endsWith("/c1/objects/") && request.method().name().equals("GET")) {
            page(request);
        } else if (path.endsWith("/c2/objects/") && request.method().name().equals("POST")) {
            pushed.add(body.toString());
            status(request, List.of());
        } else {
            json(request, 404, "{\"title\":\"Not found\",\"http_status\":\"404\"}");
        }
    }

    /** The n-th object was added n seconds after a fixed moment. */
    private void page(HttpServerRequest request) {
        String after = request.getParam("added_after");
        String next = request.getParam("next");
        int from = next != null
                ? Integer.parseInt(next)
                : after == null ? 0 : (int) ((StixTimestamp.parse(after) - added(0)) / 1_000_000) + 1;
        int to = Math.min(objects.size(), from + pageSize);
        page(
                request,
                objects.subList(Math.min(from, to), to),
                to < objects.size(),
                to < objects.size() ? String.valueOf(to) : null,
                from,
                to);
    }

    static long added(int index) {
        return StixTimestamp.parse("2026-11-20T00:00:00Z") + index * 1_000_000L;
    }

    static void page(HttpServerRequest request, List<String> objects, boolean more, String next, int from, int to) {
        if (!objects.isEmpty()) {
            request.response()
                    .putHeader("X-TAXII-Date-Added-First", StixTimestamp.format(added(from)))
                    .putHeader("X-TAXII-Date-Added-Last", StixTimestamp.format(added(to - 1)));
        }
        json(
                request,
                200,
                "{\"more\":" + more + (next == null ? "" : ",\"next\":\"" + next + "\"")
                        + (objects.isEmpty() ? "" : ",\"objects\":[" + String.join(",", objects) + "]") + "}");
    }

    static void status(HttpServerRequest request, List<String> refusedIds) {
        List<String> failures = new ArrayList<>();
        for (String id : refusedIds) {
            failures.add(
                    "{\"id\":\"" + id + "\",\"version\":\"2026-11-01T00:00:00.000Z\",\"message\":\"not wanted here\"}");
        }
        json(
                request,
                202,
                "{\"id\":\"s1\",\"status\":\"complete\",\"total_count\":1,\"success_count\":1,\"failure_count\":"
                        + failures.size() + ",\"pending_count\":0"
                        + (failures.isEmpty() ? "" : ",\"failures\":[" + String.join(",", failures) + "]") + "}");
    }

    public static void json(HttpServerRequest request, int status, String text) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", TaxiiClient.TAXII)
                .end(text);
    }

    private static X509TrustManager anybody() {
        return new X509TrustManager() {
            @Override
            public void checkClientTrusted(X509Certificate[] chain, String authType) {}

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String authType) {}

            @Override
            public X509Certificate[] getAcceptedIssuers() {
                return new X509Certificate[0];
            }
        };
    }

    public void stop() throws Exception {
        server.close().await(10, TimeUnit.SECONDS);
    }
}
