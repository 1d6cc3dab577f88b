package uz.koprik.indicators.stix;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import uz.koprik.crypto.Sha256;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonBoolean;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.jws.Signature;
import uz.koprik.indicators.stix.values.SignatureExtension;
import uz.koprik.indicators.stix.values.StixTimestamp;

/**
 * One valid STIX 2.1 object in its producer's own bytes. Only {@link StixReader} and the writers of this package make
 * one, so its users need not check it again. Immutable and safe to share between threads.
 */
public final class StixObject {

    /** The version of an object that carries no time of its own. */
    public static final long UNVERSIONED = 0;

    private final byte[] bytes;
    private final JsonObject json;
    private final String id;
    private final String type;
    private final long created;
    private final long modified;
    private final Lazy<byte[]> signedPayload = new Lazy<>(this::computeSignedPayload);
    private final Lazy<String> digest = new Lazy<>(this::computeDigest);
    private final Lazy<Set<String>> refs = new Lazy<>(this::computeRefs);

    /** Takes over {@code bytes}; the caller has made sure that {@code json} is what they say, and valid. */
    StixObject(byte[] bytes, JsonObject json) {
        this.bytes = bytes;
        this.json = json;
        this.id = json.string("id").orElseThrow();
        this.type = json.string("type").orElseThrow();
        this.created = time("created");
        this.modified = time("modified");
    }

    /** The producer's own bytes. Shared, not copied: never write into them. */
    public byte[] bytes() {
        return bytes;
    }

    /** The object as read. Byte offsets are those of {@link #bytes()}, or -1 throughout when this centre wrote it. */
    public JsonObject json() {
        return json;
    }

    public String id() {
        return id;
    }

    public String type() {
        return type;
    }

    /** {@code spec_version}; {@code 2.1} where an observable leaves it out (section 3.2). */
    public String specVersion() {
        return json.string("spec_version").orElse("2.1");
    }

    /** {@code created} in microseconds since the epoch, or {@link #UNVERSIONED} when it has none. */
    public long created() {
        return created;
    }

    /** {@code modified} in microseconds since the epoch, or {@link #UNVERSIONED} when it has none. */
    public long modified() {
        return modified;
    }

    /** {@code modified}, or {@code created} where the type has no {@code modified}, or {@link #UNVERSIONED}. */
    public long version() {
        return modified != UNVERSIONED ? modified : created;
    }

    public Optional<String> createdByRef() {
        return json.string("created_by_ref");
    }

    public boolean revoked() {
        return json.get("revoked") instanceof JsonBoolean revoked && revoked.value();
    }

    /** The producer's signatures carried inside; empty when it is not signed. */
    public List<Signature> signatures() {
        return SignatureExtension.signatures(json);
    }

    /** What those signatures are over: the canonical text of the object less the signatures. Shared: do not write. */
    public byte[] signedPayload() {
        return signedPayload.get();
    }

    /** SHA-256, lower-case hex, of {@link #signedPayload()}. */
    public String digest() {
        return digest.get();
    }

    /**
     * All other ids that the object names, each once, in the order of the text: every value at any depth that is one,
     * in any property; {@code created_by_ref} and markings included, but for the nine of TLP. Those under {@code *_ref}
     * and {@code *_refs} are in {@link Reference#of} with what they mean.
     */
    public Set<String> refs() {
        return refs.get();
    }

    /** {@code object_marking_refs}. */
    public List<String> markingRefs() {
        return References.strings(json, "object_marking_refs");
    }

    /** {@code granular_markings}. */
    public List<GranularMarking> granularMarkings() {
        return References.granularMarkings(json);
    }

    /** Equal when the bytes are. */
    @Override
    public boolean equals(Object other) {
        return other instanceof StixObject that && java.util.Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    /** The id: logs may have that much, and no more. */
    @Override
    public String toString() {
        return id;
    }

    private long time(String name) {
        return json.string(name).map(StixTimestamp::parse).orElse(UNVERSIONED);
    }

    private byte[] computeSignedPayload() {
        return CanonicalJson.bytes(SignatureExtension.strip(json));
    }

    private String computeDigest() {
        return Sha256.hex(signedPayload());
    }

    private Set<String> computeRefs() {
        return References.of(json);
    }
}
