package uz.koprik.gateway.http;

import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Names a request in logs, errors and the answer: the client's own {@code X-Request-Id} when it is sane, else a fresh
 * one.
 */
public final class RequestId {

    /** Under this key it is in every log line of the request. */
    public static final String MDC_KEY = "request";

    static final String HEADER = "X-Request-Id";

    private static final String PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";
    private static final int LONGEST = 64;

    private RequestId() {}

    /** The id of a request that has come in through {@link RequestGuard}. */
    public static String of(RoutingContext request) {
        String id = request.get(HEADER);
        return id == null ? "-" : id;
    }

    static void assign(RoutingContext request) {
        String given = request.request().getHeader(HEADER);
        String id = sane(given)
                ? given
                : String.format("%016x", ThreadLocalRandom.current().nextLong());
        request.put(HEADER, id);
        request.response().putHeader(HEADER, id);
    }

    private static boolean sane(String id) {
        if (id == null || id.isEmpty() || id.length() > LONGEST) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            if (PLAIN.indexOf(id.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }
}
