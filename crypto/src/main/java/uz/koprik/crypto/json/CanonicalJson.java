package uz.koprik.crypto.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/**
 * The canonical form of JSON (RFC 8785, JCS): no white space, names sorted by UTF-16 code units, numbers as ECMAScript
 * writes them.
 */
public final class CanonicalJson {

    private static final String HEX = "0123456789abcdef";

    private CanonicalJson() {}

    /** The canonical text of {@code value} as UTF-8. */
    public static byte[] bytes(Json value) {
        return text(value).getBytes(StandardCharsets.UTF_8);
    }

    /** The canonical text of {@code value}. */
    public static String text(Json value) {
        StringBuilder out = new StringBuilder(512);
        append(value, out);
        return out.toString();
    }

    private static void append(Json value, StringBuilder out) {
        switch (value) {
            case JsonObject object -> appendObject(object, out);
            case JsonArray array -> {
                out.append('[');
                for (int i = 0; i < array.items().size(); i++) {
                    if (i > 0) {
                        out.append(',');
                    }
                    append(array.items().get(i), out);
                }
                out.append(']');
            }
            case JsonString string -> appendString(string.value(), out);
            case JsonNumber number -> appendNumber(number.value(), out);
            case JsonBoolean bool -> out.append(bool.value());
            case JsonNull ignored -> out.append("null");
        }
    }

    private static void appendObject(JsonObject object, StringBuilder out) {
        Integer[] order = new Integer[object.size()];
        Arrays.setAll(order, i -> i);
        // String.compareTo is the order of UTF-16 code units that RFC 8785, section 3.2.3, asks for.
        Arrays.sort(order, Comparator.comparing(object::name));
        out.append('{');
        for (int i = 0; i < order.length; i++) {
            if (i > 0) {
                out.append(',');
            }
            appendString(object.name(order[i]), out);
            out.append(':');
            append(object.value(order[i]), out);
        }
        out.append('}');
    }

    private static void appendString(String s, StringBuilder out) {
        out.append('"');
        int plainFrom = 0;
        for (int i = 0; i < s.length(); i++) {
            char c = s.charAt(i);
            if (c >= 0x20 && c != '"' && c != '\\') {
                continue;
            }
            out.append(s, plainFrom, i);
            plainFrom = i + 1;
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            }
        }
        out.append(s, plainFrom, s.length()).append('"');
    }

    /** ECMAScript's Number::toString (ECMA-262, section 6.1.6.1.20), which RFC 8785, section 3.2.2.3, asks for. */
    static void appendNumber(double value, StringBuilder out) {
        if (value == Math.rint(value) && Math.abs(value) <= 1L << 53) {
            out.append((long) value);
            return;
        }
        // Double.toString gives the shortest digits that round-trip (since JDK 19); only their layout differs.
        String java = Double.toString(Math.abs(value));
        int e = java.indexOf('E');
        String mantissa = e < 0 ? java : java.substring(0, e);
        int dot = mantissa.indexOf('.');
        String digits = mantissa.substring(0, dot) + mantissa.substring(dot + 1);
        int point = dot + (e < 0 ? 0 : Integer.parseInt(java.substring(e + 1)));
        int leading = 0;
        while (digits.charAt(leading) == '0') {
            leading++;
        }
        int trailing = digits.length();
        while (digits.charAt(trailing - 1) == '0') {
            trailing--;
        }
        digits = digits.substring(leading, trailing);
        point -= leading;

        if (value < 0) {
            out.append('-');
        }
        int k = digits.length();
        if (k <= point && point <= 21) {
            out.append(digits).repeat('0', point - k);
        } else if (0 < point && point <= 21) {
            out.append(digits, 0, point).append('.').append(digits, point, k);
        } else if (-6 < point && point <= 0) {
            out.append("0.").repeat('0', -point).append(digits);
        } else {
            out.append(digits.charAt(0));
            if (k > 1) {
                out.append('.').append(digits, 1, k);
            }
            out.append('e').append(point - 1 < 0 ? '-' : '+').append(Math.abs(point - 1));
        }
    }
}
