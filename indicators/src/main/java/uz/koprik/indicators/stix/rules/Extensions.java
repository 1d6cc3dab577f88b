package uz.koprik.indicators.stix.rules;

import java.util.Map;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.stix.values.SignatureExtension;
import uz.koprik.indicators.stix.values.StixId;

/** The {@code extensions} property (STIX 2.1, sections 3.2 and 7.3): a dictionary of extensions by their keys. */
public final class Extensions implements PropertyType {

    private static final String SECTION = "STIX 2.1, 7.3";
    private static final String TOP_LEVEL = "toplevel-property-extension";

    /** The types of extensions, a closed vocabulary. */
    public static final PropertyType KIND =
            PropertyTypes.oneOf("STIX 2.1, 10.5", "new-sdo", "new-sco", "new-sro", "property-extension", TOP_LEVEL);

    /** On types that have no predefined ones. */
    static final PropertyType ANY = new Extensions(Map.of(), true);
    /** Where nothing but defined ones can be: marking definitions. */
    static final PropertyType DEFINED = new Extensions(Map.of(), false);

    /**
     * Those of Koprik that hold exactly what is documented: the rest of the one nobody signs, and nobody reads that of
     * the other.
     */
    private static final Map<String, PropertyType> KOPRIK = Map.of(
            SignatureExtension.ID, SignatureContent::check,
            SignatureExtension.COUNTERSIGNATURE_ID, SignatureContent::checkCountersignature);

    private static final PropertyType DEFINED_CONTENT =
            Shape.foreignExtension(SECTION).required("extension_type", KIND).build();
    private static final PropertyType CUSTOM_CONTENT =
            Shape.foreignExtension(SECTION).build();

    private final Map<String, PropertyType> predefined;
    private final boolean named;

    private Extensions(Map<String, PropertyType> predefined, boolean named) {
        this.predefined = predefined;
        this.named = named;
    }

    /** On a type that has predefined ones. */
    public static PropertyType of(Map<String, PropertyType> predefined) {
        return new Extensions(predefined, true);
    }

    @Override
    public void check(Json value, ObjectCheck at) {
        if (!(value instanceof JsonObject extensions)) {
            at.fault("a dictionary of extensions is expected, not a value of kind " + value.kind(), SECTION);
            return;
        }
        if (extensions.size() == 0) {
            at.fault(
                    "extensions must not be empty; leave the property out",
                    "STIX 2.1, 2.3",
                    ForgivableRule.EMPTY_OBJECT);
        }
        for (int i = 0; i < extensions.size(); i++) {
            extension(extensions.name(i), extensions.value(i), at);
        }
    }

    /** Whether an object says of itself that it is of a new type of this kind, such as {@code new-sco}. */
    public static boolean declares(JsonObject object, String extensionType) {
        if (object.get("extensions") instanceof JsonObject extensions) {
            for (int i = 0; i < extensions.size(); i++) {
                if (extensions.value(i) instanceof JsonObject e
                        && extensionType.equals(ObjectCheck.string(e, "extension_type"))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether some extension says that it adds properties to the object itself. */
    public static boolean declaresProperties(JsonObject object) {
        return declares(object, TOP_LEVEL);
    }

    private void extension(String key, Json value, ObjectCheck at) {
        boolean defined = StixId.isId(key) && StixId.hasType(key, "extension-definition");
        boolean custom = named && key.endsWith("-ext") && StixId.isType(key);
        if (StixId.isOtherSpelling(key)) {
            at.fault(key, ObjectCheck.OTHER_SPELLING, "STIX 2.1, 2.9; RFC 9562, 4");
        } else if (!defined && !custom) {
            at.fault(
                    key,
                    "the key of an extension is the id of its extension-definition"
                            + (named ? ", or a predefined name ending in -ext" : ""),
                    SECTION);
        }
        if (!(value instanceof JsonObject extension)) {
            at.fault(key, "an extension is an object, not a value of kind " + value.kind(), SECTION);
            return;
        }
        if (extension.size() == 0) {
            at.fault(key, "an extension must not be empty", SECTION, ForgivableRule.EMPTY_OBJECT);
        }
        PropertyType known = KOPRIK.getOrDefault(key, predefined.get(key));
        at.value(key, extension, known != null ? known : defined ? DEFINED_CONTENT : CUSTOM_CONTENT);
        if (known == null && !defined) {
            at.advise(key, "custom extensions should be defined by an extension-definition", "STIX 2.1, 11.3");
        }
    }
}
