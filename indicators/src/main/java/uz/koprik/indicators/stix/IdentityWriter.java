package uz.koprik.indicators.stix;

import java.time.Instant;
import java.util.List;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.jws.Signer;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.values.StixTimestamp;
import uz.koprik.indicators.stix.values.Uuid5;

/** Writes the identity object (STIX 2.1, section 4.5) under which a centre publishes. */
public final class IdentityWriter {

    private IdentityWriter() {}

    /**
     * The identity of a centre, signed, marked TLP:CLEAR.
     *
     * @param id from {@link #id} or an older one the centre is known by
     * @param title what people call the centre
     * @param contact how to reach it; left out when empty
     */
    public static StixObject write(String id, String title, String contact, Signer signer, Instant now) {
        String time = StixTimestamp.format(now);
        JsonObject.Builder identity = JsonObject.builder()
                .put("type", "identity")
                .put("spec_version", "2.1")
                .put("id", id)
                .put("created_by_ref", id)
                .put("created", time)
                .put("modified", time)
                .put("name", title)
                .put("identity_class", "organization");
        if (!contact.isEmpty()) {
            identity.put("contact_information", contact);
        }
        identity.putStrings("object_marking_refs", List.of(Markings.id(Tlp.CLEAR)));
        return StixWriter.signed(identity.build(), signer, now);
    }

    /**
     * An identity id that depends on the key: two centres that happen to choose one name differ all the same.
     *
     * @param name short name of the centre
     * @param kid RFC 7638 thumbprint of its first signing key
     */
    public static String id(String name, String kid) {
        return "identity--" + Uuid5.koprik("identity", name, kid);
    }
}
