package uz.koprik.gateway.alerts.log;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import uz.koprik.indicators.correlation.Certainty;
import uz.koprik.indicators.correlation.ValueMatch;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.store.Provenance;

/**
 * A case file and another object match by one value and one rule.
 *
 * @param id the same for the same case, object, values and rule, however often they match
 * @param file the case
 * @param caseIsNews whether the case file came last; otherwise the object did
 * @param object the object, and who says so
 * @param caseValue the value in the case file
 * @param objectValue the value in the object
 * @param rule why the two values belong together: the name of a {@link ValueMatch.Rule} in lower case
 * @param carriers how many objects carried the matched value
 * @param certainty how sure the match was at the time of the alert
 */
public record CaseMatchAlert(
        long seq,
        UUID id,
        Instant time,
        Case file,
        boolean caseIsNews,
        ValueMatch.MatchedObject object,
        Observable caseValue,
        Observable objectValue,
        String rule,
        long carriers,
        Certainty certainty)
        implements Alert {

    /**
     * The case as it was then.
     *
     * @param id STIX id
     * @param number by which people call it
     * @param title in words
     * @param crimeType a word of an open vocabulary
     */
    public record Case(String id, String number, String title, String crimeType) {}

    @Override
    public String subject() {
        return file.id();
    }

    /** The same for readers who may know that there is an object and from whom it came, and nothing else of it. */
    public CaseMatchAlert withoutObject() {
        ValueMatch.MatchedObject unknown = new ValueMatch.MatchedObject(
                "",
                "",
                "",
                Optional.empty(),
                Optional.empty(),
                object.receivedFrom(),
                0,
                new Provenance(Provenance.Origin.UNSIGNED, List.of()),
                false,
                Set.of(),
                Optional.empty());
        return new CaseMatchAlert(
                seq, id, time, file, caseIsNews, unknown, caseValue, caseValue, rule, 0, Certainty.NONE);
    }

    /** The values, without repeating one. */
    public List<Observable> values() {
        return caseValue.equals(objectValue) ? List.of(caseValue) : List.of(caseValue, objectValue);
    }
}
