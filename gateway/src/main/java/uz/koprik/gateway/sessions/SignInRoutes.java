package uz.koprik.gateway.sessions;

import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import uz.koprik.gateway.accessrecord.AccessNotes;
import uz.koprik.gateway.accessrecord.AccessRecorder;
import uz.koprik.gateway.api.common.ApiJson;
import uz.koprik.gateway.api.common.JsonBodies;
import uz.koprik.gateway.auth.Restriction;
import uz.koprik.gateway.auth.SessionCookie;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.Problem;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.gateway.http.SmallBody;

/** Open to everybody: what the sign-in page shows, and signing in. */
public final class SignInRoutes implements Routes {

    private final String centre;
    private final String title;
    private final List<Provider> providers;
    private final SignInService service;
    private final boolean secondFactorRequired;
    private final AccessRecorder recorder;

    /**
     * Another way to sign in than by password.
     *
     * @param label what people call it
     * @param start path at which signing in begins
     */
    public record Provider(String label, String start) {}

    /** What the sign-in page shows; the schema {@code SignIn}. */
    record SignInView(String centre, String title, List<String> languages, List<Provider> providers) {}

    /** Name, password and code; the schema {@code Credentials}. */
    record Credentials(String account, String secret, String code) {}

    /** A session that has begun; the schema {@code SessionBegun}. */
    record SessionBegun(String account, String session, String needs) {}

    SignInRoutes(
            String centre,
            String title,
            List<Provider> providers,
            SignInService service,
            boolean secondFactorRequired,
            AccessRecorder recorder) {
        this.centre = centre;
        this.title = title;
        this.providers = List.copyOf(providers);
        this.service = service;
        this.secondFactorRequired = secondFactorRequired;
        this.recorder = recorder;
    }

    @Override
    public void mount(RouteTable router) {
        router.get("/api/sign-in").handler(request -> ApiJson.reply(
                        request, 200, new SignInView(centre, title, Preferences.LANGUAGES, providers))
                .run());
        router.post(Restriction.SESSION)
                .handler(recorder::signingIn)
                .handler(new SmallBody(RouteTable.Content.JSON))
                .handler(this::signIn);
    }

    private void signIn(RoutingContext request) {
        Credentials sent = ApiJson.read(JsonBodies.bytes(request), Credentials.class);
        if (sent.account() == null || sent.secret() == null) {
            throw ApiJson.bad("the body must be {\"account\":\"NAME\",\"secret\":\"PASSWORD\"}, and \"code\" when the"
                    + " account has a second factor");
        }
        AccessNotes notes = AccessNotes.of(request).by(service.whoTries(sent.account()));
        Session.Origin origin = SessionCallers.origin(request);
        Optional<String> before = SessionCookie.of(request);
        Blocking.run(request, () -> {
            SignInService.Begun begun;
            try {
                begun = service.signIn(sent.account(), sent.secret(), Optional.ofNullable(sent.code()), origin, before);
            } catch (Problem refusal) {
                notes.asked("refusal", refusal.title());
                throw refusal;
            }
            Sessions.Opened opened = begun.opened();
            notes.asked("way", opened.session().way().code());
            String needs = begun.account().oneTime()
                    ? "own_secret"
                    : secondFactorRequired && !begun.hasSecondFactor() ? "second_factor" : null;
            return () -> {
                SessionCookie.set(request, opened.token());
                ApiJson.reply(
                                request,
                                201,
                                new SessionBegun(
                                        begun.account().name(), opened.session().id(), needs))
                        .run();
            };
        });
    }
}
