package uz.koprik.gateway.api.cases;

import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import uz.koprik.gateway.accessrecord.AccessNotes;
import uz.koprik.gateway.api.common.AnalystServices;
import uz.koprik.gateway.api.common.ApiJson;
import uz.koprik.gateway.api.common.Cursors;
import uz.koprik.gateway.api.common.JsonBodies;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.cases.CaseService;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.indicators.cases.CaseDraft;
import uz.koprik.indicators.cases.CaseFile;
import uz.koprik.indicators.cases.CaseObservable;
import uz.koprik.indicators.cases.CrimeTypes;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.stix.values.StixId;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.Search;
import uz.koprik.indicators.store.SearchQuery;
import uz.koprik.indicators.store.StoreUnavailable;

/** {@code /api/cases}: case files, which never leave the centre: opened, listed, read, changed, closed. */
public final class CaseRoutes implements Routes {

    private static final int MAX_PAGE = 1000;

    /** How many cases one request looks at; when filters leave few of them, the answer has a cursor to go on. */
    private static final int MOST_LOOKED_AT = 10_000;

    /** How many cases are looked at together when most of them may be passed over. */
    private static final int BATCH = 500;

    private final AnalystServices services;

    public CaseRoutes(AnalystServices services) {
        this.services = services;
    }

    @Override
    public void mount(RouteTable router) {
        router.get("/api/cases", "q", "value", "type", "status", "unit", "opened_from", "opened_to", "limit", "cursor")
                .handler(Blocking.handler(this::list));
        router.post("/api/cases").handler(Blocking.handler(this::open));
        router.get("/api/cases/:number").handler(Blocking.handler(this::show));
        router.patch("/api/cases/:number").handler(Blocking.handler(this::change));
    }

    /** A case to open; the schema {@code NewCase}. */
    record NewCase(
            String number,
            String title,
            String type,
            String summary,
            String unit,
            String opened,
            List<String> values,
            String kind,
            List<CaseForms.LossForm> losses,
            List<String> incidents,
            List<String> cases) {}

    /** What to change; the schema {@code CaseChange}. */
    record Change(
            String status,
            String title,
            String type,
            String summary,
            String unit,
            String opened,
            String closed,
            List<CaseForms.LossForm> losses,
            List<String> incidents,
            List<String> cases,
            String expectedVersion) {}

    private Runnable list(RoutingContext request) throws StoreUnavailable {
        Caller caller = Callers.require(request, Right.CASES);
        CaseFilter filter = CaseFilter.of(request, services.recognition());
        int limit = Cursors.limit(request, 100, MAX_PAGE);
        Optional<Long> before = Cursors.cursor(request, services, caller);
        AccessNotes.of(request).keys(filter.values());
        List<CaseView> cases = new ArrayList<>();
        int batch = filter.isAny() ? limit : Math.max(limit, BATCH);
        int lookedAt = 0;
        while (true) {
            Search.Result found = services.release().search(caller.recipient(), question(filter, before, batch));
            for (Entry entry : found.entries()) {
                CaseFilter.read(entry)
                        .filter(filter::takes)
                        .map(one -> CaseView.of(one, services.trust()))
                        .ifPresent(cases::add);
                before = Optional.of(entry.seq());
                if (cases.size() == limit) {
                    break;
                }
            }
            lookedAt += found.entries().size();
            boolean atEnd = found.entries().isEmpty()
                    || (before.get() == found.entries().getLast().seq() && !found.more());
            if (atEnd || cases.size() == limit || lookedAt >= MOST_LOOKED_AT) {
                AccessNotes.of(request).answers(cases.size()).begin();
                return ApiJson.reply(
                        request,
                        200,
                        new CaseView.Many(cases, atEnd ? null : Cursors.next(services, caller, before.orElseThrow())));
            }
        }
    }

    private SearchQuery question(CaseFilter filter, Optional<Long> before, int limit) {
        return SearchQuery.builder()
                .words(filter.words())
                .observables(filter.values())
                .types(Set.of("incident"))
                .producers(Set.of(services.localCentre().identity()))
                .receivedFrom(Set.of(""))
                .before(before)
                .limit(limit)
                .build();
    }

