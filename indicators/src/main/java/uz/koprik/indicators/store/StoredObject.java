package uz.koprik.indicators.store;

import java.nio.ByteBuffer;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.indicators.stix.InvalidObject;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.StixReader;

/**
 * Reads what the store holds, which was checked when it came: what cannot be read is damage, an
 * {@link IllegalStateException}.
 */
public final class StoredObject {

    private StoredObject() {}

    /** The bytes of an object, copied. */
    public static byte[] bytes(Entry entry) {
        ByteBuffer buffer = entry.object();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    /** An object as JSON, for those who want a member or two. */
    public static JsonObject json(Entry entry) {
        try {
            return StrictJson.parseObject(bytes(entry));
        } catch (MalformedJson damaged) {
            throw damaged(entry, damaged);
        }
    }

    /** An object as STIX. */
    public static StixObject stix(Entry entry) {
        try {
            return StixReader.again(bytes(entry));
        } catch (InvalidObject damaged) {
            throw damaged(entry, damaged);
        }
    }

    private static IllegalStateException damaged(Entry entry, Exception cause) {
        return new IllegalStateException(
                "the store holds an object that is none: " + entry.facts().id() + " at " + entry.seq(), cause);
    }
}
