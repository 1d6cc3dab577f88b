package uz.koprik.indicators.observable;

import java.util.Locale;
import java.util.regex.Pattern;

/** Numbers that networks are known by: autonomous systems and hardware addresses. */
final class NetworkNumbers {

    private static final Pattern ASN = Pattern.compile("(?:AS[N]?[ :]?)?0*([0-9]{1,10})", Pattern.CASE_INSENSITIVE);
    private static final Pattern ASDOT =
            Pattern.compile("(?:AS[N]?[ :]?)?([0-9]{1,5})\\.([0-9]{1,5})", Pattern.CASE_INSENSITIVE);
    private static final Pattern MAC =
            Pattern.compile("[0-9a-f]{2}([:-]?)(?:[0-9a-f]{2}\\1){4}[0-9a-f]{2}" + "|(?:[0-9a-f]{4}\\.){2}[0-9a-f]{4}");

    private NetworkNumbers() {}

    /** A first look: {@code AS} in front and a digit at the end. */
    static boolean looksLikeAsn(String text) {
        return text.length() > 2
                && text.regionMatches(true, 0, "AS", 0, 2)
                && Character.isDigit(text.charAt(text.length() - 1));
    }

    /** A first look at a text with hyphens: six pairs and what separates them. */
    static boolean hasLengthOfMac(String text) {
        return text.length() == 17;
    }

    /** A first look at a text with colons. */
    static boolean looksLikeMac(String text) {
        return text.length() == 17 && text.charAt(2) == ':';
    }

    /** Plain decimal without {@code AS}, also from asdot ({@code AS1.10}, RFC 5396). */
    static String asn(ObservableKind kind, String raw) throws InvalidObservable {
        long number;
        var plain = ASN.matcher(raw);
        var dotted = ASDOT.matcher(raw);
        if (plain.matches()) {
            number = Long.parseLong(plain.group(1));
        } else if (dotted.matches()) {
            if (Ascii.isDigit(raw.charAt(0)) && dotted.group(2).equals("0")) {
                throw new InvalidObservable(
                        kind, "spreadsheets write .0 after numbers: leave it out, or write AS before");
            }
            long high = Long.parseLong(dotted.group(1));
            long low = Long.parseLong(dotted.group(2));
            if (high > 0xFFFF || low > 0xFFFF) {
                throw new InvalidObservable(kind, "both parts of an asdot number are at most 65535");
            }
            number = high << 16 | low;
        } else {
            throw new InvalidObservable(kind, "AS and a number is expected");
        }
        if (number == 0 || number > 0xFFFF_FFFFL) {
            throw new InvalidObservable(kind, "a number from 1 to 4294967295 is expected");
        }
        return Long.toString(number);
    }

    /** Lower case with colons, as STIX 2.1 section 6.10 asks. */
    static String mac(ObservableKind kind, String raw) throws InvalidObservable {
        String lower = raw.toLowerCase(Locale.ROOT);
        if (!MAC.matcher(lower).matches()) {
            throw new InvalidObservable(kind, "six pairs of hexadecimal digits are expected");
        }
        String digits = lower.replaceAll("[:.-]", "");
        return digits.replaceAll("(..)(?=.)", "$1:");
    }
}
