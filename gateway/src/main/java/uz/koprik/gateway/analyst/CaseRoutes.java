package uz.koprik.gateway.analyst;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import uz.koprik.gateway.access.Caller;
import uz.koprik.gateway.access.Callers;
import uz.koprik.gateway.access.Right;
import uz.koprik.gateway.exchange.Offered;
import uz.koprik.gateway.exchange.Outcome;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.Problem;
import uz.koprik.gateway.http.Routes;
import uz.koprik.indicators.cases.CaseFile;
import uz.koprik.indicators.cases.CaseFiles;
import uz.koprik.indicators.cases.CaseObservable;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.Search;
import uz.koprik.indicators.store.StoreUnavailable;

/** {@code /api/cases}: case files, which never leave the centre. Every change is a new version that goes through intake. */
final class CaseRoutes implements Routes {

    private static final int MAX_PAGE = 1000;
    private static final int MAX_VALUES = 10_000;

    private final Desk desk;

    /** A change reads the case and writes its next version; two at once would lose one of the changes. */
    private final ReentrantLock changing = new ReentrantLock();

    CaseRoutes(Desk desk) {
        this.desk = desk;
    }

    @Override
    public void mount(Router router) {
        router.get("/api/cases").handler(Blocking.handler(this::list));
        router.post("/api/cases").handler(Blocking.handler(this::open));
        router.get("/api/cases/:number").handler(Blocking.handler(this::show));
        router.route(HttpMethod.PATCH, "/api/cases/:number").handler(Blocking.handler(this::change));
        router.post("/api/cases/:number/observables").handler(Blocking.handler(this::observe));
    }

    /** A case to open; the schema {@code NewCase}. */
    record NewCase(String number, String title, String type, String summary, String unit, List<String> values) {}

    /** What to change; the schema {@code CaseChange}. */
    record Change(String status, String title, String summary, String unit) {}

    /** Values to add; the schema {@code NewValues}. */
    record NewValues(List<String> values, String kind, String role, String note) {}

    private Runnable list(RoutingContext request) throws StoreUnavailable {
        Caller caller = Callers.require(request, Right.CASES);
        Search question = new Search(
                new Audience(0), "", Set.of(), Set.of("incident"), Set.of(desk.us().identity()), Set.of(""), Set.of(),
                Optional.empty(), Optional.empty(), EnumSet.noneOf(Search.Facet.class), Cursors.cursor(request),
                Cursors.limit(request, 100, MAX_PAGE));
        Search.Result found = desk.release().search(caller.recipient(), question);
        List<CaseView> cases = found.entries().stream()
                .map(Titles::object)
                .filter(CaseFiles::isCase)
                .map(CaseView::of)
                .toList();
        String next = found.more() ? Cursors.text(found.entries().getLast().seq()) : null;
        return ApiJson.reply(request, 200, new CaseView.Many(cases, next));
    }

    private Runnable show(RoutingContext request) throws StoreUnavailable {
        Caller caller = Callers.require(request, Right.CASES);
        return ApiJson.reply(request, 200, CaseView.of(stored(caller, request.pathParam("number"))));
    }

    private Runnable open(RoutingContext request) throws StoreUnavailable {
        Caller caller = Callers.require(request, Right.CASES);
        NewCase form = ApiJson.read(Bodies.bytes(request), NewCase.class);
        if (form.number() == null || form.title() == null) {
            throw ApiJson.bad("a case needs \"number\" and \"title\"");
        }
        CaseFile file = checked(() -> {
            CaseFile fresh = CaseFile.open(
                    form.number(), form.title(), form.type() == null ? "other" : form.type(), desk.clock().instant());
            CaseFile summed = form.summary() == null ? fresh : fresh.withSummary(form.summary());
            return form.unit() == null ? summed : summed.withOwnerUnit(form.unit());
        });
        List<CaseView.RefusedValue> refused = new ArrayList<>();
        NewValues values = new NewValues(form.values() == null ? List.of() : form.values(), null, null, null);
        List<CaseObservable> added = read(values, Set.of(), refused);
        changing.lock();
        try {
            if (find(caller, form.number()).isPresent()) {
                throw new Problem(409, "Conflict", "there is a case of this number already");
            }
            StixObject written = store(caller, file.withObservables(added), Optional.empty());
            return changed(request, caller, 201, written, added, refused);
        } finally {
            changing.unlock();
        }
    }

    private Runnable change(RoutingContext request) throws StoreUnavailable {
        Caller caller = Callers.require(request, Right.CASES);
        Change form = ApiJson.read(Bodies.bytes(request), Change.class);
        changing.lock();
        try {
            StixObject before = stored(caller, request.pathParam("number"));
            CaseFile now = checked(() -> changed(CaseView.file(before), form));
            return ApiJson.reply(request, 200, CaseView.of(store(caller, now, Optional.of(before))));
        } finally {
            changing.unlock();
        }
    }

