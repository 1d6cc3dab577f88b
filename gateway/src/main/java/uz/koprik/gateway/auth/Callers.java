package uz.koprik.gateway.auth;

import io.vertx.ext.web.RoutingContext;
import uz.koprik.gateway.http.CallerName;
import uz.koprik.gateway.http.Problem;

/** The caller of a request that has passed {@link Authentication}. */
public final class Callers {

    private static final String KEY = Callers.class.getName();

    private Callers() {}

    static void set(RoutingContext request, Caller caller) {
        request.put(KEY, caller);
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

    /**
     * Who is asking, when they may do that.
     *
     * @throws Problem 403 when they may not
     */
    public static Caller require(RoutingContext request, Right right) {
        Caller caller = of(request);
        if (!caller.may(right)) {
            throw new Problem(
                    403,
                    "Not allowed",
                    caller.name() + " has no right to " + right.inWords() + "; ask an administrator of the centre");
        }
        return caller;
    }
}
