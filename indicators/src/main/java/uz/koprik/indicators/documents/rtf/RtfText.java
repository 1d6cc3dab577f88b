package uz.koprik.indicators.documents.rtf;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of RTF, or the HTML that it encapsulates ([MS-OXRTFEX]): what stands in groups {@code \*\htmltag} and
 * between them, without what {@code \htmlrtf} switches off.
 *
 * @param text its characters; lines end in {@code \n}
 * @param html whether the text is HTML
 * @param links targets of hyperlinks, as they are written
 */
public record RtfText(String text, boolean html, List<String> links) {

    private static final int DEEPEST = 1_000;

    /** Groups that are no text. */
    private static final Set<String> SILENT = Set.of(
            "fonttbl",
            "colortbl",
            "stylesheet",
            "info",
            "pict",
            "object",
            "listtable",
            "listoverridetable",
            "revtbl",
            "rsidtbl",
            "generator",
            "themedata",
            "colorschememapping",
            "datastore",
            "latentstyles",
            "xmlnstbl",
            "filetbl");

    private static final Pattern LINK = Pattern.compile("HYPERLINK\\s+(?:\\\\l\\s+)?\"([^\"]{1,4096})\"");

    /** Code pages of fonts by {@code \fcharset}. */
    private static final Map<Integer, String> CHARSETS = Map.ofEntries(
            Map.entry(128, "windows-31j"),
            Map.entry(129, "x-windows-949"),
            Map.entry(134, "GBK"),
            Map.entry(136, "Big5"),
            Map.entry(161, "windows-1253"),
            Map.entry(162, "windows-1254"),
            Map.entry(163, "windows-1258"),
            Map.entry(177, "windows-1255"),
            Map.entry(178, "windows-1256"),
            Map.entry(186, "windows-1257"),
            Map.entry(204, "windows-1251"),
            Map.entry(238, "windows-1250"));

    public RtfText {
        links = List.copyOf(links);
    }

    /** Reads RTF; odd parts are left out. Groups that are nested too deep end it. */
    public static RtfText of(byte[] rtf) {
        return new Reader(rtf).read();
    }

    /** What holds within a group. */
    private record Group(boolean silent, boolean field, boolean tag, boolean off, Charset charset, int skip) {

        Group asSilent() {
            return new Group(true, field, tag, off, charset, skip);
        }

        Group asField() {
            return new Group(true, true, tag, off, charset, skip);
        }

        Group asTag() {
            return new Group(false, field, true, off, charset, skip);
        }

        Group switchedOff(boolean to) {
            return new Group(silent, field, tag, to, charset, skip);
        }

        Group in(Charset to) {
            return new Group(silent, field, tag, off, to, skip);
        }

        Group skipping(int characters) {
            return new Group(silent, field, tag, off, charset, characters);
        }
    }

    /** One walk over the bytes. */
    private static final class Reader {

        private final byte[] rtf;
        private final StringBuilder text = new StringBuilder();
        private final StringBuilder field = new StringBuilder();
        private final List<String> links = new ArrayList<>();
        private final Deque<Group> outer = new ArrayDeque<>();
        private final Map<Integer, Charset> fonts = new HashMap<>();
        private final ByteArrayOutputStream coded = new ByteArrayOutputStream();
        private Charset page = Charset.forName("windows-1252");
        private Group group = new Group(false, false, false, false, page, 1);
        private boolean html;
        private boolean starred;
        private boolean inFonts;
        private int font;
        private int skip;
        private int at;

        Reader(byte[] rtf) {
            this.rtf = rtf;
        }

        RtfText read() {
            while (at < rtf.length && outer.size() <= DEEPEST) {
                byte b = rtf[at++];
                switch (b) {
                    case '{' -> {
                        flush();
                        outer.push(group);
                        starred = false;
                    }
                    case '}' -> close();
                    case '\\' -> control();
                    case '\r', '\n', 0 -> {}
                    default -> put(b);
                }
            }
            flush();
            return new RtfText(text.toString(), html, links);
        }

        private void close() {
            flush();
            boolean ends = group.field() && (outer.isEmpty() || !outer.peek().field());
            if (ends) {
                Matcher link = LINK.matcher(field);
                while (link.find()) {
                    links.add(link.group(1));
                }
                field.setLength(0);
            }
            if (!outer.isEmpty()) {
                group = outer.pop();
            }
            inFonts &= group.silent();
        }

