package uz.koprik.gateway.auth;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.Problem;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;

/** Setting one's own password: {@code PUT /api/account/secret}. The old one is in the Authorization header. */
public final class SecretRoutes implements Routes {

    private final AccountChanges changes;
    private final LiveAccounts accounts;
    private final int minLength;

    /** @param minLength fewest characters of a password */
    public SecretRoutes(AccountChanges changes, LiveAccounts accounts, int minLength) {
        this.changes = changes;
        this.accounts = accounts;
        this.minLength = minLength;
    }

    @Override
    public void mount(RouteTable router) {
        router.put(Authentication.SET_SECRET).handler(request -> {
            Caller caller = Callers.of(request);
            String scheme = request.request().getHeader(HttpHeaders.AUTHORIZATION);
            if (!(caller.source() instanceof Source.Account)
                    || scheme == null
                    || !scheme.toLowerCase(Locale.ROOT).startsWith("basic ")) {
                throw new Problem(
                        403,
                        "Not allowed",
                        "a password is set by who knows the one until now: log in with it (HTTP Basic)");
            }
            char[] secret = secret(request);
            Blocking.run(request, () -> {
                set(caller.name(), secret);
                return () -> request.response().setStatusCode(204).end();
            });
        });
    }

    private void set(String name, char[] secret) throws Exception {
        try {
            changes.byAccount(name).setSecret(name, secret, minLength);
        } catch (AccountChanges.NotPossible wrong) {
            throw new Problem(400, "Bad request", wrong.getMessage());
        }
        accounts.refresh();
    }

    private static char[] secret(RoutingContext request) {
        try {
            return StrictJson.parseObject(request.body().buffer().getBytes())
                    .string("secret")
                    .orElseThrow(
                            () -> new Problem(400, "Bad request", "the body must be {\"secret\":\"the new password\"}"))
                    .toCharArray();
        } catch (MalformedJson malformed) {
            throw new Problem(400, "Bad request", "the body is not JSON: " + malformed.reason());
        }
    }
}
