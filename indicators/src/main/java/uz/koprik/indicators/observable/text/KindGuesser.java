package uz.koprik.indicators.observable.text;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import uz.koprik.indicators.observable.Ascii;
import uz.koprik.indicators.observable.Defang;
import uz.koprik.indicators.observable.DomainName;
import uz.koprik.indicators.observable.InvalidObservable;
import uz.koprik.indicators.observable.IpAddress;
import uz.koprik.indicators.observable.Normalisation;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.observable.PhoneNumber;
import uz.koprik.indicators.observable.Recogniser;
import uz.koprik.indicators.observable.forms.FilePath;
import uz.koprik.indicators.observable.forms.MaskedCard;
import uz.koprik.indicators.observable.network.HostPort;
import uz.koprik.indicators.observable.text.url.SureValues;
import uz.koprik.indicators.observable.text.url.UrlEscapes;
import uz.koprik.indicators.observable.text.url.UrlScheme;

/** Guesses the kind of one value; the hot path of bulk imports, so it looks at characters before it tries kinds. */
public final class KindGuesser implements SureValues {

    private static final int COLON = 1;
    private static final int SLASH = 2;
    private static final int AT = 4;
    private static final int NOT_HEX = 8;
    private static final int DOT = 16;
    private static final int NOT_DIGIT = 32;
    private static final int SPACE = 64;
    private static final int LETTER = 128;

    /** The kinds that are recognised by a number of hexadecimal digits. */
    private static final ObservableKind[] HASHES = Arrays.stream(ObservableKind.values())
            .filter(kind -> kind.recogniser().hexDigits() > 0)
            .toArray(ObservableKind[]::new);

    private static final Trial[] WORDS = trials(Recogniser::word);
    private static final Trial[] PREFIXED = trials(Recogniser::prefixed);

    /** A kind, and the look that says whether it is worth trying. */
    private record Trial(ObservableKind kind, Predicate<String> look) {}

    private final Normalisation context;

    private final String countryCode;

    KindGuesser(Normalisation context) {
        this.context = context;
        this.countryCode = context.phoneRegion().map(PhoneNumber::countryCode).orElse("");
    }

    private static Trial[] trials(Function<Recogniser, Predicate<String>> look) {
        return Arrays.stream(ObservableKind.values())
                .filter(kind -> look.apply(kind.recogniser()) != null)
                .map(kind -> new Trial(kind, look.apply(kind.recogniser())))
                .toArray(Trial[]::new);
    }

    /** The value, or null when {@code raw} is none. */
    RecognisedValue guess(String raw) {
        String text = raw.strip();
        if (text.isEmpty() || text.length() > ObservableKind.MAX_LENGTH) {
            return null;
        }
        if (FilePath.isWindows(text)) {
            Observable path = attempt(
                    text, ObservableKind.FILE_PATH); // first, since a backslash and a dot are no defanging there
            if (path != null) {
                return found(raw, path);
            }
        }
        if (text.charAt(0) == '/') {
            RecognisedValue path = found(raw, attempt(text, ObservableKind.URL_PATH));
            return path == null ? null : path.with(Remark.WHOLE_PATH);
        }
        String plain = Defang.refang(text);
        RecognisedValue found = plain(raw, plain);
        return found == null ? null : Doubts.of(found, text, plain);
    }

    private RecognisedValue plain(String raw, String text) {
        int marks = marks(text);
        if ((marks & (COLON | SLASH | AT)) == 0) {
            if (text.startsWith("*.") && text.indexOf('*', 1) < 0) {
                Observable domain = attempt(text.substring(2), ObservableKind.DOMAIN);
                return domain == null ? null : found(raw, domain).with(Remark.WILDCARD);
            }
            if (text.endsWith(".*") && Ascii.isDigit(text.charAt(0))) {
                return found(raw, attempt(text, ObservableKind.IPV4)); // 192.0.2.*
            }
            return found(raw, word(text, marks));
        }
        if (text.regionMatches(true, 0, "HK", 0, 2) && text.indexOf('\\') > 0) {
            return found(raw, attempt(text, ObservableKind.REGISTRY_KEY));
        }
        if (text.indexOf("://") > 0) {
            return isOneUrl(text, marks) ? found(raw, attempt(UrlEscapes.undone(text), ObservableKind.URL)) : null;
        }
        if ((marks & AT) != 0 && text.indexOf('@') > 0 && (marks & SPACE) == 0) {
            Observable email = attempt(text, ObservableKind.EMAIL);
            if (email != null) {
                return found(raw, email);
            }
        }
        if ((marks & COLON) != 0) {
            RecognisedValue withColon = withColon(raw, text, marks);
            if (withColon != null) {
                return withColon;
            }
        }
        if ((marks & SLASH) != 0 && (marks & SPACE) == 0) {
            return found(raw, withSlash(text));
        }
        return null;
    }

