package uz.koprik.indicators.observable.text;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.observable.text.url.TextChars;
import uz.koprik.indicators.observable.text.url.TextUrl;
import uz.koprik.indicators.observable.text.url.UrlScheme;
import uz.koprik.indicators.observable.text.url.WrappedLinks;

/** URLs in base64, in hexadecimal digits or with escapes for their slashes; decoded once. */
final class EncodedUrls {

    private static final int SHORTEST = 16;
    private static final int DEEPEST = 3;

    /** How base64 writes {@code ://}, by its place in a group of three bytes; also in UTF-16. */
    private static final String[] MARKS = {"Oi8v", "ovL", "6Ly", "OgAvAC8A", "oALwAv", "6AC8AL"};

    private final String text;
    private final TextFindings found;
    private final KindGuesser cell;
    private int runFrom;
    private int runEnd;

    EncodedUrls(TextFindings found, KindGuesser cell) {
        this.text = found.text();
        this.found = found;
        this.cell = cell;
    }

    /** The first URL that a word holds in another writing: where the word ends, or -1. */
    int at(int at, int to) {
        int end = Math.min(runEnd(at), to);
        if (end - at > ObservableKind.MAX_LENGTH) {
            return -1;
        }
        boolean encoded = text.indexOf('%', at, end) > at || (end - at >= SHORTEST && mayHold(at, end));
        RecognisedValue value = encoded ? decoded(text.substring(at, end)) : null;
        if (value == null) {
            return -1;
        }
        found.add(value, at, end);
        return end;
    }

    /** Where the characters end that an encoded URL may have; each run of them is measured once. */
    private int runEnd(int at) {
        if (at < runFrom || at >= runEnd) {
            int end = at;
            while (end < text.length()
                    && (TextChars.isAlnum(text.charAt(end)) || "+/_-=%.".indexOf(text.charAt(end)) >= 0)) {
                end++;
            }
            runFrom = at;
            runEnd = end;
        }
        return runEnd;
    }

    /** Adds the URLs that stand in a URL, encoded or not, such as the target of a redirection. */
    void inside(String url, int from, int to) {
        String part = url;
        for (int depth = 0; part != null && depth < DEEPEST; depth++) {
            part = mayWrap(part) ? addTargets(part, from, to) : null;
        }
    }

    /** A look at a URL without cutting it: whether it may have another one in its path or query. */
    private static boolean mayWrap(String url) {
        int host = url.indexOf("://") + 3;
        int query = url.indexOf('?', host);
        return url.indexOf(":/", host) > 0
                || (url.indexOf('%', host) > 0 && (url.indexOf("%3", host) > 0 || url.indexOf("%253", host) > 0))
                || (query > 0
                        && (url.indexOf("-3A__", query) > 0
                                || url.indexOf("domain=", query) > 0
                                || hasMark(url, query)));
    }

    /** Adds what a URL has in it: the last of these URLs, or null. */
    private String addTargets(String url, int from, int to) {
        String domain = WrappedLinks.domain(url);
        if (cell.isOneValue(domain)) {
            found.add(cell.guess(domain).with(Remark.DECODED), from, to);
        }
        String last = null;
        for (String part : WrappedLinks.parts(url)) {
            RecognisedValue value = decoded(part);
            if (value != null) {
                found.add(value, from, to);
                last = value.observable().value();
            }
        }
        return last;
    }

    /** The URL that a word is once it is decoded, or null. */
    private RecognisedValue decoded(String word) {
        RecognisedValue value;
        try {
            value = UrlScheme.isKnown(word) ? whole(word) : isEscaped(word) ? whole(unescaped(word)) : fromDigits(word);
        } catch (IllegalArgumentException e) {
            return null; // neither escapes nor base64
        }
        return value == null ? null : value.with(Remark.DECODED);
    }

    /** Whether a word begins as a URL of the web does with escapes for its colon, once or twice. */
    private static boolean isEscaped(String word) {
        int escape = word.indexOf('%');
        escape = escape < 0 ? word.indexOf("-3A__") : escape;
        return escape > 0
                && (word.startsWith("-3A__", escape)
                        || word.regionMatches(true, escape, "%3A%2F%2F", 0, 9)
                        || word.regionMatches(true, escape, "%3A//", 0, 5)
                        || word.regionMatches(true, escape, "%253A%252F%252F", 0, 15));
    }

