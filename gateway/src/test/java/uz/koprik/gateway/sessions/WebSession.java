package uz.koprik.gateway.sessions;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.gateway.centre.RunningCentre;

/** Requests as a browser with a cookie sends them. */
final class WebSession {

    private final RunningCentre centre;
    private String cookie;

    private WebSession(RunningCentre centre, String cookie) {
        this.centre = centre;
        this.cookie = cookie;
    }

    /** Signs in; it must succeed. */
    static WebSession of(RunningCentre centre, String account, String secret) throws Exception {
        return of(centre, account, secret, "");
    }

    /** As {@link #of(RunningCentre, String, String)}, with a code of the second factor. */
    static WebSession of(RunningCentre centre, String account, String secret, String code) throws Exception {
        HttpResponse<String> answer = signIn(centre, account, secret, code);
        assertEquals(201, answer.statusCode(), answer.body());
        return new WebSession(centre, cookie(answer));
    }

    /** The answer to a sign-in. */
    static HttpResponse<String> signIn(RunningCentre centre, String account, String secret, String code)
            throws Exception {
        JsonObject.Builder body = JsonObject.builder().put("account", account).put("secret", secret);
        if (!code.isEmpty()) {
            body.put("code", code);
        }
        return centre.post(centre.url() + "/api/session", null, "application/json", CanonicalJson.text(body.build()));
    }

    private static String cookie(HttpResponse<String> answer) {
        String set = answer.headers().firstValue("set-cookie").orElseThrow();
        return set.substring(0, set.indexOf(';'));
    }

    /** The cookie as it is sent. */
    String cookie() {
        return cookie;
    }

    HttpResponse<String> get(String path) throws Exception {
        return send("GET", path, "", true);
    }

    HttpResponse<String> send(String method, String path, String body) throws Exception {
        return send(method, path, body, true);
    }

    /** @param fromConsole whether the header of the console is there */
    HttpResponse<String> send(String method, String path, String body, boolean fromConsole) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(centre.url() + path))
                .header("Cookie", cookie)
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (fromConsole) {
            request.header("Koprik-Console", "1");
        }
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        return RunningCentre.send(centre.client(null), request, null);
    }

    /** Takes the cookie that an answer sets. */
    void take(HttpResponse<String> answer) {
        cookie = cookie(answer);
    }
}
