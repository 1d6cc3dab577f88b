package uz.koprik.gateway.api;

import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import uz.koprik.gateway.accessrecord.AccessNotes;
import uz.koprik.gateway.api.common.ApiJson;
import uz.koprik.gateway.api.common.JsonBodies;
import uz.koprik.gateway.auth.Account;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.auth.LiveAccounts;
import uz.koprik.gateway.auth.Requirement;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.auth.Source;
import uz.koprik.gateway.desk.DeskItem;
import uz.koprik.gateway.desk.DeskRecord;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.Problem;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.gateway.http.StixIds;
import uz.koprik.gateway.release.DeskRefused;
import uz.koprik.gateway.release.Release;
import uz.koprik.gateway.release.ReleaseDesk;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * {@code /api/releases}: what waits for a second person. Who releases sees all of it, everybody else what the own
 * account submitted.
 */
public final class ReleaseRoutes implements Routes {

    private static final int MOST_LISTED = 500;
    private static final int MOST_HELD = 200;
    private static final int MOST_ASKED = 1000;
    private static final int MOST_COMMENT = 2000;

    /** What it takes to submit in any way. */
    private static final Requirement SUBMITS = Requirement.parse("write|operate");

    private final LiveAccounts accounts;
    private final String centre;
    private final ReleaseDesk desk;
    private final Release release;
    private final ReleaseForecast forecast;

    /**
     * @param accounts who submits must be able to submit still when somebody releases it
     * @param centre name of this centre, which submits by itself as well
     */
    ReleaseRoutes(ReleaseDesk desk, Release release, ReleaseForecast forecast, LiveAccounts accounts, String centre) {
        this.accounts = accounts;
        this.centre = centre;
        this.desk = desk;
        this.release = release;
        this.forecast = forecast;
    }

    @Override
    public void mount(RouteTable router) {
        router.get("/api/releases", "state", "object").handler(Blocking.handler(this::list));
        router.post("/api/releases").handler(Blocking.handler(this::ask));
        router.get("/api/releases/:id").handler(Blocking.handler(this::show));
        router.post("/api/releases/:id/approval").handler(Blocking.handler(this::approve));
        router.post("/api/releases/:id/refusal").handler(Blocking.handler(this::refuse));
        router.post("/api/releases/:id/withdrawal").handler(Blocking.handler(this::withdraw));
    }

    /** What somebody decides; the schema {@code ReleaseAnswer}. */
    record Answer(String comment) {}

    /** What is to wait again; the schema {@code ReleaseRequest}. */
    record Wish(List<String> objects, String comment) {}

    private Runnable list(RoutingContext request) throws StoreUnavailable {
        Caller caller = Callers.of(request);
        String state = Optional.ofNullable(request.request().getParam("state")).orElse("waiting");
        Optional<String> object = Optional.ofNullable(request.request().getParam("object"));
        List<ReleaseView> views =
                switch (state) {
                    case "waiting" ->
                        known(
                                        caller,
                                        desk.waiting().stream()
                                                .filter(item -> about(item, object))
                                                .toList())
                                .stream()
                                .map(item -> view(item, caller))
                                .toList();
                    case "decided" ->
                        knownRecords(
                                        caller,
                                        desk.decided(MOST_LISTED).stream()
                                                .filter(record -> about(record.item(), object))
                                                .toList())
                                .stream()
                                .map(record -> view(record, caller))
                                .toList();
                    default -> throw ApiJson.bad("\"state\" is waiting or decided");
                };
        AccessNotes.of(request).answers(views.size());
        long more = Math.max(0, views.size() - MOST_LISTED);
        return ApiJson.reply(
                request,
                200,
                new ReleaseView.All(views.stream().limit(MOST_LISTED).toList(), more));
    }

