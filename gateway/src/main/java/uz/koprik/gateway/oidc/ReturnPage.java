package uz.koprik.gateway.oidc;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import uz.koprik.gateway.http.Problem;

/**
 * The page on which a browser arrives from the provider. It leads on to the console. A redirect would not do: cookies
 * with {@code SameSite=Strict} are not sent with a navigation that another site began, but with one of this page.
 */
final class ReturnPage {

    /** What routes of the console consist of; anything else leads to its start page. */
    private static final String ROUTE = "/[A-Za-z0-9/._~!$()*+,:@?=&%-]{0,800}";

    private ReturnPage() {}

    /** A route of the console as a browser sent it, or the start page. */
    static String route(String sent) {
        return sent != null && sent.matches(ROUTE) ? sent : "/";
    }

    /** Leads on to where the browser was going. */
    static void welcome(RoutingContext request, String route) {
        send(request, 200, "Signed in", "", "/console/#" + route);
    }

    /** Whether a person looks at the answer, not a program. */
    static boolean wanted(RoutingContext request) {
        String accept = request.request().getHeader(HttpHeaders.ACCEPT);
        return accept != null && accept.toLowerCase(Locale.ROOT).contains("text/html");
    }

    /** Says why nobody was signed in, and leads on to the sign-in page, which says it in the reader's language. */
    static void refusal(RoutingContext request, Problem problem, String route) {
        send(
                request,
                problem.status(),
                problem.title(),
                problem.getMessage(),
                "/console/#/signin?problem=" + problem.code() + "&to="
                        + URLEncoder.encode(route, StandardCharsets.UTF_8));
    }

    private static void send(RoutingContext request, int status, String title, String text, String target) {
        String link = escaped(target);
        request.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; form-action 'none'")
                .end("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>" + escaped(title)
                        + "</title><meta http-equiv=\"refresh\" content=\"0; url=" + link + "\"><h1>"
                        + escaped(title) + "</h1><p>" + escaped(text) + "</p><p><a href=\"" + link
                        + "\">Koprik</a></p></html>");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
