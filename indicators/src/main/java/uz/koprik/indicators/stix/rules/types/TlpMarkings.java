package uz.koprik.indicators.stix.rules.types;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.indicators.stix.rules.ForgivableRule;
import uz.koprik.indicators.stix.rules.ObjectCheck;
import uz.koprik.indicators.stix.values.StixTimestamp;

/**
 * The marking definitions of the Traffic Light Protocol: version 1 as STIX 2.1 fixes them (section 7.2.1.4), version
 * 2.0 as OASIS published them. Nobody makes others.
 */
final class TlpMarkings {

    private static final String SECTION = "STIX 2.1, 7.2.1.4";
    private static final String TLP_2 = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d";
    private static final String CREATED_1 = "2017-01-20T00:00:00.000Z";

    private static final Map<String, String> IDS_1 = Map.of(
            "white", "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9",
            "green", "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da",
            "amber", "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82",
            "red", "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed");
    private static final Map<String, String> IDS_2 = Map.of(
            "clear", "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",
            "green", "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
            "amber", "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421",
            "amber+strict", "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003",
            "red", "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1");
    private static final Set<String> PROPERTIES_1 =
            Set.of("type", "spec_version", "id", "created", "definition_type", "name", "definition");

    private TlpMarkings() {}

    static void check(JsonObject marking, ObjectCheck at) {
        if ("tlp".equals(ObjectCheck.string(marking, "definition_type"))) {
            version1(marking, at);
        }
        JsonObject extension =
                marking.object("extensions").flatMap(e -> e.object(TLP_2)).orElse(null);
        if (extension != null) {
            version2(marking, extension, at);
        } else if (marking.get("id") instanceof JsonString id && IDS_2.containsValue(id.value())) {
            at.fault(
                    "id", "the identifier is that of a marking of TLP 2.0, and the object is not", "TLP 2.0 extension");
        }
    }

    private static void version1(JsonObject marking, ObjectCheck at) {
        String colour = marking.object("definition")
                .map(d -> ObjectCheck.string(d, "tlp"))
                .orElse(null);
        String id = colour == null ? null : IDS_1.get(colour);
        if (id == null) {
            at.fault("definition", "tlp must be white, green, amber or red", SECTION, forgivable(colour, marking));
            return;
        }
        boolean same = id.equals(ObjectCheck.string(marking, "id"))
                && CREATED_1.equals(ObjectCheck.string(marking, "created"))
                && ("TLP:" + colour.toUpperCase(Locale.ROOT)).equals(ObjectCheck.string(marking, "name"));
        if (!same || !PROPERTIES_1.containsAll(marking.names())) {
            at.fault(
                    "a marking definition of TLP must be one of the four in the specification, to the letter",
                    SECTION,
                    forgivable(colour, marking));
        }
    }

    /**
     * The rule that a definition breaks which is none of the four: null unless its id is one of theirs and its colour
     * means the same level. Where it has the name of the level in TLP 2.0, and differs in nothing else but the form of
     * {@code created}, every source is forgiven; {@code clear} may then stand for {@code white}.
     */
    private static ForgivableRule forgivable(String colour, JsonObject marking) {
        String level = colour == null ? "" : colour.toLowerCase(Locale.ROOT).replaceFirst("^tlp:", "");
        String colour1 = level.equals("clear") ? "white" : level;
        String id = IDS_1.get(colour1);
        if (id == null || !id.equals(ObjectCheck.string(marking, "id"))) {
            return null;
        }
        String name = ObjectCheck.string(marking, "name");
        String colour2 = colour1.equals("white") ? "clear" : colour1;
        boolean named =
                ("TLP:" + colour2).equalsIgnoreCase(name) || (colour.equals("white") && "TLP:WHITE".equals(name));
        String created = ObjectCheck.string(marking, "created");
        boolean dated = created != null && StixTimestamp.parse(created) == StixTimestamp.parse(CREATED_1);
        boolean worded = colour.equals(colour1) || colour.equals(colour2);
        return named && dated && worded && PROPERTIES_1.containsAll(marking.names())
                ? ForgivableRule.TLP_NAME
                : ForgivableRule.TLP_DEFINITION;
    }

    private static void version2(JsonObject marking, JsonObject extension, ObjectCheck at) {
        String label = ObjectCheck.string(extension, "tlp_2_0");
        String id = label == null ? null : IDS_2.get(label);
        if (id == null || !id.equals(ObjectCheck.string(marking, "id"))) {
            at.fault("a marking definition of TLP 2.0 must be one of the five published by OASIS", "TLP 2.0 extension");
        }
    }
}
