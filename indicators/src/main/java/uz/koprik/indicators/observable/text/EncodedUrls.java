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

/** URLs in base64, in hexadecimal digits or with escapes for their slashes; decoded once. */
final class EncodedUrls {

    private static final int SHORTEST = 16;
    private static final int MOST = 4;

    /** How base64 writes {@code ://}, by its place in a group of three bytes. */
    private static final String[] MARKS = {"Oi8v", "ovL", "6Ly"};

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

    /** Adds the URLs that stand encoded in the query of a URL, such as the target of a redirection. */
    void inside(String url, int from, int to) {
        int query = url.indexOf('?');
        if (query < 0 || (url.indexOf("%3", query) < 0 && !hasMark(url, query))) {
            return;
        }
        int seen = 0;
        int begin = query + 1;
        boolean named = false;
        for (int i = begin; i <= url.length() && seen < MOST; i++) {
            char c = i < url.length() ? url.charAt(i) : '&';
            if (c == '=' && !named) {
                begin = i + 1;
                named = true;
            } else if (c == '&' || c == ';' || c == '#') {
                RecognisedValue value = decoded(url.substring(begin, i));
                if (value != null) {
                    found.add(value, from, to);
                    seen++;
                }
                begin = i + 1;
                named = false;
            }
        }
    }

    /** The URL that a word is once it is decoded, or null. */
    private RecognisedValue decoded(String word) {
        int escape = word.indexOf('%');
        RecognisedValue value;
        try {
            if (escape > 0 && word.regionMatches(true, escape, "%3A%2F%2F", 0, 9)) {
                value = whole(URLDecoder.decode(word.replace("+", "%2B"), StandardCharsets.UTF_8));
            } else if (word.length() >= SHORTEST && isHex(word)) {
                value = indexOfMark(word) < 0 ? null : first(HexFormat.of().parseHex(word));
            } else if (word.length() >= SHORTEST && hasMark(word, 0)) {
                String body = word.replaceAll("%3[Dd]", "")
                        .replace('-', '+')
                        .replace('_', '/')
                        .replaceAll("=+$", "");
                body = body.length() % 4 == 1 ? body.substring(0, body.length() - 1) : body; // a character too many
                value = first(Base64.getDecoder().decode(body));
                String groups = body.substring(0, body.length() / 4 * 4);
                value = value == null && groups.length() < body.length()
                        ? first(Base64.getDecoder().decode(groups)) // letters that hang on
                        : value;
            } else {
                return null;
            }
        } catch (IllegalArgumentException e) {
            return null; // neither escapes nor base64
        }
        return value == null ? null : value.with(Remark.DECODED);
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
        String decoded = new String(bytes, StandardCharsets.UTF_8);
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
                        case 'O', 'o', '6' ->
                            text.startsWith("i8v", i + 1)
                                    || text.startsWith("vL", i + 1)
                                    || text.startsWith("Ly", i + 1);
                        case '3' -> text.regionMatches(true, i, "3a2f2f", 0, 6);
                        default -> false;
                    };
            if (mark) {
                return true;
            }
        }
        return false;
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
