package uz.koprik.indicators.observable.forms;

import java.util.regex.Pattern;

/** Identifiers of the CVE programme: a year and a number of four digits or more. */
public final class CveId {

    /** Texts often have other hyphens than ASCII's, or a blank after the letters. */
    private static final Pattern FORM = Pattern.compile(
            "CVE[-\u2010-\u2013\u2212 ](1999|20[0-9]{2})[-\u2010-\u2013\u2212]([0-9]{4,19})", Pattern.CASE_INSENSITIVE);

    private CveId() {}

    /** {@code CVE-2024-12345}, or null. */
    public static String normalForm(String text) {
        var match = FORM.matcher(text);
        return match.matches() ? "CVE-" + match.group(1) + '-' + match.group(2) : null;
    }

    /** A first look. */
    public static boolean looksLikeOne(String word) {
        return word.length() >= 13 && word.regionMatches(true, 0, "CVE", 0, 3) && !Character.isLetter(word.charAt(3));
    }
}
