package uz.koprik.gateway.alerts;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.Problem;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.indicators.store.StoreUnavailable;

/** {@code /api/alerts/subscriptions}: the caller's own subscriptions. */
final class SubscriptionRoutes implements Routes {

    private static final Set<String> MEMBERS = Set.of(
            "name",
            "cases",
            "kinds",
            "producers",
            "crime_types",
            "rules",
            "min_score",
            "webhook",
            "immediate",
            "digest");

    private final AlertServices alertServices;
    private final WebhookTargets targets;
    private final Changes changes;

    /** Begins and ends deliveries. */
    interface Changes {

        /**
         * A subscription is about to be added.
         *
         * @param last the number of the newest alert before it; deliveries begin with the next
         */
        void prepare(Subscription one, long last) throws StoreUnavailable, IOException;

        /** Subscriptions were added or removed. */
        void changed() throws StoreUnavailable, IOException;

        /** A subscription was removed. */
        void removed(Subscription one) throws StoreUnavailable, IOException;

        /** Adds the state of deliveries to a view. */
        void describe(Subscription one, JsonObject.Builder view) throws StoreUnavailable, IOException;
    }

    SubscriptionRoutes(AlertServices alertServices, WebhookTargets targets, Changes changes) {
        this.alertServices = alertServices;
        this.targets = targets;
        this.changes = changes;
    }

    @Override
    public void mount(RouteTable router) {
        router.get("/api/alerts/subscriptions").handler(Blocking.handler(this::list));
        router.post("/api/alerts/subscriptions").handler(Blocking.handler(this::add));
        router.delete("/api/alerts/subscriptions/:id").handler(Blocking.handler(this::remove));
    }

    private Runnable list(RoutingContext request) throws StoreUnavailable, IOException {
        Caller caller = AlertAudience.require(request);
        List<Json> mine = new ArrayList<>();
        for (Subscription one : alertServices.subscriptions().all()) {
            if (alertServices.owns(caller, one)) {
                mine.add(view(one));
            }
        }
        return AlertRequests.reply(
                request,
                200,
                JsonObject.builder().put("subscriptions", new JsonArray(mine)).build());
    }

    private Json view(Subscription one) throws StoreUnavailable, IOException {
        JsonObject.Builder view = one.view();
        changes.describe(one, view);
        return view.build();
    }

    private Runnable add(RoutingContext request) throws StoreUnavailable, IOException {
        Caller caller = AlertAudience.require(request);
        Callers.requireUnscoped(request);
        Subscription one = read(caller, body(request));
        synchronized (this) {
            long mine = alertServices.subscriptions().all().stream()
                    .filter(other -> alertServices.owns(caller, other))
                    .count();
            if (mine >= alertServices.config().subscriptionsPerAccount()) {
                throw new Problem(
                        409,
                        "Too many subscriptions",
                        "this account has " + mine + " subscriptions, as many as one may have;" + " delete one first");
            }
            alertServices.log().catchUp();
            changes.prepare(one, alertServices.log().last());
            alertServices.subscriptions().add(one);
            changes.changed();
        }
        return AlertRequests.reply(request, 201, (JsonObject) view(one));
    }

    private Runnable remove(RoutingContext request) throws StoreUnavailable, IOException {
        Caller caller = AlertAudience.require(request);
        Subscription one = alertServices.own(caller, request.pathParam("id"));
        alertServices.subscriptions().remove(one.id());
        changes.removed(one);
        return () -> request.response().setStatusCode(204).end();
    }

    private Subscription read(Caller caller, JsonObject form) {
        Set<String> unknown = new TreeSet<>(form.names());
        unknown.removeAll(MEMBERS);
        if (!unknown.isEmpty()) {
            throw AlertRequests.bad("there is no member \"" + unknown.iterator().next() + "\"; known ones are "
                    + String.join(", ", new TreeSet<>(MEMBERS)));
        }
        try {
            for (String text : List.of("name", "webhook")) {
                if (form.has(text) && form.string(text).isEmpty()) {
                    throw new IllegalArgumentException("\"" + text + "\" must be a text");
                }
            }
            Optional<URI> webhook = form.string("webhook").map(targets::check);
            AlertFilter filter = AlertFilter.read(form);
            AlertFilter.checkIds(filter.producers());
            return new Subscription(
                    UUID.randomUUID(),
                    caller.name(),
                    alertServices
                            .accountStatus()
                            .made(caller.name())
                            .orElseThrow(() -> new Problem(403, "Not allowed", "this needs an account")),
                    alertServices.clock().instant(),
                    form.string("name").orElse(""),
                    filter,
                    webhook,
                    Subscription.flag(form, "immediate", true),
                    Subscription.flag(form, "digest", true));
        } catch (IllegalArgumentException wrong) {
            throw AlertRequests.bad(wrong.getMessage());
        }
    }

    private static JsonObject body(RoutingContext request) {
        Buffer body = request.body().buffer();
        try {
            return StrictJson.parseObject(body == null ? new byte[0] : body.getBytes());
        } catch (MalformedJson malformed) {
            throw AlertRequests.bad("the body is not a JSON object: " + malformed.getMessage());
        }
    }
}
