package uz.koprik.indicators.translate.export;

import java.text.Normalizer;

/**
 * Texts of cells that no spreadsheet takes for a formula (OWASP, CSV injection): one that would be taken for a formula
 * gets an apostrophe before it. So does a text that begins with apostrophes before such a sign, so that
 * {@link #unarmed} finds every text again.
 */
public final class SpreadsheetText {

    private SpreadsheetText() {}

    /** A text for a cell whose program decides by its signs what it is, as in CSV. */
    static String armed(String text) {
        return isFormula(text) ? '\'' + text : text;
    }

    /** A text for a cell that is text by its type, as in XLSX: only an apostrophe that stands there needs another. */
    static String typed(String text) {
        return text.startsWith("'") ? armed(text) : text;
    }

    /** A cell as it was before an export put an apostrophe before it. */
    public static String unarmed(String cell) {
        return cell.startsWith("'") && isFormula(cell.substring(1)) ? cell.substring(1) : cell;
    }

    /**
     * Whether some spreadsheet takes a text for a formula, without the apostrophes that it begins with: by its first
     * sign, after all that spreadsheets pass over (spaces of any kind, controls, characters without width). Full-width,
     * small and raised signs are the same to some (Unicode NFKC).
     */
    private static boolean isFormula(String text) {
        int at = 0;
        while (at < text.length() && text.charAt(at) == '\'') {
            at++;
        }
        while (at < text.length() && isPassedOver(text.codePointAt(at))) {
            at += Character.charCount(text.codePointAt(at));
        }
        if (at == text.length()) {
            return false;
        }
        String sign = Normalizer.normalize(Character.toString(text.codePointAt(at)), Normalizer.Form.NFKC);
        return "=+-@|%\u2212".indexOf(sign.charAt(0)) >= 0;
    }

    private static boolean isPassedOver(int c) {
        return Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || Character.isISOControl(c)
                || Character.getType(c) == Character.FORMAT
                || c == 0x3164
                || c == 0x115F
                || c == 0x1160
                || c == 0xFFA0
                || c == 0x2800
                || c == 0x034F;
    }
}
