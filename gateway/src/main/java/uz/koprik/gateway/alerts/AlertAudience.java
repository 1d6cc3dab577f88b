package uz.koprik.gateway.alerts;

import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import uz.koprik.gateway.access.Caller;
import uz.koprik.gateway.access.Callers;
import uz.koprik.gateway.access.Right;
import uz.koprik.gateway.exchange.Release;
import uz.koprik.indicators.store.StoreUnavailable;

/** Who may know of an alert: who works on cases, and is released both the case file and the object as they are now. */
final class AlertAudience {

    private final Release release;

    AlertAudience(Release release) {
        this.release = release;
    }

    /** The caller, who may know of alerts at all. */
    static Caller require(RoutingContext request) {
        Callers.require(request, Right.ANALYSE);
        return Callers.require(request, Right.CASES);
    }

    static boolean mayKnow(Caller caller) {
        return caller.may(Right.ANALYSE) && caller.may(Right.CASES);
    }

    boolean sees(Caller caller, Alert alert) throws StoreUnavailable {
        return mayKnow(caller)
                && release.latest(caller.recipient(), alert.file().id()).isPresent()
                && release.latest(caller.recipient(), alert.object().id()).isPresent();
    }

    /** Those that are wanted and that the caller may know of. */
    List<Alert> of(Caller caller, AlertFilter filter, List<Alert> alerts) throws StoreUnavailable {
        List<Alert> seen = new ArrayList<>();
        for (Alert alert : alerts) {
            if (filter.wants(alert) && sees(caller, alert)) {
                seen.add(alert);
            }
        }
        return seen;
    }
}
