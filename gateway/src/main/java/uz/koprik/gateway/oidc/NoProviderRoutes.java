package uz.koprik.gateway.oidc;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import uz.koprik.gateway.http.Problem;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;

/** The routes of the sign-in by a provider, at a port where nobody signs in by a provider. */
public final class NoProviderRoutes implements Routes {

    @Override
    public void mount(RouteTable router) {
        Handler<RoutingContext> none = request -> {
            throw new Problem(
                    404,
                    "No sign-in provider",
                    "nobody signs in by OpenID Connect at this port; sign in with an account of this centre");
        };
        OidcPaths.begin(router).handler(none);
        router.get(OidcPaths.CALLBACK, "state", "code", "iss", "error").handler(none);
        OidcPaths.logout(router).handler(none);
    }
}
