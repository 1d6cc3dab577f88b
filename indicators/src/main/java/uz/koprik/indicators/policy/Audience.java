package uz.koprik.indicators.policy;

import java.time.Instant;
import java.util.Objects;

/**
 * What one recipient may see at one moment, as a set of numbers of {@link ReleaseTerms}. Stores apply it inside every
 * read, so that pages, searches, counts and facets never know more than the recipient does. Two are equal when they
 * released the same numbers so far: then pages of one are pages of the other, as long as both are {@link #current}.
 *
 * <p>Terms that get a number later are judged by the same rule when they occur.
 */
public final class Audience {

    private static final long EVERY_CLASS = everyClass();

    /** Sees everything: for internal work of the centre, never for an answer to a caller. */
    public static final Audience HOUSEKEEPING = new Audience(-1L);

    private final JudgedNumbers judged;
    private final JudgedNumbers.Known known;
    private final long classes;
    private final CaseUnits units;
    private final boolean provenOnly;

    private Audience(JudgedNumbers judged, long classes, CaseUnits units, boolean provenOnly) {
        this.judged = judged;
        this.known = judged.upToNow();
        this.classes = classes;
        this.units = units;
        this.provenOnly = provenOnly;
    }

    /** Everything of those {@linkplain ReleaseTerms#classCode class codes}, as a set of bits. */
    public Audience(long classes) {
        this(classes, CaseUnits.ALL);
    }

    /** Everything of those class codes and units. */
    public Audience(long classes, CaseUnits units) {
        this(
                JudgedNumbers.of(
                        classes, terms -> (classes >>> terms.classCode() & 1) != 0, Instant.EPOCH, Instant.MAX),
                classes,
                units,
                false);
    }

    /**
     * What {@link ReleaseDecision#decide} releases to {@code recipient} at {@code now}. Holds for that moment:
     * agreements and embargoes end.
     */
    public static Audience of(Recipient recipient, Instant now) {
        Recipient nameless = recipient.nameless();
        Instant changes = recipient instanceof Recipient.Partner partner
                ? partner.agreement().validUntil().orElse(Instant.MAX)
                : Instant.MAX;
        JudgedNumbers judged = JudgedNumbers.of(
                nameless, terms -> ReleaseDecision.decide(terms, nameless, now).released(), now, changes);
        return new Audience(
                judged,
                judged.upToNow().plain(),
                recipient instanceof Recipient.Analyst analyst ? analyst.units() : CaseUnits.ALL,
                recipient instanceof Recipient.Partner);
    }

    /** Everything whose embargo ended by {@code now}: for internal work of the centre, which renews it. */
    public static Audience embargoEnded(Instant now) {
        JudgedNumbers judged = JudgedNumbers.of(
                "embargo ended",
                terms -> terms.embargo().filter(end -> !now.isBefore(end)).isPresent(),
                now,
                Instant.MAX);
        return new Audience(judged, judged.upToNow().plain(), CaseUnits.ALL, false);
    }

    /** Whether the embargo of any terms ends after one moment and not after another. */
    public static boolean embargoEnds(Instant after, Instant upTo) {
        return ReleaseNumbers.TABLE.embargoEnds(after, upTo);
    }

    /** The same less what only compromised keys prove. */
    public Audience proven() {
        return new Audience(judged, classes, units, true);
    }

    private static long everyClass() {
        long classes = 0;
        for (int code = 0; code < ReleaseTerms.CLASSES; code++) {
            classes |= ReleaseTerms.of(code).tlp() == null ? 0 : 1L << code;
        }
        return classes;
    }

    /**
     * The class codes of which objects are released whose terms say nothing else, as a set of bits: the part of an
     * audience that is the same in every process.
     */
    public long classes() {
        return classes;
    }

    /** Of what never leaves the centre, whose it is. */
    public CaseUnits units() {
        return units;
    }

    /** Whether what only compromised keys prove is left out. */
    public boolean provenOnly() {
        return provenOnly;
    }

    /** The class codes of all numbers that are released, as a set of bits; later ones included. */
    public long classesOfNumbers() {
        return judged.upToNow().classes();
    }

    /** Whether objects of every class are released, of what never leaves the centre those of all units. */
    public boolean seesAll() {
        return (EVERY_CLASS & ~classes) == 0 && units.all() && !provenOnly;
    }

    /**
     * Whether every class that is released to {@code other} is released here; {@code other} must not see what never
     * leaves the centre.
     */
    public boolean includes(Audience other) {
        return (other.classes & ~classes) == 0;
    }

    /**
     * Whether all statements of an id are shown, not only the first that may be seen: for internal work of the centre.
     */
    public boolean everyStatement() {
        return classes == -1L && units.all() && !provenOnly;
    }

    /**
     * Whether objects of the terms of this number are released; of what never leaves the centre, those of
     * {@link #units}.
     */
    public boolean sees(int number) {
        return number >>> 6 <= known.places() ? known.has(ReleaseNumbers.position(number)) : judged.sees(number);
    }

    /** Whether objects of these terms are released; of what never leaves the centre, those of {@link #units}. */
    public boolean sees(ReleaseTerms terms) {
        return judged.sees(terms);
    }

    /**
     * Whether audiences that were equal to this one are still equal, by all terms that have a number now. Caches ask
     * before they keep something by an audience, and before they use it.
     */
    public boolean current() {
        return judged.upToNow().group() == known.group();
    }

    /** Equal for audiences that cannot come to differ by any terms. */
    public Object rule() {
        return new Rule(judged, units, provenOnly);
    }

    private record Rule(JudgedNumbers judged, CaseUnits units, boolean provenOnly) {}

    @Override
    public boolean equals(Object other) {
        return other instanceof Audience that
                && known.group() == that.known.group()
                && provenOnly == that.provenOnly
                && everyStatement() == that.everyStatement()
                && units.equals(that.units);
    }

    @Override
    public int hashCode() {
        return Objects.hash(System.identityHashCode(known.group()), units, provenOnly);
    }

    @Override
    public String toString() {
        return "audience " + Long.toHexString(classes) + (units.all() ? "" : " " + units)
                + (provenOnly ? " proven only" : "");
    }
}
