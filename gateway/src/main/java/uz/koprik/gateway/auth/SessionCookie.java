package uz.koprik.gateway.auth;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import uz.koprik.gateway.http.Problem;

/** The cookie of a session; the prefix {@code __Host-} binds it to this host (RFC 6265bis, section 4.1.3.2). */
public final class SessionCookie {

    public static final String NAME = "__Host-koprik-session";

    /** The header that only modules of the console send: no page of another origin can. */
    public static final String HEADER = "Koprik-Console";

    private static final String ATTRIBUTES = "; Path=/; Secure; HttpOnly; SameSite=Strict";

    private SessionCookie() {}

    /** The token of a request; empty when it has no such cookie. */
    public static Optional<String> of(RoutingContext request) {
        Cookie cookie = request.request().getCookie(NAME);
        return cookie == null ? Optional.empty() : Optional.of(cookie.getValue());
    }

    /** Sends a cookie with the answer. It ends with the browser, or before it when the session ends. */
    public static void set(RoutingContext request, String token) {
        request.response().headers().add(HttpHeaders.SET_COOKIE, NAME + "=" + token + ATTRIBUTES);
    }

    /** Takes the cookie away with the answer. */
    public static void remove(RoutingContext request) {
        request.response().headers().add(HttpHeaders.SET_COOKIE, NAME + "=; Max-Age=0" + ATTRIBUTES);
    }

    /**
     * Refuses what a page of another origin may have sent.
     *
     * @throws Problem 403 when a request that may change something has no header of the console
     */
    static void requireOwnPage(RoutingContext request) {
        String method = request.request().method().name();
        if (!method.equals("GET")
                && !method.equals("HEAD")
                && !"1".equals(request.request().getHeader(HEADER))) {
            throw new Problem(
                    403,
                    "Not from the console",
                    "a request with the cookie of a session needs the header " + HEADER + ": 1, which only the console"
                            + " sends; programs use a token instead of a cookie");
        }
    }
}
