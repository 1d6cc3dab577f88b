package uz.koprik.gateway.release;

import java.util.List;
import java.util.Optional;
import uz.koprik.indicators.policy.ReleaseDecision;
import uz.koprik.indicators.policy.ReleaseTerms;
import uz.koprik.indicators.policy.Tlp;

/**
 * Whether an object is released to a recipient, and why or why not.
 *
 * @param id of the object
 * @param recipient to whom
 * @param decision yes or no, and the rule that decided
 * @param marked the TLP marking that the object itself carries; empty when it carries none
 * @param effective the class in force, by its own marking and by what it refers to
 * @param because the objects it refers to that make it stricter than it is by itself
 */
public record Explanation(
        String id,
        String recipient,
        ReleaseDecision decision,
        Optional<Tlp> marked,
        ReleaseTerms effective,
        List<Stricter> because) {

    public Explanation {
        because = List.copyOf(because);
    }

    Explanation of(List<Stricter> some) {
        return new Explanation(id, recipient, decision, marked, effective, some);
    }

    /**
     * An object that makes those that refer to it stricter.
     *
     * @param id of that object
     * @param effective its own class in force
     */
    public record Stricter(String id, ReleaseTerms effective) {}
}
