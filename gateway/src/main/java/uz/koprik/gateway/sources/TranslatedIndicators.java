package uz.koprik.gateway.sources;

import java.time.Instant;
import java.util.Optional;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.gateway.api.transfer.RepeatedTranslation;
import uz.koprik.gateway.sources.SourceObjects.Next;
import uz.koprik.indicators.stix.values.SignatureExtension;
import uz.koprik.indicators.stix.values.StixTimestamp;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.StoredObject;

/**
 * Decides what is to be submitted of an indicator that was translated from MISP. The translation is this centre's, so
 * the end is as well: that of {@code expires}, and that of an entry which left the feed. An end is a version later than
 * the producer's, so a later state of the producer gets a time after it.
 */
final class TranslatedIndicators {

    private static final long MICROS_OF_MILLI = 1000;

    private final SourceObjects objects;
    private final RepeatedTranslation repeated;

    TranslatedIndicators(SourceObjects objects, RepeatedTranslation repeated) {
        this.objects = objects;
        this.repeated = repeated;
    }

    /**
     * What is to be submitted so that an indicator is in force, or revoked.
     *
     * @param translated the translation as it is
     * @param changed whether this feed said something else of it before
     */
    Next next(byte[] translated, boolean changed, Instant now) throws StoreUnavailable {
        JsonObject json = parse(translated);
        Optional<Entry> latest = objects.latest(json.string("id").orElse(""));
        if (latest.isEmpty() || !SourceObjects.isChangeable(latest.get())) {
            return asItIs(translated, now);
        }
        JsonObject stored = StoredObject.json(latest.get());
        Optional<Long> end = stored.string("valid_until").map(StixTimestamp::parse);
        boolean inForce = json.has("revoked") || objects.isInForce(end, now);
        boolean same = content(json).equals(content(stored));
        if (same && inForce) {
            return new Next.Same(end.map(micros -> micros / MICROS_OF_MILLI).orElse(0L));
        }
        boolean ended =
                end.filter(micros -> micros <= StixTimestamp.micros(now)).isPresent();
        boolean later = json.string("modified")
                .map(StixTimestamp::parse)
                .filter(modified -> modified > latest.get().facts().version())
                .isPresent();
        if (later || (!same && !changed && !ended && !json.has("revoked"))) {
            return asItIs(translated, now); // also of an older state that another feed still has
        }
        JsonObject next = json.with("created", stored.get("created"))
                .with("modified", SourceObjects.later(latest.get(), now).get("modified"));
        return objects.version(next, now);
    }

    /** With the times of the producer. */
    private Next asItIs(byte[] translated, Instant now) throws StoreUnavailable {
        Optional<byte[]> bytes = repeated.of(translated);
        return bytes.isEmpty() ? new Next.Same(0) : objects.version(parse(bytes.get()), now);
    }

    /** The version without an end, of an indicator that other feeds have without one; empty when it has none. */
    Optional<byte[]> lifted(String id, Instant now) throws StoreUnavailable {
        return objects.latest(id)
                .filter(SourceObjects::isChangeable)
                .filter(entry -> StoredObject.json(entry).has("valid_until"))
                .map(entry ->
                        CanonicalJson.bytes(SourceObjects.later(entry, now).without("valid_until")));
    }

    private static String content(JsonObject json) {
        JsonObject rest = json.without("modified").without("created").without("valid_until");
        Optional<JsonObject> extensions = json.object("extensions").map(all -> all.without(SignatureExtension.ID));
        return CanonicalJson.text(
                extensions.isEmpty() || extensions.get().size() == 0
                        ? rest.without("extensions")
                        : rest.with("extensions", extensions.get()));
    }

    private static JsonObject parse(byte[] translated) {
        try {
            return StrictJson.parseObject(translated);
        } catch (MalformedJson impossible) {
            throw new IllegalStateException("what a translation wrote is JSON", impossible);
        }
    }
}
