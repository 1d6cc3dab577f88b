package uz.koprik.gateway.exchange;

/**
 * New objects are in the sequence: a reason to look there, not the objects themselves.
 *
 * @param lastSeq the highest sequence number among them
 * @param source who submitted them
 */
public record Accepted(long lastSeq, Source source) {}
