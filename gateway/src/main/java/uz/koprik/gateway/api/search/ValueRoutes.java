package uz.koprik.gateway.api.search;

import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import uz.koprik.gateway.accessrecord.AccessNotes;
import uz.koprik.gateway.api.common.AnalystServices;
import uz.koprik.gateway.api.common.ApiJson;
import uz.koprik.gateway.api.common.JsonBodies;
import uz.koprik.gateway.api.common.MatchView;
import uz.koprik.gateway.api.common.MatchVisibility;
import uz.koprik.gateway.api.common.RemarkView;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.indicators.correlation.ValueMatch;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.forms.ValueRemark;
import uz.koprik.indicators.store.Carriers;
import uz.koprik.indicators.store.Entry;
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

    /**
     * One value; the schema {@code ValueHits}.
     *
     * @param silenced the warning list that names it, so that correlation leaves it out; absent for none
     * @param cases how many case files that the caller may see carry it; absent for a caller who works on none
     * @param inCases the first of them; absent for none
     */
    record Hits(
            String spelling,
            String kind,
            String value,
            long count,
            String remark,
            List<RemarkView> remarkCodes,
            ListedBy silenced,
            Long cases,
            List<CasesOfValues.CaseView> inCases,
            List<MatchView.MetView> met,
            List<MatchView> near) {}

    /**
     * The warning list that names a value; the schema {@code ListedBy}.
     *
     * @param list its name
     * @param entry what stands in it
     */
    record ListedBy(String list, String entry) {}

    private Runnable values(RoutingContext request) throws StoreUnavailable {
        Caller caller = Callers.require(request, Right.ANALYSE);
        boolean near = JsonBodies.flag(request, "near", false);
        PastedValues pasted = PastedValues.read(text(request), services.recognition(), near ? MAX_NEAR : MAX_VALUES);
        List<Asked> sure = Asked.of(pasted.spellings());
        List<Asked> unsure = Asked.of(pasted.doubtful());
        AccessNotes notes = AccessNotes.of(request).compared(keys(sure)).compared(keys(unsure));
        Map<String, Carriers> carriers = carriers(caller, sure);
        int carried = (int)
                sure.stream().filter(one -> count(carriers.get(one.key())) > 0).count();
        notes.answers(carried).begin();
        List<Hits> hits = hits(caller, sure, carriers, near);
        List<Hits> doubtful = hits(caller, unsure, carriers(caller, unsure), near);
        return ApiJson.reply(request, 200, new Answer(hits.size(), carried, pasted.unrecognised(), hits, doubtful));
    }

    /**
     * A value of the text.
     *
     * @param spelling as it stands there
     * @param key under which it is looked up
     */
    private record Asked(Observable value, String spelling, String key) {

        static List<Asked> of(Map<Observable, String> spellings) {
            List<Asked> asked = new ArrayList<>(spellings.size());
            spellings.forEach((value, spelling) ->
                    asked.add(new Asked(value, spelling, value.comparedAs().key())));
            return asked;
        }
    }

    private static List<String> keys(List<Asked> asked) {
        return asked.stream().map(Asked::key).toList();
    }

    private Map<String, Carriers> carriers(Caller caller, List<Asked> asked) throws StoreUnavailable {
        return asked.isEmpty()
                ? Map.of()
                : services.release().carriers(caller.recipient(), keys(asked), ValueMatch.LISTED);
    }

    private static long count(Carriers carriers) {
        return carriers == null ? 0 : carriers.count();
    }

    /** Those that are carried first; otherwise in the order of the text. */
    private List<Hits> hits(Caller caller, List<Asked> values, Map<String, Carriers> carriers, boolean near)
            throws StoreUnavailable {
        // Of values that may be the same as others, what may be the same is part of the answer.
        List<Observable> asked = values.stream()
                .map(Asked::value)
                .filter(value -> near || !value.perhaps().isEmpty())
                .limit(MAX_NEAR)
                .toList();
        Map<Observable, List<MatchView>> around = asked.isEmpty() ? Map.of() : near(caller, asked);
        CasesOfValues cases = CasesOfValues.of(services, caller, carriers);
        Map<Long, ValueMatch.MatchedObject> described = new HashMap<>();
        List<Hits> found = new ArrayList<>(values.size());
        List<Hits> others = new ArrayList<>();
        for (Asked one : values) {
            Carriers who = carriers.get(one.key());
            List<MatchView> aside = near ? around.getOrDefault(one.value(), List.of()) : around.get(one.value());
            boolean any = count(who) > 0 || (aside != null && !aside.isEmpty());
            (any ? found : others).add(hits(one, who, cases, described, aside));
        }
        found.addAll(others);
        return found;
    }

    /** What lies around the values and in them; the same value is not among it. */
    private Map<Observable, List<MatchView>> near(Caller caller, List<Observable> values) throws StoreUnavailable {
        Map<Observable, List<MatchView>> near = new HashMap<>();
        for (ValueMatch match : MatchVisibility.matches(services, caller, "", values)) {
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

    /** @param described what is known of objects by the numbers of their entries; an object can carry all values */
    private Hits hits(
            Asked asked,
            Carriers carriers,
            CasesOfValues cases,
            Map<Long, ValueMatch.MatchedObject> described,
            List<MatchView> near) {
        Observable value = asked.value();
        List<MatchView.MetView> met = new ArrayList<>();
        for (Entry entry : carriers == null ? List.<Entry>of() : carriers.freshest()) {
            ValueMatch.MatchedObject object =
                    described.computeIfAbsent(entry.seq(), seq -> ValueMatch.MatchedObject.of(entry));
            met.add(MatchView.MetView.of(object, entry.release().tlp(), value, services.trust()));
        }
        return new Hits(
                asked.spelling(),
                value.kind().code(),
                value.value(),
                count(carriers),
                ValueRemark.text(value.remarks()).orElse(null),
                RemarkView.of(value.remarks()),
                services.release()
                        .silencedBy(value)
                        .map(hit -> new ListedBy(hit.list(), hit.entry()))
                        .orElse(null),
                cases.count(asked.key()),
                cases.first(asked.key()),
                met,
                near);
    }
}
