package uz.koprik.indicators.policy;

import java.util.Optional;
import java.util.Set;

/**
 * The units whose case files a recipient may see. The current unit of a case decides; a case without a unit is for
 * those who see all.
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
