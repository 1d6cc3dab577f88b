package uz.koprik.indicators.observable.forms;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Payment cards of which only digits at both ends are known: {@code 411111******1111}. Many cards share a mask, and
 * nothing can be checked but the length and the first digits.
 *
 * <p>The normal form has the first six digits, an asterisk for each hidden digit, and the last four digits. A single
 * asterisk says that the length is not known. Further digits that a mask shows are not kept.
 */
public final class MaskedCard {

    private static final String SIGNS = "*xX#\u2022\u00b7\u25cf\u2217\uff0a\u00d7\u0445\u0425";

    private static final int FIRST = 6;
    private static final int LAST = 4;

    /** A mask that hides fewer digits of a number shows nearly the whole of it. */
    private static final int FEWEST_HIDDEN = 4;

    /** Fewer signs than any usual card has hidden digits stand for a number of digits that is not said. */
    private static final int FEWEST_COUNTED = 5;

    private static final Pattern NORMAL = Pattern.compile("[0-9]{6}(?:\\*|\\*{5,9})[0-9]{4}");
    private static final Pattern ENDS = Pattern.compile("[0-9]{6}-[0-9]{4}");

    private static final String TOO_LITTLE = "the mask shows too little of the card: the first six and the last four"
            + " digits are needed, as in 411111******1111";

    /** The reason against a mask that shows more than may be stored anywhere. */
    public static final String NEARLY_WHOLE = "the mask hides fewer than four digits, which is nearly the whole number:"
            + " hide all but the first six and the last four digits, or report the whole number";

    /**
     * A mask without its separators.
     *
     * @param middle from the first asterisk to the last
     * @param counted whether there is an asterisk for each hidden digit
     */
    private record Parts(String head, String middle, String tail, boolean counted) {

        int length() {
            return head.length() + middle.length() + tail.length();
        }

        long hidden() {
            return middle.chars().filter(c -> c == '*').count();
        }
    }

    private MaskedCard() {}

    /** Whether a character may stand for a hidden digit. */
    public static boolean isSign(char c) {
        return SIGNS.indexOf(c) >= 0;
    }

    /** Whether a text is digits and signs of a mask in groups, and nothing else; it need not be a valid mask. */
    public static boolean looksLikeOne(String text) {
        char first = text.isEmpty() ? ' ' : text.charAt(0);
        return text.length() >= 8
                && text.length() <= 48
                && ((first >= '0' && first <= '9') || isSign(first))
                && parts(text).isPresent();
    }

    /** Whether a text is a mask in normal form. */
    public static boolean isNormal(String text) {
        return NORMAL.matcher(text).matches();
    }

    /**
     * The mask in normal form.
     *
     * @param text that {@link #looksLikeOne}
     * @throws IllegalArgumentException with the reason in words, when it is no mask of a card; it repeats no digits of
     *     the text
     */
    public static String normalForm(String text) {
        Parts parts = parts(text).orElseThrow(() -> new IllegalArgumentException("digits and signs are expected"));
        boolean more = parts.length() - parts.hidden() > FIRST + LAST;
        if (more && (!parts.counted || parts.hidden() < FEWEST_HIDDEN)) {
            throw new IllegalArgumentException(NEARLY_WHOLE);
        }
        if (parts.head.length() < FIRST || parts.tail.length() < LAST) {
            throw new IllegalArgumentException(TOO_LITTLE);
        }
        boolean known = more || (parts.counted && parts.hidden() >= FEWEST_COUNTED);
        String first = parts.head.substring(0, FIRST);
        String last = parts.tail.substring(parts.tail.length() - LAST);
        String mask = first + "*".repeat(known ? parts.length() - FIRST - LAST : 1) + last;
        if (!isNormal(mask) || lengths(mask).isEmpty()) {
            throw new IllegalArgumentException("no card network has numbers of this length with these first digits");
        }
        return mask;
    }

    /** The lengths that a card with a mask in normal form, or with first and last digits, can have. */
    public static List<Integer> lengths(String card) {
        List<Integer> lengths = new ArrayList<>();
        for (int length = CardRanges.SHORTEST; length <= CardRanges.LONGEST; length++) {
            boolean said = card.length() == FIRST + 1 + LAST || card.length() == length;
            if (said && CardRanges.has(card, length)) {
                lengths.add(length);
            }
        }
        return lengths;
    }

