package uz.koprik.gateway.partners;

import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The sequence numbers of cards that centres name in the header {@link #HEADER} of requests and answers: the own one,
 * and those that partners named. Safe for use by many threads at once; never blocks.
 */
public final class CardNews {

    /** Sequence number of the sender's card, a whole number from 1. */
    public static final String HEADER = "Koprik-Card-Sequence";

    private static final int MOST_DIGITS = 15;

    private final Map<String, Long> heard = new ConcurrentHashMap<>();
    private volatile LongSupplier own = () -> 0;

    /** @param number the sequence number of the card that this centre shows now; 0 when it shows none */
    public void show(LongSupplier number) {
        own = number;
    }

    /** The sequence number of the card that this centre shows now; empty when it shows none. */
    public OptionalLong own() {
        long number = own.getAsLong();
        return number > 0 ? OptionalLong.of(number) : OptionalLong.empty();
    }

    /**
     * Notes what a partner named. Anything but a number is ignored, since the header is for information only.
     *
     * @param header null when there is none, as of earlier versions
     */
    public void heard(String partner, String header) {
        if (header != null && isNumber(header)) {
            heard.merge(partner, Long.parseLong(header), Math::max);
        }
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty()
                && text.length() <= MOST_DIGITS
                && text.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    }

    /** The highest number that the partner named since the last call; 0 when it named none. */
    public long take(String partner) {
        Long number = heard.remove(partner);
        return number == null ? 0 : number;
    }
}
