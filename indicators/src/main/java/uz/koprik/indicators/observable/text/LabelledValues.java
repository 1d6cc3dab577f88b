package uz.koprik.indicators.observable.text;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.ObservableKind;

/**
 * Values whose form alone says too little, after the word that says what they are: {@code JA3: …}, {@code IMEI …},
 * {@code ASN 64496}, {@code User-Agent: …}. The word makes them sure.
 */
final class LabelledValues {

    /** What may stand between the word and the value. */
    private static final String BETWEEN =
            "(?:[\\t \"'.:={_-]{0,5}(?:hash|fingerprint|digest|address|addr|md5|client|server|nummer|number|num\u00e9ro|no\\.?|nr\\.?|code|is|\u2116"
                    + "|\u043d\u043e\u043c\u0435\u0440|raqami)){0,2}[\\t ]{0,3}[\"']?[:=#]?[\\t ]{0,3}[\"'`(\\[]?";

    private static final String STRICTLY = "[\\t ]{0,3}[:=][\\t ]{0,3}";

    private static final String PAIRS = "[0-9A-Fa-f]{2} ";

    /** A word, and what the value after it looks like: the first group that matched is the value. */
    private record Label(String word, ObservableKind kind, Pattern rest, String prefix) {}

    /** Longer words before those that begin them. */
    private static final List<Label> LABELS = List.of(
            hex("sha3-256", ObservableKind.SHA3_256, 64),
            hex("sha3-512", ObservableKind.SHA3_512, 128),
            hex("tlsh", ObservableKind.TLSH, 70),
            hex("mac", ObservableKind.MAC, 12),
            pairs("md5", ObservableKind.MD5),
            pairs("sha1", ObservableKind.SHA1),
            pairs("sha256", ObservableKind.SHA256),
            handle("telegram", "telegram"),
            handle("\u0442\u0435\u043b\u0435\u0433\u0440\u0430\u043c", "telegram"),
            handle("instagram", "instagram"),
            handle("twitter", "twitter"),
            solana("solana"),
            solana("sol"),
            hex("ja3s", ObservableKind.JA3S, 32),
            hex("ja3", ObservableKind.JA3, 32),
            hex("jarm", ObservableKind.JARM, 62),
            hex("hasshserver", ObservableKind.HASSH, 32),
            hex("hassh", ObservableKind.HASSH, 32),
            label("imeisv", ObservableKind.IMEI, BETWEEN + "([0-9][0-9 ./-]{13,20}[0-9])(?![0-9])"),
            label("imei", ObservableKind.IMEI, "[12]?" + BETWEEN + "([0-9][0-9 ./-]{13,20}[0-9])(?![0-9])"),
            label(
                    "asn",
                    ObservableKind.ASN,
                    "(?![0-9])" + BETWEEN + "((?:AS)?[0-9]{1,10}(?:\\.[0-9]{1,5})?)(?![0-9A-Za-z])"),
            label("cve", ObservableKind.CVE, "[ \\u00A0]((?:19|20)[0-9]{2}-[0-9]{4,7})(?![0-9A-Za-z-])", "CVE-"),
            userAgent("user-agent"),
            userAgent("user_agent"),
            file("filename"),
            file("file name"),
            file("\u0438\u043c\u044f \u0444\u0430\u0439\u043b\u0430"),
            account("bic"),
            account("swift"));

    private static final Pattern SYSTEM =
            Pattern.compile("AS (?!(?:19|20)[0-9]{2}(?![0-9]))([0-9]{4,10})(?![0-9A-Za-z.,])");

    private static final Map<Character, List<Label>> BY_FIRST =
            LABELS.stream().collect(Collectors.groupingBy(label -> label.word.charAt(0)));

    private LabelledValues() {}

    /**
     * The value after a word that begins at {@code at}, where no letter or digit stands before it; null when there is
     * none. Its start and end are those of the value without the word.
     */
    static RecognisedValue at(String text, int at, KindGuesser cell) {
        List<Label> labels = BY_FIRST.get(Character.toLowerCase(text.charAt(at)));
        if (labels == null) {
            return null;
        }
        if (text.startsWith("AS ", at)) {
            return system(text, at, cell);
        }
        for (Label label : labels) {
            if (text.regionMatches(true, at, label.word, 0, label.word.length())) {
                RecognisedValue value = after(text, at + label.word.length(), label, cell);
                if (value != null) {
                    return value;
                }
            }
        }
        return null;
    }

    /**
     * {@code AS 64500} in capitals, and neither a year nor a word of a heading: a person has to say that it is meant.
     */
    private static RecognisedValue system(String text, int at, KindGuesser cell) {
        Matcher match = SYSTEM.matcher(text);
        match.region(at, Math.min(text.length(), at + 16)).useTransparentBounds(true);
        Observable found = match.lookingAt() ? cell.attempt(match.group(1), ObservableKind.ASN) : null;
        return found == null
                ? null
                : new RecognisedValue(found, at, match.end(), Optional.empty()).with(Remark.NUMBER_ONLY);
    }

