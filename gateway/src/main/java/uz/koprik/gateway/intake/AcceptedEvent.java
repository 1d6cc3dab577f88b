package uz.koprik.gateway.intake;

import uz.koprik.gateway.auth.Source;

/**
 * New objects are in the sequence: a reason to look there, not the objects themselves.
 *
 * @param lastSeq the highest sequence number among them
 * @param source who submitted them
 */
public record AcceptedEvent(long lastSeq, Source source) {}
