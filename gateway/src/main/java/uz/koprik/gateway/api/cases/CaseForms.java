package uz.koprik.gateway.api.cases;

import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import uz.koprik.gateway.accessrecord.AccessNotes;
import uz.koprik.gateway.api.common.AnalystServices;
import uz.koprik.gateway.api.common.ApiJson;
import uz.koprik.gateway.api.common.FormValues;
import uz.koprik.gateway.api.common.MatchView;
import uz.koprik.gateway.api.common.MatchVisibility;
import uz.koprik.gateway.api.common.ReportCheck;
import uz.koprik.gateway.api.common.Times;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.cases.CaseConflict;
import uz.koprik.gateway.cases.CaseService;
import uz.koprik.gateway.cases.CaseVersionConflict;
import uz.koprik.gateway.cases.ExpectedVersion;
import uz.koprik.gateway.http.Problem;
import uz.koprik.gateway.http.StixIds;
import uz.koprik.gateway.intake.Refusal;
import uz.koprik.indicators.cases.CaseFile;
import uz.koprik.indicators.cases.CaseObservable;
import uz.koprik.indicators.cases.Loss;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.text.RecognisedValue;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.values.StixId;
import uz.koprik.indicators.store.StoreUnavailable;

/** What the routes of case files have in common: from forms to changes, from failures to answers. */
public final class CaseForms {

    private static final int MAX_VALUES = 10_000;

    private CaseForms() {}

    /** Values to add; the schema {@code NewValues}. */
    record NewValues(List<String> values, String kind, String role, String note, String expectedVersion) {}

    /** A loss; the schema {@code Loss}. */
    record LossForm(String amount, String currency, String note) {}

    /** Work on a case that can fail in the ways in which it can. */
    public interface Work<T> {
        Optional<T> run() throws StoreUnavailable, CaseConflict, CaseVersionConflict;
    }

    /** Does it; whether there is no such case or the caller may not see it, the answer is the same. */
    public static <T> T done(Work<T> work) throws StoreUnavailable {
        try {
            return work.run().orElseThrow(CaseForms::none);
        } catch (CaseService.NotTheirUnit e) {
            throw new Problem(403, "Not allowed", e.getMessage());
        } catch (CaseService.NoSuchShare | CaseService.NoSuchTarget e) {
            throw new Problem(404, "Not found", e.getMessage());
        } catch (CaseConflict e) {
            throw new Problem(409, "Conflict", e.getMessage());
        } catch (CaseVersionConflict e) {
            throw new Problem(412, "Changed in the meantime", e.getMessage());
        }
    }

    static Problem none() {
        return new Problem(404, "Not found", "there is no such case here");
    }

    /** As {@link #done(Work)}, for the case of the path, which is named by its number or its id. */
    static <T> T done(RoutingContext request, Work<T> work) throws StoreUnavailable {
        String numberOrId = request.pathParam("number");
        return done(() -> {
            Optional<T> done = work.run();
            if (done.isEmpty() && StixId.isOtherSpelling(numberOrId)) {
                throw StixIds.absent(numberOrId, "");
            }
            return done;
        });
    }

    /** Changes the case of the path. */
    static CaseService.StoredCase change(
            AnalystServices services,
            Caller caller,
            RoutingContext request,
            String inBody,
            Function<CaseFile, CaseFile> change)
            throws StoreUnavailable {
        ExpectedVersion expected = expected(request, inBody);
        return noted(request, done(request, () -> services.cases()
                .change(caller, request.pathParam("number"), expected, file -> checked(() -> change.apply(file)))));
    }

    /** The case of the path. */
    static CaseService.StoredCase find(AnalystServices services, Caller caller, RoutingContext request)
            throws StoreUnavailable {
        return noted(request, done(request, () -> services.cases().find(caller, request.pathParam("number"))));
    }

    /** Who is shown a case is shown its values. */
    private static CaseService.StoredCase noted(RoutingContext request, CaseService.StoredCase shown) {
        AccessNotes.of(request)
                .values(shown.file().observables().stream()
                        .map(CaseObservable::observable)
                        .toList())
                .answers(1);
        return shown;
    }

