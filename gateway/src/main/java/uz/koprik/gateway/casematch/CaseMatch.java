package uz.koprik.gateway.casematch;

import uz.koprik.indicators.correlation.Certainty;
import uz.koprik.indicators.correlation.ValueMatch;
import uz.koprik.indicators.observable.Observable;

/**
 * A case file and another object have to do with one another; one of them has just come, or has just got the value.
 *
 * @param caseId STIX id of the case file
 * @param caseNumber its number
 * @param caseTitle its title
 * @param crimeType its type of crime
 * @param caseIsNews whether the case file came last; otherwise the object did
 * @param object the object
 * @param caseValue the value in the case file
 * @param objectValue the value in the object; the same one when the rule says so
 * @param rule why the two values belong together
 * @param carriers how many objects carried the matching value, including those that are not listed; for members of the
 *     centre
 * @param certainty how sure it is
 */
public record CaseMatch(
        String caseId,
        String caseNumber,
        String caseTitle,
        String crimeType,
        boolean caseIsNews,
        ValueMatch.MatchedObject object,
        Observable caseValue,
        Observable objectValue,
        ValueMatch.Rule rule,
        long carriers,
        Certainty certainty) {}
