package uz.koprik.gateway.auth;

/**
 * To whom a session belongs now.
 *
 * @param caller with the rights of this moment
 * @param restriction what keeps it from most routes
 */
public record SignedIn(Caller caller, CallerEntry entry, Restriction restriction) {}
