package uz.koprik.gateway.api.search;

import io.vertx.ext.web.RoutingContext;
import java.util.List;
import uz.koprik.gateway.api.common.AnalystServices;
import uz.koprik.gateway.api.common.ApiJson;
import uz.koprik.gateway.api.common.JsonBodies;
import uz.koprik.gateway.api.common.SavedSearches;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.Problem;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.indicators.store.StoreUnavailable;

/** {@code /api/searches}: searches that the caller keeps under a name. They are run by {@code /api/search?saved=}. */
public final class SavedSearchRoutes implements Routes {

    private static final int MAX_QUESTION = 64 * 1024;

    private final AnalystServices services;
    private final SearchQueryBuilder question;

    public SavedSearchRoutes(AnalystServices services) {
        this.services = services;
        this.question = new SearchQueryBuilder(services);
    }

    @Override
    public void mount(RouteTable router) {
        router.get("/api/searches").handler(Blocking.handler(this::list));
        router.get("/api/searches/:name").handler(Blocking.handler(this::show));
        router.put("/api/searches/:name").handler(Blocking.handler(this::keep));
        router.delete("/api/searches/:name").handler(Blocking.handler(this::forget));
    }

    /** What to keep; the schema {@code SearchQuestion}. */
    record Question(String q) {}

    /** A search that is kept; the schema {@code SavedSearch}. */
    record SavedView(String name, String q, String saved) {

        static SavedView of(SavedSearches.SavedSearch saved) {
            return new SavedView(saved.name(), saved.q(), saved.saved().toString());
        }
    }

    /** All of them; the schema {@code SavedSearches}. */
    record Many(List<SavedView> searches) {}

    private Runnable list(RoutingContext request) throws StoreUnavailable {
        Caller caller = Callers.require(request, Right.ANALYSE);
        return ApiJson.reply(
                request,
                200,
                new Many(services.saved().of(caller.name()).stream()
                        .map(SavedView::of)
                        .toList()));
    }

    private Runnable show(RoutingContext request) throws StoreUnavailable {
        Caller caller = Callers.require(request, Right.ANALYSE);
        return ApiJson.reply(
                request,
                200,
                SavedView.of(services.saved()
                        .find(caller.name(), request.pathParam("name"))
                        .orElseThrow(SavedSearches::none)));
    }

    private Runnable keep(RoutingContext request) throws StoreUnavailable {
        Caller caller = Callers.require(request, Right.ANALYSE);
        String name = request.pathParam("name");
        if (!SavedSearches.NAME.matcher(name).matches()) {
            throw ApiJson.bad(
                    "the name of a search has up to 64 letters, digits, blanks, dots, hyphens and underscores, and begins with a"
                            + " letter or digit");
        }
        Question asked = ApiJson.read(JsonBodies.bytes(request), Question.class);
        if (asked.q() == null || asked.q().length() > MAX_QUESTION) {
            throw ApiJson.bad(
                    asked.q() == null ? "\"q\" is missing" : "\"q\" is longer than " + MAX_QUESTION + " characters");
        }
        question.of(
                caller,
                SearchQueryParser.read(asked.q(), services.recognition())); // says now what it would say when it is run
        SavedSearches.SavedSearch saved =
                new SavedSearches.SavedSearch(name, asked.q(), services.clock().instant());
        try {
            return ApiJson.reply(request, services.saved().keep(caller.name(), saved) ? 201 : 200, SavedView.of(saved));
        } catch (IllegalStateException tooMany) {
            throw new Problem(409, "Conflict", tooMany.getMessage());
        }
    }

    private Runnable forget(RoutingContext request) throws StoreUnavailable {
        Caller caller = Callers.require(request, Right.ANALYSE);
        if (!services.saved().forget(caller.name(), request.pathParam("name"))) {
            throw SavedSearches.none();
        }
        return () -> request.response().setStatusCode(204).end();
    }
}
