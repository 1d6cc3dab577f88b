package uz.koprik.indicators.policy;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What was agreed with a partner centre.
 *
 * @param maxTlp the narrowest marking the partner may be given of this centre's own objects; never {@link Tlp#RED}
 * @param personalPurpose the purpose for which personal observables are shared; without one none are
 * @param validUntil first moment at which the agreement no longer holds; empty for one without end
 * @param reference where the paper lies, in words
 * @param basis what it rests on
 * @param closedSources names of partners that gave objects under agreements which do not allow to give them to others
 */
public record Agreement(
        Tlp maxTlp,
        Optional<String> personalPurpose,
        Optional<Instant> validUntil,
        String reference,
        AgreementBasis basis,
        Set<String> closedSources) {

    /** What holds with a partner when nothing else was agreed: up to GREEN, nothing personal, without end. */
    public static final Agreement DEFAULT = new Agreement(Tlp.GREEN, Optional.empty(), Optional.empty(), "default");

    public Agreement {
        closedSources = Set.copyOf(closedSources);
        if (maxTlp == Tlp.RED) {
            throw new IllegalArgumentException(
                    "an agreement cannot cover TLP:RED, which goes to named recipients only; use CLEAR to AMBER_STRICT");
        }
        if (personalPurpose.filter(String::isBlank).isPresent()) {
            throw new IllegalArgumentException(
                    "the purpose of an agreement on personal observables is blank; name it or leave it out");
        }
    }

    /** What a section of {@code partners.yaml} says. */
    public Agreement(Tlp maxTlp, Optional<String> personalPurpose, Optional<Instant> validUntil, String reference) {
        this(maxTlp, personalPurpose, validUntil, reference, new AgreementBasis.Settings());
    }

    /** One without further limits. */
    public Agreement(
            Tlp maxTlp,
            Optional<String> personalPurpose,
            Optional<Instant> validUntil,
            String reference,
            AgreementBasis basis) {
        this(maxTlp, personalPurpose, validUntil, reference, basis, Set.of());
    }

    /** The same where these partners forbid to give what they gave to others. */
    public Agreement closedTo(Set<String> sources) {
        return new Agreement(maxTlp, personalPurpose, validUntil, reference, basis, sources);
    }

    /**
     * No agreement: nothing but TLP:CLEAR.
     *
     * @param why see {@link AgreementBasis.Nothing}
     * @param article see {@link AgreementBasis.Nothing}
     */
    public static Agreement nothing(String why, int article) {
        return new Agreement(
                Tlp.CLEAR, Optional.empty(), Optional.empty(), "", new AgreementBasis.Nothing(why, article));
    }

    /** Whether it holds at {@code now}. */
    public boolean inForce(Instant now) {
        return validUntil.isEmpty() || now.isBefore(validUntil.get());
    }
}
