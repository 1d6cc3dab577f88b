package uz.koprik.indicators.translate.misp;

import java.util.List;
import uz.koprik.indicators.observable.Normalisation;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.observable.text.RecognisedValue;
import uz.koprik.indicators.observable.text.Recognition;

/** Takes whole payment card numbers out of free text, where they would be kept unnoticed. */
final class CardMask {

    private static final Recognition CARDS = new Recognition(Normalisation.withCards(digits -> "numberisleftouthere"));

    private CardMask() {}

    /** {@code text} with the middle digits of card numbers as asterisks; the same string when it has none. */
    static String masked(String text) {
        int digits = 0;
        for (int i = 0; i < text.length(); i++) {
            digits += Character.isDigit(text.charAt(i)) ? 1 : 0;
        }
        if (digits < 12) {
            return text; // too few for a card
        }
        List<RecognisedValue> found = CARDS.recognise(text);
        StringBuilder out = new StringBuilder(text);
        for (RecognisedValue one : found.reversed()) {
            if (one.observable().kind() == ObservableKind.PAYMENT_CARD) {
                String value = one.observable().value();
                out.replace(one.start(), one.end(), value.substring(0, 6) + "******" + value.substring(7, 11));
            }
        }
        return out.length() == text.length() && out.toString().equals(text) ? text : out.toString();
    }
}
