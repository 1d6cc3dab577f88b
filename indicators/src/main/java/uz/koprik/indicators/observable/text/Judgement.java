package uz.koprik.indicators.observable.text;

import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;
import uz.koprik.indicators.observable.Ascii;
import uz.koprik.indicators.observable.DomainName;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.observable.Recogniser.Scope;
import uz.koprik.indicators.observable.network.Hosts;
import uz.koprik.indicators.observable.network.TopLevelDomains;
import uz.koprik.indicators.observable.text.url.TextChars;
import uz.koprik.indicators.observable.text.url.UrlScheme;

/** What a part of a text is: stricter than for a cell, since most words are no values. */
final class Judgement {

    /** What begins a message of a firewall of Cisco. */
    private static final Pattern LOG = Pattern.compile("%(?:ASA|FTD|PIX|FWSM)-[0-7]-");

    private static final int LONGEST_LINE = 400;

    /** With these begin and end the names of fields in logs, {@code host.name}. */
    private static final Set<String> FIELDS = Set.of(("host process file user service agent rule event group http dns"
                    + " tls url source destination client server network observer organization threat cloud container log"
                    + " device account object registry winlog package dll parent")
            .split(" ", -1));

    private static final Set<String> OF_FIELDS = Set.of("name", "id", "host", "email", "group", "network", "code");

    /** What WhatsApp puts after the at sign of its numbers. */
    private static final Set<String> OF_WHATSAPP = Set.of("c.us", "g.us", "s.whatsapp.net");

    private static final Set<String> OF_CODE = Set.of("com", "org", "this", "self", "document", "window");

    private final String text;
    private final TextFindings found;
    private final KindGuesser cell;
    private final HashContext hashes;

    Judgement(TextFindings found, KindGuesser cell) {
        this.text = found.text();
        this.found = found;
        this.cell = cell;
        this.hashes = new HashContext(text, cell);
    }

    /** Whether a chat of WhatsApp is named from a position on. */
    static boolean isOfWhatsApp(String text, int from) {
        for (String host : OF_WHATSAPP) {
            if (text.startsWith(host, from)) {
                return true;
            }
        }
        return false;
    }

    boolean accept(int from, int to) {
        RecognisedValue value = of(from, to);
        if (value != null) {
            found.add(value, from, to);
            if (value.observable().kind() == ObservableKind.URL) {
                found.addAccounts(value.observable(), from, to);
            }
        }
        return value != null;
    }

    boolean acceptAs(int from, int to, ObservableKind kind) {
        RecognisedValue value = of(from, to);
        boolean fits = value != null && value.observable().kind() == kind;
        if (fits) {
            found.add(value, from, to);
        }
        return fits;
    }

    /** Takes the first and the last address of a range of IPv6. */
    boolean acceptRange(int from, int hyphen, int to) {
        RecognisedValue first = of(from, hyphen);
        RecognisedValue last =
                first == null || first.observable().kind() != ObservableKind.IPV6 ? null : of(hyphen + 1, to);
        boolean range = last != null && last.observable().kind() == ObservableKind.IPV6;
        if (range) {
            found.add(first.with(Remark.OPEN_RANGE), from, hyphen);
            found.add(last.with(Remark.OPEN_RANGE), hyphen + 1, to);
        }
        return range;
    }

    /** What a part of the text is, or null: stricter than for a cell, since most words are no values. */
    RecognisedValue of(int from, int to) {
        String part = text.substring(from, to);
        RecognisedValue guess = cell.guess(part);
        if (guess == null || guess.observable().kind().recogniser().scope() != Scope.TEXT) {
            return null;
        }
        if (isRestOfName(from)) {
            return null;
        }
        boolean defanged = found.isDefanged(from, to);
        RecognisedValue value = defanged ? guess.without(Remark.PLAIN_WORDS) : guess;
        String form = value.observable().value();
        boolean unknownEnding = value.remarks().contains(Remark.UNKNOWN_ENDING);
        return switch (value.observable().kind()) {
            case DOMAIN -> domain(value, from, to);
            case URL -> url(value, from, to);
            case EMAIL ->
                OF_WHATSAPP.contains(form.substring(form.lastIndexOf('@') + 1))
                                || (unknownEnding && !isBracketed(from, to))
                                || FileNames.isFileName(form.substring(form.lastIndexOf('@') + 1))
                                || isRestOfAddress(from)
                        ? null
                        : value;
            case IPV4 -> isVersion(from, to) ? value.with(Remark.VERSION) : value;
            case CIDR -> isPortOfLog(value, from, to) ? host(value, from, to) : value;
            case IPV6 -> {
                boolean digit = part.chars().anyMatch(Ascii::isDigit);
                boolean word = value.remarks().contains(Remark.SHORT_ADDRESS) && !digit;
                boolean rest = from > 1 && text.charAt(from - 1) == ':' && isGroup(from - 1);
                yield rest || word || part.equals("::") ? null : value;
            }
            case MD5, SHA1, SHA256, SHA512 -> isOfWorkchain(from) ? null : hashes.judge(value, from, to);
            case MAC, WALLET -> isNothing(form) ? null : value;
            case MESSENGER -> value.doubtful() ? null : value;
            case ASN -> number(value, part);
            // TextNumbers knows what stands around them.
            case PHONE, PAYMENT_CARD, BANK_ACCOUNT -> part.startsWith("tel:") ? value : null;
            default -> value;
        };
    }

