package uz.koprik.crypto.json;

import java.nio.charset.StandardCharsets;

/**
 * Says what is wrong with a text that Jackson refuses, and where. Jackson's own messages quote the text, and their offsets lie
 * before or after the fault; the fault lies between the last good token and the next one.
 */
final class FaultFinder {

    private static final String LONE_HIGH = "a high surrogate without a low one after it";

    private final byte[] text;
    private final int from;
    private final int to;
    /** Offset of the first byte that Jackson was not given, since it is not UTF-8 or a zero. */
    private final int invalid;
    /** The current place, a step per level: a String name or an Integer index. Read only when something is wrong. */
    private final Object[] path = new Object[StrictJson.MAX_DEPTH + 1];
    private int depth;

    FaultFinder(byte[] text, int from, int to, int invalid) {
        this.text = text;
        this.from = from;
        this.to = to;
        this.invalid = invalid;
    }

    /** Begins an array or object whose bracket ends at {@code at}. */
    void enter(int at) throws MalformedJson {
        if (depth == StrictJson.MAX_DEPTH) {
            throw fault(at, "nested deeper than " + StrictJson.MAX_DEPTH + " levels");
        }
        path[++depth] = null;
    }

    void leave() {
        depth--;
    }

    /** Enters the member or item {@code step} of the current object or array. */
    void at(Object step) {
        path[depth] = step;
    }

    static boolean contains(String[] names, int size, String name) {
        for (int i = 0; i < size; i++) {
            if (names[i].equals(name)) {
                return true;
            }
        }
        return false;
    }

    /** Refuses data after a text that ends at {@code end}. */
    void expectEnd(int end) throws MalformedJson {
        int at = space(end);
        if (at < to) {
            throw fault(at, "data after the end of the value");
        }
    }

    /**
     * The fault in the next member of an object.
     *
     * @param done end of the last good token
     * @param names the {@code size} names before it
     * @param name the name of this member, when it has a sound one
     */
    MalformedJson member(int done, int size, String[] names, String name) throws MalformedJson {
        int at = space(done);
        if (size > 0) {
            at = comma(at, "object");
        }
        if (peek(at) != '"') {
            return fault(at, "a name in double quotes is expected here");
        }
        int end = string(at);
        path[depth] = name;
        if (contains(names, size, name)) {
            return fault(at, "the object has this name twice");
        }
        at = space(end);
        return peek(at) == ':' ? value(at + 1, "object") : fault(at, "a colon is expected after the name");
    }

    /** The fault in the next item of an array, of which {@code size} are good. */
    MalformedJson item(int done, int size) throws MalformedJson {
        int at = space(done);
        if (size > 0) {
            at = comma(at, "array");
        }
        path[depth] = size;
        return value(at, "array");
    }

    /** The fault in a text of one value. */
    MalformedJson whole() throws MalformedJson {
        int at = space(from);
        expectEnd(token(at));
        return unknown(at);
    }

    /** The fault in the string or number that begins at {@code start}. */
    MalformedJson scalar(int start) throws MalformedJson {
        token(start);
        return unknown(start);
    }

    private MalformedJson value(int begin, String container) throws MalformedJson {
        int at = space(begin);
        comma(space(token(at)), container);
        return unknown(at);
    }

    /** Jackson refuses what this class finds sound: the text is refused all the same. */
    private MalformedJson unknown(int at) {
        return fault(at, "a value that the JSON reader does not take");
    }

    /** The end of the value without parts that begins at {@code at}. */
    private int token(int at) throws MalformedJson {
        return switch (peek(at)) {
            case -1 -> throw fault(at, at < to ? "a value is expected here" : "the text ends where a value is expected");
            case '"' -> string(at);
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number(at);
            case 't' -> word("true", at);
            case 'f' -> word("false", at);
            case 'n' -> word("null", at);
            case (byte) 0xEF -> throw fault(at, "a byte order mark or other text where a value is expected");
            default -> throw fault(at, "a value is expected here");
        };
    }

