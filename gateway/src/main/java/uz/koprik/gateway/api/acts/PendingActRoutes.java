package uz.koprik.gateway.api.acts;

import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import uz.koprik.gateway.accessrecord.AccessNotes;
import uz.koprik.gateway.api.common.ApiJson;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.Problem;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.indicators.store.StoreUnavailable;

/** {@code /api/acts}: what waits for a second administrator. To confirm an act is to send the same request. */
final class PendingActRoutes implements Routes {

    private final PendingActs acts;

    /**
     * An act; the schema {@code PendingAct}.
     *
     * @param body of the request, to be sent unchanged
     * @param ended why nobody can confirm it any more; absent while it waits
     */
    record ActView(
            String id, String method, String path, String body, String by, String at, String until, String ended) {}

    /** What waits; the schema {@code PendingActs}. */
    record ActsView(List<ActView> acts) {}

    PendingActRoutes(PendingActs acts) {
        this.acts = acts;
    }

    @Override
    public void mount(RouteTable router) {
        router.get("/api/acts").handler(Blocking.handler(this::list));
        router.delete("/api/acts/:id").handler(Blocking.handler(this::withdraw));
    }

    private Runnable list(RoutingContext request) throws StoreUnavailable {
        Caller caller = Callers.of(request);
        List<ActView> views = acts.all().stream()
                .filter(act -> concerns(caller, act))
                .map(act -> new ActView(
                        act.id(),
                        act.method(),
                        act.path(),
                        act.body(),
                        act.by(),
                        act.at().toString(),
                        acts.until(act).toString(),
                        act.ended().isEmpty() ? null : act.ended()))
                .toList();
        return ApiJson.reply(request, 200, new ActsView(views));
    }

    private Runnable withdraw(RoutingContext request) throws StoreUnavailable {
        Caller caller = Callers.of(request);
        String id = request.pathParam("id");
        PendingActs.Found found = (id.matches("[0-9a-f]{16}") ? acts.find(id) : Optional.<PendingActs.Found>empty())
                .filter(one -> concerns(caller, one.act()))
                .orElseThrow(() -> new Problem(404, "Not found", "no act of that id waits"));
        AccessNotes.of(request)
                .asked(
                        "withdraws",
                        found.act().method() + " " + found.act().path() + " of account "
                                + found.act().by());
        acts.take(found);
        return () -> request.response().setStatusCode(204).end();
    }

    /** Administrators see and refuse all, others what they asked for. */
    private static boolean concerns(Caller caller, PendingAct act) {
        return caller.may(Right.ADMINISTER) || act.by().equals(caller.name());
    }
}
