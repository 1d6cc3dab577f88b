package uz.koprik.indicators.observable;

import java.util.regex.Pattern;
import uz.koprik.indicators.observable.forms.CardRanges;
import uz.koprik.indicators.observable.forms.MaskedCard;

/**
 * Payment card numbers (ISO/IEC 7812), on their way to a token, and masks of them.
 *
 * <p>The digits never leave this class but to the {@link CardTokeniser}: no message, no {@link Observable}, no
 * {@code toString} carries them.
 */
final class CardNumber {

    private static final Pattern TOKENISED = Pattern.compile("[0-9]{6}-[0-9]{4}-(?=[0-9]*[a-z])[0-9a-z]{16,64}");

    private CardNumber() {}

    /** The tokenised form of a whole number, or the tokenised form itself; of a mask its normal form. */
    static Observable observable(ObservableKind kind, String raw, Normalisation context) throws InvalidObservable {
        if (isTokenised(raw)) {
            return new Observable(kind, raw);
        }
        if (MaskedCard.looksLikeOne(raw)) {
            return new Observable(kind, mask(kind, raw));
        }
        String digits = digits(kind, raw);
        if (context.cards().isEmpty()) {
            throw new InvalidObservable(kind, "a whole card number is taken only where it can be replaced by a token");
        }
        String token = context.cards().get().token(digits);
        String value = digits.substring(0, 6) + '-' + digits.substring(digits.length() - 4) + '-' + token;
        if (!isTokenised(value) || token.contains(digits)) {
            throw new IllegalStateException("the card tokeniser broke its contract: 16 to 64 characters a-z 0-9,"
                    + " not digits only, without the number");
        }
        return new Observable(kind, value);
    }

    private static String mask(ObservableKind kind, String raw) throws InvalidObservable {
        try {
            return MaskedCard.normalForm(raw);
        } catch (IllegalArgumentException none) {
            throw new InvalidObservable(kind, none.getMessage());
        }
    }

    /** Whether a text is what may be kept of a card: with its token, a mask, or first and last digits alone. */
    static boolean mayBeKept(String text) {
        return isTokenised(text) || MaskedCard.isNormal(text) || MaskedCard.isEnds(text);
    }

    /** Whether a text is a card with its token. */
    static boolean isTokenised(String text) {
        return TOKENISED.matcher(text).matches();
    }

    /** Whether digits are a card number by length, first digits and check digit. */
    static boolean looksLikeCard(String digits) {
        return digits.length() >= 12
                && digits.length() <= 19
                && Ascii.allDigits(digits)
                && CardRanges.has(digits, digits.length())
                && luhn(digits);
    }

    private static String digits(ObservableKind kind, String raw) throws InvalidObservable {
        StringBuilder out = new StringBuilder(19);
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (Ascii.isDigit(c)) {
                out.append(c);
            } else if (!Character.isSpaceChar(c) && c != '-' && c != '.') {
                throw new InvalidObservable(kind, "digits are expected, in groups if you like");
            }
        }
        if (out.length() < 12 || out.length() > 19) {
            throw new InvalidObservable(kind, "a card number has 12 to 19 digits");
        }
        String digits = out.toString();
        if (!CardRanges.has(digits, digits.length())) {
            throw new InvalidObservable(kind, "no card network has numbers of this length with these first digits");
        }
        if (!luhn(digits)) {
            throw new InvalidObservable(kind, "the check digit does not fit the rest");
        }
        return digits;
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
