package uz.koprik.indicators.stix;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.values.StixTimestamp;

/**
 * The version of an object that its creator publishes when it takes the object back: revoked (STIX 2.1, section 3.2),
 * and without content. What the type requires is there with words that say nothing.
 */
public final class Tombstone {

    private static final String NOTHING = "recalled";

    private static final Set<String> KEPT = Set.of(
            "type",
            "spec_version",
            "id",
            "created_by_ref",
            "created",
            "modified",
            "object_marking_refs",
            "pattern_type",
            "pattern_version");

    private Tombstone() {}

    /** The last version of an object, unsigned. */
    public static JsonObject of(StixObject latest, Instant now) {
        JsonObject next = StixWriter.nextVersion(latest, now);
        JsonObject.Builder json = JsonObject.builder();
        for (String name : next.names()) {
            if (KEPT.contains(name)) {
                json.put(name, next.get(name));
            }
        }
        json.put("revoked", true);
        required(json, latest, latest.createdByRef().orElse(latest.id()));
        newTypeOf(latest, json);
        return json.build();
    }

    /** The next version under a narrower marking of TLP, unsigned; other markings stay. */
    public static JsonObject narrowed(StixObject latest, Tlp tlp, Instant now) {
        Set<String> markings = new LinkedHashSet<>();
        markings.add(Markings.id(tlp));
        latest.markingRefs().stream().filter(ref -> Markings.tlp(ref).isEmpty()).forEach(markings::add);
        return StixWriter.nextVersion(latest, now)
                .with(
                        "object_marking_refs",
                        new JsonArray(
                                markings.stream().<Json>map(JsonString::new).toList()));
    }

    /** @param creator stands where a reference is required: it discloses nothing that the object does not */
    private static void required(JsonObject.Builder json, StixObject latest, String creator) {
        String begin = StixTimestamp.format(latest.created());
        switch (latest.type()) {
            case "attack-pattern",
                    "campaign",
                    "course-of-action",
                    "identity",
                    "incident",
                    "infrastructure",
                    "intrusion-set",
                    "threat-actor",
                    "tool",
                    "vulnerability" -> json.put("name", NOTHING);
            case "grouping" -> json.put("context", "unspecified").putStrings("object_refs", List.of(creator));
            case "indicator" -> json.put("pattern", pattern(latest)).put("valid_from", begin);
            case "location" -> json.put("region", NOTHING);
            case "malware" -> json.put("is_family", false);
            case "malware-analysis" -> json.put("product", NOTHING).put("result", "unknown");
            case "note" -> json.put("content", NOTHING).putStrings("object_refs", List.of(creator));
            case "observed-data" ->
                json.put("first_observed", begin)
                        .put("last_observed", begin)
                        .put("number_observed", 1)
                        .putStrings(
                                "object_refs",
                                List.of("artifact--"
                                        + latest.id().substring(latest.id().indexOf("--") + 2)));
            case "opinion" -> json.put("opinion", "neutral").putStrings("object_refs", List.of(creator));
            case "relationship" ->
                json.put("relationship_type", "related-to")
                        .put("source_ref", creator)
                        .put("target_ref", creator);
            case "report" ->
                json.put("name", NOTHING).put("published", begin).putStrings("object_refs", List.of(creator));
            case "sighting" -> json.put("sighting_of_ref", creator);
            default -> {}
        }
    }

    /** In another language than that of STIX any text is a pattern. */
    private static String pattern(StixObject latest) {
        return latest.json().string("pattern_type").filter("stix"::equals).isPresent()
                ? "[x-recalled:value = '" + NOTHING + "']"
                : NOTHING;
    }

    /** An object of a type that an extension defines stays one. */
    private static void newTypeOf(StixObject latest, JsonObject.Builder json) {
        JsonObject extensions = latest.json().object("extensions").orElse(null);
        if (extensions == null) {
            return;
        }
        JsonObject.Builder kept = JsonObject.builder();
        boolean any = false;
        for (String id : extensions.names()) {
            boolean defines = extensions
                    .object(id)
                    .flatMap(extension -> extension.string("extension_type"))
                    .filter(kind -> kind.startsWith("new-"))
                    .isPresent();
            if (defines) {
                kept.put(
                        id,
                        JsonObject.builder()
                                .put(
                                        "extension_type",
                                        extensions
                                                .object(id)
                                                .orElseThrow()
                                                .string("extension_type")
                                                .orElseThrow())
                                .build());
                any = true;
            }
        }
        if (any) {
            json.put("extensions", kept.build());
        }
    }
}
