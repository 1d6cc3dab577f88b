package uz.koprik.indicators.imports;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import uz.koprik.indicators.imports.layout.FileFault;
import uz.koprik.indicators.imports.layout.ImportSentence;
import uz.koprik.indicators.wording.Sentence;

/**
 * The encoding of a text: stated by the sender, by a byte order mark, or guessed. A guess gets a warning, since nothing
 * proves it.
 *
 * @param charset how bytes become characters
 * @param basis why this charset
 * @param markLength bytes of the byte order mark at the beginning of the text
 */
public record TextEncoding(Charset charset, Basis basis, int markLength) {

    /** Why a charset was chosen. */
    public enum Basis {
        /** The sender named it. */
        STATED,
        /** The text begins with a byte order mark. */
        MARK,
        /** The text is valid UTF-8. */
        VALID_UTF8,
        /** The text is not UTF-8; the charset fits it best. */
        GUESSED
    }

    private static final Charset WINDOWS_1251 = Charset.forName("windows-1251");
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
    private static final Charset KOI8_R = Charset.forName("KOI8-R");
    private static final Charset KOREAN = Charset.forName("x-windows-949");

    /** Share of characters that must be usual ones before a text counts as UTF-16. */
    private static final double USUAL = 0.95;

    /** Letters of Russian in the order of their frequency; the first half makes up nine tenths of a text. */
    private static final String FREQUENT = "оеаинтсрвлкмдпу";

    /**
     * Finds out the encoding of a text.
     *
     * @param head its first bytes; may end inside a character
     */
    public static TextEncoding detect(byte[] head) {
        TextEncoding marked = marked(head);
        if (marked != null) {
            return marked;
        }
        Charset wide = wide(head);
        if (wide != null) {
            return new TextEncoding(wide, Basis.GUESSED, 0);
        }
        if (isUtf8(head)) {
            return new TextEncoding(StandardCharsets.UTF_8, Basis.VALID_UTF8, 0);
        }
        return new TextEncoding(eightBit(head), Basis.GUESSED, 0);
    }

    /**
     * The encoding that a sender names.
     *
     * @param name of a charset of Java, such as {@code windows-1251}, {@code cp1251}, {@code KOI8-R} or
     *     {@code UTF-16LE}
     * @param head first bytes of the text; a mark at its beginning is skipped
     * @throws ImportRefused when no charset has this name
     */
    public static TextEncoding stated(String name, byte[] head) throws ImportRefused {
        Charset charset = named(name);
        TextEncoding marked = marked(head);
        boolean same = marked != null
                && (marked.charset.equals(charset)
                        || (charset.equals(StandardCharsets.UTF_16)
                                && marked.charset.name().startsWith("UTF-16")));
        return same
                ? new TextEncoding(marked.charset, Basis.STATED, marked.markLength)
                : new TextEncoding(charset, Basis.STATED, 0);
    }

    /** The charset of that name. */
    public static Charset named(String name) throws ImportRefused {
        try {
            return Charset.forName(name.strip());
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new ImportRefused(FileFault.UNKNOWN_CHARSET.of(), e);
        }
    }

    /** Whether nothing but the look of the text speaks for the charset. */
    public boolean isGuessed() {
        return basis == Basis.GUESSED;
    }

    /** For a person: what was guessed and how to state it. */
    public Sentence warning() {
        return ImportSentence.GUESSED_ENCODING.of(charset.name());
    }

    /** The text as UTF-8 without a byte order mark. Bytes that are no characters become U+FFFD. */
    public InputStream utf8(InputStream text) throws IOException {
        text.skipNBytes(markLength);
        return charset.equals(StandardCharsets.UTF_8) || charset.equals(StandardCharsets.US_ASCII)
                ? text
                : new Utf8Stream(text, charset);
    }

    /** The whole text as characters. Bytes that are no characters become U+FFFD. */
    public String decode(byte[] text) {
        return new String(text, markLength, text.length - markLength, charset);
    }

    private static TextEncoding marked(byte[] head) {
        if (ObjectText.startsWithMark(head)) {
            return new TextEncoding(StandardCharsets.UTF_8, Basis.MARK, 3);
        }
        if (head.length >= 2 && head[0] == (byte) 0xFE && head[1] == (byte) 0xFF) {
            return new TextEncoding(StandardCharsets.UTF_16BE, Basis.MARK, 2);
        }
        if (head.length >= 2 && head[0] == (byte) 0xFF && head[1] == (byte) 0xFE) {
            return new TextEncoding(StandardCharsets.UTF_16LE, Basis.MARK, 2);
        }
        return null;
    }

    /** UTF-16 without a mark: zero bytes on one side of most characters, and usual characters only. */
    private static Charset wide(byte[] head) {
        boolean zero = false;
        for (byte b : head) {
            zero |= b == 0;
        }
        if (!zero || head.length < 4) {
            return null;
        }
        double little = usual(head, 1);
        double big = usual(head, 0);
        if (Math.max(little, big) < USUAL) {
            return null;
        }
        return little >= big ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
    }

