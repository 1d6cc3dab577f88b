package uz.koprik.gateway.auth;

import java.util.Optional;
import java.util.Set;
import uz.koprik.gateway.intake.Intake;
import uz.koprik.indicators.policy.CaseUnits;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.rules.ForgivableRule;

/** Who submits an object to {@link Intake}. */
public sealed interface Source {

    /** The name of the account or partner. */
    String name();

    /** Whether it is an account of a member of this centre, or the centre itself. */
    default boolean member() {
        return this instanceof Account account && account.upTo().isEmpty();
    }

    /**
     * An account of this centre: an analyst, an import, an ordinary TAXII client.
     *
     * @param cases whether it may open and change case files
     * @param units of which units
     * @param upTo the narrowest marking of which an account may know that is no member of this centre; empty for
     *     members
     * @param forgives rules of STIX whose breach its unsigned objects are forgiven
     */
    record Account(String name, boolean cases, CaseUnits units, Optional<Tlp> upTo, Set<ForgivableRule> forgives)
            implements Source {

        public Account {
            forgives = Set.copyOf(forgives);
        }

        /** One that is forgiven nothing but what every source is. */
        public Account(String name, boolean cases, CaseUnits units, Optional<Tlp> upTo) {
            this(name, cases, units, upTo, Set.of());
        }

        /** A member of this centre who works on the case files of some units. */
        public Account(String name, boolean cases, CaseUnits units) {
            this(name, cases, units, Optional.empty());
        }

        /** A member of this centre who works on the case files of all units, or on none. */
        public Account(String name, boolean cases) {
            this(name, cases, CaseUnits.ALL);
        }

        /** Whether there is nothing in the store that it may not know of. */
        public boolean knowsAll() {
            return cases && units.all() && upTo.isEmpty();
        }
    }

    /**
     * A partner centre, known by its TLS certificate.
     *
     * @param name as in the trust list
     */
    record Partner(String name) implements Source {}
}
