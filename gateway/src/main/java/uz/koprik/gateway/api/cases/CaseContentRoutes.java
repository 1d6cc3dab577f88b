package uz.koprik.gateway.api.cases;

import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import uz.koprik.gateway.accessrecord.AccessNotes;
import uz.koprik.gateway.api.common.AnalystServices;
import uz.koprik.gateway.api.common.ApiJson;
import uz.koprik.gateway.api.common.JsonBodies;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.cases.CaseConflict;
import uz.koprik.gateway.cases.CaseService;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.Problem;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.indicators.cases.CaseFile;
import uz.koprik.indicators.cases.CaseMerge;
import uz.koprik.indicators.cases.CaseNote;
import uz.koprik.indicators.cases.CaseObservable;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.store.StoreUnavailable;

/** What is put into a case and taken out of it: values, notes; and the history of all that. */
public final class CaseContentRoutes implements Routes {

    /** How many merges the history of a case goes back. */
    private static final int MOST_MERGES = 10;

    private final AnalystServices services;

    public CaseContentRoutes(AnalystServices services) {
        this.services = services;
    }

    @Override
    public void mount(RouteTable router) {
        router.post("/api/cases/:number/observables").handler(Blocking.handler(this::observe));
        router.post("/api/cases/:number/observables/remove").handler(Blocking.handler(this::remove));
        router.post("/api/cases/:number/notes").handler(Blocking.handler(this::note));
        router.get("/api/cases/:number/history").handler(Blocking.handler(this::history));
    }

    /** Values to take out; the schema {@code OldValues}. */
    record OldValues(List<String> values, String kind, String expectedVersion) {}

    /** A note to add; the schema {@code NewNote}. */
    record NewNote(String text, String expectedVersion) {}

    private Runnable observe(RoutingContext request) throws StoreUnavailable {
        Caller caller = Callers.require(request, Right.CASES);
        CaseForms.NewValues form = ApiJson.read(JsonBodies.bytes(request), CaseForms.NewValues.class);
        List<CaseView.RefusedValue> refused = new ArrayList<>();
        List<Observable> values = CaseForms.added(services, given(form.values()), form.kind(), refused);
        AccessNotes.of(request).values(values);
        Optional<CaseObservable.Role> role = CaseForms.role(form.role());
        CaseService.StoredCase now = CaseForms.change(
                services,
                caller,
                request,
                form.expectedVersion(),
                file -> observed(file, values, role, Optional.ofNullable(form.note())));
        return CaseForms.answer(request, services, caller, 200, now, values, refused);
    }

    /** A value that is there already keeps the role and the note that the form does not speak of. */
    private static CaseFile observed(
            CaseFile file, List<Observable> values, Optional<CaseObservable.Role> role, Optional<String> note) {
        List<CaseObservable> all = new ArrayList<>(file.observables());
        Map<Observable, Integer> places = new HashMap<>();
        for (int i = 0; i < all.size(); i++) {
            places.put(all.get(i).observable(), i);
        }
        for (Observable value : values) {
            Integer at = places.get(value);
            if (at == null) {
                all.add(new CaseObservable(value, role, note.orElse("")));
            } else {
                CaseObservable there = all.get(at);
                all.set(at, new CaseObservable(value, role.or(there::role), note.orElse(there.note())));
            }
        }
        return file.withObservables(all);
    }

    private Runnable remove(RoutingContext request) throws StoreUnavailable {
        Caller caller = Callers.require(request, Right.CASES);
        OldValues form = ApiJson.read(JsonBodies.bytes(request), OldValues.class);
        List<CaseView.RefusedValue> refused = new ArrayList<>();
        Set<Observable> old = new HashSet<>(CaseForms.removed(services, given(form.values()), form.kind(), refused));
        AccessNotes.of(request).values(old);
        CaseService.StoredCase now = CaseForms.change(services, caller, request, form.expectedVersion(), file -> {
            List<CaseObservable> kept = file.observables().stream()
                    .filter(o -> !old.contains(o.observable()))
                    .toList();
            if (kept.size() + old.size() > file.observables().size()) {
                throw new Problem(409, "Conflict", "not all of these values are in the case, so none was taken out");
            }
            return file.withObservables(kept);
        });
        return CaseForms.answer(request, services, caller, 200, now, List.of(), refused);
    }

    private Runnable note(RoutingContext request) throws StoreUnavailable {
        Caller caller = Callers.require(request, Right.CASES);
        NewNote form = ApiJson.read(JsonBodies.bytes(request), NewNote.class);
        if (form.text() == null) {
            throw ApiJson.bad("\"text\" is missing: what is to be noted?");
        }
        CaseNote note = CaseForms.checked(
                () -> new CaseNote(caller.name(), services.clock().instant(), form.text()));
        CaseService.StoredCase now =
                CaseForms.change(services, caller, request, form.expectedVersion(), file -> file.draft()
                        .note(note)
                        .build());
        return CaseForms.reply(request, 201, now.object(), CaseView.of(now, services.trust()));
    }

    private Runnable history(RoutingContext request) throws StoreUnavailable {
        Caller caller = Callers.require(request, Right.CASES);
        CaseService.StoredCase stored = CaseForms.find(services, caller, request);
        CaseView.History history =
                CaseForms.done(request, () -> Optional.of(history(caller, request.pathParam("number"), stored, 0)));
        AccessNotes.of(request).answers(history.versions().size());
        return ApiJson.reply(request, 200, history);
    }

    /** With the histories of the cases that were merged into it, as far as the caller may see them. */
    private CaseView.History history(Caller caller, String number, CaseService.StoredCase stored, int depth)
            throws StoreUnavailable, CaseConflict {
        List<CaseView.StepView> steps = services
                .cases()
                .history(caller, stored.object().id())
                .reversed()
                .stream()
                .map(step -> CaseView.StepView.of(step, services.trust()))
                .toList();
        List<CaseView.History> merged = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (CaseMerge one : depth < MOST_MERGES ? stored.file().merged() : List.<CaseMerge>of()) {
            Optional<CaseService.StoredCase> other = services.cases().find(caller, one.id());
            if (other.isPresent() && seen.add(one.id())) {
                merged.add(history(caller, one.number(), other.get(), depth + 1));
            }
        }
        return new CaseView.History(number, steps, merged.isEmpty() ? null : merged);
    }

    private static List<String> given(List<String> texts) {
        if (texts == null || texts.isEmpty()) {
            throw ApiJson.bad("\"values\" is missing or empty");
        }
        return texts;
    }
}
