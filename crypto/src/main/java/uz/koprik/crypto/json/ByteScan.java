package uz.koprik.crypto.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * A look at the bytes of a text, eight at a time. Jackson takes UTF-16, overlong UTF-8 and lone surrogates, and passes over a
 * byte order mark; and it copies every string twice.
 */
final class ByteScan {

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = ONES << 7;
    private static final long BACKSLASHES = '\\' * ONES;
    private static final long QUOTES = '"' * ONES;
    private static final long SPACES = ' ' * ONES;
    /** Jackson guesses the encoding by the first bytes: a zero among them makes it UTF-16 or UTF-32. */
    private static final int GUESSED = 4;

    private final byte[] text;
    private final int readable;
    private final boolean escapes;
    private final Charset charset;

    ByteScan(byte[] text, int from, int to) {
        this.text = text;
        long high = 0;
        long backslash = 0;
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            long bytes = (long) EIGHT.get(text, at);
            high |= bytes;
            backslash |= zeros(bytes ^ BACKSLASHES);
        }
        for (; at < to; at++) {
            high |= text[at];
            backslash |= text[at] == '\\' ? 1 : 0;
        }
        this.escapes = backslash != 0;
        boolean ascii = (high & HIGH_BITS) == 0;
        this.charset = ascii ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
        this.readable = Math.min(guessable(from, to), ascii ? to : utf8(from, to));
    }

    /** Offset of the first byte that no JSON text has there, or the end of the text. */
    int readable() {
        return readable;
    }

    /** Whether a lone surrogate may be escaped somewhere. */
    boolean escapes() {
        return escapes;
    }

    /** The fastest decoder of what is readable. */
    Charset charset() {
        return charset;
    }

    static boolean hasLoneSurrogate(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c) || i + 1 == value.length() || !Character.isLowSurrogate(value.charAt(i + 1))) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    /** Offset of the quote that ends a string without escapes, of which the bytes are the value; -1 for other strings. */
    int endOfPlain(int start) {
        int at = start;
        for (; at <= readable - Long.BYTES; at += Long.BYTES) {
            long bytes = (long) EIGHT.get(text, at);
            long stops = zeros(bytes ^ QUOTES) | zeros(bytes ^ BACKSLASHES) | ((bytes - SPACES) & ~bytes & HIGH_BITS);
            if (stops != 0) {
                // The lowest mark is exact, whatever was borrowed above it.
                at += Long.numberOfTrailingZeros(stops) >> 3;
                return text[at] == '"' ? at : -1;
            }
        }
        for (; at < readable; at++) {
            if (text[at] == '"') {
                return at;
            }
            if (text[at] == '\\' || (text[at] >= 0 && text[at] < ' ')) {
                return -1;
            }
        }
        return -1;
    }

    /** Marks, by their highest bit, the lowest byte that is zero, and maybe some above it. */
    private static long zeros(long bytes) {
        return (bytes - ONES) & ~bytes & HIGH_BITS;
    }

    private int guessable(int from, int to) {
        if (from < to && text[from] < 0) {
            return from;
        }
        int end = Math.min(to, from + GUESSED);
        for (int i = from; i < end; i++) {
            if (text[i] == 0) {
                return i;
            }
        }
        return to;
    }

    /** Offset of the first sequence that is not UTF-8, or the end of the text. */
    private int utf8(int from, int to) {
        int at = from;
        while (at < to) {
            if (at <= to - Long.BYTES && ((long) EIGHT.get(text, at) & HIGH_BITS) == 0) {
                at += Long.BYTES;
                continue;
            }
            int more = text[at] >= 0 ? 0 : following(at, to);
            if (more < 0) {
                return at;
            }
            at += more + 1;
        }
        return to;
    }

    /**
     * Number of bytes that follow the first of a character beyond ASCII: the shortest form only, no surrogates, nothing above
     * U+10FFFF (RFC 3629); -1 when they do not make one.
     */
    private int following(int at, int to) {
        int first = text[at] & 0xFF;
        int more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : 1;
        if (first < 0xC2 || first > 0xF4 || to - at <= more) {
            return -1;
        }
        int point = first & (0x3F >> more);
        for (int i = at + 1; i <= at + more; i++) {
            if ((text[i] & 0xC0) != 0x80) {
                return -1;
            }
            point = (point << 6) | (text[i] & 0x3F);
        }
        boolean overlong = point < (more == 3 ? 0x10000 : more == 2 ? 0x800 : 0x80);
        boolean surrogate = point >= 0xD800 && point <= 0xDFFF;
        return overlong || surrogate || point > 0x10FFFF ? -1 : more;
    }
}