    private int comma(int at, String container) throws MalformedJson {
        if (peek(at) != ',') {
            throw fault(at, "a comma or the end of the " + container + " is expected here");
        }
        return space(at + 1);
    }

    /** The end of the string that begins at {@code start}. */
    private int string(int start) throws MalformedJson {
        int at = start + 1;
        while (at < to && text[at] != '"') {
            byte b = text[at];
            if (b >= 0 && b < 0x20) {
                throw fault(at, "a control character inside a string must be escaped");
            }
            if (at == invalid) {
                throw fault(at, "bytes that are not UTF-8");
            }
            at = b == '\\' ? escape(at) : at + 1;
        }
        if (at >= to) {
            throw fault(to, "the text ends inside a string");
        }
        return at + 1;
    }

    private int escape(int at) throws MalformedJson {
        int c = peek(at + 1);
        if (c != 'u') {
            if (c < 0 || "\"\\/bfnrt".indexOf(c) < 0) {
                throw fault(at, "an escape that JSON does not know");
            }
            return at + 2;
        }
        char unit = hex(at + 2);
        if (Character.isLowSurrogate(unit)) {
            throw fault(at, "a low surrogate without a high one before it");
        }
        if (!Character.isHighSurrogate(unit)) {
            return at + 6;
        }
        if (peek(at + 6) != '\\' || peek(at + 7) != 'u' || !Character.isLowSurrogate(hex(at + 8))) {
            throw fault(at, LONE_HIGH);
        }
        return at + 12;
    }

    private char hex(int at) throws MalformedJson {
        int unit = 0;
        for (int i = at; i < at + 4; i++) {
            int digit = to - at < 4 || text[i] < 0 ? -1 : Character.digit(text[i], 16);
            if (digit < 0) {
                throw fault(i, "four hexadecimal digits are expected after \\u");
            }
            unit = (unit << 4) | digit;
        }
        return (char) unit;
    }

    private int number(int start) throws MalformedJson {
        int integer = peek(start) == '-' ? start + 1 : start;
        int at = digits(integer);
        boolean real = peek(at) == '.' || peek(at) == 'e' || peek(at) == 'E';
        if (at - integer > 1 && text[integer] == '0') {
            throw fault(start, "a number with leading zeros");
        }
        if (peek(at) == '.') {
            at = digits(at + 1);
        }
        if (peek(at) == 'e' || peek(at) == 'E') {
            int sign = peek(at + 1);
            at = digits(sign == '+' || sign == '-' ? at + 2 : at + 1);
        }
        String literal = new String(text, start, at - start, StandardCharsets.ISO_8859_1);
        String reason = NumberRules.fault(literal, Double.parseDouble(literal), !real);
        if (reason != null) {
            throw fault(start, reason);
        }
        return at;
    }

    private int digits(int start) throws MalformedJson {
        int at = start;
        while (peek(at) >= '0' && peek(at) <= '9') {
            at++;
        }
        if (at == start) {
            throw fault(at, "a digit is expected here");
        }
        return at;
    }

    private int word(String word, int at) throws MalformedJson {
        for (int i = 0; i < word.length(); i++) {
            if (peek(at + i) != word.charAt(i)) {
                throw fault(at, "a value is expected here");
            }
        }
        return at + word.length();
    }

    private int space(int start) {
        int at = start;
        while (at < to && (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t')) {
            at++;
        }
        return at;
    }

    private int peek(int at) {
        return at < to ? text[at] : -1;
    }

    MalformedJson fault(int at, String reason) {
        int line = 1;
        int lineStart = from;
        for (int i = from; i < at; i++) {
            if (text[i] == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        StringBuilder pointer = new StringBuilder();
        for (int i = 1; i <= depth && path[i] != null; i++) {
            pointer.append('/').append(path[i].toString().replace("~", "~0").replace("/", "~1"));
        }
        return new MalformedJson(reason, pointer.toString(), at - from, line, at - lineStart + 1);
    }
}
