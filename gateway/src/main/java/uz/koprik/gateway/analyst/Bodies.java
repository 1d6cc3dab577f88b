package uz.koprik.gateway.analyst;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;

/** Bodies that were read whole before the route was reached. */
final class Bodies {

    private Bodies() {}

    static byte[] bytes(RoutingContext request) {
        Buffer body = request.body().buffer();
        if (body == null || body.length() == 0) {
            throw ApiJson.bad("the body is empty");
        }
        return body.getBytes();
    }
}
