package uz.koprik.gateway.auth;

import io.vertx.ext.web.RoutingContext;
import uz.koprik.gateway.http.CallerName;
import uz.koprik.gateway.http.Problem;
import uz.koprik.indicators.policy.PersonalUse;

/** The caller of a request that has passed {@link Authentication}. */
public final class Callers {

    /** Title of problems of tokens that give less than their account may. */
    private static final String OUT_OF_SCOPE = "Token out of scope";

    private static final String KEY = Callers.class.getName();
    private static final String ENTRY = CallerEntry.class.getName();

    private Callers() {}

    static void set(RoutingContext request, Caller caller, CallerEntry entry) {
        request.put(KEY, caller);
        request.put(ENTRY, entry);
        CallerName.set(request, caller.name(), caller.source() instanceof Source.Partner);
    }

    /** Who is asking. */
    public static Caller of(RoutingContext request) {
        Caller caller = request.get(KEY);
        if (caller == null) {
            throw new IllegalStateException("a route that asks for its caller must be mounted behind the door");
        }
        return caller;
    }

    /** Says for what the caller uses personal values in the rest of the request. */
    public static void using(RoutingContext request, PersonalUse use) {
        request.put(KEY, of(request).using(before -> use));
    }

    /** By which way the caller came. */
    public static CallerEntry entry(RoutingContext request) {
        of(request);
        return request.get(ENTRY);
    }

    /**
     * Who is asking, when they may do that.
     *
     * @throws Problem 403 when they may not
     */
    public static Caller require(RoutingContext request, Right right) {
        Caller caller = of(request);
        if (!caller.may(right)) {
            throw refusal(request, right);
        }
        return caller;
    }

    /**
     * Who is asking, when they may change accounts of that role from outside: operators help others back in, but only
     * administrators touch accounts of administrators. Otherwise an operator who learnt the password of one could take
     * its second factor away.
     *
     * @throws Problem 403 when they may not
     */
    public static Caller requireOver(RoutingContext request, Role role) {
        return require(request, role.rights().contains(Right.ADMINISTER) ? Right.ADMINISTER : Right.OPERATE);
    }

    /**
     * Refuses a token with scopes where something is made that later works with all rights of the account.
     *
     * @throws Problem 403 when the caller came by such a token
     */
    public static void requireUnscoped(RoutingContext request) {
        entry(request).token().filter(token -> token.scopes().isPresent()).ifPresent(token -> {
            throw new Problem(
                    403,
                    OUT_OF_SCOPE,
                    "the token \"" + token.label() + "\" has scopes, and what this makes would go on with all rights"
                            + " of the account; use a token without scopes, or sign in");
        });
    }

    /** What a caller gets who lacks a right: it names the token when only that keeps the account from it. */
    static Problem refusal(RoutingContext request, Right right) {
        String name = of(request).name();
        return entry(request)
                .token()
                .filter(token -> !token.allows(right)
                        && entry(request)
                                .role()
                                .filter(role -> role.rights().contains(right))
                                .isPresent())
                .map(token -> new Problem(
                        403,
                        OUT_OF_SCOPE,
                        "the token \"" + token.label() + "\" of " + name + " has the scopes " + token.scopeWords()
                                + ", not " + right.code() + "; make one with the scope for it"))
                .orElseGet(() -> new Problem(
                        403,
                        "Not allowed",
                        name + " has no right to " + right.inWords() + "; ask an administrator of the centre"));
    }
}
