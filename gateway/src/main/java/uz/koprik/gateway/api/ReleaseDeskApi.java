package uz.koprik.gateway.api;

import uz.koprik.gateway.api.common.AnalystServices;
import uz.koprik.gateway.auth.LiveAccounts;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.gateway.partners.Partners;
import uz.koprik.gateway.release.ReleaseDesk;

/** All routes of the release desk. */
public final class ReleaseDeskApi implements Routes {

    private final Routes items;
    private final Routes previews;

    public ReleaseDeskApi(AnalystServices services, Partners partners, ReleaseDesk desk, LiveAccounts accounts) {
        ReleaseForecast forecast = new ReleaseForecast(
                services.release(),
                new PartnerPlaces(
                        services.trust(), partners, services.localCentre().identity()));
        this.items = new ReleaseRoutes(
                desk,
                services.release(),
                forecast,
                accounts,
                services.localCentre().name());
        this.previews = new ReleaseForecastRoutes(services, forecast);
    }

    @Override
    public void mount(RouteTable router) {
        items.mount(router);
        previews.mount(router);
    }
}
