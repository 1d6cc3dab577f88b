package uz.koprik.gateway.agreements;

import java.util.List;

/**
 * A party of a proposal besides this centre and the partner to which it is made.
 *
 * @param partner its name on the trust list
 * @param contacts URIs of its contact points
 */
public record FurtherParty(String partner, List<String> contacts) {

    public FurtherParty {
        contacts = List.copyOf(contacts);
    }
}
