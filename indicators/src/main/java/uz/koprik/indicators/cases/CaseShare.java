package uz.koprik.indicators.cases;

import java.time.Instant;
import java.util.List;
import uz.koprik.indicators.policy.Tlp;

/**
 * A part of a case that was given out of hand: kept in the case, so that its history tells who shared what and when.
 *
 * @param by the account that chose it
 * @param at when
 * @param tlp marking of what was made
 * @param parts what was chosen, in words: {@code 3 values as indicators, summary}
 * @param objects ids of the STIX objects that were made of it
 */
public record CaseShare(String by, Instant at, Tlp tlp, String parts, List<String> objects) {

    public CaseShare {
        objects = List.copyOf(objects);
    }
}
