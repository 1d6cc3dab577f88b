package uz.koprik.gateway.alerts;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonBoolean;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.gateway.alerts.log.Alert;
import uz.koprik.gateway.alerts.log.AlertPlace;
import uz.koprik.gateway.alerts.log.CaseMatchAlert;
import uz.koprik.gateway.alerts.log.OperatorAlert;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.Problem;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * What people work through: {@code /api/alerts/acknowledge} says that somebody looks after alerts,
 * {@code /api/alerts/groups} has the alerts by case, {@code /api/alerts/count} their number.
 */
final class AlertDeskRoutes implements Routes {

    /** Alerts that one request acknowledges at most. */
    private static final int MOST = 1000;

    /** Alerts that are grouped at most. */
    private static final int GROUPED = 10_000;

    /** Alerts that are counted at most: each console asks every minute, and each alert counted is read and judged. */
    private static final int COUNTED = 1_000;

    private static final int MOST_GROUPS = 200;

    /** Newest alerts that are shown of a group. */
    private static final int SHOWN = 5;

    private static final Set<String> MEMBERS = Set.of("alerts", "acknowledged");

    private final AlertServices alertServices;
    private final AlertReader reader;

    AlertDeskRoutes(AlertServices alertServices) {
        this.alertServices = alertServices;
        this.reader = new AlertReader(alertServices);
    }

    @Override
    public void mount(RouteTable router) {
        router.get("/api/alerts/groups", AlertRequests.parameters("state", "limit"))
                .handler(Blocking.handler(this::groups));
        router.get("/api/alerts/count", AlertRequests.parameters("state")).handler(Blocking.handler(this::count));
        router.post("/api/alerts/acknowledge").handler(Blocking.handler(this::acknowledge));
    }

    private AlertReader.Page newest(RoutingContext request, Caller caller, int most)
            throws StoreUnavailable, IOException {
        return reader.page(
                caller,
                alertServices.filter(request, caller),
                reader.wanted(request),
                Instant.EPOCH,
                Long.MAX_VALUE,
                most,
                true);
    }

    private Runnable count(RoutingContext request) throws StoreUnavailable, IOException {
        AlertReader.Page page = newest(request, AlertAudience.require(request), COUNTED);
        return AlertRequests.reply(
                request,
                200,
                JsonObject.builder()
                        .put("count", page.alerts().size())
                        .put("more", page.next().isPresent())
                        .build());
    }

    private Runnable groups(RoutingContext request) throws StoreUnavailable, IOException {
        Caller caller = AlertAudience.require(request);
        int limit = AlertRequests.limit(request, 50, MOST_GROUPS);
        AlertReader.Page page = newest(request, caller, GROUPED);
        Map<String, List<Alert>> groups = new LinkedHashMap<>();
        for (Alert alert : page.alerts()) {
            groups.computeIfAbsent(group(alert), key -> new ArrayList<>()).add(alert);
        }
        List<Json> shown = new ArrayList<>();
        for (Map.Entry<String, List<Alert>> group : groups.entrySet()) {
            if (shown.size() < limit) {
                shown.add(view(caller, group.getKey(), group.getValue()));
            }
        }
        return AlertRequests.reply(
                request,
                200,
                JsonObject.builder()
                        .put("groups", new JsonArray(shown))
                        .put("count", page.alerts().size())
                        .put("more", page.next().isPresent() || groups.size() > limit)
                        .build());
    }

    /** The case of a match; conflicts of ids and notices are a group each. */
    private static String group(Alert alert) {
        return switch (alert) {
            case CaseMatchAlert match -> match.file().id();
            case OperatorAlert notice -> "notices";
            default -> "conflicts";
        };
    }

