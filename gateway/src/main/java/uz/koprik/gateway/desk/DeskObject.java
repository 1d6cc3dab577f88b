package uz.koprik.gateway.desk;

import java.util.List;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.policy.ReleaseTerms;
import uz.koprik.indicators.store.Entry;

/**
 * One version of an object that waits or was decided on.
 *
 * @param version in microseconds since the epoch; 0 when the object has none
 * @param digest SHA-256 of what is signed, as in {@code EntryMetadata.digest}
 * @param tlp label of the marking in force
 * @param terms the other release terms: {@link ReleaseTerms#definition}
 */
public record DeskObject(String id, long version, String digest, String tlp, String terms) {

    /** The version that an entry holds, with its terms once it is released. */
    public static DeskObject of(Entry entry) {
        return of(entry.facts().id(), entry.facts().version(), entry.facts().digest(), entry.release());
    }

    /** A version that is not stored yet. */
    public static DeskObject of(String id, long version, String digest, ReleaseTerms terms) {
        return new DeskObject(
                id,
                version,
                digest,
                terms.tlp().label(),
                terms.with(ReleaseTerms.Hold.NONE).definition());
    }

    /** Whether an entry holds this version. */
    public boolean is(Entry entry) {
        return entry.facts().version() == version && entry.facts().digest().equals(digest);
    }

    static JsonArray write(List<DeskObject> objects) {
        return new JsonArray(objects.stream()
                .<Json>map(object -> JsonObject.builder()
                        .put("id", object.id)
                        .put("version", object.version)
                        .put("sha256", object.digest)
                        .put("tlp", object.tlp)
                        .put("terms", object.terms)
                        .build())
                .toList());
    }

    /** @throws IllegalArgumentException when one of them is not what {@link #write} wrote */
    static List<DeskObject> read(List<Json> items) {
        return items.stream().map(DeskObject::read).toList();
    }

    private static DeskObject read(Json item) {
        if (!(item instanceof JsonObject json) || !(json.get("version") instanceof JsonNumber version)) {
            throw missing("version");
        }
        return new DeskObject(
                text(json, "id"), version.longValue(), text(json, "sha256"), text(json, "tlp"), text(json, "terms"));
    }

    static String text(JsonObject json, String name) {
        return json.string(name).orElseThrow(() -> missing(name));
    }

    private static IllegalArgumentException missing(String name) {
        return new IllegalArgumentException(name + " is missing");
    }
}
