package uz.koprik.gateway.http;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/**
 * {@code /metrics} in the Prometheus text format, for this machine without credentials and for others with the right to
 * operate: how much of what comes from whom is not for everybody.
 */
public final class MetricsRoutes implements Routes {

    private final PrometheusMeterRegistry registry;
    private final Runnable refresh;
    private final Handler<RoutingContext> operatorsOnly;

    /**
     * @param refresh updates the registry; called before each reading
     * @param operatorsOnly passes on requests of operators and fails others
     */
    public MetricsRoutes(PrometheusMeterRegistry registry, Runnable refresh, Handler<RoutingContext> operatorsOnly) {
        this.registry = registry;
        this.refresh = refresh;
        this.operatorsOnly = operatorsOnly;
    }

    @Override
    public void mount(RouteTable router) {
        router.get("/metrics").handler(this::guard).handler(Blocking.handler(request -> {
            refresh.run();
            String text = registry.scrape();
            return () -> request.response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                    .end(text);
        }));
    }

    private void guard(RoutingContext request) {
        String address = request.request().remoteAddress().hostAddress();
        if (address.startsWith("127.") || address.equals("0:0:0:0:0:0:0:1") || address.equals("::1")) {
            request.next();
        } else {
            operatorsOnly.handle(request);
        }
    }
}
