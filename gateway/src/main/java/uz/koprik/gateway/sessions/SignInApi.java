package uz.koprik.gateway.sessions;

import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.util.List;
import java.util.function.UnaryOperator;
import uz.koprik.gateway.accessrecord.AccessRecorder;
import uz.koprik.gateway.auth.Account;
import uz.koprik.gateway.auth.AccountChanges;
import uz.koprik.gateway.auth.AfterSecret;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.auth.CookieSessions;
import uz.koprik.gateway.auth.LastUse;
import uz.koprik.gateway.auth.LiveAccounts;
import uz.koprik.gateway.auth.Passwords;
import uz.koprik.gateway.auth.SessionCookie;
import uz.koprik.gateway.auth.SignIns;
import uz.koprik.gateway.config.Config;
import uz.koprik.gateway.config.PeopleConfig;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.Routes;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.state.StateStore;

/** Signing in: its parts and all its routes. */
public final class SignInApi implements AfterSecret {

    private final Config config;
    private final LiveAccounts accounts;
    private final AccountChanges changes;
    private final Sessions sessions;
    private final SecondFactors secondFactors;
    private final Preferences preferences;
    private final SignInService service;
    private final LastUse lastUse;
    private final InstantSource clock;

    /**
     * @param homeKey content of a key file that all gateways of the centre have
     * @param changes records who changed which account
     */
    public SignInApi(
            Config config,
            StateStore stateStore,
            byte[] homeKey,
            LiveAccounts accounts,
            AccountChanges changes,
            Passwords passwords,
            SignIns signIns,
            InstantSource clock) {
        this.config = config;
        this.accounts = accounts;
        this.changes = changes;
        this.clock = clock;
        this.sessions = new Sessions(stateStore, config.people(), clock);
        this.secondFactors = new SecondFactors(stateStore, new Sealing(homeKey, "second factors"), clock);
        this.preferences = new Preferences(stateStore);
        this.lastUse = new LastUse(stateStore, clock);
        this.service = new SignInService(sessions, secondFactors, passwords, signIns, config.accounts(), clock);
    }

    /** When accounts and tokens were used last. */
    public LastUse lastUse() {
        return lastUse;
    }

    /** The sessions, for other ways to sign in. */
    public Sessions sessions() {
        return sessions;
    }

    /**
     * What authentication asks.
     *
     * @param outside keeps the rights of outside identities
     */
    public CookieSessions callers(OutsideRights outside) {
        return new SessionCallers(sessions, secondFactors, accounts, outside, config.people(), clock);
    }

    /**
     * Routes for everybody.
     *
     * @param providers other ways to sign in than by password
     * @param recorder enters who signs in, or tries to
     */
    public List<Routes> open(List<SignInRoutes.Provider> providers, AccessRecorder recorder) {
        return List.of(new SignInRoutes(config.name(), config.title(), providers, service, required(), recorder));
    }

    /**
     * Authenticated routes.
     *
     * @param confirmed lets an act on the account of the path wait for another administrator, by setting
     */
    public List<Routes> behind(UnaryOperator<Blocking.Work> confirmed) {
        return List.of(
                new AccountRoutes(config.name(), preferences),
                new SessionRoutes(sessions, accounts, changes),
                new SecondFactorRoutes(
                        secondFactors, service, accounts, changes, "Koprik " + config.name(), required(), confirmed),
                new TokenRoutes(
                        accounts,
                        changes,
                        new TokenViews(lastUse, config.accounts().tokenStale(), clock),
                        confirmed));
    }

    private boolean required() {
        return config.people().secondFactor() == PeopleConfig.SecondFactor.REQUIRED;
    }

    /** The session in which the password was set goes on under another token; all others end. */
    @Override
    public Runnable changed(Account account, RoutingContext request) throws StoreUnavailable {
        String name = account.name();
        SessionWay way = SessionWay.PASSWORD;
        boolean bySession = Callers.entry(request).session().isPresent();
        if (bySession) {
            way = sessions.byId(Callers.entry(request).session().get())
                    .map(Session::way)
                    .orElse(way);
        }
        sessions.endWhere(one -> one.name().equals(name));
        if (!bySession) {
            return () -> {};
        }
        Sessions.Opened opened = sessions.open(account, way, SessionCallers.origin(request));
        return () -> SessionCookie.set(request, opened.token());
    }

    /** What is done every second. Blocks. */
    public void tend() throws StoreUnavailable {
        sessions.tend();
        secondFactors.tend();
        lastUse.write();
    }

    /** What is done now and then. Blocks. */
    public void sweep() throws StoreUnavailable {
        sessions.sweep();
    }
}
