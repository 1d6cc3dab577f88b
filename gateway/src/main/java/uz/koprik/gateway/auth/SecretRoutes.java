package uz.koprik.gateway.auth;

import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.ClientAddress;
import uz.koprik.gateway.http.Problem;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;

/**
 * Setting one's own password: {@code PUT /api/account/secret}. The old one is in the Authorization header, or in the
 * body when the caller came by a session.
 */
public final class SecretRoutes implements Routes {

    private final AccountChanges changes;
    private final LiveAccounts accounts;
    private final Passwords passwords;
    private final AfterSecret after;
    private final int minLength;

    /**
     * @param after ends sessions that began with the old password
     * @param minLength fewest characters of a password
     */
    public SecretRoutes(
            AccountChanges changes, LiveAccounts accounts, Passwords passwords, AfterSecret after, int minLength) {
        this.changes = changes;
        this.accounts = accounts;
        this.passwords = passwords;
        this.after = after;
        this.minLength = minLength;
    }

    @Override
    public void mount(RouteTable router) {
        router.put(Restriction.SET_SECRET).handler(request -> {
            Caller caller = Callers.of(request);
            SignInWay way = Callers.entry(request).way();
            if (way != SignInWay.PASSWORD && way != SignInWay.SESSION) {
                throw new Problem(
                        403,
                        "Not allowed",
                        "a password is set by who knows the one until now: sign in with it, in the console or by HTTP"
                                + " Basic");
            }
            JsonObject body = body(request);
            char[] secret = body.string("secret")
                    .orElseThrow(
                            () -> new Problem(400, "Bad request", "the body must be {\"secret\":\"the new password\"}"))
                    .toCharArray();
            Optional<String> current = body.string("current");
            if (way == SignInWay.SESSION && current.isEmpty()) {
                throw new Problem(
                        400,
                        "Bad request",
                        "the body must be {\"current\":\"the password until now\",\"secret\":\"the new password\"}");
            }
            String address = ClientAddress.of(request);
            Blocking.run(request, () -> {
                if (way == SignInWay.SESSION) {
                    prove(caller.name(), current.orElseThrow(), address);
                }
                Runnable last = set(caller.name(), secret, request);
                return () -> {
                    last.run();
                    request.response().setStatusCode(204).end();
                };
            });
        });
    }

    /** A wrong password is no reason to end the session: the answer is not 401. */
    private void prove(String name, String current, String address) throws InterruptedException {
        try {
            passwords.verify(name, current, address);
        } catch (Problem wrong) {
            if (wrong.status() != 401) {
                throw wrong;
            }
            throw new Problem(403, "Wrong password", "the password until now is wrong; nothing was changed");
        }
    }

    private Runnable set(String name, char[] secret, RoutingContext request) throws Exception {
        try {
            changes.byAccount(name).setSecret(name, secret, minLength);
        } catch (AccountChanges.NotPossible wrong) {
            throw new Problem(400, "Bad request", wrong.getMessage());
        }
        accounts.refresh();
        Optional<Account> account = accounts.named(name);
        return account.isPresent() ? after.changed(account.get(), request) : () -> {};
    }

    private static JsonObject body(RoutingContext request) {
        try {
            return StrictJson.parseObject(request.body().buffer().getBytes());
        } catch (MalformedJson malformed) {
            throw new Problem(400, "Bad request", "the body is not JSON: " + malformed.reason());
        }
    }
}
