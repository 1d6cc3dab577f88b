package uz.koprik.gateway.sessions;

import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import uz.koprik.gateway.api.common.ApiJson;
import uz.koprik.gateway.auth.Account;
import uz.koprik.gateway.auth.AccountChanges;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.auth.LiveAccounts;
import uz.koprik.gateway.auth.Restriction;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.auth.SessionCookie;
import uz.koprik.gateway.auth.SignInWay;
import uz.koprik.gateway.auth.Source;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.Problem;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.indicators.store.StoreUnavailable;

/** Sessions of the caller, and for operators those of others. */
final class SessionRoutes implements Routes {

    private final Sessions sessions;
    private final LiveAccounts accounts;
    private final AccountChanges changes;

    /** A session; the schema {@code Session}. */
    record SessionView(
            String id, String begun, String lastSeen, String address, String browser, String way, boolean current) {}

    /** Sessions, the one used last first; the schema {@code Sessions}. */
    record SessionsView(List<SessionView> sessions) {}

    /** How many sessions were ended; the schema {@code SessionsEnded}. */
    record SessionsEnded(int ended) {}

    SessionRoutes(Sessions sessions, LiveAccounts accounts, AccountChanges changes) {
        this.sessions = sessions;
        this.accounts = accounts;
        this.changes = changes;
    }

    @Override
    public void mount(RouteTable router) {
        router.delete(Restriction.SESSION).handler(Blocking.handler(this::signOut));
        router.get("/api/sessions").handler(Blocking.handler(request -> {
            Caller caller = account(request);
            return ApiJson.reply(
                    request, 200, view(caller.name(), Callers.entry(request).session()));
        }));
        router.delete("/api/sessions").handler(Blocking.handler(request -> {
            String name = account(request).name();
            return ended(
                    request, sessions.endWhere(one -> one.name().equals(name)).size());
        }));
        router.delete("/api/sessions/:id").handler(Blocking.handler(this::endOne));
        router.get("/api/accounts/:name/sessions").handler(Blocking.handler(request -> {
            Callers.require(request, Right.OPERATE);
            return ApiJson.reply(
                    request,
                    200,
                    view(request.pathParam("name"), Callers.entry(request).session()));
        }));
        router.delete("/api/accounts/:name/sessions").handler(Blocking.handler(this::endOfAccount));
    }

    private Runnable signOut(RoutingContext request) throws StoreUnavailable {
        String id = Callers.entry(request)
                .session()
                .orElseThrow(() -> new Problem(
                        409, "Not a session", "this request did not come by a session, so that there is none to end"));
        sessions.end(id);
        return () -> {
            SessionCookie.remove(request);
            request.response().setStatusCode(204).end();
        };
    }

    private Runnable endOne(RoutingContext request) throws StoreUnavailable {
        Caller caller = account(request);
        String id = request.pathParam("id");
        Session session = sessions.byId(id)
                .filter(one -> one.name().equals(caller.name()))
                .orElseThrow(() -> new Problem(404, "Not found", "you have no session of that id, or it has ended"));
        sessions.end(session.id());
        boolean own = Callers.entry(request).session().equals(Optional.of(id));
        return () -> {
            if (own) {
                SessionCookie.remove(request);
            }
            request.response().setStatusCode(204).end();
        };
    }

    private Runnable endOfAccount(RoutingContext request) throws Exception {
        Caller operator = Callers.require(request, Right.OPERATE);
        String name = request.pathParam("name");
        Optional<Account> account = accounts.any(name);
        List<Session> theirs = sessions.of(name);
        if (account.isEmpty() && theirs.isEmpty()) {
            throw new Problem(404, "Not found", "there is no account of that name, and no session");
        }
        Stream.concat(account.map(Account::role).stream(), theirs.stream().flatMap(SessionRoutes::outsideRole))
                .forEach(role -> Callers.requireOver(request, role));
        if (account.isPresent()) {
            changes.byAccount(operator.name()).record(name, "signed out everywhere");
        }
        return ended(request, sessions.endWhere(one -> one.name().equals(name)).size());
    }

    /** The role of somebody who has no account here. */
    private static Stream<Role> outsideRole(Session session) {
        return session.outside().map(OutsideIdentity::role).stream();
    }

    private static Runnable ended(RoutingContext request, int count) {
        boolean bySession = Callers.entry(request).session().isPresent();
        return () -> {
            if (bySession && request.normalizedPath().equals("/api/sessions")) {
                SessionCookie.remove(request);
            }
            ApiJson.reply(request, 200, new SessionsEnded(count)).run();
        };
    }

    private SessionsView view(String name, Optional<String> current) throws StoreUnavailable {
        return new SessionsView(sessions.of(name).stream()
                .map(one -> new SessionView(
                        one.id(),
                        one.begun().toString(),
                        sessions.lastSeen(one).toString(),
                        one.origin().address(),
                        one.origin().browser(),
                        one.way().code(),
                        current.equals(Optional.of(one.id()))))
                .toList());
    }

    /** Partners have no sessions. */
    private static Caller account(RoutingContext request) {
        Caller caller = Callers.of(request);
        if (!(caller.source() instanceof Source.Account)
                || Callers.entry(request).way() == SignInWay.CERTIFICATE) {
            throw new Problem(403, "Not allowed", "only accounts have sessions");
        }
        return caller;
    }
}
