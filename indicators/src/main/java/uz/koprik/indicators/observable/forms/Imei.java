package uz.koprik.indicators.observable.forms;

/**
 * Identities of mobile devices (3GPP TS 23.003, section 6): fourteen digits and a check digit. The form with the
 * version of the software (IMEISV) has two other digits in its place; its normal form is that of the device.
 */
public final class Imei {

    private static final int DEVICE = 14;

    private Imei() {}

    /** Fifteen digits, or null when length, separators or check digit do not fit. */
    public static String normalForm(String text) {
        String digits = digits(text);
        if (digits == null || digits.length() < DEVICE + 1 || digits.length() > DEVICE + 2) {
            return null;
        }
        String device = digits.substring(0, DEVICE);
        if (device.equals("00000000000000")) {
            return null; // what devices without an identity report
        }
        String whole = device + checkDigit(device);
        return digits.length() == DEVICE + 2 || digits.equals(whole) ? whole : null;
    }

    /** The digits of a text that has besides them only the separators between their groups; null for others. */
    public static String digits(String text) {
        StringBuilder digits = new StringBuilder(16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                digits.append(c);
            } else if (c != ' ' && c != '-' && c != '/' && c != '.') {
                return null;
            }
        }
        return digits.toString();
    }

    /** By Luhn, as annex B asks. */
    private static int checkDigit(String device) {
        int sum = 0;
        for (int i = 0; i < DEVICE; i++) {
            int digit = device.charAt(i) - '0';
            int weighted = i % 2 == 0 ? digit : digit * 2;
            sum += weighted > 9 ? weighted - 9 : weighted;
        }
        return (10 - sum % 10) % 10;
    }
}
