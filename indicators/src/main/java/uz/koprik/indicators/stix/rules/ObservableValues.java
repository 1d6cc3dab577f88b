package uz.koprik.indicators.stix.rules;

import static uz.koprik.indicators.stix.rules.PropertyTypes.idOf;
import static uz.koprik.indicators.stix.rules.PropertyTypes.text;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.util.HashSet;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Set;
import uz.koprik.crypto.json.JsonBoolean;
import uz.koprik.crypto.json.JsonObject;

/** Forms of the values inside observables, and the rules between their properties (STIX 2.1, section 6). */
final class ObservableValues {

    static final PropertyType IPV4 = text(ObservableValues::isIpv4,
            "an IPv4 address or CIDR block is expected", "STIX 2.1, 6.8");
    static final PropertyType IPV6 = text(ObservableValues::isIpv6,
            "an IPv6 address or CIDR block is expected", "STIX 2.1, 6.9");
    static final PropertyType MAC = text(ObservableValues::isMac,
            "six colon-separated pairs of lower-case hexadecimal digits are expected", "STIX 2.1, 6.10");
    static final PropertyType URL = text(ObservableValues::isUrl, "a URL (RFC 3986) is expected", "STIX 2.1, 6.15");
    static final PropertyType CHARSET = text(ObservableValues::isCharset,
            "the name of a character set in the IANA registry is expected", "STIX 2.1, 6.7");
    static final PropertyType LANGUAGE = text(ObservableValues::isLanguage,
            "a language tag (RFC 5646) is expected", "STIX 2.1, 6.14");
    static final PropertyType ENDPOINT = idOf("ipv4-addr", "ipv6-addr", "mac-addr", "domain-name");

    private static final Set<String> LANGUAGES = languages();

    private ObservableValues() {}

    static void payloadOrUrl(JsonObject artifact, Check at) {
        if (artifact.has("payload_bin") == artifact.has("url")) {
            at.fault("exactly one of payload_bin and url must be present", "STIX 2.1, 6.1");
        }
        if (artifact.has("url") && !artifact.has("hashes")) {
            at.fault("hashes", "the property is required where url is present", "STIX 2.1, 6.1");
        }
    }

    static void multipart(JsonObject message, Check at) {
        if (message.get("is_multipart") instanceof JsonBoolean multipart) {
            String other = multipart.value() ? "body" : "body_multipart";
            if (message.has(other)) {
                at.fault(other, "must not be present where is_multipart is " + multipart.value(), "STIX 2.1, 6.6");
            }
        }
    }

    static void noEndWhileActive(JsonObject traffic, Check at) {
        if (traffic.get("is_active") instanceof JsonBoolean active && active.value() && traffic.has("end")) {
            at.fault("end", "must not be present where is_active is true", "STIX 2.1, 6.12");
        }
    }

    private static boolean isIpv4(String s) {
        int slash = s.indexOf('/');
        return slash < 0 ? isDotted(s) : isDotted(s.substring(0, slash)) && isPrefix(s.substring(slash + 1), 32);
    }

    private static boolean isDotted(String s) {
        String[] parts = s.split("\\.", -1);
        if (parts.length != 4) {
            return false;
        }
        for (String part : parts) {
            if (!isPrefix(part, 255)) {
                return false;
            }
        }
        return true;
    }

    /** A decimal number without leading zeros, from 0 to {@code most}. */
    private static boolean isPrefix(String s, int most) {
        if (s.isEmpty() || s.length() > 3 || (s.length() > 1 && s.charAt(0) == '0')
                || !s.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return false;
        }
        return Integer.parseInt(s) <= most;
    }

    private static boolean isIpv6(String s) {
        int slash = s.indexOf('/');
        if (slash >= 0 && !isPrefix(s.substring(slash + 1), 128)) {
            return false;
        }
        String address = slash < 0 ? s : s.substring(0, slash);
        int gap = address.indexOf("::");
        if (gap < 0) {
            return groups(address) == 8;
        }
        String rest = address.substring(gap + 2);
        if (rest.contains("::")) {
            return false;
        }
        int before = gap == 0 ? 0 : groups(address.substring(0, gap));
        int after = rest.isEmpty() ? 0 : groups(rest);
        return before >= 0 && after >= 0 && before + after <= 7 && !(before > 0 && address.substring(0, gap).contains("."));
    }

    /** How many 16-bit groups colon-separated text stands for; -99 when it is malformed. */
    private static int groups(String s) {
        String[] parts = s.split(":", -1);
        int count = 0;
        for (int i = 0; i < parts.length; i++) {
            boolean last = i == parts.length - 1;
            if (last && parts[i].indexOf('.') >= 0 && isDotted(parts[i])) {
                count += 2;
            } else if (!parts[i].isEmpty() && parts[i].length() <= 4 && parts[i].chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 128)) {
                count++;
            } else {
                return -99;
            }
        }
        return count;
    }

    private static boolean isMac(String s) {
        if (s.length() != 17) {
            return false;
        }
        for (int i = 0; i < 17; i++) {
            char c = s.charAt(i);
            boolean hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
            if (i % 3 == 2 ? c != ':' : !hex) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether {@code s} has a scheme and something after it. Real feeds carry URLs with characters that RFC 3986 wants
     * escaped, so those alone do not condemn one.
     */
    private static boolean isUrl(String s) {
        int colon = s.indexOf(':');
        if (colon <= 0 || colon == s.length() - 1 || s.chars().anyMatch(c -> c <= ' ' || c == 0x7F)) {
            return false;
        }
        for (int i = 0; i < colon; i++) {
            char c = s.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean other = (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
            if (!letter && (i == 0 || !other)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isCharset(String s) {
        try {
            return Charset.isSupported(s);
        } catch (IllegalCharsetNameException e) {
            return false; // not even the form of a name
        }
    }

    private static boolean isLanguage(String s) {
        try {
            return LANGUAGES.contains(new Locale.Builder().setLanguageTag(s).build().getLanguage());
        } catch (IllformedLocaleException e) {
            return false; // not even the form of a tag
        }
    }

    /** The languages of ISO 639-1, and their codes of three letters in ISO 639-2. */
    private static Set<String> languages() {
        Set<String> all = new HashSet<>();
        for (String code : Locale.getISOLanguages()) {
            all.add(code);
            all.add(Locale.of(code).getISO3Language());
        }
        return Set.copyOf(all);
    }
}
