package uz.koprik.indicators.translate.misp;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import uz.koprik.crypto.json.JsonBoolean;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.indicators.observable.Normalisation;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.observable.forms.MaskedCard;
import uz.koprik.indicators.observable.text.RecognisedValue;
import uz.koprik.indicators.observable.text.Recognition;

/**
 * Payment cards in MISP. Whole numbers are taken out of free text, where they would be kept unnoticed. MISP strips all
 * but digits from numbers of cards, so a card is written as an attribute {@code bin} with the mask in its comment.
 */
final class CardMask {

    private static final Recognition CARDS = new Recognition(Normalisation.withCards(digits -> "numberisleftouthere"));

    private static final String SEEN = "payment card ";
    private static final String DETECTING = "indicator of " + SEEN;

    private static final Pattern WRITTEN =
            Pattern.compile("(" + DETECTING + "|" + SEEN + ")([0-9]{6}\\*{1,9}[0-9]{4})(?:; (.*))?", Pattern.DOTALL);

    private CardMask() {}

    /**
     * The comment of the {@code bin} of a card: it says what is known of the number.
     *
     * @param card a mask in normal form, or a card with its token
     */
    static String comment(String card, boolean detecting, String comment) {
        return (detecting ? DETECTING : SEEN) + MaskedCard.of(card) + (comment.isEmpty() ? "" : "; " + comment);
    }

    /** The attribute {@code cc-number} that {@link #comment} was written for; any other attribute as it is. */
    static JsonObject restored(JsonObject attribute) {
        Matcher written =
                Misp.text(attribute, "type").equals("bin") ? WRITTEN.matcher(Misp.text(attribute, "comment")) : null;
        if (written == null
                || !written.matches()
                || !MaskedCard.isNormal(written.group(2))
                || !written.group(2).startsWith(Misp.text(attribute, "value").strip())) {
            return attribute;
        }
        String comment = written.group(3);
        return attribute
                .with("type", new JsonString("cc-number"))
                .with("value", new JsonString(written.group(2)))
                .with("to_ids", new JsonBoolean(written.group(1).equals(DETECTING)))
                .with("comment", new JsonString(comment == null ? "" : comment));
    }

    /**
     * {@code text} with all but the first six and last four digits of card numbers as asterisks; the same string when
     * it shows no more of any.
     */
    static String masked(String text) {
        int digits = 0;
        for (int i = 0; i < text.length(); i++) {
            digits += Character.isDigit(text.charAt(i)) ? 1 : 0;
        }
        if (digits < 11) {
            return text; // too few for more than a mask
        }
        List<RecognisedValue> found = CARDS.recognise(text);
        StringBuilder out = new StringBuilder(text);
        for (RecognisedValue one : found.reversed()) {
            String value = one.observable().value();
            boolean card = one.observable().kind() == ObservableKind.PAYMENT_CARD;
            if (card && MaskedCard.showsMore(text.substring(one.start(), one.end()))) {
                String mask =
                        MaskedCard.isNormal(value) ? value : value.substring(0, 6) + "******" + value.substring(7, 11);
                out.replace(one.start(), one.end(), mask);
            }
        }
        return out.length() == text.length() && out.toString().equals(text) ? text : out.toString();
    }
}