    /** Share of 16-bit units that are characters of usual texts, the one half counted twice that ASCII takes. */
    private static double usual(byte[] head, int high) {
        int usual = 0;
        int ascii = 0;
        int all = head.length / 2;
        for (int i = 0; i + 1 < head.length; i += 2) {
            int c = (head[i + high] & 0xFF) << 8 | (head[i + 1 - high] & 0xFF);
            boolean plain = c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c < 0x7F);
            ascii += plain ? 1 : 0;
            usual += plain
                            || (c >= 0xA0 && c < 0x530)
                            || (c >= 0x2010 && c < 0x2040)
                            || (c >= 0xAC00 && c < 0xD7A4)
                            || (c >= 0x4E00 && c < 0xA000)
                    ? 1
                    : 0;
        }
        return ascii == 0 ? 0 : (double) usual / all;
    }

    private static boolean isUtf8(byte[] head) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        // Not the end of the input: a character that the head cuts is no error.
        return !decoder.decode(ByteBuffer.wrap(head), CharBuffer.allocate(head.length + 1), false)
                .isError();
    }

    /**
     * The likeliest charset of eight bits. In Latin alphabets a letter beyond ASCII stands beside ASCII letters; in
     * Cyrillic beside others of its kind. Upper and lower case change sides between windows-1251 and KOI8-R.
     */
    private static Charset eightBit(byte[] head) {
        if (isKorean(head)) {
            return KOREAN;
        }
        int besideAscii = 0;
        int high = 0;
        for (int i = 0; i < head.length; i++) {
            if (head[i] < 0) {
                high++;
                besideAscii += isLetter(head, i - 1) || isLetter(head, i + 1) ? 1 : 0;
            }
        }
        if (besideAscii * 2 > high) {
            return WINDOWS_1252;
        }
        return cyrillic(new String(head, KOI8_R)) > cyrillic(new String(head, WINDOWS_1251)) ? KOI8_R : WINDOWS_1251;
    }

    /**
     * Bytes beyond ASCII come in pairs, nearly all of which are among the usual syllables (KS X 1001, rows 16 to 40).
     */
    private static boolean isKorean(byte[] head) {
        int pairs = 0;
        int syllables = 0;
        for (int i = 0; i < head.length; i++) {
            if (head[i] < 0) {
                int first = head[i] & 0xFF;
                int second = i + 1 < head.length ? head[i + 1] & 0xFF : 0xFF;
                if (second < 0xA1) {
                    return false;
                }
                pairs++;
                syllables += first >= 0xB0 && first <= 0xC8 ? 1 : 0;
                i++;
            }
        }
        return pairs >= 3 && syllables > 0.9 * pairs;
    }

    private static boolean isLetter(byte[] text, int at) {
        return at >= 0 && at < text.length && ((text[at] | 0x20) >= 'a') && ((text[at] | 0x20) <= 'z');
    }

    /** How much a text looks like words of a Cyrillic language. */
    private static int cyrillic(String text) {
        int score = 0;
        char before = ' ';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                boolean letter = c >= 0x400 && c <= 0x4FF;
                score += letter ? 1 : -3;
                boolean inWord = Character.isLetter(before);
                // Lower case inside a word is usual, upper case after lower case is not.
                if (letter && inWord && Character.isUpperCase(c) && Character.isLowerCase(before)) {
                    score -= 4;
                }
                score += letter && Character.isLowerCase(c) ? 1 : 0;
                score += FREQUENT.indexOf(Character.toString(c)
                                        .toLowerCase(Locale.ROOT)
                                        .charAt(0))
                                >= 0
                        ? 1
                        : 0;
            }
            before = c;
        }
        return score;
    }

    /** Reads characters of one charset and hands out their UTF-8 bytes. */
    private static final class Utf8Stream extends InputStream {

        private static final int PART = 8 << 10;

        private final InputStream source;
        private final Reader reader;
        private final char[] part = new char[PART];
        private byte[] bytes = new byte[0];
        private int at;
        private char pending;

        Utf8Stream(InputStream source, Charset charset) {
            this.source = source;
            this.reader = new InputStreamReader(source, charset);
        }

        @Override
        public int read() throws IOException {
            return fill() ? bytes[at++] & 0xFF : -1;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (!fill()) {
                return -1;
            }
            int n = Math.min(length, bytes.length - at);
            System.arraycopy(bytes, at, into, from, n);
            at += n;
            return n;
        }

        private boolean fill() throws IOException {
            while (at == bytes.length) {
                int from = pending == 0 ? 0 : 1;
                part[0] = pending;
                pending = 0;
                int n = reader.read(part, from, PART - from);
                int length = from + Math.max(n, 0);
                if (length == 0) {
                    return false;
                }
                if (n > 0 && Character.isHighSurrogate(part[length - 1])) {
                    pending = part[--length]; // its other half comes with the next part
                }
                bytes = new String(part, 0, length).getBytes(StandardCharsets.UTF_8);
                at = 0;
            }
            return true;
        }

        @Override
        public void close() throws IOException {
            source.close();
        }
    }
}
