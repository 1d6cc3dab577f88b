package uz.koprik.indicators.stix;

import java.time.Instant;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.crypto.jws.Signer;
import uz.koprik.indicators.stix.rules.ObjectCheck;
import uz.koprik.indicators.stix.rules.types.Rulebook;
import uz.koprik.indicators.stix.values.SignatureExtension;
import uz.koprik.indicators.stix.values.StixTimestamp;

/** Turns objects of this centre into signed ones; they pass the same rules as everybody's. */
public final class StixWriter {

    private static final long MICROS_OF_MILLI = 1000;

    private StixWriter() {}

    /**
     * The next version of an object, unsigned (STIX 2.1, section 3.6): its {@code modified} is {@code now} to the
     * millisecond, and later than that of {@code latest}.
     */
    public static JsonObject nextVersion(StixObject latest, Instant now) {
        long modified = Math.max(millis(StixTimestamp.micros(now)), millis(latest.version()) + MICROS_OF_MILLI);
        return SignatureExtension.strip(latest.json()).with("modified", new JsonString(StixTimestamp.format(modified)));
    }

    private static long millis(long micros) {
        return micros / MICROS_OF_MILLI * MICROS_OF_MILLI;
    }

    /**
     * Signs and writes in canonical form.
     *
     * @param unsigned the whole object but for its signature
     * @param now goes into the signature as its time
     * @throws IllegalArgumentException when the object breaks a rule: the caller wrote something that is not STIX
     */
    public static StixObject signed(JsonObject unsigned, Signer signer, Instant now) {
        JsonObject json = SignatureExtension.attachTo(unsigned, signer, now);
        ObjectCheck check = Rulebook.check(json);
        if (!check.faults().isEmpty()) {
            throw new IllegalArgumentException(check.faults().getFirst().toString());
        }
        return new StixObject(CanonicalJson.bytes(json), json);
    }
}
