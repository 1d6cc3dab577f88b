package uz.koprik.indicators.stix.rules;

import static uz.koprik.indicators.stix.rules.PropertyTypes.DICTIONARY;
import static uz.koprik.indicators.stix.rules.PropertyTypes.STRING;
import static uz.koprik.indicators.stix.rules.PropertyTypes.STRINGS;
import static uz.koprik.indicators.stix.rules.PropertyTypes.TIMESTAMP;
import static uz.koprik.indicators.stix.rules.PropertyTypes.idExcept;
import static uz.koprik.indicators.stix.rules.PropertyTypes.list;
import static uz.koprik.indicators.stix.rules.PropertyTypes.oneOf;

import java.util.List;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;

/** STIX meta objects (STIX 2.1, section 7). */
final class MetaObjects {

    private static final TypeRules LANGUAGE_CONTENT = TypeRules.of("language-content", CommonProperties.VERSIONED, "STIX 2.1, 7.1")
            .required("object_ref", idExcept("STIX 2.1, 7.1", "bundle", "language-content"))
            .required("contents", DICTIONARY).optional("object_modified", TIMESTAMP).build();

    private static final TypeRules MARKING_DEFINITION = TypeRules.of("marking-definition", CommonProperties.MARKING, "STIX 2.1, 7.2.1")
            .strings("name", "definition_type").optional("definition", PropertyTypes.ANY)
            .rule(MetaObjects::definition).build();

    private static final TypeRules EXTENSION_DEFINITION = TypeRules.of("extension-definition", CommonProperties.VERSIONED, "STIX 2.1, 7.3")
            .required("name", STRING).required("schema", STRING).required("version", STRING)
            .required("created_by_ref", PropertyTypes.idOf("identity"))
            .required("extension_types", list(oneOf("STIX 2.1, 10.8",
                    "new-sdo", "new-sco", "new-sro", "property-extension", "toplevel-property-extension")))
            .strings("description").optional("extension_properties", STRINGS)
            .rule(MetaObjects::extensionProperties).build();

    static final List<TypeRules> ALL = List.of(LANGUAGE_CONTENT, MARKING_DEFINITION, EXTENSION_DEFINITION);

    private MetaObjects() {}

    private static void definition(JsonObject marking, Check at) {
        if (marking.has("definition_type") != marking.has("definition")) {
            at.fault("definition_type and definition must be present together", "STIX 2.1, 7.2.1");
        } else if (!marking.has("definition") && !marking.has("extensions")) {
            at.fault("either definition_type and definition, or extensions must be present", "STIX 2.1, 7.2.1");
        }
    }

    private static void extensionProperties(JsonObject definition, Check at) {
        boolean topLevel = definition.items("extension_types").stream().anyMatch(
                t -> t instanceof JsonString s && s.value().equals("toplevel-property-extension"));
        if (definition.has("extension_properties") && !topLevel) {
            at.fault("extension_properties", "only for extensions of type toplevel-property-extension", "STIX 2.1, 7.3");
        }
    }
}