        private void control() {
            if (at >= rtf.length) {
                return;
            }
            int c = rtf[at] & 0xFF;
            if (c == '\'') {
                int value = at + 2 < rtf.length ? hex(rtf[at + 1]) << 4 | hex(rtf[at + 2]) : -1;
                at = Math.min(rtf.length, at + 3);
                if (value >= 0) {
                    put((byte) value);
                }
                return;
            }
            if (!isLetter(c)) {
                at++;
                symbol((char) c);
                return;
            }
            int from = at;
            while (at < rtf.length && isLetter(rtf[at]) && at - from < 32) {
                at++;
            }
            String word = new String(rtf, from, at - from, StandardCharsets.US_ASCII);
            int digits = at;
            if (at < rtf.length && rtf[at] == '-') {
                at++;
            }
            while (at < rtf.length && rtf[at] >= '0' && rtf[at] <= '9' && at - digits < 10) {
                at++;
            }
            String number = new String(rtf, digits, at - digits, StandardCharsets.US_ASCII);
            if (at < rtf.length && rtf[at] == ' ') {
                at++;
            }
            boolean none = number.isEmpty() || number.equals("-");
            word(word, none ? -1 : (int) Long.parseLong(number), none);
        }

        private void symbol(char c) {
            switch (c) {
                case '\\', '{', '}' -> put((byte) c);
                case '~' -> append(" ");
                case '_' -> append("-");
                case '\n', '\r' -> line();
                case '*' -> starred = true;
                default -> {}
            }
        }

        private void word(String word, int number, boolean none) {
            if (starred) {
                starred = false;
                flush();
                group = switch (word) {
                    case "htmltag" -> group.asTag();
                    case "fldinst" -> group.asField();
                    default -> group.asSilent();
                };
                return;
            }
            switch (word) {
                case "par", "line", "row", "sect", "page" -> line();
                case "tab", "cell" -> append("\t");
                case "u" -> unicode(number);
                case "uc" -> group = group.skipping(Math.clamp(number, 0, 8));
                case "bin" -> at = (int) Math.min(rtf.length, at + (long) Math.max(0, number));
                case "fromhtml" -> html = none || number != 0;
                case "htmlrtf" -> {
                    flush();
                    group = group.switchedOff(none || number != 0);
                }
                case "ansicpg" -> {
                    page = charset(number);
                    group = group.in(page);
                }
                case "f" -> font(number);
                case "fcharset" -> {
                    if (inFonts && CHARSETS.containsKey(number)) {
                        fonts.put(font, charset(CHARSETS.get(number)));
                    }
                }
                case "fldinst" -> group = group.asField();
                case "lquote", "rquote" -> append("'");
                case "ldblquote", "rdblquote" -> append("\"");
                case "emdash", "endash" -> append("-");
                case "bullet" -> append("\u2022");
                default -> {
                    if (SILENT.contains(word)) {
                        flush();
                        inFonts |= word.equals("fonttbl");
                        group = group.asSilent();
                    }
                }
            }
        }

        private void font(int number) {
            font = number;
            if (!inFonts) {
                flush();
                group = group.in(fonts.getOrDefault(number, page));
            }
        }

        private void unicode(int number) {
            flush();
            append(String.valueOf((char) number));
            skip = group.skip();
        }

        private void line() {
            append(html ? "\r\n" : "\n");
        }

        private void put(byte b) {
            if (skip > 0) {
                skip--;
                return;
            }
            coded.write(b);
        }

        private void append(String characters) {
            flush();
            out(characters);
        }

        private void flush() {
            if (coded.size() > 0) {
                out(coded.toString(group.charset()));
                coded.reset();
            }
            skip = 0;
        }

        private void out(String characters) {
            if (group.field()) {
                field.append(characters);
            } else if (!group.silent() && (group.tag() || !group.off())) {
                text.append(characters);
            }
        }

        private static Charset charset(int page) {
            return charset(
                    page == 65_001
                            ? "UTF-8"
                            : page == 932
                                    ? "windows-31j"
                                    : page == 936
                                            ? "GBK"
                                            : page == 949 ? "x-windows-949" : page == 950 ? "Big5" : "windows-" + page);
        }

        private static Charset charset(String name) {
            return Charset.isSupported(name) ? Charset.forName(name) : Charset.forName("windows-1252");
        }

        private static boolean isLetter(int c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        }

        private static int hex(byte b) {
            return Math.max(0, Character.digit((char) (b & 0xFF), 16));
        }
    }
}
