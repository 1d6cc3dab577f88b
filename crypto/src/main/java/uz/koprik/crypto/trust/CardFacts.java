package uz.koprik.crypto.trust;

import java.util.List;

/**
 * What a trust list keeps of the card from which it took a centre, besides the {@link TrustedCentre}.
 *
 * @param sequence the sequence number of the card; 0 for a card of version 1, which has none
 * @param term within which the card could be taken over
 * @param hostNames as on the card
 * @param contacts as on the card
 */
public record CardFacts(long sequence, Term term, List<String> hostNames, List<String> contacts) {

    public CardFacts {
        hostNames = List.copyOf(hostNames);
        contacts = List.copyOf(contacts);
    }
}
