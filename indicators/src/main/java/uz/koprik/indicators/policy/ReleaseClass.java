package uz.koprik.indicators.policy;

/**
 * All that a release decision needs to know of an object, small enough to keep in memory for every object stored.
 *
 * @param tlp effective marking: the object's own, or that of a stricter object it refers to
 * @param own whether this centre is its producer, and so may choose its recipients
 * @param personal whether it carries personal observables, which travel only under an agreement that names a purpose
 * @param house whether it never leaves the centre, such as a case file
 */
public record ReleaseClass(Tlp tlp, boolean own, boolean personal, boolean house) {

    /** The bit of {@link #code} that says that it never leaves the centre. */
    public static final byte HOUSE = 32;

    /** How many different codes there are. */
    public static final int CODES = 64;

    private static final Tlp[] BY_CODE = byCode();

    /** A number from 0 to {@value #CODES} (exclusive) that stands for this class in indexes and journals for ever. */
    public byte code() {
        return (byte) (tlp.code() | (own ? 8 : 0) | (personal ? 16 : 0) | (house ? HOUSE : 0));
    }

    /** The class that {@link #code()} stands for. */
    public static ReleaseClass of(byte code) {
        return new ReleaseClass(BY_CODE[code & 7], (code & 8) != 0, (code & 16) != 0, (code & HOUSE) != 0);
    }

    /**
     * This class narrowed to {@code other}: the narrower marking, personal or internal when either is. Who produced it
     * does not change.
     */
    public ReleaseClass narrowedBy(ReleaseClass other) {
        return new ReleaseClass(tlp.or(other.tlp), own, personal || other.personal, house || other.house);
    }

    /** This class released to nobody to whom {@code other} is not: narrowed to it, and own only when both are. */
    public ReleaseClass noFurtherThan(ReleaseClass other) {
        return new ReleaseClass(tlp.or(other.tlp), own && other.own, personal || other.personal, house || other.house);
    }

    /** This class under a stricter marking; the same class when {@code other} is not stricter. */
    public ReleaseClass atLeast(Tlp other) {
        return tlp.compareTo(other) >= 0 ? this : new ReleaseClass(other, own, personal, house);
    }

    private static Tlp[] byCode() {
        Tlp[] tlps = new Tlp[8];
        for (Tlp tlp : Tlp.values()) {
            tlps[tlp.code()] = tlp;
        }
        return tlps;
    }
}
