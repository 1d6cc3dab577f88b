package uz.koprik.indicators.observable;

import java.util.Currency;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uz.koprik.indicators.observable.forms.Bic;

/**
 * Account numbers that are no IBAN: {@code account}, {@code country/account}, {@code country/bank/account}, or a BIC
 * (ISO 9362) and the account, which the country of the BIC completes.
 */
public final class BankAccount {

    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    private static final int DIGITS = 20;
    private static final int CHART = 5;
    private static final String OWN_CURRENCY = "000";

    /** Numbers of currencies (ISO 4217). */
    private static final Set<String> CURRENCIES = Stream.concat(
                    Stream.of(OWN_CURRENCY),
                    Currency.getAvailableCurrencies().stream().map(Currency::getNumericCodeAsString))
            .collect(Collectors.toUnmodifiableSet());

    private static final Pattern TIME = Pattern.compile(
            "20[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?:[01][0-9]|2[0-3])[0-5][0-9][0-5][0-9]");

    private BankAccount() {}

    /** Letters and digits only, in upper case; the bank is a BIC or a national bank code. */
    static String normalForm(ObservableKind kind, String raw) throws InvalidObservable {
        String[] parts = withCountry(raw).split("/", -1);
        if (parts.length > 3) {
            throw new InvalidObservable(kind, "country/bank/account is expected");
        }
        StringBuilder out = new StringBuilder(48);
        if (parts.length > 1) {
            String country = clean(kind, parts[0]);
            if (!COUNTRIES.contains(country) && !country.equals("XK")) { // Kosovo, as banks write it
                throw new InvalidObservable(kind, "a country of two letters (ISO 3166) is expected before the slash");
            }
            out.append(country).append('/');
        }
        if (parts.length > 2) {
            String bank = clean(kind, parts[1]);
            if (bank.isEmpty() || bank.length() > 15) {
                throw new InvalidObservable(kind, "a BIC or bank code of up to 15 characters is expected");
            }
            out.append(bank.length() == 11 && bank.endsWith("XXX") ? bank.substring(0, 8) : bank)
                    .append('/');
        }
        String account = clean(kind, parts[parts.length - 1]);
        long digits = account.chars().filter(Ascii::isDigit).count();
        if (account.length() > 34 || digits < 4) {
            throw new InvalidObservable(kind, "an account number has 4 to 34 letters and digits, four digits at least");
        }
        if (parts.length == 1 && CardNumber.looksLikeCard(account)) {
            // Without a country nothing speaks against a card, and a whole card number is never kept.
            throw new InvalidObservable(kind, "this looks like a payment card; put country/ before it if it is not");
        }
        return out.append(account).toString();
    }

    /** A BIC before a slash or blank, with its country before it; other texts as they are. */
    private static String withCountry(String raw) {
        int end = 0;
        while (end < raw.length() && end < 12 && (Ascii.isLetter(raw.charAt(end)) || Ascii.isDigit(raw.charAt(end)))) {
            end++;
        }
        if ((end != 8 && end != 11) || end == raw.length() || (raw.charAt(end) != '/' && raw.charAt(end) != ' ')) {
            return raw;
        }
        String bic = raw.substring(0, end).toUpperCase(Locale.ROOT);
        return Bic.isOne(bic) ? Bic.country(bic) + '/' + bic + '/' + raw.substring(end + 1) : raw;
    }

    /**
     * Whether twenty digits are built as accounts of most CIS countries: five of the chart of accounts, three of the
     * currency. Times down to fractions of a second have as many digits.
     */
    public static boolean isUsual(String account) {
        boolean chart = account.length() == DIGITS && "234".indexOf(account.charAt(0)) >= 0;
        return chart
                && CURRENCIES.contains(account.substring(CHART, CHART + 3))
                && !TIME.matcher(account).lookingAt();
    }

    private static String clean(ObservableKind kind, String part) throws InvalidObservable {
        StringBuilder out = new StringBuilder(part.length());
        for (int i = 0; i < part.length(); i++) {
            char c = Character.toUpperCase(part.charAt(i));
            if (Ascii.isDigit(c) || Ascii.isUpper(c)) {
                out.append(c);
            } else if (!Character.isSpaceChar(c) && c != '-' && c != '.') {
                throw new InvalidObservable(kind, "a character that no account number has");
            }
        }
        return out.toString();
    }
}
