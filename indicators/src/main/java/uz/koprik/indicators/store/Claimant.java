package uz.koprik.indicators.store;

import java.util.Set;
import uz.koprik.indicators.policy.Audience;

/**
 * Who submits a draft, as far as it decides about which objects of the store the submitter may learn anything.
 *
 * @param audience what the submitter may see at this moment
 * @param centre name of the partner centre that submits; empty for accounts of this centre
 * @param identities ids of the identity objects for which that centre's keys may speak
 */
public record Claimant(Audience audience, String centre, Set<String> identities) {

    /** This centre itself, and its members who see everything. */
    public static final Claimant MEMBER = new Claimant(Audience.HOUSEKEEPING, "", Set.of());

    /** Whether the submitter may learn of every object. */
    public boolean knowsAll() {
        return audience.everyStatement();
    }

    /** Whether a partner centre submits. */
    public boolean partner() {
        return !centre.isEmpty();
    }
}
