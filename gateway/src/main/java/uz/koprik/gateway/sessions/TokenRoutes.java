package uz.koprik.gateway.sessions;

import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import uz.koprik.gateway.api.common.ApiJson;
import uz.koprik.gateway.api.common.JsonBodies;
import uz.koprik.gateway.auth.Account;
import uz.koprik.gateway.auth.AccountChanges;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.auth.LiveAccounts;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.auth.SignInWay;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.Problem;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;

/** Bearer tokens: those of the caller, and for administrators those of any account. */
final class TokenRoutes implements Routes {

    private static final String OWN = "/api/account/tokens";
    private static final String OF_ACCOUNT = "/api/accounts/:name/tokens";
    private static final int MOST_DAYS = 3650;

    private final LiveAccounts accounts;
    private final AccountChanges changes;
    private final UnaryOperator<Blocking.Work> confirmed;
    private final TokenViews views;

    /**
     * What token to make; the schema {@code TokenForm}.
     *
     * @param days how long it holds; absent for one without end
     * @param scopes the rights that it gives; absent for all of the account
     */
    record TokenForm(String label, Integer days, List<String> scopes) {}

    /** A token, shown once; the schema {@code TokenMade}. */
    record TokenMade(String account, String label, String token) {}

    /** @param confirmed lets an act on an account wait for another administrator, by setting */
    TokenRoutes(
            LiveAccounts accounts, AccountChanges changes, TokenViews views, UnaryOperator<Blocking.Work> confirmed) {
        this.confirmed = confirmed;
        this.accounts = accounts;
        this.changes = changes;
        this.views = views;
    }

    @Override
    public void mount(RouteTable router) {
        router.get(OWN)
                .handler(Blocking.handler(
                        request -> ApiJson.reply(request, 200, views.of(List.of(own(request)), false))));
        router.post(OWN).handler(Blocking.handler(this::makeOwn));
        router.delete(OWN + "/:label").handler(Blocking.handler(request -> takeBack(request, own(request))));
        router.get("/api/tokens", "stale").handler(Blocking.handler(this::all));
        router.get(OF_ACCOUNT).handler(Blocking.handler(request -> {
            Callers.require(request, Right.ADMINISTER);
            return ApiJson.reply(request, 200, views.of(List.of(named(request)), false));
        }));
        router.post(OF_ACCOUNT).handler(Blocking.handler(confirmed.apply(this::makeForProgram)));
        router.delete(OF_ACCOUNT + "/:label").handler(Blocking.handler(request -> {
            Callers.require(request, Right.ADMINISTER);
            return takeBack(request, named(request));
        }));
    }

    private Runnable all(RoutingContext request) throws Exception {
        Callers.require(request, Right.ADMINISTER);
        boolean stale = JsonBodies.flag(request, "stale", false);
        List<Account> all = accounts.now().all().values().stream()
                .sorted(Comparator.comparing(Account::name))
                .toList();
        return ApiJson.reply(request, 200, views.of(all, stale));
    }

    /** A stolen token makes no others: who makes one has signed in. */
    private Runnable makeOwn(RoutingContext request) throws Exception {
        SignInWay way = Callers.entry(request).way();
        Account account = own(request);
        if (way == SignInWay.TOKEN) {
            throw new Problem(
                    403,
                    "Not allowed",
                    "a token makes no tokens: sign in with the password of the account, in the console or by HTTP Basic");
        }
        return make(request, account);
    }

    private Runnable makeForProgram(RoutingContext request) throws Exception {
        Callers.require(request, Right.ADMINISTER);
        Callers.requireUnscoped(request);
        Account account = named(request);
        if (account.role().member()) {
            throw new Problem(
                    409,
                    "Not possible",
                    "administrators make tokens for programs only (roles reader and writer); " + account.name()
                            + " signs in and makes one by POST " + OWN);
        }
        return make(request, account);
    }

    private Runnable make(RoutingContext request, Account account) throws Exception {
        TokenForm form = ApiJson.read(JsonBodies.bytes(request), TokenForm.class);
        if (form.label() == null) {
            throw ApiJson.bad("\"label\" is missing: what the token is for");
        }
        if (form.days() != null && (form.days() < 1 || form.days() > MOST_DAYS)) {
            throw ApiJson.bad("\"days\" is 1 to " + MOST_DAYS + "; leave it out for a token without end");
        }
        Optional<Set<Right>> scopes = Optional.ofNullable(form.scopes()).map(TokenRoutes::scopes);
        String token;
        try {
            token = changes.byAccount(Callers.of(request).name())
                    .addToken(
                            account.name(),
                            form.label(),
                            Optional.ofNullable(form.days()).map(Duration::ofDays),
                            scopes);
        } catch (AccountChanges.NotPossible wrong) {
            throw new Problem(409, "Not possible", wrong.getMessage());
        }
        accounts.refresh();
        return ApiJson.reply(request, 201, new TokenMade(account.name(), form.label(), token));
    }

    private static Set<Right> scopes(List<String> codes) {
        Set<Right> scopes = EnumSet.noneOf(Right.class);
        for (String code : codes) {
            scopes.add(
                    Right.of(code).orElseThrow(() -> ApiJson.bad("\"scopes\" are rights, such as " + Right.known())));
        }
        return scopes;
    }

    private Runnable takeBack(RoutingContext request, Account account) throws Exception {
        String label = request.pathParam("label");
        try {
            changes.byAccount(Callers.of(request).name()).removeToken(account.name(), label);
        } catch (AccountChanges.NotPossible gone) {
            throw new Problem(404, "Not found", gone.getMessage());
        }
        accounts.refresh();
        return () -> request.response().setStatusCode(204).end();
    }

    private Account named(RoutingContext request) {
        return accounts.any(request.pathParam("name"))
                .orElseThrow(() -> new Problem(404, "Not found", "there is no account of that name"));
    }

    /** Partners and people who come from a provider have no account here, and so no tokens. */
    private Account own(RoutingContext request) {
        SignInWay way = Callers.entry(request).way();
        if (way == SignInWay.CERTIFICATE || way == SignInWay.OIDC) {
            throw new Problem(403, "Not allowed", "only accounts of this centre have tokens");
        }
        return accounts.named(Callers.of(request).name())
                .orElseThrow(() -> new Problem(401, "Session ended", "this account was removed"));
    }
}
