package uz.koprik.indicators.observable.forms;

/** The first digits and lengths of payment cards in use (ISO/IEC 7812-1). */
public final class CardRanges {

    /** Fewest digits of a card. */
    public static final int SHORTEST = 12;

    /** Most digits of a card. */
    public static final int LONGEST = 19;

    /** First digits from, to (inclusive) and lengths from, to: the networks whose cards are in use. */
    private static final int[][] RANGES = {
        {400000, 499999, 13, 19}, // Visa
        {510000, 559999, 16, 16},
        {222100, 272099, 16, 16}, // Mastercard
        {340000, 349999, 15, 15},
        {370000, 379999, 15, 15}, // American Express
        {220000, 220499, 16, 19}, // Mir
        {860000, 860099, 16, 16},
        {561468, 561468, 16, 16}, // Uzcard
        {986000, 986099, 16, 16}, // Humo
        {620000, 629999, 16, 19},
        {810000, 817199, 16, 19}, // UnionPay
        {352800, 358999, 16, 19}, // JCB
        {601100, 601199, 16, 19},
        {644000, 659999, 16, 19}, // Discover
        {300000, 305999, 14, 19},
        {309500, 309599, 14, 19},
        {360000, 369999, 14, 19},
        {380000, 399999, 14, 19}, // Diners
        {500000, 509999, 12, 19},
        {560000, 589999, 12, 19},
        {600000, 601099, 12, 19},
        {601200, 619999, 12, 19},
        {630000, 643999, 12, 19},
        {660000, 699999, 12, 19}, // Maestro, RuPay, BC and others of ranges 5 and 6
        {979200, 979299, 16, 16}, // Troy
        {911100, 911299, 16, 16}, // Belkart is 9112
        {940000, 949999, 16, 16}, // BC Card and other domestic Korean cards
    };

    private CardRanges() {}

    /**
     * Whether a network has cards of a length.
     *
     * @param digits that begin with the first six digits of the card
     */
    public static boolean has(String digits, int length) {
        int first = Integer.parseInt(digits, 0, 6, 10);
        for (int[] range : RANGES) {
            if (first >= range[0] && first <= range[1] && length >= range[2] && length <= range[3]) {
                return true;
            }
        }
        return false;
    }
}
