package uz.koprik.crypto.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/**
 * The canonical form of JSON (RFC 8785, JCS): no white space, names sorted by UTF-16 code units, numbers as ECMAScript
 * writes them.
 *
 * <p>Writes bytes directly: every object that is signed or verified passes here.
 */
public final class CanonicalJson {

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    /** Up to this many members insertion sort on a plain array wins. */
    private static final int INSERTION_LIMIT = 40;

    /** More than one character with its escape and the closing quote can take. */
    private static final int ROOM = 8;

    private byte[] out = new byte[1024];
    private int size;

    private CanonicalJson() {}

    /** The canonical text of {@code value} as UTF-8. */
    public static byte[] bytes(Json value) {
        CanonicalJson writer = new CanonicalJson();
        writer.write(value);
        return Arrays.copyOf(writer.out, writer.size);
    }

    /** The canonical text of {@code value}. */
    public static String text(Json value) {
        CanonicalJson writer = new CanonicalJson();
        writer.write(value);
        return new String(writer.out, 0, writer.size, StandardCharsets.UTF_8);
    }

    private void write(Json value) {
        switch (value) {
            case JsonObject object -> object(object);
            case JsonArray array -> {
                put('[');
                for (int i = 0; i < array.items().size(); i++) {
                    if (i > 0) {
                        put(',');
                    }
                    write(array.items().get(i));
                }
                put(']');
            }
            case JsonString string -> string(string.value());
            case JsonNumber number -> ascii(EcmaNumber.text(number.value()));
            case JsonBoolean bool -> ascii(bool.value() ? "true" : "false");
            case JsonNull ignored -> ascii("null");
        }
    }

    private void object(JsonObject object) {
        int[] order = order(object);
        put('{');
        for (int i = 0; i < order.length; i++) {
            if (i > 0) {
                put(',');
            }
            string(object.name(order[i]));
            put(':');
            write(object.value(order[i]));
        }
        put('}');
    }

    /** String.compareTo is the order of UTF-16 code units that RFC 8785, section 3.2.3, asks for. */
    private static int[] order(JsonObject object) {
        int n = object.size();
        if (n > INSERTION_LIMIT) {
            Integer[] order = new Integer[n];
            Arrays.setAll(order, i -> i);
            Arrays.sort(order, Comparator.comparing(object::name));
            return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
        }
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            String name = object.name(i);
            int to = i;
            while (to > 0 && object.name(order[to - 1]).compareTo(name) > 0) {
                order[to] = order[to - 1];
                to--;
            }
            order[to] = i;
        }
        return order;
    }

    private void string(String s) {
        int length = s.length();
        reserve(length + ROOM);
        byte[] to = out;
        int at = size;
        to[at++] = '"';
        for (int i = 0; i < length; i++) {
            if (to.length - at < ROOM) {
                size = at;
                reserve(length - i + ROOM);
                to = out;
            }
            char c = s.charAt(i);
            if (c < 0x80) {
                if (c >= 0x20 && c != '"' && c != '\\') {
                    to[at++] = (byte) c;
                } else {
                    at = escape(c, to, at);
                }
            } else if (c < 0x800) {
                to[at++] = (byte) (0xC0 | c >> 6);
                to[at++] = (byte) (0x80 | (c & 0x3F));
            } else if (!Character.isSurrogate(c)) {
                to[at++] = (byte) (0xE0 | c >> 12);
                to[at++] = (byte) (0x80 | ((c >> 6) & 0x3F));
                to[at++] = (byte) (0x80 | (c & 0x3F));
            } else {
                int point = pair(s, i++);
                to[at++] = (byte) (0xF0 | point >> 18);
                to[at++] = (byte) (0x80 | ((point >> 12) & 0x3F));
                to[at++] = (byte) (0x80 | ((point >> 6) & 0x3F));
                to[at++] = (byte) (0x80 | (point & 0x3F));
            }
        }
        to[at++] = '"';
        size = at;
    }

    /** RFC 8785, section 3.2.2.2. */
    private static int escape(char c, byte[] to, int at) {
        int n = at;
        to[n++] = '\\';
        switch (c) {
            case '"', '\\' -> to[n++] = (byte) c;
            case '\b' -> to[n++] = 'b';
            case '\f' -> to[n++] = 'f';
            case '\n' -> to[n++] = 'n';
            case '\r' -> to[n++] = 'r';
            case '\t' -> to[n++] = 't';
            default -> {
                to[n++] = 'u';
                to[n++] = '0';
                to[n++] = '0';
                to[n++] = HEX[c >> 4];
                to[n++] = HEX[c & 15];
            }
        }
        return n;
    }

    private static int pair(String s, int i) {
        int point = s.codePointAt(i);
        if (point < Character.MIN_SUPPLEMENTARY_CODE_POINT) {
            throw new IllegalArgumentException("a string with a lone surrogate has no canonical form");
        }
        return point;
    }

    private void ascii(String s) {
        reserve(s.length());
        for (int i = 0; i < s.length(); i++) {
            out[size++] = (byte) s.charAt(i);
        }
    }

    private void put(char c) {
        reserve(1);
        out[size++] = (byte) c;
    }

    private void reserve(long more) {
        long needed = size + more;
        if (needed > out.length) {
            if (needed > Integer.MAX_VALUE - 8) {
                throw new IllegalArgumentException("a value too long for its canonical form to fit into memory");
            }
            out = Arrays.copyOf(out, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(needed, out.length * 2L)));
        }
    }
}
