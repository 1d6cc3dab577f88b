package uz.koprik.indicators.translate.export;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonBoolean;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.indicators.observable.Normalisation;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.values.StixTimestamp;
import uz.koprik.indicators.translate.misp.SingleObjects;
import uz.koprik.indicators.warninglist.ProtectedValues;

/**
 * One event of a MISP feed, collected object by object. What is revoked is {@code deleted}, what is expired or not
 * valid yet has no {@code to_ids}, and protected values are left out. The same objects in the same order make the same
 * bytes. For one thread.
 */
public final class MispFeedEvent {

    /** Bytes of one item of {@link #hashes}. */
    public static final int HASH_BYTES = 16;

    private static final long SECOND = 1_000_000;

    private final ExportOptions options;
    private final SingleObjects translator = new SingleObjects(Normalisation.PLAIN, notSaid -> {});
    private final MessageDigest md5 = digest("MD5");
    private final ByteArrayOutputStream attributes = new ByteArrayOutputStream();
    private final ByteArrayOutputStream objects = new ByteArrayOutputStream();
    private final ByteArrayOutputStream hashes = new ByteArrayOutputStream();
    private Tlp strictest = Tlp.CLEAR;
    private long changed;
    private long nextChange = Long.MAX_VALUE;

    /** @param now the moment that decides what is in force */
    public MispFeedEvent(Instant now, ProtectedValues protectedValues) {
        this.options = new ExportOptions(
                Set.of(),
                now,
                true,
                false,
                notSaid -> {},
                protectedValues,
                new ExportCounts(),
                Optional.empty(),
                false,
                id -> Optional.empty());
    }

    /**
     * Adds what MISP can say of an object.
     *
     * @param tlp the marking in force for it
     * @param added when it came to this centre, in microseconds since the epoch
     */
    public void add(StixObject object, Tlp tlp, long added) {
        if (!options.leftOut(object).isEmpty()) {
            return;
        }
        SingleObjects.MispParts made = translator.translate(object, Optional.of(tlp));
        if (made.attributes().isEmpty() && made.objects().isEmpty()) {
            return;
        }
        long lastChange = lastChange(object);
        // A deleted attribute detects nothing, and says by to_ids what is revoked: an indicator.
        if (!object.revoked() && options.omission(object.json()).isPresent()) {
            made = made.notDetecting();
        }
        // MISP takes over later seconds only, so a second version in the second of the first one counts for the next.
        boolean changedSince = lastChange > object.created();
        long seconds = changedSince ? Math.ceilDiv(lastChange, SECOND) : Math.floorDiv(lastChange, SECOND);
        // Members that came from MISP have times of their own, which hold while the object itself does.
        boolean allDated = object.revoked() || lastChange > object.version();
        for (JsonObject attribute : made.attributes()) {
            append(attributes, dated(attribute, seconds));
            hash(attribute);
        }
        for (JsonObject one : made.objects()) {
            List<Json> members = new ArrayList<>();
            for (Json member : one.items("Attribute")) {
                members.add(allDated ? dated((JsonObject) member, seconds) : member);
                hash((JsonObject) member);
            }
            append(objects, dated(one, seconds).with("Attribute", new JsonArray(members)));
        }
        strictest = strictest.or(tlp);
        changed = Math.max(changed, Math.max(seconds * SECOND, added));
    }

    /** When what the event says of an object changed last: its version, or the start or end of its validity since. */
    private long lastChange(StixObject object) {
        long last = object.version();
        if (object.revoked()) {
            return last;
        }
        long now = StixTimestamp.micros(options.now());
        for (String limit : List.of("valid_from", "valid_until")) {
            long time = object.json().string(limit).map(StixTimestamp::parse).orElse(last);
            if (time > now) {
                nextChange = Math.min(nextChange, time);
            } else {
                last = Math.max(last, time);
            }
        }
        return last;
    }

    private static JsonObject dated(JsonObject part, long seconds) {
        return part.with("timestamp", new JsonString(String.valueOf(seconds)));
    }

    private static void append(ByteArrayOutputStream list, JsonObject item) {
        if (list.size() > 0) {
            list.writeBytes(new byte[] {',', '\n'});
        }
        list.writeBytes(CanonicalJson.bytes(item));
    }

    /** MISP looks up each part of a composite value by itself. */
    private void hash(JsonObject attribute) {
        if (attribute.get("deleted") instanceof JsonBoolean deleted && deleted.value()) {
            return;
        }
        String type = attribute.string("type").orElse("");
        String value = attribute.string("value").orElse("");
        String[] parts =
                type.contains("|") || type.equals("malware-sample") ? value.split("\\|", -1) : new String[] {value};
        for (String part : parts) {
            hashes.writeBytes(md5.digest(part.getBytes(StandardCharsets.UTF_8)));
        }
    }

    /** Whether nothing was added that MISP can say. */
    public boolean isEmpty() {
        return attributes.size() == 0 && objects.size() == 0;
    }

    /** When the content changed last as far as it shows, in seconds since the epoch. */
    public long seconds() {
        return Math.floorDiv(changed, SECOND);
    }

    /** When validity of an object starts or ends next, in microseconds since the epoch; the maximum for never. */
    public long nextChange() {
        return nextChange;
    }

    /** The strictest marking of an object in it. */
    public Tlp strictest() {
        return strictest;
    }

    /** MD5 of the values to look up, {@value #HASH_BYTES} bytes each. */
    public byte[] hashes() {
        return hashes.toByteArray();
    }

    /** SHA-256 of all that the event says but its timestamp. */
    public byte[] digest(MispFeedHead head) {
        MessageDigest sha256 = digest("SHA-256");
        sha256.update(CanonicalJson.bytes(head.manifestEntry(0, strictest).build()));
        sha256.update(attributes.toByteArray());
        sha256.update((byte) 0);
        return sha256.digest(objects.toByteArray());
    }

    /** The file of the event. */
    public byte[] file(MispFeedHead head, long seconds) {
        String event = CanonicalJson.text(head.manifestEntry(seconds, strictest)
                .put("uuid", head.uuid())
                .put("published", true)
                .build());
        ByteArrayOutputStream out = new ByteArrayOutputStream(attributes.size() + objects.size() + 1024);
        out.writeBytes(utf8("{\"Event\":" + event.substring(0, event.length() - 1) + ",\"Attribute\":["));
        out.writeBytes(attributes.toByteArray());
        out.writeBytes(utf8("],\"Object\":["));
        out.writeBytes(objects.toByteArray());
        out.writeBytes(utf8("]}}\n"));
        return out.toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }
}
