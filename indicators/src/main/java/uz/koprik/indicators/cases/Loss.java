package uz.koprik.indicators.cases;

import java.math.BigDecimal;
import java.util.Currency;

/**
 * The exact loss of a victim.
 *
 * @param amount not below zero; with at least the decimals that the currency has, so that equal losses are equal
 * @param currency three letters of ISO 4217
 * @param note whose, or which; a case has one loss a note and currency. Empty for none
 */
public record Loss(BigDecimal amount, String currency, String note) {

    private static final int MAX_DIGITS = 18;
    private static final int MAX_DECIMALS = 4;

    /** @throws IllegalArgumentException which says what is wrong */
    public Loss {
        int decimals = decimals(currency);
        if (amount.signum() < 0) {
            throw new IllegalArgumentException("a loss is not below zero");
        }
        BigDecimal bare = amount.signum() == 0 ? BigDecimal.ZERO : amount.stripTrailingZeros();
        if (bare.scale() > MAX_DECIMALS || bare.precision() - bare.scale() > MAX_DIGITS) {
            throw new IllegalArgumentException("a loss has at most " + MAX_DIGITS + " digits before and " + MAX_DECIMALS
                    + " behind the decimal sign");
        }
        amount = bare.setScale(Math.max(bare.scale(), decimals));
        note = note.strip();
    }

    /** Reads an amount as JSON and forms have it: digits, perhaps a point and more digits. */
    public static Loss of(String amount, String currency, String note) {
        if (amount.length() > 40 || !amount.matches("-?\\d+(\\.\\d+)?")) {
            throw new IllegalArgumentException(
                    "the amount of a loss is of digits with at most one point, such as 1200.50");
        }
        return new Loss(new BigDecimal(amount), currency, note);
    }

    /** Whether {@code other} says something of the same loss, so that one of both holds. */
    public boolean sameAs(Loss other) {
        return currency.equals(other.currency) && note.equals(other.note);
    }

    /** {@code 1200.50 EUR}. */
    public String text() {
        return amount.toPlainString() + ' ' + currency;
    }

    private static int decimals(String currency) {
        try {
            return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException(
                    "the currency of a loss is three letters of ISO 4217, such as UZS, EUR or USD", unknown);
        }
    }
}
