package uz.koprik.gateway.api.common;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Bodies that were read whole before the route was reached. */
public final class JsonBodies {

    private JsonBodies() {}

    public static byte[] bytes(RoutingContext request) {
        Buffer body = request.body().buffer();
        if (body == null || body.length() == 0) {
            throw ApiJson.bad("the body is empty");
        }
        return body.getBytes();
    }

    /** The body when it is plain text; empty when it is of another type. */
    public static Optional<String> plainText(RoutingContext request) {
        String type = Optional.ofNullable(request.request().getHeader(HttpHeaders.CONTENT_TYPE))
                .orElse("");
        return type.toLowerCase(Locale.ROOT).startsWith("text/plain")
                ? Optional.of(new String(bytes(request), StandardCharsets.UTF_8))
                : Optional.empty();
    }

    /**
     * A parameter that is true or false.
     *
     * @param preset when it is absent
     */
    public static boolean flag(RoutingContext request, String name, boolean preset) {
        String text = request.request().getParam(name);
        if (text != null && !text.equals("true") && !text.equals("false")) {
            throw ApiJson.bad("\"" + name + "\" is true or false");
        }
        return text == null ? preset : text.equals("true");
    }
}
