package uz.koprik.indicators.observable;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber;
import java.util.BitSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Phone numbers in E.164 ({@code +998901234567}); an extension is dropped, the line is what matters. */
public final class PhoneNumber {

    /** An extension at the end, as the field writes it; RFC 3966 has {@code ;ext=} and other parameters. */
    private static final Pattern EXTENSION = Pattern.compile(
            "(?:;[a-z-]+=.*|[ ,]*(?:ext(?:ension|n)?|x|доб|вн|ichki|durchwahl|mell[eé]k|poste|int|wew|내선|内線|#)"
                    + "[. :]*[0-9]{1,7})$",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    private PhoneNumber() {}

    private static boolean mayHaveExtension(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ';' || c == '#' || Character.isLetter(c)) {
                return true;
            }
        }
        return false;
    }

    /** How a number is usually written, with its country and groups; empty when it is none. */
    public static String grouped(String e164) {
        PhoneNumberUtil util = PhoneNumberUtil.getInstance();
        try {
            return util.format(util.parse(e164, null), PhoneNumberFormat.INTERNATIONAL);
        } catch (NumberParseException e) {
            return "";
        }
    }

    /** Which numbers of digits the numbers of a country have, by region. */
    private static final Map<String, BitSet> LENGTHS = new ConcurrentHashMap<>();

    /**
     * Whether numbers of a region have this number of digits, with its code, with a digit before the area, or without.
     *
     * @param code how many digits the code of the country has where it is written, else 0
     */
    public static boolean hasLength(String region, int digits, int code) {
        BitSet lengths = LENGTHS.computeIfAbsent(region, PhoneNumber::lengths);
        return lengths.get(digits)
                || lengths.get(digits - 1)
                || lengths.get(Math.max(0, digits - 2))
                || (code > 0 && lengths.get(Math.max(0, digits - code)));
    }

    private static BitSet lengths(String region) {
        PhoneNumberUtil util = PhoneNumberUtil.getInstance();
        BitSet lengths = new BitSet();
        for (int length = 4; length <= 15; length++) {
            if (util.isPossibleNumber("2".repeat(length), region)) {
                lengths.set(length);
            }
        }
        return lengths;
    }

    /** The digits that begin the numbers of a country after the plus; empty when there is no such country. */
    public static String countryCode(String region) {
        int code = PhoneNumberUtil.getInstance().getCountryCodeForRegion(region);
        return code == 0 ? "" : Integer.toString(code);
    }

    /** Whether a text is a URI of RFC 3966. */
    static boolean isTelUri(String text) {
        return text.regionMatches(true, 0, "tel:", 0, 4);
    }

    static Observable observable(ObservableKind kind, String raw, Normalisation context) throws InvalidObservable {
        return new Observable(kind, e164(kind, raw, context.phoneRegion().orElse(null)));
    }

    /** @param region country of numbers without one; null refuses those */
    static String e164(ObservableKind kind, String raw, String region) throws InvalidObservable {
        String text = raw.regionMatches(true, 0, "tel:", 0, 4) ? raw.substring(4) : raw;
        if (text.startsWith("00")) {
            text = '+' + text.substring(2);
        }
        if (region == null && !text.startsWith("+") && !text.startsWith("(+")) {
            throw new InvalidObservable(kind, "the country is missing: start with + and the country code");
        }
        if (mayHaveExtension(text)) {
            Matcher extension = EXTENSION.matcher(text);
            text = extension.find() ? text.substring(0, extension.start()) : text;
        }
        // The library reads letters as the keys that carry them: "Wien" behind a number would be 9436.
        if (text.chars().anyMatch(Character::isLetter)) {
            throw new InvalidObservable(kind, "a phone number has no letters");
        }
        PhoneNumberUtil util = PhoneNumberUtil.getInstance();
        Phonenumber.PhoneNumber number;
        try {
            number = util.parse(text, region);
        } catch (NumberParseException e) {
            throw new InvalidObservable(
                    kind,
                    switch (e.getErrorType()) {
                        case INVALID_COUNTRY_CODE -> "no country has this code";
                        case TOO_LONG -> "too many digits";
                        case TOO_SHORT_AFTER_IDD, TOO_SHORT_NSN -> "too few digits";
                        case NOT_A_NUMBER -> "digits are expected";
                    });
        }
        // Possible, not assigned: callers fake numbers that were never assigned, and those are worth sharing too.
        switch (util.isPossibleNumberWithReason(number)) {
            case IS_POSSIBLE -> {}
            case IS_POSSIBLE_LOCAL_ONLY -> throw new InvalidObservable(kind, "the area code is missing");
            case INVALID_COUNTRY_CODE -> throw new InvalidObservable(kind, "no country has this code");
            case TOO_SHORT -> throw new InvalidObservable(kind, "too few digits for a number of this country");
            case TOO_LONG -> throw new InvalidObservable(kind, "too many digits for a number of this country");
            case INVALID_LENGTH -> throw new InvalidObservable(kind, "no number of this country has this length");
        }
        String normal = util.format(number, PhoneNumberFormat.E164);
        // The library leaves a zero before the area in some numbers, and takes it away when it reads its own form
        // again.
        return normal.equals(raw) ? normal : e164(kind, normal, region);
    }

    /** Whether a normal form is a number that can be assigned; other digits in running text are no phone numbers. */
    public static boolean isAssignable(String e164) {
        PhoneNumberUtil util = PhoneNumberUtil.getInstance();
        try {
            return util.isValidNumber(util.parse(e164, null));
        } catch (NumberParseException e) {
            return false; // not even a number
        }
    }
}
