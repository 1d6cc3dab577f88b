package uz.koprik.indicators.cases;

import java.util.List;
import java.util.Optional;
import uz.koprik.indicators.observable.InvalidObservable;
import uz.koprik.indicators.observable.Observable;

/**
 * A value that plays a part in a case.
 *
 * @param observable in normal form; a payment card is its token with first six and last four digits, never its number
 * @param role which part; empty until somebody says so
 * @param note what the investigator wrote about it; empty for nothing
 */
public record CaseObservable(Observable observable, Optional<Role> role, String note) {

    /** The part a value plays. */
    public enum Role {
        VICTIM("victim"),
        SUSPECT("suspect"),
        INFRASTRUCTURE("infrastructure"),
        MONEY_TRAIL("money-trail");

        private final String word;

        Role(String word) {
            this.word = word;
        }

        /** As it stands in objects and interfaces. */
        public String word() {
            return word;
        }

        /** The role of that {@link #word}. */
        public static Optional<Role> of(String word) {
            return List.of(values()).stream()
                    .filter(role -> role.word.equals(word))
                    .findFirst();
        }
    }

    /** A value with a role. */
    public CaseObservable(Observable observable, Role role, String note) {
        this(observable, Optional.of(role), note);
    }

    /** @throws IllegalArgumentException when the value is not in normal form, as a whole card number never is */
    public CaseObservable {
        try {
            if (!observable.kind().normalise(observable.value()).equals(observable)) {
                throw new IllegalArgumentException(
                        "a " + observable.kind().label() + " of a case must be in normal form");
            }
        } catch (InvalidObservable e) {
            throw new IllegalArgumentException(
                    "a " + observable.kind().label() + " of a case must be valid: " + e.reason(), e);
        }
    }
}
