package uz.koprik.indicators.documents;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import uz.koprik.indicators.observable.NetworkRole;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.observable.text.FileNames;
import uz.koprik.indicators.observable.text.RecognisedValue;
import uz.koprik.indicators.observable.text.Remark;

/** Why a value in running text may be no indicator. */
public final class DocumentDoubts {

    static final String LIVE = "it is written in full, while the document defangs others: it may be a source";
    private static final String FILE = "it may be the name of a file";
    private static final String VERSION = "it may be the number of a version";
    private static final String BROKEN = "it ends where the line ends, and may go on in the next line";

    static final String PICTURE_HASH = "it is the hash of a picture, as logos are";
    static final String TEXT_HASH = "it is the hash of a text, which harms nobody";
    static final String OTHER_HASH = "the SHA-256 of the same file is among the values";

    private static final Map<String, String> CODES = Map.of(
            LIVE,
            "written_in_full",
            FILE,
            "file_name",
            VERSION,
            "version",
            BROKEN,
            "broken_line",
            PICTURE_HASH,
            "picture_hash",
            TEXT_HASH,
            "text_hash",
            OTHER_HASH,
            "other_hash",
            PlainTextReader.TARGET,
            "link_target",
            HtmlReader.PICTURE,
            "loaded_content");

    private DocumentDoubts() {}

    /**
     * The stable word of a doubt.
     *
     * @param doubt as {@link FoundValue#doubt} and items of an import have it
     * @return empty for a sentence that stands for no kind of doubt
     */
    public static Optional<String> code(String doubt) {
        for (Remark remark : Remark.values()) {
            if (remark.doubtful() && doubt.startsWith(remark.reason())) {
                return Optional.of(remark.name().toLowerCase(Locale.ROOT));
            }
        }
        return Optional.ofNullable(CODES.get(doubt));
    }

    /** All words that {@link #code} knows. */
    public static Set<String> codes() {
        Set<String> codes = new TreeSet<>(CODES.values());
        for (Remark remark : Remark.values()) {
            if (remark.doubtful()) {
                codes.add(remark.name().toLowerCase(Locale.ROOT));
            }
        }
        return codes;
    }

    static String of(String text, RecognisedValue value) {
        if (value.doubt().isPresent()) {
            return value.doubt().get();
        }
        String spelling = text.substring(value.start(), value.end());
        if (FileNames.isDoubtful(spelling, value.observable())) {
            return FILE;
        }
        if (value.observable().kind() == ObservableKind.IPV4 && isVersion(text, value)) {
            return VERSION;
        }
        return "";
    }

    private static boolean isVersion(String text, RecognisedValue value) {
        String before =
                text.substring(Math.max(0, value.start() - 12), value.start()).toLowerCase(Locale.ROOT);
        return before.matches("(?s).*(?:\\bversion|\\bver\\.?|\\bv\\.?|\\bверси[яи]|\\bbuild)\\s?");
    }

    /** As {@link #of}; also a URL or a hash that the layout may have broken. */
    static String laidOut(String text, RecognisedValue value) {
        String doubt = of(text, value);
        if (!doubt.isEmpty()) {
            return doubt;
        }
        if (continues(text, value.start(), value.end(), value.observable())) {
            return BROKEN;
        }
        return "";
    }

    private static boolean continues(String text, int start, int end, Observable value) {
        int at = end;
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '-')) {
            at++;
        }
        boolean atEnd = at < text.length() && text.charAt(at) == '\n';
        boolean hash = value.kind().networkRole() == NetworkRole.FILE_HASH;
        if (hash) {
            return (atEnd && isRestOfHash(text, start, end, at + 1)) || isSecondHalf(text, start, end);
        }
        if (!atEnd || value.kind().networkRole() != NetworkRole.URL) {
            return false;
        }
        String next = token(text, at + 1);
        return !next.isEmpty() && isRestOfUrl(next) && isFullLine(text, start, end);
    }

    /** A piece of a URL and no word of a language: it has a mark of URLs inside, and is no URL of its own. */
    private static boolean isRestOfUrl(String token) {
        if (token.contains("://") || token.contains("[.]")) {
            return false;
        }
        String bare = token.endsWith(".") || token.endsWith(",") ? token.substring(0, token.length() - 1) : token;
        return bare.chars().anyMatch(c -> "/=?&%_#~".indexOf(c) >= 0 || (c >= '0' && c <= '9'))
                || bare.matches("[a-z]+\\.(?:html?|php\\d?|aspx?|jsp|exe|dll|zip|js|bin|txt|ps1)");
    }

    /** Whether the line is among the long ones, since short lines are not broken by layout. */
    private static boolean isFullLine(String text, int start, int end) {
        int from = text.lastIndexOf('\n', start - 1) + 1;
        return end - from >= 60;
    }

    /** Whether the hexadecimal digits at {@code at} and the value before them make a hash of a usual length. */
    private static boolean isRestOfHash(String text, int start, int end, int at) {
        String rest = token(text, at);
        if (!isHex(rest) || rest.length() < 4) {
            return false;
        }
        int length = end - start;
        int whole = length + rest.length();
        if (whole != 40 && whole != 56 && whole != 64 && whole != 96 && whole != 128) {
            return false;
        }
        if (rest.length() != length) {
            return true;
        }
        // A third line of this length: a list of hashes and no hash in two lines.
        int next = text.indexOf('\n', at);
        int before = text.lastIndexOf('\n', start - 1);
        return (next < 0 || token(text, next + 1).length() != length)
                && (before < 0 || lastToken(text, before).length() != length);
    }

    /** Whether the line before ends in the first half of a hash whose second half this is. */
    private static boolean isSecondHalf(String text, int start, int end) {
        int before = start - 1;
        while (before >= 0 && text.charAt(before) == ' ') {
            before--;
        }
        if (before < 0 || text.charAt(before) != '\n') {
            return false;
        }
        int last = before - 1;
        while (last >= 0 && (text.charAt(last) == ' ' || text.charAt(last) == '-')) {
            last--;
        }
        int first = last;
        while (first >= 0 && isHexDigit(text.charAt(first))) {
            first--;
        }
        int length = last - first;
        if (length < 4) {
            return false;
        }
        int whole = length + end - start;
        boolean fits = whole == 64 || whole == 96 || whole == 128;
        if (!fits || length != end - start) {
            return fits;
        }
        int earlier = text.lastIndexOf('\n', first);
        boolean list = (earlier > 0 && lastToken(text, earlier).length() == length)
                || token(text, text.indexOf('\n', end) + 1).length() == length;
        return !list;
    }

    private static String lastToken(String text, int end) {
        int first = end - 1;
        while (first >= 0 && isHexDigit(text.charAt(first))) {
            first--;
        }
        return text.substring(first + 1, end);
    }

    private static String token(String text, int from) {
        int start = from;
        while (start < text.length() && text.charAt(start) == ' ') {
            start++;
        }
        int end = start;
        while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        return text.substring(start, end);
    }

    private static boolean isHex(String token) {
        return !token.isEmpty() && token.chars().allMatch(c -> isHexDigit((char) c));
    }

    private static boolean isHexDigit(char c) {
        return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
    }
}
