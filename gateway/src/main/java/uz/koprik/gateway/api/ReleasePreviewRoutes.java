package uz.koprik.gateway.api;

import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import uz.koprik.gateway.api.common.AnalystServices;
import uz.koprik.gateway.api.common.ApiJson;
import uz.koprik.gateway.api.common.CentreNames;
import uz.koprik.gateway.api.common.JsonBodies;
import uz.koprik.gateway.api.common.ReleaseWish;
import uz.koprik.gateway.api.common.TlpParam;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.gateway.partners.Partners;
import uz.koprik.gateway.partners.Trust;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.policy.ReleaseDecision;
import uz.koprik.indicators.policy.ReleaseTerms;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.ReleaseLimits;

/** {@code POST /api/explain}: which partners would receive something that is not stored yet. Nothing is stored. */
public final class ReleasePreviewRoutes implements Routes {

    private final AnalystServices services;
    private final PartnerPlaces places;

    public ReleasePreviewRoutes(AnalystServices services, Partners partners) {
        this.services = services;
        this.places = new PartnerPlaces(
                services.trust(), partners, services.localCentre().identity());
    }

    @Override
    public void mount(RouteTable router) {
        router.post("/api/explain").handler(Blocking.handler(this::preview));
    }

    /** What decides; the schema {@code ReleaseQuestion}. */
    record Form(
            String tlp,
            List<String> kinds,
            String createdByRef,
            Boolean caseFile,
            List<String> to,
            String group,
            String embargo) {}

    /** The schema {@code ReleasePreview}. */
    record Answer(String tlp, boolean own, boolean personal, List<PartnerView> partners) {}

    /**
     * One partner.
     *
     * @param title as its card names it; null for a server without a card
     * @param released whether it receives all of it
     * @param delivery how: sent, fetched by it, or not at all
     * @param decisions one for all kinds, or one each for kinds that are personal data and those that are not
     */
    record PartnerView(String partner, String title, boolean released, String delivery, List<DecisionView> decisions) {}

    /** @param kinds for which it holds; null when it holds for all */
    record DecisionView(boolean released, String code, Map<String, String> details, String reason, List<String> kinds) {

        static DecisionView of(ReleaseDecision decision, Set<String> kinds, Trust trust) {
            return new DecisionView(
                    decision.released(),
                    decision.code().word(),
                    new TreeMap<>(decision.details()),
                    CentreNames.inWords(trust, decision.reason()),
                    kinds == null ? null : List.copyOf(kinds));
        }
    }

    private Runnable preview(RoutingContext request) {
        Callers.require(request, Right.ANALYSE);
        Form form = ApiJson.read(JsonBodies.bytes(request), Form.class);
        Tlp tlp = form.tlp() == null ? services.unmarked() : TlpParam.parse(form.tlp());
        String self = services.localCentre().identity();
        boolean own = form.createdByRef() == null || form.createdByRef().equals(self);
        boolean house = Boolean.TRUE.equals(form.caseFile());
        Set<String> personal = new LinkedHashSet<>();
        Set<String> other = new LinkedHashSet<>();
        for (String code : form.kinds() == null ? List.<String>of() : form.kinds()) {
            ObservableKind kind = Optional.ofNullable(code)
                    .flatMap(ObservableKind::ofCode)
                    .orElseThrow(() ->
                            ApiJson.bad("each of \"kinds\" is the code of a kind of value, such as domain or iban"));
            (kind.personal() ? personal : other).add(kind.code());
        }
        Instant now = services.clock().instant();
        ReleaseLimits limits = ReleaseWish.of(request, services, form.to(), form.group(), form.embargo())
                .map(wish -> ReleaseLimits.of(wish.marking(), group -> since(group, now)))
                .orElse(ReleaseLimits.NONE);
        List<PartnerView> views = new ArrayList<>();
        for (PartnerPlaces.Place place : places.all()) {
            ReleaseDecision plain = services.release()
                    .would(limits.apply(new ReleaseTerms(tlp, own, false, house), now), place.recipient());
            ReleaseDecision ofPeople = services.release()
                    .would(limits.apply(new ReleaseTerms(tlp, own, true, house), now), place.recipient());
            List<DecisionView> decisions = decisions(plain, other, ofPeople, personal);
            boolean released = decisions.stream().allMatch(DecisionView::released);
            views.add(new PartnerView(place.name(), place.title(), released, place.delivery(), decisions));
        }
        return ApiJson.reply(request, 200, new Answer(tlp.label(), own, !personal.isEmpty(), views));
    }

    private Instant since(String group, Instant now) {
        return services.trust().group(group).map(known -> known.since(now)).orElse(Instant.EPOCH);
    }

    private List<DecisionView> decisions(
            ReleaseDecision plain, Set<String> other, ReleaseDecision ofPeople, Set<String> personal) {
        if (personal.isEmpty()) {
            return List.of(DecisionView.of(plain, null, services.trust()));
        }
        return other.isEmpty() || plain.equals(ofPeople)
                ? List.of(DecisionView.of(ofPeople, null, services.trust()))
                : List.of(
                        DecisionView.of(plain, other, services.trust()),
                        DecisionView.of(ofPeople, personal, services.trust()));
    }
}
