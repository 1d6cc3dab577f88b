package uz.koprik.indicators.observable.text;

import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import uz.koprik.indicators.observable.Ascii;
import uz.koprik.indicators.observable.IpAddress;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.observable.text.url.TextChars;

/** Pieces of words between separators: each is a value, or is split once more. */
final class Pieces {

    private static final String TRAILING = ".,:-_+*@/%";
    private static final String LEADING = "-_.:+*@%/";
    /** Words before a dot that are no labels of a name. */
    private static final Set<String> ABBREVIATIONS = Set.of("см ср напр".split(" ", -1));

    static final int MAX_SPLITS = 8;
    static final int LONGEST_ENDING = 10;
    private static final int LONGEST_WORD = 30;
    static final int MAX_LOCAL = 64;

    /** Names of nodes that begin with an underscore (RFC 8552), and that stand before the name of a host. */
    private static final Set<String> UNDERSCORED = Set.of(
            "dmarc", "domainkey", "spf", "mta-sts", "smtp", "acme-challenge", "bimi", "tcp", "udp", "tls", "dnsauth");

    private final String text;
    private final TextFindings found;
    private final Judgement judgement;
    private final TextNumbers numbers;

    Pieces(TextFindings found, Judgement judgement, TextNumbers numbers) {
        this.text = found.text();
        this.found = found;
        this.judgement = judgement;
        this.numbers = numbers;
    }

    /** One piece between separators; where to go on, which may be after it. */
    int piece(int from, int to, int depth) {
        int literal =
                to < text.length() && text.charAt(to) == '[' && text.charAt(to - 1) == '@' ? literal(from, to) : -1;
        if (literal > 0) {
            return literal;
        }
        int start = from;
        int end = to;
        while (start < end
                && LEADING.indexOf(text.charAt(start)) >= 0
                && !text.startsWith("::", start)
                && !text.startsWith("*.", start)) {
            start++;
        }
        while (end > start
                && TRAILING.indexOf(text.charAt(end - 1)) >= 0
                && !(end - start > 2 && text.startsWith("::", end - 2))) {
            end--;
        }
        if (end - start < 3 || end - start > ObservableKind.MAX_LENGTH) {
            return to;
        }
        if ((text.charAt(start) | 0x20) == 'v' && IpAddress.isV4(text, start + 1, end)) {
            judgement.accept(start + 1, end); // v1.2.3.4
            return to;
        }
        if (start > 0 && isUnderscored(start, end) && judgement.accept(start - 1, end)) {
            return to; // _dmarc.example.com
        }
        if (start > 0 && isNumberOfTree(start, end)) {
            return to; // .1.3.6.1
        }
        int escaped = text.indexOf('%', start, end);
        if (escaped > start && text.regionMatches(true, escaped, "%2F", 0, 3) && judgement.accept(start, escaped)) {
            return to; // example.com%2Fpath
        }
        int at = text.indexOf('@', start, end);
        if (at >= 0) {
            if (at > start && text.charAt(at - 1) == ':' && judgement.acceptAs(start, end, ObservableKind.MESSENGER)) {
                return to;
            }
            email(start, end, at);
            return to;
        }
        int word = wordBefore(start, end);
        if (word > start && (judgement.accept(word, end) || text.charAt(word - 1) == '.')) {
            return to; // a word in Cyrillic or Arabic letters before an address
        }
        int ending = otherScript(start, end);
        if (ending > start && judgement.accept(start, ending)) {
            return to; // an ending in Cyrillic letters
        }
        if (judgement.accept(start, end)) {
            return to;
        }
        if ((text.charAt(end - 1) | 0x20) == 'h' && isHash(start, end - 1) && judgement.accept(start, end - 1)) {
            return to; // 5D41402ABC4B2A76B9719D911017C592h
        }
        int dash = text.indexOf('-', start, end);
        if (dash > start && text.indexOf(':', start, dash) > 0 && judgement.acceptRange(start, dash, end)) {
            return to; // 2001:db8::1-2001:db8::ff
        }
        int cut = TextChars.lastIndexOf(text, '-', Math.max(start, end - 9), end);
        if (cut > start && (isSuffix(cut, end) && judgement.accept(start, cut))) {
            return to; // 192.0.2.1-ről, example.com-ra
        }
        int digits = start;
        while (digits < end && (Ascii.isDigit(text.charAt(digits)) || text.charAt(digits) == '.')) {
            digits++;
        }
        if (digits - start > 6
                && IpAddress.isV4(text, start, digits)
                && WordEndings.isUzbekEnding(text, digits)
                && judgement.accept(start, digits)) {
            return to; // 192.0.2.1dan
        }
        if (depth < MAX_SPLITS && !isHexPairs(start, end)) {
            int split = split(start, end);
            if (split > start) {
                piece(start, split, MAX_SPLITS);
                RecognisedValue number = numbers.at(split + 1);
                if (number != null) {
                    found.add(number);
                    return number.end();
                }
                if (text.charAt(split) == '/') {
                    afterSlash(split + 1, end);
                    return to;
                }
                return Math.max(to, piece(split + 1, end, depth + 1));
            }
        }
        return to;
    }

