package uz.koprik.indicators.observable.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import uz.koprik.indicators.observable.Ascii;
import uz.koprik.indicators.observable.Defang;
import uz.koprik.indicators.observable.InvalidObservable;
import uz.koprik.indicators.observable.IpAddress;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.observable.Recogniser.Scope;
import uz.koprik.indicators.observable.network.Hosts;

/**
 * Looks for values in running text. Defanging is undone first; what is found is reported where it stood in the given
 * text. Text is text wherever it begins: a value never takes the words after it.
 */
final class TextScan {

    /** Characters between which a value may stand inside a word. */
    private static final String INSIDE = ",;()[]{}=!?^$&#~'\\";

    private static final String TRAILING = ".,:-_+*@/%";
    private static final String LEADING = "-_.:+*@%/";

    private static final Pattern HIVE =
            Pattern.compile("(?:HKLM|HKCU|HKCR|HKU|HKCC|HKEY_[A-Z_]+):?", Pattern.CASE_INSENSITIVE);

    private static final int MAX_SPLITS = 8;
    private static final int MAX_LOCAL = 64;
    private static final int MAX_NETWORKS = 16;
    private static final int MAX_CHAIN = 12;

    private final String text;
    private final Defang.Text refanged;
    private final KindGuesser cell;
    private final TextNumbers numbers;
    private final List<RecognisedValue> found = new ArrayList<>();
    private int nextMark = -2;

    /** The word that was looked at last: words in which many URLs stand are not measured for each. */
    private int knownFrom;

    private int knownEnd;

    TextScan(String given, KindGuesser cell) {
        this.refanged = Defang.inText(given);
        this.text = refanged.text();
        this.cell = cell;
        this.numbers = new TextNumbers(text, cell);
    }

    List<RecognisedValue> all() {
        int at = 0;
        while (at < text.length()) {
            at = TextChars.isBreak(text.charAt(at)) ? at + 1 : step(at);
        }
        return List.copyOf(found);
    }

