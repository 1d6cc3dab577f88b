package uz.koprik.gateway.api.cases;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.gateway.api.common.AnalystServices;
import uz.koprik.gateway.api.common.ApiJson;
import uz.koprik.gateway.api.common.FormValues;
import uz.koprik.gateway.api.common.JsonBodies;
import uz.koprik.gateway.api.common.TlpParam;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.cases.CaseService;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.Problem;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.gateway.intake.Outcome;
import uz.koprik.indicators.cases.CaseFile;
import uz.koprik.indicators.cases.CaseObservable;
import uz.koprik.indicators.cases.CaseSharing;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * {@code /api/cases/{number}/shares}: an analyst chooses what of a case others may have; it becomes objects of its own.
 */
public final class CaseShareRoutes implements Routes {

    private static final List<String> FORMS = List.of("indicators", "observed-data");

    private final AnalystServices services;

    public CaseShareRoutes(AnalystServices services) {
        this.services = services;
    }

    @Override
    public void mount(RouteTable router) {
        router.post("/api/cases/:number/shares").handler(Blocking.handler(this::share));
        router.post("/api/cases/:number/shares/:share/withdraw").handler(Blocking.handler(this::withdraw));
    }

    /** What to share; the schema {@code ShareForm}. */
    record Form(
            String tlp,
            List<String> values,
            List<String> roles,
            List<String> as,
            String name,
            String summary,
            Boolean caseTitle,
            Boolean caseSummary,
            Boolean caseNumber,
            Boolean victims,
            Boolean preview,
            String expectedVersion) {}

    /** What was shared; the schema {@code ShareAnswer}. */
    record Answer(
            @JsonProperty("case") CaseView file, boolean preview, String parts, String tlp, List<MadeView> objects) {}

    /**
     * One object that was made; the schema {@code SharedObject}.
     *
     * @param status accepted, unchanged or refused; absent in a preview
     */
    record MadeView(String id, String status, String reason, @JsonRawValue String object) {}

    private Runnable share(RoutingContext request) throws StoreUnavailable {
        Caller caller = Callers.require(request, Right.CASES);
        Callers.require(request, Right.WRITE);
        Form form = ApiJson.read(JsonBodies.bytes(request), Form.class);
        if (form.tlp() == null) {
            throw ApiJson.bad("\"tlp\" is missing: how far may it go?");
        }
        Tlp tlp = TlpParam.parse(form.tlp());
        List<String> as = form.as() == null ? List.of("indicators") : form.as();
        if (as.isEmpty() || !FORMS.containsAll(as)) {
            throw ApiJson.bad("\"as\" has indicators, observed-data or both");
        }
        boolean preview = yes(form.preview());
        CaseService.ShareResult shared = shared(request, caller, form, tlp, as, preview);
        return CaseForms.reply(request, preview ? 200 : 201, shared.now().object(), answer(caller, shared, preview));
    }

    /** What to take back; the schema {@code WithdrawForm}. */
    record WithdrawForm(List<String> objects, String expectedVersion) {}

    /** What was taken back; the schema {@code WithdrawAnswer}. */
    record WithdrawAnswer(@JsonProperty("case") CaseView file, List<BackView> objects) {}

    /** One object; the schema {@code WithdrawnObject}. */
    record BackView(String id, String status, String reason) {

        static BackView of(CaseService.WithdrawnObject back) {
            return new BackView(back.id(), back.fate(), back.reason().isEmpty() ? null : back.reason());
        }
    }

    private Runnable withdraw(RoutingContext request) throws StoreUnavailable {
        Caller caller = Callers.require(request, Right.CASES);
        Callers.require(request, Right.WRITE);
        WithdrawForm form = ApiJson.read(JsonBodies.bytes(request), WithdrawForm.class);
        String share = request.pathParam("share");
        int number = share.matches("\\d{1,6}") ? Integer.parseInt(share) : 0;
        try {
            CaseService.TakenBack back = CaseForms.done(request, () -> services.cases()
                    .unshare(
                            caller,
                            request.pathParam("number"),
                            CaseForms.expected(request, form.expectedVersion()),
                            number,
                            form.objects() == null ? List.of() : form.objects()));
            return CaseForms.reply(
                    request,
                    200,
                    back.now().object(),
                    new WithdrawAnswer(
                            CaseView.of(back.now(), services.trust()),
                            back.objects().stream().map(BackView::of).toList()));
        } catch (IllegalArgumentException wrong) {
            throw ApiJson.bad(wrong.getMessage());
        }
    }

