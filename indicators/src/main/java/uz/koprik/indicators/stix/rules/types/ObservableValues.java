package uz.koprik.indicators.stix.rules.types;

import static uz.koprik.indicators.stix.rules.PropertyTypes.advised;
import static uz.koprik.indicators.stix.rules.PropertyTypes.text;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.util.Locale;
import java.util.Set;
import uz.koprik.crypto.json.JsonBoolean;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.stix.rules.ForgivableRule;
import uz.koprik.indicators.stix.rules.Languages;
import uz.koprik.indicators.stix.rules.ObjectCheck;
import uz.koprik.indicators.stix.rules.PropertyType;
import uz.koprik.indicators.stix.rules.PropertyTypes;

/** Forms of the values inside observables, and the rules between their properties (STIX 2.1, section 6). */
final class ObservableValues {

    static final PropertyType CHARSET = text(
            ObservableValues::isCharset,
            "the name of a character set in the IANA registry is expected",
            "STIX 2.1, 6.7");
    static final PropertyType CPE =
            text(Cpe::isCpe, "a CPE 2.3 formatted string is expected (NISTIR 7695)", "STIX 2.1, 6.14");
    static final PropertyType SOFTWARE_LANGUAGE =
            text(Languages::isTag, "a language tag is expected (RFC 5646)", "STIX 2.1, 6.14");
    static final PropertyType MIME_TYPE = text(
            ObservableValues::isMimeType,
            "a media type of the IANA registry is expected, such as application/zip",
            "STIX 2.1, 6.1");
    static final PropertyType FILE_MIME_TYPE = advised(
            ObservableValues::isMimeType,
            "should be a media type of the IANA registry, such as application/zip",
            "STIX 2.1, 6.7");
    static final PropertyType PROTOCOL = advised(
            ObservableValues::isProtocol,
            "should be a service name of the IANA registry, in lower case",
            "STIX 2.1, 6.12");
    static final PropertyType REGISTRY_KEY = text(
            ObservableValues::hasWholeHive,
            "the hive must be spelt out, such as HKEY_LOCAL_MACHINE",
            "STIX 2.1, 6.17",
            ForgivableRule.REGISTRY_HIVE);

    private static final Set<String> HIVES = Set.of("HKLM", "HKCC", "HKCR", "HKCU", "HKU");
    private static final Set<String> MEDIA =
            Set.of("application", "audio", "font", "image", "message", "model", "multipart", "text", "video");
    /** In the registry, and unknown to Java. */
    private static final Set<String> OTHER_CHARSETS = Set.of(
            "UTF-7",
            "UTF-7-IMAP",
            "UNICODE-1-1",
            "UNICODE-1-1-UTF-7",
            "SCSU",
            "BOCU-1",
            "HZ-GB-2312",
            "ISO-10646-UCS-2",
            "ISO-10646-UCS-4",
            "ISO-10646-UTF-1",
            "ISO-8859-10",
            "ISO-8859-14",
            "ISO-8859-6-E",
            "ISO-8859-6-I",
            "ISO-8859-8-E",
            "ISO-8859-8-I",
            "ISO-2022-CN-EXT",
            "macintosh",
            "TIS-620",
            "KOI7-switched",
            "KOI8-U",
            "IBM-Thai",
            "VISCII",
            "VIQR",
            "GB_2312-80",
            "JIS_Encoding",
            "EUC-KR",
            "BS_4730",
            "Adobe-Standard-Encoding",
            "Adobe-Symbol-Encoding",
            "PTCP154",
            "OSD_EBCDIC_DF04_1",
            "OSD_EBCDIC_DF03_IRV",
            "OSD_EBCDIC_DF04_15",
            "Amiga-1251",
            "BRF",
            "CP50220",
            "CP51932",
            "DEC-MCS",
            "hp-roman8",
            "MNEM",
            "MNEMONIC",
            "Ventura-International",
            "Ventura-Math",
            "Ventura-US");

    private ObservableValues() {}

    static void payloadOrUrl(JsonObject artifact, ObjectCheck at) {
        if (artifact.has("payload_bin") == artifact.has("url")) {
            at.fault("exactly one of payload_bin and url must be present", "STIX 2.1, 6.1");
        }
        if (artifact.has("url") && !artifact.has("hashes")) {
            at.fault("hashes", "the property is required where url is present", "STIX 2.1, 6.1");
        }
    }

    static void multipart(JsonObject message, ObjectCheck at) {
        if (message.get("is_multipart") instanceof JsonBoolean multipart) {
            String other = multipart.value() ? "body" : "body_multipart";
            if (message.has(other)) {
                at.fault(other, "must not be present where is_multipart is " + multipart.value(), "STIX 2.1, 6.6");
            }
        }
    }

    static void noEndWhileActive(JsonObject traffic, ObjectCheck at) {
        if (traffic.get("is_active") instanceof JsonBoolean active && active.value() && traffic.has("end")) {
            at.fault("end", "must not be present where is_active is true", "STIX 2.1, 6.12");
        }
    }

    static void ports(JsonObject traffic, ObjectCheck at) {
        if (!traffic.has("src_port") || !traffic.has("dst_port")) {
            at.advise("both src_port and dst_port should be present", "STIX 2.1, 6.12");
        }
    }

    private static boolean isCharset(String s) {
        try {
            return OTHER_CHARSETS.contains(s) || (Charset.isSupported(s) && isPreferredName(s, Charset.forName(s)));
        } catch (IllegalCharsetNameException e) {
            return false; // not even the form of a name
        }
    }

    private static boolean isPreferredName(String s, Charset charset) {
        return charset.isRegistered() && charset.name().equals(s);
    }

    private static boolean isMimeType(String s) {
        int slash = s.indexOf('/');
        if (slash < 0 || !MEDIA.contains(s.substring(0, slash)) || slash == s.length() - 1) {
            return false;
        }
        char first = s.charAt(slash + 1);
        return PropertyTypes.isKey(String.valueOf(first)) || first == '.' || first == '+';
    }

    private static boolean isProtocol(String s) {
        if (s.isEmpty() || s.length() > 15) {
            return false;
        }
        for (int i = 0; i < s.length(); i++) {
            char c = s.charAt(i);
            if (c != '-' && !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9')) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasWholeHive(String key) {
        int end = key.indexOf('\\');
        return !HIVES.contains((end < 0 ? key : key.substring(0, end)).toUpperCase(Locale.ROOT));
    }
}
