package uz.koprik.indicators.observable.forms;

import java.util.Locale;
import java.util.regex.Pattern;

/** Fingerprints of programs by how they greet: JA3, JA3S and JA4 of TLS, JARM of TLS servers, HASSH of SSH. */
public final class HandshakeFingerprint {

    private static final Pattern MD5 = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern JARM = Pattern.compile("[0-9a-f]{62}");

    /** Transport, version, kind of name, counts of suites and extensions, protocol; two cut hashes. */
    private static final Pattern JA4 =
            Pattern.compile("[tqd](?:[0-3s][0-9]|d[123])[di][0-9]{4}[0-9a-z]{2}_[0-9a-f]{12}_[0-9a-f]{12}");

    private HandshakeFingerprint() {}

    /** The MD5 of JA3, JA3S and HASSH in lower case, or null. */
    public static String md5(String text) {
        return matching(MD5, text);
    }

    /** 62 hexadecimal digits in lower case that are not all zero (no answer), or null. */
    public static String jarm(String text) {
        String lower = matching(JARM, text);
        return lower == null || lower.chars().allMatch(c -> c == '0') ? null : lower;
    }

    /** A JA4 in lower case, or null. */
    public static String ja4(String text) {
        return matching(JA4, text);
    }

    /** A first look at a JA4. */
    public static boolean looksLikeJa4(String word) {
        return word.length() == 36 && word.charAt(10) == '_' && word.charAt(23) == '_';
    }

    private static String matching(Pattern form, String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return form.matcher(lower).matches() ? lower : null;
    }
}