    /** A URL with a blank in it, or with another value after a separator, is a text that begins with a URL. */
    private boolean isOneUrl(String text, int marks) {
        if ((marks & SPACE) != 0) {
            return false;
        }
        int from = text.indexOf("://") + 3;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '<' || c == '>' || c == '"' || Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                return false;
            }
            if (c == ']' && text.startsWith("](", i)) {
                return false;
            }
            if ((c == ',' || c == ';' || c == '|') && valueFollows(text, i + 1)) {
                return false;
            }
        }
        return !UrlScheme.isGlued(text, from);
    }

    @Override
    public boolean isOneValue(String part) {
        if (part.length() < 4 || part.length() > 2048) {
            return false;
        }
        RecognisedValue guess = guess(part);
        return guess != null && !guess.doubtful() && guess.observable().kind() != ObservableKind.PHONE;
    }

    private static int marks(String text) {
        int marks = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Ascii.isDigit(c)) {
                continue;
            }
            if (Ascii.isLetter(c) || c > 0x7F) {
                marks |= NOT_DIGIT | LETTER | ((c | 0x20) > 'f' || c > 0x7F ? NOT_HEX : 0);
                continue;
            }
            marks |= NOT_HEX
                    | NOT_DIGIT
                    | switch (c) {
                        case ':' -> COLON;
                        case '/' -> SLASH;
                        case '@' -> AT;
                        case '.' -> DOT;
                        case ' ', '\t' -> SPACE;
                        default -> 0;
                    };
        }
        return marks;
    }

    /** A text without colon, slash and at sign. */
    private Observable word(String text, int marks) {
        if ((marks & NOT_HEX) == 0 && text.length() >= 32) {
            Observable hash = hash(text);
            if (hash != null) {
                return hash;
            }
        }
        if ((marks & (DOT | SPACE)) == DOT) {
            if (text.length() == 14 && text.charAt(4) == '.' && text.charAt(9) == '.') {
                Observable mac = attempt(text, ObservableKind.MAC);
                if (mac != null) {
                    return mac;
                }
            }
            if (IpAddress.isV4(text, 0, text.length())) {
                return new Observable(ObservableKind.IPV4, text);
            }
            Observable domain = DomainName.problem(text, 0, text.length()) == null
                    ? new Observable(ObservableKind.DOMAIN, text)
                    : (marks & LETTER) != 0 ? attempt(text, ObservableKind.DOMAIN) : null;
            if (domain != null) {
                return domain;
            }
        }
        char first = text.charAt(0);
        if (first == '+' || text.startsWith("(+")) {
            return text.length() >= 8 ? attempt(text, ObservableKind.PHONE) : null; // "+1" is said in many texts
        }
        if ((marks & NOT_DIGIT) != 0 && MaskedCard.looksLikeOne(text)) {
            Observable card = attempt(text, ObservableKind.PAYMENT_CARD);
            if (card != null) {
                return card;
            }
        }
        return (marks & LETTER) != 0 ? first(text, WORDS) : digits(text);
    }

    private Observable hash(String text) {
        for (ObservableKind kind : HASHES) {
            if (kind.recogniser().hexDigits() == text.length()) {
                return attempt(text, kind);
            }
        }
        return null;
    }

    /** The first of some kinds whose look the text passes and which takes it. */
    private Observable first(String text, Trial[] trials) {
        for (Trial trial : trials) {
            Observable found = trial.look.test(text) ? attempt(text, trial.kind) : null;
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private Observable digits(String text) {
        long count = text.chars().filter(Ascii::isDigit).count();
        // IMEIs have fifteen digits and the same check digit as cards; of those, only American Express has cards.
        if (count >= 12 && count <= 19 && (count != 15 || text.startsWith("34") || text.startsWith("37"))) {
            Observable card = attempt(text, ObservableKind.PAYMENT_CARD);
            if (card != null) {
                return card;
            }
        }
        if (count == 20) { // as the accounts of most CIS countries, which know no IBAN
            return attempt(text, ObservableKind.BANK_ACCOUNT);
        }
        return count >= 7 && count <= 15 ? phoneWithoutPlus(text) : null;
    }

    /** A number in the form of the centre's country, with or without its code, or after 00; null when it is none. */
    Observable phoneWithoutPlus(String text) {
        if (context.phoneRegion().isEmpty() && !text.startsWith("00")) {
            return null;
        }
        Observable phone = attempt(text, ObservableKind.PHONE);
        return phone != null && PhoneNumber.isAssignable(phone.value()) ? phone : null;
    }

    /** A cheap look at digits without plus: whether a number of the centre's country or one after 00 is so long. */
    boolean mayBePhone(String text, int from, int to) {
        int first = from;
        while (first < to && !Ascii.isDigit(text.charAt(first))) {
            first++;
        }
        int digits = 0;
        for (int i = first; i < to; i++) {
            digits += Ascii.isDigit(text.charAt(i)) ? 1 : 0;
        }
        if (text.startsWith("00", first)) {
            return first + 2 < to && text.charAt(first + 2) != '0' && digits >= 10;
        }
        boolean zero = text.charAt(first) == '0' && first + 1 < to && text.charAt(first + 1) == '0';
        return !zero
                && PhoneNumber.hasLength(
                        context.phoneRegion().orElse(""),
                        digits,
                        text.startsWith(countryCode, first) ? countryCode.length() : 0);
    }

    /** The digits that begin the numbers of the centre's country; empty when it is not known. */
    String countryCode() {
        return countryCode;
    }

    private RecognisedValue withColon(String raw, String text, int marks) {
        HostPort parts = HostPort.of(text);
        boolean brackets = text.startsWith("[");
        if (parts.port().isPresent() && (brackets || (marks & (SLASH | AT | SPACE)) == 0)) {
            Observable host =
                    brackets ? attempt(parts.host(), ObservableKind.IPV6) : word(parts.host(), marks(parts.host()));
            return host != null && host.kind().networkRole().takesPort()
                    ? new RecognisedValue(
                            host, 0, raw.length(), Optional.of(parts.port().getAsInt()))
                    : null;
        }
        return brackets && text.indexOf("]:") > 0 ? null : found(raw, prefixed(text, marks));
    }

    private Observable prefixed(String given, int marks) {
        Observable fingerprint = fingerprint(given);
        if (fingerprint != null) {
            return fingerprint;
        }
        int zone = given.indexOf('%');
        String text = zone > 0 && (marks & SLASH) == 0 ? given.substring(0, zone) : given;
        boolean address = text.indexOf(':') != text.lastIndexOf(':') && (marks & AT) == 0;
        Observable found =
                address ? attempt(text, text.indexOf('/') < 0 ? ObservableKind.IPV6 : ObservableKind.CIDR) : null;
        return found == null ? first(given, PREFIXED) : found;
    }

    /** A hash in pairs with colons, as certificates show it; null when it is none. */
    private Observable fingerprint(String text) {
        int pairs = (text.length() + 1) / 3;
        if ((text.length() + 1) % 3 != 0 || (pairs != 16 && pairs != 20 && pairs != 32)) {
            return null;
        }
        for (int i = 2; i < text.length(); i += 3) {
            if (text.charAt(i) != ':') {
                return null;
            }
        }
        return hash(text.replace(":", ""));
    }

    private Observable withSlash(String text) {
        int slash = text.indexOf('/');
        if (slash == text.lastIndexOf('/') && text.length() - slash <= 4) {
            Observable network = attempt(text, ObservableKind.CIDR);
            if (network != null) {
                return network;
            }
        }
        int hostEnd = text.indexOf(':') > 0 && text.indexOf(':') < slash ? text.indexOf(':') : slash;
        if (hostEnd > 0 && (text.charAt(hostEnd - 1) == '.' || hostEnd + 1 == slash)) {
            return null; // an abbreviation, "St./", or the path on another machine, "host:/srv"
        }
        if (text.lastIndexOf('.', hostEnd) <= 0) {
            return null; // a path that starts with a name of no domain, "and/or"
        }
        String host = text.substring(0, hostEnd);
        if (!IpAddress.isV4(host, 0, hostEnd) && IpAddress.asBrowsersRead(host).isPresent()) {
            return null; // a date or a version, "12.05.2024/1"
        }
        return attempt("http://" + text, ObservableKind.URL);
    }

    Observable attempt(String text, ObservableKind kind) {
        try {
            return kind.normalise(text, context);
        } catch (InvalidObservable e) {
            return null; // not of this kind, which is all that was asked
        }
    }

    private static RecognisedValue found(String raw, Observable observable) {
        return observable == null ? null : new RecognisedValue(observable, 0, raw.length(), Optional.empty());
    }
}
