package uz.koprik.gateway.api.objects;

import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.gateway.accessrecord.AccessNotes;
import uz.koprik.gateway.api.common.AnalystServices;
import uz.koprik.gateway.api.common.ApiJson;
import uz.koprik.gateway.api.common.FormValues;
import uz.koprik.gateway.api.common.JsonBodies;
import uz.koprik.gateway.api.common.MatchVisibility;
import uz.koprik.gateway.api.common.OutcomeView;
import uz.koprik.gateway.api.common.ProblemView;
import uz.koprik.gateway.api.common.ReleaseWish;
import uz.koprik.gateway.api.common.ReportCheck;
import uz.koprik.gateway.api.common.Times;
import uz.koprik.gateway.api.common.TlpParam;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.RequestLimits;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.gateway.intake.IncomingObject;
import uz.koprik.gateway.intake.IntakeBatches;
import uz.koprik.gateway.intake.Outcome;
import uz.koprik.gateway.intake.Refusal;
import uz.koprik.indicators.correlation.Correlation;
import uz.koprik.indicators.imports.ImportFormat;
import uz.koprik.indicators.imports.ImportItem;
import uz.koprik.indicators.imports.ImportOptions;
import uz.koprik.indicators.imports.ImportReader;
import uz.koprik.indicators.imports.ImportRefused;
import uz.koprik.indicators.observable.text.RecognisedValue;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.IndicatorWriter;
import uz.koprik.indicators.stix.NewIndicator;
import uz.koprik.indicators.stix.values.StixTimestamp;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.StoreUnavailable;

/** {@code /api/objects} and {@code /api/indicators}: submission of objects and values in requests of moderate size. */
public final class SubmitRoutes implements Routes {

    private final AnalystServices services;
    private final IndicatorWriter writer;
    private final ReportIds ids;

    public SubmitRoutes(AnalystServices services) {
        this.services = services;
        this.writer = new IndicatorWriter(
                services.localCentre().identity(),
                services.localCentre().signer(),
                services.localCentre().ids());
        this.ids = new ReportIds(services, writer);
    }

    @Override
    public void mount(RouteTable router) {
        router.post("/api/objects", "anyway", "to", "group", "embargo").handler(Blocking.submission(this::objects));
        router.post("/api/indicators").handler(Blocking.submission(this::indicator));
    }

    private Runnable objects(RoutingContext request) throws StoreUnavailable, InterruptedException {
        Caller caller = Callers.require(request, Right.WRITE);
        Optional<ReleaseWish> wish = ReleaseWish.of(request, services);
        List<IncomingObject> offered = new ArrayList<>();
        List<Outcome> refused = new ArrayList<>();
        read(
                JsonBodies.bytes(request),
                offered,
                refused,
                RequestLimits.of(request).objectsPerRequest());
        boolean anyway = JsonBodies.flag(request, "anyway", false);
        offered.removeIf(object -> {
            Optional<Refusal> why = ReportCheck.protection(
                            services.protectedValues(), object.object(), anyway, "anyway=true")
                    .or(() -> wish.flatMap(one -> one.refusal(object.object())));
            why.ifPresent(refusal -> refused.add(Outcome.refused(object.where(), refusal)));
            return why.isPresent();
        });
        if (wish.isPresent() && !offered.isEmpty()) {
            wish.get().define(caller);
            offered.replaceAll(one -> new IncomingObject(wish.get().mark(one.object()), one.where()));
        }
        OutcomeView.Tally tally =
                new OutcomeView.Tally(RequestLimits.of(request).refusalsListed(), services.trust());
        IntakeBatches.take(services.intake(), offered, caller.source(), taken -> add(tally, caller, taken));
        add(tally, caller, refused);
        AccessNotes.of(request).answers(offered.size() + (long) refused.size());
        return answer(request, tally);
    }

    private static void read(byte[] body, List<IncomingObject> offered, List<Outcome> refused, int most) {
        ImportFormat detected = ImportFormat.detect(body, "");
        // JSON of another shape is read as objects, so that the answer says what is wrong with it.
        ImportFormat format = detected == ImportFormat.RECORDS ? ImportFormat.OBJECTS : detected;
        if (format != ImportFormat.OBJECTS && format != ImportFormat.SINGLE_OBJECT) {
            throw ApiJson.bad(
                    "the body is not a STIX object, a bundle or a TAXII envelope; tables and lists go to /api/import");
        }
        try (ImportReader reader = ImportReader.open(
                new ByteArrayInputStream(body), ImportOptions.of("").withFormat(format))) {
            for (ImportItem item = reader.next(); item != null; item = reader.next()) {
                if (offered.size() + refused.size() >= most) {
                    throw RequestLimits.tooManyObjects(most);
                }
                switch (item) {
                    case ImportItem.ObjectBytes object ->
                        offered.add(new IncomingObject(object.object(), object.where()));
                    case ImportItem.RefusedRow row -> refused.add(refused(row.where(), row.reason()));
                    case ImportItem.Value _, ImportItem.PatternText _ ->
                        throw new IllegalStateException("values do not come out of objects: " + item.where());
                    case ImportItem.ImportNote note ->
                        throw new IllegalStateException("objects of STIX are not translated: " + note.where());
                }
            }
        } catch (ImportRefused e) {
            throw ApiJson.bad(e.sentence());
        } catch (IOException e) {
            throw ApiJson.bad(e.getMessage());
        }
    }

