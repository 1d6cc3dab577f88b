package uz.koprik.gateway.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.store.StoreUnavailable;

/** For whoever restarts processes and directs traffic: {@code /healthz} (it runs) and {@code /readyz} (it can serve). */
public final class HealthRoutes implements Routes {

    private final Check ready;

    /** Proves that everything needed to serve is there. */
    @FunctionalInterface
    public interface Check {
        /** @throws StoreUnavailable when the store cannot serve */
        void check() throws StoreUnavailable;
    }

    public HealthRoutes(Check ready) {
        this.ready = ready;
    }

    @Override
    public void mount(RouteTable router) {
        router.get("/healthz").handler(request -> answer(request, "running"));
        router.get("/readyz").handler(Blocking.handler(request -> {
            ready.check();
            return () -> answer(request, "ready");
        }));
    }

    private static void answer(RoutingContext request, String status) {
        request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(CanonicalJson.text(JsonObject.builder().put("status", status).build()));
    }
}
