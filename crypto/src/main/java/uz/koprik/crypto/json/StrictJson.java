package uz.koprik.crypto.json;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A parser of JSON (RFC 8259) that refuses every text that two readers could read differently (RFC 7493, I-JSON, and
 * beyond).
 *
 * <p>It refuses, besides malformed text: duplicate names, lone surrogates, invalid UTF-8, a byte order mark, integers
 * beyond ±(2^53−1), negative zero, numbers with more digits than a double preserves, nesting over {@value #MAX_DEPTH},
 * trailing data.
 */
public final class StrictJson {

    /** Deepest nesting of arrays and objects that is read. */
    public static final int MAX_DEPTH = 64;

    /** Longest number that is read, in characters: longer ones cost more to parse than any real number is worth. */
    public static final int MAX_NUMBER_LENGTH = 400;

    private static final long MAX_SAFE_INTEGER = (1L << 53) - 1;
    /** From this value up ECMAScript, and so the canonical form, writes an exponent. */
    private static final double LARGEST_PLAIN = 1e21;
    /** Most digits that a printer of doubles writes; a longer number holds more than a double does. */
    private static final int DOUBLE_DIGITS = 17;

    private static final int HASH_NAMES_FROM = 24;

    private final byte[] text;
    private final int from;
    private final int to;
    private int at;
    private int depth;
    /** The current place, one step per level: a String name or an Integer index. Read only when something is wrong. */
    private final Object[] path = new Object[MAX_DEPTH + 1];

    private StrictJson(byte[] text, int from, int to) {
        this.text = text;
        this.from = from;
        this.to = to;
        this.at = from;
    }

    /**
     * Reads one value that fills the whole text.
     *
     * @param text UTF-8
     * @throws MalformedJson when the text is not JSON, or JSON that can be read in more than one way
     */
    public static Json parse(byte[] text) throws MalformedJson {
        return parse(text, 0, text.length);
    }

    /** As {@link #parse(byte[])}, for the part of {@code text} from {@code from} to {@code to} (exclusive). */
    public static Json parse(byte[] text, int from, int to) throws MalformedJson {
        StrictJson parser = new StrictJson(text, from, to);
        parser.skipSpace();
        Json value = parser.value();
        parser.skipSpace();
        if (parser.at < to) {
            throw parser.fault("data after the end of the value");
        }
        return value;
    }

    /** As {@link #parse(byte[])}, for a text that must be an object. */
    public static JsonObject parseObject(byte[] text) throws MalformedJson {
        Json value = parse(text);
        if (value instanceof JsonObject object) {
            return object;
        }
        StrictJson place = new StrictJson(text, 0, text.length);
        place.at = value.start();
        throw place.fault("an object is expected here, not a value of kind " + value.kind());
    }

    private Json value() throws MalformedJson {
        if (at >= to) {
            throw fault("the text ends where a value is expected");
        }
        return switch (text[at]) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> {
                int start = at;
                String s = string();
                yield new JsonString(s, start, at);
            }
            case 't' -> {
                int start = literal("true");
                yield new JsonBoolean(true, start, at);
            }
            case 'f' -> {
                int start = literal("false");
                yield new JsonBoolean(false, start, at);
            }
            case 'n' -> {
                int start = literal("null");
                yield new JsonNull(start, at);
            }
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
            case (byte) 0xEF -> throw fault("a byte order mark or other text where a value is expected");
            default -> throw fault("a value is expected here");
        };
    }

    private JsonObject object() throws MalformedJson {
        int start = at++;
        enter();
        String[] names = new String[8];
        Json[] values = new Json[8];
        int size = 0;
        Set<String> seen = null;
        skipSpace();
        if (peek() == '}') {
            at++;
        } else {
            while (true) {
                if (peek() != '"') {
                    throw fault("a name in double quotes is expected here");
                }
                int nameAt = at;
                String name = string();
                path[depth] = name;
                if (seen == null && size >= HASH_NAMES_FROM) {
                    seen = new HashSet<>(Arrays.asList(names).subList(0, size));
                }
                if (seen != null ? !seen.add(name) : contains(names, size, name)) {
                    at = nameAt;
                    throw fault("the object has this name twice");
                }
                skipSpace();
                if (peek() != ':') {
                    throw fault("a colon is expected after the name");
                }
                at++;
                skipSpace();
                if (size == names.length) {
                    names = Arrays.copyOf(names, size * 2);
                    values = Arrays.copyOf(values, size * 2);
                }
                names[size] = name;
                values[size++] = value();
                skipSpace();
                int c = peek();
                at++;
                if (c == '}') {
                    break;
                }
                if (c != ',') {
                    at--;
                    throw fault("a comma or the end of the object is expected here");
                }
                skipSpace();
            }
        }
        leave();
        return new JsonObject(Arrays.copyOf(names, size), Arrays.copyOf(values, size), start, at);
    }

    private JsonArray array() throws MalformedJson {
        int start = at++;
        enter();
        List<Json> items = new ArrayList<>();
        skipSpace();
        if (peek() == ']') {
            at++;
        } else {
            while (true) {
                path[depth] = items.size();
                items.add(value());
                skipSpace();
                int c = peek();
                at++;
                if (c == ']') {
                    break;
                }
                if (c != ',') {
                    at--;
                    throw fault("a comma or the end of the array is expected here");
                }
                skipSpace();
            }
        }
        leave();
        return new JsonArray(items, start, at);
    }

    private void enter() throws MalformedJson {
        if (depth == MAX_DEPTH) {
            throw fault("nested deeper than " + MAX_DEPTH + " levels");
        }
        path[++depth] = null;
    }

    private void leave() {
        depth--;
    }

    private static boolean contains(String[] names, int size, String name) {
        for (int i = 0; i < size; i++) {
            if (names[i].equals(name)) {
                return true;
            }
        }
        return false;
    }

    /** Reads a string; plain ASCII, by far the most common, is copied in one go. */
    private String string() throws MalformedJson {
        int start = ++at;
        while (at < to) {
            byte b = text[at];
            if (b == '"') {
                return new String(text, start, at++ - start, StandardCharsets.ISO_8859_1);
            }
            if (b == '\\' || b < 0x20) { // a negative byte is the start of a multi-byte character
                return slowString(start);
            }
            at++;
        }
        throw fault("the text ends inside a string");
    }

    private String slowString(int start) throws MalformedJson {
        StringBuilder out = new StringBuilder(at - start + 32);
        out.append(new String(text, start, at - start, StandardCharsets.ISO_8859_1));
        while (at < to) {
            int b = text[at];
            if (b == '"') {
                at++;
                return out.toString();
            }
            if (b == '\\') {
                escape(out);
            } else if (b < 0) {
                out.appendCodePoint(multiByte());
            } else if (b < 0x20) {
                throw fault("a control character inside a string must be escaped");
            } else {
                out.append((char) b);
                at++;
            }
        }
        throw fault("the text ends inside a string");
    }

    private void escape(StringBuilder out) throws MalformedJson {
        int start = at++;
        int c = peek();
        at++;
        switch (c) {
            case '"', '\\', '/' -> out.append((char) c);
            case 'b' -> out.append('\b');
            case 'f' -> out.append('\f');
            case 'n' -> out.append('\n');
            case 'r' -> out.append('\r');
            case 't' -> out.append('\t');
            case 'u' -> {
                char unit = hex4();
                if (Character.isLowSurrogate(unit)) {
                    at = start;
                    throw fault("a low surrogate without a high one before it");
                }
                out.append(unit);
                if (Character.isHighSurrogate(unit)) {
                    if (peek() != '\\' || at + 1 >= to || text[at + 1] != 'u') {
                        at = start;
                        throw fault("a high surrogate without a low one after it");
                    }
                    at += 2;
                    char low = hex4();
                    if (!Character.isLowSurrogate(low)) {
                        at = start;
                        throw fault("a high surrogate without a low one after it");
                    }
                    out.append(low);
                }
            }
            default -> {
                at = start;
                throw fault("an escape that JSON does not know");
            }
        }
    }

    private char hex4() throws MalformedJson {
        if (to - at < 4) {
            throw fault("four hexadecimal digits are expected after \\u");
        }
        int unit = 0;
        for (int i = 0; i < 4; i++, at++) {
            byte b = text[at];
            int digit = b < 0 ? -1 : Character.digit((char) b, 16);
            if (digit < 0) {
                throw fault("four hexadecimal digits are expected after \\u");
            }
            unit = (unit << 4) | digit;
        }
        return (char) unit;
    }

    /** One character of two to four bytes: shortest form only, no surrogates, nothing above U+10FFFF (RFC 3629). */
    private int multiByte() throws MalformedJson {
        int first = text[at] & 0xFF;
        int more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : 1;
        if (first < 0xC2 || first > 0xF4 || to - at <= more) {
            throw fault("bytes that are not UTF-8");
        }
        int point = first & (0x3F >> more);
        for (int i = 1; i <= more; i++) {
            int next = text[at + i] & 0xFF;
            if ((next & 0xC0) != 0x80) {
                throw fault("bytes that are not UTF-8");
            }
            point = (point << 6) | (next & 0x3F);
        }
        boolean surrogate = point >= 0xD800 && point <= 0xDFFF;
        boolean overlong = point < (more == 3 ? 0x10000 : more == 2 ? 0x800 : 0x80);
        if (surrogate || overlong || point > 0x10FFFF) {
            throw fault("bytes that are not UTF-8");
        }
        at += more + 1;
        return point;
    }

    private JsonNumber number() throws MalformedJson {
        int start = at;
        boolean negative = peek() == '-';
        if (negative) {
            at++;
        }
        int digitsFrom = at;
        int digits = digits();
        if (digits > 1 && text[digitsFrom] == '0') {
            at = start;
            throw fault("a number with leading zeros");
        }
        boolean integer = true;
        if (peek() == '.') {
            integer = false;
            at++;
            digits();
        }
        if (peek() == 'e' || peek() == 'E') {
            integer = false;
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            digits();
        }
        if (integer && digits <= 15) {
            return smallInteger(start, digitsFrom, negative);
        }
        return largeOrReal(start, integer);
    }

    private JsonNumber smallInteger(int start, int digitsFrom, boolean negative) throws MalformedJson {
        long value = 0;
        for (int i = digitsFrom; i < at; i++) {
            value = value * 10 + (text[i] - '0');
        }
        if (negative && value == 0) {
            at = start;
            throw fault("negative zero");
        }
        return new JsonNumber(negative ? -value : value, true, start, at);
    }

    private JsonNumber largeOrReal(int start, boolean integer) throws MalformedJson {
        int end = at;
        at = start; // a fault is about the number as a whole
        if (end - start > MAX_NUMBER_LENGTH) {
            throw fault("a number of more than " + MAX_NUMBER_LENGTH + " characters");
        }
        String literal = new String(text, start, end - start, StandardCharsets.ISO_8859_1);
        double value = Double.parseDouble(literal);
        if (Double.isInfinite(value)) {
            throw fault("a number beyond what a double can hold");
        }
        // However it is written: 1e20 would become an integer in the canonical text, and be refused there.
        boolean whole = integer || (value == Math.rint(value) && Math.abs(value) < LARGEST_PLAIN);
        if (whole && Math.abs(value) > MAX_SAFE_INTEGER) {
            throw fault("an integer beyond ±(2^53-1)");
        }
        if (value == 0 ? literal.charAt(0) == '-' || hasNonZeroDigit(literal) : !roundTrips(literal, value)) {
            throw fault(
                    value == 0 && !hasNonZeroDigit(literal)
                            ? "negative zero"
                            : "a number that a double does not give back exactly");
        }
        at = end;
        return new JsonNumber(value, integer, start, end);
    }

    private static boolean hasNonZeroDigit(String literal) {
        for (int i = 0; i < literal.length() && Character.toLowerCase(literal.charAt(i)) != 'e'; i++) {
            if (literal.charAt(i) >= '1' && literal.charAt(i) <= '9') {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether a double holds all that the text says. Printers of doubles write up to 17 digits, not always the shortest
     * ones (RFC 8785's own example has 333333333.33333329), and every reader agrees on these; more digits than that
     * only a reader of decimals would keep. Safe from huge exponents: the double is neither infinite nor zero here.
     */
    private static boolean roundTrips(String literal, double value) {
        BigDecimal exact = new BigDecimal(literal);
        return exact.stripTrailingZeros().precision() <= DOUBLE_DIGITS
                || exact.compareTo(new BigDecimal(Double.toString(value))) == 0;
    }

    private int digits() throws MalformedJson {
        int start = at;
        while (at < to && text[at] >= '0' && text[at] <= '9') {
            at++;
        }
        if (at == start) {
            throw fault("a digit is expected here");
        }
        return at - start;
    }

    private int literal(String word) throws MalformedJson {
        int start = at;
        for (int i = 0; i < word.length(); i++, at++) {
            if (peek() != word.charAt(i)) {
                at = start;
                throw fault("a value is expected here");
            }
        }
        return start;
    }

    private int peek() {
        return at < to ? text[at] : -1;
    }

    private void skipSpace() {
        while (at < to) {
            byte b = text[at];
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return;
            }
            at++;
        }
    }

    private MalformedJson fault(String reason) {
        int line = 1;
        int lineStart = from;
        int here = Math.min(at, to);
        for (int i = from; i < here; i++) {
            if (text[i] == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        StringBuilder pointer = new StringBuilder();
        for (int i = 1; i <= depth && path[i] != null; i++) {
            pointer.append('/').append(JsonPointer.token(path[i].toString()));
        }
        return new MalformedJson(reason, pointer.toString(), here - from, line, here - lineStart + 1);
    }
}
