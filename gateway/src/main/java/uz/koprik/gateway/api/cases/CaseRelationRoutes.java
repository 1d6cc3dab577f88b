package uz.koprik.gateway.api.cases;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import uz.koprik.gateway.api.common.AnalystServices;
import uz.koprik.gateway.api.common.ApiJson;
import uz.koprik.gateway.api.common.Cursors;
import uz.koprik.gateway.api.common.JsonBodies;
import uz.koprik.gateway.api.common.SentenceView;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.cases.CaseMerges;
import uz.koprik.gateway.cases.CaseService;
import uz.koprik.gateway.cases.ExpectedVersion;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.indicators.cases.CaseFile;
import uz.koprik.indicators.cases.CaseObservable;
import uz.koprik.indicators.store.StoreUnavailable;

/** What a case has to do with other cases: similar ones, and merging into one of them. */
public final class CaseRelationRoutes implements Routes {

    private static final int MOST = 200;

    /** Shared values that are listed of one case. */
    private static final int LISTED = 100;

    private final AnalystServices services;

    public CaseRelationRoutes(AnalystServices services) {
        this.services = services;
    }

    @Override
    public void mount(RouteTable router) {
        router.get("/api/cases/:number/similar", "limit").handler(Blocking.handler(this::similar));
        router.post("/api/cases/:number/merge").handler(Blocking.handler(this::merge));
    }

    /** The schema {@code SimilarCases}. */
    record SimilarList(String number, List<SimilarView> cases, boolean more) {}

    /** A similar case; the schema {@code SimilarCase}. */
    record SimilarView(
            String number,
            String id,
            String title,
            String type,
            String status,
            String unit,
            String opened,
            boolean linked,
            int shared,
            @JsonProperty("values") List<SharedView> values) {}

    /** A value that both cases have; the schema {@code SharedValue}. */
    record SharedView(String kind, String value, String role, String otherValue, String otherRole) {

        static SharedView of(SimilarCases.Shared shared) {
            String here = shared.here().observable().value();
            String there = shared.there().observable().value();
            return new SharedView(
                    shared.here().observable().kind().code(),
                    here,
                    shared.here().role().map(CaseObservable.Role::word).orElse(null),
                    there.equals(here) ? null : there,
                    shared.there().role().map(CaseObservable.Role::word).orElse(null));
        }
    }

    private Runnable similar(RoutingContext request) throws StoreUnavailable {
        Caller caller = Callers.require(request, Right.CASES);
        int limit = Cursors.limit(request, 20, MOST);
        CaseService.StoredCase stored = CaseForms.find(services, caller, request);
        SimilarCases.Found found = new SimilarCases(services, caller, stored).find();
        return ApiJson.reply(
                request,
                200,
                new SimilarList(
                        stored.file().number(),
                        found.cases().stream()
                                .limit(limit)
                                .map(one -> view(stored.file(), one))
                                .toList(),
                        found.more() || found.cases().size() > limit));
    }

    private static SimilarView view(CaseFile here, SimilarCases.Similar one) {
        CaseFile other = one.other().file();
        return new SimilarView(
                other.number(),
                one.other().object().id(),
                other.title(),
                other.crimeType(),
                other.status().name().toLowerCase(Locale.ROOT),
                other.ownerUnit().isEmpty() ? null : other.ownerUnit(),
                other.opened().toString(),
                here.cases().contains(other.number()),
                one.shared().size(),
                one.shared().stream().limit(LISTED).map(SharedView::of).toList());
    }

    /** Which case is to hold all; the schema {@code MergeForm}. */
    record MergeForm(String into, String expectedVersion, String intoVersion, Boolean preview) {}

    /** Both cases afterwards; the schema {@code MergeAnswer}. */
    record MergeAnswer(
            @JsonProperty("case") CaseView file,
            CaseView merged,
            boolean preview,
            List<String> remarks,
            List<SentenceView> remarkCodes) {}

    private Runnable merge(RoutingContext request) throws StoreUnavailable {
        Caller caller = Callers.require(request, Right.CASES);
        MergeForm form = ApiJson.read(JsonBodies.bytes(request), MergeForm.class);
        if (form.into() == null) {
            throw ApiJson.bad("\"into\" is missing: the number or id of the case that is to hold all");
        }
        boolean preview = Boolean.TRUE.equals(form.preview());
        ExpectedVersion from = CaseForms.expected(request, form.expectedVersion());
        ExpectedVersion into = version(form.intoVersion());
        CaseMerges.Result merged = CaseForms.done(request, () -> services.cases()
                .merge(caller, request.pathParam("number"), from, form.into(), into, preview));
        return CaseForms.reply(
                request,
                200,
                merged.into().object(),
                new MergeAnswer(
                        CaseView.of(merged.into(), services.trust()),
                        CaseView.of(merged.from(), services.trust()),
                        preview,
                        merged.remarks(),
                        CaseView.codes(merged.remarks())));
    }

    private static ExpectedVersion version(String text) {
        try {
            return ExpectedVersion.of(text);
        } catch (IllegalArgumentException wrong) {
            throw ApiJson.bad("\"into_version\" is the version of the case \"into\" as its JSON has it, such as"
                    + " 2026-11-22T08:30:00.123Z");
        }
    }
}
