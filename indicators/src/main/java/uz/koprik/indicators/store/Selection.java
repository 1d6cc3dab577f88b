package uz.koprik.indicators.store;

import java.util.Set;
import uz.koprik.indicators.policy.Audience;

/**
 * Which entries a page is cut from. Fields are joined by AND, the values of one by OR; an empty set does not restrict.
 *
 * @param audience what the recipient may see
 * @param types STIX types
 * @param ids STIX ids
 * @param specVersions {@code 2.0}, {@code 2.1}
 * @param versions which versions
 * @param addedAfter only entries added strictly later, in microseconds since the epoch; 0 for all
 */
public record Selection(
        Audience audience,
        Set<String> types,
        Set<String> ids,
        Set<String> specVersions,
        Versions versions,
        long addedAfter) {

    public Selection {
        types = Set.copyOf(types);
        ids = Set.copyOf(ids);
        specVersions = Set.copyOf(specVersions);
    }

    /** The latest version of everything the audience may see. */
    public static Selection all(Audience audience) {
        return new Selection(audience, Set.of(), Set.of(), Set.of(), Versions.LAST, 0);
    }
}
