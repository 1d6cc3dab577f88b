package uz.koprik.gateway.partners;

import java.util.Collection;
import java.util.Optional;
import uz.koprik.crypto.trust.CardFacts;
import uz.koprik.crypto.trust.KeyRing;
import uz.koprik.crypto.trust.TrustedCentre;

/**
 * Whom this centre believes, as of now: its trust list and itself. May change between two calls, when an operator
 * changes the trust list of a running centre. Safe for use by many threads at once; never blocks.
 */
public interface Trust extends KeyRing {

    /** The centre of that name; empty when it is on no list. */
    Optional<TrustedCentre> centre(String name);

    /** What is known of the card of a centre; empty when it is on no list. */
    default Optional<CardFacts> card(String name) {
        return Optional.empty();
    }

    /** All centres, this one included. */
    Collection<TrustedCentre> centres();

    /** The centre whose keys may speak for that producer ({@code created_by_ref}); empty when nobody's may. */
    Optional<TrustedCentre> producer(String createdByRef);
}
