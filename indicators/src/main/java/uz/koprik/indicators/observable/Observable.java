package uz.koprik.indicators.observable;

import java.util.Objects;
import java.util.Optional;

/**
 * One value in its normal form: two observables are the same value exactly when they are equal.
 *
 * @param kind what it is
 * @param value normal form, as {@link ObservableKind#normalise} returns it; of a payment card never the number, only
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

    /**
     * The form in which it is compared with other values, such as a file name in lower case. Stores index it besides
     * the normal form, so a search for it finds all spellings.
     */
    public Observable comparedAs() {
        return ComparedForm.of(this);
    }

    /**
     * What people should know of the value besides it, such as all coins that share the form of an address; a clause
     * without a full stop.
     */
    public Optional<String> remark() {
        return kind == ObservableKind.WALLET
                ? Optional.of(Wallet.remark(value)).filter(remark -> !remark.isEmpty())
                : Optional.empty();
    }

    /** A STIX pattern that looks for this value, such as {@code [domain-name:value = 'example.com']}. */
    public String pattern() {
        return '[' + kind.stix().comparison(value) + ']';
    }

    /** Reads what {@link #key} wrote. The value is taken as normal already. */
    public static Observable ofKey(String key) {
        int colon = key.indexOf(':');
        ObservableKind kind = colon < 0
                ? null
                : ObservableKind.ofCode(key.substring(0, colon)).orElse(null);
        if (kind == null) {
            throw new IllegalArgumentException("not the key of an observable");
        }
        return new Observable(kind, key.substring(colon + 1));
    }
}
