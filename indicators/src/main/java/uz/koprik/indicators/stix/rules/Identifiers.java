package uz.koprik.indicators.stix.rules;

import java.util.Optional;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.stix.values.ObservableIds;
import uz.koprik.indicators.stix.values.StixId;

/** Identifiers beyond their syntax (STIX 2.1, section 2.9): whose they are, and where their UUIDs come from. */
public final class Identifiers {

    private static final String SECTION = "STIX 2.1, 2.9";

    private Identifiers() {}

    /** They begin with the type of the object. */
    static void ofType(JsonObject object, ObjectCheck at) {
        String id = ObjectCheck.string(object, "id");
        String type = ObjectCheck.string(object, "type");
        if (id != null && type != null && StixId.isId(id) && !StixId.hasType(id, type)) {
            at.fault("id", "the identifier must begin with the type of the object", SECTION);
        }
    }

    /** Those of everything but observables are random. */
    public static void random(JsonObject object, ObjectCheck at) {
        String id = ObjectCheck.string(object, "id");
        if (id != null && StixId.isId(id) && StixId.version(id) != 4) {
            at.advise("id", "the UUID should be random (version 4)", SECTION);
        }
    }

    /** A type of observable none of whose contributing properties is there can only have a random one. */
    static void randomWithoutContents(JsonObject observable, ObjectCheck at) {
        String id = ObjectCheck.string(observable, "id");
        if (id != null && StixId.isId(id) && StixId.version(id) != 4 && !ObservableIds.contributes(observable)) {
            at.fault(
                    "id",
                    "the UUID must be random (version 4), since nothing is there that it could be derived from",
                    SECTION);
        }
    }

    /** Those of observables are derived from what they say. */
    static void derived(JsonObject observable, ObjectCheck at) {
        String id = ObjectCheck.string(observable, "id");
        Optional<String> derived =
                id == null || at.container() != null ? Optional.empty() : ObservableIds.of(observable);
        if (derived.isPresent() && !derived.get().equals(id)) {
            at.advise(
                    "id",
                    "the id of an observable should be derived from its properties: two reports of one value then agree",
                    SECTION);
        }
    }
}