    private CaseFile changed(CaseFile file, Change form) {
        CaseFile.Status status = form.status() == null ? file.status() : status(form.status());
        CaseFile now = new CaseFile(
                file.number(),
                form.title() == null ? file.title() : form.title(),
                file.crimeType(),
                file.status(),
                form.summary() == null ? file.summary() : form.summary(),
                form.unit() == null ? file.ownerUnit() : form.unit(),
                file.opened(),
                file.closed(),
                file.observables());
        if (status == file.status()) {
            return now;
        }
        return status == CaseFile.Status.CLOSED ? now.close(desk.clock().instant()) : now.reopen();
    }

    private static CaseFile.Status status(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "open" -> CaseFile.Status.OPEN;
            case "closed" -> CaseFile.Status.CLOSED;
            default -> throw ApiJson.bad("\"status\" is open or closed");
        };
    }

    private Runnable observe(RoutingContext request) throws StoreUnavailable {
        Caller caller = Callers.require(request, Right.CASES);
        NewValues form = ApiJson.read(Bodies.bytes(request), NewValues.class);
        if (form.values() == null || form.values().isEmpty()) {
            throw ApiJson.bad("\"values\" is missing or empty");
        }
        changing.lock();
        try {
            StixObject before = stored(caller, request.pathParam("number"));
            CaseFile file = CaseView.file(before);
            Set<Observable> there = new HashSet<>();
            file.observables().forEach(o -> there.add(o.observable()));
            List<CaseView.RefusedValue> refused = new ArrayList<>();
            List<CaseObservable> added = read(form, there, refused);
            if (added.isEmpty() && refused.size() == form.values().size()) {
                throw new Problem(422, "Refused", refused.getFirst().where() + ": " + refused.getFirst().reason());
            }
            StixObject now = before;
            if (!added.isEmpty()) {
                List<CaseObservable> all = new ArrayList<>(file.observables());
                all.addAll(added);
                now = store(caller, file.withObservables(all), Optional.of(before));
            }
            return changed(request, caller, 200, now, added, refused);
        } finally {
            changing.unlock();
        }
    }

    private List<CaseObservable> read(NewValues form, Set<Observable> there, List<CaseView.RefusedValue> refused) {
        if (form.values().size() > MAX_VALUES) {
            throw ApiJson.bad("at most " + MAX_VALUES + " values are taken at once");
        }
        CaseObservable.Role role = form.role() == null
                ? CaseObservable.Role.SUSPECT
                : CaseObservable.Role.of(form.role())
                        .orElseThrow(() -> ApiJson.bad("\"role\" is victim, suspect, infrastructure or money-trail"));
        Set<Observable> known = new HashSet<>(there);
        List<CaseObservable> added = new ArrayList<>();
        for (int i = 0; i < form.values().size(); i++) {
            try {
                Observable value = Values.recognise(desk.recognition(), form.values().get(i), form.kind()).observable();
                if (known.add(value)) {
                    added.add(new CaseObservable(value, role, form.note() == null ? "" : form.note()));
                }
            } catch (Problem unknown) {
                refused.add(new CaseView.RefusedValue("values/" + i, unknown.getMessage()));
            }
        }
        return added;
    }

    private Runnable changed(
            RoutingContext request,
            Caller caller,
            int status,
            StixObject written,
            List<CaseObservable> added,
            List<CaseView.RefusedValue> refused)
            throws StoreUnavailable {
        List<MatchView> matches = MatchView.of(
                Sight.matches(desk, caller, written.id(), added.stream().map(CaseObservable::observable).toList()));
        return ApiJson.reply(request, status, new CaseView.Changed(CaseView.of(written), matches, refused));
    }

    private StixObject store(Caller caller, CaseFile file, Optional<StixObject> before) throws StoreUnavailable {
        StixObject written =
                CaseFiles.write(file, desk.us().identity(), before, desk.us().signer(), desk.clock().instant());
        Outcome outcome =
                desk.intake().take(List.of(new Offered(written.bytes(), "case")), caller.source()).getFirst();
        if (outcome.refusal().isPresent()) {
            throw new Problem(409, "Refused", outcome.refusal().get().reason());
        }
        return written;
    }

    private StixObject stored(Caller caller, String number) throws StoreUnavailable {
        return find(caller, number).map(Titles::object).orElseThrow(() -> new Problem(404, "Not found", "there is no such case here"));
    }

    private Optional<Entry> find(Caller caller, String number) throws StoreUnavailable {
        return desk.release().latest(caller.recipient(), CaseFiles.id(desk.us().identity(), number));
    }

    private static CaseFile checked(java.util.function.Supplier<CaseFile> change) {
        try {
            return change.get();
        } catch (IllegalArgumentException e) {
            throw ApiJson.bad(e.getMessage());
        }
    }
}
