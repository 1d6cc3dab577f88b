package uz.koprik.indicators.stix.rules;

import java.util.List;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.jws.ProtectedHeader;

/**
 * The signature extension and the one that defines countersignatures ({@code docs/formats/signatures.md}). The first is
 * what a signature is not over, so that anything else in it would be somebody else's words under the producer's name.
 */
final class SignatureContent {

    private static final String SECTION = "Koprik signatures, signed object";
    private static final String UNSIGNED = "nothing else may be here, since no signature is over it: take it out";
    private static final String ELSEWHERE =
            "nothing else may be here: a countersignature says what it says in its own properties";
    private static final List<String> EXTENSION = List.of("extension_type", "signatures");
    private static final List<String> SIGNATURE = List.of("protected", "signature");

    private SignatureContent() {}

    /** {@code extension_type} and {@code signatures}, and of each signature {@code protected} and {@code signature}. */
    static void check(Json value, ObjectCheck at) {
        if (!(value instanceof JsonObject extension)) {
            return; // found by the caller
        }
        exactly(extension, EXTENSION, UNSIGNED, at);
        type(extension, "property-extension", at);
        at.member(extension, "signatures", SignatureContent::signatures);
    }

    /** {@code extension_type} and nothing else: what a countersignature says stands in the object itself. */
    static void checkCountersignature(Json value, ObjectCheck at) {
        if (value instanceof JsonObject extension) {
            exactly(extension, List.of("extension_type"), ELSEWHERE, at);
            type(extension, "new-sdo", at);
        }
    }

    private static void signatures(Json value, ObjectCheck at) {
        if (!(value instanceof JsonArray signatures)) {
            at.fault("a list of signatures is expected, not a value of kind " + value.kind(), SECTION);
            return;
        }
        int count = signatures.items().size();
        if (count == 0 || count > ProtectedHeader.MAX_SIGNERS) {
            at.fault("1 to " + ProtectedHeader.MAX_SIGNERS + " signatures are expected", SECTION);
            return;
        }
        for (int i = 0; i < count; i++) {
            at.value(i, signatures.items().get(i), SignatureContent::signature);
        }
    }

    private static void signature(Json value, ObjectCheck at) {
        if (value instanceof JsonObject signature) {
            exactly(signature, SIGNATURE, UNSIGNED, at);
            at.member(signature, "protected", PropertyTypes.STRING);
            at.member(signature, "signature", PropertyTypes.STRING);
        } else {
            at.fault("a signature is an object, not a value of kind " + value.kind(), SECTION);
        }
    }

    private static void type(JsonObject extension, String type, ObjectCheck at) {
        String said = ObjectCheck.string(extension, "extension_type");
        if (extension.has("extension_type") && !type.equals(said)) {
            at.fault("extension_type", "the type of this extension is " + type, SECTION);
        }
    }

    private static void exactly(JsonObject object, List<String> names, String rule, ObjectCheck at) {
        at.require(object, names, SECTION);
        for (int i = 0; i < object.size(); i++) {
            if (!names.contains(object.name(i))) {
                at.fault(object.name(i), rule, SECTION);
            }
        }
    }
}