    /** Capitals are sure but for the names of things; small letters may be the word "as" before a number. */
    private static RecognisedValue number(RecognisedValue value, String part) {
        if (part.regionMatches(true, 0, "asn", 0, 3)) {
            return part.length() < 6 ? null : value; // ASN1 is a notation
        }
        if (part.length() < 5 || part.equalsIgnoreCase("as400") || part.startsWith("AS9100")) {
            return null;
        }
        boolean year = part.length() == 6 && (part.startsWith("19", 2) || part.startsWith("20", 2));
        return part.startsWith("AS") ? value : year || part.length() < 6 ? null : value.with(Remark.NUMBER_ONLY);
    }

    /** Whether a name goes on here that has a symbol in it, such as a picture before a dot or the dot of Catalan. */
    private boolean isRestOfName(int from) {
        if (from < 2) {
            return false;
        }
        char before = text.charAt(from - 1);
        int symbol = text.codePointBefore(from - 1);
        return (before == '.' && Character.getType(symbol) == Character.OTHER_SYMBOL && !DomainName.isMark(symbol))
                || (before == '\u00B7' && Character.isLetter(symbol));
    }

    /** Whether a group of hexadecimal digits ends at a position, which is no word then. */
    private boolean isGroup(int end) {
        int at = end;
        while (at > 0 && end - at <= 4 && HexFormat.isHexDigit(text.charAt(at - 1))) {
            at--;
        }
        return at < end && end - at <= 4 && (at == 0 || !TextChars.isAlnum(text.charAt(at - 1)));
    }

