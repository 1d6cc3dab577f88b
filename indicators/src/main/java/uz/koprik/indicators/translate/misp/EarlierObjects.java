package uz.koprik.indicators.translate.misp;

import java.util.Set;

/** What earlier imports stored: a translation keeps the ids that were right and corrects those that were wrong. */
@FunctionalInterface
public interface EarlierObjects {

    /** Nothing is stored, or nobody can say. */
    EarlierObjects NONE = id -> Set.of();

    /**
     * The names of all stored versions of an object.
     *
     * @return empty when the object is not stored; a version without a name counts as the empty text
     */
    Set<String> names(String id);
}
