package uz.koprik.gateway.api;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.gateway.intake.Takeovers;
import uz.koprik.gateway.partners.LostProof;
import uz.koprik.gateway.partners.Trust;
import uz.koprik.indicators.stix.values.StixTimestamp;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.EntryMetadata;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * {@code GET /api/takeovers}: for administrators, who see everything; which objects have versions by somebody else than
 * their creator.
 */
public final class TakeoverRoutes implements Routes {

    private final Takeovers takeovers;
    private final Trust trust;

    public TakeoverRoutes(Takeovers takeovers, Trust trust) {
        this.takeovers = takeovers;
        this.trust = trust;
    }

    @Override
    public void mount(RouteTable router) {
        router.get("/api/takeovers").handler(Blocking.handler(this::all));
    }

    private Runnable all(RoutingContext request) throws StoreUnavailable {
        Callers.require(request, Right.OPERATE);
        Callers.require(request, Right.CASES);
        List<Json> found = takeovers.find().stream().<Json>map(this::json).toList();
        byte[] body = CanonicalJson.bytes(
                JsonObject.builder().put("takeovers", new JsonArray(found)).build());
        return () -> request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(Buffer.buffer(body));
    }

    private JsonObject json(Takeovers.Takeover takeover) {
        return JsonObject.builder()
                .put("id", takeover.first().facts().id())
                .put("differs", takeover.differs())
                .put("first", json(takeover.first()))
                .put("taken_over_by", json(takeover.taken()))
                .build();
    }

    private JsonObject json(Entry entry) {
        EntryMetadata facts = entry.facts();
        JsonObject.Builder json = JsonObject.builder()
                .put("seq", entry.seq())
                .put("added", StixTimestamp.format(entry.added()))
                .put("created", StixTimestamp.format(facts.created()))
                .put("modified", StixTimestamp.format(facts.version()))
                .put("origin", facts.provenance().origin().name().toLowerCase(java.util.Locale.ROOT))
                .put("speaker", facts.speaker())
                .put("received_from", facts.receivedFrom())
                .put("submitted_by", facts.submittedBy())
                .put("revoked", facts.revoked())
                .put("latest", !entry.superseded());
        facts.producer().ifPresent(producer -> json.put("created_by_ref", producer));
        LostProof.of(trust, entry).ifPresent(lost -> json.put(LostProof.NAME, lost.json()));
        return json.build();
    }
}
