package uz.koprik.gateway.api.search;

import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import uz.koprik.crypto.trust.TrustedCentre;
import uz.koprik.gateway.api.common.AnalystServices;
import uz.koprik.gateway.api.common.ApiJson;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.store.Search;
import uz.koprik.indicators.store.SearchQuery;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * {@code /api/search/fields}: the filters of the search box, and the values that each takes here, for completion. Types
 * and origins are those of objects that the caller may see.
 */
public final class SearchFieldRoutes implements Routes {

    private final AnalystServices services;

    public SearchFieldRoutes(AnalystServices services) {
        this.services = services;
    }

    @Override
    public void mount(RouteTable router) {
        router.get("/api/search/fields").handler(Blocking.handler(this::fields));
    }

    /** All filters; the schema {@code SearchFields}. */
    record FieldsView(List<FieldView> fields) {}

    /**
     * A filter; the schema {@code SearchField}.
     *
     * @param name as it is written before the colon
     * @param takes {@code choice}, {@code text} or {@code time}
     * @param values what may be completed; empty for text and time
     */
    record FieldView(String name, String takes, List<String> values) {}

    private Runnable fields(RoutingContext request) throws StoreUnavailable {
        Caller caller = Callers.require(request, Right.ANALYSE);
        Map<Search.Facet, Map<String, Long>> facets = services.release()
                .search(
                        caller.recipient(),
                        SearchQuery.builder()
                                .facets(EnumSet.of(Search.Facet.TYPE, Search.Facet.RECEIVED_FROM))
                                .limit(1)
                                .build())
                .facets();
        return ApiJson.reply(
                request,
                200,
                new FieldsView(SearchQueryParser.FILTERS.stream()
                        .map(name -> field(name, facets))
                        .toList()));
    }

    private FieldView field(String name, Map<Search.Facet, Map<String, Long>> facets) {
        return switch (name) {
            case "type" -> choice(name, sorted(facets, Search.Facet.TYPE));
            case "from", "source" ->
                choice(
                        name,
                        sorted(facets, Search.Facet.RECEIVED_FROM).stream()
                                .map(origin -> origin.isEmpty() ? "here" : origin)
                                .toList());
            case "producer" ->
                choice(
                        name,
                        services.trust().centres().stream()
                                .map(TrustedCentre::name)
                                .sorted()
                                .toList());
            case "tlp" ->
                choice(
                        name,
                        Arrays.stream(Tlp.values()).map(SearchFieldRoutes::word).toList());
            case "kind" ->
                choice(
                        name,
                        Arrays.stream(ObservableKind.values())
                                .map(ObservableKind::code)
                                .toList());
            case "seen", "since", "until" -> new FieldView(name, "time", List.of());
            default -> new FieldView(name, "text", List.of());
        };
    }

    private static FieldView choice(String name, List<String> values) {
        return new FieldView(name, "choice", values);
    }

    private static List<String> sorted(Map<Search.Facet, Map<String, Long>> facets, Search.Facet facet) {
        return facets.getOrDefault(facet, Map.of()).keySet().stream().sorted().toList();
    }

    private static String word(Tlp tlp) {
        return tlp.label().substring("TLP:".length()).toLowerCase(Locale.ROOT);
    }
}
