package uz.koprik.gateway.alerts;

import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.gateway.alerts.log.Alert;
import uz.koprik.gateway.alerts.log.AlertJson;
import uz.koprik.gateway.alerts.log.CaseMatchAlert;
import uz.koprik.gateway.alerts.log.IdConflictAlert;
import uz.koprik.gateway.alerts.log.OperatorAlert;
import uz.koprik.gateway.alerts.log.UnknownAlert;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.auth.CursorCodec;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.partners.Trust;
import uz.koprik.gateway.recalls.RecallBook;
import uz.koprik.gateway.recalls.RecallSight;
import uz.koprik.gateway.release.Release;
import uz.koprik.indicators.correlation.ValueMatch;
import uz.koprik.indicators.store.Carriers;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * Who may know of an alert. A match is for those who work on cases and may see both the case file and the object as
 * they are now. A conflict is for those who work on cases or operate the centre, and may see both objects. If one of
 * them never leaves the centre, the alert is for those who see everything. A notice is for those who operate the
 * centre, one of the release desk for those who release.
 */
public final class AlertAudience {

    /** Freshest carriers of a wallet that can make it part of a cluster, the same number as in correlation. */
    private static final int CARRIERS_OF_A_CLUSTER = 6;

    private final Release release;
    private final ProofMarks proofMarks;
    private final RecallMarks recallMarks;
    private final CursorCodec cursorCodec;
    private final IdConflicts conflicts;

    AlertAudience(Release release, Trust trust, RecallBook recalls, CursorCodec cursorCodec, IdConflicts conflicts) {
        this.release = release;
        this.proofMarks = new ProofMarks(release, trust);
        this.recallMarks = new RecallMarks(new RecallSight(recalls, release));
        this.cursorCodec = cursorCodec;
        this.conflicts = conflicts;
    }

    /** Encodes sequence numbers of alerts for callers. */
    CursorCodec cursorCodec() {
        return cursorCodec;
    }

    /** The caller, who may know of alerts at all. */
    static Caller require(RoutingContext request) {
        Caller caller = Callers.require(request, Right.ANALYSE);
        return caller.may(Right.OPERATE) || caller.may(Right.RELEASE) ? caller : Callers.require(request, Right.CASES);
    }

    static boolean mayKnow(Caller caller) {
        return caller.may(Right.ANALYSE)
                && (caller.may(Right.CASES) || caller.may(Right.OPERATE) || caller.may(Right.RELEASE));
    }

    /** Whether the caller may know of alerts of that subject: {@link Alert#subject}. */
    boolean sees(Caller caller, String subject) throws StoreUnavailable {
        if (subject.equals(OperatorAlert.SUBJECT)) {
            return mayKnow(caller) && caller.may(Right.OPERATE);
        }
        if (subject.equals(OperatorAlert.RELEASE_SUBJECT)) {
            return mayKnow(caller) && caller.may(Right.RELEASE);
        }
        if (subject.equals(UnknownAlert.SUBJECT)) {
            return false;
        }
        if (!IdConflictAlert.isSubject(subject)) {
            return caller.may(Right.ANALYSE)
                    && caller.may(Right.CASES)
                    && release.latest(caller.recipient(), subject).isPresent();
        }
        IdConflictAlert.Subject conflict = IdConflictAlert.parse(subject);
        return caller.may(Right.ANALYSE)
                && (caller.may(Right.CASES) || caller.may(Right.OPERATE))
                && (!conflict.internal() || caller.seesAll())
                && release.mayKnow(caller.recipient(), conflict.objectId(), conflict.knownSeq())
                && (conflict.storedSeq() == 0
                        || release.mayKnow(caller.recipient(), conflict.objectId(), conflict.storedSeq()));
    }

    boolean sees(Caller caller, Alert alert) throws StoreUnavailable {
        return sees(caller, alert.subject()) && (!(alert instanceof CaseMatchAlert match) || seesMatch(caller, match));
    }

    private boolean seesMatch(Caller caller, CaseMatchAlert alert) throws StoreUnavailable {
        String object = alert.object().id();
        return (release.latest(caller.recipient(), object).isPresent()
                        || release.erasure(caller.recipient(), object).isPresent()
                        || needsPurpose(caller, alert))
                && (caller.seesAll() || seesWhy(caller, alert));
    }

    /** As {@link #sees}, of the alerts that a filter selects by what the caller may know of them. */
    boolean shows(Caller caller, AlertFilter filter, Alert alert) throws StoreUnavailable {
        return filter.wants(alert)
                && sees(caller, alert)
                && (!(alert instanceof CaseMatchAlert match)
                        || filter.wants(match.withoutObject())
                        || !needsPurpose(caller, match));
    }

    /**
     * Whether the caller may know of the match, and of the object only from whom it came: a purpose is needed for it.
     */
    private boolean needsPurpose(Caller caller, CaseMatchAlert alert) throws StoreUnavailable {
        return caller.withheld()
                && !alert.object().receivedFrom().isEmpty()
                && release.needsPurpose(caller.recipient(), alert.object().id());
    }

    /**
     * Two values are one cluster because one report holds both. The alert reveals that report, so the caller must see
     * it.
     */
    private boolean seesWhy(Caller caller, CaseMatchAlert alert) throws StoreUnavailable {
        if (!alert.rule().equals(Alert.rule(ValueMatch.Rule.SAME_CLUSTER))) {
            return true;
        }
        String one = alert.caseValue().key();
        String other = alert.objectValue().key();
        for (Carriers carriers : release.carriers(caller.recipient(), List.of(one, other), CARRIERS_OF_A_CLUSTER)
                .values()) {
            if (carriers.freshest().stream()
                    .anyMatch(entry -> entry.facts().observables().containsAll(List.of(one, other)))) {
                return true;
            }
        }
        return false;
    }

    /**
     * An alert that the caller may know of, as that caller may know it; a conflict with how often it was repeated by
     * now. Objects that are not proven any more are marked, by the trust list of this moment.
     */
    JsonObject view(Caller caller, Alert alert) throws StoreUnavailable {
        JsonObject json = AlertJson.write(alert);
        return view(caller, alert, alert instanceof IdConflictAlert ? conflicts.counted(alert.id(), json) : json);
    }

    /** The same from the stored JSON of an alert, without what counts the alerts and case files of others. */
    JsonObject view(Caller caller, Alert alert, JsonObject stored) throws StoreUnavailable {
        if (alert instanceof CaseMatchAlert match && needsPurpose(caller, match)) {
            return AlertJson.withoutObject(match).without("seq");
        }
        JsonObject proven = proofMarks.marked(caller.recipient(), alert, stored);
        JsonObject shown = recallMarks.marked(caller.recipient(), alert, proven).without(AlertJson.ENTRIES);
        return caller.seesAll() ? shown : shown.without("seq").without("carriers");
    }

    /** The alerts that the filter accepts and that the caller may know of. */
    List<Alert> of(Caller caller, AlertFilter filter, List<Alert> alerts) throws StoreUnavailable {
        List<Alert> seen = new ArrayList<>();
        for (Alert alert : alerts) {
            if (shows(caller, filter, alert)) {
                seen.add(alert);
            }
        }
        return seen;
    }
}
