package uz.koprik.gateway.api.documents;

import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import uz.koprik.gateway.accessrecord.AccessNotes;
import uz.koprik.gateway.api.cases.CaseForms;
import uz.koprik.gateway.api.common.AnalystServices;
import uz.koprik.gateway.api.common.ApiJson;
import uz.koprik.gateway.api.common.FormValues;
import uz.koprik.gateway.api.common.JsonBodies;
import uz.koprik.gateway.api.common.MatchVisibility;
import uz.koprik.gateway.api.common.OutcomeView;
import uz.koprik.gateway.api.common.ReleaseWish;
import uz.koprik.gateway.api.common.ReportCheck;
import uz.koprik.gateway.api.common.TlpParam;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.cases.CaseService;
import uz.koprik.gateway.cases.ExpectedVersion;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.Problem;
import uz.koprik.gateway.http.RequestLimits;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.gateway.intake.Outcome;
import uz.koprik.gateway.intake.Refusal;
import uz.koprik.indicators.cases.CaseFile;
import uz.koprik.indicators.cases.CaseObservable;
import uz.koprik.indicators.imports.layout.CellForms;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.observable.forms.MaskedCard;
import uz.koprik.indicators.observable.text.RecognisedValue;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.values.StixTimestamp;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * {@code /api/documents/values}: objects of the values of a document that a person chose. Each value is named, so that
 * nothing doubtful is signed unseen.
 */
public final class DocumentValueRoutes implements Routes {

    private static final int LONGEST_CONTEXT = 400;

    private final AnalystServices services;
    private final DocumentObjects objects;

    public DocumentValueRoutes(AnalystServices services) {
        this.services = services;
        this.objects = new DocumentObjects(services);
    }

    @Override
    public void mount(RouteTable router) {
        router.post("/api/documents/values").handler(Blocking.submission(this::take));
    }

    /** A chosen value; the schema {@code ChosenValue}. */
    record ChosenValue(String value, String kind, Integer port, String context, String role, Boolean anyway) {}

    /** What to make of the values; the schema {@code DocumentForm}. */
    record Form(
            String as,
            List<ChosenValue> values,
            String name,
            String description,
            String sha256,
            String tlp,
            List<String> labels,
            String validUntil,
            Boolean anyway,
            String caseNumber,
            String caseTitle,
            String caseType,
            List<String> to,
            String group,
            String embargo) {}

    /** The outcome; the schema {@code DocumentOutcome}. */
    record Answer(long accepted, long unchanged, long refused, List<OutcomeView> objects, String caseNumber) {}

    /** A value as it was understood. */
    record Chosen(String where, RecognisedValue value, String context, Optional<CaseObservable.Role> role) {}

    private Runnable take(RoutingContext request) throws StoreUnavailable, InterruptedException {
        Caller caller = Callers.require(request, Right.WRITE);
        Form form = ApiJson.read(JsonBodies.bytes(request), Form.class);
        if (form.values() == null || form.values().isEmpty()) {
            throw ApiJson.bad("\"values\" is missing or empty: name the values to take");
        }
        int most = RequestLimits.of(request).objectsPerRequest();
        if (form.values().size() > most) {
            throw RequestLimits.tooManyObjects(most);
        }
        Optional<ReleaseWish> wish = ReleaseWish.of(request, services, form.to(), form.group(), form.embargo());
        if (wish.isPresent() && !"indicators".equals(form.as())) {
            throw ApiJson.bad("\"to\", \"group\" and \"embargo\" are for \"as\": \"indicators\" only");
        }
        OutcomeView.Tally tally =
                new OutcomeView.Tally(RequestLimits.of(request).refusalsListed(), services.trust());
        List<Chosen> chosen = chosen(form, tally);
        AccessNotes.of(request)
                .values(chosen.stream().map(one -> one.value().observable()).toList());
        String number = null;
        switch (form.as() == null ? "" : form.as()) {
            case "indicators" -> add(tally, caller, objects.indicators(caller, terms(form), chosen, wish));
            case "observed-data" -> add(tally, caller, objects.observedData(caller, terms(form), chosen));
            case "report" -> add(tally, caller, objects.report(caller, reportTerms(form), chosen));
            case "case" -> {
                Callers.require(request, Right.CASES);
                number = intoCase(caller, form, chosen, tally);
            }
            default -> throw ApiJson.bad("\"as\" is indicators, observed-data, report or case");
        }
        OutcomeView.All all = tally.all();
        AccessNotes.of(request).answers(all.accepted());
        return ApiJson.reply(
                request, 200, new Answer(all.accepted(), all.unchanged(), all.refused(), all.objects(), number));
    }

    private void add(OutcomeView.Tally tally, Caller caller, List<Outcome> outcomes) throws StoreUnavailable {
        for (Outcome outcome : outcomes) {
            tally.add(outcome, MatchVisibility.matches(services, caller, outcome));
        }
    }

    private DocumentObjects.Terms terms(Form form) {
        Tlp tlp = form.tlp() == null ? services.unmarked() : TlpParam.parse(form.tlp());
        return new DocumentObjects.Terms(
                form.name() == null ? "" : form.name().strip(),
                form.description() == null ? "" : form.description(),
                sha256(form.sha256()),
                tlp,
                form.labels() == null ? List.of() : form.labels(),
                Optional.ofNullable(form.validUntil()).map(this::validUntil));
    }

