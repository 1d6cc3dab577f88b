package uz.koprik.gateway.api.cases;

import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import uz.koprik.gateway.accessrecord.AccessNotes;
import uz.koprik.gateway.api.common.AnalystServices;
import uz.koprik.gateway.api.common.ApiJson;
import uz.koprik.gateway.api.common.MatchView;
import uz.koprik.gateway.api.common.MatchVisibility;
import uz.koprik.gateway.api.objects.MatchViews;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.cases.CaseService;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.gateway.http.StixIds;
import uz.koprik.indicators.cases.CaseObservable;
import uz.koprik.indicators.correlation.ValueMatch;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.StoreUnavailable;

/** Matches of the values of a case or of an object, and what an object names or is named by. */
public final class MatchRoutes implements Routes {

    private static final int MAX_RELATED = 200;

    private final AnalystServices services;
    private final MatchViews matchViews;

    public MatchRoutes(AnalystServices services) {
        this.services = services;
        this.matchViews = new MatchViews(services);
    }

    @Override
    public void mount(RouteTable router) {
        router.get("/api/cases/:number/matches").handler(Blocking.handler(this::ofCase));
        router.get("/api/objects/:id/related").handler(Blocking.handler(this::ofObject));
    }

    /** Matches of the values of a case; the schema {@code CaseMatches}. */
    record CaseMatches(String number, List<MatchView> matches) {}

    /** What an object has to do with others; the schema {@code Related}. */
    record RelatedObjects(
            String id, List<MatchView.MetView> refersTo, List<MatchView.MetView> referredBy, List<MatchView> matches) {}

    private Runnable ofCase(RoutingContext request) throws StoreUnavailable {
        Caller caller = Callers.require(request, Right.CASES);
        CaseService.StoredCase found = CaseForms.find(services, caller, request);
        List<Observable> values = found.file().observables().stream()
                .map(CaseObservable::observable)
                .toList();
        List<ValueMatch> matches = new ArrayList<>(
                MatchVisibility.matches(services, caller, found.object().id(), values));
        matches.addAll(MatchVisibility.ofShared(services, caller, found.file()));
        AccessNotes.of(request).answers(matches.size());
        return ApiJson.reply(request, 200, new CaseMatches(found.file().number(), matchViews.views(caller, matches)));
    }

    private Runnable ofObject(RoutingContext request) throws StoreUnavailable {
        Caller caller = Callers.require(request, Right.ANALYSE);
        String id = request.pathParam("id");
        Entry entry = services.release()
                .latest(caller.recipient(), id)
                .orElseThrow(() -> StixIds.absent(id, "there is no such object here"));
        AccessNotes.of(request).keys(entry.facts().observables());
        List<Entry> named = new ArrayList<>();
        for (String ref : entry.facts().refs()) {
            Optional<Entry> other =
                    named.size() < MAX_RELATED ? services.release().latest(caller.recipient(), ref) : Optional.empty();
            other.ifPresent(named::add);
        }
        List<Entry> naming = services.release().referrers(caller.recipient(), id).stream()
                .limit(MAX_RELATED)
                .toList();
        AccessNotes.of(request).answers(named.size() + (long) naming.size());
        return ApiJson.reply(
                request,
                200,
                new RelatedObjects(
                        id,
                        named.stream()
                                .map(one -> MatchView.MetView.of(one, services.trust()))
                                .toList(),
                        naming.stream()
                                .map(one -> MatchView.MetView.of(one, services.trust()))
                                .toList(),
                        matchViews.views(
                                caller,
                                MatchVisibility.correlation(services, caller, entry)
                                        .matches())));
    }
}
