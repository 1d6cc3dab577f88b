package uz.koprik.gateway.api.search;

import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import uz.koprik.gateway.accessrecord.AccessNotes;
import uz.koprik.gateway.api.common.AnalystServices;
import uz.koprik.gateway.api.common.ApiJson;
import uz.koprik.gateway.api.common.Cursors;
import uz.koprik.gateway.api.common.JsonBodies;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.indicators.store.Carriers;
import uz.koprik.indicators.store.Search;
import uz.koprik.indicators.store.StoreUnavailable;

/** {@code /api/search}: one box for words, values and filters, typed (GET) or pasted (POST). */
public final class SearchRoutes implements Routes {

    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 1000;
    private static final int MAX_QUESTION = 4096;

    private final AnalystServices services;
    private final SearchQueryBuilder question;

    public SearchRoutes(AnalystServices services) {
        this.services = services;
        this.question = new SearchQueryBuilder(services);
    }

    @Override
    public void mount(RouteTable router) {
        router.get("/api/search", "q", "saved", "limit", "cursor", "histogram", "highlight")
                .handler(Blocking.handler(this::typed));
        router.post("/api/search", RouteTable.Content.JSON_OR_TEXT, "limit", "cursor", "histogram", "highlight")
                .handler(Blocking.handler(this::pasted));
    }

    /** A question of any length; the schema {@code SearchQuestion}. */
    record Question(String q) {}

    private Runnable typed(RoutingContext request) throws StoreUnavailable {
        Caller caller = Callers.require(request, Right.ANALYSE);
        return search(request, caller, question.text(request, caller, MAX_QUESTION));
    }

    private Runnable pasted(RoutingContext request) throws StoreUnavailable {
        Caller caller = Callers.require(request, Right.ANALYSE);
        Optional<String> text = JsonBodies.plainText(request);
        if (text.isPresent()) {
            return search(request, caller, text.get());
        }
        Question asked = ApiJson.read(JsonBodies.bytes(request), Question.class);
        if (asked.q() == null) {
            throw ApiJson.bad("\"q\" is missing");
        }
        return search(request, caller, asked.q());
    }

    private Runnable search(RoutingContext request, Caller caller, String text) throws StoreUnavailable {
        int limit = Cursors.limit(request, DEFAULT_LIMIT, MAX_LIMIT);
        Optional<Long> before = Cursors.cursor(request, services, caller);
        Optional<Search.Interval> histogram = histogram(request);
        boolean highlight = JsonBodies.flag(request, "highlight", true);
        SearchQueryParser box = SearchQueryParser.read(text, services.recognition());
        AccessNotes.of(request).asked("q", text).values(box.values().keySet());
        SearchQueryBuilder.SearchAnswer answered = question.ask(caller, box, query -> query.with()
                .before(before)
                .limit(limit)
                .histogram(histogram)
                .highlight(highlight)
                .build());
        AccessNotes.of(request).answers(answered.result().total()).begin();
        Map<String, Carriers> carriers = answered.box().values().isEmpty()
                ? Map.of()
                : services.release().carriers(caller.recipient(), answered.box().keys(), 0);
        List<String> hints = answered.result().total() == 0 ? question.hints(caller, answered.box()) : List.of();
        return ApiJson.reply(request, 200, SearchView.of(services, caller, answered, carriers, hints));
    }

    private static Optional<Search.Interval> histogram(RoutingContext request) {
        String text = request.request().getParam("histogram");
        if (text == null) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(Search.Interval.values())
                .filter(one -> name(one).equals(text))
                .findAny()
                .orElseThrow(() -> ApiJson.bad("\"histogram\" is one of "
                        + Arrays.stream(Search.Interval.values())
                                .map(SearchRoutes::name)
                                .collect(Collectors.joining(", ")))));
    }

    private static String name(Search.Interval interval) {
        return interval.name().toLowerCase(Locale.ROOT);
    }
}
