package uz.koprik.indicators.policy;

import java.time.Instant;

/**
 * What one recipient may see, as the set of {@link ReleaseClass} codes released to them. Stores apply it inside every
 * read, so that pages, searches, counts and facets never know more than the recipient does.
 *
 * @param codes bit {@code n} is set when class code {@code n} is released
 * @param units of what never leaves the centre, whose it is
 * @param provenOnly whether what only compromised keys prove is left out
 */
public record Audience(long codes, CaseUnits units, boolean provenOnly) {

    /** Everything in those classes. */
    public Audience(long codes) {
        this(codes, CaseUnits.ALL);
    }

    /** Everything in those classes and units. */
    public Audience(long codes, CaseUnits units) {
        this(codes, units, false);
    }

    private static final long EVERY_CLASS = everyClass();

    /** Sees everything: for internal work of the centre, never for an answer to a caller. */
    public static final Audience HOUSEKEEPING = new Audience(-1L);

    /**
     * What {@link ReleaseDecision#decide} releases to {@code recipient} at {@code now}. Holds for that moment:
     * agreements end.
     */
    public static Audience of(Recipient recipient, Instant now) {
        long codes = 0;
        for (Tlp tlp : Tlp.values()) {
            for (int bits = 0; bits < 8; bits++) {
                ReleaseClass object = new ReleaseClass(tlp, (bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0);
                if (ReleaseDecision.decide(object, recipient, now).released()) {
                    codes |= 1L << object.code();
                }
            }
        }
        return new Audience(
                codes,
                recipient instanceof Recipient.Analyst analyst ? analyst.units() : CaseUnits.ALL,
                recipient instanceof Recipient.Partner);
    }

    /** The same less what only compromised keys prove. */
    public Audience proven() {
        return new Audience(codes, units, true);
    }

    private static long everyClass() {
        long codes = 0;
        for (Tlp tlp : Tlp.values()) {
            for (int bits = 0; bits < 8; bits++) {
                codes |= 1L << new ReleaseClass(tlp, (bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0).code();
            }
        }
        return codes;
    }

    /** Whether objects of every class are released, of what never leaves the centre those of all units. */
    public boolean seesAll() {
        return (EVERY_CLASS & ~codes) == 0 && units.all() && !provenOnly;
    }

    /**
     * Whether every class that is released to {@code other} is released here; {@code other} must not see what never
     * leaves the centre.
     */
    public boolean includes(Audience other) {
        return (other.codes & ~codes) == 0;
    }

    /**
     * Whether all statements of an id are shown, not only the first that may be seen: for internal work of the centre.
     */
    public boolean everyStatement() {
        return codes == HOUSEKEEPING.codes && units.all() && !provenOnly;
    }

    /** Whether objects of this class code are released; of what never leaves the centre, those of {@link #units}. */
    public boolean sees(byte classCode) {
        return (codes >>> classCode & 1) != 0;
    }
}
