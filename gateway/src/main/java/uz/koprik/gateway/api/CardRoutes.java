package uz.koprik.gateway.api;

import io.vertx.core.http.HttpHeaders;
import java.util.Arrays;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.gateway.renewal.LiveCard;

/** The card of this centre, for partners that know it already. It is public, and proves nothing by itself. */
public final class CardRoutes implements Routes {

    private static final int NOT_MODIFIED = 304;

    private final LiveCard card;

    public CardRoutes(LiveCard card) {
        this.card = card;
    }

    @Override
    public void mount(RouteTable router) {
        router.get("/.well-known/koprik-card.json").handler(request -> {
            LiveCard.Shown shown = card.now();
            request.response()
                    .putHeader(HttpHeaders.ETAG, shown.tag())
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
            String known = request.request().getHeader(HttpHeaders.IF_NONE_MATCH);
            if (known != null
                    && Arrays.stream(known.split(","))
                            .map(tag -> tag.strip().replaceFirst("^W/", ""))
                            .anyMatch(tag -> tag.equals("*") || tag.equals(shown.tag()))) {
                request.response().setStatusCode(NOT_MODIFIED).end();
                return;
            }
            request.response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                    .end(shown.json());
        });
    }
}
