package uz.koprik.gateway.http;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Consumer;

/**
 * {@code /metrics} in the Prometheus text format, for this machine without credentials and for others with the right to
 * operate: how much of what comes from whom is not for everybody.
 */
public final class MetricsRoutes implements Routes {

    private final PrometheusMeterRegistry registry;
    private final Runnable refresh;
    private final Handler<RoutingContext> door;
    private final Consumer<RoutingContext> operatorsOnly;

    /**
     * @param refresh updates the registry; called before each reading
     * @param door passes on requests whose sender is known and fails others
     * @param operatorsOnly throws when a sender that is known may not operate
     */
    public MetricsRoutes(
            PrometheusMeterRegistry registry,
            Runnable refresh,
            Handler<RoutingContext> door,
            Consumer<RoutingContext> operatorsOnly) {
        this.registry = registry;
        this.refresh = refresh;
        this.door = door;
        this.operatorsOnly = operatorsOnly;
    }

    @Override
    public void mount(RouteTable router) {
        router.get("/metrics")
                .handler(elsewhere(door))
                .handler(elsewhere(request -> {
                    operatorsOnly.accept(request);
                    request.next();
                }))
                .handler(Blocking.handler(request -> {
                    refresh.run();
                    String text = registry.scrape();
                    return () -> request.response()
                            .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")
                            .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                            .end(text);
                }));
    }

    /** Does {@code handler} with requests of other machines, and passes on those of this one. */
    private static Handler<RoutingContext> elsewhere(Handler<RoutingContext> handler) {
        return request -> {
            String address = ClientAddress.of(request);
            boolean here = address.startsWith("127.") || address.equals("0:0:0:0:0:0:0:1") || address.equals("::1");
            if (here) {
                request.next();
            } else {
                handler.handle(request);
            }
        };
    }
}
