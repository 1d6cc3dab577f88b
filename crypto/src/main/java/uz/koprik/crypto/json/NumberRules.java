package uz.koprik.crypto.json;

import java.math.BigDecimal;

/** Which numbers every reader reads alike. */
final class NumberRules {

    private static final String NEGATIVE_ZERO = "negative zero";
    private static final String UNSAFE = "an integer beyond ±(2^53-1)";

    private static final long MAX_SAFE_INTEGER = (1L << 53) - 1;
    /** From this value up ECMAScript, and so the canonical form, writes an exponent. */
    private static final double LARGEST_PLAIN = 1e21;
    /** Most digits that a printer of doubles writes; a longer number holds more than a double does. */
    private static final int DOUBLE_DIGITS = 17;

    private NumberRules() {}

    /** Why an integer is refused, or null. */
    static String fault(double value, boolean minus) {
        if (value == 0) {
            return minus ? NEGATIVE_ZERO : null;
        }
        return Math.abs(value) > MAX_SAFE_INTEGER ? UNSAFE : null;
    }

    /**
     * Why a number is refused, or null.
     *
     * @param literal the number as JSON spells it
     * @param value the double nearest to it
     * @param integer whether it has neither fraction nor exponent
     */
    static String fault(String literal, double value, boolean integer) {
        if (literal.length() > StrictJson.MAX_NUMBER_LENGTH) {
            return "a number of more than " + StrictJson.MAX_NUMBER_LENGTH + " characters";
        }
        if (Double.isInfinite(value)) {
            return "a number beyond what a double can hold";
        }
        // Whatever its spelling: 1e20 would become an integer in the canonical text, and be refused there.
        boolean whole = integer || (value == Math.rint(value) && Math.abs(value) < LARGEST_PLAIN);
        if (whole && Math.abs(value) > MAX_SAFE_INTEGER) {
            return UNSAFE;
        }
        if (value == 0 && !hasNonZeroDigit(literal)) {
            return literal.charAt(0) == '-' ? NEGATIVE_ZERO : null;
        }
        return value == 0 || !roundTrips(literal, value) ? "a number that a double does not give back exactly" : null;
    }

    private static boolean hasNonZeroDigit(String literal) {
        for (int i = 0; i < literal.length() && Character.toLowerCase(literal.charAt(i)) != 'e'; i++) {
            if (literal.charAt(i) >= '1' && literal.charAt(i) <= '9') {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether a double holds all digits of the text. Printers of doubles write up to 17 digits, not always the shortest
     * ones (RFC 8785's own example has 333333333.33333329), and every reader agrees on these; only a reader of decimals
     * would keep more. Safe from huge exponents: the double is neither infinite nor zero here.
     */
    private static boolean roundTrips(String literal, double value) {
        if (literal.length() <= DOUBLE_DIGITS) {
            return true;
        }
        BigDecimal exact = new BigDecimal(literal);
        return exact.stripTrailingZeros().precision() <= DOUBLE_DIGITS
                || exact.compareTo(new BigDecimal(Double.toString(value))) == 0;
    }
}
