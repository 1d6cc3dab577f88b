package uz.koprik.gateway.api;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import uz.koprik.gateway.api.common.ApiJson;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;

/** {@code /api/openapi.json}: the description of all routes, open to everybody. */
public final class DescriptionRoutes implements Routes {

    private final Buffer document = Buffer.buffer(document());

    @Override
    public void mount(RouteTable router) {
        router.get("/api/openapi.json").handler(request -> request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, ApiJson.JSON)
                .putHeader(HttpHeaders.CACHE_CONTROL, "max-age=300")
                .end(document));
    }

    static byte[] document() {
        try (InputStream in = DescriptionRoutes.class.getResourceAsStream("openapi.json")) {
            if (in == null) {
                throw new IllegalStateException("openapi.json is missing in the jar");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
