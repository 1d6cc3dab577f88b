package uz.koprik.gateway.oidc;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import uz.koprik.gateway.centre.RunningCentre;

/** What a browser does at a sign-in: follows redirects, keeps cookies by host and port, fills in a form. */
final class CookieBrowser implements AutoCloseable {

    private static final Pattern FORM = Pattern.compile("<form[^>]*action=\"([^\"]+)\"");
    private static final int MOST_REDIRECTS = 10;

    private final HttpClient client;
    private final Map<String, Map<String, String>> cookies = new HashMap<>();

    CookieBrowser(RunningCentre centre) throws Exception {
        client = centre.client(null);
    }

    HttpResponse<String> get(String url) throws Exception {
        return follow(send(url, HttpRequest.newBuilder().GET()));
    }

    /** Without following redirects. */
    HttpResponse<String> visit(String url) throws Exception {
        return send(url, HttpRequest.newBuilder().GET());
    }

    /** Fills in the form of a page, and follows redirects. */
    HttpResponse<String> submit(HttpResponse<String> page, Map<String, String> fields) throws Exception {
        Matcher form = FORM.matcher(page.body());
        if (!form.find()) {
            throw new AssertionError(page.statusCode() + " no form: " + page.body());
        }
        String body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return follow(send(
                page.uri().resolve(form.group(1).replace("&amp;", "&")).toString(),
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body))));
    }

    /** The value of a cookie that the server of a URL set. */
    Optional<String> cookie(String url, String name) {
        return Optional.ofNullable(
                cookies.getOrDefault(URI.create(url).getAuthority(), Map.of()).get(name));
    }

    private HttpResponse<String> follow(HttpResponse<String> first) throws Exception {
        HttpResponse<String> response = first;
        for (int i = 0; i < MOST_REDIRECTS && response.statusCode() / 100 == 3; i++) {
            String target = response.headers().firstValue("Location").orElseThrow();
            response = send(
                    response.uri().resolve(target).toString(),
                    HttpRequest.newBuilder().GET());
        }
        return response;
    }

    private HttpResponse<String> send(String url, HttpRequest.Builder request) throws Exception {
        URI uri = URI.create(url);
        Map<String, String> kept = cookies.computeIfAbsent(uri.getAuthority(), host -> new HashMap<>());
        if (!kept.isEmpty()) {
            request.header(
                    "Cookie",
                    kept.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        HttpResponse<String> response = client.send(
                request.uri(uri)
                        .header("Accept", "text/html,*/*")
                        .timeout(Duration.ofSeconds(60))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        for (String set : response.headers().allValues("Set-Cookie")) {
            List<String> parts = List.of(set.split(";", -1));
            String[] pair = parts.getFirst().split("=", 2);
            if (pair[1].isEmpty()
                    || parts.stream().anyMatch(part -> part.strip().equalsIgnoreCase("max-age=0"))) {
                kept.remove(pair[0]);
            } else {
                kept.put(pair[0], pair[1]);
            }
        }
        return response;
    }

    @Override
    public void close() {
        client.close();
    }
}
