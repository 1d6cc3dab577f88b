package uz.koprik.gateway.intake;

import java.util.List;
import uz.koprik.gateway.release.Release;
import uz.koprik.indicators.correlation.ValueMatch;

/**
 * Where intake found the values of a new object, without regard to who asks. Only {@link Release#matches} opens it, for
 * a recipient who may see them.
 */
public final class UnclearedMatches {

    /** No matches, or none were looked for. */
    static final UnclearedMatches NONE = new UnclearedMatches(List.of());

    private final List<ValueMatch> all;

    UnclearedMatches(List<ValueMatch> all) {
        this.all = List.copyOf(all);
    }

    /** All matches, for {@link Release} alone; {@code DoorsTest} keeps every other package from this class. */
    public List<ValueMatch> all() {
        return all;
    }
}
