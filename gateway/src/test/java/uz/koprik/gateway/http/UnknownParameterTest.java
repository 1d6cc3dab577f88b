package uz.koprik.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;

/** A query parameter that a route does not know, or that is there twice, is never ignored. */
final class UnknownParameterTest {

    @RegisterExtension
    static final Centres centres = new Centres();

    private static RunningCentre centre;
    private static HttpClient client;

    @BeforeAll
    static void start() throws Exception {
        centre = centres.init("tashkent").withAccount("rustam", Role.AUDITOR).start();
        client = centre.client(null);
    }

    private static HttpResponse<String> ask(String method, String path, String contentType) throws Exception {
        return RunningCentre.send(
                client,
                HttpRequest.newBuilder(URI.create(centre.url() + path))
                        .header("Content-Type", contentType)
                        .method(method, HttpRequest.BodyPublishers.ofString(contentType.isEmpty() ? "" : "{}")),
                path.startsWith("/api/access") ? "Bearer " + centre.tokenOf("rustam") : centre.admin());
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return centre.get(centre.url() + path, centre.admin());
    }

    private static String description(HttpResponse<String> answer) throws Exception {
        String member = answer.body().contains("\"http_status\"") ? "description" : "detail";
        return RunningCentre.json(answer).string(member).orElseThrow();
    }

    @Test
    void everyMountedRouteRefusesAnUnknownParameterByName() throws Exception {
        List<RouteTable.DeclaredRoute> routes = centre.routes();
        assertTrue(routes.size() > 50, "all routes are walked: " + routes.size());
        for (RouteTable.DeclaredRoute route : routes) {
            String path = route.path().replaceAll(":\\w+", "none");
            String type = route.content() == RouteTable.Content.NONE
                    ? "text/plain"
                    : route.content().example();
            HttpResponse<String> answer = ask(route.method().name(), path + "?tlpp=clear", type);
            assertEquals(400, answer.statusCode(), route + " " + answer.body());
            assertTrue(description(answer).contains("\"tlpp\""), route + " " + answer.body());
            for (String known : route.parameters()) {
                assertTrue(description(answer).contains(known), route + " " + answer.body());
            }
        }
    }

    @Test
    void everyMountedRouteRefusesAParameterThatIsThereTwice() throws Exception {
        for (RouteTable.DeclaredRoute route : centre.routes()) {
            String path = route.path().replaceAll(":\\w+", "none");
            for (String name : route.parameters()) {
                if (route.repeatable().contains(name)) {
                    continue;
                }
                String encoded = name.replace("[", "%5B").replace("]", "%5D");
                HttpResponse<String> answer = ask(
                        route.method().name(),
                        path + "?" + encoded + "=1&" + encoded + "=1",
                        route.content().example());
                assertEquals(400, answer.statusCode(), route + " " + name + " " + answer.body());
                assertTrue(description(answer).contains("twice"), route + " " + answer.body());
            }
        }
    }

    @Test
    void spellingsThatAreReadLenientlyElsewhereAreRefused() throws Exception {
        assertEquals(200, get("/api/export?format=stix&tlp=clear").statusCode());
        for (String query : List.of(
                "format=stix&TLP=clear",
                "format=stix&%74lpp=clear",
                "format=stix;tlpp=clear",
                "format=stix&tlp",
                "format=stix&tlp=",
                "format=stix&tlp=clear;x",
                "format=stix&hash_lists=yes",
                "format=stix&tlp%00=clear")) {
            assertEquals(400, get("/api/export?" + query).statusCode(), query);
        }
        assertEquals(200, get("/api/export?format=stix&%74lp=clear").statusCode(), "percent-encoding changes no name");
        assertEquals(
                400,
                get("/taxii2/koprik/collections/exchange/objects/?match%5Brevoked%5D=true")
                        .statusCode());
        assertEquals(
                400, get("/taxii2/koprik/collections/exchange/objects/?Limit=1").statusCode());
    }

    @Test
    void whatKnownTaxiiClientsSendIsTaken() throws Exception {
        // OpenCTI and python taxii2client: added_after, limit; the latter writes brackets as they are or encoded.
        String objects = "/taxii2/koprik/collections/exchange/objects/?";
        for (String query : List.of(
                "added_after=2020-01-01T00:00:00.000000Z&limit=10",
                "limit=1&match%5Btype%5D=identity,indicator&match%5Bversion%5D=all&match%5Bspec_version%5D=2.1",
                "match%5Bid%5D=identity--00000000-0000-4000-8000-000000000000",
                "")) {
            assertEquals(200, get(objects + query).statusCode(), query);
        }
    }

    @Test
    void malformedEscapesAreRefusedInWords() throws Exception {
        for (String path : List.of(
                "/api/search?q=%ff",
                "/taxii2/koprik/collections/exchange/objects/?next=%C3%28",
                "/api/objects/%FF",
                "/api/%00%FE",
                "/healthz?%ff")) {
            HttpResponse<String> answer = get(path);
            assertEquals(400, answer.statusCode(), path + " " + answer.body());
            assertFalse(description(answer).isBlank(), path);
        }
    }

    @Test
    void aMethodThatAPathDoesNotHaveNamesThoseItHas() throws Exception {
        HttpResponse<String> answer = ask("POST", "/api/cases/none", "application/json");
        assertEquals(405, answer.statusCode());
        assertEquals("GET, PATCH", answer.headers().firstValue("allow").orElseThrow());
        for (RouteTable.DeclaredRoute route : centre.routes()) {
            String path = route.path().replaceAll(":\\w+", "none");
            HttpResponse<String> odd = ask("TRACK", path, "text/plain");
            assertEquals(405, odd.statusCode(), route + odd.body());
            assertTrue(
                    odd.headers()
                            .firstValue("allow")
                            .orElse("")
                            .contains(route.method().name()),
                    route + odd.headers().toString());
        }
    }

    @Test
    void jsonRoutesTakeJsonOnly() throws Exception {
        for (RouteTable.DeclaredRoute route : centre.routes()) {
            if (route.content() == RouteTable.Content.JSON || route.content() == RouteTable.Content.CHECKED_BY_ROUTE) {
                String path = route.path().replaceAll(":collection", "inbox").replaceAll(":\\w+", "none");
                for (String type : List.of(
                        "application/x-www-form-urlencoded", "text/plain", "application/jsonp", "application/xml")) {
                    HttpResponse<String> answer = ask(route.method().name(), path, type);
                    assertEquals(415, answer.statusCode(), route + type + answer.body());
                    assertTrue(description(answer).contains("application/"), answer.body());
                }
            }
        }
        HttpResponse<String> untyped = RunningCentre.send(
                client,
                HttpRequest.newBuilder(URI.create(centre.url() + "/api/cases"))
                        .POST(HttpRequest.BodyPublishers.ofString("{}")),
                centre.admin());
        assertEquals(415, untyped.statusCode(), untyped.body());
    }
}
