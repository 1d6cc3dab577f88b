package uz.koprik.indicators.observable.text;

import java.util.HexFormat;
import java.util.List;
import uz.koprik.indicators.observable.Ascii;
import uz.koprik.indicators.observable.Defang;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.observable.network.HostPort;
import uz.koprik.indicators.observable.text.url.TextChars;
import uz.koprik.indicators.observable.text.url.TextUrl;
import uz.koprik.indicators.observable.text.url.UrlEscapes;
import uz.koprik.indicators.observable.text.url.UrlScheme;

/**
 * Looks for values in running text. Defanging is undone first; what is found is reported where it stood in the given
 * text. Text is text wherever it begins: a value never takes the words after it.
 */
final class TextScan {

    /** Characters between which a value may stand inside a word. */
    private static final String INSIDE = ",;()[]{}=!?^$&#~'\\\u02BC";

    private final String text;
    private final TextFindings found;
    private final KindGuesser cell;
    private final TextNumbers numbers;
    private final Judgement judgement;
    private final Pieces pieces;
    private final PathScan paths;
    private final RegistryKeys keys;
    private final AddressRanges ranges;
    private final EncodedUrls encoded;
    private final SchemelessUrls schemeless;
    private final SpelledOut spelledOut;
    private final WrappedHashes wrapped;
    private final CveLists lists;
    private final ReturnAddresses returned;
    private final WordEndings endings;
    private int nextMark = -2;

    /** The word that was looked at last: words in which many URLs stand are not measured for each. */
    private int knownFrom;

    private int knownEnd;

    TextScan(String given, KindGuesser cell) {
        this.found = new TextFindings(Defang.inText(given));
        this.text = found.text();
        this.cell = cell;
        this.numbers = new TextNumbers(text, cell);
        this.judgement = new Judgement(found, cell);
        this.pieces = new Pieces(found, judgement, numbers);
        this.endings = new WordEndings(found, cell);
        this.schemeless = new SchemelessUrls(found, cell, judgement, endings);
        this.paths = new PathScan(found, numbers, pieces, schemeless);
        this.keys = new RegistryKeys(found, cell);
        this.ranges = new AddressRanges(found);
        this.encoded = new EncodedUrls(found, cell);
        this.spelledOut = new SpelledOut(found, cell);
        this.wrapped = new WrappedHashes(found, cell);
        this.lists = new CveLists(found, cell);
        this.returned = new ReturnAddresses(text, judgement);
    }

    List<RecognisedValue> all() {
        int at = 0;
        while (at < text.length()) {
            at = TextChars.isBreak(text.charAt(at)) ? at + 1 : step(at);
        }
        return found.all();
    }

    private int step(int at) {
        int end = wordEnd(at);
        int mark = mark(at);
        if (mark < 0 || mark >= end) {
            return plain(at, end);
        }
        int begin = UrlScheme.start(text, at, mark);
        if (begin < 0 && (mark == 0 || text.charAt(mark - 1) != '}')) {
            return Math.max(plain(at, mark), Math.min(mark + 1, end));
        }
        if (begin < 0 || (begin > at && text.charAt(begin - 1) == '}' && isPartOfScheme(begin, mark))) {
            return bareHost(mark + 3, end);
        }
        if (begin > at) {
            int used = plain(at, begin);
            if (used > begin) {
                return used;
            }
        }
        return url(begin, mark);
    }

    /** The next {@code ://} from a position on, or -1. */
    private int mark(int from) {
        if (nextMark != -1 && nextMark < from) {
            nextMark = text.indexOf("://", from);
        }
        return nextMark;
    }

    /** Words end at blanks and signs, and where a script without blanks and another one touch. */
    private int wordEnd(int from) {
        if (from < knownEnd && from >= knownFrom) {
            return knownEnd;
        }
        knownFrom = from;
        knownEnd = endOfWord(from);
        return knownEnd;
    }

    private int endOfWord(int from) {
        int at = from + 1;
        while (at < text.length() && !TextChars.isBreak(text.charAt(at))) {
            char c = text.charAt(at);
            char before = text.charAt(at - 1);
            if (TextChars.isUnspaced(c) != TextChars.isUnspaced(before)) {
                boolean inName =
                        TextChars.isUnspaced(c) ? before == '.' || before == '@' : c == '.' || c == '-' || c == '@';
                if (!inName) {
                    return at;
                }
            }
            at++;
        }
        return at;
    }

    private boolean isEscape(int at, int to) {
        return at + 2 < to && HexFormat.isHexDigit(text.charAt(at + 1)) && HexFormat.isHexDigit(text.charAt(at + 2));
    }

    /**
     * Whether a scheme is known only in part, since something else gives its first letters: <code>${x}dap://</code>.
     */
    private boolean isPartOfScheme(int begin, int mark) {
        return !UrlScheme.isKnown(text.substring(begin, mark + 3));
    }

