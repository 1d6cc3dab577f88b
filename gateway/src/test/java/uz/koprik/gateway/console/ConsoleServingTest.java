package uz.koprik.gateway.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;

/** The port for people serves the console and the analyst API, and nothing of what only partners need. */
final class ConsoleServingTest {

    @RegisterExtension
    final Centres centres = new Centres();

    private RunningCentre centre;
    private HttpClient client;

    private void start(String... proxies) throws Exception {
        centre = centres.init("tashkent").withPeople();
        if (proxies.length > 0) {
            centre.withConfig("  proxies: []", "  proxies: [" + String.join(", ", proxies) + "]");
        }
        centre.start();
        client = centre.client(null);
    }

    private HttpResponse<byte[]> get(String url, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    @Test
    void thePageNamesFilesThatAreServedAndItsImportMapByHash() throws Exception {
        start();
        HttpResponse<byte[]> page = get(centre.peopleUrl() + "/console/");
        assertEquals(200, page.statusCode());
        Matcher map = Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL)
                .matcher(text(page));
        assertTrue(map.find());
        String hash = Base64.getEncoder()
                .encodeToString(
                        MessageDigest.getInstance("SHA-256").digest(map.group(1).getBytes(StandardCharsets.UTF_8)));
        String policy = page.headers().firstValue("Content-Security-Policy").orElseThrow();
        assertTrue(policy.contains("script-src 'self' 'sha256-" + hash + "'"), policy);
        assertFalse(policy.contains("unsafe"), policy);
        JsonObject imports = StrictJson.parseObject(map.group(1).getBytes(StandardCharsets.UTF_8))
                .object("imports")
                .orElseThrow();
        for (String name : imports.names()) {
            String url = imports.string(name).orElseThrow();
            if (!url.endsWith("/")) {
                assertEquals(200, get(centre.peopleUrl() + url).statusCode(), url);
            }
        }
        Matcher own = Pattern.compile("(?:href|src)=\"([^\"]+)\"").matcher(text(page));
        int found = 0;
        while (own.find()) {
            HttpResponse<byte[]> file = get(centre.peopleUrl() + own.group(1), "Accept-Encoding", "gzip");
            assertEquals(200, file.statusCode(), own.group(1));
            assertTrue(file.headers().firstValue("Cache-Control").orElseThrow().contains("immutable"));
            found++;
        }
        assertTrue(found >= 4, "files of the page: " + found);
    }

    @Test
    void filesAreCompressedForWhoTakesItAndNothingElseOfTheClassPathIsServed() throws Exception {
        start();
        String page = text(get(centre.peopleUrl() + "/console/"));
        Matcher main = Pattern.compile("src=\"([^\"]+/main\\.js)\"").matcher(page);
        assertTrue(main.find());
        String url = centre.peopleUrl() + main.group(1);
        HttpResponse<byte[]> plain = get(url);
        HttpResponse<byte[]> small = get(url, "Accept-Encoding", "gzip");
        assertEquals("gzip", small.headers().firstValue("Content-Encoding").orElseThrow());
        byte[] unpacked = new GZIPInputStream(new ByteArrayInputStream(small.body())).readAllBytes();
        assertEquals(text(plain), new String(unpacked, StandardCharsets.UTF_8));
        String root = url.substring(0, url.lastIndexOf('/') + 1);
        for (String other : new String[] {
            root + "no-such.js",
            root + "../../META-INF/MANIFEST.MF",
            root + "%2e%2e/uz/koprik/gateway/api/openapi.json",
            centre.peopleUrl() + "/console/lib/lit/0.0.1/index.js",
            centre.peopleUrl() + "/console/lib/lit/../../../META-INF/MANIFEST.MF"
        }) {
            HttpResponse<byte[]> answer = get(other);
            assertTrue(answer.statusCode() == 404 || answer.statusCode() == 401, other + ": " + answer.statusCode());
        }
    }

    @Test
    void thePortServesTheAnalystApiButNotWhatPartnersNeedAndPartnersGetNoConsole() throws Exception {
        start();
        HttpResponse<byte[]> root = get(centre.peopleUrl() + "/");
        assertEquals(302, root.statusCode());
        assertEquals("/console/", root.headers().firstValue("Location").orElseThrow());
        assertEquals(401, get(centre.peopleUrl() + "/api/account").statusCode());
        HttpResponse<byte[]> account = get(centre.peopleUrl() + "/api/account", "Authorization", centre.admin());
        assertEquals(200, account.statusCode(), text(account));
        for (String path : new String[] {"/taxii2/", "/metrics", "/.well-known/koprik-card.json"}) {
            HttpResponse<byte[]> answer = get(centre.peopleUrl() + path, "Authorization", centre.admin());
            assertEquals(404, answer.statusCode(), path);
        }
        HttpResponse<byte[]> console = get(centre.url() + "/console/", "Authorization", centre.admin());
        assertEquals(404, console.statusCode());
    }

    /** Five wrong passwords from one address lock it. */
    private int wrong(String forwarded) throws Exception {
        String wrong = Base64.getEncoder().encodeToString("admin:wrong wrong wrong".getBytes(StandardCharsets.UTF_8));
        return get(centre.peopleUrl() + "/api/account", "Authorization", "Basic " + wrong, "X-Forwarded-For", forwarded)
                .statusCode();
    }

    @Test
    void aConfiguredProxySaysWhoTheClientIs() throws Exception {
        start("127.0.0.1", "192.0.2.9");
        for (int i = 0; i < 5; i++) {
            assertEquals(401, wrong("203.0.113.77, 198.51.100.1, 192.0.2.9"));
        }
        assertEquals(429, wrong("198.51.100.1"));
        assertEquals(401, wrong("198.51.100.1, 198.51.100.2"), "what the client itself wrote does not count");
    }

    @Test
    void nobodyElseDoes() throws Exception {
        start();
        for (int i = 0; i < 5; i++) {
            assertEquals(401, wrong("198.51.100." + i));
        }
        assertEquals(429, wrong("198.51.100.99"));
    }

    @Test
    void aRefusalHasItsCodeAndMakesTheBrowserAskForNoPasswordOfItsOwn() throws Exception {
        start();
        HttpResponse<byte[]> program = get(centre.peopleUrl() + "/api/account");
        assertEquals(401, program.statusCode());
        assertTrue(program.headers().allValues("www-authenticate").getFirst().startsWith("Basic "));
        HttpResponse<byte[]> console = get(centre.peopleUrl() + "/api/account", "Koprik-Console", "1");
        assertEquals(401, console.statusCode());
        assertEquals(
                List.of("Koprik-Session realm=\"koprik\""), console.headers().allValues("www-authenticate"));
        JsonObject problem = StrictJson.parseObject(console.body());
        assertEquals("not-authenticated", problem.string("code").orElseThrow());
    }
}
