package uz.koprik.gateway.exchange;

import uz.koprik.indicators.policy.CaseUnits;

/** Who brings an object to {@link Intake}. */
public sealed interface Source {

    /** The name of the account or partner. */
    String name();

    /**
     * An account of this centre: an analyst, an import, an ordinary TAXII client.
     *
     * @param cases whether it may open and change case files
     * @param units of which units
     */
    record Account(String name, boolean cases, CaseUnits units) implements Source {

        /** One that works on the case files of all units, or on none. */
        public Account(String name, boolean cases) {
            this(name, cases, CaseUnits.ALL);
        }

        /** Whether there is nothing in the store that it may not know of. */
        boolean knowsAll() {
            return cases && units.all();
        }
    }

    /**
     * A partner centre, known by its TLS certificate.
     *
     * @param name as in the trust list
     */
    record Partner(String name) implements Source {}
}
