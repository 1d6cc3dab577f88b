package uz.koprik.gateway.taxii;

import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.util.List;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.gateway.partners.ReleaseMark;
import uz.koprik.indicators.policy.PartnerSight;
import uz.koprik.indicators.policy.Recipient;

/** Which collections there are for the caller (TAXII 2.1, sections 5.1 and 5.2). */
public final class CollectionsRoutes implements Routes {

    private final CollectionList collections;
    private final ReleaseMark marks;
    private final InstantSource clock;
    private final String apiRoot;

    public CollectionsRoutes(CollectionList collections, ReleaseMark marks, InstantSource clock, String apiRoot) {
        this.collections = collections;
        this.marks = marks;
        this.clock = clock;
        this.apiRoot = apiRoot;
    }

    @Override
    public void mount(RouteTable router) {
        router.get(apiRoot + "collections/").handler(this::list);
        router.get(apiRoot + "collections/:collection/").handler(this::one);
    }

    private void list(RoutingContext request) {
        MediaTypes.requireAccept(request);
        Caller caller = Callers.of(request);
        List<Json> visible = collections.all().stream()
                .filter(view -> CollectionList.mayRead(caller, view) || CollectionList.mayWrite(caller, view))
                .map(view -> (Json) json(caller, view))
                .toList();
        JsonObject.Builder body = JsonObject.builder();
        if (!visible.isEmpty()) {
            body.put("collections", new JsonArray(visible));
        }
        if (caller.recipient() instanceof Recipient.Partner partner) {
            request.response().putHeader(ReleaseMark.HEADER, marks.of(PartnerSight.of(partner, clock.instant())));
        }
        TaxiiResponses.json(request, 200, body.build());
    }

    private void one(RoutingContext request) {
        MediaTypes.requireAccept(request);
        CollectionView view = collections.require(request, false, false);
        TaxiiResponses.json(request, 200, json(Callers.of(request), view));
    }

    private static JsonObject json(Caller caller, CollectionView view) {
        return view.json(CollectionList.mayRead(caller, view), CollectionList.mayWrite(caller, view));
    }
}
