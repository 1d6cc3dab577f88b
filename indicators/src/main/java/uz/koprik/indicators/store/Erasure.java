package uz.koprik.indicators.store;

import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/**
 * That the content of an object was erased.
 *
 * @param id of the object
 * @param at when
 * @param rule under which rule, in words for people
 * @param by who asked for it
 * @param versions all that were there, in the order in which they were added
 */
public record Erasure(String id, Instant at, String rule, String by, List<ErasedVersion> versions) {

    public Erasure {
        versions = List.copyOf(versions);
    }

    /** The same with those versions only that {@code known} accepts. */
    public Erasure of(Predicate<ErasedVersion> known) {
        return new Erasure(id, at, rule, by, versions.stream().filter(known).toList());
    }
}