    /** The end of what is valid from now. */
    private long validUntil(String text) {
        long until = CellForms.time(text);
        if (until == StixTimestamp.INVALID) {
            throw ApiJson.bad("\"valid_until\" is a day such as 2027-01-31, or a time such as 2027-01-31T08:30:00Z");
        }
        if (until <= StixTimestamp.micros(services.clock().instant())) {
            throw ApiJson.bad("\"valid_until\" is over: name a later day, or leave it out");
        }
        return until;
    }

    private DocumentObjects.Terms reportTerms(Form form) {
        DocumentObjects.Terms terms = terms(form);
        if (terms.name().isEmpty()) {
            throw ApiJson.bad("\"name\" is missing: a report has a name");
        }
        return terms;
    }

    private static String sha256(String text) {
        if (text == null) {
            return "";
        }
        if (!text.matches("[0-9a-f]{64}")) {
            throw ApiJson.bad("\"sha256\" is the SHA-256 of the document: 64 hexadecimal digits in lower case");
        }
        return text;
    }

    /** The values that may be taken, each once; the others are counted as refused. */
    private List<Chosen> chosen(Form form, OutcomeView.Tally tally) {
        boolean published = !"case".equals(form.as());
        List<Chosen> chosen = new ArrayList<>();
        Set<Object> seen = new HashSet<>();
        for (int i = 0; i < form.values().size(); i++) {
            String where = "values/" + i;
            ChosenValue one = form.values().get(i);
            if (one == null || one.value() == null || one.kind() == null) {
                throw ApiJson.bad("each of \"values\" needs \"value\" and \"kind\", as /api/documents lists them");
            }
            RecognisedValue value;
            try {
                value = FormValues.recognise(services.recognition(), one.value(), one.kind());
            } catch (Problem unknown) {
                tally.add(
                        Outcome.refused(where, new Refusal(Refusal.Code.UNRECOGNISED, "", unknown.getMessage())),
                        List.of());
                continue;
            }
            Optional<Integer> port = Optional.ofNullable(one.port()).or(value::port);
            boolean anyway = Boolean.TRUE.equals(form.anyway()) || Boolean.TRUE.equals(one.anyway());
            Optional<Refusal> harmful = published
                    ? ReportCheck.protection(services.protectedValues(), value.observable(), anyway, "\"anyway\": true")
                    : Optional.empty();
            if (harmful.isPresent()) {
                tally.add(Outcome.refused(where, harmful.get()), List.of());
            } else if (seen.add(List.of(value.observable(), port))) {
                chosen.add(new Chosen(
                        where,
                        new RecognisedValue(value.observable(), 0, 0, port),
                        context(one.context()),
                        CaseForms.role(one.role())));
            }
        }
        return chosen;
    }

    /** A sentence; empty when it has the number of a payment card, which is never stored. */
    private String context(String text) {
        if (text == null || text.isBlank()) {
            return "";
        }
        if (text.length() > LONGEST_CONTEXT) {
            throw ApiJson.bad("a \"context\" has more than " + LONGEST_CONTEXT + " characters");
        }
        boolean card = services.recognition().recognise(text).stream()
                .anyMatch(value -> value.observable().kind() == ObservableKind.PAYMENT_CARD
                        && MaskedCard.showsMore(text.substring(value.start(), value.end())));
        return card ? "" : text.strip();
    }

    private String intoCase(Caller caller, Form form, List<Chosen> chosen, OutcomeView.Tally tally)
            throws StoreUnavailable {
        if (form.caseNumber() == null || form.caseNumber().isBlank()) {
            throw ApiJson.bad("\"case_number\" is missing: into which case?");
        }
        String number = form.caseNumber();
        boolean opens = form.caseTitle() != null || form.caseType() != null;
        CaseService.StoredCase now = CaseForms.done(() -> {
            if (services.cases().find(caller, number).isPresent()) {
                return services.cases()
                        .change(
                                caller,
                                number,
                                ExpectedVersion.of(null),
                                file -> CaseForms.checked(() -> with(file, chosen)));
            }
            if (!opens) {
                throw new Problem(
                        404,
                        "Not found",
                        "there is no such case here; \"case_title\" and \"case_type\" open one of this number");
            }
            CaseFile file = CaseForms.checked(() -> with(
                    CaseFile.open(
                            number,
                            form.caseTitle() == null ? "" : form.caseTitle(),
                            form.caseType() == null ? "" : form.caseType(),
                            services.clock().instant()),
                    chosen));
            return Optional.of(services.cases().open(caller, file));
        });
        Outcome outcome = new Outcome(
                "case", now.object().id(), now.object().version(), Outcome.Status.ACCEPTED, 0, Optional.empty());
        tally.add(
                outcome,
                MatchVisibility.matches(
                        services,
                        caller,
                        now.object().id(),
                        chosen.stream().map(one -> one.value().observable()).toList()));
        return now.file().number();
    }

    /** A value that is there already keeps the role and the note that the form does not speak of. */
    private static CaseFile with(CaseFile file, List<Chosen> chosen) {
        List<CaseObservable> all = new ArrayList<>(file.observables());
        Map<Observable, Integer> places = new HashMap<>();
        for (int i = 0; i < all.size(); i++) {
            places.put(all.get(i).observable(), i);
        }
        for (Chosen one : chosen) {
            Observable value = one.value().observable();
            Integer at = places.get(value);
            if (at == null) {
                places.put(value, all.size());
                all.add(new CaseObservable(value, one.role(), one.context()));
            } else {
                CaseObservable there = all.get(at);
                String note = one.context().isEmpty() ? there.note() : one.context();
                all.set(at, new CaseObservable(value, one.role().or(there::role), note));
            }
        }
        return file.withObservables(all);
    }
}
