package uz.koprik.indicators.store;

import java.util.List;

/**
 * Some entries in the order in which they were added, and where to go on.
 *
 * @param entries ascending by {@link Entry#seq()}
 * @param more whether there is at least one further entry
 * @param nextAfter what to pass as {@code afterSeq} to go on: every entry up to here was either returned or not
 *     selected
 */
public record Page(List<Entry> entries, boolean more, long nextAfter) {}