    /** An address with that of a machine in brackets after the at sign, {@code user@[192.0.2.1]}; its end, or -1. */
    private int literal(int from, int bracket) {
        int close = text.indexOf(']', bracket, Math.min(text.length(), bracket + 60));
        int start = bracket - 1;
        while (start > from && TextChars.isLocal(text.charAt(start - 1))) {
            start--;
        }
        boolean address =
                close > 0 && start < bracket - 1 && judgement.acceptAs(start, close + 1, ObservableKind.EMAIL);
        return address ? close + 1 : -1;
    }

    /** Whether a dot at the start of a word makes four numbers a place in a tree of numbers and no address. */
    private boolean isNumberOfTree(int start, int end) {
        return text.charAt(start - 1) == '.'
                && (start == 1 || TextChars.isBreak(text.charAt(start - 2)))
                && IpAddress.isV4(text, start, end);
    }

    /** Whether a piece is nothing but pairs of hexadecimal digits: bytes, of which no part is an address. */
    private boolean isHexPairs(int from, int to) {
        if (to - from < 20) {
            return false;
        }
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            boolean colon = (i - from) % 3 == 2;
            if (colon != (c == ':') || (!colon && !Ascii.isDigit(c) && "abcdefABCDEF".indexOf(c) < 0)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the underscore before a name belongs to it, and is no sign of emphasis. */
    private boolean isUnderscored(int start, int end) {
        int dot = text.indexOf('.', start, end);
        return text.charAt(start - 1) == '_'
                && dot > start
                && (start == 1 || (text.charAt(start - 2) != '_' && !TextChars.isAlnum(text.charAt(start - 2))))
                && (text.startsWith("._", dot)
                        || UNDERSCORED.contains(text.substring(start, dot).toLowerCase(Locale.ROOT)));
    }

    /** After the slash of a path or of two words only addresses, hashes and CVE ids are values. */
    void afterSlash(int from, int to) {
        int start = from;
        for (int i = from, parts = 0; i <= to && parts < MAX_SPLITS; i++) {
            if (i == to || text.charAt(i) == '/') {
                RecognisedValue value = i - start < 7 ? null : judgement.of(start, i);
                boolean fits = value != null
                        && switch (value.observable().kind()) {
                            case IPV4, IPV6, MD5, SHA1, SHA256, SHA512, CVE, ASN, WALLET -> true;
                            default -> false;
                        };
                if (fits) {
                    boolean product = value.observable().kind() == ObservableKind.IPV4 && isProduct(start - 1);
                    found.add(product ? value.with(Remark.VERSION) : value, start, i);
                }
                start = i + 1;
                parts++;
            }
        }
    }

    /** Whether the word before a slash is the name of a product, as in {@code Chrome/120.0.0.0}. */
    private boolean isProduct(int slash) {
        boolean small = false;
        int at = slash;
        while (at > 0 && Ascii.isLetter(text.charAt(at - 1))) {
            at--;
            small |= Character.isLowerCase(text.charAt(at));
        }
        boolean name = at < slash && small && Character.isUpperCase(text.charAt(at));
        return name || ContextWords.PRODUCT.has(text.substring(at, slash).toLowerCase(Locale.ROOT));
    }

    private boolean isHash(int from, int to) {
        int digits = to - from;
        return (digits == 32 || digits == 40 || digits == 64)
                && text.chars().skip(from).limit(digits).allMatch(HexFormat::isHexDigit);
    }

    private int split(int from, int to) {
        for (int i = from + 1; i < to - 1; i++) {
            char c = text.charAt(i);
            if (c == ':' || c == '/') {
                return i;
            }
        }
        return -1;
    }

    /** Where a value in letters of ASCII begins on which a word of another script is glued; -1 when none does. */
    private int wordBefore(int from, int to) {
        int at = from;
        while (at < to && at - from <= MAX_LOCAL && TextChars.isOfOtherScript(text.charAt(at))) {
            at++;
        }
        if (at == from || at >= to) {
            return -1;
        }
        String word = text.substring(from, at).toLowerCase(Locale.ROOT);
        boolean dot = text.charAt(at) == '.' && ABBREVIATIONS.contains(word);
        at += dot ? 1 : 0;
        if (at >= to || text.charAt(at) > 0x7F || !TextChars.isAlnum(text.charAt(at))) {
            return -1;
        }
        for (int i = at; i < to; i++) {
            if (text.charAt(i) > 0x7F) {
                return -1;
            }
        }
        return dot || Ascii.isDigit(text.charAt(at)) || !Doubts.readsAsLatin(word) ? at : -1;
    }

    /** Where letters of another script hang on a word in letters of ASCII, as the ending of a language; or -1. */
    private int otherScript(int from, int to) {
        int at = to;
        while (at > from && to - at <= LONGEST_WORD && TextChars.isOfOtherScript(text.charAt(at - 1))) {
            at--;
        }
        if (at == to || at - from < 4 || text.charAt(from) > 0x7F) {
            return -1;
        }
        boolean sentence = text.charAt(at - 1) == '.' && Character.isUpperCase(text.charAt(at));
        if (to - at > (sentence ? LONGEST_WORD : LONGEST_ENDING)) {
            return -1;
        }
        at -= sentence ? 1 : 0;
        for (int i = from; i < at; i++) {
            if (text.charAt(i) > 0x7F) {
                return -1;
            }
        }
        return TextChars.isAlnum(text.charAt(at - 1)) ? at : -1;
    }

    boolean isSuffix(int hyphen, int end) {
        for (int i = hyphen + 1; i < end; i++) {
            if (!Character.isLetter(text.charAt(i))) {
                return false;
            }
        }
        return end - hyphen <= 8;
    }

    /** The address around an at sign: as many letters and digits before and after it as belong to it. */
    private void email(int from, int to, int sign) {
        int start = sign;
        while (start > from
                && sign - start < MAX_LOCAL
                && (TextChars.isLocal(text.charAt(start - 1)) || isApostrophe(start - 1))) {
            start--;
        }
        while (start < sign && !TextChars.isAlnum(text.charAt(start)) && text.charAt(start) != '_') {
            start++;
        }
        start = Math.max(start, wordBefore(start, sign));
        if (start > 0 && text.charAt(start - 1) == '+' && Ascii.isDigit(text.charAt(start)) && isNumber(start, sign)) {
            start--; // a phone number as the name
        }
        if (MessageIds.isOne(text, start)) {
            return;
        }
        int end = sign + 1;
        while (end < to && (TextChars.isAlnum(text.charAt(end)) || ".-_".indexOf(text.charAt(end)) >= 0)) {
            end++;
        }
        while (end > sign && ".-_".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        boolean path = end < to
                && text.charAt(end) == ':'
                && end + 1 < to
                && text.indexOf('/', end, to) > 0
                && text.startsWith("git@", start);
        boolean email = start < sign && !path && judgement.acceptAs(start, end, ObservableKind.EMAIL);
        if (!email && sign > from) {
            int cut = TextChars.lastIndexOf(text, '-', sign, end);
            email = cut > sign && isSuffix(cut, end) && judgement.acceptAs(start, cut, ObservableKind.EMAIL);
            int ending = email ? -1 : otherScript(start, end);
            email |= ending > sign && judgement.acceptAs(start, ending, ObservableKind.EMAIL);
        }
        if (!email) {
            if (start > from) {
                piece(from, sign, MAX_SPLITS);
            }
            piece(sign + 1, path ? end : to, MAX_SPLITS - 2);
            return;
        }
        int next = text.indexOf('@', end, to);
        if (next > end && text.charAt(end) != ':') { // after a colon a password follows
            piece(end + 1, to, MAX_SPLITS - 2);
        }
    }

    private boolean isNumber(int from, int to) {
        for (int i = from; i < to; i++) {
            if (!Ascii.isDigit(text.charAt(i))) {
                return false;
            }
        }
        return to - from >= 7;
    }

    private boolean isApostrophe(int at) {
        return text.charAt(at) == '\'' && at > 0 && TextChars.isAlnum(text.charAt(at - 1));
    }
}
