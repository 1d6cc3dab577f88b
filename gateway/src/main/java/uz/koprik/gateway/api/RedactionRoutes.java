package uz.koprik.gateway.api;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.gateway.accessrecord.AccessNotes;
import uz.koprik.gateway.api.common.AnalystServices;
import uz.koprik.gateway.api.common.ApiJson;
import uz.koprik.gateway.api.common.JsonBodies;
import uz.koprik.gateway.api.common.OutcomeView;
import uz.koprik.gateway.api.common.ProblemView;
import uz.koprik.gateway.api.common.Reasons;
import uz.koprik.gateway.api.common.Times;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.Problem;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.gateway.http.StixIds;
import uz.koprik.gateway.intake.Outcome;
import uz.koprik.gateway.partners.Partners;
import uz.koprik.gateway.redactions.KnownRedactions;
import uz.koprik.gateway.redactions.RedactionDesk;
import uz.koprik.gateway.redactions.RedactionGoal;
import uz.koprik.gateway.redactions.RedactionPlan;
import uz.koprik.gateway.redactions.RedactionRefused;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.StoreUnavailable;

/** {@code /api/objects/{id}/redactions}: members of the centre redact an object, and see its redactions. */
public final class RedactionRoutes implements Routes {

    private static final int LONGEST_REASON = 1000;
    private static final String PATH = "/api/objects/:id/redactions";

    private final AnalystServices services;
    private final Partners partners;
    private final RedactionDesk desk;
    private final KnownRedactions known;
    private final ReleaseForecast forecast;

    /** @param partners with the agreements that are in force */
    public RedactionRoutes(AnalystServices services, Partners partners) {
        this.services = services;
        this.partners = partners;
        this.desk = new RedactionDesk(
                services.intake(),
                services.release(),
                services.trust(),
                services.recalls(),
                services.unmarked(),
                services.clock());
        this.known = new KnownRedactions(services.release(), services.localCentre());
        this.forecast = new ReleaseForecast(
                services.release(),
                new PartnerPlaces(
                        services.trust(), partners, services.localCentre().identity()));
    }

    @Override
    public void mount(RouteTable router) {
        router.get(PATH).handler(Blocking.handler(this::all));
        router.post(PATH).handler(Blocking.submission(this::redact));
    }

    /** The schema {@code NewRedaction}. */
    record NewRedaction(String toTlp, String forPartner, String reason, Boolean preview, Boolean anyway) {}

    /** A part that is cut; the schema {@code CutPart}. */
    record PartView(String pointer, String marking, Boolean unknown) {}

    /**
     * The schema {@code Redaction}.
     *
     * @param state {@code new}, {@code new_version} or {@code unchanged}
     * @param held whether it waits for a second person, or would
     * @param waits the item of the release desk; null when there is none
     */
    record Answer(
            String id,
            String original,
            String state,
            boolean preview,
            String marking,
            List<PartView> cut,
            List<String> also,
            List<String> kept,
            List<String> repeated,
            boolean held,
            String waits,
            List<ReleaseForecast.PartnerView> partners,
            @JsonRawValue String object) {}

    /** One redaction; the schema {@code KnownRedaction}. */
    record KnownView(String id, String version, boolean outdated, boolean revoked, boolean held, String marking) {}

    /**
     * The schema {@code Redactions}.
     *
     * @param redactionOf the original, when the object is a redaction itself; null otherwise
     */
    record All(String id, String redactionOf, List<KnownView> redactions) {}

    private Runnable all(RoutingContext request) throws StoreUnavailable {
        Caller caller = member(request);
        String id = request.pathParam("id");
        Entry original = services.release()
                .latest(caller.recipient(), id)
                .orElseThrow(() -> StixIds.absent(id, "there is no such object here"));
        List<KnownView> views = new ArrayList<>();
        for (KnownRedactions.Known one : known.of(id, caller.recipient())) {
            views.add(new KnownView(
                    one.id(),
                    Times.text(one.entry().facts().version()),
                    known.outdated(one, original),
                    one.revoked(),
                    one.entry().release().held(),
                    one.entry().release().tlp().label()));
        }
        AccessNotes.of(request).answers(views.size());
        return ApiJson.reply(
                request,
                200,
                new All(id, known.of(original).map(origin -> origin.original()).orElse(null), views));
    }