    /** The version that a change is meant for: the header {@code If-Match}, or the member of the body. */
    static ExpectedVersion expected(RoutingContext request, String inBody) {
        String header = request.request().getHeader("If-Match");
        return checked(() -> ExpectedVersion.of(header == null ? inBody : header));
    }

    /** What is wrong with a form is the caller's to know. */
    public static <T> T checked(Supplier<T> work) {
        try {
            return work.get();
        } catch (IllegalArgumentException e) {
            throw ApiJson.bad(e.getMessage());
        }
    }

    static Instant moment(String name, String text) {
        try {
            return Times.parse(text);
        } catch (DateTimeParseException e) {
            throw ApiJson.bad("\"" + name + "\" is not a time such as 2026-11-22T00:00:00Z");
        }
    }

    static List<Loss> losses(List<LossForm> forms) {
        List<Loss> losses = new ArrayList<>();
        for (LossForm form : forms) {
            if (form.amount() == null || form.currency() == null) {
                throw ApiJson.bad("each of \"losses\" needs \"amount\" and \"currency\"");
            }
            losses.add(checked(() -> Loss.of(form.amount(), form.currency(), form.note() == null ? "" : form.note())));
        }
        return losses;
    }

    /** The role of that word; empty for none. */
    public static Optional<CaseObservable.Role> role(String word) {
        return Optional.ofNullable(word).map(text -> CaseObservable.Role.of(text)
                .orElseThrow(() -> ApiJson.bad("\"role\" is victim, suspect, infrastructure or money-trail")));
    }

    /**
     * Values to add, each once; what is not recognised, and what looks like the name of a file although nobody names
     * its kind, goes to {@code refused}.
     */
    static List<Observable> added(
            AnalystServices services, List<String> texts, String kind, List<CaseView.RefusedValue> refused) {
        return recognise(services, texts, kind, kind == null, refused);
    }

    /** Values to remove; as {@link #added}, also names of files. */
    static List<Observable> removed(
            AnalystServices services, List<String> texts, String kind, List<CaseView.RefusedValue> refused) {
        return recognise(services, texts, kind, false, refused);
    }

    private static List<Observable> recognise(
            AnalystServices services,
            List<String> texts,
            String kind,
            boolean doubting,
            List<CaseView.RefusedValue> refused) {
        if (texts.size() > MAX_VALUES) {
            throw ApiJson.bad("at most " + MAX_VALUES + " values are taken at once");
        }
        Set<Observable> known = new HashSet<>();
        List<Observable> values = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            try {
                RecognisedValue recognised = FormValues.recognise(services.recognition(), texts.get(i), kind);
                Optional<Refusal> fileName = doubting ? ReportCheck.doubt(recognised) : Optional.empty();
                if (fileName.isPresent()) {
                    refused.add(new CaseView.RefusedValue(
                            "values/" + i, fileName.get().reason()));
                    continue;
                }
                Observable value = recognised.observable();
                if (known.add(value)) {
                    values.add(value);
                }
            } catch (Problem unknown) {
                refused.add(new CaseView.RefusedValue("values/" + i, unknown.getMessage()));
            }
        }
        if (values.isEmpty() && !texts.isEmpty()) {
            throw new Problem(
                    422,
                    "Refused",
                    refused.getFirst().where() + ": " + refused.getFirst().reason());
        }
        return values;
    }

    /** The answer to a change of values: the case, and the matches of the values. */
    static Runnable answer(
            RoutingContext request,
            AnalystServices services,
            Caller caller,
            int status,
            CaseService.StoredCase now,
            List<Observable> values,
            List<CaseView.RefusedValue> refused)
            throws StoreUnavailable {
        List<MatchView> matches = MatchView.of(
                MatchVisibility.matches(services, caller, now.object().id(), values), services.trust());
        return reply(
                request,
                status,
                now.object(),
                new CaseView.CaseAnswer(CaseView.of(now, services.trust()), matches, refused));
    }

    /** Answers with {@code view}, and with the version as an entity tag. */
    static Runnable reply(RoutingContext request, int status, StixObject object, Object view) {
        Runnable answer = ApiJson.reply(request, status, view);
        return () -> {
            request.response().putHeader("ETag", '"' + Times.text(object.version()) + '"');
            answer.run();
        };
    }
}
