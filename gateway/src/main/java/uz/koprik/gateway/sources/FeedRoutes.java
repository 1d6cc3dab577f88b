package uz.koprik.gateway.sources;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.config.FeedSource;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.Problem;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.gateway.sources.FeedSources.SourceReport;
import uz.koprik.indicators.store.StoreUnavailable;

/** {@code /api/feeds}: for operators, how the feeds of others go. */
public final class FeedRoutes implements Routes {

    private final FeedSources sources;

    public FeedRoutes(FeedSources sources) {
        this.sources = sources;
    }

    @Override
    public void mount(RouteTable router) {
        router.get("/api/feeds").handler(Blocking.handler(this::all));
        router.get("/api/feeds/:name").handler(Blocking.handler(this::one));
        router.post("/api/feeds/:name/run").handler(Blocking.handler(request -> run(request, false)));
        router.post("/api/feeds/:name/acceptance").handler(Blocking.handler(request -> run(request, true)));
    }

    private Runnable all(RoutingContext request) throws StoreUnavailable {
        Callers.require(request, Right.OPERATE);
        List<Json> items = new ArrayList<>();
        sources.reports().forEach(report -> items.add(json(report)));
        return reply(
                request,
                200,
                JsonObject.builder().put("feeds", new JsonArray(items)).build());
    }

    private Runnable one(RoutingContext request) throws StoreUnavailable {
        Callers.require(request, Right.OPERATE);
        String name = request.pathParam("name");
        return reply(request, 200, json(sources.find(name).orElseThrow(() -> unknown(name))));
    }

    private Runnable run(RoutingContext request, boolean accept) throws StoreUnavailable {
        Callers.require(request, Right.OPERATE);
        String name = request.pathParam("name");
        return switch (sources.run(name, accept)) {
            case STARTED ->
                reply(
                        request,
                        202,
                        JsonObject.builder()
                                .put("feed", name)
                                .put("run", "started")
                                .build());
            case ELSEWHERE ->
                throw new Problem(
                        409,
                        "Elsewhere",
                        "another gateway of this centre reads the feeds: ask that one; GET /api/feeds/" + name
                                + " says in run_by which it is");
            case UNKNOWN -> throw unknown(name);
        };
    }

    private static Problem unknown(String name) {
        return new Problem(
                404,
                "Not found",
                "there is no feed " + (name.matches("[a-z0-9-]{1,63}") ? name : "of that name")
                        + " in feeds.sources of koprik.yaml; `koprik feed list` names them");
    }

    private static JsonObject json(SourceReport report) {
        FeedSource source = report.source();
        SourceState state = report.state();
        JsonObject.Builder json = JsonObject.builder()
                .put("name", source.name())
                .put("place", source.place())
                .put("format", source.format().isEmpty() ? "found out" : source.format())
                .put("interval_seconds", source.interval().toSeconds())
                .put("tlp", source.tlp().label())
                .put("confidence", source.confidence())
                .put(
                        "labels",
                        new JsonArray(source.labels().stream()
                                .<Json>map(JsonString::new)
                                .toList()))
                .put("expires_seconds", source.expires().toSeconds())
                .put("ends_when_gone", source.endsWhenGone())
                .put("encrypted", !source.url().startsWith("http://"))
                .put("entries", state.content().entries())
                .put("last", state.last().json())
                .put("totals", state.totals().json());
        json.put("stix_objects", state.content().stixObjects())
                .put("faulty_files", state.content().faulty())
                .put("faults", state.content().faultsJson())
                .put("notes", SourceNotes.json(state.content().notes()));
        time(json, "last_attempt", state.health().attempt());
        time(json, "last_success", state.health().success());
        time(json, "next_attempt", state.health().next(source.interval()));
        state.health().failing().ifPresent(failing -> {
            failing.trouble().write(json, "last_error");
            json.put("waits_for_acceptance", failing.shrunk())
                    .put("failures", failing.count())
                    .put("failing_since", failing.since().toString());
        });
        report.runner().ifPresent(gateway -> json.put("run_by", gateway));
        return json.build();
    }

    private static void time(JsonObject.Builder json, String name, Optional<Instant> time) {
        time.ifPresent(at -> json.put(name, at.toString()));
    }

    private static Runnable reply(RoutingContext request, int status, JsonObject body) {
        Buffer buffer = Buffer.buffer(CanonicalJson.bytes(body));
        return () -> request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(buffer);
    }
}
