package uz.koprik.indicators.observable;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import uz.koprik.indicators.observable.forms.DefangedScheme;
import uz.koprik.indicators.observable.forms.DressedDot;

/** Undoes what analysts do to a value so that nobody clicks it: {@code hxxps[:]//ex[.]com}, {@code a(at)ex(dot)com}. */
public final class Defang {

    /** What stands in brackets, in lower case. */
    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("dot", "."),
            Map.entry("d0t", "."),
            Map.entry(".", "."),
            Map.entry("punkt", "."),
            Map.entry("tochka", "."),
            Map.entry("точка", "."),
            Map.entry("крапка", "."),
            Map.entry("punto", "."),
            Map.entry("ponto", "."),
            Map.entry("point", "."),
            Map.entry("pont", "."),
            Map.entry("nokta", "."),
            Map.entry("nuqta", "."),
            Map.entry("kropka", "."),
            Map.entry("点", "."),
            Map.entry("점", "."),
            Map.entry("at", "@"),
            Map.entry("et", "@"),
            Map.entry("@", "@"),
            Map.entry("собака", "@"),
            Map.entry("sobaka", "@"),
            Map.entry("arroba", "@"),
            Map.entry("kukac", "@"),
            Map.entry("małpa", "@"),
            Map.entry("골뱅이", "@"),
            Map.entry(":", ":"),
            Map.entry("://", "://"),
            Map.entry("/", "/"),
            Map.entry("//", "//"),
            Map.entry("colon", ":"),
            Map.entry("slash", "/"),
            Map.entry("-", "-"),
            Map.entry("www", "www"));

    private static final int LONGEST_WORD = 10;
    private static final int LONGEST_NAME = 253;

    private Defang() {}

    /** Whether a character shows nothing, by which layout, the direction of writing or deception part words. */
    public static boolean isInvisible(char c) {
        return c == '\u00AD'
                || c == '\u061C'
                || (c >= '\u200B' && c <= '\u200F')
                || (c >= '\u202A' && c <= '\u202E')
                || c == '\u2060'
                || (c >= '\u2066' && c <= '\u2069')
                || c == '\uFEFF';
    }

    /** The value as it was; the same string when nothing was defanged. */
    public static String refang(String text) {
        boolean asWritten = isBare(text) && (text.isEmpty() || DefangedScheme.at(text, 0, false) == null);
        return DefangedScheme.withSlashes(
                asWritten ? text : new Reading(text, false).read().text());
    }

    /** Whether nothing but a scheme can be defanged in a value, since it has none of the signs that defanging takes. */
    private static boolean isBare(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (!isNameChar(c) && c != '.' && c != ':' && c != '/' && c != '@' && c != '_') {
                return false;
            }
        }
        return true;
    }

    /** A running text with the values in it as they were, character by character of one's own width. */
    public static Text inText(String text) {
        return new Reading(text, true).read();
    }

    /** A text without defanging, which knows where each character stood. */
    public static final class Text {

        private final String given;
        private final String text;
        private final int[] starts;
        private final int[] ends;

        private Text(String given, String text, int[] starts, int[] ends) {
            this.given = given;
            this.text = text;
            this.starts = starts;
            this.ends = ends;
        }

        /** The text without defanging. */
        public String text() {
            return text;
        }

        /** Where the character {@code at} of {@link #text} begins in the given text. */
        public int start(int at) {
            return starts.length == 0 ? at : at < text.length() ? starts[at] : given.length();
        }

        /** Where the part of {@link #text} before {@code end} ends in the given text. */
        public int end(int end) {
            return starts.length == 0 ? end : end == 0 ? 0 : ends[end - 1];
        }

        /** The part of the given text in which a part of {@link #text} stood. */
        public String given(int from, int to) {
            return given.substring(start(from), end(to));
        }

        /** Whether a part of {@link #text} was written in another way. */
        public boolean isDefanged(int from, int to) {
            return starts.length > 0
                    && (end(to) - start(from) != to - from || !given.regionMatches(start(from), text, from, to - from));
        }
    }

    /** One pass over a text. */
    private static final class Reading {

        private final String given;
        private final boolean running;
        private StringBuilder out;
        private int[] starts = {};
        private int[] ends = {};

        Reading(String given, boolean running) {
            this.given = given;
            this.running = running;
        }

        Text read() {
            int at = 0;
            while (at < given.length()) {
                int next = step(at);
                if (next < 0) {
                    if (out != null) {
                        append(String.valueOf(given.charAt(at)), at, at + 1);
                    }
                    next = at + 1;
                }
                at = next;
            }
            String text = out == null ? given : out.toString();
            return out == null || !running
                    ? new Text(given, text, new int[0], new int[0])
                    : new Text(given, text, Arrays.copyOf(starts, out.length()), Arrays.copyOf(ends, out.length()));
        }

        /** Replaces what stands at a position: where to go on, or -1 when the character stays. */
        private int step(int at) {
            char c = given.charAt(at);
            if (c > 0x7F) {
                return wide(c, at);
            }
            return switch (c) {
                case '[', '(', '{' -> {
                    int end = c == '[' ? scheme(at) : -1;
                    end = end >= 0 ? end : dot(at);
                    yield end >= 0 ? end : bracket(c, at);
                }
                case ']', '}' -> next(at) == '.' || isDressing(next(at)) ? dot(at) : -1;
                case '.' -> isDressing(next(at)) ? dot(at) : -1;
                case '\\' -> backslash(at);
                case '^' -> next(at) == '.' && isAlnum(last(at)) ? replace("", at, at + 1) : -1;
                case '<' -> given.startsWith("<.>", at) && isAlnum(last(at)) ? replace(".", at, at + 3) : -1;
                case ' ' -> next(at) == '.' ? blankBeforeEnding(at) : -1;
                case 'd', 'D' -> given.regionMatches(true, at, "dot]", 0, 4) ? halfBracket(at, at + 4) : -1;
                case 'x',
                        'X',
                        'h',
                        'H',
                        'm',
                        'M',
                        'p',
                        'P',
                        't',
                        'T',
                        'f',
                        'F',
                        's',
                        'S',
                        'w',
                        'W',
                        'u',
                        'U',
                        'l',
                        'L',
                        'r',
                        'R',
                        'i',
                        'I' -> scheme(at);
                default -> -1;
            };
        }

        private int scheme(int at) {
            DefangedScheme scheme = DefangedScheme.at(given, at, running);
            return scheme == null ? -1 : replace(scheme.scheme(), at, scheme.end());
        }

        /**
         * A dot in more than one bracket or in brackets that do not fit: {@code a].[b}, {@code a[[.)b},
         * {@code a\(.\)b}.
         */
        private int dot(int at) {
            DressedDot dot = DressedDot.at(given, at);
            if (dot == null || !isAlnum(lastBeforeBlanks(at)) || !dot.joins(word(at), given)) {
                return -1;
            }
            trimSpaceBefore(at);
            return replace(".", at, dot.end);
        }

        private int backslash(int at) {
            int end = at;
            while (end < given.length() && given.charAt(end) == '\\' && end - at < 12) {
                end++;
            }
            char after = end < given.length() ? given.charAt(end) : 0;
            if (after == '.' && given.regionMatches(true, end, ".DEFAULT", 0, 8)) {
                return -1; // a key of the registry
            }
            if (after == '.' && (!running || isAlnum(last(at)))) {
                return replace("", at, end);
            }
            boolean apart = after == '.' && running && last(at) == ' ' && isAlnum(lastBeforeBlanks(at));
            if (apart && end + 2 < given.length() && given.charAt(end + 1) == ' ' && isAlnum(given.charAt(end + 2))) {
                trimSpaceBefore(at);
                return replace(".", at, end + 2); // name \. example \. com
            }
            return isDressing(after) ? dot(at) : -1;
        }

        /** A blank before the last part of a host: {@code http://example .com/}. */
        private int blankBeforeEnding(int at) {
            String word = word(at);
            int host = word.indexOf("://") + 3;
            int end = at + 2;
            while (end < given.length() && end - at < 26 && given.charAt(end) >= 'a' && given.charAt(end) <= 'z') {
                end++;
            }
            boolean whole = end == given.length() || "/: \t\r\n".indexOf(given.charAt(end)) >= 0;
            boolean label =
                    host > 2 && host < word.length() && word.chars().skip(host).allMatch(Defang::isNameChar);
            return label && whole && end - at > 3 ? replace("", at, at + 1) : -1;
        }

        /** The word {@code dot} with a bracket on one side, which only a URL or an address makes sure. */
        private int halfBracket(int from, int to) {
            String word = word(from);
            boolean sure = word.contains("://") || word.indexOf('@') > 0;
            return sure && isAlnum(last(from)) && to < given.length() && isAlnum(given.charAt(to))
                    ? replace(".", from, to)
                    : -1;
        }

        /** What is read of the word before a position, without the blanks after it. */
        private String word(int at) {
            CharSequence before = out == null ? given.subSequence(Math.max(0, at - LONGEST_NAME), at) : out;
            int end = before.length();
            while (end > 0 && before.charAt(end - 1) == ' ') {
                end--;
            }
            int from = end;
            while (from > 0 && end - from < LONGEST_NAME && before.charAt(from - 1) > ' ') {
                from--;
            }
            return before.subSequence(from, end).toString();
        }

        private int bracket(char c, int at) {
            int end = -1;
            for (int i = at + 1; i < given.length() && i <= at + LONGEST_WORD; i++) {
                char one = given.charAt(i);
                if (one == ']' || one == ')' || one == '}') {
                    end = i;
                    break;
                }
            }
            if (c == '[' && given.regionMatches(true, at, "[dot", 0, 4) && end < 0) {
                int half = halfBracket(at, at + 4);
                if (half > 0) {
                    return half; // http://ex[dotcom
                }
            }
            if (c == '[' && next(at) == '/' && end < 0 && isAlnum(last(at)) && isOpenPath(at + 2)) {
                return replace("/", at, at + 2); // http://ex.com[/path
            }
            if (end > 0) {
                String inside = given.substring(at + 1, end).strip();
                boolean digits =
                        Ascii.isDigit(last(at)) && end + 1 < given.length() && Ascii.isDigit(given.charAt(end + 1));
                if (digits && inside.equals(",")) {
                    return replace(".", at, end + 1); // 192[,]0[,]2[,]1
                }
                String meant = WORDS.get(inside.toLowerCase(Locale.ROOT));
                int after = end + 1;
                while (after < given.length() && given.charAt(after) == ' ') {
                    after++;
                }
                // In running text a sign between blanks or at an end joins nothing.
                boolean joins = !running
                        || (isAlnum(lastBeforeBlanks(at)) && after < given.length() && isAlnum(given.charAt(after)))
                        || (meant != null && ":/-www".contains(meant.substring(0, 1)));
                if ("www".equals(meant)) {
                    return replace(meant, at, end + 1); // a name begins with it, so the blank before it stays
                }
                if (meant != null && joins) {
                    int next = end + 1;
                    trimSpaceBefore(at);
                    while (next < given.length() && given.charAt(next) == ' ') {
                        next++;
                    }
                    return replace(meant, at, next);
                }
                if (inside.length() > 2
                        && inside.charAt(0) == '.'
                        && inside.chars().skip(1).allMatch(Ascii::isLetter)) {
                    return replace(inside, at, end + 1); // ex[.com]
                }
            }
            if (c == '[' && given.startsWith("[.", at)) {
                return replace(".", at, at + 2); // ex[.com and ex[.[com
            }
            return -1;
        }

        /** Whether a path goes on in the word and no bracket closes: {@code [/url]} is markup. */
        private boolean isOpenPath(int at) {
            int end = at;
            while (end < given.length() && given.charAt(end) > ' ' && given.charAt(end) != ']') {
                end++;
            }
            boolean closed = end < given.length() && given.charAt(end) == ']';
            return !closed
                    && end > at
                    && isAlnum(given.charAt(at))
                    && word(at - 2).contains("://");
        }

        private int wide(char c, int at) {
            if (c == '。' || c == '．' || c == '｡') {
                boolean inName = isAlnum(last(at)) && isAlnum(next(at));
                return !running || inName || c == '．' ? replace(".", at, at + 1) : -1;
            }
            if (!running) {
                return -1;
            }
            if (c == '\uFF1A' && isInPath(at)) {
                return -1; // words of the text follow
            }
            if (c >= 0xFF01 && c <= 0xFF5E && "（）［］｛｝，；！＂＇＜＞｜".indexOf(c) < 0) {
                return replace(String.valueOf((char) (c - 0xFEE0)), at, at + 1);
            }
            if (isInvisible(c)) {
                return replace("", at, at + 1);
            }
            if (c == '\u2011') {
                return replace("-", at, at + 1);
            }
            return Character.isSpaceChar(c) && c != '\u2028' && c != '\u2029' ? replace(" ", at, at + 1) : -1;
        }

        /** Whether the path of a URL stands before a position. */
        private boolean isInPath(int at) {
            String word = word(at);
            int host = word.indexOf("://") + 3;
            return host > 2 && word.indexOf('/', host) >= 0;
        }

        private char lastBeforeBlanks(int at) {
            int from = at - 1;
            while (from >= 0 && given.charAt(from) == ' ') {
                from--;
            }
            return from < 0 ? 0 : given.charAt(from) == ']' || given.charAt(from) == ')' ? 'a' : given.charAt(from);
        }

        private char next(int at) {
            return at + 1 < given.length() ? given.charAt(at + 1) : 0;
        }

        /** The last character that stays before a position. */
        private char last(int at) {
            if (out == null) {
                return at == 0 ? 0 : given.charAt(at - 1);
            }
            return out.isEmpty() ? 0 : out.charAt(out.length() - 1);
        }

        private int replace(String meant, int from, int to) {
            begin(from);
            append(meant, from, to);
            return to;
        }

        private void begin(int at) {
            if (out != null) {
                return;
            }
            out = new StringBuilder(given.length()).append(given, 0, at);
            if (running) {
                starts = new int[given.length() + 16];
                ends = new int[given.length() + 16];
                for (int i = 0; i < at; i++) {
                    starts[i] = i;
                    ends[i] = i + 1;
                }
            }
        }

        private void append(String piece, int from, int to) {
            for (int i = 0; i < piece.length(); i++) {
                if (running) {
                    if (out.length() == starts.length) {
                        starts = Arrays.copyOf(starts, starts.length * 2);
                        ends = Arrays.copyOf(ends, ends.length * 2);
                    }
                    // One character for each where that fits, so that a part of a longer scheme has its own place.
                    boolean same = piece.length() == to - from;
                    starts[out.length()] = same ? from + i : from;
                    ends[out.length()] = same ? from + i + 1 : to;
                }
                out.append(piece.charAt(i));
            }
        }

        private void trimSpaceBefore(int at) {
            begin(at);
            while (!out.isEmpty() && out.charAt(out.length() - 1) == ' ') {
                out.setLength(out.length() - 1);
            }
        }
    }

    private static boolean isDressing(char c) {
        return DressedDot.SIGNS.indexOf(c) >= 0;
    }

    private static boolean isNameChar(int c) {
        return isAlnum(c) || c == '-';
    }

    private static boolean isAlnum(int c) {
        return Ascii.isDigit(c) || Ascii.isLetter(c) || (c > 0x7F && Character.isLetterOrDigit(c));
    }
}
