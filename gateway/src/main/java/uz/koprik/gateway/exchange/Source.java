package uz.koprik.gateway.exchange;

/** Who brings an object to {@link Intake}. */
public sealed interface Source {

    /** The name of the account or partner. */
    String name();

    /** An account of this centre: an analyst, an import, an ordinary TAXII client. */
    record Account(String name) implements Source {}

    /**
     * A partner centre, known by its TLS certificate.
     *
     * @param name as in the trust list
     */
    record Partner(String name) implements Source {}
}
