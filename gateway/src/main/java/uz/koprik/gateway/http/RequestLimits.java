package uz.koprik.gateway.http;

import io.vertx.ext.web.RoutingContext;
import uz.koprik.gateway.config.Config;

/** The limits that hold for a request. */
public final class RequestLimits {

    private static final String KEY = RequestLimits.class.getName();

    private RequestLimits() {}

    static void set(RoutingContext request, Config.Limits limits) {
        request.put(KEY, limits);
    }

    /** The limits of the centre that serves {@code request}. */
    public static Config.Limits of(RoutingContext request) {
        return request.get(KEY);
    }

    /** More objects in one request than {@link Config.Limits#objectsPerRequest}. */
    public static Problem tooManyObjects(int most) {
        return new Problem(
                413,
                "Too many objects",
                "the request has more than " + most
                        + " objects, the most that this server takes in one; nothing of it was taken: split it, or send the file to /api/import");
    }
}
