package uz.koprik.gateway.access;

/** What a caller may do. */
public enum Right {
    /** Read released objects. */
    READ,
    /** Bring objects. */
    WRITE,
    /** Search, see matches and provenance. */
    ANALYSE,
    /** Open and change case files. */
    CASES,
    /** Ask for partners' state, explain releases, manage. */
    OPERATE
}
