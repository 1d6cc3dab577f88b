package uz.koprik.gateway.http;

import io.vertx.ext.web.RoutingContext;

/** The path of a request, where it may be malformed still. */
final class RequestPath {

    private RequestPath() {}

    /** Without dot segments; as it was sent when its escapes are malformed. */
    static String of(RoutingContext request) {
        try {
            return request.normalizedPath();
        } catch (IllegalArgumentException malformed) {
            return request.request().path();
        }
    }
}