    private Runnable show(RoutingContext request) throws StoreUnavailable {
        Caller caller = Callers.of(request);
        String id = request.pathParam("id");
        Optional<DeskRecord> record = desk.record(id);
        if (record.isPresent()) {
            if (knownRecords(caller, List.of(record.get())).isEmpty()) {
                throw absent();
            }
            return ApiJson.reply(request, 200, decided(record.get(), caller));
        }
        DeskItem item = desk.find(id).orElseThrow(ReleaseRoutes::absent);
        if (known(caller, List.of(item)).isEmpty()) {
            throw absent();
        }
        return ApiJson.reply(request, 200, waiting(item, caller, request));
    }

    /** The items of which the caller may know. Others are not there: what they hold may need a purpose. */
    private List<DeskItem> known(Caller caller, List<DeskItem> items) throws StoreUnavailable {
        return desk.known(
                release,
                caller.recipient(),
                items.stream().filter(item -> concerns(caller, item)).toList());
    }

    private List<DeskRecord> knownRecords(Caller caller, List<DeskRecord> records) throws StoreUnavailable {
        return desk.knownRecords(
                release,
                caller.recipient(),
                records.stream()
                        .filter(record -> concerns(caller, record.item()))
                        .toList());
    }

    private ReleaseView.Details decided(DeskRecord record, Caller caller) throws StoreUnavailable {
        return new ReleaseView.Details(
                view(record, caller),
                record.item().objects().stream()
                        .limit(MOST_HELD)
                        .map(ReleaseView.HeldView::of)
                        .toList(),
                record.with().stream()
                        .limit(MOST_HELD)
                        .map(ReleaseView.HeldView::of)
                        .toList(),
                null,
                ReleaseView.text(desk.signedRecord(record.item().id()).orElseThrow()));
    }

    private ReleaseView.Details waiting(DeskItem item, Caller caller, RoutingContext request) throws StoreUnavailable {
        List<Entry> entries = desk.entries(item);
        List<Entry> own =
                entries.stream().filter(entry -> contains(item, entry)).toList();
        List<Entry> with = entries.stream()
                .filter(entry -> caller.may(Right.ANALYSE) && !contains(item, entry))
                .toList();
        own.forEach(entry -> AccessNotes.of(request).keys(entry.facts().observables()));
        AccessNotes.of(request).answers(own.size());
        return new ReleaseView.Details(
                view(item, caller),
                own.stream().limit(MOST_HELD).map(ReleaseView.HeldView::of).toList(),
                with.stream().limit(MOST_HELD).map(ReleaseView.HeldView::of).toList(),
                caller.may(Right.RELEASE) ? forecast.partners(judged(own)) : null,
                null);
    }

    private static List<ReleaseForecast.Judged> judged(List<Entry> entries) {
        return entries.stream()
                .map(entry -> new ReleaseForecast.Judged(entry.facts().id(), entry.release()))
                .toList();
    }

    private static boolean contains(DeskItem item, Entry entry) {
        return item.objects().stream()
                .anyMatch(object -> object.id().equals(entry.facts().id()) && object.is(entry));
    }

    private Runnable ask(RoutingContext request) throws StoreUnavailable {
        Caller caller = Callers.of(request);
        Wish wish = ApiJson.read(JsonBodies.bytes(request), Wish.class);
        if (wish.objects() == null || wish.objects().isEmpty() || wish.objects().size() > MOST_ASKED) {
            throw ApiJson.bad("\"objects\" has the ids of 1 to " + MOST_ASKED + " held objects");
        }
        List<Entry> entries = new ArrayList<>();
        for (String id : new LinkedHashSet<>(wish.objects())) {
            entries.add(release.latest(caller.recipient(), id)
                    .orElseThrow(() -> StixIds.absent(id, "there is no object " + id + " here")));
        }
        DeskItem item = done(() -> desk.ask(entries, caller.source(), comment(wish.comment())));
        AccessNotes.of(request).asked("asks", item.id()).answers(entries.size());
        return ApiJson.reply(request, 201, view(item, caller));
    }

    private Runnable approve(RoutingContext request) throws StoreUnavailable {
        Caller caller = Callers.require(request, Right.RELEASE);
        String comment = comment(answer(request).comment());
        return decided(request, caller, id -> {
            submitterStays(id);
            return desk.approve(id, caller.name(), comment);
        });
    }

