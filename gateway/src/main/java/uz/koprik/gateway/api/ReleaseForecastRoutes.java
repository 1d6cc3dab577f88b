package uz.koprik.gateway.api;

import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.gateway.accessrecord.AccessNotes;
import uz.koprik.gateway.api.common.AnalystServices;
import uz.koprik.gateway.api.common.ApiJson;
import uz.koprik.gateway.api.common.JsonBodies;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.gateway.http.StixIds;
import uz.koprik.gateway.intake.IncomingObject;
import uz.koprik.indicators.policy.ReleaseTerms;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * {@code POST /api/release-previews}: who would receive stored objects, or objects that are not stored yet, and why
 * not. Nothing is stored or sent.
 */
public final class ReleaseForecastRoutes implements Routes {

    private static final int MOST = 1000;

    private final AnalystServices services;
    private final ReleaseForecast forecast;

    ReleaseForecastRoutes(AnalystServices services, ReleaseForecast forecast) {
        this.services = services;
        this.forecast = forecast;
    }

    @Override
    public void mount(RouteTable router) {
        router.post("/api/release-previews").handler(Blocking.handler(this::preview));
    }

    /**
     * The schema {@code ReleaseForecast}.
     *
     * @param objects how many were judged
     * @param refused how many of those that are not stored would be refused
     * @param held how many wait for a second person, or would
     */
    record Answer(long objects, long refused, long held, List<ReleaseForecast.PartnerView> partners) {}

    private Runnable preview(RoutingContext request) throws StoreUnavailable {
        Caller caller = Callers.require(request, Right.ANALYSE);
        JsonObject form = form(request);
        List<ReleaseForecast.Judged> judged = new ArrayList<>();
        for (String id : ids(form)) {
            Entry entry = services.release()
                    .latest(caller.recipient(), id)
                    .orElseThrow(() -> StixIds.absent(id, "there is no object " + id + " here"));
            AccessNotes.of(request).keys(entry.facts().observables());
            judged.add(new ReleaseForecast.Judged(id, entry.release()));
        }
        long refused = addNew(form, caller, judged);
        AccessNotes.of(request).answers(judged.size());
        long held = judged.stream().filter(one -> one.terms().held()).count();
        return ApiJson.reply(request, 200, new Answer(judged.size(), refused, held, forecast.partners(judged)));
    }

    /** Adds objects that are not stored; returns how many would be refused. */
    private long addNew(JsonObject form, Caller caller, List<ReleaseForecast.Judged> judged) throws StoreUnavailable {
        List<IncomingObject> offered = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Json item : form.items("objects")) {
            if (!(item instanceof JsonObject object)) {
                throw ApiJson.bad("\"objects\" has STIX objects");
            }
            String where = "objects/" + offered.size();
            names.add(object.string("id").orElse(where));
            offered.add(new IncomingObject(CanonicalJson.bytes(object), where));
        }
        long refused = 0;
        List<Optional<ReleaseTerms>> terms =
                offered.isEmpty() ? List.of() : services.intake().foresee(offered, caller.source());
        for (int i = 0; i < terms.size(); i++) {
            if (terms.get(i).isPresent()) {
                judged.add(new ReleaseForecast.Judged(names.get(i), terms.get(i).get()));
            } else {
                refused++;
            }
        }
        return refused;
    }

    private static JsonObject form(RoutingContext request) {
        JsonObject form;
        try {
            form = StrictJson.parseObject(JsonBodies.bytes(request));
        } catch (MalformedJson wrong) {
            throw ApiJson.bad("the body is no JSON object: " + wrong.getMessage());
        }
        if (!Set.of("ids", "objects").containsAll(form.names())) {
            throw ApiJson.bad("the body has \"ids\" of stored objects, \"objects\" that are not stored yet, or both");
        }
        int count = form.items("ids").size() + form.items("objects").size();
        if (count == 0 || count > MOST) {
            throw ApiJson.bad("\"ids\" and \"objects\" have 1 to " + MOST + " items together");
        }
        return form;
    }

    private static Set<String> ids(JsonObject form) {
        Set<String> ids = new LinkedHashSet<>();
        for (Json item : form.items("ids")) {
            if (!(item instanceof JsonString id)) {
                throw ApiJson.bad("\"ids\" has ids of STIX objects");
            }
            ids.add(id.value());
        }
        return ids;
    }
}
