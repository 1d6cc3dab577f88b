package uz.koprik.gateway.api;

import uz.koprik.gateway.api.common.ApiJson;
import uz.koprik.gateway.auth.RoleTable;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;

/** {@code /api/roles}: the table of roles, rights and routes, for every account. */
final class RoleRoutes implements Routes {

    @Override
    public void mount(RouteTable router) {
        router.get("/api/roles").handler(Blocking.handler(request -> ApiJson.reply(request, 200, RoleTable.now())));
    }
}
