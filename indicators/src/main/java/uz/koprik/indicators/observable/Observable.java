package uz.koprik.indicators.observable;

import java.util.Objects;
import uz.koprik.indicators.pattern.PatternWriter;

/**
 * One value in its normal form: two observables are the same value exactly when they are equal.
 *
 * @param kind what it is
 * @param value normal form, as {@link ObservableKind#normalise} gives it; of a payment card never the number, only
 *     {@code <first six>-<last four>-<token>}
 */
public record Observable(ObservableKind kind, String value) {

    public Observable {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(value, "value");
        if (kind == ObservableKind.PAYMENT_CARD && !CardNumber.isTokenised(value)) {
            // The last wall before a whole card number could be stored; the value must not be in the message.
            throw new IllegalArgumentException("a payment card is kept as <first six>-<last four>-<token> only");
        }
    }

    /** The form in which stores index it: {@code kind:value}. */
    public String key() {
        return kind.code() + ':' + value;
    }

    /** A STIX pattern that looks for this value, such as {@code [domain-name:value = 'example.com']}. */
    public String pattern() {
        String path = kind.stixPaths().getFirst();
        return switch (kind) {
            case ASN -> '[' + path + " = " + value + ']';
            case CIDR -> PatternWriter.equality(value.indexOf(':') < 0 ? "ipv4-addr:value" : "ipv6-addr:value", value);
            case MESSENGER -> {
                int colon = value.indexOf(':');
                yield "[user-account:account_type = " + PatternWriter.quote(value.substring(0, colon)) + " AND " + path
                        + " = " + PatternWriter.quote(value.substring(colon + 1)) + ']';
            }
            default -> PatternWriter.equality(path, value);
        };
    }

    /** Reads what {@link #key} wrote. The value is taken as normal already. */
    public static Observable ofKey(String key) {
        int colon = key.indexOf(':');
        ObservableKind kind = colon < 0 ? null : ObservableKind.ofCode(key.substring(0, colon)).orElse(null);
        if (kind == null) {
            throw new IllegalArgumentException("not the key of an observable");
        }
        return new Observable(kind, key.substring(colon + 1));
    }
}
