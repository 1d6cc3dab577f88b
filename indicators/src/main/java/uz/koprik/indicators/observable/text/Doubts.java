package uz.koprik.indicators.observable.text;

import com.ibm.icu.lang.UScript;
import com.ibm.icu.text.IDNA;
import com.ibm.icu.text.SpoofChecker;
import java.util.Optional;
import java.util.Set;
import uz.koprik.indicators.observable.Ascii;
import uz.koprik.indicators.observable.BankAccount;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.observable.forms.MaskedCard;
import uz.koprik.indicators.observable.forms.NationalCheck;
import uz.koprik.indicators.observable.network.Hosts;
import uz.koprik.indicators.observable.network.TopLevelDomains;

/** What speaks against a value that was recognised by its form. */
final class Doubts {

    private static final IDNA NAMES = IDNA.getUTS46Instance(IDNA.NONTRANSITIONAL_TO_UNICODE);

    private static final SpoofChecker LOOKS =
            new SpoofChecker.Builder().setChecks(SpoofChecker.CONFUSABLE).build();

    /** Services whose accounts are phone numbers. */
    private static final Set<String> BY_PHONE = Set.of("whatsapp", "viber", "imo", "imessage");

    /** Words after the name of a service and a colon that say what follows, and are no handles. */
    private static final Set<String> COMMON_HANDLES =
            Set.of(("account accounts admin app bot bots business call calls channel"
                            + " channels chat chats contact download file group groups handle hello help id info invite join link"
                            + " login me message messages name nick number online page pages phone post posts profile reel share stories story"
                            + " status support text update us user username users video wall web you yes no none unknown"
                            + " kanal guruh gruppa hisob raqam qoʻngʻiroq csoport csatorna hívás fiók канал"
                            + " группа чат аккаунт бот номер kanali gruppe konto anruf")
                    .split(" ", -1));

    private Doubts() {}

    /**
     * Adds the remarks on a value that is a text by itself.
     *
     * @param given as it was written
     * @param plain the same without defanging
     */
    static RecognisedValue of(RecognisedValue found, String given, String plain) {
        Observable value = found.observable();
        return switch (value.kind()) {
            case DOMAIN -> ofName(found, value.value(), given, plain);
            case URL -> ofUrl(found, value, given, plain);
            case EMAIL -> ofHost(found, value);
            case IPV4 -> found;
            case IPV6 -> ofV6(found, plain);
            case PHONE ->
                plain.startsWith("+") || plain.startsWith("(+") || plain.regionMatches(true, 0, "tel:", 0, 4)
                        ? found
                        : found.with(Remark.NO_COUNTRY);
            case PAYMENT_CARD -> {
                if (MaskedCard.isNormal(value.value())) {
                    yield ofMask(found, plain);
                }
                long digits = plain.chars().filter(Ascii::isDigit).count();
                yield digits == 15 || digits == 16 || plain.chars().anyMatch(Ascii::isLetter)
                        ? found
                        : found.with(Remark.NUMBER_ONLY);
            }
            case IBAN -> ofIban(found);
            case BANK_ACCOUNT -> BankAccount.isUsual(value.value()) ? found : found.with(Remark.NUMBER_ONLY);
            case MESSENGER -> isCommonWord(plain) ? found.with(Remark.COMMON_WORD) : found;
            default -> found;
        };
    }

    /** An IBAN whose national check digits do not fit is more often mistyped twice than issued so. */
    static RecognisedValue ofIban(RecognisedValue found) {
        return NationalCheck.fits(found.observable().value()) ? found : found.with(Remark.NATIONAL_CHECK);
    }

    /** A mask without a sign for each digit may be a product, or digits around an ellipsis. */
    private static RecognisedValue ofMask(RecognisedValue found, String plain) {
        long signs = plain.chars().filter(c -> MaskedCard.isSign((char) c)).count();
        return signs < 4 ? found.with(Remark.NUMBER_ONLY) : found;
    }

    private static RecognisedValue ofName(RecognisedValue found, String name, String given, String plain) {
        RecognisedValue value = found;
        int port = plain.indexOf(':');
        String written = port < 0 ? plain : plain.substring(0, port);
        if (FileNames.isDoubtful(given, found.observable())) {
            value = value.with(Remark.FILE_NAME);
        } else if (!TopLevelDomains.isKnown(name)) {
            value = value.with(Remark.UNKNOWN_ENDING);
        } else if (plain.equals(given) && FileNames.readsAsWords(written)) {
            value = value.with(Remark.PLAIN_WORDS);
        }
        return hasLookAlike(name) ? value.with(Remark.LOOK_ALIKE) : value;
    }

