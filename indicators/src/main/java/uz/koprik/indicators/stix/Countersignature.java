package uz.koprik.indicators.stix;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.jws.Signer;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.rules.Fault;
import uz.koprik.indicators.stix.values.SignatureExtension;
import uz.koprik.indicators.stix.values.StixId;
import uz.koprik.indicators.stix.values.StixTimestamp;
import uz.koprik.indicators.stix.values.Uuid5;

/**
 * A centre's word for an object that is not its own, or that cannot carry signatures itself (observables have no
 * version): a separate, signed object, since every copy of an object must stay identical (STIX 2.1, section 3.6.2).
 *
 * <p>It names the object and its digest and nothing of its content.
 *
 * @param centre identity of the centre that vouches
 * @param objectRef the object vouched for
 * @param version its version in microseconds since the epoch, or {@link StixObject#UNVERSIONED}
 * @param digest its {@link StixObject#digest()}
 * @param role in which capacity
 */
public record Countersignature(String centre, String objectRef, long version, String digest, Role role) {

    /** The STIX type, defined by the extension {@link #EXTENSION_ID}. */
    public static final String TYPE = "countersignature";

    /** Id of the extension definition, the same at every centre. */
    public static final String EXTENSION_ID = SignatureExtension.COUNTERSIGNATURE_ID;

    /** In which capacity a centre vouches. */
    public enum Role {
        /** It imported the object from a source that does not sign. */
        IMPORTER("importer"),
        /** It has seen the object in this form. */
        WITNESS("witness"),
        /** It signs for its state, in the state's own algorithm. */
        NATIONAL("national");

        private final String word;

        Role(String word) {
            this.word = word;
        }

        /** As it stands in objects. */
        public String word() {
            return word;
        }

        static Optional<Role> of(String word) {
            return List.of(values()).stream()
                    .filter(role -> role.word.equals(word))
                    .findFirst();
        }
    }

    /** What {@code centre} would say of {@code object}. */
    public static Countersignature of(StixObject object, String centre, Role role) {
        return new Countersignature(centre, object.id(), object.version(), object.digest(), role);
    }

    /** The id follows from everything it says, so that saying it again makes nothing new. */
    public String id() {
        return TYPE + "--" + Uuid5.koprik(TYPE, centre, objectRef, Long.toString(version), digest, role.word());
    }

    /**
     * As a signed object.
     *
     * @param tlp the effective marking of the object vouched for: that it exists may be as secret as what it says
     */
    public StixObject write(Tlp tlp, Signer signer, Instant now) {
        String time = StixTimestamp.format(now);
        JsonObject.Builder json = JsonObject.builder()
                .put("type", TYPE)
                .put("spec_version", "2.1")
                .put("id", id())
                .put("created_by_ref", centre)
                .put("created", time)
                .put("modified", time)
                .putStrings("object_marking_refs", List.of(Markings.id(tlp)))
                .put("object_ref", objectRef)
                .put("object_sha256", digest)
                .put("role", role.word());
        if (version != StixObject.UNVERSIONED) {
            json.put("object_modified", StixTimestamp.format(version));
        }
        JsonObject newSdo =
                JsonObject.builder().put("extension_type", "new-sdo").build();
        json.put("extensions", JsonObject.builder().put(EXTENSION_ID, newSdo).build());
        return StixWriter.signed(json.build(), signer, now);
    }

    /**
     * What {@code object} says; empty when it is no countersignature at all.
     *
     * @throws InvalidObject when it is one that leaves out or garbles what it must say
     */
    public static Optional<Countersignature> read(StixObject object) throws InvalidObject {
        if (!object.type().equals(TYPE)) {
            return Optional.empty();
        }
        JsonObject json = object.json();
        String centre = object.createdByRef()
                .orElseThrow(() -> fault(object, "/created_by_ref", "the centre that vouches is missing"));
        // In capital letters only in what earlier versions stored: the rules let none in any more.
        String ref = json.string("object_ref")
                .filter(id -> StixId.isId(id) || StixId.isOtherSpelling(id))
                .orElseThrow(() -> fault(object, "/object_ref", "an identifier is required"));
        String digest = json.string("object_sha256")
                .filter(Countersignature::isDigest)
                .orElseThrow(() -> fault(object, "/object_sha256", "64 lower-case hexadecimal digits are required"));
        Role role = json.string("role")
                .flatMap(Role::of)
                .orElseThrow(() -> fault(object, "/role", "importer, witness or national is required"));
        long version = StixObject.UNVERSIONED;
        if (json.has("object_modified")) {
            version = json.string("object_modified").map(StixTimestamp::parse).orElse(StixTimestamp.INVALID);
            if (version == StixTimestamp.INVALID) {
                throw fault(object, "/object_modified", "a timestamp is required");
            }
        }
        return Optional.of(new Countersignature(centre, ref, version, digest, role));
    }

    /** Whether this speaks of exactly that version of that object. */
    public boolean covers(StixObject object) {
        return objectRef.equals(object.id()) && version == object.version() && digest.equals(object.digest());
    }

    private static boolean isDigest(String s) {
        return s.length() == 64 && s.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }

    private static InvalidObject fault(StixObject object, String pointer, String rule) {
        return new InvalidObject(new Fault(object.id(), pointer, rule, "Koprik countersignature"));
    }
}
