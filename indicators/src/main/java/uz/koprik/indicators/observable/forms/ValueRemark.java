package uz.koprik.indicators.observable.forms;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * What people should know of a value besides it.
 *
 * @param code which remark it is
 * @param coins of {@link Code#SHARED_FORM} and {@link Code#EVM_FORM}, all coins that write addresses so, by their
 *     symbols; of other codes empty
 * @param cards of {@link Code#MASKED_CARD} and {@link Code#SAME_ENDS}, about how many cards it may be; empty for many,
 *     and for other codes
 */
public record ValueRemark(Code code, List<String> coins, OptionalLong cards) {

    /** The remarks that there are. */
    public enum Code {
        /** Several coins write addresses of this form. */
        SHARED_FORM,
        /** Ethereum and all chains that are built alike write addresses of this form. */
        EVM_FORM,
        /** The address is of a test network. */
        TEST_NETWORK,
        /** The value is the mask of a payment card, which many cards share. */
        MASKED_CARD,
        /** Two payment cards have the digits at both ends in common, and may be one card. */
        SAME_ENDS;

        /** The stable word. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public ValueRemark {
        coins = List.copyOf(coins);
    }

    /** A remark on the coins of an address. */
    public static ValueRemark ofCoins(Code code, List<String> coins) {
        return new ValueRemark(code, coins, OptionalLong.empty());
    }

    /** A remark on cards. */
    static ValueRemark ofCards(Code code, OptionalLong cards) {
        return new ValueRemark(code, List.of(), cards);
    }

    /** Several remarks as one clause without a full stop; empty for none. */
    public static Optional<String> text(List<ValueRemark> remarks) {
        return remarks.isEmpty()
                ? Optional.empty()
                : Optional.of(remarks.stream().map(ValueRemark::text).collect(Collectors.joining("; ")));
    }

    /** The remark in words: a clause without a full stop. */
    public String text() {
        return switch (code) {
            case SHARED_FORM ->
                "an address of this form is of " + String.join(", ", coins.subList(0, coins.size() - 1)) + " or "
                        + coins.getLast();
            case EVM_FORM -> "an address of this form is of " + coins.getFirst() + " or the other EVM chains";
            case TEST_NETWORK -> "an address of a test network, where coins have no value";
            case MASKED_CARD ->
                "a masked number: " + some()
                        + " may share it, and what has the same first six and last four digits is less sure";
            case SAME_ENDS -> "same first six and last four digits; " + some() + " may share them";
        };
    }

    private String some() {
        return cards.isPresent()
                ? "about " + String.format(Locale.ROOT, "%,d", cards.getAsLong()) + " cards"
                : "many cards";
    }
}
