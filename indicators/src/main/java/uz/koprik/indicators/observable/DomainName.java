package uz.koprik.indicators.observable;

import com.ibm.icu.text.IDNA;

/**
 * Names in the DNS: lower case, A-labels (punycode), no dot at the end.
 *
 * <p>Underscores are taken: RFC 1034 host names have none, names that malware resolves do.
 */
public final class DomainName {

    private static final IDNA UTS46 = IDNA.getUTS46Instance(
            IDNA.NONTRANSITIONAL_TO_ASCII | IDNA.NONTRANSITIONAL_TO_UNICODE | IDNA.CHECK_BIDI | IDNA.CHECK_CONTEXTJ);

    /**
     * Longest text that is converted: decomposed, a name of 253 characters has twice as many, and ICU fails on a
     * thousand.
     */
    private static final int MAX_UNICODE = 2 * 253;

    private DomainName() {}

    /** A name of two labels or more whose last one is not a number. */
    static String normalForm(ObservableKind kind, String raw) throws InvalidObservable {
        String name = host(kind, Defang.refang(raw));
        if (name.indexOf('.') < 0) {
            throw new InvalidObservable(kind, "a name with at least one dot is expected");
        }
        return name;
    }

    /** As {@link #normalForm}, for text without defanging and also for a single label. */
    static String host(ObservableKind kind, String text) throws InvalidObservable {
        String ascii = isAscii(text) ? lower(text) : toAscii(kind, text);
        int to = ascii.endsWith(".") ? ascii.length() - 1 : ascii.length();
        String problem = problem(ascii, 0, to);
        if (problem != null) {
            throw new InvalidObservable(kind, problem);
        }
        return to == ascii.length() ? ascii : ascii.substring(0, to);
    }

    /** What keeps the part of {@code text} from being a lower-case ASCII host name; null when nothing does. */
    public static String problem(CharSequence text, int from, int to) {
        if (to - from > 253) {
            return "a name has at most 253 characters";
        }
        int label = from;
        boolean letters = false;
        for (int i = from; i <= to; i++) {
            char c = i < to ? text.charAt(i) : '.';
            if (c == '.') {
                if (i == label) {
                    return "a label of the name is empty";
                }
                if (i - label > 63) {
                    return "a label of the name has more than 63 characters";
                }
                if (text.charAt(label) == '-' || text.charAt(i - 1) == '-') {
                    return "a label of the name starts or ends with a hyphen";
                }
                if (i < to) {
                    label = i + 1;
                    letters = false;
                }
            } else if (c >= 'a' && c <= 'z') {
                letters = true;
            } else if (!(Ascii.isDigit(c) || c == '-' || c == '_')) {
                return "a character that no domain name has";
            }
        }
        return letters ? null : "the last label of the name is a number";
    }

    private static String toAscii(ObservableKind kind, String text) throws InvalidObservable {
        if (text.length() > MAX_UNICODE) {
            throw new InvalidObservable(kind, "a name has at most 253 characters");
        }
        IDNA.Info info = new IDNA.Info();
        String ascii = UTS46.nameToASCII(text, new StringBuilder(), info).toString();
        info.getErrors().remove(IDNA.Error.EMPTY_LABEL); // the trailing dot; others are found below
        info.getErrors().remove(IDNA.Error.HYPHEN_3_4); // such names are registered and resolved
        if (!info.getErrors().isEmpty() || !isAscii(ascii)) {
            throw new InvalidObservable(kind, "not an internationalised name as UTS 46 allows it");
        }
        String mapped =
                UTS46.nameToUnicode(text, new StringBuilder(), new IDNA.Info()).toString();
        if (mapped.codePoints().anyMatch(DomainName::isMark)) {
            throw new InvalidObservable(kind, "a quotation mark, dash, arrow or bullet, which no name has");
        }
        return ascii;
    }

    /**
     * Whether a character beyond ASCII stands around or between words and in no name that anybody registers, though UTS
     * 46 takes it: IDNA (RFC 5892) has no punctuation but four dots and marks of letters.
     */
    public static boolean isMark(int c) {
        if (c <= 0x7F) {
            return false;
        }
        return switch (Character.getType(c)) {
            case Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.MATH_SYMBOL -> true;
            case Character.OTHER_PUNCTUATION -> c != 0xB7 && c != 0x30FB && c != 0x5F3 && c != 0x5F4;
            case Character.OTHER_SYMBOL ->
                (c >= 0x2190 && c <= 0x21FF) // arrows
                        || (c >= 0x2500 && c <= 0x25FF) // lines and shapes
                        || (c >= 0x2713 && c <= 0x2718) // ticks and crosses
                        || (c >= 0x2794 && c <= 0x27BF); // more arrows
            default -> false;
        };
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7F) {
                return false;
            }
        }
        return true;
    }

    private static String lower(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                return text.toLowerCase(java.util.Locale.ROOT);
            }
        }
        return text;
    }
}
