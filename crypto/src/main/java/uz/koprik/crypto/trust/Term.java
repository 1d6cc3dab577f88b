package uz.koprik.crypto.trust;

import java.time.Duration;
import java.time.Instant;

/**
 * From when until when a card or a trust list may be used.
 *
 * @param issued when it was signed
 * @param expires last moment at which it may be used
 */
public record Term(Instant issued, Instant expires) {

    /** A document is renewed when this part of its term is left. */
    private static final int PART_LEFT = 3;

    /** How far the clocks of two centres may differ. */
    private static final Duration CLOCK_SKEW = Verifier.CLOCK_SKEW;

    /** Whether it may not be used any more at {@code now}. */
    public boolean ended(Instant now) {
        return now.isAfter(expires);
    }

    /** Whether it is dated so far in the future that partners refuse it. */
    public boolean ahead(Instant now) {
        return issued.isAfter(now.plus(CLOCK_SKEW));
    }

    /** Whether its issuer should sign it anew: a third of its term or less is left, or it is dated in the future. */
    public boolean renewalDue(Instant now) {
        Duration left = Duration.between(now, expires);
        return ahead(now) || left.compareTo(Duration.between(issued, expires).dividedBy(PART_LEFT)) <= 0;
    }
}
