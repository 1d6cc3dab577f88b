package uz.koprik.indicators.stix.rules.types;

import static uz.koprik.indicators.stix.rules.PropertyTypes.STRING;
import static uz.koprik.indicators.stix.rules.PropertyTypes.STRINGS;
import static uz.koprik.indicators.stix.rules.PropertyTypes.TIMESTAMP;
import static uz.koprik.indicators.stix.rules.PropertyTypes.idExcept;
import static uz.koprik.indicators.stix.rules.PropertyTypes.list;

import java.util.List;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.indicators.stix.rules.CommonProperties;
import uz.koprik.indicators.stix.rules.Extensions;
import uz.koprik.indicators.stix.rules.Languages;
import uz.koprik.indicators.stix.rules.ObjectCheck;
import uz.koprik.indicators.stix.rules.PropertyType;
import uz.koprik.indicators.stix.rules.PropertyTypes;
import uz.koprik.indicators.stix.rules.Rules;
import uz.koprik.indicators.stix.rules.Shape;
import uz.koprik.indicators.stix.rules.TypeRules;
import uz.koprik.indicators.stix.rules.Vocabulary;

/** STIX meta objects (STIX 2.1, section 7); the marking definitions of TLP are in {@link TlpMarkings}. */
final class MetaObjects {

    private static final TypeRules LANGUAGE_CONTENT = TypeRules.of(
                    "language-content", CommonProperties.VERSIONED, "STIX 2.1, 7.1")
            .required("object_ref", idExcept("STIX 2.1, 7.1", "bundle", "language-content"))
            .required("contents", MetaObjects::contents)
            .optional("object_modified", TIMESTAMP)
            .build();

    private static final TypeRules MARKING_DEFINITION = TypeRules.of(
                    "marking-definition", CommonProperties.MARKING, "STIX 2.1, 7.2.1")
            .strings("name")
            .optional("definition_type", new Vocabulary("STIX 2.1, 7.2.1", "statement tlp"))
            .optional("definition", PropertyTypes.ANY)
            .rule(MetaObjects::definition)
            .rule(TlpMarkings::check)
            .rule(MetaObjects::marksItself)
            .build();

    private static final TypeRules EXTENSION_DEFINITION = TypeRules.of(
                    "extension-definition", CommonProperties.VERSIONED, "STIX 2.1, 7.3")
            .required("name", STRING)
            .required("schema", STRING)
            .required("version", STRING)
            .required("extension_types", list(Extensions.KIND))
            .strings("description")
            .optional("extension_properties", STRINGS)
            .rule(MetaObjects::extensionProperties)
            .advice(MetaObjects::extensionAuthor)
            .advice(Rules.advised("description", "STIX 2.1, 7.3"))
            .build();

    static final List<TypeRules> ALL = List.of(LANGUAGE_CONTENT, MARKING_DEFINITION, EXTENSION_DEFINITION);

    private static final PropertyType STATEMENT =
            Shape.of("STIX 2.1, 7.2.1.3").required("statement", STRING).build();
    private static final PropertyType TRANSLATION =
            Shape.extension("STIX 2.1, 7.1").build();

    private MetaObjects() {}

    /** By language, then by the name of the property translated. */
    private static void contents(Json value, ObjectCheck at) {
        PropertyTypes.dictionary(TRANSLATION).check(value, at);
        if (value instanceof JsonObject contents) {
            for (int i = 0; i < contents.size(); i++) {
                if (!Languages.isTag(contents.name(i))) {
                    at.fault(contents.name(i), "a language tag is expected (RFC 5646)", "STIX 2.1, 7.1");
                }
            }
        }
    }

    private static void definition(JsonObject marking, ObjectCheck at) {
        boolean typed = marking.has("definition_type");
        Json definition = marking.get("definition");
        if (!marking.has("extensions")) {
            if (!typed || definition == null) {
                at.fault("either definition_type and definition, or extensions must be present", "STIX 2.1, 7.2.1");
            }
        } else if (typed != (definition != null)) {
            at.fault("definition_type and definition must be present together", "STIX 2.1, 7.2.1");
        }
        if (definition != null && !(definition instanceof JsonObject)) {
            at.fault(
                    "definition", "an object is expected, not a value of kind " + definition.kind(), "STIX 2.1, 7.2.1");
        } else if ("statement".equals(ObjectCheck.string(marking, "definition_type"))) {
            at.member(marking, "definition", STATEMENT);
        }
    }

    /** No marking marks itself (section 7.2.2 and 7.2.3). */
    private static void marksItself(JsonObject marking, ObjectCheck at) {
        String id = ObjectCheck.string(marking, "id");
        if (id == null) {
            return;
        }
        if (marking.get("object_marking_refs") instanceof JsonArray refs
                && refs.items().stream()
                        .anyMatch(
                                ref -> ref instanceof JsonString s && s.value().equals(id))) {
            at.fault("object_marking_refs", "a marking definition must not mark itself", "STIX 2.1, 7.2.2");
        }
        if (marking.get("granular_markings") instanceof JsonArray markings
                && markings.items().stream()
                        .anyMatch(m -> m instanceof JsonObject granular
                                && id.equals(ObjectCheck.string(granular, "marking_ref")))) {
            at.fault("granular_markings", "a marking definition must not mark itself", "STIX 2.1, 7.2.3");
        }
    }

    private static void extensionProperties(JsonObject definition, ObjectCheck at) {
        boolean topLevel = definition.items("extension_types").stream()
                .anyMatch(t -> t instanceof JsonString s && s.value().equals("toplevel-property-extension"));
        if (definition.has("extension_properties") && !topLevel) {
            at.fault(
                    "extension_properties", "only for extensions of type toplevel-property-extension", "STIX 2.1, 7.3");
        } else if (topLevel && !definition.has("extension_properties")) {
            at.advise("extension_properties", "should name the properties that the extension adds", "STIX 2.1, 7.3");
        }
    }

    private static void extensionAuthor(JsonObject definition, ObjectCheck at) {
        if (!definition.has("created_by_ref")) {
            at.tolerate("created_by_ref", "the property is required and absent", "STIX 2.1, 7.3");
        }
    }
}
