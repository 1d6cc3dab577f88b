package uz.koprik.indicators.observable.text;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import uz.koprik.indicators.observable.ObservableKind;

/** URLs in base64 or with escapes for their slashes. */
final class EncodedUrls {

    private final String text;
    private final Findings found;
    private final KindGuesser cell;

    EncodedUrls(Findings found, KindGuesser cell) {
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
        String decoded = null;
        if (percent > at && text.regionMatches(true, percent, "%3A%2F%2F", 0, 9)) {
            try {
                decoded =
                        java.net.URLDecoder.decode(text.substring(at, end).replace("+", "%2B"), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                return -1;
            }
        } else if (end - at >= 16 && (text.startsWith("aHR0c", at) || text.startsWith("ZnRwOi8v", at))) {
            String body =
                    text.substring(at, end).replace('-', '+').replace('_', '/').replaceAll("=+$", "");
            try {
                decoded = new String(Base64.getDecoder().decode(body), StandardCharsets.UTF_8).strip();
            } catch (IllegalArgumentException e) {
                return -1;
            }
        }
        if (decoded == null || decoded.length() > ObservableKind.MAX_LENGTH) {
            return -1;
        }
        RecognisedValue value = cell.guess(decoded);
        if (value == null
                || value.observable().kind() != ObservableKind.URL
                || decoded.chars().anyMatch(c -> c < ' ' || c == 0xFFFD)) {
            return -1;
        }
        found.add(value.with(Remark.DECODED), at, end);
        return end;
    }
}
