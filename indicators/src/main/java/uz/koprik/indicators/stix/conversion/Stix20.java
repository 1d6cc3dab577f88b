package uz.koprik.indicators.stix.conversion;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonBoolean;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.indicators.policy.Markings;

/** Converts objects of STIX 2.0 into STIX 2.1; what changed between them is in STIX 2.1, appendix F. */
public final class Stix20 {

    /** Where each type keeps what were its labels: they were its kinds, and had a vocabulary. */
    private static final Map<String, String> KINDS = Map.of(
            "indicator",
            "indicator_types",
            "malware",
            "malware_types",
            "report",
            "report_types",
            "threat-actor",
            "threat_actor_types",
            "tool",
            "tool_types");

    private Stix20() {}

    /**
     * Whether an object is one of STIX 2.0: it says so, or says nothing and has the times that observables of STIX 2.1,
     * which alone may say nothing, do not have (STIX 2.1, section 3.2).
     */
    public static boolean isStix20(JsonObject object) {
        return object.has("spec_version")
                ? "2.0".equals(object.string("spec_version").orElse(""))
                : object.has("created");
    }

    /**
     * Converts one object. What is malformed stays as it is: the rules of STIX 2.1 are applied afterwards, and say it
     * better. The same object always becomes the same objects.
     */
    public static Conversion convert(JsonObject object) {
        List<Change> changes = new ArrayList<>();
        List<JsonObject> objects = new ArrayList<>();
        String id = object.string("id").orElse("");
        ObjectRewriter rewriting = new ObjectRewriter(object, id, "", changes);
        String type = rewriting.string("type");
        rewriting.set("spec_version", "2.1", object.has("spec_version") ? "was 2.0" : "added, 2.1");
        references(rewriting);
        String kinds = KINDS.get(type);
        if (kinds != null) {
            rewriting.rename("labels", kinds);
        }
        switch (type) {
            case "indicator" -> indicator(rewriting);
            case "malware" -> malware(rewriting);
            case "observed-data" -> ObservedData20.convert(rewriting, id, objects, changes);
            case "marking-definition" -> marking(rewriting);
            default -> {}
        }
        JsonObject done = rewriting.done();
        objects.add("marking-definition".equals(type) ? published(done, changes) : done);
        return new Conversion(objects, changes);
    }

    private static void indicator(ObjectRewriter indicator) {
        if (!indicator.has("pattern_type")) {
            indicator.set("pattern_type", "stix", "added, stix: STIX 2.0 has no other patterns");
        }
        if (!indicator.has("pattern_version")) {
            indicator.set("pattern_version", "2.1", "added, 2.1");
        }
        if (indicator.get("pattern") instanceof JsonString pattern) {
            Pattern20.convert(pattern.value())
                    .ifPresent(converted -> indicator.set(
                            "pattern",
                            converted,
                            "written as STIX 2.1 has it: names of properties, timestamps of START and STOP"));
        }
    }

    private static void malware(ObjectRewriter malware) {
        if (!malware.has("is_family")) {
            malware.set(
                    "is_family",
                    new JsonBoolean(true),
                    "added, true: malware of STIX 2.0 has a name and no details of one sample, as families have");
        }
    }

    private static void marking(ObjectRewriter marking) {
        marking.remove("modified", "removed: a marking definition has no versions");
        marking.remove("revoked", "removed: a marking definition cannot be revoked");
    }

    /** The markings of TLP must be to the letter what STIX 2.1 prints, which has a name beside what 2.0 had. */
    private static JsonObject published(JsonObject marking, List<Change> changes) {
        String id = marking.string("id").orElse("");
        if (!marking.string("definition_type").orElse("").equals("tlp")
                || Markings.object(id).isEmpty()) {
            return marking;
        }
        try {
            JsonObject known = StrictJson.parseObject(Markings.object(id).get());
            boolean sameColour = known.object("definition").equals(marking.object("definition"));
            if (sameColour) {
                changes.add(new Change(id, "/name", "replaced by the marking definition that STIX 2.1 prints"));
            }
            return sameColour ? known : marking;
        } catch (MalformedJson e) {
            throw new IllegalStateException("the marking definitions in the program must be JSON", e);
        }
    }

    private static void references(ObjectRewriter object) {
        if (object.get("external_references") instanceof JsonArray references) {
            object.replace("external_references", object.each("external_references", references, Stix20::hashNames));
        }
    }

    /** Writes the names of hash algorithms as the vocabulary of STIX 2.1 does. */
    static void hashNames(ObjectRewriter holder) {
        for (String member : List.of("hashes", "file_header_hashes")) {
            if (holder.get(member) instanceof JsonObject hashes) {
                ObjectRewriter inner = holder.inner(member, hashes);
                for (String name : hashes.names()) {
                    HashNames.of(name)
                            .filter(known -> !known.equals(name))
                            .ifPresent(known -> inner.rename(name, known));
                }
                holder.replace(member, inner.done());
            }
        }
    }

    /** {@code value} when it is an object, else null. */
    static JsonObject object(Json value) {
        return value instanceof JsonObject object ? object : null;
    }
}