    private CaseService.ShareResult shared(
            RoutingContext request, Caller caller, Form form, Tlp tlp, List<String> as, boolean preview)
            throws StoreUnavailable {
        try {
            return CaseForms.done(request, () -> services.cases()
                    .share(
                            caller,
                            request.pathParam("number"),
                            CaseForms.expected(request, form.expectedVersion()),
                            file -> wish(file, form, tlp, as),
                            preview));
        } catch (IllegalArgumentException wrong) {
            throw ApiJson.bad(wrong.getMessage());
        }
    }

    private CaseSharing.ShareRequest wish(CaseFile file, Form form, Tlp tlp, List<String> as) {
        String name = form.name() != null ? form.name() : yes(form.caseTitle()) ? file.title() : "";
        if (yes(form.caseSummary()) && form.summary() == null && file.summary().isBlank()) {
            throw ApiJson.bad("the case has no summary, so \"case_summary\" would share nothing");
        }
        String summary = form.summary() != null ? form.summary() : yes(form.caseSummary()) ? file.summary() : "";
        return new CaseSharing.ShareRequest(
                tlp,
                List.copyOf(chosen(file, form)),
                yes(form.victims()),
                as.contains("indicators"),
                as.contains("observed-data"),
                name,
                summary,
                yes(form.caseNumber()));
    }

    private Set<Observable> chosen(CaseFile file, Form form) {
        Set<Observable> chosen = new LinkedHashSet<>();
        for (String role : form.roles() == null ? List.<String>of() : form.roles()) {
            CaseObservable.Role wanted = CaseForms.role(role).orElseThrow();
            file.observables().stream()
                    .filter(o -> o.role().equals(Optional.of(wanted)))
                    .map(CaseObservable::observable)
                    .forEach(chosen::add);
        }
        List<String> texts = form.values() == null ? List.of() : form.values();
        for (int i = 0; i < texts.size(); i++) {
            chosen.add(theCases(file, texts.get(i), i));
        }
        if (chosen.isEmpty() && form.roles() != null && !form.roles().isEmpty()) {
            throw ApiJson.bad("no value of the case has the role " + String.join(" or ", form.roles())
                    + ", so \"roles\" would share nothing of it");
        }
        return chosen;
    }

    /** A chosen value, which must be in the case. */
    private Observable theCases(CaseFile file, String text, int place) {
        Observable value;
        try {
            value = FormValues.recognise(services.recognition(), text, null).observable();
        } catch (Problem unknown) {
            throw ApiJson.bad("values/" + place + ": the value is of no known kind, so it is none of the case");
        }
        if (file.observables().stream().noneMatch(o -> o.observable().equals(value))) {
            throw ApiJson.bad("values/" + place + ": the value is not in the case; add it to the case first");
        }
        return value;
    }

    /** The answer has the marking in force: what a grouping refers to may be stricter than what was chosen. */
    private Answer answer(Caller caller, CaseService.ShareResult shared, boolean preview) throws StoreUnavailable {
        List<MadeView> objects = new ArrayList<>();
        for (int i = 0; i < shared.objects().size(); i++) {
            Optional<Outcome> outcome =
                    preview ? Optional.empty() : Optional.of(shared.outcomes().get(i));
            objects.add(new MadeView(
                    shared.objects().get(i).string("id").orElseThrow(),
                    outcome.map(o -> o.status().name().toLowerCase(Locale.ROOT)).orElse(null),
                    outcome.flatMap(Outcome::refusal).map(r -> r.reason()).orElse(null),
                    new String(CanonicalJson.bytes(shared.objects().get(i)), StandardCharsets.UTF_8)));
        }
        Optional<Entry> grouping =
                services.release().latest(caller.recipient(), shared.made().grouping());
        return new Answer(
                CaseView.of(shared.now(), services.trust()),
                preview,
                shared.made().parts(),
                grouping.map(entry -> entry.release().tlp().label()).orElse(null),
                objects);
    }

    private static boolean yes(Boolean flag) {
        return Boolean.TRUE.equals(flag);
    }
}