    private static Caller member(RoutingContext request) {
        Caller caller = Callers.require(request, Right.ANALYSE);
        if (!caller.source().member()) {
            throw new Problem(403, "Not allowed", "members of this centre alone see and make redactions");
        }
        return caller;
    }

    private Runnable redact(RoutingContext request) throws StoreUnavailable {
        Caller caller = member(request);
        Callers.require(request, Right.WRITE);
        String id = request.pathParam("id");
        NewRedaction form = ApiJson.read(JsonBodies.bytes(request), NewRedaction.class);
        boolean preview = Boolean.TRUE.equals(form.preview());
        String reason = preview
                ? ""
                : Reasons.lines(form.reason(), LONGEST_REASON, "write why; the members of this centre read it");
        RedactionGoal goal = goal(form);
        if (services.release().latest(caller.recipient(), id).isEmpty()) {
            throw StixIds.absent(id, "there is no such object here");
        }
        RedactionPlan plan = done(() -> desk.plan(id, goal, caller));
        AccessNotes.of(request).keys(plan.original().facts().observables()).answers(1);
        if (preview) {
            return ApiJson.reply(request, 200, answer(plan, true, plan.terms().held(), Optional.empty()));
        }
        List<Outcome> outcomes = done(() -> desk.redact(plan, reason, Boolean.TRUE.equals(form.anyway()), caller));
        OutcomeView.Tally tally = new OutcomeView.Tally(outcomes.size(), services.trust());
        outcomes.forEach(outcome -> tally.add(outcome, List.of()));
        OutcomeView.All taken = tally.all();
        if (taken.refused() > 0) {
            return ProblemView.refused(request, taken);
        }
        Optional<String> waits = outcomes.stream().findFirst().flatMap(Outcome::deskItem);
        boolean made = plan.state() != RedactionPlan.State.UNCHANGED;
        return ApiJson.reply(
                request, made ? 201 : 200, answer(plan, false, plan.terms().held(), waits));
    }

    private Answer answer(RedactionPlan plan, boolean preview, boolean held, Optional<String> waits) {
        JsonObject object = plan.object();
        return new Answer(
                plan.id(),
                plan.original().facts().id(),
                plan.state().name().toLowerCase(Locale.ROOT),
                preview,
                plan.terms().tlp().label(),
                plan.cut().stream()
                        .map(part -> new PartView(part.pointer(), part.marking(), part.unknown() ? Boolean.TRUE : null))
                        .toList(),
                plan.also(),
                plan.kept(),
                plan.repeated(),
                held,
                waits.orElse(null),
                forecast.partners(List.of(new ReleaseForecast.Judged(plan.id(), plan.terms()))),
                new String(CanonicalJson.bytes(object), StandardCharsets.UTF_8));
    }

    private RedactionGoal goal(NewRedaction form) {
        if (form.toTlp() != null && form.forPartner() != null) {
            throw ApiJson.bad("\"to_tlp\" and \"for_partner\" exclude one another");
        }
        if (form.toTlp() != null) {
            return new RedactionGoal.UpTo(Tlp.parse(form.toTlp())
                    .filter(tlp -> tlp != Tlp.RED)
                    .orElseThrow(() -> ApiJson.bad("\"to_tlp\" is one of clear, green, amber, amber+strict")));
        }
        if (form.forPartner() != null) {
            String name = form.forPartner();
            boolean there = !name.equals(services.localCentre().name())
                    && (services.trust().centre(name).isPresent()
                            || partners.all().stream()
                                    .anyMatch(settings -> settings.name().equals(name)));
            if (!there) {
                throw ApiJson.bad("\"for_partner\" names no partner of this centre; `koprik partner list` names them");
            }
            return new RedactionGoal.ForPartner(
                    services.trust().recipient(name, partners.partner(name).agreement()));
        }
        return new RedactionGoal.AsTheWhole();
    }

    /** Something that may be refused. */
    @FunctionalInterface
    private interface Act<T> {
        T take() throws StoreUnavailable, RedactionRefused;
    }

    private static <T> T done(Act<T> act) throws StoreUnavailable {
        try {
            return act.take();
        } catch (RedactionRefused refused) {
            String message =
                    (refused.pointer().isEmpty() ? "" : "at " + refused.pointer() + ": ") + refused.getMessage();
            throw switch (refused.kind()) {
                case ABSENT -> new Problem(404, "Not found", message);
                case INVALID -> new Problem(422, "Refused", message);
                case REPEATED -> new Problem(409, "Conflict", message);
            };
        }
    }
}
