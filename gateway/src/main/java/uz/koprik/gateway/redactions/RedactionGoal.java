package uz.koprik.gateway.redactions;

import java.util.Optional;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.policy.Tlp;

/** For whom an object is redacted. */
public sealed interface RedactionGoal {

    /** All that is marked stricter than the object as a whole is cut. */
    record AsTheWhole() implements RedactionGoal {}

    /** All that is marked stricter than {@code tlp} is cut. */
    record UpTo(Tlp tlp) implements RedactionGoal {}

    /** All that a partner would not be given is cut. */
    record ForPartner(Recipient.Partner partner) implements RedactionGoal {}

    /** The narrowest marking that may stay; empty for a partner, of whom the rules of release decide. */
    default Optional<Tlp> most(Tlp whole) {
        return switch (this) {
            case AsTheWhole all -> Optional.of(whole);
            case UpTo(Tlp tlp) -> Optional.of(tlp);
            case ForPartner one -> Optional.empty();
        };
    }
}
