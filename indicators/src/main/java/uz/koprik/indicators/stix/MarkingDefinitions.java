package uz.koprik.indicators.stix;

import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.stix.values.SignatureExtension;

/** Which marking definitions are understood here besides those of TLP ({@link Markings}). */
public final class MarkingDefinitions {

    private MarkingDefinitions() {}

    /**
     * Whether an object defines a marking whose whole meaning is known: one that says to whom and when
     * ({@link ReleaseMarking}), or a statement (STIX 2.1, section 7.2.1.3). A statement is for people to read and
     * restricts nobody by itself. An extension may say that it does, so that none but our signatures may be there.
     */
    public static boolean understood(StixObject definition) {
        JsonObject json = definition.json();
        if (ReleaseMarking.of(definition).isPresent()) {
            return true;
        }
        return definition.type().equals("marking-definition")
                && json.string("definition_type").filter("statement"::equals).isPresent()
                && !SignatureExtension.strip(json).has("extensions");
    }
}
