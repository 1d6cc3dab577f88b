package uz.koprik.indicators.stix;

import java.util.StringJoiner;
import uz.koprik.indicators.pattern.PatternWriter;

/** Writes STIX patterns (section 9) for single values. */
final class Patterns {

    private Patterns() {}

    static String of(NewIndicator indicator) {
        if (!indicator.pattern().isEmpty()) {
            return indicator.pattern();
        }
        if (indicator.port().isPresent()) {
            return "[network-traffic:dst_ref.value = "
                    + PatternWriter.quote(indicator.observables().getFirst().value())
                    + " AND network-traffic:dst_port = " + indicator.port().get() + ']';
        }
        StringJoiner any = new StringJoiner(" OR ", "[", "]");
        indicator
                .observables()
                .forEach(observable -> any.add(observable.kind().stix().operand(observable.value())));
        return any.toString();
    }
}
