package uz.koprik.gateway.alerts.log;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import uz.koprik.gateway.alerts.AlertAudience;
import uz.koprik.gateway.casematch.CaseMatch;
import uz.koprik.indicators.correlation.ValueMatch;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.stix.values.Uuid5;

/** Something that people of this centre should look at. Emitted once. */
public sealed interface Alert permits CaseMatchAlert, IdConflictAlert, OperatorAlert, UnknownAlert {

    /** The sequence number among all alerts of this centre, from 1. */
    long seq();

    /** An alert is recognised by its id: one id is emitted once. */
    UUID id();

    /** When it was emitted. */
    Instant time();

    /**
     * By what readers are checked before the alert is read: see
     * {@link AlertAudience#sees(uz.koprik.gateway.auth.Caller, String)}.
     */
    String subject();

    /** The alert of a match. */
    static CaseMatchAlert of(long seq, CaseMatch met, Instant now) {
        return new CaseMatchAlert(
                seq,
                id(met),
                now,
                new CaseMatchAlert.Case(met.caseId(), met.caseNumber(), met.caseTitle(), met.crimeType()),
                met.caseIsNews(),
                met.object(),
                met.caseValue(),
                met.objectValue(),
                rule(met.rule()),
                met.carriers(),
                met.certainty());
    }

    /** The id of the alert of a match: depends neither on versions, nor on times, nor on which side came first. */
    static UUID id(CaseMatch met) {
        return Uuid5.koprik(
                "alert",
                met.caseId(),
                met.object().id(),
                line(met.caseValue()),
                line(met.objectValue()),
                rule(met.rule()));
    }

    static String rule(ValueMatch.Rule rule) {
        return rule.name().toLowerCase(Locale.ROOT);
    }

    /** Values may hold line feeds, which separate the parts of an id. */
    private static String line(Observable value) {
        return value.key().replace("\\", "\\\\").replace("\n", "\\n");
    }
}
