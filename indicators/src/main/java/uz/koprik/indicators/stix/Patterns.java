package uz.koprik.indicators.stix;

import java.util.StringJoiner;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.ObservableKind;

/** Writes STIX patterns (section 9) for single values. */
final class Patterns {

    private Patterns() {}

    static String of(NewIndicator indicator) {
        if (indicator.port().isPresent()) {
            return "[network-traffic:dst_ref.value = " + literal(indicator.observables().getFirst().value())
                    + " AND network-traffic:dst_port = " + indicator.port().get() + ']';
        }
        if (indicator.observables().size() == 1) {
            return '[' + comparison(indicator.observables().getFirst()) + ']';
        }
        StringJoiner any = new StringJoiner(" OR ", "[", "]");
        indicator.observables().forEach(observable -> any.add(comparison(observable)));
        return any.toString();
    }

    private static String comparison(Observable observable) {
        ObservableKind kind = observable.kind();
        String value = observable.value();
        return switch (kind) {
            case CIDR -> (value.indexOf(':') >= 0 ? "ipv6-addr:value = " : "ipv4-addr:value = ") + literal(value);
            case ASN -> "autonomous-system:number = " + value;
            case MESSENGER -> {
                int colon = value.indexOf(':');
                yield "(user-account:account_type = " + literal(value.substring(0, colon))
                        + " AND user-account:account_login = " + literal(value.substring(colon + 1)) + ')';
            }
            default -> kind.stixPaths().getFirst() + " = " + literal(value);
        };
    }

    /** A string literal: quotes and backslashes are escaped (section 9.3.2). */
    private static String literal(String value) {
        if (value.indexOf('\'') < 0 && value.indexOf('\\') < 0) {
            return '\'' + value + '\'';
        }
        return '\'' + value.replace("\\", "\\\\").replace("'", "\\'") + '\'';
    }
}