    private static RecognisedValue after(String text, int from, Label label, KindGuesser cell) {
        Matcher match = label.rest.matcher(text);
        match.region(from, Math.min(text.length(), from + 2100)).useTransparentBounds(true);
        if (!match.lookingAt()) {
            return null;
        }
        int group = 1;
        while (match.group(group) == null) {
            group++;
        }
        boolean account = label.kind == ObservableKind.BANK_ACCOUNT;
        String value = account
                ? match.group(1) + '/' + match.group(2)
                : label.prefix
                        + (label.kind.recogniser().hexDigits() > 0
                                ? match.group(group).replace(" ", "")
                                : match.group(group).strip());
        Observable found = cell.attempt(value, label.kind);
        int end = match.end(account ? 2 : group);
        return found == null ? null : new RecognisedValue(found, match.start(group), end, Optional.empty());
    }

    private static Label hex(String word, ObservableKind kind, int digits) {
        return label(word, kind, BETWEEN + "([0-9A-Fa-f]{" + digits + "})(?![0-9A-Za-z])");
    }

    /** In quotation marks or without blanks, with an ending. */
    private static Label file(String word) {
        return label(
                word,
                ObservableKind.FILE_NAME,
                STRICTLY
                        + "(?:\"([^\"\\r\\n]{3,255})\"|'([^'\\r\\n]{3,255})'|([^\\s\"',;<>|]{1,250}\\.[A-Za-z0-9]{1,8})(?![\\w.]))");
    }

    /** The code of a bank and then an account, after a word for it. */
    private static Label account(String word) {
        return label(
                word,
                ObservableKind.BANK_ACCOUNT,
                "(?:[/-]?(?:swift|bic|code))?" + STRICTLY.replace("[:=]", "[:=]?")
                        + "([A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?)[\\s,;/]{1,3}(?:account|acct|acc|a/c|konto|kontonummer"
                        + "|\u0441\u0447[\u0435\u0451]\u0442|\u0440/\u0441|hisob)\\.?(?:[\\t ](?:number|no\\.?|nr\\.?|\u2116|raqami))?"
                        + "[\\t ]{0,2}[:#]?[\\t ]{0,2}([0-9][0-9 -]{2,30}[0-9])(?![0-9A-Za-z])");
    }

    /** In quotation marks or up to the next field. */
    private static Label userAgent(String word) {
        return label(
                word,
                ObservableKind.USER_AGENT,
                "[\"']?" + STRICTLY
                        + "(?:\"([^\"\\r\\n]{3,2048})\"|'([^'\\r\\n]{3,2048})'|([A-Za-z][^\"\\r\\n]{2,2047}?)(?=[ \\t]+[A-Za-z][A-Za-z0-9-]{1,30}:[ \\t]|[\\r\\n\"]|$))");
    }

    /** A hash in pairs on the line below, as certutil shows it. */
    private static Label pairs(String word, ObservableKind kind) {
        int bytes = kind.recogniser().hexDigits() / 2;
        return label(
                word,
                kind,
                "[- ]hash[^\\r\\n]{0,260}:\\r?\\n[\\t ]{0,4}((?:" + PAIRS + "){" + (bytes - 1)
                        + "}[0-9A-Fa-f]{2})(?! ?[0-9A-Fa-f])");
    }

    /** The name of a service and a name with the at sign; one word may stand between before a colon. */
    private static Label handle(String word, String service) {
        return label(
                word,
                ObservableKind.MESSENGER,
                "(?:[\\t -]{1,2}\\p{L}{3,14}(?=[\\t ]?:))?[\\t ]{0,2}:?[\\t ]{0,2}"
                        + "@([A-Za-z][A-Za-z0-9_]{4,31})(?![A-Za-z0-9_@]|\\.[A-Za-z0-9])",
                service + ":@");
    }

    /** Any key has the form of an address of Solana, so that the word must stand before. */
    private static Label solana(String word) {
        return label(
                word,
                ObservableKind.WALLET,
                "(?:[\\t -]{1,2}(?:address|wallet|account|\u0430\u0434\u0440\u0435\u0441|manzil\\p{L}{0,2}))?[\\t ]{0,2}[:=]?[\\t ]{1,2}"
                        + "([1-9A-HJ-NP-Za-km-z]{43,44})(?![0-9A-Za-z])",
                "sol:");
    }

    private static Label label(String word, ObservableKind kind, String rest) {
        return label(word, kind, rest, "");
    }

    private static Label label(String word, ObservableKind kind, String rest, String prefix) {
        return new Label(word, kind, Pattern.compile(rest, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE), prefix);
    }
}
