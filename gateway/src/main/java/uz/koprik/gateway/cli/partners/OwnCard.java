package uz.koprik.gateway.cli.partners;

import java.time.Instant;
import java.util.List;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.crypto.trust.TrustList;

/** Issues the card of this centre anew. */
final class OwnCard {

    private OwnCard() {}

    /**
     * A card of the same centre with these keys, which names the compromised ones.
     *
     * @param list the own trust list, which knows the compromised keys
     */
    static CentreCard issue(CentreCard before, String endpoint, CentreKeys keys, TrustList list, Instant now) {
        return CentreCard.issue(
                before.name(),
                before.title(),
                before.identity(),
                List.of(keys.publicKey()),
                list.ownCompromised(),
                List.of(keys.signingKey()),
                List.of(keys.tlsPin()),
                endpoint,
                now);
    }
}
