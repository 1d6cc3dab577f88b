package uz.koprik.gateway.api;

import io.vertx.ext.web.RoutingContext;
import java.util.function.Supplier;
import uz.koprik.gateway.alerts.Alerts;
import uz.koprik.gateway.api.common.ApiJson;
import uz.koprik.gateway.api.common.Times;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.indicators.correlation.PatternCache;
import uz.koprik.indicators.store.StoreStatus;

/** {@code /api/status}: the centre in figures. */
final class StatusRoutes implements Routes {

    private final String centre;
    private final String version;
    private final Supplier<StoreStatus> store;
    private final Supplier<Alerts.Figures> alerts;
    private final Supplier<PatternCache.Figures> patterns;

    StatusRoutes(
            String centre,
            String version,
            Supplier<StoreStatus> store,
            Supplier<Alerts.Figures> alerts,
            Supplier<PatternCache.Figures> patterns) {
        this.centre = centre;
        this.version = version;
        this.store = store;
        this.alerts = alerts;
        this.patterns = patterns;
    }

    @Override
    public void mount(RouteTable router) {
        router.get("/api/status").handler(Blocking.handler(this::status));
    }

    /** The figures; the schema {@code Status}. */
    record Status(
            String centre,
            String version,
            Long entries,
            Long lastSeq,
            String lastAdded,
            Long bytes,
            Alerts.Figures alerts,
            PatternCache.Figures patterns) {}

    /**
     * Figures over everything reveal what a caller may not see: that a case was opened, or that a submitted value is in
     * one. So only callers who see everything get them.
     */
    private Runnable status(RoutingContext request) {
        Caller caller = Callers.require(request, Right.ANALYSE);
        if (!caller.seesFigures()) {
            return ApiJson.reply(request, 200, new Status(centre, version, null, null, null, null, null, null));
        }
        StoreStatus figures = store.get();
        return ApiJson.reply(
                request,
                200,
                new Status(
                        centre,
                        version,
                        figures.entries(),
                        figures.lastSeq(),
                        Times.text(figures.lastAdded()),
                        figures.bytes(),
                        alerts.get(),
                        patterns.get()));
    }
}
