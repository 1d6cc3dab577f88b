package uz.koprik.indicators.translate.misp;

import java.util.Set;
import uz.koprik.indicators.stix.values.Uuid5;

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

    /**
     * The id that earlier versions gave to a galaxy cluster, derived from its UUID alone.
     *
     * @param producer id of the identity of the event's creator organisation; empty when it has none
     */
    static String clusterId(String stixType, String producer, String galaxy, String uuid) {
        return stixType + "--" + Uuid5.koprik("misp-galaxy", producer, galaxy, uuid);
    }
}