    private int step(int at) {
        int end = wordEnd(at);
        int mark = mark(at);
        if (mark < 0 || mark >= end) {
            return plain(at, end);
        }
        int begin = TextUrl.schemeStart(text, at, mark);
        if (begin < 0) {
            return Math.max(plain(at, mark), Math.min(mark + 1, end));
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

    private int url(int begin, int mark) {
        boolean backslashes = refanged.isDefanged(begin, mark + 3) && refanged.end(mark + 3) > refanged.start(begin);
        TextUrl url = new TextUrl(text, cell, begin, mark + 3).withBackslashes(backslashes);
        int end = url.end();
        String part = text.substring(begin, end).replace("\\/", "/").replace("&amp;", "&");
        if (part.length() <= ObservableKind.MAX_LENGTH) {
            Observable value = cell.attempt(part, ObservableKind.URL);
            int cut = value == null ? suffixStart(begin, mark + 3, end) : -1;
            if (cut > 0) {
                end = cut;
                part = text.substring(begin, end);
                value = cell.attempt(part, ObservableKind.URL);
            }
            if (value != null) {
                int hyphen = suffixStart(begin, mark + 3, end);
                if (hyphen > 0
                        && Doubts.of(plainValue(value, begin, end), part, part).doubtful()) {
                    Observable shorter = cell.attempt(text.substring(begin, hyphen), ObservableKind.URL);
                    value = shorter == null ? value : shorter;
                    end = shorter == null ? end : hyphen;
                    part = shorter == null ? part : text.substring(begin, end);
                }
                RecognisedValue known = Doubts.of(plainValue(value, begin, end), part, part);
                known = url.isCutOff(end) ? known.with(Remark.CUT_OFF) : known;
                if (TextUrl.isKnownScheme(part) || !known.doubtful()) {
                    add(known, begin, end);
                    accounts(value, begin, end);
                    return end;
                }
            }
        }
        int rest = mark + 3;
        return rest < text.length() && !TextChars.isBreak(text.charAt(rest)) ? plain(rest, wordEnd(rest)) : rest;
    }

    /** Where an ending of the language hangs on the host of a URL without a path: {@code example.com-ra}. */
    private int suffixStart(int begin, int hostFrom, int end) {
        int slash = text.indexOf('/', hostFrom, end);
        int hyphen = slash >= 0 ? -1 : TextChars.lastIndexOf(text, '-', hostFrom, end);
        int dot = slash >= 0 ? -1 : TextChars.lastIndexOf(text, '.', hostFrom, end);
        boolean inHost = hyphen > hostFrom && dot > hostFrom && dot < hyphen;
        return inHost ? hyphen : -1;
    }

    private static RecognisedValue plainValue(Observable value, int from, int to) {
        return new RecognisedValue(value, from, to, Optional.empty());
    }

    private void accounts(Observable url, int from, int to) {
        for (Observable account : LinkedAccounts.of(url)) {
            add(plainValue(account, from, to).with(Remark.LINK_OF_ACCOUNT), from, to);
        }
    }

    private void add(RecognisedValue value, int from, int to) {
        found.add(value.at(refanged.start(from), refanged.end(to)));
    }

    /** Looks at a part of a word in which no URL with a scheme begins: where to go on. */
    private int plain(int from, int to) {
        if (isPath(from, to)) {
            return path(from, to);
        }
        int at = from;
        while (at < to) {
            char c = text.charAt(at);
            if (c == '\\' && at + 1 < to && "nrt".indexOf(text.charAt(at + 1)) >= 0) {
                at += 2; // an escaped line break
                continue;
            }
            if (c == ':' && !text.startsWith("::", at)) {
                at++;
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
                used = piece(at, end, 0);
                at = Math.max(end, used);
            } else {
                at++;
            }
        }
        return at;
    }

    /** Values that are more than a piece of a word: where they end, or -1. */
    private int special(int at, int to) {
        char c = text.charAt(at);
        boolean begins = at == 0 || !TextChars.isAlnum(text.charAt(at - 1));
        RecognisedValue labelled = begins ? LabelledValues.at(text, at, cell) : null;
        if (labelled != null) {
            add(labelled, labelled.start(), labelled.end());
            return labelled.end();
        }
        if (c == '+' || c == '(' || (TextChars.isAlnum(c) && c <= 0x7F)) {
            RecognisedValue number = numbers.at(at);
            if (number != null) {
                add(number, number.start(), number.end());
                return number.end();
            }
        }
        if ((c == 'H' || c == 'h') && begins && text.regionMatches(true, at, "HK", 0, 2)) {
            int end = registryKey(at);
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
                    end++;
                    while (end < to && Ascii.isDigit(text.charAt(end))) {
                        end++;
                    }
                }
                return accept(at, end) ? end : accept(at, close + 1) ? close + 1 : -1;
            }
        }
        if (!begins || !TextChars.isAlnum(c)) {
            return -1;
        }
        int end = range(at, to);
        end = end > 0 ? end : encoded(at, to);
        end = end > 0 ? end : schemeless(at, to);
        return end > 0 ? end : spelledOut(at, to);
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
            int sign = text.indexOf('@', at, Math.min(to, at + MAX_LOCAL));
            if (sign > 0 && isLocal(at + 1, sign)) {
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

    private boolean isLocal(int from, int to) {
        for (int i = from; i < to; i++) {
            if (!isLocal(text.charAt(i))) {
                return false;
            }
        }
        return to > from;
    }

    private static boolean isLocal(char c) {
        return TextChars.isAlnum(c) || "._%+-".indexOf(c) >= 0;
    }

    /** One piece between separators; where to go on, which may be after it. */
    private int piece(int from, int to, int depth) {
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
            accept(start + 1, end); // v1.2.3.4
            return to;
        }
        int at = text.indexOf('@', start, end);
        if (at >= 0) {
            if (at > start && text.charAt(at - 1) == ':' && acceptAs(start, end, ObservableKind.MESSENGER)) {
                return to;
            }
            email(start, end, at);
            return to;
        }
        if (accept(start, end)) {
            return to;
        }
        int cut = TextChars.lastIndexOf(text, '-', Math.max(start, end - 9), end);
        if (cut > start && (isSuffix(cut, end) && accept(start, cut))) {
            return to; // 192.0.2.1-ről, example.com-ra
        }
        if (depth < MAX_SPLITS && !isHexPairs(start, end)) {
            int split = split(start, end);
            if (split > start) {
                piece(start, split, MAX_SPLITS);
                RecognisedValue number = numbers.at(split + 1);
                if (number != null) {
                    add(number, number.start(), number.end());
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

    /** After the slash of a path or of two words only addresses and hashes are values. */
    private void afterSlash(int from, int to) {
        int start = from;
        for (int i = from, parts = 0; i <= to && parts < MAX_SPLITS; i++) {
            if (i == to || text.charAt(i) == '/') {
                RecognisedValue value = i - start < 7 ? null : judged(start, i);
                boolean fits = value != null
                        && switch (value.observable().kind()) {
                            case IPV4, IPV6, MD5, SHA1, SHA256, SHA512 -> true;
                            default -> false;
                        };
                if (fits) {
                    boolean product = value.observable().kind() == ObservableKind.IPV4 && isProduct(start - 1);
                    add(product ? value.with(Remark.VERSION) : value, start, i);
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
        return at < slash && small && Character.isUpperCase(text.charAt(at));
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

    private boolean isSuffix(int hyphen, int end) {
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
                && (isLocal(text.charAt(start - 1)) || isApostrophe(start - 1))) {
            start--;
        }
        while (start < sign && !TextChars.isAlnum(text.charAt(start)) && text.charAt(start) != '_') {
            start++;
        }
        int end = sign + 1;
        while (end < to
                && (TextChars.isAlnum(text.charAt(end)) || text.charAt(end) == '.' || text.charAt(end) == '-')) {
            end++;
        }
        while (end > sign && ".-".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        boolean path = end < to
                && text.charAt(end) == ':'
                && end + 1 < to
                && text.indexOf('/', end, to) > 0
                && text.startsWith("git@", start);
        boolean email = start < sign && !path && acceptAs(start, end, ObservableKind.EMAIL);
        if (!email && sign > from) {
            int cut = TextChars.lastIndexOf(text, '-', sign, end);
            email = cut > sign && isSuffix(cut, end) && acceptAs(start, cut, ObservableKind.EMAIL);
        }
        if (!email) {
            if (start > from) {
                piece(from, sign, MAX_SPLITS);
            }
            piece(sign + 1, path ? end : to, MAX_SPLITS - 2);
            return;
        }
        int next = text.indexOf('@', end, to);
        if (next > end) {
            piece(end + 1, to, MAX_SPLITS - 2);
        }
    }

    private boolean isApostrophe(int at) {
        return text.charAt(at) == '\'' && at > 0 && TextChars.isAlnum(text.charAt(at - 1));
    }

    private boolean accept(int from, int to) {
        RecognisedValue value = judged(from, to);
        if (value != null) {
            add(value, from, to);
            if (value.observable().kind() == ObservableKind.URL) {
                accounts(value.observable(), from, to);
            }
        }
        return value != null;
    }

    private boolean acceptAs(int from, int to, ObservableKind kind) {
        RecognisedValue value = judged(from, to);
        boolean fits = value != null && value.observable().kind() == kind;
        if (fits) {
            add(value, from, to);
        }
        return fits;
    }

    /** What a part of the text is, or null: stricter than for a cell, since most words are no values. */
    private RecognisedValue judged(int from, int to) {
        String part = text.substring(from, to);
        RecognisedValue guess = cell.guess(part);
        if (guess == null || guess.observable().kind().recogniser().scope() != Scope.TEXT) {
            return null;
        }
        boolean defanged = refanged.isDefanged(from, to);
        RecognisedValue value = defanged ? guess.without(Remark.PLAIN_WORDS) : guess;
        String form = value.observable().value();
        switch (value.observable().kind()) {
            case DOMAIN -> {
                boolean words = value.remarks().contains(Remark.PLAIN_WORDS);
                if (words
                        && (form.indexOf('.') != form.lastIndexOf('.')
                                || part.indexOf('.') == 1 && part.charAt(0) > 0x7F)) {
                    return null; // names in code, abbreviations before a name
                }
                if (FileNames.isFileName(form) || form.length() - form.lastIndexOf('.') < 3) {
                    return null;
                }
                boolean call = to + 1 < text.length()
                        && text.charAt(to) == '('
                        && !Ascii.isDigit(text.charAt(to + 1))
                        && form.indexOf('.') == form.lastIndexOf('.');
                value = call && !defanged ? value.with(Remark.PLAIN_WORDS) : value;
                if (defanged && value.remarks().contains(Remark.FILE_NAME)) {
                    value = value.without(Remark.FILE_NAME);
                }
                return value.remarks().contains(Remark.UNKNOWN_ENDING)
                                && !(defanged
                                        && isLetters(form)
                                        && refanged.given(from, to).indexOf(' ') < 0)
                        ? null
                        : value;
            }
            case URL -> {
                if (value.remarks().contains(Remark.NO_NETWORK)) {
                    return plainValue(Hosts.of(value.observable()).orElseThrow(), from, to); // 192.0.2.1/443
                }
                return value.remarks().contains(Remark.UNKNOWN_ENDING)
                                || FileNames.isFileName(Hosts.of(value.observable())
                                        .orElseThrow()
                                        .value())
                        ? null
                        : value;
            }
            case EMAIL -> {
                String host = form.substring(form.lastIndexOf('@') + 1);
                return value.remarks().contains(Remark.UNKNOWN_ENDING) || FileNames.isFileName(host) ? null : value;
            }
            case IPV4 -> {
                return isVersion(from, to) ? value.with(Remark.VERSION) : value;
            }
            case IPV6 -> {
                boolean digit = part.chars().anyMatch(Ascii::isDigit);
                return value.remarks().contains(Remark.SHORT_ADDRESS) && !digit || part.equals("::") ? null : value;
            }
            case MESSENGER -> {
                return value.doubtful() ? null : value;
            }
            case ASN -> {
                return part.startsWith("AS") && part.length() > 4 && !part.equals("AS400") && !part.startsWith("AS9100")
                        ? value
                        : null;
            }
            case PHONE, PAYMENT_CARD, BANK_ACCOUNT -> {
                return part.startsWith("tel:") ? value : null; // TextNumbers knows what stands around them
            }
            default -> {
                return value;
            }
        }
    }

    private static boolean isLetters(String domain) {
        return domain.chars().skip(domain.lastIndexOf('.') + 1).allMatch(Ascii::isLetter);
    }

    /** Whether four numbers with dots read as a version or the number of a section. */
    private boolean isVersion(int from, int to) {
        char before = from == 0 ? '\n' : text.charAt(from - 1);
        if (before == 'v'
                || before == 'V'
                || ContextWords.VERSION.before(text, from)
                || ContextWords.SECTION.before(text, from)) {
            return true;
        }
        boolean lineStart = from == 0 || before == '\n';
        boolean small = true;
        int value = 0;
        for (int i = from; i <= to; i++) {
            if (i == to || text.charAt(i) == '.') {
                small &= value < 20;
                value = 0;
            } else {
                value = value * 10 + text.charAt(i) - '0';
            }
        }
        return lineStart
                && small
                && to + 1 < text.length()
                && TextChars.isBlank(text.charAt(to))
                && Character.isUpperCase(text.charAt(to + 1));
    }

    /** A host with a path and without a scheme: where it ends, or -1. */
    private int schemeless(int at, int to) {
        int end = at;
        boolean dot = false;
        while (end < to && (TextChars.isAlnum(text.charAt(end)) || "-._".indexOf(text.charAt(end)) >= 0)) {
            dot |= text.charAt(end) == '.';
            end++;
        }
        int hostEnd = end;
        if (dot && end < to && text.charAt(end) == ':') {
            int port = end + 1;
            while (port < to && Ascii.isDigit(text.charAt(port))) {
                port++;
            }
            end = port > end + 1 ? port : end;
        }
        boolean path = dot && end + 1 < to && text.charAt(end) == '/' && hostEnd > at;
        if (!path || isNetwork(end, to)) {
            return -1;
        }
        RecognisedValue host = judged(at, hostEnd);
        if (host == null || !host.observable().kind().networkRole().takesPort()) {
            return -1;
        }
        if (host.observable().kind() == ObservableKind.IPV4) {
            int rest = text.charAt(end) == '/' ? end + 1 : end;
            int stop = rest;
            while (stop < to && TextChars.isAlnum(text.charAt(stop))) {
                stop++;
            }
            String after = text.substring(rest, stop).toLowerCase(Locale.ROOT);
            boolean port = !after.isEmpty()
                    && (after.chars().allMatch(Ascii::isDigit) || after.equals("tcp") || after.equals("udp"));
            if (port && (stop == to || "/?.-_".indexOf(text.charAt(stop)) < 0 || text.charAt(stop) == '.')) {
                accept(at, end > hostEnd ? end : hostEnd); // 192.0.2.1/443, 192.0.2.1:80/tcp
                return stop;
            }
        }
        // host.example.com/192.0.2.1:443, as Java writes a socket
        int address = end + 1;
        while (address < to && (Ascii.isDigit(text.charAt(address)) || text.charAt(address) == '.')) {
            address++;
        }
        if (IpAddress.isV4(text, end + 1, address)) {
            accept(at, hostEnd);
            return end + 1;
        }
        TextUrl url = new TextUrl(text, cell, at, at);
        int last = url.end();
        if (last <= end + 1) {
            return accept(at, end) ? last : -1;
        }
        String part = text.substring(at, last).replace("&amp;", "&");
        Observable value = cell.attempt("http://" + part, ObservableKind.URL);
        if (value == null) {
            return -1;
        }
        RecognisedValue known = Doubts.of(plainValue(value, at, last), part, part);
        for (Remark remark : host.remarks()) {
            known = remark == Remark.PLAIN_WORDS ? known : known.with(remark);
        }
        if (refanged.isDefanged(at, hostEnd)) {
            known = known.without(Remark.FILE_NAME).without(Remark.PLAIN_WORDS);
        }
        known = url.isCutOff(last) ? known.with(Remark.CUT_OFF) : known;
        add(known, at, last);
        accounts(value, at, last);
        return last;
    }

    private boolean isNetwork(int slash, int to) {
        int end = slash + 1;
        while (end < to && Ascii.isDigit(text.charAt(end))) {
            end++;
        }
        return end > slash + 1
                && end - slash <= 3
                && (end == to || !TextChars.isAlnum(text.charAt(end)) && text.charAt(end) != '/');
    }

    /** Two addresses with a hyphen between: the networks from one to the other. */
    private int range(int at, int to) {
        int first = at;
        while (first < to && (Ascii.isDigit(text.charAt(first)) || text.charAt(first) == '.')) {
            first++;
        }
        if (first - at < 7 || !IpAddress.isV4(text, at, first)) {
            return -1;
        }
        int second = first;
        while (second < text.length() && second < first + 3 && " -\u2013".indexOf(text.charAt(second)) >= 0) {
            second++;
        }
        if (text.substring(first, second).isBlank()) {
            return -1;
        }
        int end = second;
        while (end < text.length() && (Ascii.isDigit(text.charAt(end)) || text.charAt(end) == '.')) {
            end++;
        }
        while (end > second && text.charAt(end - 1) == '.') {
            end--;
        }
        String from = text.substring(at, first);
        String last = text.substring(second, end);
        if (!last.isEmpty()
                && last.length() <= 3
                && last.indexOf('.') < 0
                && second == first + 1
                && (end == text.length() || !TextChars.isAlnum(text.charAt(end)) && text.charAt(end) != '-')) {
            last = from.substring(0, from.lastIndexOf('.') + 1) + last; // 192.0.2.1-10
        }
        if (!IpAddress.isV4(last, 0, last.length())) {
            return -1;
        }
        try {
            List<String> networks = IpAddress.networks(from, last, MAX_NETWORKS);
            for (String network : networks.isEmpty() ? List.of(from, last) : networks) {
                ObservableKind kind = network.indexOf('/') < 0 ? ObservableKind.IPV4 : ObservableKind.CIDR;
                RecognisedValue one = plainValue(new Observable(kind, network), at, end);
                add(networks.isEmpty() ? one.with(Remark.OPEN_RANGE) : one, at, end);
            }
        } catch (InvalidObservable e) {
            return -1;
        }
        return end;
    }

    /** A URL in base64 or with escapes for its slashes; it is decoded once. */
    private int encoded(int at, int to) {
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
        add(value.with(Remark.DECODED), at, end);
        return end;
    }

    /** Dots or at signs that stand as words between words: {@code user AT example DOT com}. */
    private int spelledOut(int at, int to) {
        if (to == text.length() || !TextChars.isBlank(text.charAt(to))) {
            return -1;
        }
        if (!joins(to)) {
            return -1;
        }
        StringBuilder joined = new StringBuilder();
        boolean capitals = true;
        boolean sign = false;
        int dots = 0;
        int end = at;
        int wordFrom = at;
        for (int i = 0; i < MAX_CHAIN; i++) {
            int wordTo = wordFrom;
            while (wordTo < text.length() && (isLocal(text.charAt(wordTo)) || text.charAt(wordTo) == '@')) {
                wordTo++;
            }
            if (wordTo == wordFrom || wordTo - wordFrom > 64) {
                return -1;
            }
            joined.append(text, wordFrom, wordTo);
            end = wordTo;
            int from = blanks(wordTo);
            int stop = from;
            while (stop < text.length()
                    && stop - from < 4
                    && (Ascii.isLetter(text.charAt(stop)) || text.charAt(stop) == '@')) {
                stop++;
            }
            String joiner = text.substring(from, stop);
            int next = blanks(stop);
            if (from == wordTo || next == stop || next >= text.length()) {
                break;
            }
            String meant =
                    switch (joiner.toLowerCase(Locale.ROOT)) {
                        case "dot" -> ".";
                        case "at", "@" -> "@";
                        default -> null;
                    };
            if (meant == null || (meant.equals("@") && joined.indexOf("@") >= 0)) {
                break;
            }
            capitals &= joiner.equals("DOT") || joiner.equals("AT");
            sign |= joiner.equals("@");
            dots += meant.equals(".") ? 1 : 0;
            joined.append(meant);
            wordFrom = next;
        }
        String whole = joined.toString().replaceAll("\\.+$", "");
        end -= joined.length() - whole.length();
        boolean email = whole.indexOf('@') > 0;
        if (dots == 0 && !(email && (sign || capitals))) {
            return -1;
        }
        RecognisedValue value = cell.guess(whole);
        int ending = whole.length() - whole.lastIndexOf('.') - 1;
        if (value == null || value.doubtful() || (dots > 0 && !capitals && ending < 3)) {
            return -1; // "the dot in"
        }
        switch (value.observable().kind()) {
            case DOMAIN, EMAIL, IPV4 -> {
                add(capitals ? value : value.with(Remark.SPELLED_OUT), at, end);
                return end;
            }
            default -> {
                return -1;
            }
        }
    }

    private boolean joins(int at) {
        int from = blanks(at);
        return text.regionMatches(true, from, "dot ", 0, 4)
                || text.regionMatches(true, from, "at ", 0, 3)
                || text.startsWith("@ ", from);
    }

    private int blanks(int from) {
        int at = from;
        while (at < text.length() && at < from + 3 && TextChars.isBlank(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /** A registry key, over blanks as far as words with backslashes follow; never over the next key. */
    private int registryKey(int at) {
        char before = at == 0 ? ' ' : text.charAt(at - 1);
        int hive = text.indexOf('\\', at, Math.min(text.length(), at + 22));
        if (hive < 0 || !HIVE.matcher(text.substring(at, hive)).matches()) {
            return -1;
        }
        int end;
        int limit = Math.min(text.length(), at + 1024);
        if (before == '"' || before == '\'' || before == '[' || before == '`') {
            char close = before == '[' ? ']' : before;
            end = at;
            while (end < limit && text.charAt(end) != close && text.charAt(end) >= ' ') {
                end++;
            }
            if (end < limit && text.charAt(end) == close && acceptKey(at, end)) {
                return end;
            }
        }
        end = keyWordEnd(at, limit);
        for (int words = 0, next = end; words < 5 && next < limit && text.charAt(next) == ' '; words++) {
            int stop = keyWordEnd(next + 1, limit);
            if (stop == next + 1 || !goesOn(next + 1, stop)) {
                break;
            }
            if (text.substring(next + 1, stop).indexOf('\\') > 0) {
                end = stop;
            }
            next = stop;
        }
        while (end > at && ".,;:!?)\\".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return acceptKey(at, end) ? end : -1;
    }

    private boolean acceptKey(int from, int to) {
        int mark = text.indexOf('\\', from, to);
        Observable key =
                mark < 0 || mark + 1 == to ? null : cell.attempt(text.substring(from, to), ObservableKind.REGISTRY_KEY);
        if (key != null) {
            add(plainValue(key, from, to), from, to);
        }
        return key != null;
    }

    private int keyWordEnd(int from, int limit) {
        int at = from;
        while (at < limit && !TextChars.isBreak(text.charAt(at)) && ",;]'".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return at;
    }

    /** Whether a word after a blank can be a part of a key: neither another key, nor a path, nor a small word. */
    private boolean goesOn(int from, int to) {
        char first = text.charAt(from);
        boolean drive = to - from > 1 && text.charAt(from + 1) == ':';
        return (Character.isUpperCase(first) || Ascii.isDigit(first))
                && !drive
                && !text.regionMatches(true, from, "HK", 0, 2)
                && text.charAt(to - 1) != ':';
    }

    private boolean isPath(int from, int to) {
        char c = text.charAt(from);
        if (c == '\\') {
            return to > from + 1 && "nrt".indexOf(text.charAt(from + 1)) < 0;
        }
        if (c == '/') {
            return to > from + 1;
        }
        if (c == '~' || c == '.') {
            return text.startsWith("~/", from)
                    || text.startsWith("./", from)
                    || text.startsWith("../", from)
                    || text.startsWith(".\\", from)
                    || text.startsWith("..\\", from);
        }
        int first = from;
        while (first < to && "[('{".indexOf(text.charAt(first)) >= 0) {
            first++;
        }
        if (text.regionMatches(true, first, "HK", 0, 2)) {
            return false;
        }
        boolean drive = to > from + 2
                && Ascii.isLetter(c)
                && text.charAt(from + 1) == ':'
                && (text.charAt(from + 2) == '\\' || text.charAt(from + 2) == '/');
        if (drive) {
            return true;
        }
        int back = text.indexOf('\\', from, to);
        boolean inside = back > from
                && back + 2 < to
                && Character.isLetter(text.charAt(back + 1))
                && TextChars.isAlnum(text.charAt(back + 2))
                && TextChars.isAlnum(text.charAt(back - 1))
                && !("nrt".indexOf(text.charAt(back + 1)) >= 0 && !Ascii.isLetter(text.charAt(back + 2)));
        return inside;
    }

    /** The path of a file: only an address or the host of a share in it is a value. */
    private int path(int from, int to) {
        int at = from;
        while (at < to && (text.charAt(at) == '\\' || text.charAt(at) == '/')) {
            at++;
        }
        int slashes = at - from;
        if (at == to) {
            return to;
        }
        if (slashes == 1 && text.charAt(from) == '/') {
            RecognisedValue number = numbers.at(at);
            if (number != null && (number.observable().kind() != ObservableKind.PHONE || text.charAt(at) == '+')) {
                add(number, number.start(), number.end());
                return Math.max(number.end(), at);
            }
            for (int slash = text.indexOf('/', at, to), parts = 0; slash > 0 && parts < MAX_SPLITS; parts++) {
                RecognisedValue field = slash + 1 < to ? numbers.at(slash + 1) : null;
                if (field != null && field.observable().kind() == ObservableKind.IBAN) {
                    add(field, field.start(), field.end());
                    return field.end();
                }
                slash = text.indexOf('/', slash + 1, to);
            }
            if (text.startsWith("dev/tcp/", at) || text.startsWith("dev/udp/", at)) {
                afterSlash(at + 8, to);
                return to;
            }
            int end = at;
            while (end < to && (Ascii.isDigit(text.charAt(end)) || ".:".indexOf(text.charAt(end)) >= 0)) {
                end++;
            }
            if (end - at > 6) {
                return piece(at, end, 0) > 0 && end < to ? plainRest(end, to) : to;
            }
            return to;
        }
        if (slashes >= 2) {
            int end = at;
            while (end < to && text.charAt(end) != '\\' && text.charAt(end) != '/') {
                end++;
            }
            if (text.charAt(from) == '/') {
                int used = schemeless(at, to);
                return used > 0 ? used : to;
            }
            piece(at, end, MAX_SPLITS);
        }
        return to;
    }

    private int plainRest(int from, int to) {
        return TextChars.isAlnum(text.charAt(from)) ? to : plain(from, to);
    }
}
