package uz.koprik.gateway.api.common;

import java.util.Optional;
import uz.koprik.gateway.partners.LostProof;
import uz.koprik.gateway.partners.Trust;
import uz.koprik.indicators.correlation.ValueMatch;
import uz.koprik.indicators.store.Entry;

/**
 * Why an object is not proven any more; the schema {@code Unproven}.
 *
 * @param kid RFC 7638 thumbprint of the compromised key
 * @param centre whose key it is
 * @param compromisedSince since when
 */
public record UnprovenView(String kid, String centre, String compromisedSince) {

    /** Of an entry; null when it is proven, or never was. */
    public static UnprovenView of(Trust trust, Entry entry) {
        return of(LostProof.of(trust, entry));
    }

    /** Of an object of a match; null when it is proven, or never was. */
    static UnprovenView of(Trust trust, ValueMatch.MatchedObject met) {
        return of(LostProof.of(trust, met.provenance(), met.producer(), met.added()));
    }

    private static UnprovenView of(Optional<LostProof> lost) {
        return lost.map(one ->
                        new UnprovenView(one.kid(), one.centre(), one.since().toString()))
                .orElse(null);
    }
}