    /**
     * What all cards with the same first six and last four digits share: {@code 411111-1111}.
     *
     * @param card a mask in normal form, or a card with its token
     */
    public static String ends(String card) {
        int last = isNormal(card) ? card.length() - LAST : FIRST + 1;
        return card.substring(0, FIRST) + '-' + card.substring(last, last + LAST);
    }

    /** Whether a text is what {@link #ends} returns. */
    public static boolean isEnds(String text) {
        return text.length() == FIRST + 1 + LAST && ENDS.matcher(text).matches();
    }

    /**
     * The masks in normal form of the cards with these first and last digits, that of unknown length first.
     *
     * @param ends as {@link #ends} returns them
     */
    public static List<String> masks(String ends) {
        List<String> masks = new ArrayList<>();
        String first = ends.substring(0, FIRST);
        String last = ends.substring(FIRST + 1);
        masks.add(first + '*' + last);
        for (int length : lengths(masks.getFirst())) {
            if (length - FIRST - LAST >= FEWEST_COUNTED) {
                masks.add(first + "*".repeat(length - FIRST - LAST) + last);
            }
        }
        return masks;
    }

    /** Whether two different masks in normal form may be of one card: one of them does not say the length. */
    public static boolean mayBeSame(String mask, String other) {
        return mask.length() != other.length()
                && ends(mask).equals(ends(other))
                && (mask.length() == FIRST + 1 + LAST || other.length() == FIRST + 1 + LAST);
    }

    /** The mask that says of a card as little as it may: the first six and last four digits, the length when known. */
    public static String of(String card) {
        return isNormal(card) ? card : card.substring(0, FIRST) + '*' + card.substring(FIRST + 1, FIRST + 1 + LAST);
    }

    /**
     * What two cards have in common that may be the same.
     *
     * @param one a mask in normal form, or a card with its token
     * @param other the same
     */
    public static ValueRemark shared(String one, String other) {
        List<Integer> lengths = lengths(of(one));
        List<Integer> others = lengths(of(other));
        return ValueRemark.ofCards(
                ValueRemark.Code.SAME_ENDS, cards(others.size() < lengths.size() ? others : lengths));
    }

    /** What a mask in normal form says and does not say. */
    public static ValueRemark remark(String mask) {
        return ValueRemark.ofCards(ValueRemark.Code.MASKED_CARD, cards(lengths(mask)));
    }

    /**
     * How many cards of one length it can be. Of all numbers with hidden digits, one in ten has a valid check digit.
     */
    private static OptionalLong cards(List<Integer> lengths) {
        return lengths.size() == 1
                ? OptionalLong.of((long) Math.pow(10, lengths.getFirst() - FIRST - LAST - 1))
                : OptionalLong.empty();
    }

    /** Whether a text shows more digits than are kept of a card. */
    public static boolean showsMore(CharSequence text) {
        return text.chars().filter(c -> c >= '0' && c <= '9').count() > FIRST + LAST;
    }

    private static Optional<Parts> parts(String text) {
        StringBuilder compact = new StringBuilder(20);
        boolean counted = true;
        int dots = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            dots = c == '.' ? dots + 1 : 0;
            if ((c >= '0' && c <= '9') || isSign(c)) {
                compact.append(isSign(c) ? '*' : c);
            } else if (c == '\u2026' || dots == 3) {
                compact.append('*');
                counted = false;
            } else if (!Character.isSpaceChar(c) && c != '\t' && c != '-' && c != '.') {
                return Optional.empty();
            }
        }
        int from = compact.indexOf("*");
        int to = compact.lastIndexOf("*") + 1;
        boolean mask = from >= 0 && to <= CardRanges.LONGEST && (counted || to - from == 1);
        return mask
                ? Optional.of(new Parts(
                        compact.substring(0, from), compact.substring(from, to), compact.substring(to), counted))
                : Optional.empty();
    }
}
