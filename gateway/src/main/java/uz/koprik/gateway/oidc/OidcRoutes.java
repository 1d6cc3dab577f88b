package uz.koprik.gateway.oidc;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.gateway.accessrecord.AccessNotes;
import uz.koprik.gateway.accessrecord.AccessRecorder;
import uz.koprik.gateway.auth.SessionCookie;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.ClientAddress;
import uz.koprik.gateway.http.Problem;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.gateway.http.SmallBody;
import uz.koprik.gateway.sessions.Session;
import uz.koprik.gateway.sessions.SessionWay;

/** Sign-in by the provider, open to everybody: a browser goes there and comes back, and the provider signs out. */
public final class OidcRoutes implements Routes {

    private static final Logger LOG = LoggerFactory.getLogger(OidcRoutes.class);

    private static final String COOKIE = "__Host-koprik-oidc";
    private static final Duration RETRY = Duration.ofSeconds(2);

    /** Requests that wait for the provider at the same moment; nobody has proven who they are yet. */
    private static final int MOST_WAITING = 64;

    private final SingleSignOn signOn;
    private final ProviderSessions sessions;
    private final OidcMeters meters;
    private final AccessRecorder recorder;
    private final Semaphore waiting = new Semaphore(MOST_WAITING);

    OidcRoutes(SingleSignOn signOn, ProviderSessions sessions, OidcMeters meters, AccessRecorder recorder) {
        this.signOn = signOn;
        this.sessions = sessions;
        this.meters = meters;
        this.recorder = recorder;
    }

    @Override
    public void mount(RouteTable router) {
        OidcPaths.begin(router).handler(this::begin);
        OidcPaths.callback(router).handler(recorder::signingIn).handler(this::callback);
        OidcPaths.logout(router)
                .handler(recorder::signingIn)
                .handler(new SmallBody(RouteTable.Content.FORM))
                .handler(this::logout);
    }

    private void begin(RoutingContext request) {
        String route = ReturnPage.route(request.request().getParam("to"));
        attend(request, route, () -> {
            SingleSignOn.Begun begun = signOn.begin(route);
            return () -> {
                cookie(request, begun.cookie(), PendingSignIn.LIFETIME);
                request.response()
                        .setStatusCode(302)
                        .putHeader(HttpHeaders.LOCATION, begun.url())
                        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                        .end();
            };
        });
    }

    private void callback(RoutingContext request) {
        Cookie kept = request.request().getCookie(COOKIE);
        SingleSignOn.Answer answer = new SingleSignOn.Answer(
                parameter(request, "state"),
                parameter(request, "code"),
                parameter(request, "iss"),
                parameter(request, "error"),
                Optional.ofNullable(kept).map(Cookie::getValue));
        Session.Origin origin = new Session.Origin(
                ClientAddress.of(request),
                Optional.ofNullable(request.request().getHeader(HttpHeaders.USER_AGENT))
                        .orElse(""));
        attend(request, signOn.route(answer), () -> {
            SingleSignOn.Done done = signOn.finish(answer);
            String token = sessions.open(done, origin);
            AccessNotes.of(request).by("account " + done.person().name()).asked("way", SessionWay.OIDC.code());
            meters.signIns(OidcMeters.Outcome.DONE).increment();
            return () -> {
                cookie(request, "", Duration.ZERO);
                SessionCookie.set(request, token);
                ReturnPage.welcome(request, done.route());
            };
        });
    }

    /**
     * Does work that asks the provider; a person who looks at the answer gets a page that leads to the sign-in page.
     */
    private void attend(RoutingContext request, String route, Callable<Runnable> work) {
        limited(request, () -> {
            try {
                return work.call();
            } catch (Problem problem) {
                boolean away = problem.status() == 503;
                meters.signIns(away ? OidcMeters.Outcome.AWAY : OidcMeters.Outcome.REFUSED)
                        .increment();
                AccessNotes.of(request).asked("refusal", problem.title()).refused(problem.status());
                LOG.warn("sign-in by the provider failed from {}: {}", ClientAddress.of(request), problem.title());
                if (!ReturnPage.wanted(request)) {
                    throw problem;
                }
                return () -> ReturnPage.refusal(request, problem, route);
            }
        });
    }

    private void limited(RoutingContext request, Callable<Runnable> work) {
        if (!waiting.tryAcquire()) {
            throw Problem.later(503, "Busy", "too many sign-ins wait for the provider; try again in a moment", RETRY);
        }
        Blocking.attend(request, () -> {
            try {
                return work.call();
            } finally {
                waiting.release();
            }
        });
    }

    /** OpenID Connect Back-Channel Logout 1.0, sections 2.5 to 2.8. */
    private void logout(RoutingContext request) {
        AccessNotes notes = AccessNotes.of(request);
        String token = token(request.body().asString());
        limited(request, () -> {
            try {
                TokenChecks.Logout logout = signOn.logout(token);
                List<Session> ended = sessions.end(logout);
                notes.by("sign-in provider").answers(ended.size());
                ended.forEach(session -> notes.asked("account", session.name()));
                signOn.served(logout);
                meters.logouts(OidcMeters.Outcome.DONE).increment();
                LOG.info("the provider signed somebody out: {} sessions have ended", ended.size());
                return () -> request.response()
                        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                        .end();
            } catch (TokenRejected rejected) {
                meters.logouts(OidcMeters.Outcome.REFUSED).increment();
                notes.asked("refusal", rejected.getMessage()).refused(400);
                LOG.warn("a logout token from {} is refused: {}", ClientAddress.of(request), rejected.getMessage());
                return () -> refused(request, rejected);
            } catch (ProviderAway away) {
                meters.logouts(OidcMeters.Outcome.AWAY).increment();
                throw Problem.later(
                        503,
                        "Sign-in provider away",
                        "the keys of the provider cannot be fetched to verify the token: " + away.getMessage(),
                        RETRY);
            }
        });
    }

    private static void refused(RoutingContext request, TokenRejected rejected) {
        request.response()
                .setStatusCode(400)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(CanonicalJson.text(JsonObject.builder()
                        .put("error", "invalid_request")
                        .put("error_description", rejected.getMessage())
                        .build()));
    }

    /** The one parameter of the form. */
    private static String token(String form) {
        for (String pair : (form == null ? "" : form).split("&", -1)) {
            if (pair.startsWith("logout_token=")) {
                try {
                    return URLDecoder.decode(pair.substring("logout_token=".length()), StandardCharsets.UTF_8);
                } catch (IllegalArgumentException malformed) {
                    throw new Problem(400, "Bad request", "logout_token is not percent-encoded");
                }
            }
        }
        throw new Problem(400, "Bad request", "the body must be a form with logout_token");
    }

    private static Optional<String> parameter(RoutingContext request, String name) {
        List<String> values = request.request().params().getAll(name);
        if (values.size() > 1) {
            throw new Problem(400, "Bad request", "the query parameter " + name + " is there twice; write it once");
        }
        return values.stream().findFirst();
    }

    /** Lax: the browser comes back by a navigation that the provider began. */
    private static void cookie(RoutingContext request, String value, Duration lifetime) {
        request.response()
                .headers()
                .add(
                        HttpHeaders.SET_COOKIE,
                        COOKIE + "=" + value + "; Max-Age=" + lifetime.toSeconds()
                                + "; Path=/; Secure; HttpOnly; SameSite=Lax");
    }
}
