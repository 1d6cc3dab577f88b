package uz.koprik.indicators.stix;

import java.util.List;
import java.util.Optional;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.policy.Tlp;

/**
 * What this centre says of one or several values.
 *
 * @param observables any of them is a match; one at least, unless there is a pattern
 * @param port the port that belongs to a single address or name; empty when none does
 * @param name malware family or what else people call it; empty for none
 * @param description empty for none
 * @param labels free words
 * @param tlp marking
 * @param validFrom microseconds since the epoch from which the indicator holds; empty for the time of writing
 * @param confidence 0 to 100 (STIX 2.1, appendix A); empty for unspecified
 * @param validUntil microseconds since the epoch from which the indicator no longer holds; empty for no end
 * @param revoked whether it is withdrawn from the start, as a report that others withdrew
 * @param pattern what it looks for, where values cannot say it; empty for the values
 */
public record NewIndicator(
        List<Observable> observables,
        Optional<Integer> port,
        String name,
        String description,
        List<String> labels,
        Tlp tlp,
        Optional<Long> validFrom,
        Optional<Integer> confidence,
        Optional<Long> validUntil,
        boolean revoked,
        String pattern) {

    /** Without an end, in force, of values. */
    public NewIndicator(
            List<Observable> observables,
            Optional<Integer> port,
            String name,
            String description,
            List<String> labels,
            Tlp tlp,
            Optional<Long> validFrom,
            Optional<Integer> confidence) {
        this(observables, port, name, description, labels, tlp, validFrom, confidence, Optional.empty(), false, "");
    }

    public NewIndicator {
        observables = List.copyOf(observables);
        labels = List.copyOf(labels);
        if (observables.isEmpty() == pattern.isEmpty()) {
            throw new IllegalArgumentException("an indicator needs at least one value, or a pattern");
        }
        if (port.isPresent() && observables.size() != 1) {
            throw new IllegalArgumentException("a port belongs to a single address or name");
        }
    }

    /** One value under one name, valid from the time of writing. */
    public static NewIndicator of(Observable observable, String name, Tlp tlp) {
        return new NewIndicator(
                List.of(observable), Optional.empty(), name, "", List.of(), tlp, Optional.empty(), Optional.empty());
    }
}
