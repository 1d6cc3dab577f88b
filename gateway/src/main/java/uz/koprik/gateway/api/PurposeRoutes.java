package uz.koprik.gateway.api;

import io.vertx.ext.web.RoutingContext;
import java.util.List;
import uz.koprik.gateway.agreements.AgreedPartners;
import uz.koprik.gateway.api.common.ApiJson;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;

/** {@code /api/purposes}: which agreements ask members for a purpose before they see personal values of a partner. */
public final class PurposeRoutes implements Routes {

    private final AgreedPartners partners;

    public PurposeRoutes(AgreedPartners partners) {
        this.partners = partners;
    }

    @Override
    public void mount(RouteTable router) {
        router.get("/api/purposes").handler(Blocking.handler(this::purposes));
    }

    /** The schema {@code Purposes}. */
    record Purposes(List<AskingPartner> partners) {}

    /**
     * A partner whose agreement asks; the schema {@code AskingPartner}.
     *
     * @param agreement id of the agreement
     * @param withheld whether its personal objects are left out of the answers to this caller
     */
    record AskingPartner(String partner, String title, String agreement, List<String> purposes, boolean withheld) {}

    private Runnable purposes(RoutingContext request) {
        Caller caller = Callers.require(request, Right.ANALYSE);
        return ApiJson.reply(
                request,
                200,
                new Purposes(partners.askingForPurposes().stream()
                        .map(asking -> new AskingPartner(
                                asking.centre().name(),
                                asking.centre().title(),
                                asking.version().text().id(),
                                asking.version().text().purposes(),
                                caller.recipient()
                                        .use()
                                        .withheld()
                                        .contains(asking.centre().name())))
                        .toList()));
    }
}
