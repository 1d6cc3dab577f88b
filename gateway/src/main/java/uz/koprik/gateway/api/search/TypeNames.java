package uz.koprik.gateway.api.search;

import java.util.Optional;
import java.util.Set;
import uz.koprik.gateway.release.PageFilter;
import uz.koprik.gateway.release.Release;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.stix.rules.types.Rulebook;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.Versions;

/** Names of types that callers filter by. */
public final class TypeNames {

    private TypeNames() {}

    /**
     * Why a filter of these types selects nothing: a name is no type of STIX, and nothing that the recipient may see
     * has it. A known type without objects is no mistake.
     */
    public static Optional<String> objection(Release release, Recipient recipient, Set<String> types)
            throws StoreUnavailable {
        for (String type : types) {
            if (!Rulebook.isType(type) && !occurs(release, recipient, type)) {
                return Optional.of("\"" + type + "\" is no type of STIX, and no object here is of it; types are"
                        + " indicator, malware, ipv4-addr and so on");
            }
        }
        return Optional.empty();
    }

    private static boolean occurs(Release release, Recipient recipient, String type) throws StoreUnavailable {
        PageFilter filter = new PageFilter(Set.of(type), Set.of(), Set.of(), Versions.LAST, 0);
        return !release.page(recipient, filter, 0, 1).entries().isEmpty();
    }
}