    /** Whether {@code 0:} or {@code -1:} stands before, as in addresses of TON without check digits. */
    private boolean isOfWorkchain(int from) {
        int at = from - 2;
        return at >= 0
                && text.charAt(from - 1) == ':'
                && (text.charAt(at) == '0' || (text.charAt(at) == '1' && at > 0 && text.charAt(--at) == '-'))
                && (at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1)));
    }

    /** Whether an address is the one that stands for none or for all. */
    private static boolean isNothing(String address) {
        int from = address.startsWith("eth:0x") ? 6 : 0;
        char first = address.charAt(from);
        return (first == '0' || first == 'f') && address.chars().skip(from).allMatch(c -> c == first || c == ':');
    }

    /** Whether brackets stood in the value, so that somebody meant it as one. */
    private boolean isBracketed(int from, int to) {
        return found.isDefanged(from, to) && found.given(from, to).chars().anyMatch(c -> "[](){}".indexOf(c) >= 0);
    }

    /** Whether an at sign and a name before it stand before, so that two addresses are glued. */
    private boolean isRestOfAddress(int from) {
        return from > 1 && text.charAt(from - 1) == '@' && TextChars.isAlnum(text.charAt(from - 2));
    }

    /** Whether the name of a mailbox that cannot be read stands before a host, which is not meant then. */
    private boolean isHostOfMail(int from) {
        int sign = from - 1;
        if (sign > 0 && text.charAt(sign) == ' ') {
            sign--; // "name@ host.example"
        }
        if (sign < 1 || text.charAt(sign) != '@' || text.startsWith("git@", sign - 3)) {
            return false;
        }
        char before = text.charAt(sign - 1);
        return TextChars.isAlnum(before) || ".\"'@}])_-".indexOf(before) >= 0;
    }

    /** Whether a colon joins a host to a name after an at sign, {@code @name:matrix.example}. */
    private boolean isHostOfName(int from) {
        int at = from - 1;
        if (at < 2 || text.charAt(at) != ':') {
            return false;
        }
        while (at > 0 && from - at < Pieces.MAX_LOCAL && TextChars.isLocal(text.charAt(at - 1))) {
            at--;
        }
        return at > 0
                && at < from - 1
                && text.charAt(at - 1) == '@'
                && (at == 1 || !TextChars.isAlnum(text.charAt(at - 2)));
    }

    private RecognisedValue url(RecognisedValue value, int from, int to) {
        Observable host = Hosts.of(value.observable()).orElseThrow();
        if (value.remarks().contains(Remark.NO_NETWORK)) {
            return TextFindings.plainValue(host, from, to); // 192.0.2.1/443
        }
        if (value.remarks().contains(Remark.UNKNOWN_ENDING) || FileNames.isFileName(host.value())) {
            return null;
        }
        Observable secure = text.indexOf("://", from, to) < 0 && UrlScheme.isSecureBefore(text, from)
                ? cell.attempt("https://" + text.substring(from, to), ObservableKind.URL)
                : null;
        return secure == null
                ? value
                : new RecognisedValue(secure, value.start(), value.end(), value.port(), value.remarks());
    }

    private RecognisedValue domain(RecognisedValue given, int from, int to) {
        boolean defanged = found.isDefanged(from, to);
        String part = text.substring(from, to);
        String form = given.observable().value();
        boolean oneDot = form.indexOf('.') == form.lastIndexOf('.');
        boolean abbreviation = part.indexOf('.') == 1 && part.charAt(0) > 0x7F;
        if (given.remarks().contains(Remark.PLAIN_WORDS) && (!oneDot || abbreviation)) {
            return null; // names in code, abbreviations before a name
        }
        if (from > 0 && text.charAt(from - 1) == '@' && OF_WHATSAPP.contains(form)) {
            return null;
        }
        if (form.endsWith(".xxx")
                && form.chars().limit(form.length() - 4L).allMatch(c -> Ascii.isDigit(c) || c == '.')) {
            return null; // an address without its last number
        }
        if (FileNames.isFileName(form) || form.length() - form.lastIndexOf('.') < 3) {
            return null;
        }
        boolean call = to + 1 < text.length()
                && text.charAt(to) == '('
                && (text.charAt(to + 1) == ')' || (!Ascii.isDigit(text.charAt(to + 1)) && oneDot));
        boolean other = call || isNameOfCode(form) || isNumber(form) || isHostOfMail(from) || isHostOfName(from);
        RecognisedValue value = other && !defanged ? given.with(Remark.PLAIN_WORDS) : given;
        value = defanged ? value.without(Remark.FILE_NAME) : value;
        boolean meant = defanged && isLetters(form) && found.given(from, to).indexOf(' ') < 0;
        return value.remarks().contains(Remark.UNKNOWN_ENDING) && !meant ? null : value;
    }

    /** Whether a name begins as those of programs and in their text do: {@code com.example.reader.app}. */
    private static boolean isNameOfCode(String domain) {
        int dot = domain.indexOf('.');
        String first = domain.substring(0, dot);
        boolean more = domain.indexOf('.', dot + 1) > 0;
        return (more && OF_CODE.contains(first))
                || (more && dot == 2 && domain.endsWith(".app") && TopLevelDomains.isKnown("x." + first))
                || (FIELDS.contains(first) && OF_FIELDS.contains(domain.substring(domain.lastIndexOf('.') + 1)));
    }

    /** Whether digits stand before the ending that are a number with a unit or a version: {@code 10.am}. */
    private static boolean isNumber(String domain) {
        int last = domain.lastIndexOf('.');
        boolean digits = domain.chars().limit(last).allMatch(c -> Ascii.isDigit(c) || c == '.');
        return digits && (domain.indexOf('.') < last || (last < 3 && domain.length() - last == 3));
    }

    /** Whether a line of a firewall of Cisco writes an address and a port so: {@code inside:192.0.2.10/22}. */
    private boolean isPortOfLog(RecognisedValue value, int from, int to) {
        char before = from == 0 ? ' ' : text.charAt(from - 1);
        if ((before != ':' && before != '(') || value.observable().value().startsWith(text.substring(from, to))) {
            return false;
        }
        for (int at = from; at >= 0 && from - at < LONGEST_LINE && text.charAt(at) != '\n'; at--) {
            if (text.charAt(at) == '%' && LOG.matcher(text).region(at, from).lookingAt()) {
                return true;
            }
        }
        return false;
    }

    private RecognisedValue host(RecognisedValue network, int from, int to) {
        int slash = text.indexOf('/', from, to);
        RecognisedValue host = cell.guess(text.substring(from, slash));
        return host == null ? network : host;
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
                || (before == ' ' && ContextWords.PRODUCT.before(text, from))
                || ContextWords.SECTION.before(text, from)) {
            return true;
        }
        boolean lineStart = from == 0 || before == '\n';
        boolean small = true;
        boolean same = true; // as the resolver 8.8.8.8
        int first = -1;
        int value = 0;
        for (int i = from; i <= to; i++) {
            if (i == to || text.charAt(i) == '.') {
                small &= value < 20;
                first = first < 0 ? value : first;
                same &= value == first;
                value = 0;
            } else {
                value = value * 10 + text.charAt(i) - '0';
            }
        }
        return small && (isHeading(lineStart, to) || !(same || isMeant(lineStart, from, to)));
    }

    private boolean isHeading(boolean lineStart, int to) {
        return lineStart
                && to + 1 < text.length()
                && TextChars.isBlank(text.charAt(to))
                && Character.isUpperCase(text.charAt(to + 1));
    }

    /** Whether something says that four small numbers are an address, which few addresses have. */
    private boolean isMeant(boolean lineStart, int from, int to) {
        char after = to == text.length() ? '\n' : text.charAt(to);
        return after == ':'
                || found.isDefanged(from, to)
                || (lineStart && (after == '\n' || after == '\r'))
                || ContextWords.NETWORK.before(text, from);
    }
}
