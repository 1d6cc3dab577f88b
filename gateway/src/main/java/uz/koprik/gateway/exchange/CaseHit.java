package uz.koprik.gateway.exchange;

import java.util.List;
import uz.koprik.indicators.correlation.Match;

/**
 * A case file and another object share values: one of the two has just been accepted.
 *
 * @param id of the object just accepted
 * @param source who brought it
 * @param matches its values that were met before, at least one of the two sides of each being a case file
 */
public record CaseHit(String id, Source source, List<Match> matches) {

    public CaseHit {
        matches = List.copyOf(matches);
    }
}
