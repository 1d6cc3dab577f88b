package uz.koprik.gateway.alerts;

import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.indicators.store.StoreUnavailable;

/** {@code /api/alerts/digests}: the daily digests of the caller's subscriptions. */
final class DigestRoutes implements Routes {

    private final AlertServices alertServices;
    private final Digests digests;

    DigestRoutes(AlertServices alertServices, Digests digests) {
        this.alertServices = alertServices;
        this.digests = digests;
    }

    @Override
    public void mount(RouteTable router) {
        router.get("/api/alerts/digests", "subscription", "limit").handler(Blocking.handler(this::list));
    }

    private Runnable list(RoutingContext request) throws IOException, StoreUnavailable {
        Caller caller = AlertAudience.require(request);
        int limit = AlertRequests.limit(request, 7, 100);
        String one = request.request().getParam("subscription");
        List<Subscription> mine = one == null
                ? alertServices.subscriptions().all().stream()
                        .filter(other -> alertServices.owns(caller, other))
                        .toList()
                : List.of(alertServices.own(caller, one));
        List<Digests.Digest> all = new ArrayList<>();
        for (Subscription subscription : mine) {
            all.addAll(digests.list(subscription, caller, limit));
        }
        List<Json> newest = all.stream()
                .sorted(Comparator.comparing(Digests.Digest::date).reversed())
                .limit(limit)
                .<Json>map(Digests.Digest::json)
                .toList();
        return AlertRequests.reply(
                request,
                200,
                JsonObject.builder().put("digests", new JsonArray(newest)).build());
    }
}
