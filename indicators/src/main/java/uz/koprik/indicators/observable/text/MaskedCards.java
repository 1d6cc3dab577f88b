package uz.koprik.indicators.observable.text;

import java.util.Optional;
import uz.koprik.indicators.observable.Ascii;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.observable.forms.MaskedCard;
import uz.koprik.indicators.observable.text.url.TextChars;

/** Masked card numbers in running text: digits, signs, and four digits or more at the end, in groups if at all. */
final class MaskedCards {

    private static final int LONGEST = 40;
    private static final int MOST_FIRST = 8;
    private static final int LAST = 4;

    /** Fewer signs than this may be a product, a reference or a mark of a note. */
    private static final int FEWEST_SIGNS = 4;

    private final String text;
    private final KindGuesser cell;

    MaskedCards(String text, KindGuesser cell) {
        this.text = text;
        this.cell = cell;
    }

    /** The mask that begins with the digit at a position, or null. */
    RecognisedValue at(int at) {
        if (at > 0 && MaskedCard.isSign(text.charAt(at - 1))) {
            return null;
        }
        int first = end(at, MOST_FIRST + 1, false);
        int signs = first < 0 ? -1 : end(afterSeparator(first), LONGEST, true);
        int end = signs < 0 ? -1 : end(afterSeparator(signs), LAST, false);
        if (end < 0 || end - at > LONGEST || goesOn(end)) {
            return null;
        }
        Observable value = cell.attempt(text.substring(at, end), ObservableKind.PAYMENT_CARD);
        if (value == null) {
            return null;
        }
        RecognisedValue found = new RecognisedValue(value, at, end, Optional.empty());
        if (ContextWords.CARD.before(text, at)) {
            return found;
        }
        long hidden = text.substring(at, end)
                .chars()
                .filter(c -> MaskedCard.isSign((char) c))
                .count();
        return hidden < FEWEST_SIGNS ? found.with(Remark.NUMBER_ONLY) : found;
    }

    /**
     * The end of digits or signs with single separators between them, or -1 when there are none.
     *
     * @param enough characters after which no separator is crossed
     */
    private int end(int from, int enough, boolean signs) {
        int at = from;
        int end = -1;
        int count = 0;
        while (at < text.length() && at - from < LONGEST) {
            if (signs ? MaskedCard.isSign(text.charAt(at)) : Ascii.isDigit(text.charAt(at))) {
                count++;
                end = ++at;
            } else if (end == at && count < enough && isSeparator(text.charAt(at))) {
                at++;
            } else {
                break;
            }
        }
        return end;
    }

    private int afterSeparator(int at) {
        return at < text.length() && isSeparator(text.charAt(at)) ? at + 1 : at;
    }

    private static boolean isSeparator(char c) {
        return c == ' ' || c == '-' || c == '\u00a0';
    }

    private boolean goesOn(int end) {
        if (end == text.length()) {
            return false;
        }
        char c = text.charAt(end);
        return MaskedCard.isSign(c) || (TextChars.isAlnum(c) && !TextChars.isUnspaced(c));
    }
}
