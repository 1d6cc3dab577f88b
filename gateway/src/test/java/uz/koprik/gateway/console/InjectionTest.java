package uz.koprik.gateway.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.indicators.stix.rules.types.TextEverywhere;

/**
 * Markup and scripts in every property that an object of STIX can have, in case files and in imported tables, stay text
 * on every screen. The properties are found by walking the tables of the types.
 */
final class InjectionTest {

    private static final String JSON = "application/json";
    private static final String CASE = "T-2026-099";

    @RegisterExtension
    static final Centres centres = new Centres();

    private static RunningCentre centre;
    private static String group;
    private static final List<String> IDS = new ArrayList<>();

    @RegisterExtension
    final Browser browser = new Browser();

    /** Runs in each way in which a text becomes a script, if markup is not escaped somewhere. */
    static String attack(String place) {
        return "\"'><img src=koprik-attack onerror=\"window.koprikAttack='" + place
                + "'\"><script>window.koprikAttack='" + place + "'</script><svg/onload=window.koprikAttack='" + place
                + "'>${window.koprikAttack=1}";
    }

    @BeforeAll
    static void start() throws Exception {
        centre = centres.init("tashkent")
                .withPeople()
                .withAccount("anna", Role.ADMIN)
                .start();
        CentreClient client = centre.clientOf("anna");
        TextEverywhere everywhere = new TextEverywhere(InjectionTest::attack);
        for (JsonObject object : everywhere.objects()) {
            String type = object.string("type").orElseThrow();
            JsonObject own = object.has("created_by_ref") ? object.without("created_by_ref") : object;
            JsonNode answer = post(
                    client,
                    "/api/objects",
                    CanonicalJson.text(JsonObject.builder()
                            .put("type", "bundle")
                            .put("id", "bundle--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f")
                            .put("objects", new JsonArray(List.of(own)))
                            .build()));
            if (answer.at("/accepted").asInt() + answer.at("/unchanged").asInt() > 0) {
                IDS.add(object.string("id").orElseThrow());
            } else {
                assertTrue(REFUSED_TYPES.contains(type), () -> type + " was refused: " + answer);
            }
        }
        String text = CanonicalJson.text(new JsonString(attack("case")));
        JsonNode opened = post(
                client,
                "/api/cases",
                "{\"number\":\"" + CASE + "\",\"title\":" + text + ",\"type\":\"fraud\",\"unit\":" + text
                        + ",\"summary\":" + text + ",\"values\":[\"login.example.com\"]}");
        assertEquals(CASE, opened.at("/case/number").asText(), opened::toString);
        JsonNode noted = post(client, "/api/cases/" + CASE + "/notes", "{\"text\":" + text + "}");
        assertEquals(1, noted.at("/notes").size(), noted::toString);
        JsonNode made = post(client, "/api/groups", "{\"name\":" + text + ",\"description\":" + text + "}");
        group = made.path("id").asText();
        assertTrue(group.startsWith("sharing-group--"), made::toString);
    }

    /** Of these, a centre takes its own or TLP's only. */
    private static final List<String> REFUSED_TYPES =
            List.of("marking-definition", "extension-definition", "language-content");

    private static JsonNode post(CentreClient client, String path, String body) {
        CentreClient.Reply reply = client.post(path, JSON, body.getBytes(StandardCharsets.UTF_8));
        return CentreAnswers.parse(reply.body());
    }

    /** Elements that only an attack makes, in all shadow roots, and what its scripts would leave. */
    private static final String FOUND =
            """
            () => {
              const found = window.koprikAttack === undefined ? [] : ['script ran: ' + window.koprikAttack];
              const visit = (node) => {
                for (const element of node.querySelectorAll('*')) {
                  if (element.shadowRoot) visit(element.shadowRoot);
                  if (element.tagName === 'IMG' && element.getAttribute('src') === 'koprik-attack') found.push('image');
                  if (element.tagName === 'A' && /^(javascript|data|vbscript):/i.test(element.getAttribute('href') ?? '')) {
                    found.push('link ' + element.getAttribute('href'));
                  }
                  for (const attribute of element.attributes) {
                    if (/^on/i.test(attribute.name)) found.push('attribute ' + attribute.name);
                  }
                }
              };
              visit(document);
              return found;
            }""";

    static void isText(Page page, String where) {
        assertEquals(List.of(), page.evaluate(FOUND), where);
    }

    private static void go(Page page, String route) {
        page.evaluate("route => { location.hash = route; }", route);
        page.waitForFunction(
                "() => !document.querySelector('koprik-console')?.shadowRoot?.querySelector('[aria-busy=true]')");
        page.waitForTimeout(300);
    }

    /** The first kinds of objects and one list. */
    @Test
    void someObjectsAndAListAreText() {
        Page page = browser.signIn(centre, "anna");
        page.waitForFunction("() => document.querySelector('koprik-console')?.shadowRoot !== null");
        for (String id : IDS.subList(0, 5)) {
            go(page, "#/objects/" + id);
            isText(page, id);
        }
        go(page, "#/search?q=koprikAttack");
        isText(page, "search");
    }

    @Test
    @Tag("long")
    void everyObjectIsShownAsText() {
        assertTrue(IDS.size() >= 35, "stored: " + IDS);
        Page page = browser.signIn(centre, "anna");
        page.waitForFunction("() => document.querySelector('koprik-console')?.shadowRoot !== null");
        for (String id : IDS) {
            go(page, "#/objects/" + id);
            isText(page, id);
        }
    }

    @Test
    @Tag("long")
    void listsGraphsAndCasesAreText() {
        Page page = browser.signIn(centre, "anna");
        page.waitForFunction("() => document.querySelector('koprik-console')?.shadowRoot !== null");
        for (String route : List.of(
                "#/search?q=koprikAttack",
                "#/search?q=" + "type:malware",
                "#/lookup?q=login.example.com",
                "#/graph/" + IDS.getFirst(),
                "#/cases",
                "#/cases/" + CASE,
                "#/alerts",
                "#/partners",
                "#/agreements",
                "#/agreements?tab=groups",
                "#/agreements?tab=groups&group=" + group,
                "#/roles",
                "#/situation",
                "#/operations",
                "#/report",
                "#/report/imports",
                "#/help")) {
            go(page, route);
            isText(page, route);
        }
    }
}
