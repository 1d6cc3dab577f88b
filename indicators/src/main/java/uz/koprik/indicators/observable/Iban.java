package uz.koprik.indicators.observable;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** International bank account numbers (ISO 13616): the length of the country and the check digits must be right. */
public final class Iban {

    /** Country and length, from the SWIFT IBAN registry (release 99), then those that use IBANs without registering. */
    private static final String LENGTHS = "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28"
            + " CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21"
            + " HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19"
            + " MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24"
            + " SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30"
            + " AO25 BF28 BJ28 CF27 CG27 CI28 CM27 CV25 DZ26 GA27 GQ27 GW25 IR26 KM27 MA28 MG27 ML28 MZ25 NE28 SN28"
            + " TD27 TG28";

    private static final Map<String, Integer> LENGTH_OF = new HashMap<>();

    static {
        for (String entry : LENGTHS.split(" ", -1)) {
            LENGTH_OF.put(entry.substring(0, 2), Integer.valueOf(entry.substring(2)));
        }
    }

    private Iban() {}

    /** A first look: as long as the shortest, with a letter second. */
    static boolean looksLikeOne(String text) {
        return text.length() >= 15 && Character.isLetter(text.charAt(1));
    }

    /** Without spaces, in upper case. Spaces, hyphens and dots between groups and a leading {@code IBAN} are taken. */
    static String normalForm(ObservableKind kind, String raw) throws InvalidObservable {
        String text = raw.toUpperCase(Locale.ROOT);
        text = text.startsWith("IBAN") ? text.substring(4) : text;
        text = text.startsWith("/") ? text.substring(1) : text; // IBAN/DE89…, as in messages of banks
        StringBuilder out = new StringBuilder(34);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Ascii.isDigit(c) || Ascii.isUpper(c)) {
                out.append(c);
            } else if (!Character.isSpaceChar(c) && c != '-' && c != '.' && c != ':' && !Character.isWhitespace(c)) {
                throw new InvalidObservable(kind, "a character that no IBAN has");
            }
        }
        String iban = out.toString();
        Integer length = iban.length() < 4 ? null : LENGTH_OF.get(iban.substring(0, 2));
        if (length == null) {
            throw new InvalidObservable(kind, "no country that has IBANs starts with these two letters");
        }
        if (iban.length() != length) {
            throw new InvalidObservable(
                    kind,
                    "an IBAN of " + iban.substring(0, 2) + " has " + length + " characters, not " + iban.length());
        }
        if (remainder(iban) != 1 || !checkDigitsInRange(iban)) {
            throw new InvalidObservable(kind, "the check digits do not fit the rest");
        }
        return iban;
    }

    /** How many characters the IBANs of a country have; 0 when it has none. */
    public static int lengthOf(String letters) {
        return LENGTH_OF.getOrDefault(letters, 0);
    }

    /** Whether two letters start the IBANs of a country. */
    public static boolean isCountry(String letters) {
        return LENGTH_OF.containsKey(letters);
    }

    /** 98 minus a remainder is 02 to 98: 00, 01 and 99 would pass mod 97 beside the one right value. */
    private static boolean checkDigitsInRange(String iban) {
        String digits = iban.substring(2, 4);
        return Character.isDigit(digits.charAt(0))
                && Character.isDigit(digits.charAt(1))
                && digits.compareTo("02") >= 0
                && digits.compareTo("98") <= 0;
    }

    /** ISO 7064 mod 97-10, with country and check digits moved to the end and letters as 10 to 35. */
    private static int remainder(String iban) {
        int rest = 0;
        for (int i = 0; i < iban.length(); i++) {
            int value = Character.digit(iban.charAt((i + 4) % iban.length()), 36);
            rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
        }
        return rest;
    }
}