    /** The host of a URL whose scheme is not known: where to go on. */
    private int bareHost(int from, int to) {
        int end = from;
        while (end < to && (TextChars.isAlnum(text.charAt(end)) || ".-".indexOf(text.charAt(end)) >= 0)) {
            end++;
        }
        judgement.accept(from, end);
        return Math.max(to, from);
    }

    /** An IPv6 address that lacks its brackets after a scheme: its end, or -1. */
    private int bareAddress(int from) {
        int end = from;
        int colons = 0;
        while (end < text.length() && (HexFormat.isHexDigit(text.charAt(end)) || text.charAt(end) == ':')) {
            colons += text.charAt(end) == ':' ? 1 : 0;
            end++;
        }
        return colons > 1 && judgement.accept(from, end) ? end : -1;
    }

    private int url(int begin, int mark) {
        int bare = bareAddress(mark + 3);
        if (bare > 0) {
            return bare;
        }
        boolean backslashes = found.isDefanged(begin, mark + 3) && found.givenLength(begin, mark + 3) > 0;
        TextUrl url = new TextUrl(text, cell, begin, mark + 3).withBackslashes(backslashes);
        int end = url.end();
        if (endings.addUncertain("", begin, url, end)) {
            return end;
        }
        int bracket = url.bracketAfter(end);
        if (bracket > 0 && broken(begin, bracket)) {
            return bracket;
        }
        String part = UrlEscapes.undone(text.substring(begin, end).replace("&amp;", "&"));
        if (part.length() <= ObservableKind.MAX_LENGTH) {
            Observable value = cell.attempt(part, ObservableKind.URL);
            int cut = value == null ? suffixStart(mark + 3, end) : -1;
            if (cut > 0) {
                end = cut;
                part = text.substring(begin, end);
                value = cell.attempt(part, ObservableKind.URL);
            }
            if (value != null) {
                int hyphen = suffixStart(mark + 3, end);
                if (hyphen > 0
                        && Doubts.of(TextFindings.plainValue(value, begin, end), part, part)
                                .doubtful()) {
                    Observable shorter = cell.attempt(text.substring(begin, hyphen), ObservableKind.URL);
                    value = shorter == null ? value : shorter;
                    end = shorter == null ? end : hyphen;
                    part = shorter == null ? part : text.substring(begin, end);
                }
                RecognisedValue known = Doubts.of(TextFindings.plainValue(value, begin, end), part, part);
                known = url.isCutOff(end) ? known.with(Remark.CUT_OFF) : known;
                if (UrlScheme.isKnown(part) || !known.doubtful()) {
                    if (!endings.add("", begin, mark + 3, end)) {
                        found.add(known, begin, end);
                        found.addAccounts(value, begin, end);
                    }
                    encoded.inside(part, begin, end);
                    return end;
                }
            }
        }
        int rest = mark + 3;
        return rest < text.length() && !TextChars.isBreak(text.charAt(rest)) ? plain(rest, wordEnd(rest)) : rest;
    }

    /** Takes a URL in angle brackets over a line break (RFC 3986, appendix C). */
    private boolean broken(int begin, int end) {
        String part = text.substring(begin, end).replaceAll("\\s", "").replace("&amp;", "&");
        Observable value = cell.attempt(part, ObservableKind.URL);
        if (value != null) {
            found.add(Doubts.of(TextFindings.plainValue(value, begin, end), part, part), begin, end);
            found.addAccounts(value, begin, end);
        }
        return value != null;
    }

    /** Where an ending of the language hangs on the host of a URL without a path: {@code example.com-ra}. */
    private int suffixStart(int hostFrom, int end) {
        int slash = text.indexOf('/', hostFrom, end);
        int hyphen = slash >= 0 ? -1 : TextChars.lastIndexOf(text, '-', hostFrom, end);
        int dot = slash >= 0 ? -1 : TextChars.lastIndexOf(text, '.', hostFrom, end);
        boolean inHost = hyphen > hostFrom && dot > hostFrom && dot < hyphen;
        return inHost ? hyphen : -1;
    }

    /** Looks at a part of a word in which no URL with a scheme begins: where to go on. */
    private int plain(int from, int to) {
        if (paths.begins(from, to)) {
            return paths.at(from, to);
        }
        int at = from;
        while (at < to) {
            char c = text.charAt(at);
            if (c == '\\' && at + 1 < to && "nrt".indexOf(text.charAt(at + 1)) >= 0) {
                at += 2; // an escaped line break
                continue;
            }
            if (c == '\\' && at + 5 < to && text.charAt(at + 1) == 'u' && isNumber(at + 2, at + 6)) {
                at += 6; // a sign that JSON has as a number
                continue;
            }
            if (c == '%' && isEscape(at, to)) {
                at += 3; // %2Fname.example
                continue;
            }
            if (c == '=' && isQuotedSign(at, to)) {
                at += 3; // name=40host in a header
                continue;
            }
            if (c == '@' && at + 1 < to && ".!?#-".indexOf(text.charAt(at + 1)) >= 0) {
                at++; // noise before a value
                continue;
            }
            if (c == ':' && !text.startsWith("::", at)) {
                at += Math.max(1, lengthOfTag(at, to));
                continue;
            }
            if (!TextChars.isAlnum(c) && c != '+' && c != '(' && c != '[' && c != '@' && c != '*' && c != ':') {
                at++;
                continue;
            }
            int used = special(at, to);
            if (used > at) {
                at = used;
                continue;
            }
            int end = pieceEnd(at, to);
            if (end > at) {
                used = pieces.piece(at, end, 0);
                at = Math.max(end, used);
            } else {
                at++;
            }
        }
        return at;
    }

