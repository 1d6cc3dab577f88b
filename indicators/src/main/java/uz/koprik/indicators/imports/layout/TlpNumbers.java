package uz.koprik.indicators.imports.layout;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.wording.Sentence;

/**
 * Markings that are numbers. Several products count, each in its own way, and a number does not say which one wrote it.
 * So it is read as the strictest that any of them means by it:
 *
 * <table>
 * <caption>Scales</caption>
 * <tr><th>product</th><th>0</th><th>1</th><th>2</th><th>3</th><th>4</th><th>5</th></tr>
 * <tr><td>TheHive 4</td><td>CLEAR</td><td>GREEN</td><td>AMBER</td><td>RED</td><td></td><td></td></tr>
 * <tr><td>TheHive 5</td><td>CLEAR</td><td>GREEN</td><td>AMBER</td><td>AMBER+STRICT</td><td>RED</td><td></td></tr>
 * <tr><td>OpenCTI, order</td><td></td><td>CLEAR</td><td>GREEN</td><td>AMBER</td><td>AMBER+STRICT</td><td>RED</td></tr>
 * <tr><td>read as</td><td>CLEAR</td><td>GREEN</td><td>AMBER</td><td>RED</td><td>RED</td><td>RED</td></tr>
 * </table>
 *
 * <p>This holds for columns whose names say TLP. Under other names a number may be a scale that counts the other way,
 * such as the distribution of MISP (0 is the own organisation only), or the key of a row (DFIR-IRIS has RED under 1).
 * It is RED there.
 */
public final class TlpNumbers {

    private static final Pattern NUMBER =
            Pattern.compile("(?:TLP[\\s_:-]*)?([0-9]{1,3})(?:\\.0+)?", Pattern.CASE_INSENSITIVE);
    private static final Set<String> SCALES = Set.of(
            "",
            "tlp",
            "tlplevel",
            "ioctlp",
            "tlpmarking",
            "trafficlight",
            "trafficlightprotocol",
            "меткаtlp",
            "tlpметка",
            "tlp등급");

    private TlpNumbers() {}

    /** Whether a cell has a number in the place of a word. */
    static boolean isNumber(String cell) {
        return NUMBER.matcher(cell).matches();
    }

    /**
     * The strictest marking that a number may mean.
     *
     * @param header name of its column; empty for none
     * @return empty when no scale has the number
     */
    static Optional<Tlp> read(String cell, String header) {
        var number = NUMBER.matcher(cell);
        int value = number.matches() ? Integer.parseInt(number.group(1)) : -1;
        if (value < 0 || value > 5) {
            return Optional.empty();
        }
        if (!isScale(header) && number.end(1) - number.start(1) == cell.length()) {
            return Optional.of(Tlp.RED);
        }
        return Optional.of(
                switch (value) {
                    case 0 -> Tlp.CLEAR;
                    case 1 -> Tlp.GREEN;
                    case 2 -> Tlp.AMBER;
                    default -> Tlp.RED;
                });
    }

    /** Whether the name of a column says that its numbers are levels of TLP. */
    static boolean isScale(String header) {
        return SCALES.contains(TypeWords.bare(header));
    }

    /**
     * What is to be said of numbers in a column of markings before anything is stored.
     *
     * @param header name of the column
     */
    public static Sentence note(String header) {
        return (isScale(header) ? ImportSentence.SCALE_OF_MARKINGS : ImportSentence.UNKNOWN_SCALE)
                .of(ColumnChoice.shown(header));
    }

    /** Whether a cell of a column of markings has a number. */
    public static boolean has(String cell) {
        for (String part : cell.split("[,;|\\n]", -1)) {
            if (isNumber(part.strip())) {
                return true;
            }
        }
        return false;
    }
}
