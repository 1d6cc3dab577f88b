package uz.koprik.indicators.correlation;

import java.util.OptionalInt;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.values.StixTimestamp;
import uz.koprik.indicators.store.Provenance;

/**
 * That somebody says something of a value.
 *
 * @param producer who: {@code created_by_ref}, else the centre that vouches, else the partner it came from
 * @param origin how it is proven that they say so
 * @param at when they said it last: {@code modified}, or when it was added here, microseconds since the epoch
 * @param confidence 0 to 100 as they put it (STIX 2.1, section 3.2), when they do
 * @param validUntil when it ceases to hold by their own word ({@code valid_until}), microseconds since the epoch; 0 for
 *     never
 */
public record Claim(String producer, Provenance.Origin origin, long at, OptionalInt confidence, long validUntil) {

    /**
     * What an object says.
     *
     * @param receivedFrom the partner it came from; empty for this centre
     * @param added when it was added here, for objects that carry no time
     */
    public static Claim of(StixObject object, Provenance provenance, String receivedFrom, long added) {
        String producer = object.createdByRef()
                .orElseGet(() -> provenance.signers().isEmpty()
                        ? "partner " + receivedFrom
                        : provenance.signers().getFirst().centre());
        long said = object.version() > 0 ? object.version() : added;
        OptionalInt confidence = object.json().get("confidence") instanceof JsonNumber number && number.integer()
                ? OptionalInt.of(Math.clamp(number.longValue(), 0, 100))
                : OptionalInt.empty();
        long until =
                object.json().string("valid_until").map(StixTimestamp::parse).orElse(StixTimestamp.INVALID);
        return new Claim(producer, provenance.origin(), said, confidence, until == StixTimestamp.INVALID ? 0 : until);
    }
}
