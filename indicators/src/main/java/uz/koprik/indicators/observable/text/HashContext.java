package uz.koprik.indicators.observable.text;

import java.util.HexFormat;
import java.util.Locale;
import uz.koprik.indicators.observable.Ascii;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.observable.text.url.TextChars;

/** What stands around digits that have the form of the hash of a file, and says that they are another value. */
final class HashContext {

    private static final int LONGEST_WORD = 64;
    private static final int LONGEST_HEADING = 60;
    private static final String HEX_OF_ETHER = "0x";

    private final String text;
    private final KindGuesser cell;

    /** Stands for values of no kind where a heading names a hash that is none of a file. */
    private static final ObservableKind OTHER = ObservableKind.SHA512;

    /** What the heading of a list says of the hashes below it, and where the last of them ended. */
    private ObservableKind listed;

    private int listEnd = -1;

    HashContext(String text, KindGuesser cell) {
        this.text = text;
        this.cell = cell;
    }

    /** The value as which digits are read, or null when they are no hash of a file and nothing else. */
    RecognisedValue judge(RecognisedValue value, int from, int to) {
        String hash = value.observable().value();
        Observable wallet = hash.length() == 40 && isMixed(from, to)
                ? cell.attempt(HEX_OF_ETHER + text.substring(from, to), ObservableKind.WALLET)
                : null;
        if (wallet != null) {
            return TextFindings.plainValue(wallet, from, to); // capitals that fit check digits
        }
        if (isOneSign(hash)
                || ContextWords.OTHER_HASH.before(text, from)
                || ContextWords.HANDSHAKE.before(text, from)
                || isNamedBehind(to)
                || isOfPasswordDump(to)
                || isNameInPath(from)) {
            return null;
        }
        ObservableKind kind = headed(from, to);
        if (kind != null) {
            Observable other = kind == OTHER ? null : cell.attempt(hash, kind);
            return other == null ? null : TextFindings.plainValue(other, from, to);
        }
        return isDigits(hash) || isOfField(from) || isGluedToName(from, to) ? value.with(Remark.NUMBER_ONLY) : value;
    }

    private static boolean isOneSign(String hash) {
        int at = 1;
        while (at < hash.length() && hash.charAt(at) == hash.charAt(0)) {
            at++;
        }
        return at == hash.length();
    }

    private static boolean isDigits(String hash) {
        int at = 0;
        while (at < hash.length() && Ascii.isDigit(hash.charAt(at))) {
            at++;
        }
        return at == hash.length();
    }

    /** Whether a word in parentheses or after a dash says what stands before it: {@code (imphash)}. */
    private boolean isNamedBehind(int to) {
        int at = to;
        boolean sign = false;
        while (at < text.length() && at < to + 3 && " (-[\u2013\u2014".indexOf(text.charAt(at)) >= 0) {
            sign |= text.charAt(at) != ' ';
            at++;
        }
        if (!sign) {
            return false;
        }
        int end = at;
        while (end < text.length() && end - at < LONGEST_WORD && Character.isLetterOrDigit(text.charAt(end))) {
            end++;
        }
        String word = text.substring(at, end).toLowerCase(Locale.ROOT);
        return end > at && (ContextWords.OTHER_HASH.has(word) || ContextWords.HANDSHAKE.has(word));
    }

    /** Whether a line lists the passwords of Windows: two hashes and three colons. */
    private boolean isOfPasswordDump(int to) {
        return text.startsWith(":::", to) || (text.startsWith(":", to) && text.startsWith(":::", to + 33));
    }

    /** Whether the digits are the last name of a path that does not begin as those of files do. */
    private boolean isNameInPath(int from) {
        return from > 1 && text.charAt(from - 1) == '\\' && TextChars.isAlnum(text.charAt(from - 2));
    }

