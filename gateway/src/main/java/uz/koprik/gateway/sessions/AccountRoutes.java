package uz.koprik.gateway.sessions;

import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import uz.koprik.gateway.api.common.ApiJson;
import uz.koprik.gateway.api.common.JsonBodies;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.CallerEntry;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.auth.SignInWay;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.Problem;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.indicators.store.StoreUnavailable;

/** {@code /api/account}: who is asking, and which language and theme it set. */
final class AccountRoutes implements Routes {

    private final String centre;
    private final Preferences preferences;

    /** The account; the schema {@code Account}. */
    record AccountView(
            String name,
            List<String> rights,
            List<String> units,
            String role,
            String centre,
            String signIn,
            String language,
            String theme) {}

    /** Language and theme; the schema {@code Preferences}. */
    record PreferencesView(String language, String theme) {}

    AccountRoutes(String centre, Preferences preferences) {
        this.centre = centre;
        this.preferences = preferences;
    }

    @Override
    public void mount(RouteTable router) {
        router.get("/api/account").handler(Blocking.handler(this::account));
        router.put("/api/account/preferences").handler(Blocking.handler(this::set));
    }

    private Runnable account(RoutingContext request) throws StoreUnavailable {
        Caller caller = Callers.of(request);
        CallerEntry entry = Callers.entry(request);
        Preferences.Choice choice = entry.way() == SignInWay.CERTIFICATE
                ? new Preferences.Choice(Optional.empty(), Optional.empty())
                : preferences.of(caller.name());
        List<String> rights = caller.rights().stream()
                .map(right -> right.name().toLowerCase(Locale.ROOT))
                .sorted()
                .toList();
        return ApiJson.reply(
                request,
                200,
                new AccountView(
                        caller.name(),
                        rights,
                        caller.units()
                                .named()
                                .map(units -> units.stream().sorted().toList())
                                .orElse(null),
                        entry.role().map(Role::code).orElse(null),
                        centre,
                        entry.way().code(),
                        choice.language().orElse(null),
                        choice.theme().orElse(null)));
    }

    private Runnable set(RoutingContext request) throws StoreUnavailable {
        if (Callers.entry(request).way() == SignInWay.CERTIFICATE) {
            throw new Problem(403, "Not allowed", "only accounts have a language and a theme");
        }
        PreferencesView wanted = ApiJson.read(JsonBodies.bytes(request), PreferencesView.class);
        Preferences.Choice choice = new Preferences.Choice(
                known("language", wanted.language(), Preferences.LANGUAGES),
                known("theme", wanted.theme(), Preferences.THEMES));
        preferences.set(Callers.of(request).name(), choice);
        return ApiJson.reply(request, 200, wanted);
    }

    private static Optional<String> known(String member, String value, List<String> known) {
        if (value != null && !known.contains(value)) {
            throw ApiJson.bad("\"" + member + "\" is one of " + String.join(", ", known));
        }
        return Optional.ofNullable(value);
    }
}
