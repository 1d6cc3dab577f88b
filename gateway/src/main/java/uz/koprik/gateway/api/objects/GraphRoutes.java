package uz.koprik.gateway.api.objects;

import io.vertx.ext.web.RoutingContext;
import uz.koprik.gateway.accessrecord.AccessNotes;
import uz.koprik.gateway.api.common.AnalystServices;
import uz.koprik.gateway.api.common.ApiJson;
import uz.koprik.gateway.api.common.Cursors;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.gateway.http.StixIds;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.StoreUnavailable;

/** What lies around an object, and what happened to it. */
public final class GraphRoutes implements Routes {

    private static final int PER_NODE = 50;
    private static final int VALUES_PER_NODE = 20;
    private static final int CARRIERS_PER_VALUE = 10;
    private static final int MAX_DEPTH = 3;
    private static final int MAX_NODES = 500;
    private static final int NODES = 100;

    private final AnalystServices services;

    public GraphRoutes(AnalystServices services) {
        this.services = services;
    }

    @Override
    public void mount(RouteTable router) {
        router.get("/api/objects/:id/graph", "depth", "limit").handler(Blocking.handler(this::graph));
        router.get("/api/objects/:id/timeline").handler(Blocking.handler(this::timeline));
    }

    private Runnable graph(RoutingContext request) throws StoreUnavailable {
        Caller caller = Callers.require(request, Right.ANALYSE);
        Neighbourhood.Limits limits = new Neighbourhood.Limits(
                depth(request),
                Cursors.limit(request, NODES, MAX_NODES),
                PER_NODE,
                VALUES_PER_NODE,
                CARRIERS_PER_VALUE);
        Entry middle = find(request, caller);
        return ApiJson.reply(request, 200, new NeighbourhoodWalk(services, caller.recipient(), limits).around(middle));
    }

    private Runnable timeline(RoutingContext request) throws StoreUnavailable {
        Caller caller = Callers.require(request, Right.ANALYSE);
        return ApiJson.reply(
                request, 200, new TimelineReader(services, caller.recipient()).tell(find(request, caller)));
    }

    private Entry find(RoutingContext request, Caller caller) throws StoreUnavailable {
        Entry entry = services.release()
                .latest(caller.recipient(), request.pathParam("id"))
                .orElseThrow(() -> StixIds.absent(request.pathParam("id"), "there is no such object here"));
        AccessNotes.of(request).keys(entry.facts().observables()).answers(1);
        return entry;
    }

    private static int depth(RoutingContext request) {
        String text = request.request().getParam("depth");
        if (text == null) {
            return 1;
        }
        if (text.length() != 1 || text.charAt(0) < '1' || text.charAt(0) > '0' + MAX_DEPTH) {
            throw ApiJson.bad("\"depth\" must be 1 to " + MAX_DEPTH);
        }
        return text.charAt(0) - '0';
    }
}
