package uz.koprik.crypto.json;

import java.math.BigDecimal;

/** ECMAScript's Number::toString (ECMA-262, section 6.1.6.1.20), which RFC 8785, section 3.2.2.3, asks for. */
final class EcmaNumber {

    /** Below this a double has so few bits left that Java's two digits and ECMAScript's one may name the same value. */
    private static final double FEW_BITS = 1e-320;

    private EcmaNumber() {}

    /** The shortest text that gives {@code value} back, laid out as ECMAScript does. */
    static String text(double value) {
        if (value == Math.rint(value) && Math.abs(value) <= 1L << 53) {
            return Long.toString((long) value);
        }
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("JSON knows no infinity and no NaN");
        }
        // Double.toString gives the shortest digits that round-trip (since JDK 19); only their layout differs.
        String java = Double.toString(Math.abs(value));
        int e = java.indexOf('E');
        String mantissa = e < 0 ? java : java.substring(0, e);
        int dot = mantissa.indexOf('.');
        String digits = mantissa.substring(0, dot) + mantissa.substring(dot + 1);
        int point = dot + (e < 0 ? 0 : Integer.parseInt(java.substring(e + 1)));
        int leading = 0;
        while (digits.charAt(leading) == '0') {
            leading++;
        }
        int trailing = digits.length();
        while (digits.charAt(trailing - 1) == '0') {
            trailing--;
        }
        digits = digits.substring(leading, trailing);
        point -= leading;
        if (Math.abs(value) < FEW_BITS && digits.length() == 2) {
            return oneDigit(value, digits, point);
        }
        return layout(value < 0, digits, point);
    }

    /** Java never writes fewer than two digits; ECMAScript writes one where one is enough: 5e-324, not 4.9e-324. */
    private static String oneDigit(double value, String digits, int point) {
        double positive = Math.abs(value);
        BigDecimal exact = new BigDecimal(positive);
        String best = digits;
        int bestPoint = point;
        BigDecimal bestError = null;
        for (int digit = digits.charAt(0) - '0'; digit <= digits.charAt(0) - '0' + 1; digit++) {
            BigDecimal candidate = BigDecimal.valueOf(digit).scaleByPowerOfTen(point - 1);
            BigDecimal error = candidate.subtract(exact).abs();
            if (candidate.doubleValue() == positive && (bestError == null || error.compareTo(bestError) < 0)) {
                best = digit == 10 ? "1" : Integer.toString(digit);
                bestPoint = digit == 10 ? point + 1 : point;
                bestError = error;
            }
        }
        return layout(value < 0, best, bestPoint);
    }

    /** Digits d1…dk with the decimal point behind the first {@code point} of them. */
    private static String layout(boolean negative, String digits, int point) {
        StringBuilder out = new StringBuilder(26);
        if (negative) {
            out.append('-');
        }
        int k = digits.length();
        if (k <= point && point <= 21) {
            out.append(digits).repeat('0', point - k);
        } else if (0 < point && point <= 21) {
            out.append(digits, 0, point).append('.').append(digits, point, k);
        } else if (-6 < point && point <= 0) {
            out.append("0.").repeat('0', -point).append(digits);
        } else {
            out.append(digits.charAt(0));
            if (k > 1) {
                out.append('.').append(digits, 1, k);
            }
            out.append('e').append(point - 1 < 0 ? '-' : '+').append(Math.abs(point - 1));
        }
        return out.toString();
    }
}