    private boolean isNumber(int from, int to) {
        for (int i = from; i < to; i++) {
            if (!HexFormat.isHexDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether the at sign of an address is written as mail writes it in headers, {@code name=40host.example}. */
    private boolean isQuotedSign(int at, int to) {
        return at > 0
                && TextChars.isAlnum(text.charAt(at - 1))
                && text.startsWith("=40", at)
                && at + 3 < to
                && Ascii.isLetter(text.charAt(at + 3))
                && text.indexOf('.', at, to) > 0
                && text.indexOf('=', at + 3, to) > 0;
    }

    /** The length of a tag of SWIFT messages before an account, such as {@code :59:} or {@code :50K:}; 0 for none. */
    private int lengthOfTag(int at, int to) {
        int end = at + 3;
        if (end >= to || !Ascii.isDigit(text.charAt(at + 1)) || !Ascii.isDigit(text.charAt(at + 2))) {
            return 0;
        }
        end += Ascii.isLetter(text.charAt(end)) ? 1 : 0;
        return text.startsWith(":/", end) ? end + 1 - at : 0;
    }

    /** Values that are more than a piece of a word: where they end, or -1. */
    private int special(int at, int to) {
        char c = text.charAt(at);
        boolean begins = at == 0 || !TextChars.isAlnum(text.charAt(at - 1));
        RecognisedValue labelled = begins ? LabelledValues.at(text, at, cell) : null;
        if (labelled != null) {
            found.add(labelled);
            return labelled.end();
        }
        if (c == '+' || c == '(' || (TextChars.isAlnum(c) && c <= 0x7F)) {
            RecognisedValue number = numbers.at(at);
            if (number != null) {
                found.add(number);
                return number.end();
            }
        }
        if ((c == 'H' || c == 'h') && begins && text.regionMatches(true, at, "HK", 0, 2)) {
            int end = keys.at(at);
            if (end > at) {
                return end;
            }
        }
        if ((c == 'C' || c == 'c') && begins && text.regionMatches(true, at, "CVE", 0, 3)) {
            int end = lists.at(at);
            if (end > at) {
                return end;
            }
        }
        if (c == '['
                && at + 1 < to
                && (Ascii.isDigit(text.charAt(at + 1)) || "abcdefABCDEF:".indexOf(text.charAt(at + 1)) >= 0)) {
            int close = text.indexOf(']', at, Math.min(to, at + 60));
            if (close > 0 && text.indexOf(':', at, close) > 0) {
                int end = close + 1;
                if (text.startsWith("]:", close)) {
                    end = HostPort.portEnd(text, end, to);
                }
                return judgement.accept(at, end) ? end : judgement.accept(at, close + 1) ? close + 1 : -1;
            }
        }
        if (!begins || !TextChars.isAlnum(c)) {
            return -1;
        }
        int end = ranges.at(at, to);
        end = end > 0 ? end : wrapped.at(at, to);
        end = end > 0 ? end : returned.at(at, to);
        end = end > 0 ? end : encoded.at(at, to);
        end = end > 0 ? end : schemeless.at(at, to);
        return end > 0 ? end : spelledOut.at(at, to);
    }

    private int pieceEnd(int from, int to) {
        int at = from;
        while (at < to && INSIDE.indexOf(text.charAt(at)) < 0 && !(at > from && isPhoneStart(at, to))) {
            at++;
        }
        if (at < to
                && at > from
                && text.charAt(at) == '\''
                && at + 1 < to
                && TextChars.isAlnum(text.charAt(at + 1))
                && TextChars.isAlnum(text.charAt(at - 1))) {
            int sign = text.indexOf('@', at, Math.min(to, at + Pieces.MAX_LOCAL));
            if (sign > 0 && TextChars.isLocal(text, at + 1, sign)) {
                return pieceEnd(sign, to); // o'brien@example.com
            }
        }
        return at;
    }

    /** Whether a plus begins a number and is no part of a word or of the name in an address. */
    private boolean isPhoneStart(int at, int to) {
        return text.charAt(at) == '+'
                && at + 1 < to
                && Ascii.isDigit(text.charAt(at + 1))
                && text.charAt(at - 1) != ':'
                && !TextChars.isAlnum(text.charAt(at - 1));
    }
}
