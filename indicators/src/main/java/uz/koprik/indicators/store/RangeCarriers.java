package uz.koprik.indicators.store;

import java.util.List;

/**
 * Objects that carry values within one network, domain or host.
 *
 * @param count how many latest versions of objects, as far as the audience may see and as far as was counted
 * @param more whether there are more than were counted
 * @param freshest of those counted, the ones added last, newest first, at most as many as were asked for
 */
public record RangeCarriers(long count, boolean more, List<Entry> freshest) {

    public RangeCarriers {
        freshest = List.copyOf(freshest);
    }
}
