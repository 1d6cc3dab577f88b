package uz.koprik.gateway.centre;

import io.vertx.ext.web.RoutingContext;
import java.util.function.BiConsumer;
import uz.koprik.gateway.feeds.PartnerFeeds;
import uz.koprik.gateway.partners.CardNews;

/**
 * What a request of a partner means besides its question: that the partner is there, and which card it has. The answer
 * names the card of this centre. Takes no lock; called on event loops.
 */
final class PartnerContacts implements BiConsumer<String, RoutingContext> {

    private final PartnerFeeds feeds;

    PartnerContacts(PartnerFeeds feeds) {
        this.feeds = feeds;
    }

    /** @param partner whose client certificate the request showed */
    @Override
    public void accept(String partner, RoutingContext request) {
        feeds.heardFrom(partner);
        CardNews cards = feeds.cardNews();
        cards.heard(partner, request.request().getHeader(CardNews.HEADER));
        cards.own().ifPresent(number -> request.response().putHeader(CardNews.HEADER, Long.toString(number)));
    }
}
