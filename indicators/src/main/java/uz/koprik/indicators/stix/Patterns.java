package uz.koprik.indicators.stix;

import java.util.StringJoiner;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.pattern.PatternWriter;

/** Writes STIX patterns (section 9) for single values. */
final class Patterns {

    private Patterns() {}

    static String of(NewIndicator indicator) {
        if (indicator.port().isPresent()) {
            return "[network-traffic:dst_ref.value = " + PatternWriter.quote(indicator.observables().getFirst().value())
                    + " AND network-traffic:dst_port = " + indicator.port().get() + ']';
        }
        if (indicator.observables().size() == 1) {
            return '[' + operand(indicator.observables().getFirst()) + ']';
        }
        StringJoiner any = new StringJoiner(" OR ", "[", "]");
        indicator.observables().forEach(observable -> any.add(operand(observable)));
        return any.toString();
    }

    private static String operand(Observable observable) {
        return observable.kind().stix().operand(observable.value());
    }
}
