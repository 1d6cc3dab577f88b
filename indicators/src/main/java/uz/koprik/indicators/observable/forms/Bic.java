package uz.koprik.indicators.observable.forms;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Codes of banks (ISO 9362): four letters, a country, two letters or digits, and three more of a branch. */
public final class Bic {

    private static final Pattern FORM = Pattern.compile("[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?");
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    private Bic() {}

    /** Whether a text in upper case is one. */
    public static boolean isOne(String text) {
        return FORM.matcher(text).matches()
                && (COUNTRIES.contains(country(text)) || country(text).equals("XK"));
    }

    /** The country of the bank. */
    public static String country(String bic) {
        return bic.substring(4, 6);
    }
}
