package uz.koprik.gateway.release;

import uz.koprik.indicators.store.Entry;

/**
 * What a recall means: a version of an object by its producer, with those before.
 *
 * @param recall id of the recall
 * @param version in microseconds since the epoch
 * @param ours whether this centre made the recall
 */
public record RecalledVersion(String recall, String object, String producer, long version, boolean ours) {

    /** Whether an entry of the object is what the recall means. */
    boolean means(Entry entry) {
        return entry.facts().version() <= version
                && entry.facts().producer().filter(producer::equals).isPresent();
    }
}
