package uz.koprik.gateway.alerts;

import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.gateway.access.Caller;
import uz.koprik.gateway.access.Callers;
import uz.koprik.gateway.access.Marks;
import uz.koprik.gateway.access.Right;
import uz.koprik.gateway.exchange.Release;
import uz.koprik.indicators.correlation.Match;
import uz.koprik.indicators.store.Carriers;
import uz.koprik.indicators.store.StoreUnavailable;

/** Who may know of an alert: who works on cases, and is released both the case file and the object as they are now. */
final class AlertAudience {

    /** Wallets are one cluster by any of so many freshest carriers of one, as correlation has it. */
    private static final int CARRIERS_OF_A_CLUSTER = 6;

    private final Release release;
    private final Marks marks;

    AlertAudience(Release release, Marks marks) {
        this.release = release;
        this.marks = marks;
    }

    /** How places among the alerts are told. */
    Marks marks() {
        return marks;
    }

    /** The caller, who may know of alerts at all. */
    static Caller require(RoutingContext request) {
        Callers.require(request, Right.ANALYSE);
        return Callers.require(request, Right.CASES);
    }

    static boolean mayKnow(Caller caller) {
        return caller.may(Right.ANALYSE) && caller.may(Right.CASES);
    }

    /** Whether the caller may know of alerts of that case. */
    boolean sees(Caller caller, String caseId) throws StoreUnavailable {
        return mayKnow(caller) && release.latest(caller.recipient(), caseId).isPresent();
    }

    boolean sees(Caller caller, Alert alert) throws StoreUnavailable {
        return sees(caller, alert.file().id())
                && release.latest(caller.recipient(), alert.object().id()).isPresent()
                && (!caller.worksOnSome() || seesWhy(caller, alert));
    }

    /** Two values are one cluster because somebody reported them together: an alert of that tells of the report. */
    private boolean seesWhy(Caller caller, Alert alert) throws StoreUnavailable {
        if (!alert.rule().equals(Alert.rule(Match.Rule.SAME_CLUSTER))) {
            return true;
        }
        String one = alert.caseValue().key();
        String other = alert.objectValue().key();
        for (Carriers carriers : release.carriers(caller.recipient(), List.of(one, other), CARRIERS_OF_A_CLUSTER).values()) {
            if (carriers.freshest().stream().anyMatch(entry -> entry.facts().observables().containsAll(List.of(one, other)))) {
                return true;
            }
        }
        return false;
    }

    /** An alert that the caller may know of, as that caller may know it. */
    JsonObject view(Caller caller, Alert alert) {
        return view(caller, AlertJson.write(alert));
    }

    /** The same from what was written of it: what counts the alerts and case files of others is left out. */
    JsonObject view(Caller caller, JsonObject alert) {
        return caller.worksOnSome() ? alert.without("seq").without("carriers") : alert;
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
