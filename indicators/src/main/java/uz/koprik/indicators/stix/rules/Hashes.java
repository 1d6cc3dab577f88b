package uz.koprik.indicators.stix.rules;

import java.util.Map;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.indicators.stix.values.StixId;

/** The {@code hashes} type (STIX 2.1, section 2.7) and the hash algorithm vocabulary (section 10.7). */
final class Hashes {

    private static final String SECTION = "STIX 2.1, 2.7";
    private static final Map<String, Integer> HEX_LENGTHS =
            Map.of("MD5", 32, "SHA-1", 40, "SHA-256", 64, "SHA-512", 128, "SHA3-256", 64, "SHA3-512", 128);

    private Hashes() {}

    static void check(Json value, ObjectCheck at) {
        if (!(value instanceof JsonObject object)) {
            at.fault("a dictionary of hashes is expected, not a value of kind " + value.kind(), SECTION);
            return;
        }
        if (object.size() == 0) {
            at.fault(
                    "a dictionary of hashes must not be empty; leave the property out",
                    SECTION,
                    ForgivableRule.EMPTY_OBJECT);
        }
        for (int i = 0; i < object.size(); i++) {
            String algorithm = object.name(i);
            if (algorithm.length() < 3 || !PropertyTypes.isKey(algorithm)) {
                at.fault(algorithm, "the name of a hash is 3 to 250 of A-Z, a-z, 0-9, hyphen and underscore", SECTION);
            } else if (at.advising() && !isKnown(algorithm) && !algorithm.startsWith("x_")) {
                at.advise(
                        algorithm,
                        "the algorithm is not in the open vocabulary, and does not begin with x_",
                        "STIX 2.1, 10.7");
            }
            if (!(object.value(i) instanceof JsonString hash)) {
                at.fault(
                        algorithm,
                        "a hash is a string, not a value of kind "
                                + object.value(i).kind(),
                        SECTION);
            } else if (!fits(algorithm, hash.value())) {
                at.fault(algorithm, "this is not the form of a hash of this algorithm", SECTION);
            }
        }
    }

    /** The hashes of an external reference, whose names come out of the vocabulary (section 2.5). */
    static void closed(Json value, ObjectCheck at) {
        check(value, at);
        if (value instanceof JsonObject object) {
            for (int i = 0; i < object.size(); i++) {
                if (!isKnown(object.name(i))) {
                    at.fault(object.name(i), "the algorithm must be one of the vocabulary", "STIX 2.1, 2.5");
                }
            }
        }
    }

    private static boolean isKnown(String algorithm) {
        return HEX_LENGTHS.containsKey(algorithm) || algorithm.equals("SSDEEP") || algorithm.equals("TLSH");
    }

    private static boolean fits(String algorithm, String hash) {
        Integer length = HEX_LENGTHS.get(algorithm);
        if (length != null) {
            return hash.length() == length && PropertyTypes.isHex(hash);
        }
        return switch (algorithm) {
            case "SSDEEP" -> hash.length() <= 150 && isMadeOf(hash, "/+:.");
            case "TLSH" ->
                hash.length() == 70
                        ? isMadeOf(hash, "")
                        : hash.length() == 72 && hash.startsWith("T") && isMadeOf(hash, "");
            default -> !StixId.isOtherSpelling(hash);
        };
    }

    private static boolean isMadeOf(String s, String marks) {
        for (int i = 0; i < s.length(); i++) {
            char c = s.charAt(i);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!plain && marks.indexOf(c) < 0) {
                return false;
            }
        }
        return !s.isEmpty();
    }
}
