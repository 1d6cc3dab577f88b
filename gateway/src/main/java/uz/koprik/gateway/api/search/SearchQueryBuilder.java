package uz.koprik.gateway.api.search;

import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import uz.koprik.crypto.trust.TrustedCentre;
import uz.koprik.gateway.api.common.AnalystServices;
import uz.koprik.gateway.api.common.ApiJson;
import uz.koprik.gateway.api.common.SavedSearches;
import uz.koprik.gateway.api.common.Times;
import uz.koprik.gateway.api.common.TlpParam;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.http.Problem;
import uz.koprik.indicators.cases.CaseFiles;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.values.StixId;
import uz.koprik.indicators.store.Search;
import uz.koprik.indicators.store.SearchQuery;
import uz.koprik.indicators.store.StoreUnavailable;

/** What the search box means, as a question to the store. */
public final class SearchQueryBuilder {

    private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9-]{0,249}");
    private static final int MAX_CHARACTERS = 1000;
    private static final int MAX_WORDS = 200;
    private static final int MAX_NAMES = 20;

    private final AnalystServices services;

    public SearchQueryBuilder(AnalystServices services) {
        this.services = services;
    }

    /**
     * A question and its answer.
     *
     * @param box how the text was understood in the end
     */
    public record SearchAnswer(SearchQueryParser box, SearchQuery query, Search.Result result) {}

    /**
     * The text in the parameter {@code q}, or of the search that {@code saved} names; empty when there is neither.
     *
     * @param most characters in {@code q}
     * @throws Problem 400 when there are both, or the text is too long; 404 when the caller keeps no such search
     */
    public String text(RoutingContext request, Caller caller, int most) throws StoreUnavailable {
        String text = request.request().getParam("q");
        String saved = request.request().getParam("saved");
        if (text != null && saved != null) {
            throw ApiJson.bad("\"q\" and \"saved\" are two searches; ask for one of them");
        }
        if (saved != null) {
            return services.saved()
                    .find(caller.name(), saved)
                    .map(SavedSearches.SavedSearch::q)
                    .orElseThrow(SavedSearches::none);
        }
        if (text != null && text.length() > most) {
            throw ApiJson.bad("the question is longer than " + most + " characters; post it to /api/search");
        }
        return text == null ? "" : text;
    }

    /**
     * Asks; what looks like a value and is nowhere may be a word: report.pdf, node.js.
     *
     * @param shape what is asked for besides what the box says
     */
    public SearchAnswer ask(Caller caller, SearchQueryParser box, UnaryOperator<SearchQuery> shape)
            throws StoreUnavailable {
        SearchQuery query = shape.apply(of(caller, box));
        Search.Result result = services.release().search(caller.recipient(), query);
        if (result.total() == 0 && !box.values().isEmpty() && !box.pasted()) {
            SearchQueryParser words = box.withoutValues();
            SearchQuery other = shape.apply(of(caller, words));
            Search.Result found = services.release().search(caller.recipient(), other);
            if (found.total() > 0) {
                return new SearchAnswer(words, other, found);
            }
        }
        return new SearchAnswer(box, query, result);
    }

    /**
     * The question, with all facets.
     *
     * @throws Problem 400 with the position of an invalid filter
     */
    SearchQuery of(Caller caller, SearchQueryParser box) throws StoreUnavailable {
        if (box.words().length() > MAX_CHARACTERS
                || box.words().chars().filter(c -> c == ' ').count() >= MAX_WORDS) {
            throw ApiJson.bad("a search takes up to " + MAX_WORDS + " words of together " + MAX_CHARACTERS
                    + " characters; a pasted text is searched by the values in it");
        }
        TimeRange seen = seen(box);
        for (SearchQueryParser.Filter filter : box.filter("type")) {
            Optional<String> unknown =
                    TypeNames.objection(services.release(), caller.recipient(), Set.of(type(filter)));
            if (unknown.isPresent()) {
                throw filter.wrong(unknown.get());
            }
        }
        return SearchQuery.builder()
                .words(box.words())
                .observables(box.keys())
                .types(each(box, SearchQueryBuilder::type, "type"))
                .producers(box.filter("producer").stream()
                        .flatMap(filter -> producers(filter).stream())
                        .collect(Collectors.toUnmodifiableSet()))
                .receivedFrom(each(box, this::origin, "from", "source"))
                .tlps(box.filter("tlp").stream().map(SearchQueryBuilder::tlp).collect(Collectors.toUnmodifiableSet()))
                .addedFrom(seen.from().map(Times::micros))
                .addedTo(seen.to().map(Times::micros))
                .facets(EnumSet.allOf(Search.Facet.class))
                .kinds(each(box, SearchQueryBuilder::kind, "kind"))
                .labels(each(box, SearchQueryParser.Filter::value, "label"))
                .about(cases(caller, box))
                .build();
    }

    /**
     * Why nothing matches, as far as names in filters say: no such case file, or nothing received from there. For
     * people; a case file that the caller may not see is the same as one that is not there.
     */
    List<String> hints(Caller caller, SearchQueryParser box) throws StoreUnavailable {
        List<String> hints = new ArrayList<>();
        for (SearchQueryParser.Filter filter : box.filter("case")) {
            if (services.cases().all(caller, filter.value()).isEmpty()) {
                hints.add("there is no case file \"" + filter.value() + "\" that you may see");
            }
        }
        List<SearchQueryParser.Filter> origins = box.filter("from", "source");
        if (!origins.isEmpty()) {
            SearchQuery all = SearchQuery.builder()
                    .facets(EnumSet.of(Search.Facet.RECEIVED_FROM))
                    .limit(1)
                    .build();
            Set<String> known = services.release()
                    .search(caller.recipient(), all)
                    .facets()
                    .getOrDefault(Search.Facet.RECEIVED_FROM, Map.of())
                    .keySet();
            origins.stream()
                    .filter(filter -> !origin(filter).isEmpty() && !known.contains(origin(filter)))
                    .map(filter -> "nothing that you may see came from \"" + filter.value() + "\"; it came from "
                            + known.stream()
                                    .map(name -> name.isEmpty() ? "here" : name)
                                    .sorted()
                                    .limit(MAX_NAMES)
                                    .collect(Collectors.joining(", ")))
                    .forEach(hints::add);
        }
        return hints;
    }

    /** The same for a case that is not there and one that the caller may not know of. */
    private Set<String> cases(Caller caller, SearchQueryParser box) throws StoreUnavailable {
        Set<String> ids = new HashSet<>();
        for (SearchQueryParser.Filter filter : box.filter("case")) {
            ids.add(CaseFiles.id(services.localCentre().identity(), filter.value()));
            services.cases()
                    .all(caller, filter.value())
                    .forEach(found -> ids.add(found.object().id()));
        }
        return ids;
    }

    private static Set<String> each(
            SearchQueryParser box, Function<SearchQueryParser.Filter, String> meaning, String... names) {
        return box.filter(names).stream().map(meaning).collect(Collectors.toUnmodifiableSet());
    }

    private static String type(SearchQueryParser.Filter filter) {
        if (!TYPE.matcher(filter.value()).matches()) {
            throw filter.wrong("takes a STIX type such as indicator, malware or incident");
        }
        return filter.value();
    }

    private static String kind(SearchQueryParser.Filter filter) {
        return ObservableKind.ofCode(filter.value())
                .map(ObservableKind::code)
                .orElseThrow(() -> filter.wrong("takes one of "
                        + Arrays.stream(ObservableKind.values())
                                .map(ObservableKind::code)
                                .collect(Collectors.joining(", "))));
    }

    private static Tlp tlp(SearchQueryParser.Filter filter) {
        return Tlp.parse(filter.value()).orElseThrow(() -> filter.wrong("takes one of " + TlpParam.all()));
    }

    /** Producers by the name of their centre, or by id. */
    private Set<String> producers(SearchQueryParser.Filter filter) {
        if (filter.value().toLowerCase(Locale.ROOT).startsWith("identity--")) {
            Optional<String> objection = StixId.objection(filter.value());
            if (objection.isPresent()) {
                throw filter.wrong(objection.get());
            }
            return Set.of(filter.value());
        }
        TrustedCentre centre = services.trust()
                .centre(filter.value().toLowerCase(Locale.ROOT))
                .orElseThrow(() -> filter.wrong(
                        "no centre of that name is on the trust list; takes a centre or an identity--… id"));
        Set<String> ids = new HashSet<>(centre.producers());
        ids.add(centre.identity());
        return ids;
    }

    private String origin(SearchQueryParser.Filter filter) {
        return filter.value().equals("here")
                        || filter.value().equals(services.localCentre().name())
                ? ""
                : filter.value();
    }

    /** The time range that a box asks for. */
    static TimeRange seen(SearchQueryParser box) {
        TimeRange all = new TimeRange(Optional.empty(), Optional.empty());
        for (SearchQueryParser.Filter filter : box.filter("seen", "since", "until")) {
            String text =
                    switch (filter.name()) {
                        case "since" -> ">=" + filter.value();
                        case "until" -> "<" + filter.value();
                        default -> filter.value();
                    };
            all = all.and(TimeRange.read(text)
                    .orElseThrow(() -> filter.wrong("takes "
                            + (filter.name().equals("seen")
                                    ? TimeRange.FORMS
                                    : "a time such as 2026, 2026-11, 2026-11-22 or 2026-11-22T08:00:00Z"))));
        }
        return all;
    }
}
