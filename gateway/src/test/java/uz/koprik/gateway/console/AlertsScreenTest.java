package uz.koprik.gateway.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uz.koprik.gateway.centre.RunningCentre.ok;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreClient;

/** Screen Alerts in a browser, against a running centre. */
class AlertsScreenTest {

    @RegisterExtension
    static final Centres centres = new Centres();

    @RegisterExtension
    final Browser browser = new Browser();

    private static RunningCentre centre;
    private static CentreClient admin;

    @BeforeAll
    static void start() throws Exception {
        centre = CaseStories.start(centres);
        admin = centre.adminClient();
    }

    private Page page(String route) {
        Page page = browser.signIn(centre, "anna", route, "en", ColorScheme.LIGHT);
        page.locator("koprik-alert").first().waitFor();
        return page;
    }

    private static int open() {
        return ok(admin.get("/api/alerts/count?state=open")).path("count").asInt();
    }

    @Test
    @Tag("long")
    void itFitsInEachLanguage() {
        for (String language : Browser.LANGUAGES) {
            Page page = browser.signIn(centre, "anna", "#/alerts", language, ColorScheme.LIGHT);
            page.locator("koprik-alert").first().waitFor();
            browser.fits(page);
            browser.screenshot(page, "alerts-" + language);
            page.close();
        }
    }

    @Test
    @Tag("long")
    void axeFindsNothingInLightAndDark() {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            Page page = browser.signIn(centre, "anna", "#/alerts", "en", scheme);
            page.locator("koprik-alert").first().waitFor();
            browser.axe(page);
            browser.screenshot(page, "alerts-" + scheme.name().toLowerCase(Locale.ROOT));
            page.close();
        }
    }

    @Test
    void alertsAreAcknowledgedByKeyboardAloneAndTakenBack() throws Exception {
        Page page = page("#/alerts");
        page.locator("koprik-alert").first().waitFor();
        browser.axe(page);
        browser.fits(page);
        int before = open();
        page.keyboard().press("j");
        page.locator("koprik-alert[active]").waitFor();
        page.keyboard().press("c");
        page.getByText("1 alert acknowledged").waitFor();
        RunningCentre.await(() -> open() == before - 1);
        page.keyboard().press("u");
        RunningCentre.await(() -> open() == before);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Acknowledge all"))
                .first()
                .click();
        RunningCentre.await(() -> open() < before);
        page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName("Acknowledged"))
                .click();
        page.locator("koprik-alert").getByText("by anna").first().waitFor();
        assertTrue(page.url().contains("state=acknowledged"), page.url());
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Take all back"))
                .first()
                .click();
        RunningCentre.await(() -> open() == before);
    }

    @Test
    @Tag("long")
    void aNewAlertAppearsWithoutReloadingAndTheFilterStaysInTheAddress() {
        Page page = page("#/alerts?case=" + CaseStories.NUMBER);
        Locator groups = page.locator("section.group");
        assertEquals(1, groups.count());
        ok(CaseStories.post(
                admin, "/api/indicators", Map.of("value", CaseStories.IBAN, "name", "Account of a mule, live")));
        page.locator("koprik-alert").getByText("Account of a mule, live").waitFor();
        page.reload();
        page.locator("koprik-alert").first().waitFor();
        assertEquals(1, groups.count());
        page.getByLabel("Case number").fill("none such");
        page.getByText("No alert fits").waitFor();
    }

    @Test
    @Tag("long")
    void moreThanAThousandOpenAlertsAreSaidAndAllAreAcknowledged() throws Exception {
        int many = 1_150;
        RunningCentre own = centres.init("seoul")
                .withPeople()
                .withAccount("anna", Role.ADMIN)
                .start();
        CentreClient client = own.adminClient();
        ok(CaseStories.post(
                client, "/api/cases", Map.of("number", "M-1", "title", "Many", "values", List.of("mule.example.com"))));
        String file = IntStream.range(0, many)
                .mapToObj(i -> "h" + i + ".mule.example.com\n")
                .collect(Collectors.joining());
        ok(client.post("/api/imports?anyway=true", "application/octet-stream", file.getBytes(StandardCharsets.UTF_8)));
        RunningCentre.await(() -> groups(client).path("count").asInt() == many);
        JsonNode counted = ok(client.get("/api/alerts/count?state=open"));
        assertEquals(1_000, counted.path("count").asInt());
        assertTrue(counted.path("more").asBoolean(), "each console asks every minute, so that no more are read");
        Page page = browser.signIn(own, "anna", "#/situation", "en", ColorScheme.LIGHT);
        page.locator("koprik-rail .count").getByText("999+").waitFor();
        assertEquals("1,000+ open alerts", page.locator("koprik-rail .count").getAttribute("title"));
        page.locator("koprik-situation .figures").getByText("1,000+").waitFor();
        page.navigate(own.peopleUrl() + "/console/#/alerts");
        page.getByText("1,150 alerts").waitFor();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Acknowledge all"))
                .click();
        page.getByText("1,150 alerts acknowledged").waitFor();
        assertEquals(0, groups(client).path("count").asInt());
        page.keyboard().press("u");
        RunningCentre.await(() -> groups(client).path("count").asInt() == many);
    }

    private static JsonNode groups(CentreClient client) {
        return ok(client.get("/api/alerts/groups?state=open"));
    }

    @Test
    @Tag("long")
    void anOperatorSeesNoMatchesOfCases() {
        Page page = browser.signIn(centre, "olga", "#/alerts", "en", ColorScheme.LIGHT);
        page.locator("koprik-alerts k-empty, koprik-alerts section.group")
                .first()
                .waitFor();
        assertEquals(0, page.getByText(CaseStories.NUMBER).count());
    }
}
