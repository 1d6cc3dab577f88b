package uz.koprik.indicators.observable.text;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.ObservableKind;

/** URLs in base64, in hexadecimal digits or with escapes for their slashes; decoded once. */
final class EncodedUrls {

    private static final int SHORTEST = 16;

    /** How base64 writes {@code ://}, by its place in a group of three bytes. */
    private static final String[] MARKS = {"Oi8v", "ovL", "6Ly"};

    private final String text;
    private final Findings found;
    private final KindGuesser cell;

    EncodedUrls(Findings found, KindGuesser cell) {
        this.text = found.text();
        this.found = found;
        this.cell = cell;
    }

    /** The first URL that a word holds in another writing: where the word ends, or -1. */
    int at(int at, int to) {
        int end = at;
        int percent = -1;
        while (end < to && (TextChars.isAlnum(text.charAt(end)) || "+/_-=%.".indexOf(text.charAt(end)) >= 0)) {
            percent = percent < 0 && text.charAt(end) == '%' ? end : percent;
            end++;
        }
        if (end - at > ObservableKind.MAX_LENGTH) {
            return -1;
        }
        RecognisedValue value;
        if (percent > at && text.regionMatches(true, percent, "%3A%2F%2F", 0, 9)) {
            value = percent(at, end);
        } else {
            String decoded = end - at < SHORTEST ? null : decoded(text.substring(at, end));
            value = decoded == null ? null : first(decoded);
        }
        if (value == null) {
            return -1;
        }
        found.add(value.with(Remark.DECODED), at, end);
        return end;
    }

    private RecognisedValue percent(int from, int to) {
        try {
            String decoded =
                    java.net.URLDecoder.decode(text.substring(from, to).replace("+", "%2B"), StandardCharsets.UTF_8);
            RecognisedValue value = cell.guess(decoded);
            boolean url = value != null
                    && value.observable().kind() == ObservableKind.URL
                    && decoded.chars().noneMatch(c -> c < ' ' || c == 0xFFFD);
            return url ? value : null;
        } catch (IllegalArgumentException e) {
            return null; // an escape that is none
        }
    }

    /** The bytes of a word as text when it may hold a URL, or null. */
    private static String decoded(String word) {
        if (isHex(word)) {
            return indexOfMark(word) >= 0 ? new String(HexFormat.of().parseHex(word), StandardCharsets.UTF_8) : null;
        }
        boolean mark = false;
        for (String one : MARKS) {
            mark |= word.contains(one);
        }
        if (!mark) {
            return null;
        }
        String body = word.replace('-', '+').replace('_', '/').replaceAll("=+$", "");
        body = body.length() % 4 == 1 ? body.substring(0, body.length() - 1) : body; // a character too many
        try {
            return new String(Base64.getDecoder().decode(body), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return null; // not base64
        }
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

    /** The first URL of a decoded text, of a scheme and with a host that are known. */
    private RecognisedValue first(String decoded) {
        int mark = decoded.indexOf("://");
        int begin = mark < 0 ? -1 : TextUrl.schemeStart(decoded, 0, mark);
        if (begin < 0) {
            return null;
        }
        int end = new TextUrl(decoded, cell, begin, mark + 3).end();
        String part = decoded.substring(begin, end);
        Observable url = TextUrl.isKnownScheme(part) ? cell.attempt(part, ObservableKind.URL) : null;
        RecognisedValue value = url == null ? null : Doubts.of(Findings.plainValue(url, 0, 0), part, part);
        return value == null || value.doubtful() ? null : value;
    }
}
