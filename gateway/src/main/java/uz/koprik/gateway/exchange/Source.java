package uz.koprik.gateway.exchange;

/** Who brings an object to {@link Intake}. */
public sealed interface Source {

    /** The name of the account or partner. */
    String name();

    /**
     * An account of this centre: an analyst, an import, an ordinary TAXII client.
     *
     * @param cases whether it may open and change case files
     */
    record Account(String name, boolean cases) implements Source {}

    /**
     * A partner centre, known by its TLS certificate.
     *
     * @param name as in the trust list
     */
    record Partner(String name) implements Source {}
}
