package uz.koprik.indicators.stix.rules;

import java.util.Set;
import java.util.function.Predicate;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonBoolean;
import uz.koprik.crypto.json.JsonNull;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.indicators.stix.values.StixId;
import uz.koprik.indicators.stix.values.StixTimestamp;

/** The data types of STIX 2.1, section 2, in the order of that section; composed ones are made by the methods. */
public final class PropertyTypes {

    public static final PropertyType ANY = PropertyTypes::anything;
    /** Null and nothing else. */
    public static final PropertyType NULL = new PropertyType() {
        @Override
        public void check(Json value, ObjectCheck at) {
            if (!(value instanceof JsonNull)) {
                at.fault("null is expected here, or nothing at all", "STIX 2.1, 6.13.2");
            }
        }

        @Override
        public boolean takesNull() {
            return true;
        }
    };

    public static final PropertyType BOOLEAN = (value, at) -> {
        if (!(value instanceof JsonBoolean)) {
            at.fault("true or false is expected, not a value of kind " + value.kind(), "STIX 2.1, 2.2");
        }
    };
    public static final PropertyType NUMBER = (value, at) -> {
        if (!(value instanceof JsonNumber)) {
            at.fault("a number is expected, not a value of kind " + value.kind(), "STIX 2.1, 2.6");
        }
    };
    public static final PropertyType INTEGER = integer(Long.MIN_VALUE, Long.MAX_VALUE);
    /** How many of something there are. */
    public static final PropertyType COUNT = integer(0, Long.MAX_VALUE);

    public static final PropertyType STRING = (value, at) -> {
        if (!(value instanceof JsonString)) {
            at.fault("a string is expected, not a value of kind " + value.kind(), "STIX 2.1, 2.15");
        }
    };
    public static final PropertyType BINARY =
            text(PropertyTypes::isBase64, "base64 with its padding is expected", "STIX 2.1, 2.1");
    public static final PropertyType HEX =
            text(PropertyTypes::isHex, "pairs of hexadecimal digits are expected", "STIX 2.1, 2.8");
    public static final PropertyType TIMESTAMP = text(
            StixTimestamp::isValid,
            "a timestamp in UTC is expected, such as 2026-11-22T08:30:00.000Z, on a day that exists",
            "STIX 2.1, 2.16");
    /** {@code created} and {@code modified}. */
    static final PropertyType VERSION_TIME = PropertyTypes::versionTime;

    static final PropertyType TYPE_NAME = text(
            StixId::isType,
            "a type name is expected: 3 to 250 of a-z, 0-9 and single hyphens, a letter first",
            "STIX 2.1, 3.1");
    public static final PropertyType ID =
            text(StixId::isId, "an identifier is expected: type--UUID (RFC 4122)", "STIX 2.1, 2.9");
    public static final PropertyType STRINGS = list(STRING);
    public static final PropertyType IDS = list(ID);
    public static final PropertyType DICTIONARY = dictionary(ANY);
    public static final PropertyType HASHES = Hashes::check;
    static final PropertyType LANGUAGE =
            text(Languages::isTag, "a language tag is expected (RFC 5646)", "STIX 2.1, 3.2");
    public static final PropertyType KILL_CHAIN_PHASES = list(Shape.of("STIX 2.1, 2.11")
            .required("kill_chain_name", named())
            .required("phase_name", named())
            .build());

    private PropertyTypes() {}

    /** A URL, where {@code section} of STIX 2.1 asks for one. */
    public static PropertyType url(String section) {
        return text(
                Uris::isUri,
                "a URL is expected, with every character escaped that must be (RFC 3986)",
                section,
                ForgivableRule.URL);
    }

    public static PropertyType integer(long least, long most) {
        return (value, at) -> {
            if (!(value instanceof JsonNumber number)
                    || !(number.integer() || number.value() == Math.rint(number.value()))) {
                at.fault("an integer is expected, not a value of kind " + value.kind(), "STIX 2.1, 2.10");
            } else if (number.value() < least || number.value() > most) {
                at.fault("the integer must lie between " + least + " and " + most, "STIX 2.1, 2.10");
            }
        };
    }

    public static PropertyType number(double least, double most) {
        return (value, at) -> {
            NUMBER.check(value, at);
            if (value instanceof JsonNumber number && (number.value() < least || number.value() > most)) {
                at.fault("the number must lie between " + least + " and " + most, "STIX 2.1, 2.6");
            }
        };
    }

    /** A string of a certain form. */
    public static PropertyType text(Predicate<String> form, String rule, String section) {
        return text(form, rule, section, null);
    }

    /** As {@link #text(Predicate, String, String)}; intake can forgive another form. */
    public static PropertyType text(Predicate<String> form, String rule, String section, ForgivableRule forgivable) {
        return (value, at) -> {
            if (!(value instanceof JsonString s)) {
                STRING.check(value, at);
            } else if (!form.test(s.value())) {
                at.fault(rule, section, forgivable);
            }
        };
    }

    /** A string that should have a certain form, and may have any other. */
    public static PropertyType advised(Predicate<String> form, String rule, String section) {
        return (value, at) -> {
            if (!(value instanceof JsonString s)) {
                STRING.check(value, at);
            } else if (at.advising() && !form.test(s.value())) {
                at.advise(rule, section);
            }
        };
    }

