package uz.koprik.gateway.sources;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import uz.koprik.crypto.Sha256;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.gateway.sources.SourceEntries.Kind;

/**
 * A STIX object of a feed.
 *
 * @param key by which it is known again: of one object each version has its own
 * @param content the beginning of the digest of its content
 * @param kind whether this centre can end it
 * @param definition whether it defines a marking, which others may refer to
 * @param report whether it is the report that a MISP event becomes
 */
record ForeignObject(UUID key, long content, Kind kind, boolean definition, boolean report) {

    /**
     * Reads an object.
     *
     * @param translated whether it was made of something that is not STIX
     * @param expires after how long indicators of the feed end; a change of it is a change of all translated ones
     */
    static ForeignObject of(byte[] object, boolean translated, Duration expires) {
        JsonObject json;
        try {
            json = StrictJson.parseObject(object);
        } catch (MalformedJson refusedLater) {
            return new ForeignObject(key(object), SourceObjects.digest(object), Kind.OBJECT, false, false);
        }
        String id = json.string("id").orElse("");
        if (!translated) {
            String version = id + "\n" + json.string("modified").orElse("");
            return new ForeignObject(
                    key(version.getBytes(StandardCharsets.UTF_8)),
                    SourceObjects.digest(object),
                    Kind.OBJECT,
                    id.startsWith("marking-definition--"),
                    false);
        }
        // A translation does not always know when something was created.
        String terms = CanonicalJson.text(json.without("created"))
                + (expires.isZero() || !id.startsWith("indicator--") ? "" : "\n" + expires.toSeconds());
        long content = SourceObjects.digest(terms.getBytes(StandardCharsets.UTF_8));
        return id.startsWith("indicator--")
                ? new ForeignObject(
                        UUID.fromString(id.substring("indicator--".length())), content, Kind.TRANSLATED, false, false)
                : new ForeignObject(
                        key((id + "\n" + json.string("modified").orElse("")).getBytes(StandardCharsets.UTF_8)),
                        content,
                        Kind.OBJECT,
                        id.startsWith("marking-definition--"),
                        id.startsWith("report--"));
    }

    static UUID key(byte[] of) {
        ByteBuffer digest = ByteBuffer.wrap(Sha256.of(of));
        return new UUID(digest.getLong(), digest.getLong());
    }
}
