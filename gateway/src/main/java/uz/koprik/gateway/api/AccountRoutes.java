package uz.koprik.gateway.api;

import java.util.List;
import java.util.Locale;
import uz.koprik.gateway.api.common.ApiJson;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;

/** {@code /api/account}: who is asking. */
final class AccountRoutes implements Routes {

    /** The account; the schema {@code Account}. */
    record AccountView(String name, List<String> rights, List<String> units) {}

    @Override
    public void mount(RouteTable router) {
        router.get("/api/account").handler(request -> {
            Caller caller = Callers.of(request);
            List<String> rights = caller.rights().stream()
                    .map(r -> r.name().toLowerCase(Locale.ROOT))
                    .sorted()
                    .toList();
            ApiJson.reply(
                            request,
                            200,
                            new AccountView(
                                    caller.name(),
                                    rights,
                                    caller.units()
                                            .named()
                                            .map(units ->
                                                    units.stream().sorted().toList())
                                            .orElse(null)))
                    .run();
        });
    }
}