    /** Of two people one is no more, when the account was disabled or removed that submitted an item. */
    private void submitterStays(String id) throws StoreUnavailable {
        Optional<String> gone = desk.find(id)
                .filter(item -> !item.partner())
                .filter(item -> item.by().matches(Account.NAME) && !item.by().equals(centre))
                .flatMap(item -> accounts.gone(item.by(), item.at(), SUBMITS));
        if (gone.isPresent()) {
            throw new Problem(
                    409,
                    "Not possible",
                    gone.get() + " since this was submitted: refuse it, and let another account ask again by `koprik"
                            + " release request`");
        }
    }

    private Runnable refuse(RoutingContext request) throws StoreUnavailable {
        Caller caller = Callers.require(request, Right.RELEASE);
        String comment = comment(answer(request).comment());
        if (comment.isEmpty()) {
            throw ApiJson.bad("\"comment\" is missing: say why, so that the submitter can do something about it");
        }
        return decided(request, caller, id -> desk.refuse(id, caller.name(), comment));
    }

    private Runnable withdraw(RoutingContext request) throws StoreUnavailable {
        Caller caller = Callers.of(request);
        String comment = comment(answer(request).comment());
        return decided(request, caller, item -> desk.withdraw(item, caller.name(), comment));
    }

    /** Something that decides on an item. */
    @FunctionalInterface
    private interface Act {
        DeskRecord on(String id) throws StoreUnavailable, DeskRefused;
    }

    private Runnable decided(RoutingContext request, Caller caller, Act act) throws StoreUnavailable {
        String id = request.pathParam("id");
        if (known(caller, desk.find(id).map(List::of).orElse(List.of())).isEmpty()
                && knownRecords(caller, desk.record(id).map(List::of).orElse(List.of()))
                        .isEmpty()) {
            throw absent();
        }
        DeskRecord record = done(() -> act.on(id));
        AccessNotes.of(request)
                .asked(
                        "decides",
                        record.outcome().word() + ": what " + record.item().by() + " submitted at "
                                + record.item().at())
                .answers(record.item().objects().size());
        return ApiJson.reply(request, 200, view(record, caller));
    }

    /** Something that the desk may refuse. */
    @FunctionalInterface
    private interface Work<T> {
        T run() throws StoreUnavailable, DeskRefused;
    }

    private static <T> T done(Work<T> work) throws StoreUnavailable {
        try {
            return work.run();
        } catch (DeskRefused refused) {
            throw switch (refused.kind()) {
                case ABSENT -> absent();
                case NOT_ALLOWED -> new Problem(403, "Not allowed", refused.getMessage());
                case CONFLICT -> new Problem(409, "Not possible", refused.getMessage());
            };
        }
    }

    private static Answer answer(RoutingContext request) {
        return ApiJson.read(JsonBodies.bytes(request), Answer.class);
    }

    private static String comment(String text) {
        if (text != null && text.length() > MOST_COMMENT) {
            throw ApiJson.bad("\"comment\" has at most " + MOST_COMMENT + " characters");
        }
        return text == null ? "" : text.strip();
    }

    private static Problem absent() {
        return new Problem(404, "Not found", "nothing of that id waits at the release desk");
    }

    private ReleaseView view(DeskItem item, Caller caller) {
        return ReleaseView.of(item, desk.until(item).toString(), null, caller.name());
    }

    private ReleaseView view(DeskRecord record, Caller caller) {
        return ReleaseView.of(record.item(), null, record, caller.name());
    }

    private static boolean about(DeskItem item, Optional<String> object) {
        return object.isEmpty()
                || item.objects().stream().anyMatch(one -> one.id().equals(object.get()));
    }

    /** Who releases sees all, everybody else what the own account submitted. */
    private static boolean concerns(Caller caller, DeskItem item) {
        return caller.may(Right.RELEASE)
                || (caller.source() instanceof Source.Account
                        && !item.partner()
                        && item.by().equals(caller.name()));
    }
}