    private static String unescaped(String word) {
        boolean defended = word.indexOf("-3A__") > 0; // Proofpoint has other signs for % and /
        String escaped = defended ? word.replace('-', '%').replace('_', '/') : word;
        String once = URLDecoder.decode(escaped.replace("+", "%2B"), StandardCharsets.UTF_8);
        return once.regionMatches(true, once.indexOf('%'), "%3A%2F%2F", 0, 9)
                ? URLDecoder.decode(once.replace("+", "%2B"), StandardCharsets.UTF_8)
                : once;
    }

    /** The URL that base64 or hexadecimal digits hold. */
    private RecognisedValue fromDigits(String word) {
        if (word.length() < SHORTEST) {
            return null;
        }
        if (isHex(word)) {
            return indexOfMark(word) < 0 ? null : first(HexFormat.of().parseHex(word));
        }
        if (!hasMark(word, 0)) {
            return null;
        }
        String body = word.replaceAll("%3[Dd]", "")
                .replace('-', '+')
                .replace('_', '/')
                .replaceAll("=+$", "");
        body = body.length() % 4 == 1 ? body.substring(0, body.length() - 1) : body; // a character too many
        RecognisedValue value = first(Base64.getDecoder().decode(body));
        String groups = body.substring(0, body.length() / 4 * 4);
        return value == null && groups.length() < body.length()
                ? first(Base64.getDecoder().decode(groups)) // letters that hang on
                : value;
    }

    private RecognisedValue whole(String decoded) {
        if (decoded.length() > ObservableKind.MAX_LENGTH || decoded.chars().anyMatch(c -> c < ' ' || c == 0xFFFD)) {
            return null;
        }
        RecognisedValue value = cell.guess(decoded);
        return value == null || value.observable().kind() != ObservableKind.URL ? null : value;
    }

    /** The first URL of decoded bytes, of a scheme and with a host that are known. */
    private RecognisedValue first(byte[] bytes) {
        boolean wide = bytes.length > 1 && bytes[1] == 0; // as PowerShell encodes commands
        String decoded = new String(bytes, wide ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_8);
        int mark = decoded.indexOf("://");
        int begin = mark < 0 ? -1 : UrlScheme.start(decoded, 0, mark);
        if (begin < 0) {
            return null;
        }
        String part = decoded.substring(begin, new TextUrl(decoded, cell, begin, mark + 3).end());
        Observable url = UrlScheme.isKnown(part) ? cell.attempt(part, ObservableKind.URL) : null;
        RecognisedValue value = url == null ? null : Doubts.of(TextFindings.plainValue(url, 0, 0), part, part);
        return value == null || value.doubtful() ? null : value;
    }

    /**
     * A look at a part of the text without cutting it out: whether it may hold a URL in base64 or hexadecimal digits.
     */
    private boolean mayHold(int from, int to) {
        for (int i = from; i + 2 < to; i++) {
            boolean mark =
                    switch (text.charAt(i)) {
                        case 'O', 'o', '6' -> isMark(i + 1);
                        case '3' -> text.regionMatches(true, i, "3a2f2f", 0, 6);
                        default -> false;
                    };
            if (mark) {
                return true;
            }
        }
        return false;
    }

    /** Whether the rest of a mark stands after its first character. */
    private boolean isMark(int at) {
        return switch (text.charAt(at)) {
            case 'i' -> text.startsWith("8v", at + 1);
            case 'v' -> text.startsWith("L", at + 1);
            case 'L' -> text.startsWith("y", at + 1);
            case 'g' -> text.startsWith("AvAC8A", at + 1);
            case 'A' -> text.startsWith("LwAv", at + 1) || text.startsWith("C8AL", at + 1);
            default -> false;
        };
    }

    private static boolean hasMark(String word, int from) {
        for (String mark : MARKS) {
            if (word.indexOf(mark, from) >= 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean isHex(String word) {
        if (word.length() % 2 != 0) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (!HexFormat.isHexDigit(word.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Where {@code ://} stands among the bytes of hexadecimal digits, or -1. */
    private static int indexOfMark(String word) {
        for (int i = 0; i + 6 <= word.length(); i += 2) {
            if (word.regionMatches(true, i, "3a2f2f", 0, 6)) {
                return i;
            }
        }
        return -1;
    }
}
