package uz.koprik.indicators.store;

import java.util.List;

/**
 * Who carries a value.
 *
 * @param count how many latest versions of objects carry it, as far as the audience may see
 * @param freshest the ones added last, newest first, at most as many as were asked for
 */
public record Carriers(long count, List<Entry> freshest) {}
