package uz.koprik.indicators.observable;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import uz.koprik.indicators.observable.forms.FilePath;
import uz.koprik.indicators.observable.forms.Imei;

/** Names of machines, and of things inside one. */
final class HostNames {

    private static final Map<String, String> HIVES = Map.of(
            "HKLM",
            "HKEY_LOCAL_MACHINE",
            "HKCU",
            "HKEY_CURRENT_USER",
            "HKCR",
            "HKEY_CLASSES_ROOT",
            "HKU",
            "HKEY_USERS",
            "HKCC",
            "HKEY_CURRENT_CONFIG");

    private static final Pattern SECOND_KEY =
            Pattern.compile("[\\s,;|](?:HKLM|HKCU|HKCR|HKU|HKCC|HKEY_[A-Z_]+):?\\\\", Pattern.CASE_INSENSITIVE);
    private static final int LONGEST_USER_AGENT = 2048;

    private HostNames() {}

    /** A first look: how hives begin, and a backslash. */
    static boolean looksLikeRegistryKey(String text) {
        return text.regionMatches(true, 0, "HK", 0, 2) && text.indexOf('\\') > 0;
    }

    /** As it is: Windows compares mutex names with case. */
    static String mutex(ObservableKind kind, String raw) throws InvalidObservable {
        if (raw.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidObservable(kind, "a control character in the name");
        }
        return raw;
    }

    /** The name of a file; a text with a folder before the name is a path. */
    static Observable fileName(ObservableKind kind, String raw, Normalisation context) throws InvalidObservable {
        String name = FilePath.name(raw);
        String path = name == null ? FilePath.path(raw) : null;
        if (name == null && path == null) {
            throw new InvalidObservable(kind, "a name of up to 255 characters without / and \\ is expected");
        }
        return name == null
                ? new Observable(ObservableKind.FILE_PATH, path)
                : new Observable(ObservableKind.FILE_NAME, name);
    }

    /** As a program sent it: no browser's name has control characters. */
    static String userAgent(ObservableKind kind, String raw) throws InvalidObservable {
        String name = raw.regionMatches(true, 0, "User-Agent:", 0, 11)
                ? raw.substring(11).strip()
                : raw;
        if (name.isEmpty() || name.length() > LONGEST_USER_AGENT || name.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidObservable(
                    kind,
                    "one line of up to " + LONGEST_USER_AGENT + " characters without control characters is expected");
        }
        return name;
    }

    /** Fifteen digits; what may be a payment card is none, since a whole card number is never kept. */
    static String imei(ObservableKind kind, String raw) throws InvalidObservable {
        String normal = Imei.normalForm(raw);
        if (normal == null) {
            throw new InvalidObservable(
                    kind, "15 digits with a fitting check digit, or the 16 of an IMEISV, are expected");
        }
        String digits = Imei.digits(raw);
        // Of cards with 15 digits only American Express is in use.
        boolean card = digits.length() == 15
                ? digits.startsWith("34") || digits.startsWith("37")
                : CardNumber.looksLikeCard(digits);
        if (card) {
            throw new InvalidObservable(
                    kind, "this looks like a payment card; write the 15 digits of the IMEI if it is not");
        }
        return normal;
    }

    /** Lower case (the registry ignores case) with the hive written out, as STIX 2.1 section 6.18 asks. */
    static String registryKey(ObservableKind kind, String raw) throws InvalidObservable {
        String key = raw;
        while (key.endsWith("\\")) {
            key = key.substring(0, key.length() - 1).strip();
        }
        int end = key.indexOf('\\') < 0 ? key.length() : key.indexOf('\\');
        // HKLM:\\Software, as PowerShell writes it
        int hiveEnd = end > 0 && key.charAt(end - 1) == ':' ? end - 1 : end;
        String hive = key.substring(0, hiveEnd).toUpperCase(Locale.ROOT);
        hive = HIVES.getOrDefault(hive, hive);
        if (!HIVES.containsValue(hive)) {
            throw new InvalidObservable(kind, "a key starts with a hive such as HKEY_LOCAL_MACHINE");
        }
        if (key.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidObservable(kind, "a control character in the key");
        }
        if (SECOND_KEY.matcher(key).find(end)) {
            throw new InvalidObservable(kind, "two keys stand in the text; write one");
        }
        return (hive + key.substring(end)).toLowerCase(Locale.ROOT);
    }
}
