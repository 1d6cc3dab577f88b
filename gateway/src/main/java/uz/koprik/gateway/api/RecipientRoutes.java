package uz.koprik.gateway.api;

import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import uz.koprik.crypto.trust.CardFacts;
import uz.koprik.crypto.trust.TrustedCentre;
import uz.koprik.gateway.api.common.ApiJson;
import uz.koprik.gateway.api.common.CentreNames;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.gateway.http.StixIds;
import uz.koprik.gateway.partners.LocalCentre;
import uz.koprik.gateway.partners.PartnerSettings;
import uz.koprik.gateway.partners.Partners;
import uz.koprik.gateway.partners.Trust;
import uz.koprik.gateway.release.Explanation;
import uz.koprik.gateway.release.Release;
import uz.koprik.indicators.policy.ReleaseDecision;
import uz.koprik.indicators.store.StoreUnavailable;

/** For analysts: the centres that names stand for, whom to ask there, and which partners an object goes to. */
public final class RecipientRoutes implements Routes {

    private final Release release;
    private final Trust trust;
    private final Partners partners;
    private final LocalCentre localCentre;

    public RecipientRoutes(Release release, Trust trust, Partners partners, LocalCentre localCentre) {
        this.release = release;
        this.trust = trust;
        this.partners = partners;
        this.localCentre = localCentre;
    }

    @Override
    public void mount(RouteTable router) {
        router.get("/api/centres").handler(Blocking.handler(this::centres));
        router.get("/api/objects/:id/recipients").handler(Blocking.handler(this::recipients));
    }

    /** All centres of the trust list; the schema {@code Centres}. */
    record CentresView(List<CentreView> centres) {}

    /**
     * A centre; the schema {@code Centre}.
     *
     * @param name short
     * @param title what people call it
     * @param identity id of its identity object
     * @param own true for this centre; absent otherwise
     * @param contacts as on its card
     */
    record CentreView(String name, String title, String identity, Boolean own, List<String> contacts) {}

    /** To whom an object goes; the schema {@code Recipients}. */
    record RecipientsView(String id, List<RecipientView> recipients) {}

    /**
     * A partner; the schema {@code ObjectRecipient}.
     *
     * @param name short
     * @param title what people call it; absent for a server of others
     * @param released whether it may have the object
     * @param code the rule that decided, a stable word
     * @param details what the rule decided by
     * @param reason the same as a sentence
     */
    record RecipientView(
            String name, String title, boolean released, String code, Map<String, String> details, String reason) {}

    private Runnable centres(RoutingContext request) {
        Callers.require(request, Right.ANALYSE);
        List<CentreView> views = trust.centres().stream()
                .sorted(Comparator.comparing(TrustedCentre::name))
                .map(centre -> new CentreView(
                        centre.name(),
                        centre.title(),
                        centre.identity(),
                        centre.name().equals(localCentre.name()) ? Boolean.TRUE : null,
                        trust.card(centre.name()).map(CardFacts::contacts).orElse(List.of())))
                .toList();
        return ApiJson.reply(request, 200, new CentresView(views));
    }

    private Runnable recipients(RoutingContext request) throws StoreUnavailable {
        Caller caller = Callers.require(request, Right.ANALYSE);
        String id = request.pathParam("id");
        if (release.latest(caller.recipient(), id).isEmpty()) {
            throw StixIds.absent(id, "there is no such object here");
        }
        List<RecipientView> views = new ArrayList<>();
        for (Map.Entry<String, Optional<String>> partner : names().entrySet()) {
            String name = partner.getKey();
            Explanation explained = release.explain(
                            id, trust.recipient(name, partners.partner(name).agreement()))
                    .orElseThrow(() -> StixIds.absent(id, "there is no such object here"));
            ReleaseDecision decision = explained.decision();
            views.add(new RecipientView(
                    name,
                    partner.getValue().orElse(null),
                    decision.released(),
                    decision.code().word(),
                    new TreeMap<>(decision.details()),
                    CentreNames.inWords(trust, decision.reason())));
        }
        return ApiJson.reply(request, 200, new RecipientsView(id, views));
    }

    /** The partners and what people call them. */
    private Map<String, Optional<String>> names() {
        Map<String, Optional<String>> names = new TreeMap<>();
        for (PartnerSettings settings : partners.all()) {
            names.put(settings.name(), Optional.empty());
        }
        for (TrustedCentre centre : trust.centres()) {
            names.put(centre.name(), Optional.of(centre.title()));
        }
        names.remove(localCentre.name());
        return names;
    }
}
