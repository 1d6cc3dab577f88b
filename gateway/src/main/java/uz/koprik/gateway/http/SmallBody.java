package uz.koprik.gateway.http;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;

/**
 * Reads the body of a request of which nobody knows yet who sent it: a few kilobytes, within the time of the limits.
 * The next handler finds it in {@link RoutingContext#body()}.
 */
public final class SmallBody implements Handler<RoutingContext> {

    private static final int MOST = 16_384;

    private final RouteTable.Content content;

    /** @param content what the body must be; what the route declares has no effect before the body is read */
    public SmallBody(RouteTable.Content content) {
        this.content = content;
    }

    @Override
    public void handle(RoutingContext request) {
        HttpServerRequest http = request.request();
        Buffer body = Buffer.buffer();
        boolean[] done = {false};
        long timer = request.vertx()
                .setTimer(RequestLimits.of(request).bodyTimeout().toMillis(), ignored -> {
                    if (!done[0]) {
                        done[0] = true;
                        request.fail(new Problem(408, "Too slow", "the body did not arrive in time; send it faster"));
                    }
                });
        request.addEndHandler(ignored -> request.vertx().cancelTimer(timer));
        http.exceptionHandler(broken -> {
            if (!done[0]) {
                done[0] = true;
                request.fail(new Problem(400, "Bad request", "the body ended before it was whole"));
            }
        });
        http.handler(part -> {
            if (!done[0] && body.length() + part.length() > MOST) {
                done[0] = true;
                request.fail(new Problem(
                        413, "Too large", "the body is larger than " + MOST + " bytes, the most that is taken here"));
            } else if (!done[0]) {
                body.appendBuffer(part);
            }
        });
        http.endHandler(ignored -> {
            if (!done[0]) {
                done[0] = true;
                request.vertx().cancelTimer(timer);
                ((RoutingContextInternal) request).setBody(body);
                next(request);
            }
        });
        http.resume();
    }

    private void next(RoutingContext request) {
        try {
            RouteTable.checkContent(request, request.request(), content);
        } catch (Problem wrong) {
            request.fail(wrong);
            return;
        }
        request.next();
    }
}
