package uz.koprik.indicators.stix.values;

import java.util.Locale;
import java.util.Optional;

/**
 * The syntax of identifiers and type names (STIX 2.1, sections 2.9 and 3.1). A UUID has one spelling here, the
 * lower-case one that RFC 9562, section 4, has for output: ids are compared as text, and two spellings would be two ids
 * of one object.
 */
public final class StixId {

    private static final int UUID_LENGTH = 36;
    private static final int MIN_TYPE = 3;
    private static final int MAX_TYPE = 250;

    /** Looked up rather than compared: digits and letters of a UUID come in no order, which no processor foresees. */
    private static final boolean[] HEX = hex();

    private StixId() {}

    private static boolean[] hex() {
        boolean[] hex = new boolean[128];
        "0123456789abcdef".chars().forEach(c -> hex[c] = true);
        return hex;
    }

    /** Whether {@code s} is {@code type--uuid}: a type name, two hyphens, and an RFC 4122 UUID in lower case. */
    public static boolean isId(String s) {
        return hasLayout(s) && isType(s, s.length() - UUID_LENGTH - 2) && isUuid(s, s.length() - UUID_LENGTH);
    }

    /**
     * Whether {@code s} is no identifier, but would be one in lower case: another spelling, which no object may use.
     */
    public static boolean isOtherSpelling(String s) {
        return hasLayout(s) && hasCapitals(s) && isId(s.toLowerCase(Locale.ROOT));
    }

    /** Whether lower case may be another text. */
    private static boolean hasCapitals(String s) {
        for (int i = 0; i < s.length(); i++) {
            char c = s.charAt(i);
            if ((c >= 'A' && c <= 'Z') || c > 'z') {
                return true;
            }
        }
        return false;
    }

    /** What is wrong with {@code s} as an identifier, and what to do; empty when it is one. */
    public static Optional<String> objection(String s) {
        if (isId(s)) {
            return Optional.empty();
        }
        return Optional.of(
                isOtherSpelling(s)
                        ? "a STIX id is written in lower case: use " + s.toLowerCase(Locale.ROOT)
                        : "this is no STIX id: use a type, two hyphens and a UUID in lower case, such as"
                                + " indicator--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f");
    }

    private static boolean hasLayout(String s) {
        int type = s.length() - UUID_LENGTH - 2;
        return type >= MIN_TYPE && s.charAt(type) == '-' && s.charAt(type + 1) == '-';
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
            if (hyphen ? c != '-' : c >= HEX.length || !HEX[c]) {
                return false;
            }
        }
        char version = s.charAt(from + 14);
        char variant = s.charAt(from + 19);
        return version >= '1'
                && version <= '5'
                && (variant == '8' || variant == '9' || variant == 'a' || variant == 'b');
    }
}
