package uz.koprik.gateway.http;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The address that a request comes from: of the connection, or, where a configured proxy stands between, the one that
 * the proxy names in {@code X-Forwarded-For}. Nobody else's header is believed.
 */
public final class ClientAddress {

    private static final String KEY = ClientAddress.class.getName();
    private static final String HEADER = "X-Forwarded-For";

    private ClientAddress() {}

    /** The address of the client, as text without a port. */
    public static String of(RoutingContext request) {
        String forwarded = request.get(KEY);
        return forwarded == null ? request.request().remoteAddress().hostAddress() : forwarded;
    }

    /**
     * Reads the header of requests that come from a proxy.
     *
     * @param proxies addresses of the proxies that stand before the port
     */
    static Handler<RoutingContext> behind(List<String> proxies) {
        Set<String> known = Set.copyOf(proxies);
        return request -> {
            if (known.contains(request.request().remoteAddress().hostAddress())) {
                nearest(request.request().headers().getAll(HEADER), known)
                        .ifPresent(address -> request.put(KEY, address));
            }
            request.next();
        };
    }

    /** The last address that is not a proxy's: each proxy adds the address it was called from at the end. */
    private static Optional<String> nearest(List<String> headers, Set<String> proxies) {
        List<String> all = List.of(String.join(",", headers).split(",", -1));
        for (String one : all.reversed()) {
            String address = one.strip();
            if (!address.matches("[0-9A-Fa-f.:]{2,45}")) {
                return Optional.empty();
            }
            if (!proxies.contains(address)) {
                return Optional.of(address);
            }
        }
        return Optional.empty();
    }
}
