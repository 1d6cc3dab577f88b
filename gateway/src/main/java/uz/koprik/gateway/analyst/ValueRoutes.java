package uz.koprik.gateway.analyst;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import uz.koprik.gateway.access.Caller;
import uz.koprik.gateway.access.Callers;
import uz.koprik.gateway.access.Right;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.Routes;
import uz.koprik.indicators.correlation.Correlator;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.store.Carriers;
import uz.koprik.indicators.store.StoreUnavailable;

/** {@code /api/search/values}: every value of a pasted text, looked up in one go. */
final class ValueRoutes implements Routes {

    private static final int MAX_VALUES = 20_000;
    private final Desk desk;

    ValueRoutes(Desk desk) {
        this.desk = desk;
    }

    @Override
    public void mount(Router router) {
        router.post("/api/search/values").handler(Blocking.handler(this::values));
    }

    /** Text to look for values in; the schema {@code ValuesQuestion}. */
    record Question(String text) {}

    /** Every value recognised; the schema {@code ValuesAnswer}. */
    record Answer(int recognised, int hits, List<Integer> unrecognised, List<Hits> values) {}

    /** One value; the schema {@code ValueHits}. */
    record Hits(String spelling, String kind, String value, long count, List<MatchView.MetView> met) {}

    private Runnable values(RoutingContext request) throws StoreUnavailable {
        Caller caller = Callers.require(request, Right.ANALYSE);
        Pasted pasted = Pasted.read(text(request), desk.recognition(), MAX_VALUES);
        Map<Observable, String> spellings = pasted.spellings();
        Map<String, Carriers> carriers = desk.release()
                .carriers(
                        caller.recipient(),
                        spellings.keySet().stream().map(Observable::key).toList(),
                        Correlator.TOLD);
        List<Hits> hits = new ArrayList<>();
        spellings.forEach((value, spelling) -> hits.add(hits(value, spelling, carriers.get(value.key()))));
        hits.sort(Comparator.comparing(h -> h.count() == 0)); // stable: otherwise in the order of the text
        return ApiJson.reply(request, 200, new Answer(hits.size(), carriers.size(), pasted.unrecognised(), hits));
    }

    private static String text(RoutingContext request) {
        byte[] body = Bodies.bytes(request);
        String type = Optional.ofNullable(request.request().getHeader(HttpHeaders.CONTENT_TYPE)).orElse("");
        if (type.toLowerCase(Locale.ROOT).startsWith("text/plain")) {
            return new String(body, StandardCharsets.UTF_8);
        }
        Question question = ApiJson.read(body, Question.class);
        if (question.text() == null) {
            throw ApiJson.bad("\"text\" is missing");
        }
        return question.text();
    }

    private static Hits hits(Observable value, String spelling, Carriers carriers) {
        return new Hits(
                spelling,
                value.kind().code(),
                value.value(),
                carriers == null ? 0 : carriers.count(),
                carriers == null
                        ? List.of()
                        : carriers.freshest().stream()
                                .map(Correlator::describe)
                                .map(MatchView.MetView::of)
                                .toList());
    }
}
