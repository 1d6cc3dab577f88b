package uz.koprik.indicators.observable;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedSet;
import uz.koprik.indicators.observable.forms.MaskedCard;
import uz.koprik.indicators.observable.forms.ValueRemark;

/**
 * One value in its normal form: two observables are the same value exactly when they are equal.
 *
 * @param kind what it is
 * @param value normal form, as {@link ObservableKind#normalise} returns it; of a payment card never the number, only
 *     {@code <first six>-<last four>-<token>}, or a mask such as {@code 411111******1111}
 */
public record Observable(ObservableKind kind, String value) {

    public Observable {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(value, "value");
        if (kind == ObservableKind.PAYMENT_CARD && !CardNumber.mayBeKept(value)) {
            // The last wall before a whole card number could be stored; the value must not be in the message.
            throw new IllegalArgumentException(
                    "a payment card is kept as <first six>-<last four>-<token> or as a mask only");
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
     * The key that leads from values that say less to this one: of a payment card with its token, first and last
     * digits. Stores index it besides the normal form. No object says it, see {@link #isShared}.
     */
    public Optional<Observable> shared() {
        return kind == ObservableKind.PAYMENT_CARD && CardNumber.isTokenised(value)
                ? Optional.of(new Observable(kind, MaskedCard.ends(value)))
                : Optional.empty();
    }

    /** What stores index for the value: itself, the form in which it is compared, and {@link #shared}; each once. */
    public SequencedSet<Observable> indexed() {
        SequencedSet<Observable> indexed = new LinkedHashSet<>();
        indexed.add(this);
        indexed.add(comparedAs());
        shared().ifPresent(indexed::add);
        return indexed;
    }

    /** Whether this is no value of an object but only what several share, see {@link #shared}. */
    public boolean isShared() {
        return kind == ObservableKind.PAYMENT_CARD && MaskedCard.isEnds(value);
    }

    /** Other values that may be the same thing: masks of a payment card, and of a mask what cards share. */
    public List<Observable> perhaps() {
        if (kind != ObservableKind.PAYMENT_CARD || isShared()) {
            return List.of();
        }
        String ends = MaskedCard.ends(value);
        List<Observable> perhaps = new ArrayList<>();
        for (String mask : MaskedCard.masks(ends)) {
            if (!MaskedCard.isNormal(value) || MaskedCard.mayBeSame(value, mask)) {
                perhaps.add(new Observable(kind, mask));
            }
        }
        if (MaskedCard.isNormal(value)) {
            perhaps.add(new Observable(kind, ends));
        }
        return List.copyOf(perhaps);
    }

    /** As {@link #remarks}, when objects with one of {@link #perhaps} are found with the value. */
    public List<ValueRemark> perhapsRemarks() {
        return kind == ObservableKind.PAYMENT_CARD ? List.of(MaskedCard.shared(value, value)) : remarks();
    }

    /** Why this and {@code other} may be the same thing, when it is one of {@link #perhaps}. */
    public Optional<ValueRemark> sharedWith(Observable other) {
        return kind == ObservableKind.PAYMENT_CARD && other.kind == kind && !equals(other)
                ? Optional.of(MaskedCard.shared(value, other.value))
                : Optional.empty();
    }

    /** What people should know of the value besides it, such as all coins that share the form of an address. */
    public List<ValueRemark> remarks() {
        return switch (kind) {
            case WALLET -> Wallet.remarks(value);
            case PAYMENT_CARD -> MaskedCard.isNormal(value) ? List.of(MaskedCard.remark(value)) : List.of();
            default -> List.of();
        };
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
