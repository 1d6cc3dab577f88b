package uz.koprik.gateway.auth;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import uz.koprik.gateway.http.Problem;

/** What keeps a caller who proved who it is from all but a few routes. */
public enum Restriction {
    NONE,
    /** Its password is a one-time password. */
    OWN_SECRET,
    /** The centre requires a second factor, which the account has not set up. */
    SET_UP_SECOND_FACTOR,
    /** It came with a password only, and the account has a second factor. */
    PASSWORD_ALONE;

    /** The only action permitted with a one-time password. */
    public static final String SET_SECRET = "/api/account/secret";

    /** The routes at and below this one set up a second factor. */
    public static final String SECOND_FACTOR = "/api/account/second-factor";

    /** The session of the request itself. */
    public static final String SESSION = "/api/session";

    /**
     * Lets a request pass, or not.
     *
     * @param name of the account
     * @throws Problem 403 when the route is not open to a caller with this restriction
     */
    void check(RoutingContext request, String name) {
        String path = request.normalizedPath();
        if (this == NONE || (path.equals(SESSION) && request.request().method().equals(HttpMethod.DELETE))) {
            return;
        }
        if (this == OWN_SECRET && !path.equals(SET_SECRET)) {
            throw new Problem(
                    403,
                    "Own password needed",
                    "this one-time password serves only to set an own one: `koprik account passwd`, or PUT "
                            + SET_SECRET);
        }
        if (this == SET_UP_SECOND_FACTOR && !path.equals(SECOND_FACTOR) && !path.startsWith(SECOND_FACTOR + "/")) {
            throw new Problem(
                    403,
                    "Second factor not set up",
                    "this centre requires a second factor, which " + name
                            + " has not set up yet: do it in the console, or by POST " + SECOND_FACTOR);
        }
        if (this == PASSWORD_ALONE) {
            throw new Problem(
                    403,
                    "Password alone refused",
                    name + " has a second factor, so that its password alone opens nothing: sign in to the console, or"
                            + " use a token, which `koprik account token " + name + "` makes");
        }
    }
}
