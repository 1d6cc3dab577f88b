package uz.koprik.gateway.sessions;

import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import uz.koprik.gateway.api.common.ApiJson;
import uz.koprik.gateway.api.common.JsonBodies;
import uz.koprik.gateway.auth.Account;
import uz.koprik.gateway.auth.AccountChanges;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.auth.LiveAccounts;
import uz.koprik.gateway.auth.Restriction;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.auth.SignInWay;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.Problem;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;

/** The second factor of the caller, and for operators resetting that of others. */
final class SecondFactorRoutes implements Routes {

    private final SecondFactors secondFactors;
    private final SignInService service;
    private final LiveAccounts accounts;
    private final AccountChanges changes;
    private final UnaryOperator<Blocking.Work> confirmed;
    private final String issuer;
    private final boolean required;

    /** How it stands; the schema {@code SecondFactor}. */
    record StateView(boolean setUp, String since, Integer recoveryCodes, boolean required) {}

    /** What an authenticator app needs; the schema {@code SecondFactorStart}. */
    record StartView(String secret, String uri) {}

    /** A code; the schema {@code SecondFactorCode}. */
    record CodeBody(String code) {}

    /** Recovery codes, shown once; the schema {@code RecoveryCodes}. */
    record RecoveryView(List<String> recoveryCodes) {}

    SecondFactorRoutes(
            SecondFactors secondFactors,
            SignInService service,
            LiveAccounts accounts,
            AccountChanges changes,
            String issuer,
            boolean required,
            UnaryOperator<Blocking.Work> confirmed) {
        this.confirmed = confirmed;
        this.secondFactors = secondFactors;
        this.service = service;
        this.accounts = accounts;
        this.changes = changes;
        this.issuer = issuer;
        this.required = required;
    }

    @Override
    public void mount(RouteTable router) {
        router.get(Restriction.SECOND_FACTOR).handler(Blocking.handler(request -> {
            Optional<SecondFactors.Status> status = secondFactors.status(account(request));
            return ApiJson.reply(
                    request,
                    200,
                    new StateView(
                            status.isPresent(),
                            status.map(one -> one.since().toString()).orElse(null),
                            status.map(SecondFactors.Status::recoveryCodes).orElse(null),
                            required));
        }));
        router.post(Restriction.SECOND_FACTOR).handler(Blocking.handler(request -> {
            Account account = account(request);
            String secret = secondFactors.start(account);
            return ApiJson.reply(request, 200, new StartView(secret, Totp.uri(secret, issuer, account.name())));
        }));
        router.post(Restriction.SECOND_FACTOR + "/confirmation").handler(Blocking.handler(request -> {
            Account account = account(request);
            List<String> codes = secondFactors.confirm(account, code(request));
            record(account, "second factor set up");
            return ApiJson.reply(request, 200, new RecoveryView(codes));
        }));
        router.post(Restriction.SECOND_FACTOR + "/recovery-codes").handler(Blocking.handler(request -> {
            Account account = account(request);
            service.use(account, code(request), SessionCallers.origin(request).address(), 400);
            return ApiJson.reply(request, 200, new RecoveryView(secondFactors.renewRecoveryCodes(account)));
        }));
        router.post(Restriction.SECOND_FACTOR + "/removal").handler(Blocking.handler(request -> {
            Account account = account(request);
            service.use(account, code(request), SessionCallers.origin(request).address(), 400);
            record(account, "second factor removed");
            secondFactors.remove(account.name());
            return () -> request.response().setStatusCode(204).end();
        }));
        router.delete("/api/accounts/:name/second-factor").handler(Blocking.handler(confirmed.apply(this::reset)));
    }

    private Runnable reset(RoutingContext request) throws Exception {
        Callers.require(request, Right.OPERATE);
        Account account = accounts.any(request.pathParam("name"))
                .orElseThrow(() -> new Problem(404, "Not found", "there is no account of that name"));
        Caller operator = Callers.requireOver(request, account.role());
        changes.byAccount(operator.name()).record(account.name(), "second factor reset");
        secondFactors.remove(account.name());
        return () -> request.response().setStatusCode(204).end();
    }

    private void record(Account account, String words) throws Exception {
        changes.byAccount(account.name()).record(account.name(), words);
    }

    private static String code(RoutingContext request) {
        String code = ApiJson.read(JsonBodies.bytes(request), CodeBody.class).code();
        if (code == null || code.isBlank()) {
            throw ApiJson.bad("the body must be {\"code\":\"123456\"}");
        }
        return code;
    }

    /** The account whose second factor it is: programs with tokens have none, nor has who comes from a provider. */
    private Account account(RoutingContext request) {
        Caller caller = Callers.of(request);
        SignInWay way = Callers.entry(request).way();
        if (way != SignInWay.SESSION && way != SignInWay.PASSWORD) {
            throw new Problem(
                    403,
                    "Not allowed",
                    way == SignInWay.OIDC
                            ? "the provider that you sign in with asks for second factors"
                            : "a second factor is set up by who signs in with the password of the account");
        }
        return accounts.named(caller.name())
                .orElseThrow(() -> new Problem(401, "Session ended", "this account was removed"));
    }
}
