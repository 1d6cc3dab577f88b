package uz.koprik.gateway.release;

import java.util.Set;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.store.Selection;
import uz.koprik.indicators.store.Versions;

/**
 * What a reader asks for, without the reader. Fields are joined by AND, the values of one by OR; an empty set does not
 * restrict.
 *
 * @param types STIX types
 * @param ids STIX ids
 * @param specVersions {@code 2.0}, {@code 2.1}
 * @param versions which versions
 * @param addedAfter only entries added strictly later, in microseconds since the epoch; 0 for all
 * @param provenOnly whether what only compromised keys prove is left out: for answers that cannot mark it
 */
public record PageFilter(
        Set<String> types,
        Set<String> ids,
        Set<String> specVersions,
        Versions versions,
        long addedAfter,
        boolean provenOnly) {

    /** A filter that leaves nothing out for its proof. */
    public PageFilter(
            Set<String> types, Set<String> ids, Set<String> specVersions, Versions versions, long addedAfter) {
        this(types, ids, specVersions, versions, addedAfter, false);
    }

    /** The latest version of everything. */
    public static final PageFilter LATEST = new PageFilter(Set.of(), Set.of(), Set.of(), Versions.LAST, 0);

    /** These versions of one object. */
    public static PageFilter ofObject(String id, Versions versions) {
        return new PageFilter(Set.of(), Set.of(id), Set.of(), versions, 0);
    }

    Selection selection(Audience audience) {
        return new Selection(provenOnly ? audience.proven() : audience, types, ids, specVersions, versions, addedAfter);
    }
}
