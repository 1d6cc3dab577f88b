package uz.koprik.indicators.observable;

import java.util.regex.Pattern;

/**
 * Payment card numbers (ISO/IEC 7812), on their way to a token.
 *
 * <p>The digits never leave this class but to the {@link CardTokeniser}: no message, no {@link Observable}, no
 * {@code toString} carries them.
 */
final class CardNumber {

    private static final String MASKED =
            "the number is masked, and many cards share a mask: the token by which a card is"
                    + " kept follows from all its digits; report the whole number, or write the mask as a note";

    private static final Pattern TOKENISED = Pattern.compile("[0-9]{6}-[0-9]{4}-(?=[0-9]*[a-z])[0-9a-z]{16,64}");

    /** First digits from, to (inclusive) and lengths from, to: the networks whose cards are in use. */
    private static final int[][] RANGES = {
        {400000, 499999, 13, 19}, // Visa
        {510000, 559999, 16, 16},
        {222100, 272099, 16, 16}, // Mastercard
        {340000, 349999, 15, 15},
        {370000, 379999, 15, 15}, // American Express
        {220000, 220499, 16, 19}, // Mir
        {860000, 860099, 16, 16},
        {561468, 561468, 16, 16}, // Uzcard
        {986000, 986099, 16, 16}, // Humo
        {620000, 629999, 16, 19},
        {810000, 817199, 16, 19}, // UnionPay
        {352800, 358999, 16, 19}, // JCB
        {601100, 601199, 16, 19},
        {644000, 659999, 16, 19}, // Discover
        {300000, 305999, 14, 19},
        {309500, 309599, 14, 19},
        {360000, 369999, 14, 19},
        {380000, 399999, 14, 19}, // Diners
        {500000, 509999, 12, 19},
        {560000, 589999, 12, 19},
        {600000, 601099, 12, 19},
        {601200, 619999, 12, 19},
        {630000, 643999, 12, 19},
        {660000, 699999, 12, 19}, // Maestro, RuPay, BC and others of ranges 5 and 6
        {979200, 979299, 16, 16}, // Troy
        {911100, 911299, 16, 16}, // Belkart is 9112
        {940000, 949999, 16, 16}, // BC Card and other domestic Korean cards
    };

    private CardNumber() {}

    /** The tokenised form of a whole number, or the tokenised form itself. */
    static Observable observable(ObservableKind kind, String raw, Normalisation context) throws InvalidObservable {
        if (isTokenised(raw)) {
            return new Observable(kind, raw);
        }
        String digits = digits(kind, raw);
        if (context.cards().isEmpty()) {
            throw new InvalidObservable(kind, "a whole card number is taken only where it can be replaced by a token");
        }
        String token = context.cards().get().token(digits);
        String value = digits.substring(0, 6) + '-' + digits.substring(digits.length() - 4) + '-' + token;
        if (!isTokenised(value) || token.contains(digits.substring(6, digits.length() - 4))) {
            throw new IllegalStateException("the card tokeniser broke its contract: 16 to 64 characters a-z 0-9,"
                    + " not digits only, without the number");
        }
        return new Observable(kind, value);
    }

    /** Whether a text is a card in the form in which it may be kept. */
    static boolean isTokenised(String text) {
        return TOKENISED.matcher(text).matches();
    }

    /** Whether digits are a card number by length, first digits and check digit. */
    static boolean looksLikeCard(String digits) {
        return digits.length() >= 12
                && digits.length() <= 19
                && Ascii.allDigits(digits)
                && inRange(digits)
                && luhn(digits);
    }

    private static String digits(ObservableKind kind, String raw) throws InvalidObservable {
        StringBuilder out = new StringBuilder(19);
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (Ascii.isDigit(c)) {
                out.append(c);
            } else if (out.length() >= 4 && isMask(c) && i + 1 < raw.length() && isMask(raw.charAt(i + 1))) {
                throw new InvalidObservable(kind, MASKED);
            } else if (!Character.isSpaceChar(c) && c != '-' && c != '.') {
                throw new InvalidObservable(kind, "digits are expected, in groups if you like");
            }
        }
        if (out.length() < 12 || out.length() > 19) {
            throw new InvalidObservable(kind, "a card number has 12 to 19 digits");
        }
        String digits = out.toString();
        if (!inRange(digits)) {
            throw new InvalidObservable(kind, "no card network has numbers of this length with these first digits");
        }
        if (!luhn(digits)) {
            throw new InvalidObservable(kind, "the check digit does not fit the rest");
        }
        return digits;
    }

    private static boolean isMask(char c) {
        return "*xX#\u2022\u00b7".indexOf(c) >= 0;
    }

    private static boolean inRange(String digits) {
        int first = Integer.parseInt(digits, 0, 6, 10);
        for (int[] range : RANGES) {
            if (first >= range[0] && first <= range[1] && digits.length() >= range[2] && digits.length() <= range[3]) {
                return true;
            }
        }
        return false;
    }

    /** ISO/IEC 7812-1 annex B. */
    private static boolean luhn(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int weighted = i % 2 == 0 ? digit : digit * 2;
            sum += weighted > 9 ? weighted - 9 : weighted;
        }
        return sum % 10 == 0;
    }
}
