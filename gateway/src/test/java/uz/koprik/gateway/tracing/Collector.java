package uz.koprik.gateway.tracing;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A collector that takes OTLP by HTTP and keeps all spans. */
final class Collector implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;
    private final List<Received> spans = new CopyOnWriteArrayList<>();

    /** A span and the centre that sent it. */
    record Received(
            String centre,
            String name,
            String trace,
            String id,
            String parent,
            List<String> links,
            Map<String, String> attributes) {

        String attribute(String attribute) {
            return attributes.getOrDefault(attribute, "");
        }
    }

    Collector() throws Exception {
        server = vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1"))
                .requestHandler(request -> request.body().onSuccess(body -> {
                    take(body.getBytes());
                    request.response()
                            .putHeader("Content-Type", "application/x-protobuf")
                            .end();
                }))
                .listen(0)
                .await(10, TimeUnit.SECONDS);
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    List<Received> spans() {
        return List.copyOf(spans);
    }

    List<Received> spans(String centre, String name) {
        return spans.stream()
                .filter(span -> span.centre.equals(centre) && span.name.equals(name))
                .toList();
    }

    private void take(byte[] body) {
        try {
            for (ResourceSpans some : ExportTraceServiceRequest.parseFrom(body).getResourceSpansList()) {
                String centre =
                        attributes(some.getResource().getAttributesList()).getOrDefault("koprik.centre", "");
                some.getScopeSpansList().stream()
                        .flatMap(scope -> scope.getSpansList().stream())
                        .forEach(span -> spans.add(new Received(
                                centre,
                                span.getName(),
                                hex(span.getTraceId().toByteArray()),
                                hex(span.getSpanId().toByteArray()),
                                hex(span.getParentSpanId().toByteArray()),
                                span.getLinksList().stream()
                                        .map(link -> hex(link.getSpanId().toByteArray()))
                                        .toList(),
                                attributes(span.getAttributesList()))));
            }
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }

    private static Map<String, String> attributes(List<KeyValue> attributes) {
        return attributes.stream()
                .collect(Collectors.toMap(
                        KeyValue::getKey,
                        attribute -> attribute.getValue().hasStringValue()
                                ? attribute.getValue().getStringValue()
                                : attribute.getValue().hasBoolValue()
                                        ? Boolean.toString(attribute.getValue().getBoolValue())
                                        : Long.toString(attribute.getValue().getIntValue()),
                        (one, other) -> one,
                        TreeMap::new));
    }

    private static String hex(byte[] id) {
        return HexFormat.of().formatHex(id);
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
