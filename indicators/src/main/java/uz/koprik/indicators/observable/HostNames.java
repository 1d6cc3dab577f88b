package uz.koprik.indicators.observable;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Names of things inside one machine. */
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

    /** Lower case (the registry ignores case) with the hive written out, as STIX 2.1 section 6.18 asks. */
    static String registryKey(ObservableKind kind, String raw) throws InvalidObservable {
        String key = raw;
        while (key.endsWith("\\")) {
            key = key.substring(0, key.length() - 1);
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
