package uz.koprik.indicators.policy.slow;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.policy.slow.SlowAgreements.Interim;
import uz.koprik.indicators.policy.slow.SlowAgreements.Paper;

/** Who asks, or submits. */
public sealed interface SlowReader {

    /**
     * A member of the centre.
     *
     * @param cases whether it works on case files
     * @param units whose; empty for those of all units
     * @param purpose which it said, with a case
     */
    record Member(String name, boolean cases, Optional<Set<String>> units, Optional<String> purpose)
            implements SlowReader {

        /** One who said no purpose. */
        public Member(String name, boolean cases, Optional<Set<String>> units) {
            this(name, cases, units, Optional.empty());
        }
    }

    /**
     * A partner centre.
     *
     * @param papers all versions of agreements with it
     * @param required whether the setting {@code agreements.required} is set
     * @param interim the section of {@code partners.yaml}
     */
    record Centre(String name, String identity, List<Paper> papers, boolean required, Interim interim)
            implements SlowReader {}

    /** An account of a client. */
    record Client(String name, Tlp upTo) implements SlowReader {}
}