    /** A string out of a closed vocabulary (section 10). */
    public static PropertyType oneOf(String section, String... words) {
        Set<String> vocabulary = Set.of(words);
        return text(vocabulary::contains, "one of these words is expected: " + String.join(", ", words), section);
    }

    public static PropertyType list(PropertyType item) {
        return (value, at) -> {
            if (!(value instanceof JsonArray array)) {
                at.fault("a list is expected, not a value of kind " + value.kind(), "STIX 2.1, 2.12");
                return;
            }
            if (array.items().isEmpty()) {
                at.fault(
                        "a list must not be empty; leave the property out",
                        "STIX 2.1, 2.12",
                        ForgivableRule.EMPTY_LIST);
            }
            for (int i = 0; i < array.items().size(); i++) {
                at.value(i, array.items().get(i), item);
            }
        };
    }

    /** An identifier of one of these types. */
    public static PropertyType idOf(String... types) {
        return text(
                id -> StixId.isId(id) && hasType(id, types),
                "an identifier of an object of type " + String.join(" or ", types) + " is expected",
                "STIX 2.1, 2.9");
    }

    /** An identifier of any type but these. */
    public static PropertyType idExcept(String section, String... types) {
        return text(
                id -> StixId.isId(id) && !hasType(id, types),
                "an identifier is expected, of any type but " + String.join(", ", types),
                section);
    }

    /** A dictionary (section 2.3) all of whose values are of one type. */
    public static PropertyType dictionary(PropertyType values) {
        return (value, at) -> {
            if (!(value instanceof JsonObject object)) {
                at.fault("a dictionary is expected, not a value of kind " + value.kind(), "STIX 2.1, 2.3");
                return;
            }
            if (object.size() == 0) {
                at.fault(
                        "a dictionary must not be empty; leave the property out",
                        "STIX 2.1, 2.3",
                        ForgivableRule.EMPTY_OBJECT);
            }
            for (int i = 0; i < object.size(); i++) {
                if (!isKey(object.name(i))) {
                    at.fault(
                            object.name(i),
                            "a key of a dictionary is 1 to 250 of A-Z, a-z, 0-9, hyphen and underscore",
                            "STIX 2.1, 2.3");
                }
                at.value(object.name(i), object.value(i), values);
            }
        };
    }

    private static boolean hasType(String id, String... types) {
        for (String type : types) {
            if (StixId.hasType(id, type)) {
                return true;
            }
        }
        return false;
    }

    private static PropertyType named() {
        return advised(Vocabulary::isWord, "should be in lower case, with hyphens between words", "STIX 2.1, 2.11");
    }

    /** Exactly three digits are demanded (section 3.2); more of them are common, and keep their order. */
    private static void versionTime(Json value, ObjectCheck at) {
        TIMESTAMP.check(value, at);
        if (value instanceof JsonString s && StixTimestamp.isValid(s.value())) {
            int digits = s.value().length() - 21;
            if (digits < 3) {
                at.fault(
                        "the time is to be given in milliseconds: three digits behind the point",
                        "STIX 2.1, 3.2",
                        ForgivableRule.SHORT_FRACTION);
            } else if (digits > 3) {
                at.tolerate(
                        "the time is to be given in milliseconds: exactly three digits behind the point",
                        "STIX 2.1, 3.2");
            }
        }
    }

    /**
     * Custom content: anything but null and an empty list (section 2). Further down only nulls are refused: real
     * objects have empty lists there, and nobody reads them in two ways.
     */
    private static void anything(Json value, ObjectCheck at) {
        if (value instanceof JsonArray array && array.items().isEmpty()) {
            at.fault("a list must not be empty; leave the property out", "STIX 2.1, 2.12", ForgivableRule.EMPTY_LIST);
        }
        withoutNulls(value, at);
    }

    private static void withoutNulls(Json value, ObjectCheck at) {
        switch (value) {
            case JsonObject object -> {
                for (int i = 0; i < object.size(); i++) {
                    at.value(object.name(i), object.value(i), PropertyTypes::withoutNulls);
                }
            }
            case JsonArray array -> {
                for (int i = 0; i < array.items().size(); i++) {
                    at.value(i, array.items().get(i), PropertyTypes::withoutNulls);
                }
            }
            default -> {}
        }
    }

    public static boolean isKey(String s) {
        if (s.isEmpty() || s.length() > 250) {
            return false;
        }
        for (int i = 0; i < s.length(); i++) {
            char c = s.charAt(i);
            if (c != '-' && c != '_' && !isAlphanumeric(c)) {
                return false;
            }
        }
        return true;
    }

    static boolean isHex(String s) {
        for (int i = 0; i < s.length(); i++) {
            char c = s.charAt(i);
            if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f') && !(c >= 'A' && c <= 'F')) {
                return false;
            }
        }
        return s.length() % 2 == 0 && !s.isEmpty();
    }

    private static boolean isAlphanumeric(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isBase64(String s) {
        if (s.isEmpty() || s.length() % 4 != 0) {
            return false;
        }
        int padding = s.endsWith("==") ? 2 : s.endsWith("=") ? 1 : 0;
        for (int i = 0; i < s.length() - padding; i++) {
            char c = s.charAt(i);
            if (!isAlphanumeric(c) && c != '+' && c != '/') {
                return false;
            }
        }
        return true;
    }
}
