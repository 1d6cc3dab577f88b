package uz.koprik.gateway.exchange;

import java.util.List;
import uz.koprik.indicators.correlation.Match;

/**
 * Where intake found the values of a new object, without regard to who asks. Only {@link Release#matches} opens it, for a recipient
 * who may see them.
 */
public final class UnclearedMatches {

    /** No matches, or none were looked for. */
    static final UnclearedMatches NONE = new UnclearedMatches(List.of());

    private final List<Match> all;

    UnclearedMatches(List<Match> all) {
        this.all = List.copyOf(all);
    }

    List<Match> all() {
        return all;
    }
}
