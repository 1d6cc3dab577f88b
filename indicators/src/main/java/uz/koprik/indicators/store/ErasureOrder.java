package uz.koprik.indicators.store;

import java.util.List;

/**
 * Objects whose content is to be erased.
 *
 * @param ids of the objects; one under which there is nothing is passed over
 * @param rule under which rule, in words for people
 * @param by who asked for it
 */
public record ErasureOrder(List<String> ids, String rule, String by) {

    public ErasureOrder {
        ids = List.copyOf(ids);
    }
}
