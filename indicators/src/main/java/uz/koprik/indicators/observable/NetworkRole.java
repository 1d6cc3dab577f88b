package uz.koprik.indicators.observable;

/**
 * What a kind of values is on a network. It decides where a value lies, what lies within it, and how sensors and
 * filters look for it; every switch over it is exhaustive, so a new kind finds its way by choosing one.
 */
public enum NetworkRole {
    /** A name of hosts, with the names below it. */
    HOST_NAME,
    /** An address of one host. */
    ADDRESS,
    /** A range of addresses. */
    NETWORK,
    /** A resource on a host. */
    URL,
    /** A mailbox at a host name. */
    MAILBOX,
    /** A hash of files by a function that sensors compute themselves. */
    FILE_HASH,
    /** Nothing that a sensor or filter on a network looks for. */
    NONE;

    /** Whether a port may stand beside a value. */
    public boolean takesPort() {
        return this == HOST_NAME || this == ADDRESS || this == NETWORK;
    }

    /** Whether firewalls and filters block by it. */
    public boolean blockable() {
        return this != MAILBOX && this != NONE;
    }
}
