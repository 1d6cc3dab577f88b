package uz.koprik.indicators.store;

import java.util.Set;

/** Which versions of an object are meant (TAXII 2.1, section 3.4.1, {@code match[version]}). */
public record Versions(boolean all, boolean first, boolean last, Set<Long> exactly) {

    /** The latest version of each object; what TAXII takes when nothing is said. */
    public static final Versions LAST = new Versions(false, false, true, Set.of());

    /** The first version of each object that is in view: which one that is changes only when it is withdrawn. */
    public static final Versions FIRST = new Versions(false, true, false, Set.of());

    /** Every version. */
    public static final Versions ALL = new Versions(true, false, false, Set.of());

    public Versions {
        exactly = Set.copyOf(exactly);
    }
}
