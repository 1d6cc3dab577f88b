package uz.koprik.indicators.stix;

import java.util.List;
import java.util.Optional;

/**
 * A marking of some properties of an object (STIX 2.1, section 7.2.3).
 *
 * @param selectors which properties, in the selector syntax of that section
 * @param markingRef the marking definition; empty when {@code lang} is meant instead
 * @param lang the language of the selected properties (RFC 5646)
 */
public record GranularMarking(List<String> selectors, Optional<String> markingRef, Optional<String> lang) {

    public GranularMarking {
        selectors = List.copyOf(selectors);
    }
}