    private Runnable show(RoutingContext request) throws StoreUnavailable {
        Caller caller = Callers.require(request, Right.CASES);
        CaseService.StoredCase stored = CaseForms.find(services, caller, request);
        return CaseForms.reply(request, 200, stored.object(), CaseView.of(stored, services.trust()));
    }

    private Runnable open(RoutingContext request) throws StoreUnavailable {
        Caller caller = Callers.require(request, Right.CASES);
        NewCase form = ApiJson.read(JsonBodies.bytes(request), NewCase.class);
        if (form.number() == null || form.title() == null) {
            throw ApiJson.bad("a case needs \"number\" and \"title\"");
        }
        Instant opened = form.opened() == null ? services.clock().instant() : CaseForms.moment("opened", form.opened());
        List<CaseView.RefusedValue> refused = new ArrayList<>();
        List<Observable> values =
                CaseForms.added(services, form.values() == null ? List.of() : form.values(), form.kind(), refused);
        CaseFile file = CaseForms.checked(() -> {
            CaseDraft draft = CaseFile.open(
                            form.number(), form.title(), form.type() == null ? CrimeTypes.OTHER : form.type(), opened)
                    .draft()
                    .observables(values.stream()
                            .map(v -> new CaseObservable(v, Optional.empty(), ""))
                            .toList());
            parts(draft, form.summary(), form.unit(), form.losses(), form.incidents(), form.cases());
            return draft.build();
        });
        AccessNotes.of(request).asked("number", form.number()).values(values);
        CaseService.StoredCase stored =
                CaseForms.done(() -> Optional.of(services.cases().open(caller, file)));
        return CaseForms.answer(request, services, caller, 201, stored, values, refused);
    }

    private Runnable change(RoutingContext request) throws StoreUnavailable {
        Caller caller = Callers.require(request, Right.CASES);
        Change form = ApiJson.read(JsonBodies.bytes(request), Change.class);
        CaseService.StoredCase now =
                CaseForms.change(services, caller, request, form.expectedVersion(), file -> changed(file, form));
        return CaseForms.reply(request, 200, now.object(), CaseView.of(now, services.trust()));
    }

    private CaseFile changed(CaseFile file, Change form) {
        CaseDraft draft = file.draft();
        Optional.ofNullable(form.title()).ifPresent(draft::title);
        Optional.ofNullable(form.type()).ifPresent(draft::crimeType);
        Optional.ofNullable(form.opened()).ifPresent(text -> draft.opened(CaseForms.moment("opened", text)));
        parts(draft, form.summary(), form.unit(), form.losses(), form.incidents(), form.cases());
        CaseFile.Status status = form.status() == null ? file.status() : CaseFilter.status(form.status());
        if (form.closed() != null && status == CaseFile.Status.OPEN) {
            throw ApiJson.bad("\"closed\" is for a case that is closed");
        }
        if (form.closed() != null) {
            draft.closed(CaseForms.moment("closed", form.closed()));
        } else if (status != file.status()) {
            if (status == CaseFile.Status.CLOSED) {
                draft.closed(services.clock().instant());
            } else {
                draft.reopened();
            }
        }
        return draft.build();
    }

    private static String id(String text) {
        StixId.objection(text == null ? "" : text).ifPresent(objection -> {
            throw ApiJson.bad("\"incidents\": " + objection);
        });
        return text;
    }

    private static void parts(
            CaseDraft draft,
            String summary,
            String unit,
            List<CaseForms.LossForm> losses,
            List<String> incidents,
            List<String> cases) {
        Optional.ofNullable(summary).ifPresent(draft::summary);
        Optional.ofNullable(unit).ifPresent(draft::ownerUnit);
        Optional.ofNullable(losses).ifPresent(forms -> draft.losses(CaseForms.losses(forms)));
        Optional.ofNullable(incidents)
                .ifPresent(
                        ids -> draft.incidents(ids.stream().map(CaseRoutes::id).toList()));
        Optional.ofNullable(cases).ifPresent(draft::cases);
    }
}
