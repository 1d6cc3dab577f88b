package uz.koprik.gateway.http;

import io.vertx.ext.web.RoutingContext;

/** The name under which a request is logged, and whose share it takes, once it is known who sent it. */
public final class CallerName {

    private static final String KEY = CallerName.class.getName();

    private CallerName() {}

    private record Known(String name, boolean partner) {}

    /** @param partner whether the caller is a partner, and not an account */
    public static void set(RoutingContext request, String name, boolean partner) {
        request.put(KEY, new Known(name, partner));
    }

    static String of(RoutingContext request) {
        Known known = request.get(KEY);
        return known == null ? "-" : known.name();
    }

    /** What no other caller is called: partners and accounts may have the same name. Null when nobody has logged in. */
    static String key(RoutingContext request) {
        Known known = request.get(KEY);
        return known == null ? null : (known.partner() ? "partner " : "account ") + known.name();
    }

    /** Those with whom the caller has a share in common; null when nobody has logged in. */
    static String group(RoutingContext request) {
        Known known = request.get(KEY);
        return known == null ? null : known.partner() ? "all partners" : "all accounts";
    }

    /** The caller, or the address for as long as nobody has logged in. */
    static String keyOrAddress(RoutingContext request) {
        String key = key(request);
        return key == null ? "address " + ClientAddress.of(request) : key;
    }
}