    private JsonObject view(Caller caller, String name, List<Alert> alerts) throws StoreUnavailable {
        JsonObject.Builder json = JsonObject.builder();
        if (alerts.getFirst() instanceof CaseMatchAlert match) {
            json.put(
                    "case",
                    JsonObject.builder()
                            .put("id", match.file().id())
                            .put("number", match.file().number())
                            .put("title", match.file().title())
                            .put("type", match.file().crimeType())
                            .build());
        }
        List<Json> newest = new ArrayList<>();
        for (Alert alert : alerts.subList(0, Math.min(SHOWN, alerts.size()))) {
            newest.add(reader.view(caller, alert));
        }
        return json.put("group", alerts.getFirst() instanceof CaseMatchAlert ? "case" : name)
                .put("count", alerts.size())
                .put("newest", alerts.getFirst().time().toString())
                .put("alerts", new JsonArray(newest))
                .build();
    }

    private Runnable acknowledge(RoutingContext request) throws StoreUnavailable, IOException {
        Caller caller = AlertAudience.require(request);
        JsonObject form = body(request);
        Set<UUID> ids = ids(form);
        boolean acknowledged = !(form.get("acknowledged") instanceof JsonBoolean flag) || flag.value();
        if (form.has("acknowledged") && !(form.get("acknowledged") instanceof JsonBoolean)) {
            throw AlertRequests.bad("\"acknowledged\" is true, or false to take it back");
        }
        alertServices.log().catchUp();
        List<AlertPlace> places = new ArrayList<>();
        for (UUID id : ids) {
            places.add(alertServices.log().place(id).orElseThrow(() -> absent(id)));
        }
        Map<UUID, Alert> alerts = new LinkedHashMap<>();
        for (Alert alert : alertServices.log().read(places)) {
            if (ids.contains(alert.id()) && alertServices.audience().sees(caller, alert)) {
                alerts.put(alert.id(), alert);
            }
        }
        for (UUID id : ids) {
            if (!alerts.containsKey(id)) {
                throw absent(id);
            }
        }
        alertServices
                .acknowledgements()
                .change(ids, caller.name(), alertServices.clock().instant(), !acknowledged);
        List<Json> views = new ArrayList<>();
        for (UUID id : ids) {
            views.add(reader.view(caller, alerts.get(id)));
        }
        return AlertRequests.reply(
                request,
                200,
                JsonObject.builder().put("alerts", new JsonArray(views)).build());
    }

    /** The answer is the same for an alert that the caller may not know of. */
    private static Problem absent(UUID id) {
        return new Problem(
                404, "Not found", "there is no alert " + id + " here, so none was changed; GET /api/alerts lists them");
    }

    private static Set<UUID> ids(JsonObject form) {
        Set<UUID> ids = new LinkedHashSet<>();
        if (!(form.get("alerts") instanceof JsonArray) || form.items("alerts").isEmpty()) {
            throw AlertRequests.bad("\"alerts\" is missing: a list of the ids of alerts");
        }
        for (Json item : form.items("alerts")) {
            ids.add(id(item));
        }
        if (ids.size() > MOST) {
            throw AlertRequests.bad("\"alerts\" has " + ids.size() + " ids; at most " + MOST + " are taken at once");
        }
        return ids;
    }

    private static UUID id(Json item) {
        Optional<String> text = item instanceof JsonString string ? Optional.of(string.value()) : Optional.empty();
        try {
            return UUID.fromString(text.orElse(""));
        } catch (IllegalArgumentException wrong) {
            throw AlertRequests.bad(
                    "\"alerts\" has what is no id of an alert: an id is the member id of an alert, a UUID");
        }
    }

    private static JsonObject body(RoutingContext request) {
        Buffer body = request.body().buffer();
        try {
            JsonObject form = StrictJson.parseObject(body == null ? new byte[0] : body.getBytes());
            Set<String> unknown = new TreeSet<>(form.names());
            unknown.removeAll(MEMBERS);
            if (!unknown.isEmpty()) {
                throw AlertRequests.bad("there is no member \""
                        + unknown.iterator().next() + "\"; known ones are acknowledged, alerts");
            }
            return form;
        } catch (MalformedJson malformed) {
            throw AlertRequests.bad("the body is not a JSON object: " + malformed.getMessage());
        }
    }
}
