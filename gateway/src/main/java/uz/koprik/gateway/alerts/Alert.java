package uz.koprik.gateway.alerts;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import uz.koprik.gateway.exchange.Encounter;
import uz.koprik.indicators.correlation.Certainty;
import uz.koprik.indicators.correlation.Match;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.stix.Uuid5;

/**
 * A case file and another object have to do with one another, by one value and one rule. Given once.
 *
 * @param seq its place among all alerts of this centre, from 1; later ones have higher numbers
 * @param id the same for the same case, object, values and rule, whenever and however often they meet
 * @param time when it was given
 * @param file the case
 * @param caseIsNews whether the case file came last; otherwise the object did
 * @param object the object, and who says so
 * @param caseValue the value in the case file
 * @param objectValue the value in the object
 * @param rule why the two values belong together: the name of a {@link Match.Rule} in lower case
 * @param carriers how many objects carried the value that was met
 * @param certainty how sure it was when it was given
 */
record Alert(
        long seq,
        UUID id,
        Instant time,
        Case file,
        boolean caseIsNews,
        Match.Met object,
        Observable caseValue,
        Observable objectValue,
        String rule,
        long carriers,
        Certainty certainty) {

    /**
     * The case as it was then.
     *
     * @param id STIX id
     * @param number by which people call it
     * @param title in words
     * @param crimeType a word of an open vocabulary
     */
    record Case(String id, String number, String title, String crimeType) {}

    /** What an encounter is told as. */
    static Alert of(long seq, Encounter met, Instant now) {
        return new Alert(
                seq,
                id(met),
                now,
                new Case(met.caseId(), met.caseNumber(), met.caseTitle(), met.crimeType()),
                met.caseIsNews(),
                met.object(),
                met.caseValue(),
                met.objectValue(),
                rule(met.rule()),
                met.carriers(),
                met.certainty());
    }

    /** By what an alert is known again: neither versions, nor times, nor which side came first. */
    static UUID id(Encounter met) {
        return Uuid5.koprik(
                "alert", met.caseId(), met.object().id(), line(met.caseValue()), line(met.objectValue()), rule(met.rule()));
    }

    static String rule(Match.Rule rule) {
        return rule.name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Values may hold line feeds, which separate the parts of an id. */
    private static String line(Observable value) {
        return value.key().replace("\\", "\\\\").replace("\n", "\\n");
    }

    /** The values, without repeating one. */
    List<Observable> values() {
        return caseValue.equals(objectValue) ? List.of(caseValue) : List.of(caseValue, objectValue);
    }
}