    static Outcome refused(String where, String reason) {
        Refusal refusal = new Refusal(Refusal.Code.MALFORMED_JSON, "", reason);
        return Outcome.refused(where, refusal);
    }

    /** What a person reports; the schema {@code IndicatorForm}. */
    record Form(
            String value,
            String kind,
            String name,
            String description,
            List<String> labels,
            String tlp,
            String validFrom,
            String validUntil,
            Integer confidence,
            Boolean anyway,
            List<String> to,
            String group,
            String embargo) {}

    private Runnable indicator(RoutingContext request) throws StoreUnavailable {
        Caller caller = Callers.require(request, Right.WRITE);
        Form form = ApiJson.read(JsonBodies.bytes(request), Form.class);
        Optional<ReleaseWish> wish = ReleaseWish.of(request, services, form.to(), form.group(), form.embargo());
        RecognisedValue value = value(form);
        AccessNotes.of(request).values(List.of(value.observable())).answers(1);
        NewIndicator indicator = indicator(form, value);
        Optional<Refusal> mistake = mistake(form, value);
        if (mistake.isPresent()) {
            OutcomeView.Tally tally =
                    new OutcomeView.Tally(RequestLimits.of(request).refusalsListed(), services.trust());
            tally.add(Outcome.refused("value", mistake.get()), List.of());
            return answer(request, tally);
        }
        ReportIds.Place place = ids.of(indicator, caller);
        String id = place.id();
        Optional<Entry> known = place.known();
        if (known.isPresent()) {
            // The id follows from value and name: reporting the same twice is no news.
            Correlation found = MatchVisibility.correlation(services, caller, known.get());
            Outcome there = new Outcome(
                            "value",
                            id,
                            known.get().facts().version(),
                            Outcome.Status.UNCHANGED,
                            known.get().seq(),
                            Optional.empty())
                    .withSilenced(found.silenced());
            OutcomeView.Tally tally =
                    new OutcomeView.Tally(RequestLimits.of(request).refusalsListed(), services.trust());
            tally.readAs(value);
            tally.add(there, MatchVisibility.knowsCases(caller) ? found.matches() : List.of());
            return answer(request, tally);
        }
        JsonObject draft = writer.draft(indicator, id, services.clock().instant());
        if (form.validUntil() != null) {
            long until = moment("valid_until", form.validUntil());
            long from =
                    indicator.validFrom().orElse(Times.micros(services.clock().instant()));
            if (until <= from) {
                throw ApiJson.bad("\"valid_until\" must be later than \"valid_from\""
                        + (form.validFrom() == null ? ", which is now when absent" : ""));
            }
            draft = draft.with("valid_until", new JsonString(StixTimestamp.formatShort(until)));
        }
        if (wish.isPresent()) {
            wish.get().define(caller);
            draft = wish.get().mark(draft);
        }
        IncomingObject offered = IncomingObject.report(CanonicalJson.bytes(draft), "value");
        OutcomeView.Tally tally =
                new OutcomeView.Tally(RequestLimits.of(request).refusalsListed(), services.trust());
        tally.readAs(value);
        add(tally, caller, services.intake().take(List.of(offered), caller.source()));
        return answer(request, tally);
    }

    private Optional<Refusal> mistake(Form form, RecognisedValue value) {
        Optional<Refusal> doubt = form.kind() == null ? ReportCheck.doubt(value) : Optional.empty();
        return doubt.isPresent()
                ? doubt
                : ReportCheck.protection(
                        services.protectedValues(),
                        value.observable(),
                        Boolean.TRUE.equals(form.anyway()),
                        "\"anyway\": true");
    }

    private RecognisedValue value(Form form) {
        if (form.value() == null || form.value().isBlank()) {
            throw ApiJson.bad("\"value\" is missing: what is to be reported?");
        }
        return FormValues.recognise(services.recognition(), form.value(), form.kind());
    }

    private NewIndicator indicator(Form form, RecognisedValue value) {
        Tlp tlp = form.tlp() == null ? services.unmarked() : TlpParam.parse(form.tlp());
        if (form.confidence() != null && (form.confidence() < 0 || form.confidence() > 100)) {
            throw ApiJson.bad("\"confidence\" must be 0 to 100");
        }
        return new NewIndicator(
                List.of(value.observable()),
                value.port(),
                form.name() == null ? "" : form.name(),
                form.description() == null ? "" : form.description(),
                form.labels() == null ? List.of() : form.labels(),
                tlp,
                Optional.ofNullable(form.validFrom()).map(text -> moment("valid_from", text)),
                Optional.ofNullable(form.confidence()));
    }

    private static long moment(String name, String text) {
        try {
            return Times.micros(Times.parse(text));
        } catch (DateTimeParseException e) {
            throw ApiJson.bad("\"" + name + "\" is not a time such as 2026-11-22T00:00:00Z");
        }
    }

    private void add(OutcomeView.Tally tally, Caller caller, List<Outcome> outcomes) throws StoreUnavailable {
        for (Outcome outcome : outcomes) {
            tally.add(outcome, MatchVisibility.matches(services, caller, outcome));
        }
    }

    private static Runnable answer(RoutingContext request, OutcomeView.Tally tally) {
        OutcomeView.All all = tally.all();
        return all.refused() > 0 && all.accepted() + all.unchanged() == 0
                ? ProblemView.refused(request, all)
                : ApiJson.reply(request, 200, all);
    }
}
