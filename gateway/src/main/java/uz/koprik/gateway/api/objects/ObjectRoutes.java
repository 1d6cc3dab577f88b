package uz.koprik.gateway.api.objects;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import uz.koprik.gateway.accessrecord.AccessNotes;
import uz.koprik.gateway.api.common.AnalystServices;
import uz.koprik.gateway.api.common.ApiJson;
import uz.koprik.gateway.api.common.MatchVisibility;
import uz.koprik.gateway.api.common.SignerView;
import uz.koprik.gateway.api.common.Times;
import uz.koprik.gateway.api.common.UnprovenView;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.gateway.partners.Trust;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.EntryMetadata;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.StoredObject;

/** {@code /api/objects/{id}}: one object, who vouches for it, and its versions. */
public final class ObjectRoutes implements Routes {

    private static final String STIX = "application/stix+json;version=2.1";

    private final AnalystServices services;

    public ObjectRoutes(AnalystServices services) {
        this.services = services;
    }

    @Override
    public void mount(RouteTable router) {
        router.get("/api/objects/:id", "version").handler(Blocking.handler(this::object));
        router.get("/api/objects/:id/versions").handler(Blocking.handler(this::versions));
    }

    private Runnable object(RoutingContext request) throws StoreUnavailable {
        Caller caller = Callers.require(request, Right.READ);
        Entry entry = StoredVersion.find(
                services, caller, request.pathParam("id"), request.request().getParam("version"));
        AccessNotes.of(request).keys(entry.facts().observables()).answers(1);
        String accept = request.request().getHeader(HttpHeaders.ACCEPT);
        if (accept != null && accept.toLowerCase(Locale.ROOT).startsWith("application/stix+json")) {
            byte[] object = StoredObject.bytes(entry);
            return () ->
                    request.response().putHeader(HttpHeaders.CONTENT_TYPE, STIX).end(Buffer.buffer(object));
        }
        return ApiJson.reply(request, 200, ObjectView.of(caller, entry, services));
    }

    /** All versions of an object; the schema {@code Versions}. */
    record VersionsView(String id, List<VersionView> versions) {}

    /** One version; the schema {@code Version}. */
    record VersionView(
            Long seq,
            String version,
            String received,
            String receivedFrom,
            boolean revoked,
            boolean superseded,
            String digest,
            String origin,
            List<SignerView> signedBy,
            UnprovenView unproven) {

        static VersionView of(Caller caller, Entry entry, Trust trust) {
            EntryMetadata facts = entry.facts();
            return new VersionView(
                    MatchVisibility.seq(caller, entry),
                    Times.text(facts.version()),
                    Times.text(entry.added()),
                    facts.receivedFrom().isEmpty() ? null : facts.receivedFrom(),
                    facts.revoked(),
                    entry.superseded(),
                    facts.digest(),
                    facts.provenance().origin().name().toLowerCase(Locale.ROOT),
                    SignerView.of(facts.provenance()),
                    UnprovenView.of(trust, entry));
        }
    }

    private Runnable versions(RoutingContext request) throws StoreUnavailable {
        Caller caller = Callers.require(request, Right.READ);
        String id = request.pathParam("id");
        List<Entry> versions = services.release().versions(caller.recipient(), id);
        if (versions.isEmpty()) {
            throw StoredVersion.gone(services, caller, id);
        }
        AccessNotes.of(request).keys(versions.getLast().facts().observables()).answers(versions.size());
        return ApiJson.reply(
                request,
                200,
                new VersionsView(
                        id,
                        versions.stream()
                                .map(entry -> VersionView.of(caller, entry, services.trust()))
                                .toList()));
    }
}
