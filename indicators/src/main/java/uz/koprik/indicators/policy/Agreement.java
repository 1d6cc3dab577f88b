package uz.koprik.indicators.policy;

import java.time.Instant;
import java.util.Optional;

/**
 * What was agreed with a partner centre.
 *
 * @param maxTlp the narrowest marking the partner may be given of this centre's own objects; never {@link Tlp#RED}
 * @param personalPurpose the purpose for which personal observables are shared; without one none are
 * @param validUntil first moment at which the agreement no longer holds; empty for one without end
 * @param reference where the paper lies, in words
 */
public record Agreement(Tlp maxTlp, Optional<String> personalPurpose, Optional<Instant> validUntil, String reference) {

    /** What holds with a partner when nothing else was agreed: up to GREEN, nothing personal, without end. */
    public static final Agreement DEFAULT = new Agreement(Tlp.GREEN, Optional.empty(), Optional.empty(), "default");

    public Agreement {
        if (maxTlp == Tlp.RED) {
            throw new IllegalArgumentException(
                    "an agreement cannot cover TLP:RED, which goes to named recipients only; use CLEAR to AMBER_STRICT");
        }
        if (personalPurpose.filter(String::isBlank).isPresent()) {
            throw new IllegalArgumentException(
                    "the purpose of an agreement on personal observables is blank; name it or leave it out");
        }
    }

    /** Whether it holds at {@code now}. */
    public boolean inForce(Instant now) {
        return validUntil.isEmpty() || now.isBefore(validUntil.get());
    }
}
