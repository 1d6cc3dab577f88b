package uz.koprik.indicators.store;

import uz.koprik.indicators.policy.ReleaseTerms;

/**
 * The latest version of an object is to be stored once more, with other terms and a new sequence number: readers whose
 * position is past the old one get it. Its bytes, its proof and when it was first seen stay.
 *
 * @param seq the entry that holds it now
 * @param from its terms in force, by which {@code to} was decided; when they are others by now, nothing is done
 * @param to its new terms, which may release it further
 */
public record Renewal(long seq, ReleaseTerms from, ReleaseTerms to) {}
