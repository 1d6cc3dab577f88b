package uz.koprik.gateway.api.objects;

import io.vertx.ext.web.RoutingContext;
import java.util.List;
import uz.koprik.gateway.accessrecord.AccessNotes;
import uz.koprik.gateway.api.common.AnalystServices;
import uz.koprik.gateway.api.common.ApiJson;
import uz.koprik.gateway.api.common.FormValues;
import uz.koprik.gateway.api.common.JsonBodies;
import uz.koprik.gateway.api.common.TlpParam;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.Problem;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.gateway.http.StixIds;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * {@code /api/objects/{id}/verdicts}: confirming or dismissing that a value in an object is what the object says it is.
 */
public final class VerdictRoutes implements Routes {

    private static final int MAX_NOTE = 10_000;
    private static final String NONE = "none";

    private final AnalystServices services;
    private final Verdicts verdicts;

    public VerdictRoutes(AnalystServices services) {
        this.services = services;
        this.verdicts = new Verdicts(services);
    }

    @Override
    public void mount(RouteTable router) {
        router.post("/api/objects/:id/verdicts").handler(Blocking.handler(this::judge));
    }

    /** What an analyst found out; the schema {@code NewVerdict}. */
    record Form(String value, String kind, String verdict, String note, String tlp) {}

    private Runnable judge(RoutingContext request) throws StoreUnavailable {
        Caller caller = Callers.require(request, Right.ANALYSE);
        Callers.require(request, Right.WRITE);
        Form form = ApiJson.read(JsonBodies.bytes(request), Form.class);
        if (form.value() == null || form.verdict() == null) {
            throw ApiJson.bad("a verdict needs \"value\" and \"verdict\"");
        }
        if (form.note() != null && form.note().length() > MAX_NOTE) {
            throw ApiJson.bad("\"note\" has at most " + MAX_NOTE + " characters");
        }
        Entry object = services.release()
                .latest(caller.recipient(), request.pathParam("id"))
                .orElseThrow(() -> StixIds.absent(request.pathParam("id"), "there is no such object here"));
        Observable value = FormValues.recognise(services.recognition(), form.value(), form.kind())
                .observable();
        AccessNotes.of(request).values(List.of(value)).answers(1);
        if (!object.facts().observables().contains(value.key())) {
            throw new Problem(
                    422, "Refused", "this object does not carry that value: use one of the values that match");
        }
        if (object.release().house()) {
            throw new Problem(
                    422,
                    "Refused",
                    "this is a case file, which claims nothing of its values: judge the object that matches it");
        }
        if (form.verdict().equals(NONE)) {
            if (!verdicts.takeBack(caller, object.facts().id(), value)) {
                throw new Problem(404, "Not found", "there is no verdict on this value in this object");
            }
            return () -> request.response().setStatusCode(204).end();
        }
        Verdicts.Kind kind = Verdicts.Kind.of(form.verdict())
                .orElseThrow(() -> ApiJson.bad("\"verdict\" is confirmed, dismissed or none"));
        if (kind == Verdicts.Kind.CONFIRMED && object.facts().version() == 0) {
            throw new Problem(
                    422,
                    "Refused",
                    "this is an observable, and a sighting is of an object that says something: confirm the"
                            + " indicator that names the value");
        }
        Tlp tlp = form.tlp() == null ? Tlp.RED : TlpParam.parse(form.tlp());
        String note = form.note() == null ? "" : form.note().strip();
        return ApiJson.reply(request, 200, verdicts.give(caller, object, value, kind, note, tlp));
    }
}
