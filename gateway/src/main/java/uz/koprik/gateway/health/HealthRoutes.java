package uz.koprik.gateway.health;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.concurrent.CompletionStage;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.indicators.wording.Sentence;

/** For supervisors and load balancers: {@code /healthz} (it runs) and {@code /readyz} (it can serve). */
public final class HealthRoutes implements Routes {

    private static final int UNAVAILABLE = 503;
    private static final String RETRY_SECONDS = "5";

    private final Readiness readiness;

    /** Whether a centre can serve. */
    @FunctionalInterface
    public interface Readiness {

        /**
         * Returns at once; the answer comes within a bounded time: the reasons why it cannot serve, none when it can.
         */
        CompletionStage<List<Sentence>> ask();
    }

    public HealthRoutes(Readiness readiness) {
        this.readiness = readiness;
    }

    @Override
    public void mount(RouteTable router) {
        router.get("/healthz")
                .handler(request -> answer(
                        request,
                        200,
                        JsonObject.builder().put("status", "running").build()));
        router.get("/readyz").handler(request -> {
            Context eventLoop = Vertx.currentContext();
            readiness
                    .ask()
                    .whenComplete((reasons, failure) -> eventLoop.runOnContext(ignored -> {
                        if (!request.response().closed()) {
                            ready(
                                    request,
                                    failure == null
                                            ? reasons.stream()
                                                    .map(Sentence::text)
                                                    .toList()
                                            : List.of("the check itself failed; see the log"));
                        }
                    }));
        });
    }

    private static void ready(RoutingContext request, List<String> reasons) {
        if (reasons.isEmpty()) {
            answer(request, 200, JsonObject.builder().put("status", "ready").build());
        } else {
            request.response().putHeader(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
            answer(
                    request,
                    UNAVAILABLE,
                    JsonObject.builder()
                            .put("status", "not ready")
                            .putStrings("reasons", reasons)
                            .build());
        }
    }

    private static void answer(RoutingContext request, int status, JsonObject body) {
        request.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(CanonicalJson.text(body));
    }
}
