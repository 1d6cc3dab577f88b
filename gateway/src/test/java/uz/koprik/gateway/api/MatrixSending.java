package uz.koprik.gateway.api;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import uz.koprik.gateway.api.MatrixObjects.Secret;
import uz.koprik.gateway.api.MatrixProbes.Probe;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.http.RouteTable.Content;
import uz.koprik.gateway.http.RouteTable.DeclaredRoute;

/** Sends a probe of the matrix for an object, and makes the answers of two centres comparable. */
final class MatrixSending {

    /** Headers that two answers never have in common; the length follows from the body, which has times in it. */
    private static final Set<String> OWN =
            Set.of("date", "koprik-request-id", "x-request-id", "set-cookie", "content-length");

    private static final String AGREEMENT = "sharing-agreement--00000000-0000-4000-8000-000000000000";

    private MatrixSending() {}

    static String filled(String text, Secret secret, String fresh) {
        return text.replace(":collection", "exchange")
                .replace(":event", secret.id().substring(secret.id().indexOf("--") + 2) + ".json")
                .replace(":id", secret.id())
                .replace(":object", secret.id())
                .replace(":number", secret.number())
                .replace("{id}", secret.id())
                .replace("{value}", secret.value())
                .replace("{word}", secret.word())
                .replace("{number}", secret.number())
                .replace("{shared}", MatrixObjects.SHARED)
                .replace("{agreement}", AGREEMENT)
                .replace("{fresh}", fresh);
    }

    /**
     * What a centre answers: status, headers and body.
     *
     * @param account whose token is sent; another name for none
     */
    static String send(
            RunningCentre centre,
            HttpClient client,
            String account,
            DeclaredRoute route,
            Probe probe,
            Secret secret,
            String fresh)
            throws Exception {
        String path = filled(probe.path(), secret, fresh).replaceAll(":\\w+", "none");
        boolean bodiless = route == null || route.content() == Content.NONE;
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(centre.url() + path))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", bodiless ? "*/*" : type(route))
                .method(
                        probe.method(),
                        bodiless
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(filled(probe.body(), secret, fresh)));
        if (centre.tokenOf(account) != null) {
            request.header("Authorization", "Bearer " + centre.tokenOf(account));
        }
        HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        TreeMap<String, List<String>> headers = new TreeMap<>(answer.headers().map());
        headers.keySet().removeIf(name -> OWN.contains(name.toLowerCase(Locale.ROOT)));
        if (path.startsWith("/feeds/misp/")) {
            headers.remove("etag"); // made of the times at which this centre saw changes
        }
        return answer.statusCode() + " " + headers + " " + answer.body();
    }

    private static String type(DeclaredRoute route) {
        return route.content().example().isEmpty() ? "*/*" : route.content().example();
    }

    /** A text without what differs between any two centres. */
    static String comparable(RunningCentre centre, String text) {
        return TwinCentre.comparable(text.replace(centre.url().replaceFirst("https://", ""), "HOST")
                        .replace(centre.home().root().toString(), "HOME"))
                .replaceAll("\\d{4}-\\d\\d-\\d\\d[ T]\\d\\d:\\d\\d(:\\d\\d)?", "T")
                .replaceAll("request [0-9a-f]{16}", "request")
                // Names of imports, and how fast one was.
                .replaceAll("\\b\\d{14}-[0-9a-f]{8}\\b", "IMPORT")
                .replaceAll("\\d+ objects/s", "objects/s");
    }
}
