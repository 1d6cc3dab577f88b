package uz.koprik.gateway.accessrecord;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import uz.koprik.indicators.observable.InvalidObservable;
import uz.koprik.indicators.observable.Normalisation;
import uz.koprik.indicators.observable.ObservableKind;

/** Replaces payment card numbers in a text by the form in which the centre keeps them. */
final class CardRedaction {

    private static final Pattern DIGITS = Pattern.compile("\\d(?:[ .\\-\\u00A0]?\\d){11,}");
    private static final Pattern CARD = Pattern.compile("\\d(?:[ .\\-\\u00A0]?\\d){11,18}");

    private final Normalisation normalisation;

    CardRedaction(Normalisation normalisation) {
        this.normalisation = normalisation;
    }

    /** The text without whole card numbers. */
    String of(String text) {
        Matcher run = DIGITS.matcher(text);
        StringBuilder out = null;
        int done = 0;
        while (run.find()) {
            String replaced = run(run.group());
            if (!replaced.equals(run.group())) {
                out = out == null ? new StringBuilder() : out;
                out.append(text, done, run.start()).append(replaced);
                done = run.end();
            }
        }
        return out == null ? text : out.append(text, done, text.length()).toString();
    }

    /** A run of digits in groups is a card number, or several one after the other. */
    private String run(String run) {
        StringBuilder out = new StringBuilder();
        int done = 0;
        Matcher card = CARD.matcher(run);
        while (done < run.length()) {
            if (!card.region(done, run.length()).lookingAt()) {
                out.append(run.charAt(done++));
                continue;
            }
            String whole = card.group();
            String token = "";
            int end = whole.length();
            // The longest first: what a shorter part would hide, a longer one hides too.
            while (token.isEmpty() && digits(whole.substring(0, end)) >= 12) {
                token = token(whole.substring(0, end));
                end -= token.isEmpty() ? 1 : 0;
            }
            out.append(token.isEmpty() ? run.substring(done, done + 1) : token);
            done += token.isEmpty() ? 1 : end;
        }
        return out.append(run, done, run.length()).toString();
    }

    private static long digits(String text) {
        return text.chars().filter(Character::isDigit).count();
    }

    private String token(String text) {
        if (!Character.isDigit(text.charAt(text.length() - 1)) || !Character.isDigit(text.charAt(0))) {
            return "";
        }
        try {
            return ObservableKind.PAYMENT_CARD.normalise(text, normalisation).value();
        } catch (InvalidObservable none) {
            return "";
        }
    }
}
