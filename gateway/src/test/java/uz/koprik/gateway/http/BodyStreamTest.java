package uz.koprik.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import uz.koprik.gateway.config.ConfigFile;

/** A body as a stream, of a request that behaves as one of HTTP/2 does. */
class BodyStreamTest {

    /** What the event loop has still to do. */
    private final Queue<Handler<Object>> tasks = new ArrayDeque<>();

    private Handler<Buffer> chunks;
    private Handler<Object> end;
    private boolean ended;
    private int fetchedAfterTheEnd;

    @SuppressWarnings("unchecked")
    private HttpServerRequest request() {
        return (HttpServerRequest) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {HttpServerRequest.class}, (self, method, arguments) -> {
                    switch (method.getName()) {
                        case "handler" -> chunks = (Handler<Buffer>) arguments[0];
                        case "endHandler" -> end = (Handler<Object>) arguments[0];
                        case "fetch" -> fetchedAfterTheEnd += ended ? 1 : 0;
                        default -> {}
                    }
                    return self;
                });
    }

    @SuppressWarnings("unchecked")
    private Context eventLoop() {
        return (Context) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Context.class}, (self, method, arguments) -> {
                    if (method.getName().equals("runOnContext")) {
                        tasks.add((Handler<Object>) arguments[0]);
                    }
                    return null;
                });
    }

    @Test
    void nothingMoreIsAskedForAfterTheEnd() throws Exception {
        BodyStream body = BodyStream.of(
                request(),
                eventLoop(),
                ConfigFile.parse("koprik.yaml", "name: tashkent\ntitle: Tashkent\n")
                        .limits());
        for (int i = 0; i < 40; i++) {
            chunks.handle(Buffer.buffer("chunk"));
        }
        ended = true;
        end.handle(null);
        assertEquals(200, body.readAllBytes().length);
        while (!tasks.isEmpty()) {
            tasks.poll().handle(null);
        }
        assertEquals(0, fetchedAfterTheEnd, "a request of HTTP/2 throws when it is asked for more");
    }
}
