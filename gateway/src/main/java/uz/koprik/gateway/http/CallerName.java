package uz.koprik.gateway.http;

import io.vertx.ext.web.RoutingContext;

/** The name under which a request is logged, once it is known who sent it. */
public final class CallerName {

    private static final String KEY = CallerName.class.getName();

    private CallerName() {}

    public static void set(RoutingContext request, String name) {
        request.put(KEY, name);
    }

    static String of(RoutingContext request) {
        String name = request.get(KEY);
        return name == null ? "-" : name;
    }
}
