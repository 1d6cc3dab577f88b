package uz.koprik.gateway.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import uz.koprik.gateway.release.Release;
import uz.koprik.indicators.policy.ReleaseDecision;
import uz.koprik.indicators.policy.ReleaseTerms;

/** Who would receive which of some objects, once the release desk holds none of them, and why not. */
final class ReleaseForecast {

    private static final int EXAMPLES = 5;

    private final Release release;
    private final PartnerPlaces places;

    ReleaseForecast(Release release, PartnerPlaces places) {
        this.release = release;
        this.places = places;
    }

    /** An object, or what is to become one. */
    record Judged(String id, ReleaseTerms terms) {}

    /**
     * A partner; the schema {@code ForecastPartner}.
     *
     * @param title as its card names it; null for a server without a card
     * @param released how many objects it would receive
     * @param decisions by rule, with how many objects each decides
     */
    record PartnerView(String partner, String title, String delivery, long released, List<DecisionView> decisions) {}

    /**
     * What one rule decides; the schema {@code ForecastDecision}.
     *
     * @param ids of some of the objects
     */
    record DecisionView(
            boolean released,
            String code,
            Map<String, String> details,
            String reason,
            long objects,
            List<String> ids) {}

    /** For each partner, by name. */
    List<PartnerView> partners(List<Judged> objects) {
        Map<ReleaseTerms, List<String>> byTerms = new LinkedHashMap<>();
        for (Judged object : objects) {
            byTerms.computeIfAbsent(object.terms().with(ReleaseTerms.Hold.NONE), terms -> new ArrayList<>())
                    .add(object.id());
        }
        return places.all().stream().map(place -> view(place, byTerms)).toList();
    }

    private PartnerView view(PartnerPlaces.Place place, Map<ReleaseTerms, List<String>> byTerms) {
        Map<ReleaseDecision, List<String>> byDecision = new LinkedHashMap<>();
        byTerms.forEach((terms, ids) -> byDecision
                .computeIfAbsent(release.would(terms, place.recipient()), decision -> new ArrayList<>())
                .addAll(ids));
        long released = byDecision.entrySet().stream()
                .filter(decided -> decided.getKey().released())
                .mapToLong(decided -> decided.getValue().size())
                .sum();
        List<DecisionView> decisions = byDecision.entrySet().stream()
                .map(decided -> new DecisionView(
                        decided.getKey().released(),
                        decided.getKey().code().word(),
                        new TreeMap<>(decided.getKey().details()),
                        decided.getKey().reason(),
                        decided.getValue().size(),
                        decided.getValue().stream().limit(EXAMPLES).toList()))
                .toList();
        return new PartnerView(place.name(), place.title(), place.delivery(), released, decisions);
    }
}
