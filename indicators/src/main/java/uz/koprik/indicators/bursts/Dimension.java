package uz.koprik.indicators.bursts;

/** By what reports are counted. */
public enum Dimension {
    /** Kind of a value that the object carries, such as {@code iban}. */
    KIND,
    /** Name of a malware family: of malware objects, and of those that relationships point at. */
    FAMILY,
    /** {@code created_by_ref}. */
    PRODUCER,
    /** Two letters (ISO 3166-1): of a location, of an IBAN, of the end of a domain. */
    REGION
}