    private boolean isMixed(int from, int to) {
        boolean small = false;
        boolean capital = false;
        for (int i = from; i < to; i++) {
            small |= text.charAt(i) >= 'a';
            capital |= text.charAt(i) >= 'A' && text.charAt(i) <= 'F';
        }
        return small && capital;
    }

    /** Whether the digits are the value of a field whose name says that it identifies something. */
    private boolean isOfField(int from) {
        int end = from;
        boolean sign = false;
        while (end > 0 && from - end < 5 && " \"'=:".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
            sign |= text.charAt(end) == '=' || text.charAt(end) == ':';
        }
        return sign && end > 1 && text.regionMatches(true, end - 2, "id", 0, 2) && (end == 2 || !isHashName(word(end)));
    }

    /** Whether a colon joins the digits to a name, as the hash of a password to its account; files may. */
    private boolean isGluedToName(int from, int to) {
        if (from < 2 || text.charAt(from - 1) != ':') {
            return false;
        }
        String word = word(from - 1);
        boolean pairs = from + 2 < to && text.charAt(from + 2) == ':'; // MD5:16:27:ac, as keys of SSH are shown
        int start = from - 1 - word.length();
        boolean path = start > 0 && (text.charAt(start - 1) == '/' || text.charAt(start - 1) == '\\');
        return pairs || (!word.isEmpty() && !path && !isHashName(word) && !FileNames.isFileName(word));
    }

    private static boolean isHashName(String word) {
        return word.contains("md5")
                || word.contains("sha")
                || word.contains("hash")
                || word.contains("sum")
                || (word.length() >= 32 && word.chars().allMatch(HexFormat::isHexDigit))
                || word.chars().anyMatch(c -> c > 0x7F);
    }

    /** The word that ends at a position, with the signs that names and addresses have. */
    private String word(int end) {
        int at = end;
        while (at > 0
                && end - at < LONGEST_WORD
                && (TextChars.isAlnum(text.charAt(at - 1)) || "._-@+".indexOf(text.charAt(at - 1)) >= 0)) {
            at--;
        }
        return text.substring(at, end).toLowerCase(Locale.ROOT);
    }

    /** What the heading of the list says in which the digits begin a line; null when there is none. */
    private ObservableKind headed(int from, int to) {
        int line = from;
        while (line > 0 && from - line < 8 && text.charAt(line - 1) != '\n') {
            if (Character.isLetterOrDigit(text.charAt(line - 1))) {
                return null;
            }
            line--;
        }
        if (line == 0 || text.charAt(line - 1) != '\n') {
            return null;
        }
        int before = line - 1;
        while (before > 0 && line - before < 4 && text.charAt(before - 1) <= ' ') {
            before--;
        }
        int start = before;
        while (start > 0 && before - start <= LONGEST_HEADING && text.charAt(start - 1) != '\n') {
            start--;
        }
        if (listEnd > start && listEnd <= before) {
            listEnd = to;
            return listed;
        }
        boolean heading = before - start <= LONGEST_HEADING
                && (text.charAt(before > 0 ? before - 1 : 0) == ':' || isOneWord(start, before));
        ObservableKind kind = heading ? kindOf(text.substring(start, before)) : null;
        if (kind != null) {
            listed = kind;
            listEnd = to;
        }
        return kind;
    }

    private boolean isOneWord(int from, int to) {
        for (int i = from; i < to; i++) {
            if (!TextChars.isAlnum(text.charAt(i))) {
                return false;
            }
        }
        return to > from;
    }

    /** The kind that a heading names. */
    private static ObservableKind kindOf(String heading) {
        ObservableKind kind = null;
        for (String word : heading.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+", -1)) {
            if (isHashName(word) && !ContextWords.OTHER_HASH.has(word) && !word.startsWith("hash")) {
                return null;
            }
            if (ContextWords.HANDSHAKE.has(word)) {
                kind = ObservableKind.ofCode(word).orElse(OTHER);
            } else if (ContextWords.OTHER_HASH.has(word)) {
                kind = OTHER;
            }
        }
        return kind;
    }
}
