package uz.koprik.indicators.observable.text;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import uz.koprik.indicators.observable.ObservableKind;

/** URLs in base64 or with escapes for their slashes. */
final class EncodedUrls {

    private static final int SHORTEST = 16;
    private static final int MOST = 4;

    private final String text;
    private final TextFindings found;
    private final KindGuesser cell;

    EncodedUrls(TextFindings found, KindGuesser cell) {
        this.text = found.text();
        this.found = found;
        this.cell = cell;
    }

    /** A URL in base64 or with escapes for its slashes; it is decoded once. */
    int at(int at, int to) {
        int end = at;
        int percent = -1;
        while (end < to && (TextChars.isAlnum(text.charAt(end)) || "+/_-=%.".indexOf(text.charAt(end)) >= 0)) {
            percent = percent < 0 && text.charAt(end) == '%' ? end : percent;
            end++;
        }
        String word = text.substring(at, end);
        RecognisedValue value = percent > at || end - at >= SHORTEST ? decoded(word) : null;
        if (value == null) {
            return -1;
        }
        found.add(value, at, end);
        return end;
    }

    /** Adds the URLs that stand encoded in the query of a URL, such as the target of a redirection. */
    void inside(String url, int from, int to) {
        int query = url.indexOf('?');
        if (query < 0 || (url.indexOf("%3", query) < 0 && url.indexOf("aHR0c", query) < 0)) {
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
        String decoded;
        if (word.length() < 12) {
            return null;
        }
        int escape = word.indexOf('%');
        try {
            if (escape > 0 && word.regionMatches(true, escape, "%3A%2F%2F", 0, 9)) {
                decoded = URLDecoder.decode(word.replace("+", "%2B"), StandardCharsets.UTF_8);
            } else if (word.length() >= SHORTEST && (word.startsWith("aHR0c") || word.startsWith("ZnRwOi8v"))) {
                String body = word.replaceAll("%3[Dd]", "")
                        .replace('-', '+')
                        .replace('_', '/')
                        .replaceAll("=+$", "");
                decoded = new String(Base64.getDecoder().decode(body), StandardCharsets.UTF_8).strip();
            } else {
                return null;
            }
        } catch (IllegalArgumentException e) {
            return null; // neither escapes nor base64
        }
        if (decoded.length() > ObservableKind.MAX_LENGTH || decoded.chars().anyMatch(c -> c < ' ' || c == 0xFFFD)) {
            return null;
        }
        RecognisedValue value = cell.guess(decoded);
        return value == null || value.observable().kind() != ObservableKind.URL ? null : value.with(Remark.DECODED);
    }
}
