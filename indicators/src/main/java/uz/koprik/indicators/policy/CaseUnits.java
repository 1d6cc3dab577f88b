package uz.koprik.indicators.policy;

import java.util.Optional;
import java.util.Set;

/**
 * Of which units somebody may know the case files. The unit is that of the case now; one that no unit leads is for those
 * who may know of all.
 *
 * @param named the units, as they are written in cases; empty for all cases
 */
public record CaseUnits(Optional<Set<String>> named) {

    /** Every case, led by any unit or none. */
    public static final CaseUnits ALL = new CaseUnits(Optional.empty());

    public CaseUnits {
        named = named.map(Set::copyOf);
    }

    /** Cases of these units only; of none at all when there are none. */
    public static CaseUnits of(Set<String> units) {
        return new CaseUnits(Optional.of(units));
    }

    /** Whether every case is among them. */
    public boolean all() {
        return named.isEmpty();
    }

    /** Whether the cases of a unit are among them; {@code unit} is empty for cases that none leads. */
    public boolean has(String unit) {
        return named.isEmpty() || (!unit.isEmpty() && named.get().contains(unit));
    }
}
