package uz.koprik.indicators.store;

/**
 * A store in figures.
 *
 * @param entries how many entries the sequence holds
 * @param lastSeq the highest sequence number; 0 when empty
 * @param lastAdded when that one was added, microseconds since the epoch; 0 when empty
 * @param bytes what it takes on disk
 */
public record StoreStatus(long entries, long lastSeq, long lastAdded, long bytes) {}
