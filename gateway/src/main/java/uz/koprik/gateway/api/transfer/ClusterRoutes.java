package uz.koprik.gateway.api.transfer;

import io.vertx.ext.web.RoutingContext;
import java.util.List;
import uz.koprik.gateway.api.common.AnalystServices;
import uz.koprik.gateway.api.common.ApiJson;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * {@code GET /api/clusters}: objects that stand for several galaxy clusters of MISP, among those the caller may see.
 */
public final class ClusterRoutes implements Routes {

    private final AnalystServices services;

    public ClusterRoutes(AnalystServices services) {
        this.services = services;
    }

    @Override
    public void mount(RouteTable router) {
        router.get("/api/clusters").handler(Blocking.handler(this::mixed));
    }

    /** The schema {@code MixedClusters}. */
    record Answer(List<MixedClusters.Mixed> clusters) {}

    private Runnable mixed(RoutingContext request) throws StoreUnavailable {
        Caller caller = Callers.require(request, Right.ANALYSE);
        Answer answer = new Answer(new MixedClusters(services.release(), caller.recipient()).find());
        return ApiJson.reply(request, 200, answer);
    }
}
