package uz.koprik.gateway.api.objects;

import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.gateway.api.common.AnalystServices;
import uz.koprik.gateway.api.common.ApiJson;
import uz.koprik.gateway.api.common.CentreNames;
import uz.koprik.gateway.api.common.Times;
import uz.koprik.gateway.api.common.UnprovenView;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.StoredObject;

/**
 * {@code /api/objects/{id}/remarks}: what centres say of an object besides it: sightings, opinions and notes (STIX 2.1,
 * sections 5.2, 4.14 and 4.13).
 */
public final class RemarkRoutes implements Routes {

    private static final Set<String> TYPES = Set.of("sighting", "opinion", "note");
    private static final int MOST = 200;

    private final AnalystServices services;

    public RemarkRoutes(AnalystServices services) {
        this.services = services;
    }

    @Override
    public void mount(RouteTable router) {
        router.get("/api/objects/:id/remarks").handler(Blocking.handler(this::remarks));
    }

    /** The newest of them first; the schema {@code Remarks}. */
    record RemarksView(String id, List<RemarkView> remarks, boolean more) {}

    /**
     * One of them; the schema {@code Remark}.
     *
     * @param id STIX id
     * @param type sighting, opinion or note
     * @param producerCentre the centre whose word it is, by the trust list
     * @param producer {@code created_by_ref}
     * @param receivedFrom the partner it came from; absent for this centre
     * @param at its version
     * @param text what it says in words
     * @param opinion from {@code strongly-disagree} to {@code strongly-agree}, of an opinion
     * @param count how often it was seen, of a sighting
     * @param firstSeen of a sighting
     * @param lastSeen of a sighting
     * @param tlp the marking in force
     * @param origin how the proof came
     * @param unproven why it is not proven any more; absent otherwise
     */
    record RemarkView(
            String id,
            String type,
            String producerCentre,
            String producer,
            String receivedFrom,
            String at,
            String text,
            String opinion,
            Long count,
            String firstSeen,
            String lastSeen,
            String tlp,
            String origin,
            UnprovenView unproven) {}

    private Runnable remarks(RoutingContext request) throws StoreUnavailable {
        Caller caller = Callers.require(request, Right.ANALYSE);
        String id = request.pathParam("id");
        Entry about = StoredVersion.find(services, caller, id, null);
        List<Entry> said = new ArrayList<>();
        for (Entry other :
                services.release().referrers(caller.recipient(), about.facts().id())) {
            if (TYPES.contains(other.facts().type()) && !other.facts().revoked()) {
                said.add(other);
            }
        }
        List<RemarkView> views = said.reversed().stream()
                .limit(MOST)
                .map(other -> view(other, StoredObject.json(other)))
                .toList();
        return ApiJson.reply(request, 200, new RemarksView(about.facts().id(), views, said.size() > MOST));
    }

    private RemarkView view(Entry entry, JsonObject json) {
        boolean sighting = entry.facts().type().equals("sighting");
        return new RemarkView(
                entry.facts().id(),
                entry.facts().type(),
                CentreNames.owner(services.trust(), entry.facts().producer()),
                entry.facts().producer().orElse(null),
                entry.facts().receivedFrom().isEmpty() ? null : entry.facts().receivedFrom(),
                Times.text(entry.facts().version()),
                words(json).orElse(null),
                json.string("opinion").orElse(null),
                sighting ? count(json) : null,
                sighting ? json.string("first_seen").orElse(null) : null,
                sighting ? json.string("last_seen").orElse(null) : null,
                entry.release().tlp().label(),
                entry.facts().provenance().origin().name().toLowerCase(Locale.ROOT),
                UnprovenView.of(services.trust(), entry));
    }

    private static Optional<String> words(JsonObject json) {
        return json.string("content")
                .or(() -> json.string("explanation"))
                .or(() -> json.string("description"))
                .or(() -> json.string("abstract"));
    }

    private static Long count(JsonObject json) {
        return json.get("count") instanceof JsonNumber n && n.integer() ? n.longValue() : 1L;
    }
}
