package uz.koprik.indicators.observable;

import java.util.Optional;

/** Guesses the kind of one value; the hot path of bulk imports, so it looks at characters before it tries kinds. */
final class Cell {

    private static final int COLON = 1;
    private static final int SLASH = 2;
    private static final int AT = 4;
    private static final int NOT_HEX = 8;
    private static final int DOT = 16;
    private static final int NOT_DIGIT = 32;
    private static final int SPACE = 64;
    private static final int LETTER = 128;

    private final Normalisation context;

    Cell(Normalisation context) {
        this.context = context;
    }

    /** The value, or null when {@code raw} is none. */
    Recognised guess(String raw) {
        String text = raw.strip();
        if (text.isEmpty() || text.length() > ObservableKind.MAX_LENGTH) {
            return null;
        }
        if (text.charAt(0) == '/') {
            return found(raw, attempt(text, ObservableKind.URL_PATH));
        }
        text = Defang.refang(text);
        int marks = marks(text);
        if ((marks & (COLON | SLASH | AT)) == 0) {
            return found(raw, word(text, marks));
        }
        if (text.indexOf("://") > 0) {
            return found(raw, attempt(text, ObservableKind.URL));
        }
        if ((marks & AT) != 0 && text.indexOf('@') > 0 && (marks & SPACE) == 0) {
            Observable email = attempt(text, ObservableKind.EMAIL);
            if (email != null) {
                return found(raw, email);
            }
        }
        if ((marks & COLON) != 0) {
            Recognised withColon = withColon(raw, text, marks);
            if (withColon != null) {
                return withColon;
            }
        }
        if ((marks & SLASH) != 0 && (marks & SPACE) == 0) {
            return found(raw, withSlash(text));
        }
        return null;
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
            marks |= NOT_HEX | NOT_DIGIT | switch (c) {
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
        return (marks & LETTER) != 0 ? lettered(text) : digits(text);
    }

    private Observable hash(String text) {
        return switch (text.length()) {
            case 32 -> attempt(text, ObservableKind.MD5);
            case 40 -> attempt(text, ObservableKind.SHA1);
            case 64 -> attempt(text, ObservableKind.SHA256);
            case 128 -> attempt(text, ObservableKind.SHA512);
            default -> null;
        };
    }

    private Observable lettered(String text) {
        Observable found = null;
        if (text.length() >= 15 && Character.isLetter(text.charAt(1))) {
            found = attempt(text, ObservableKind.IBAN);
        }
        if (found == null && text.regionMatches(true, 0, "AS", 0, 2) && text.length() > 2
                && Character.isDigit(text.charAt(text.length() - 1))) {
            found = attempt(text, ObservableKind.ASN);
        }
        if (found == null && text.length() >= 70 && text.startsWith("T1")) {
            found = attempt(text, ObservableKind.TLSH);
        }
        if (found == null && text.regionMatches(true, 0, "HK", 0, 2) && text.indexOf('\\') > 0) {
            found = attempt(text, ObservableKind.REGISTRY_KEY);
        }
        if (found == null && text.length() == 17) {
            found = attempt(text, ObservableKind.MAC);
        }
        if (found == null && Wallet.looksLikeOne(text)) {
            found = attempt(text, ObservableKind.WALLET);
        }
        if (found == null && CardNumber.isTokenised(text)) {
            found = attempt(text, ObservableKind.PAYMENT_CARD);
        }
        return found;
    }

    private Observable digits(String text) {
        long count = text.chars().filter(Ascii::isDigit).count();
        if (count >= 12 && count <= 19) {
            Observable card = attempt(text, ObservableKind.PAYMENT_CARD);
            if (card != null) {
                return card;
            }
        }
        if (count == 20) { // as the accounts of most CIS countries, which know no IBAN
            return attempt(text, ObservableKind.BANK_ACCOUNT);
        }
        boolean region = context.phoneRegion().isPresent() || text.startsWith("00");
        Observable phone = region && count >= 7 && count <= 15 ? attempt(text, ObservableKind.PHONE) : null;
        return phone != null && PhoneNumber.isAssignable(phone.value()) ? phone : null;
    }

    private Recognised withColon(String raw, String text, int marks) {
        int colon = text.lastIndexOf(':');
        if (colon > 0 && colon == text.indexOf(':') && (marks & (SLASH | AT | SPACE)) == 0) {
            int port = UrlText.port(text.substring(colon + 1));
            if (port >= 0) {
                Observable host = word(text.substring(0, colon), marks(text.substring(0, colon)));
                boolean addressed = host != null
                        && (host.kind() == ObservableKind.IPV4 || host.kind() == ObservableKind.DOMAIN);
                return addressed ? new Recognised(host, 0, raw.length(), Optional.of(port)) : null;
            }
        }
        if (text.startsWith("[") && text.indexOf("]:") > 0) {
            Observable host = attempt(text.substring(0, text.indexOf("]:") + 1), ObservableKind.IPV6);
            int port = UrlText.port(text.substring(text.indexOf("]:") + 2));
            return host != null && port >= 0 ? new Recognised(host, 0, raw.length(), Optional.of(port)) : null;
        }
        return found(raw, prefixed(text, marks));
    }

    private Observable prefixed(String text, int marks) {
        Observable found = null;
        if (text.length() == 17 && (marks & (SLASH | AT | DOT)) == 0) {
            found = attempt(text, ObservableKind.MAC);
        }
        if (found == null && text.indexOf(':') != text.lastIndexOf(':') && (marks & AT) == 0) {
            found = attempt(text, text.indexOf('/') < 0 ? ObservableKind.IPV6 : ObservableKind.CIDR);
            if (found == null && Character.isDigit(text.charAt(0))) {
                found = attempt(text, ObservableKind.SSDEEP);
            }
        }
        if (found == null && text.regionMatches(true, 0, "tel:", 0, 4)) {
            found = attempt(text, ObservableKind.PHONE);
        }
        String prefix = text.substring(0, text.indexOf(':'));
        if (found == null && Coin.families(prefix) != null) {
            found = attempt(text, ObservableKind.WALLET);
        }
        if (found == null && Messenger.isKnown(prefix)) {
            found = attempt(text, ObservableKind.MESSENGER);
        }
        return found;
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
        if (text.lastIndexOf('.', hostEnd) <= 0) {
            return null; // a path that starts with a name of no domain, "and/or"
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

    private static Recognised found(String raw, Observable observable) {
        return observable == null ? null : new Recognised(observable, 0, raw.length(), Optional.empty());
    }
}
