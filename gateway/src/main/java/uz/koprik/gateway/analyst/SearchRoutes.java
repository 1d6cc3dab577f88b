package uz.koprik.gateway.analyst;

import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import uz.koprik.gateway.access.Caller;
import uz.koprik.gateway.access.Callers;
import uz.koprik.gateway.access.Right;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.indicators.store.Carriers;
import uz.koprik.indicators.store.Search;
import uz.koprik.indicators.store.StoreUnavailable;

/** {@code /api/search}: one box for words, values and filters, typed (GET) or pasted (POST). */
final class SearchRoutes implements Routes {

    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 1000;
    private static final int MAX_QUESTION = 4096;

    private final Desk desk;
    private final BoxQuestion question;

    SearchRoutes(Desk desk) {
        this.desk = desk;
        this.question = new BoxQuestion(desk);
    }

    @Override
    public void mount(RouteTable router) {
        router.get("/api/search", "q", "saved", "limit", "cursor", "histogram", "highlight").handler(Blocking.handler(this::typed));
        router.post("/api/search", RouteTable.Content.JSON_OR_TEXT, "limit", "cursor", "histogram", "highlight").handler(Blocking.handler(this::pasted));
    }

    /** A question of any length; the schema {@code SearchQuestion}. */
    record Question(String q) {}

    private Runnable typed(RoutingContext request) throws StoreUnavailable {
        Caller caller = Callers.require(request, Right.ANALYSE);
        return search(request, caller, question.text(request, caller, MAX_QUESTION));
    }

    private Runnable pasted(RoutingContext request) throws StoreUnavailable {
        Caller caller = Callers.require(request, Right.ANALYSE);
        Optional<String> text = Bodies.plainText(request);
        if (text.isPresent()) {
            return search(request, caller, text.get());
        }
        Question asked = ApiJson.read(Bodies.bytes(request), Question.class);
        if (asked.q() == null) {
            throw ApiJson.bad("\"q\" is missing");
        }
        return search(request, caller, asked.q());
    }

    private Runnable search(RoutingContext request, Caller caller, String text) throws StoreUnavailable {
        int limit = Cursors.limit(request, DEFAULT_LIMIT, MAX_LIMIT);
        Optional<Long> before = Cursors.cursor(request, desk, caller);
        Optional<Search.Interval> histogram = histogram(request);
        boolean highlight = Bodies.flag(request, "highlight", true);
        SearchBox box = SearchBox.read(text, desk.recognition());
        BoxQuestion.Answered answered = question.ask(caller, box, query ->
                query.with().before(before).limit(limit).histogram(histogram).highlight(highlight).build());
        Map<String, Carriers> carriers = answered.box().values().isEmpty()
                ? Map.of()
                : desk.release().carriers(caller.recipient(), answered.box().keys(), 0);
        return ApiJson.reply(request, 200, SearchView.of(desk, caller, answered, carriers));
    }

    private static Optional<Search.Interval> histogram(RoutingContext request) {
        String text = request.request().getParam("histogram");
        if (text == null) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(Search.Interval.values()).filter(one -> name(one).equals(text)).findAny().orElseThrow(
                () -> ApiJson.bad("\"histogram\" is one of "
                        + Arrays.stream(Search.Interval.values()).map(SearchRoutes::name).collect(Collectors.joining(", ")))));
    }

    private static String name(Search.Interval interval) {
        return interval.name().toLowerCase(Locale.ROOT);
    }
}
