package uz.koprik.indicators.stix;

import java.util.HexFormat;

/** The syntax of identifiers and type names (STIX 2.1, sections 2.9 and 3.1). */
public final class StixId {

    private static final int UUID_LENGTH = 36;
    private static final int MIN_TYPE = 3;
    private static final int MAX_TYPE = 250;

    private StixId() {}

    /** Whether {@code s} is {@code type--uuid}: a type name, two hyphens, and an RFC 4122 UUID. */
    public static boolean isId(String s) {
        int type = s.length() - UUID_LENGTH - 2;
        return type >= MIN_TYPE && s.charAt(type) == '-' && s.charAt(type + 1) == '-' && isType(s, type) && isUuid(s, type + 2);
    }

    /** The type that an identifier names: everything before its UUID. */
    public static String typeOf(String id) {
        return id.substring(0, id.length() - UUID_LENGTH - 2);
    }

    /** The version of the UUID of a well-formed identifier, 1 to 5. */
    public static int version(String id) {
        return id.charAt(id.length() - UUID_LENGTH + 14) - '0';
    }

    /** Whether {@code id}, a well-formed identifier, names an object of {@code type}. */
    public static boolean hasType(String id, String type) {
        return id.length() == type.length() + 2 + UUID_LENGTH && id.startsWith(type);
    }

    /** Whether {@code s} may be the name of a type: 3 to 250 of a–z, 0–9 and single hyphens, a letter first. */
    public static boolean isType(String s) {
        return isType(s, s.length());
    }

    private static boolean isType(String s, int length) {
        if (length < MIN_TYPE || length > MAX_TYPE || s.charAt(0) < 'a' || s.charAt(0) > 'z') {
            return false;
        }
        for (int i = 1; i < length; i++) {
            char c = s.charAt(i);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            if (!plain && !(c == '-' && s.charAt(i - 1) != '-')) {
                return false;
            }
        }
        return s.charAt(length - 1) != '-';
    }

    private static boolean isUuid(String s, int from) {
        for (int i = 0; i < UUID_LENGTH; i++) {
            char c = s.charAt(from + i);
            boolean hyphen = i == 8 || i == 13 || i == 18 || i == 23;
            if (hyphen ? c != '-' : !HexFormat.isHexDigit(c)) {
                return false;
            }
        }
        char version = s.charAt(from + 14);
        char variant = Character.toLowerCase(s.charAt(from + 19));
        return version >= '1' && version <= '5' && (variant == '8' || variant == '9' || variant == 'a' || variant == 'b');
    }
}
