package uz.koprik.crypto;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import uz.koprik.crypto.algorithm.SignatureAlgorithms;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.crypto.trust.CentreKeys;

/**
 * Keys and card of a centre. Tests that make many centres use one for all of them, since each new key that verifies
 * something is prepared for it first.
 */
public record KnownCentre(CentreKeys keys, CentreCard card) {

    /** Fresh keys, valid from a moment, with a new identity and no endpoint. */
    public static KnownCentre fresh(String name, Instant from) {
        CentreKeys keys = CentreKeys.generate(name, SignatureAlgorithms.ALL.getFirst(), List.of("localhost"), from);
        return new KnownCentre(keys, CentreCard.issue(name, name, "identity--" + UUID.randomUUID(), keys, "", from));
    }
}
