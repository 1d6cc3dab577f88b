package uz.koprik.gateway.api.search;

import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import uz.koprik.gateway.api.common.AnalystServices;
import uz.koprik.gateway.api.common.ApiJson;
import uz.koprik.gateway.api.common.JsonBodies;
import uz.koprik.gateway.api.common.MatchView;
import uz.koprik.gateway.api.common.MatchVisibility;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.indicators.correlation.ValueMatch;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.store.Carriers;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * {@code /api/search/values}: every value of a pasted text, looked up in one go; with {@code near=true} by all rules of
 * correlation, which costs more.
 */
public final class ValueRoutes implements Routes {

    private static final int MAX_VALUES = 20_000;
    private static final int MAX_NEAR = 1000;

    private final AnalystServices services;

    public ValueRoutes(AnalystServices services) {
        this.services = services;
    }

    @Override
    public void mount(RouteTable router) {
        router.post("/api/search/values", RouteTable.Content.JSON_OR_TEXT, "near")
                .handler(Blocking.handler(this::values));
    }

    /** Text to look for values in; the schema {@code ValuesQuestion}. */
    record Question(String text) {}

    /** Every value recognised; the schema {@code ValuesAnswer}. */
    record Answer(int recognised, int hits, List<Integer> unrecognised, List<Hits> values, List<Hits> doubtful) {}

    /** One value; the schema {@code ValueHits}. */
    record Hits(
            String spelling,
            String kind,
            String value,
            long count,
            String remark,
            List<MatchView.MetView> met,
            List<MatchView> near) {}

    private Runnable values(RoutingContext request) throws StoreUnavailable {
        Caller caller = Callers.require(request, Right.ANALYSE);
        boolean near = JsonBodies.flag(request, "near", false);
        PastedValues pasted = PastedValues.read(text(request), services.recognition(), near ? MAX_NEAR : MAX_VALUES);
        List<Hits> hits = hits(caller, pasted.spellings(), near);
        List<Hits> doubtful = hits(caller, pasted.doubtful(), near);
        int carried = (int) hits.stream().filter(one -> one.count() > 0).count();
        return ApiJson.reply(request, 200, new Answer(hits.size(), carried, pasted.unrecognised(), hits, doubtful));
    }

    /** Those that are carried first; otherwise in the order of the text. */
    private List<Hits> hits(Caller caller, Map<Observable, String> spellings, boolean near) throws StoreUnavailable {
        if (spellings.isEmpty()) {
            return List.of();
        }
        Map<String, Carriers> carriers = services.release()
                .carriers(
                        caller.recipient(),
                        spellings.keySet().stream()
                                .map(value -> value.comparedAs().key())
                                .distinct()
                                .toList(),
                        ValueMatch.LISTED);
        // Of values that may be the same as others, what may be the same is part of the answer.
        Set<Observable> asked = near
                ? spellings.keySet()
                : spellings.keySet().stream()
                        .filter(value -> !value.perhaps().isEmpty())
                        .limit(MAX_NEAR)
                        .collect(Collectors.toSet());
        Map<Observable, List<MatchView>> around = asked.isEmpty() ? Map.of() : near(caller, asked);
        List<Hits> hits = new ArrayList<>();
        spellings.forEach((value, spelling) -> hits.add(hits(
                value,
                spelling,
                carriers.get(value.comparedAs().key()),
                around.containsKey(value) || near ? around.getOrDefault(value, List.of()) : null)));
        hits.sort(Comparator.comparing(
                one -> one.count() == 0 && (one.near() == null || one.near().isEmpty())));
        return hits;
    }

    /** What lies around the values and in them; the same value is not among it. */
    private Map<Observable, List<MatchView>> near(Caller caller, Set<Observable> values) throws StoreUnavailable {
        Map<Observable, List<MatchView>> near = new HashMap<>();
        for (ValueMatch match : MatchVisibility.matches(services, caller, "", List.copyOf(values))) {
            if (match.rule() != ValueMatch.Rule.SAME_VALUE) {
                near.computeIfAbsent(match.observable().orElseThrow(), value -> new ArrayList<>())
                        .add(MatchView.of(match, services.trust()));
            }
        }
        return near;
    }

    private static String text(RoutingContext request) {
        Optional<String> text = JsonBodies.plainText(request);
        if (text.isPresent()) {
            return text.get();
        }
        Question question = ApiJson.read(JsonBodies.bytes(request), Question.class);
        if (question.text() == null) {
            throw ApiJson.bad("\"text\" is missing");
        }
        return question.text();
    }

    private Hits hits(Observable value, String spelling, Carriers carriers, List<MatchView> near) {
        return new Hits(
                spelling,
                value.kind().code(),
                value.value(),
                carriers == null ? 0 : carriers.count(),
                value.remark().orElse(null),
                carriers == null
                        ? List.of()
                        : carriers.freshest().stream()
                                .map(ValueMatch.MatchedObject::of)
                                .map(one -> MatchView.MetView.of(one, Optional.of(value), services.trust()))
                                .toList(),
                near);
    }
}
