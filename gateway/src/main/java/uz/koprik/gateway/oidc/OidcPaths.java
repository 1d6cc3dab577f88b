package uz.koprik.gateway.oidc;

import io.vertx.ext.web.Route;
import uz.koprik.gateway.http.RouteTable;

/** The routes of the sign-in by a provider. */
final class OidcPaths {

    /** Where a browser begins. */
    static final String BEGIN = "/api/oidc/begin";

    /** Where the provider sends it back to. */
    static final String CALLBACK = "/api/oidc/callback";

    /** Where the provider says that somebody signed out there. */
    static final String LOGOUT = "/api/oidc/back-channel-logout";

    private OidcPaths() {}

    static Route begin(RouteTable router) {
        return router.get(BEGIN, "to");
    }

    static Route callback(RouteTable router) {
        return router.getFromElsewhere(CALLBACK, "state", "code", "iss", "error");
    }

    static Route logout(RouteTable router) {
        return router.post(LOGOUT, RouteTable.Content.FORM);
    }
}