    private static RecognisedValue ofUrl(RecognisedValue found, Observable url, String given, String plain) {
        Observable host = Hosts.of(url).orElseThrow();
        boolean scheme = plain.indexOf("://") > 0;
        RecognisedValue value = ofHost(found, url);
        value = WordEndings.endsAsWord(plain) ? value.with(Remark.WORD_ENDING) : value;
        if (host.kind() != ObservableKind.DOMAIN) {
            int slash = plain.indexOf('/');
            boolean digits = !scheme
                    && slash > 0
                    && slash < plain.length() - 1
                    && plain.chars().skip(slash + 1).allMatch(Ascii::isDigit);
            value = digits ? value.with(Remark.NO_NETWORK) : value;
            boolean asNumber = host.kind() == ObservableKind.IPV4 && url.value().indexOf(host.value()) < 0;
            value = asNumber ? value.with(Remark.NUMBER_HOST) : value;
            return asNumber && host.value().startsWith("0.") ? value.with(Remark.ONE_LABEL) : value;
        }
        if (host.value().indexOf('.') < 0) {
            return host.value().equals("localhost") ? value : value.with(Remark.ONE_LABEL);
        }
        return FileNames.isDoubtful(given, url) ? value.with(Remark.FILE_NAME) : value;
    }

    private static RecognisedValue ofHost(RecognisedValue found, Observable value) {
        Optional<Observable> host = Hosts.of(value);
        if (host.isEmpty() || host.get().kind() != ObservableKind.DOMAIN) {
            return found;
        }
        String name = host.get().value();
        RecognisedValue result = hasLookAlike(name) ? found.with(Remark.LOOK_ALIKE) : found;
        return name.indexOf('.') < 0 || TopLevelDomains.isKnown(name) ? result : result.with(Remark.UNKNOWN_ENDING);
    }

    private static RecognisedValue ofV6(RecognisedValue found, String plain) {
        RecognisedValue value = plain.indexOf('%') > 0 ? found.with(Remark.ZONE) : found;
        int groups = 0;
        boolean pairs = true;
        boolean digit = false;
        for (String group : plain.split("[:%\\[\\]]", -1)) {
            groups += group.isEmpty() ? 0 : 1;
            pairs &= group.length() == 2;
            digit |= group.chars().anyMatch(Ascii::isDigit);
        }
        boolean short_ = groups < 3
                && !plain.startsWith("::")
                && !plain.startsWith("[::")
                && plain.chars().takeWhile(c -> c != ':').filter(c -> c != '[').count() < 4;
        return (short_ || pairs || !digit) && plain.indexOf('/') < 0 ? value.with(Remark.SHORT_ADDRESS) : value;
    }

    private static boolean isCommonWord(String text) {
        int colon = text.indexOf(':');
        if (colon < 0 || colon == text.length() - 1) {
            return false;
        }
        char first = text.charAt(colon + 1);
        boolean marked = first == '@' || first == '+' || text.indexOf("//") == colon + 1;
        if (marked) {
            return false;
        }
        String service = text.substring(0, colon).toLowerCase(java.util.Locale.ROOT);
        String handle = text.substring(colon + 1).toLowerCase(java.util.Locale.ROOT);
        boolean letters = handle.chars().allMatch(Character::isLetter);
        return (letters && (COMMON_HANDLES.contains(handle) || BY_PHONE.contains(service)))
                || switch (service) {
                    case "line",
                            "max",
                            "session",
                            "ok",
                            "x",
                            "wire",
                            "signal",
                            "matrix",
                            "messenger",
                            "imo",
                            "wa",
                            "fb",
                            "ig",
                            "qq",
                            "discord" -> true;
                    default -> false;
                };
    }

    /** Whether letters of another script look like those of Latin, so that a name with them may deceive. */
    static boolean readsAsLatin(String word) {
        return LOOKS.getSkeleton(word).chars().allMatch(c -> c <= 0x7F);
    }

    /** Whether a label mixes scripts, or reads as another one in Latin letters. */
    static boolean hasLookAlike(String domain) {
        if (domain.indexOf("xn--") < 0) {
            return false;
        }
        String shown = NAMES.nameToUnicode(domain, new StringBuilder(), new IDNA.Info())
                .toString();
        String[] labels = shown.split("\\.", -1);
        boolean latinEnding = labels[labels.length - 1].chars().allMatch(Ascii::isLetter);
        for (String label : labels) {
            boolean latin = false;
            boolean other = false;
            boolean wide = false;
            for (int point : label.codePoints().toArray()) {
                switch (UScript.getScript(point)) {
                    case UScript.LATIN -> latin = true;
                    case UScript.CYRILLIC, UScript.GREEK, UScript.ARMENIAN, UScript.CHEROKEE -> other = true;
                    default -> {}
                }
                wide |= point > 0x7F;
            }
            if (latin && other) {
                return true;
            }
            if (wide && latinEnding && other && LOOKS.getSkeleton(label).chars().allMatch(c -> c <= 0x7F)) {
                return true;
            }
        }
        return false;
    }
}
