package uz.koprik.gateway.partners;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import uz.koprik.crypto.trust.CardFacts;
import uz.koprik.crypto.trust.KeyRing;
import uz.koprik.crypto.trust.TrustedCentre;
import uz.koprik.indicators.policy.Agreement;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.stix.SharingGroup;

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

    /** Ids of the identity objects for which the keys of a centre may speak; none when it is on no list. */
    default Set<String> producers(String name) {
        return centre(name).map(TrustedCentre::producers).orElse(Set.of());
    }

    /** A partner as a recipient at this moment, under an agreement; objects name it by the identities of its keys. */
    default Recipient.Partner recipient(String name, Agreement agreement) {
        return new Recipient.Partner(name, agreement, producers(name));
    }

    /** The same with the sharing groups of which it is a member, or was one at some time since a moment. */
    default Recipient.Partner recipientSince(String name, Agreement agreement, Instant moment) {
        return recipient(name, agreement);
    }

    /** The sharing group of an id; empty when it is not known here. */
    default Optional<SharingGroup> group(String id) {
        return Optional.empty();
    }

    /** All sharing groups that are known here. */
    default Collection<SharingGroup> groups() {
        return List.of();
    }

    /**
     * The groups of which a centre with these identities is a member at a moment; see {@link GroupBook#memberships}.
     */
    default Map<String, Instant> memberships(Set<String> identities, Instant at) {
        return Map.of();
    }

    /** The centre whose keys may speak for that producer ({@code created_by_ref}); empty when nobody's may. */
    Optional<TrustedCentre> producer(String createdByRef);
}
