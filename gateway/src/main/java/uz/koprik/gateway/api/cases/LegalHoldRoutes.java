package uz.koprik.gateway.api.cases;

import io.vertx.ext.web.RoutingContext;
import java.util.List;
import uz.koprik.gateway.api.common.AnalystServices;
import uz.koprik.gateway.api.common.ApiJson;
import uz.koprik.gateway.api.common.JsonBodies;
import uz.koprik.gateway.api.common.Reasons;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.cases.CaseService;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.Problem;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.gateway.retention.LegalHold;
import uz.koprik.gateway.retention.LegalHolds;
import uz.koprik.indicators.store.StoreUnavailable;

/** {@code /api/cases/{number}/hold}: legal holds of cases, which stop erasure. */
public final class LegalHoldRoutes implements Routes {

    private static final int LONGEST_REASON = 500;

    private final LegalHolds holds;
    private final AnalystServices services;

    public LegalHoldRoutes(LegalHolds holds, AnalystServices services) {
        this.holds = holds;
        this.services = services;
    }

    @Override
    public void mount(RouteTable router) {
        router.get("/api/cases/:number/hold").handler(Blocking.handler(this::all));
        router.post("/api/cases/:number/hold").handler(Blocking.handler(this::hold));
        router.post("/api/cases/:number/hold/release").handler(Blocking.handler(this::release));
    }

    /** Why; the schema {@code HoldReason}. */
    record HoldReason(String reason) {}

    /** All holds of a case; the schema {@code LegalHolds}. */
    record HoldList(String number, boolean held, List<HoldView> holds) {}

    /** A hold; the schema {@code LegalHold}. */
    record HoldView(String reason, String by, String at, String releasedBy, String releasedAt, String releaseReason) {

        static HoldView of(LegalHold hold) {
            return new HoldView(
                    hold.reason(),
                    hold.by(),
                    hold.at().toString(),
                    hold.released().map(LegalHold.Release::by).orElse(null),
                    hold.released().map(end -> end.at().toString()).orElse(null),
                    hold.released().map(LegalHold.Release::reason).orElse(null));
        }
    }

    private Runnable all(RoutingContext request) throws StoreUnavailable {
        Caller caller = Callers.require(request, Right.CASES);
        return answer(request, CaseForms.find(services, caller, request));
    }

    private Runnable hold(RoutingContext request) throws StoreUnavailable {
        Caller caller = Callers.require(request, Right.CASES);
        String reason = reason(request);
        CaseService.StoredCase found = CaseForms.find(services, caller, request);
        holds.hold(found.object().id(), found.file().number(), reason, caller.name());
        return answer(request, found);
    }

    private Runnable release(RoutingContext request) throws StoreUnavailable {
        Caller caller = Callers.require(request, Right.CASES);
        String reason = reason(request);
        CaseService.StoredCase found = CaseForms.find(services, caller, request);
        if (holds.release(found.object().id(), reason, caller.name()).isEmpty()) {
            throw new Problem(409, "Conflict", "this case is under no legal hold");
        }
        return answer(request, found);
    }

    private static String reason(RoutingContext request) {
        String text = ApiJson.read(JsonBodies.bytes(request), HoldReason.class).reason();
        return Reasons.line(text, LONGEST_REASON, "write why");
    }

    private Runnable answer(RoutingContext request, CaseService.StoredCase found) throws StoreUnavailable {
        List<LegalHold> all = holds.of(found.object().id());
        return ApiJson.reply(
                request,
                200,
                new HoldList(
                        found.file().number(),
                        all.stream().anyMatch(hold -> hold.released().isEmpty()),
                        all.stream().map(HoldView::of).toList()));
    }
}
