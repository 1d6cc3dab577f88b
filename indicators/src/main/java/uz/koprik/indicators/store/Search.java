package uz.koprik.indicators.store;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.policy.Tlp;

/**
 * A question over the latest versions, answered newest first. Fields are joined by AND, the values of one by OR.
 *
 * @param audience what the asker may see; counts and facets know no more
 * @param words words that must all occur, in any order; a trailing {@code *} means a beginning; empty for no restriction
 * @param observables keys ({@code kind:value}) of which at least one must be carried
 * @param types STIX types
 * @param producers {@code created_by_ref}
 * @param receivedFrom names of partners; an empty name means this centre itself
 * @param tlps effective markings
 * @param addedFrom first moment of adding, microseconds since the epoch, inclusive
 * @param addedTo last moment of adding, exclusive
 * @param facets fields to count values of
 * @param before only entries with a lower {@link Entry#seq()}: the keyset cursor; empty to start
 * @param limit how many entries at most
 */
public record Search(
        Audience audience,
        String words,
        Set<String> observables,
        Set<String> types,
        Set<String> producers,
        Set<String> receivedFrom,
        Set<Tlp> tlps,
        Optional<Long> addedFrom,
        Optional<Long> addedTo,
        Set<Facet> facets,
        Optional<Long> before,
        int limit) {

    /** Fields whose values can be counted. */
    public enum Facet {
        TYPE,
        PRODUCER,
        RECEIVED_FROM,
        TLP
    }

    /**
     * An answer.
     *
     * @param total how many entries match in all
     * @param entries newest first
     * @param more whether older ones match
     * @param facets for each facet asked for: value → count, most frequent first
     */
    public record Result(long total, List<Entry> entries, boolean more, Map<Facet, Map<String, Long>> facets) {}
}
