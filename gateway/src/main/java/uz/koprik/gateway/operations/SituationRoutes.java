package uz.koprik.gateway.operations;

import io.vertx.ext.web.RoutingContext;
import java.util.function.Supplier;
import uz.koprik.gateway.api.common.ApiJson;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.indicators.store.StoreStatus;

/** {@code /api/situation}: one cheap answer for a wall screen that asks every few seconds. */
public final class SituationRoutes implements Routes {

    private final SituationReader reader;
    private final Supplier<StoreStatus> store;

    public SituationRoutes(SituationReader reader, Supplier<StoreStatus> store) {
        this.reader = reader;
        this.store = store;
    }

    @Override
    public void mount(RouteTable router) {
        router.get("/api/situation").handler(Blocking.handler(this::now));
    }

    private Runnable now(RoutingContext request) {
        Caller caller = Callers.require(request, Right.ANALYSE);
        return ApiJson.reply(request, 200, reader.of(caller, store.get().lastSeq()));
    }
}
