package uz.koprik.gateway.api.transfer;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.gateway.release.Release;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.extraction.ObservableExtraction;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.values.SignatureExtension;
import uz.koprik.indicators.stix.values.StixTimestamp;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.EntryMetadata;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.StoredObject;

/**
 * Adapts what a translation says of an object that is stored already. Other formats do not know when something was
 * created, and a later translation may say more of the same state: under one id and one time, two contents would be a
 * contradiction, and this centre would report itself for it. Safe for many threads.
 */
public final class RepeatedTranslation {

    private static final long SECOND = 1_000_000;
    private static final long MILLISECOND = 1_000;

    /** Time of creation of what has none in its own format. */
    private static final String NO_TIME = "1970-01-01T00:00:00.000Z";

    /** Types of clusters and organisations: every event carries a copy, complete or not. */
    private static final Set<String> COPIED =
            Set.of("identity", "threat-actor", "intrusion-set", "malware", "tool", "attack-pattern", "campaign");

    private final Release release;
    private final Recipient recipient;
    /** Versions of the clusters and organisations of this import, by their ids. */
    private final Map<String, Long> copies = new ConcurrentHashMap<>();

    public RepeatedTranslation(Release release, Recipient recipient) {
        this.release = release;
        this.recipient = recipient;
    }

    /** The bytes to take in; empty when what is stored says it all. */
    public Optional<byte[]> of(byte[] translated) throws StoreUnavailable {
        JsonObject json;
        try {
            json = StrictJson.parseObject(translated);
        } catch (MalformedJson impossible) {
            throw new IllegalStateException("what a translation wrote is JSON", impossible);
        }
        if (isCopy(json) && !isNewest(json)) {
            return Optional.empty();
        }
        Optional<Entry> stored = release.latest(recipient, json.string("id").orElse(""))
                .filter(entry -> (isCopy(json) || entry.facts().created() != StixObject.UNVERSIONED)
                        && entry.facts().producer().equals(json.string("created_by_ref")));
        if (stored.isEmpty() || json.string("modified").isEmpty()) {
            return Optional.of(translated);
        }
        EntryMetadata facts = stored.get().facts();
        long modified = StixTimestamp.parse(json.string("modified").get());
        if (isCopy(json) && facts.version() >= modified) {
            return Optional.empty();
        }
        JsonObject created = json.with("created", new JsonString(StixTimestamp.format(facts.created())));
        return Optional.of(CanonicalJson.bytes(
                Math.floorDiv(facts.version(), SECOND) == Math.floorDiv(modified, SECOND)
                        ? sameState(created, StoredObject.json(stored.get()), facts)
                        : created));
    }

    /** Whether this import has had no copy of that version or a newer one. */
    private boolean isNewest(JsonObject copy) {
        long version = StixTimestamp.parse(copy.string("modified").orElse(NO_TIME));
        boolean[] newest = {true};
        copies.compute(copy.string("id").orElse(""), (id, before) -> {
            newest[0] = before == null || before < version;
            return newest[0] ? Long.valueOf(version) : before;
        });
        return newest[0];
    }

    /** The times of other formats are whole seconds: within one second, the state of the source is one. */
    private static JsonObject sameState(JsonObject translated, JsonObject stored, EntryMetadata facts) {
        if (content(translated).equals(content(stored))) {
            return translated.with("modified", new JsonString(StixTimestamp.format(facts.version())));
        }
        return !facts.revoked() && isOfSameSource(translated, stored)
                ? translated.with("modified", new JsonString(StixTimestamp.format(facts.version() + MILLISECOND)))
                : translated;
    }

    private static boolean isCopy(JsonObject json) {
        return json.string("created").filter(NO_TIME::equals).isPresent()
                && COPIED.contains(json.string("type").orElse(""));
    }

    private static String content(JsonObject json) {
        JsonObject rest = json.without("modified").without("created");
        Optional<JsonObject> extensions = json.object("extensions").map(all -> all.without(SignatureExtension.ID));
        return CanonicalJson.text(
                extensions.isEmpty()
                        ? rest
                        : extensions.get().size() == 0
                                ? rest.without("extensions")
                                : rest.with("extensions", extensions.get()));
    }

    /**
     * Whether two translations are of one thing. Two things of one id stay a contradiction: the one must not replace
     * the other silently.
     */
    private static boolean isOfSameSource(JsonObject translated, JsonObject stored) {
        return switch (translated.string("type").orElse("")) {
            case "report" -> same(translated, stored, "name");
            case "indicator" ->
                same(translated, stored, "pattern_type")
                        && (same(translated, stored, "pattern") || sameValues(translated, stored));
            case "observed-data" -> same(translated, stored, "object_refs");
            default -> false;
        };
    }

    private static boolean same(JsonObject one, JsonObject other, String property) {
        return one.has(property)
                && other.has(property)
                && CanonicalJson.text(one.get(property)).equals(CanonicalJson.text(other.get(property)));
    }

    private static boolean sameValues(JsonObject one, JsonObject other) {
        Set<Observable> values = Set.copyOf(ObservableExtraction.of(one).observables());
        return !values.isEmpty()
                && values.equals(Set.copyOf(ObservableExtraction.of(other).observables()));
    }
}
