package uz.koprik.indicators.store;

/**
 * An object that was judged fit to be stored and has no place in the sequence yet.
 *
 * @param facts what is known of it
 * @param object the producer's untouched bytes; the array is handed over and not changed afterwards
 */
@SuppressWarnings("ArrayRecordComponent") // never copied on the hot path, never compared
public record Draft(EntryFacts facts, byte[] object) {}
