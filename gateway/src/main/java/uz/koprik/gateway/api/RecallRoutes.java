package uz.koprik.gateway.api;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import uz.koprik.gateway.accessrecord.AccessNotes;
import uz.koprik.gateway.api.common.ApiJson;
import uz.koprik.gateway.api.common.JsonBodies;
import uz.koprik.gateway.api.common.ObjectIds;
import uz.koprik.gateway.api.common.Reasons;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.auth.Source;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.Problem;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.gateway.recalls.RecallBook;
import uz.koprik.gateway.recalls.RecallExchange;
import uz.koprik.gateway.recalls.RecallRecord;
import uz.koprik.gateway.recalls.RecallRefused;
import uz.koprik.gateway.recalls.RecallSight;
import uz.koprik.gateway.recalls.Recalls;
import uz.koprik.gateway.release.Release;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.Recall;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * {@code /api/recalls}: members of the centre recall what it made, and see who confirmed. {@code /api/recall-exchanges}
 * is for partners alone.
 */
public final class RecallRoutes implements Routes {

    private static final int MOST_OBJECTS = 1000;
    private static final int MOST_LISTED = 1000;

    private final Recalls recalls;
    private final RecallSight sight;

    public RecallRoutes(Recalls recalls, Release release) {
        this.recalls = recalls;
        this.sight = new RecallSight(recalls.book(), release);
    }

    @Override
    public void mount(RouteTable router) {
        router.get("/api/recalls", "object", "state").handler(Blocking.handler(this::all));
        router.get("/api/recalls/:id").handler(Blocking.handler(this::one));
        router.post("/api/recalls").handler(Blocking.submission(this::recall));
        router.post("/api/recalls/:id/again").handler(Blocking.handler(this::again));
        router.post(RecallExchange.PATH).handler(Blocking.handler(this::exchange));
    }

    /** The schema {@code NewRecall}. */
    record NewRecall(List<String> ids, String narrow, String reason) {}

    /** Some recalls; the schema {@code Recalls}. */
    record RecallList(List<RecallView> recalls, boolean more) {}

    private Runnable all(RoutingContext request) throws StoreUnavailable {
        Caller caller = Callers.require(request, Right.ANALYSE);
        String object = request.request().getParam("object");
        String state = request.request().getParam("state");
        if (state != null && !state.equals("open") && !state.equals("complete")) {
            throw ApiJson.bad("\"state\" is open or complete");
        }
        RecallBook book = recalls.book();
        List<RecallRecord> asked = (object == null ? book.all() : book.ofObject(object))
                .stream()
                        .filter(record ->
                                state == null || recalls.status().of(record).complete() == state.equals("complete"))
                        .toList();
        List<RecallView> views = sight.of(caller.recipient(), asked, MOST_LISTED + 1L).stream()
                .map(this::view)
                .toList();
        boolean more = views.size() > MOST_LISTED;
        return ApiJson.reply(request, 200, new RecallList(more ? views.subList(0, MOST_LISTED) : views, more));
    }

    private RecallView view(RecallRecord record) {
        return RecallView.of(record, recalls.book(), recalls.status().of(record));
    }

    private Runnable one(RoutingContext request) throws StoreUnavailable {
        return ApiJson.reply(request, 200, view(found(request, Callers.require(request, Right.ANALYSE))));
    }

    /** Also one that another gateway made a moment ago. */
    private RecallRecord found(RoutingContext request, Caller caller) throws StoreUnavailable {
        RecallBook book = recalls.book();
        String id = request.pathParam("id");
        Optional<RecallRecord> found = book.find(id).or(() -> {
            book.tend();
            return book.find(id);
        });
        if (found.isEmpty() || !sight.knows(caller.recipient(), found.get())) {
            throw new Problem(404, "Not found", "there is no such recall; `koprik recall status` lists all");
        }
        return found.get();
    }

    private Runnable recall(RoutingContext request) throws StoreUnavailable, IOException {
        Caller caller = Callers.require(request, Right.ANALYSE);
        Callers.require(request, Right.WRITE);
        NewRecall form = ApiJson.read(JsonBodies.bytes(request), NewRecall.class);
        List<String> ids = ObjectIds.read(form.ids(), MOST_OBJECTS);
        Optional<Tlp> narrow = Optional.ofNullable(form.narrow()).map(text -> Tlp.parse(text)
                .filter(tlp -> tlp != Tlp.CLEAR)
                .orElseThrow(() -> ApiJson.bad("\"narrow\" is one of green, amber, amber+strict, red")));
        String reason =
                Reasons.lines(form.reason(), Recall.LONGEST_REASON, "write why; those who have the object read it");
        List<RecallRecord> made = done(() -> recalls.desk().recall(ids, narrow, reason, caller.recipient()));
        AccessNotes.of(request).answers(made.size());
        recalls.exchange().look();
        return ApiJson.reply(
                request, 201, new RecallList(made.stream().map(this::view).toList(), false));
    }

    private Runnable again(RoutingContext request) throws StoreUnavailable, IOException {
        Caller caller = Callers.require(request, Right.ANALYSE);
        Callers.require(request, Right.WRITE);
        RecallRecord record = found(request, caller);
        if (!recalls.book().ours(record)) {
            throw new Problem(409, "Conflict", "another centre made this recall, and asks again itself");
        }
        RecallRecord settled = done(() -> recalls.again(record, caller.name()));
        return ApiJson.reply(request, 200, view(settled));
    }

    private Runnable exchange(RoutingContext request) throws StoreUnavailable, IOException {
        Caller caller = Callers.of(request);
        if (!(caller.source() instanceof Source.Partner partner)) {
            throw new Problem(403, "Not allowed", "partner centres alone exchange recalls here");
        }
        byte[] answer = done(() -> recalls.exchange().received(partner.name(), JsonBodies.bytes(request)));
        return () -> request.response().putHeader("Content-Type", ApiJson.JSON).end(Buffer.buffer(answer));
    }

    /** Something that may be refused. */
    @FunctionalInterface
    private interface Act<T> {
        T take() throws StoreUnavailable, IOException, RecallRefused;
    }

    private static <T> T done(Act<T> act) throws StoreUnavailable, IOException {
        try {
            return act.take();
        } catch (RecallRefused refused) {
            throw switch (refused.kind()) {
                case ABSENT -> new Problem(404, "Not found", refused.getMessage());
                case INVALID -> new Problem(422, "Refused", refused.getMessage());
                case CONFLICT -> new Problem(409, "Conflict", refused.getMessage());
            };
        }
    }
}
