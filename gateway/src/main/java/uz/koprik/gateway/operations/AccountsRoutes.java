package uz.koprik.gateway.operations;

import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import uz.koprik.crypto.json.JsonBoolean;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.gateway.api.acts.SecondPerson;
import uz.koprik.gateway.api.common.ApiJson;
import uz.koprik.gateway.api.common.JsonBodies;
import uz.koprik.gateway.auth.Account;
import uz.koprik.gateway.auth.AccountChanges;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.auth.LiveAccounts;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.Problem;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.indicators.policy.CaseUnits;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.store.StoreUnavailable;

/** {@code /api/accounts}: administrators add accounts and change what they may do, with the checks of the commands. */
public final class AccountsRoutes implements Routes {

    private final AccountLines lines;
    private final LiveAccounts accounts;
    private final AccountChanges changes;
    private final SecondPerson secondPerson;

    /** @param secondPerson lets what gives or widens rights wait for another administrator, by setting */
    public AccountsRoutes(
            AccountLines lines, LiveAccounts accounts, AccountChanges changes, SecondPerson secondPerson) {
        this.secondPerson = secondPerson;
        this.lines = lines;
        this.accounts = accounts;
        this.changes = changes;
    }

    @Override
    public void mount(RouteTable router) {
        router.get("/api/accounts").handler(Blocking.handler(this::list));
        router.post("/api/accounts").handler(Blocking.handler(secondPerson.of(this::add)));
        router.patch("/api/accounts/:name")
                .handler(Blocking.handler(secondPerson.of(this::change, request -> !disablesOnly(request), this::now)));
        router.delete("/api/accounts/:name").handler(Blocking.handler(request -> {
            AccountChanges changer = changer(request);
            return done(request, () -> changer.remove(existing(request).name()));
        }));
        router.post("/api/accounts/:name/secret")
                .handler(Blocking.handler(secondPerson.of(this::reset, request -> true, this::now)));
    }

    /** Who locks an account out does not wait. */
    private static boolean disablesOnly(RoutingContext request) {
        try {
            JsonObject form = StrictJson.parseObject(JsonBodies.bytes(request));
            return List.copyOf(form.names()).equals(List.of("disabled"))
                    && form.get("disabled") instanceof JsonBoolean disabled
                    && disabled.value();
        } catch (MalformedJson malformed) {
            return false; // It waits, and is refused when it is carried out.
        }
    }

    /** What an act on an account rests on. */
    private String now(RoutingContext request) {
        return accounts.basis(request.pathParam("name"));
    }

    /** The schema {@code Accounts}. */
    record Accounts(List<AccountLines.AccountLine> accounts) {}

    /** The schema {@code NewAccount}. */
    record NewAccount(String name, String role, List<String> units, String maxTlp) {}

    /** The schema {@code AccountPatch}; what is absent stays, {@code allUnits} takes a limit to units away. */
    record Change(String role, List<String> units, Boolean allUnits, Boolean disabled) {}

    /** A password that is shown once; the schema {@code OneTimeSecret}. */
    record OneTimeSecret(String account, String oneTimeSecret) {}

    private Runnable list(RoutingContext request) throws StoreUnavailable {
        Callers.require(request, Right.OPERATE);
        return ApiJson.reply(request, 200, new Accounts(lines.all()));
    }

    private Runnable add(RoutingContext request) throws IOException, ConfigException {
        AccountChanges changer = changer(request);
        NewAccount form = ApiJson.read(JsonBodies.bytes(request), NewAccount.class);
        if (form.name() == null || !form.name().matches(Account.NAME)) {
            throw ApiJson.bad("\"name\" is 1 to 63 lower-case letters, digits, dots, hyphens and underscores,"
                    + " beginning with a letter");
        }
        Role role = role(form.role()).orElseThrow(() -> ApiJson.bad("\"role\" is missing"));
        Tlp upTo = form.maxTlp() == null
                ? Tlp.GREEN
                : Tlp.parse(form.maxTlp())
                        .orElseThrow(() -> ApiJson.bad("\"max_tlp\" is one of clear, green, amber, amber+strict"));
        CaseUnits units = form.units() == null ? CaseUnits.ALL : CaseUnits.of(Set.copyOf(form.units()));
        String secret = possible(() -> changer.add(form.name(), role, upTo, units));
        accounts.refresh();
        return ApiJson.reply(request, 201, new OneTimeSecret(form.name(), secret));
    }

    private Runnable change(RoutingContext request) throws IOException, ConfigException, StoreUnavailable {
        AccountChanges changer = changer(request);
        Change form = ApiJson.read(JsonBodies.bytes(request), Change.class);
        boolean all = Boolean.TRUE.equals(form.allUnits());
        if (all && form.units() != null) {
            throw ApiJson.bad("\"units\" and \"all_units\" exclude each other");
        }
        if (form.role() == null && form.units() == null && !all && form.disabled() == null) {
            throw ApiJson.bad("nothing to change: \"role\", \"units\", \"all_units\" or \"disabled\" is needed");
        }
        Optional<CaseUnits> units = form.units() != null
                ? Optional.of(CaseUnits.of(Set.copyOf(form.units())))
                : all ? Optional.of(CaseUnits.ALL) : Optional.empty();
        AccountChanges.Wish wish =
                new AccountChanges.Wish(role(form.role()), units, Optional.ofNullable(form.disabled()));
        String name = existing(request).name();
        possible(() -> {
            changer.set(name, wish);
            return true;
        });
        accounts.refresh();
        secondPerson.endThoseOfGone();
        return () -> request.response().setStatusCode(204).end();
    }

    private Runnable reset(RoutingContext request) throws IOException, ConfigException {
        AccountChanges changer = changer(request);
        Account account = existing(request);
        String secret = possible(() -> changer.resetSecret(account.name()));
        accounts.refresh();
        return ApiJson.reply(request, 200, new OneTimeSecret(account.name(), secret));
    }

    private AccountChanges changer(RoutingContext request) {
        return changes.byAccount(Callers.require(request, Right.ADMINISTER).name());
    }

    private Account existing(RoutingContext request) {
        return accounts.any(request.pathParam("name"))
                .orElseThrow(() -> new Problem(404, "Not found", "there is no account of that name"));
    }

    private static Optional<Role> role(String code) {
        return Optional.ofNullable(code)
                .map(text -> Role.of(text).orElseThrow(() -> ApiJson.bad("\"role\" is one of " + Role.known())));
    }

    /** A change that can be impossible. */
    private interface Possible<T> {
        T make() throws IOException, ConfigException;
    }

    /** A change without an answer of its own. */
    private interface Step {
        void make() throws IOException, ConfigException;
    }

    private static <T> T possible(Possible<T> change) throws IOException, ConfigException {
        try {
            return change.make();
        } catch (AccountChanges.NotPossible not) {
            throw new Problem(409, "Conflict", not.getMessage());
        }
    }

    private Runnable done(RoutingContext request, Step step) throws IOException, ConfigException, StoreUnavailable {
        possible(() -> {
            step.make();
            return true;
        });
        accounts.refresh();
        secondPerson.endThoseOfGone();
        return () -> request.response().setStatusCode(204).end();
    }
}
