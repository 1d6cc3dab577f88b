package uz.koprik.gateway.api.objects;

import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonBoolean;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.gateway.accessrecord.AccessNotes;
import uz.koprik.gateway.api.common.AnalystServices;
import uz.koprik.gateway.api.common.ApiJson;
import uz.koprik.gateway.api.common.JsonBodies;
import uz.koprik.gateway.api.common.OutcomeView;
import uz.koprik.gateway.api.common.ProblemView;
import uz.koprik.gateway.api.common.Reasons;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.Problem;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.gateway.http.StixIds;
import uz.koprik.gateway.intake.IncomingObject;
import uz.koprik.gateway.intake.Outcome;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.StixWriter;
import uz.koprik.indicators.stix.values.StixTimestamp;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.EntryMetadata;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.StoredObject;

/**
 * {@code /api/objects/{id}/revocation}: revokes an object of this centre (STIX 2.1, section 3.2, {@code revoked}). The
 * revoked version keeps its markings, so the partners that have the object get it. The reason is a note on the object
 * (section 4.13) with the same markings.
 */
public final class RevocationRoutes implements Routes {

    private static final int MAX_REASON = 4096;

    private final AnalystServices services;

    public RevocationRoutes(AnalystServices services) {
        this.services = services;
    }

    @Override
    public void mount(RouteTable router) {
        router.post("/api/objects/:id/revocation").handler(Blocking.submission(this::revoke));
    }

    /** Why an object is revoked; the schema {@code Revocation}. */
    record Form(String reason) {}

    private Runnable revoke(RoutingContext request) throws StoreUnavailable {
        Caller caller = Callers.require(request, Right.WRITE);
        String id = request.pathParam("id");
        Form form = ApiJson.read(JsonBodies.bytes(request), Form.class);
        String reason =
                Reasons.lines(form.reason(), MAX_REASON, "write why the object is revoked; its recipients read it");
        Entry entry = services.release()
                .latest(caller.recipient(), id)
                .orElseThrow(() -> StixIds.absent(id, "there is no such object here"));
        AccessNotes.of(request).keys(entry.facts().observables()).answers(1);
        check(caller, entry);
        OutcomeView.Tally tally = new OutcomeView.Tally(1, services.trust());
        if (entry.facts().revoked()) {
            tally.add(unchanged(entry), List.of());
        } else {
            services.intake()
                    .take(revocation(entry, reason), caller.source())
                    .forEach(outcome -> tally.add(outcome, List.of()));
        }
        OutcomeView.All all = tally.all();
        return all.refused() > 0 ? ProblemView.refused(request, all) : ApiJson.reply(request, 200, all);
    }

    private void check(Caller caller, Entry entry) {
        EntryMetadata facts = entry.facts();
        if (entry.release().house()) {
            throw refused("this is a case file, which no partner has: close it instead");
        }
        if (facts.version() == 0) {
            throw refused("an object of type " + facts.type() + " has no versions and cannot be revoked (STIX 2.1,"
                    + " section 3.2): revoke the indicators that refer to it");
        }
        if (!services.localCentre().made(facts)) {
            throw refused(
                    "only its creator may revoke an object (STIX 2.1, section 3.2), and this centre did not create"
                            + " it: report an opinion on it, or ask its producer");
        }
        if (!caller.may(Right.ANALYSE) && !facts.submittedBy().equals(caller.name())) {
            throw new Problem(
                    403,
                    "Not allowed",
                    caller.name() + " may revoke only what it submitted itself; ask an analyst of the centre");
        }
    }

    private static Problem refused(String reason) {
        return new Problem(422, "Refused", reason);
    }

    private static Outcome unchanged(Entry entry) {
        return new Outcome(
                "revocation",
                entry.facts().id(),
                entry.facts().version(),
                Outcome.Status.UNCHANGED,
                entry.seq(),
                Optional.empty());
    }

    private List<IncomingObject> revocation(Entry entry, String reason) {
        StixObject latest = StoredObject.stix(entry);
        Instant now = services.clock().instant().truncatedTo(ChronoUnit.MILLIS);
        JsonObject revoked = StixWriter.nextVersion(latest, now).with("revoked", new JsonBoolean(true));
        String written = StixTimestamp.format(now);
        JsonObject.Builder note = JsonObject.builder()
                .put("type", "note")
                .put("spec_version", "2.1")
                .put("id", "note--" + UUID.randomUUID())
                .put("created_by_ref", services.localCentre().identity())
                .put("created", written)
                .put("modified", written)
                .put("abstract", "Why the object is revoked")
                .put("content", reason)
                .putStrings("object_refs", List.of(latest.id()));
        if (latest.json().has("object_marking_refs")) {
            note.put("object_marking_refs", latest.json().get("object_marking_refs"));
        }
        List<IncomingObject> offered = new ArrayList<>(2);
        offered.add(new IncomingObject(CanonicalJson.bytes(revoked), "revocation"));
        offered.add(new IncomingObject(CanonicalJson.bytes(note.build()), "reason"));
        return offered;
    }
}
