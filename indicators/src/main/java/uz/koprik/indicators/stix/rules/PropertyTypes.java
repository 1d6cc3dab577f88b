package uz.koprik.indicators.stix.rules;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonBoolean;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.indicators.stix.StixId;
import uz.koprik.indicators.stix.StixTimestamp;

/** The data types of STIX 2.1, section 2, in the order of that section; composed ones are made by the methods. */
final class PropertyTypes {

    static final PropertyType ANY = PropertyTypes::anything;
    static final PropertyType BOOLEAN = (value, at) -> {
        if (!(value instanceof JsonBoolean)) {
            at.fault("true or false is expected, not a value of kind " + value.kind(), "STIX 2.1, 2.2");
        }
    };
    static final PropertyType NUMBER = (value, at) -> {
        if (!(value instanceof JsonNumber)) {
            at.fault("a number is expected, not a value of kind " + value.kind(), "STIX 2.1, 2.5");
        }
    };
    static final PropertyType INTEGER = integer(Long.MIN_VALUE, Long.MAX_VALUE);
    static final PropertyType STRING = (value, at) -> {
        if (!(value instanceof JsonString)) {
            at.fault("a string is expected, not a value of kind " + value.kind(), "STIX 2.1, 2.14");
        }
    };
    static final PropertyType BINARY = text(PropertyTypes::isBase64, "base64 with its padding is expected", "STIX 2.1, 2.1");
    static final PropertyType HEX = text(PropertyTypes::isHex, "pairs of hexadecimal digits are expected", "STIX 2.1, 2.8");
    static final PropertyType TIMESTAMP = text(StixTimestamp::isValid,
            "a timestamp in UTC is expected, such as 2026-11-22T08:30:00.000Z, on a day that exists", "STIX 2.1, 2.16");
    static final PropertyType TYPE_NAME = text(StixId::isType,
            "a type name is expected: 3 to 250 of a-z, 0-9 and single hyphens, a letter first", "STIX 2.1, 3.1");
    static final PropertyType ID = text(StixId::isId, "an identifier is expected: type--UUID (RFC 4122)", "STIX 2.1, 2.9");
    static final PropertyType STRINGS = list(STRING);
    static final PropertyType IDS = list(ID);
    static final PropertyType DICTIONARY = PropertyTypes::dictionary;
    static final PropertyType HASHES = Hashes::check;
    static final PropertyType KILL_CHAIN_PHASES = list(object("STIX 2.1, 2.11", "kill_chain_name", STRING, "phase_name", STRING));

    private PropertyTypes() {}

    static PropertyType integer(long least, long most) {
        return (value, at) -> {
            if (!(value instanceof JsonNumber number) || !number.integer()) {
                at.fault("an integer is expected, not a value of kind " + value.kind(), "STIX 2.1, 2.10");
            } else if (number.longValue() < least || number.longValue() > most) {
                at.fault("the integer must lie between " + least + " and " + most, "STIX 2.1, 2.10");
            }
        };
    }

    static PropertyType number(double least, double most) {
        return (value, at) -> {
            NUMBER.check(value, at);
            if (value instanceof JsonNumber number && (number.value() < least || number.value() > most)) {
                at.fault("the number must lie between " + least + " and " + most, "STIX 2.1, 2.5");
            }
        };
    }

    /** A string of a certain form. */
    static PropertyType text(Predicate<String> form, String rule, String section) {
        return (value, at) -> {
            STRING.check(value, at);
            if (value instanceof JsonString s && !form.test(s.value())) {
                at.fault(rule, section);
            }
        };
    }

    /** A string out of a closed vocabulary (section 10). */
    static PropertyType oneOf(String section, String... words) {
        Set<String> vocabulary = Set.of(words);
        return text(vocabulary::contains, "one of these words is expected: " + String.join(", ", words), section);
    }

    static PropertyType list(PropertyType item) {
        return (value, at) -> {
            if (!(value instanceof JsonArray array)) {
                at.fault("a list is expected, not a value of kind " + value.kind(), "STIX 2.1, 2.12");
                return;
            }
            if (array.items().isEmpty()) {
                at.fault("a list must not be empty; leave the property out", "STIX 2.1, 2.12");
            }
            for (int i = 0; i < array.items().size(); i++) {
                at.value(i, array.items().get(i), item);
            }
        };
    }

    /** An identifier of one of these types. */
    static PropertyType idOf(String... types) {
        return text(id -> StixId.isId(id) && Arrays.stream(types).anyMatch(type -> StixId.hasType(id, type)),
                "an identifier of an object of type " + String.join(" or ", types) + " is expected", "STIX 2.1, 2.9");
    }

    /** An identifier of any type but these. */
    static PropertyType idExcept(String section, String... types) {
        return text(id -> StixId.isId(id) && Arrays.stream(types).noneMatch(type -> StixId.hasType(id, type)),
                "an identifier is expected, of any type but " + String.join(", ", types), section);
    }

    /** An object in which all the named members are required: name, type, name, type, … */
    static PropertyType object(String section, Object... namesAndTypes) {
        return (value, at) -> {
            if (!(value instanceof JsonObject object)) {
                at.fault("an object is expected, not a value of kind " + value.kind(), section);
                return;
            }
            for (int i = 0; i < namesAndTypes.length; i += 2) {
                String name = (String) namesAndTypes[i];
                if (!object.has(name)) {
                    at.fault(name, "the property is required and absent", section);
                }
                at.member(object, name, (PropertyType) namesAndTypes[i + 1]);
            }
        };
    }

    /**
     * Custom content: whatever it is, it is no null and no empty list (section 2). Further down only nulls are refused:
     * real objects have empty lists there, and nobody reads them in two ways.
     */
    private static void anything(Json value, Check at) {
        if (value instanceof JsonArray array && array.items().isEmpty()) {
            at.fault("a list must not be empty; leave the property out", "STIX 2.1, 2.12");
        }
        withoutNulls(value, at);
    }

    private static void withoutNulls(Json value, Check at) {
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
            default -> { }
        }
    }

    private static void dictionary(Json value, Check at) {
        if (!(value instanceof JsonObject object)) {
            at.fault("a dictionary is expected, not a value of kind " + value.kind(), "STIX 2.1, 2.3");
            return;
        }
        if (object.size() == 0) {
            at.fault("a dictionary must not be empty; leave the property out", "STIX 2.1, 2.3");
        }
        for (int i = 0; i < object.size(); i++) {
            if (!isKey(object.name(i))) {
                at.fault(object.name(i), "a key of a dictionary is 1 to 250 of A-Z, a-z, 0-9, hyphen and underscore",
                        "STIX 2.1, 2.3");
            }
            at.value(object.name(i), object.value(i), ANY);
        }
    }

    static boolean isKey(String s) {
        return !s.isEmpty() && s.length() <= 250 && s.chars().allMatch(c -> c == '-' || c == '_' || isAlphanumeric(c));
    }

    private static boolean isAlphanumeric(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    static boolean isHex(String s) {
        return s.length() % 2 == 0 && !s.isEmpty()
                && s.toLowerCase(Locale.ROOT).chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }

    private static boolean isBase64(String s) {
        if (s.length() % 4 != 0) {
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
