package uz.koprik.gateway.analyst;

import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** Paging by place in the sequence: nothing is remembered between two pages. */
final class Cursors {

    private static final int RADIX = 36;

    private Cursors() {}

    /** The parameter {@code limit}. */
    static int limit(RoutingContext request, int preset, int most) {
        String text = request.request().getParam("limit");
        if (text == null) {
            return preset;
        }
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= most) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // Falls through to the same answer as a number out of range.
        }
        throw ApiJson.bad("\"limit\" must be 1 to " + most);
    }

    /** The parameter {@code cursor}. */
    static Optional<Long> cursor(RoutingContext request) {
        String text = request.request().getParam("cursor");
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Long.parseUnsignedLong(text, RADIX));
        } catch (NumberFormatException e) {
            throw ApiJson.bad("\"cursor\" must be the \"next\" of the page before");
        }
    }

    static String text(long seq) {
        return Long.toString(seq, RADIX);
    }
}
