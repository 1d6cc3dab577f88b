package uz.koprik.indicators.store.lucene;

/**
 * What a look at a whole journal found.
 *
 * @param entries how many can be read
 * @param acknowledged the last one that is known to be acknowledged
 * @param markTrouble what is wrong with the mark beside the journal, in words; empty when nothing is
 */
public record JournalReport(long entries, long acknowledged, String markTrouble) {}
