package uz.koprik.gateway.api.common;

import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import uz.koprik.gateway.auth.Caller;

/** Paging by sequence number: nothing is stored between two pages. */
public final class Cursors {

    private Cursors() {}

    /** The parameter {@code limit}. */
    public static int limit(RoutingContext request, int preset, int most) {
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
    public static Optional<Long> cursor(RoutingContext request, AnalystServices services, Caller caller) {
        return Optional.ofNullable(request.request().getParam("cursor")).map(text -> services.cursorCodec()
                .read(caller, text)
                .orElseThrow(() -> ApiJson.bad("\"cursor\" must be the \"next\" of the page before")));
    }

    /** Where the next page begins, as the caller may know it. */
    public static String next(AnalystServices services, Caller caller, long seq) {
        return services.cursorCodec().write(caller, seq);
    }
}
