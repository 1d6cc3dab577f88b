package uz.koprik.gateway.partners;

import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * How this centre deals with its partners, as of now. May change between two calls, when an operator changes the
 * settings of a running centre. Safe for use by many threads at once; never blocks.
 */
public interface Partners {

    /** The settings for that partner; the defaults when nothing was said about it. */
    PartnerSettings partner(String name);

    /** All partners about whom something was said. */
    Collection<PartnerSettings> all();

    /** Names of the partners whose agreement does not allow to give to others what they gave. */
    default Set<String> closedSources() {
        return Set.of();
    }

    /**
     * The purposes of agreements that ask members of this centre for one before they see personal values of the
     * partner, by name of partner.
     */
    default Map<String, Set<String>> purposesOnUse() {
        return Map.of();
    }
}
