package uz.koprik.gateway.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uz.koprik.gateway.centre.RunningCentre.ok;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.Gateway;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.concurrent.CentreThreads;
import uz.koprik.indicators.policy.Tlp;

/**
 * Retention in a browser. Eleven days pass after the start: one object is then due, one more is under a legal hold, and
 * one is due later.
 */
final class RetentionScreenTest {

    private static final String JSON = "application/json";
    private static final String UNAVAILABLE =
            "{\"title\":\"Unavailable\",\"code\":\"store-unavailable\",\"status\":503}";

    @RegisterExtension
    static final Centres centres = new Centres();

    private static RunningCentre centre;
    private static String due;
    private static String held;
    private static String later;

    @RegisterExtension
    final Browser browser = new Browser();

    @BeforeAll
    static void start() throws Exception {
        PlaywrightAssertions.setDefaultAssertionTimeout(Browser.WAIT_MILLIS);
        centre = centres.init("tashkent")
                .withPeople()
                .withConfig("  amber: 0", "  amber: 10")
                .withConfig("  green: 0", "  green: 30")
                .withAccount("olga", Role.OPERATOR)
                .withAccount("anna", Role.ANALYST);
        centre.start();
        due = submitted(centre, "198.51.100.7", Tlp.AMBER);
        held = submitted(centre, "198.51.100.8", Tlp.AMBER);
        later = submitted(centre, "198.51.100.9", Tlp.GREEN);
        held("T-1", "198.51.100.7");
        held("T-2", "198.51.100.8");
        centre.stop();
        centre.start(
                CentreThreads.unwatched(),
                new Gateway.StartTerms(() -> Instant.now().plus(Duration.ofDays(11)), true, false));
        // The daily run makes up for those that were missed. What a hold stopped then is due once the hold ends.
        RunningCentre.await(() -> ok(centre.adminClient().get("/api/retention"))
                        .at("/runs/0/held")
                        .asInt()
                == 2);
        ok(post("/api/cases/T-1/hold/release", Map.of("reason", "proceedings ended")));
    }

    private static CentreClient.Reply post(String path, Object body) throws Exception {
        return centre.adminClient().post(path, JSON, CentreAnswers.json(body));
    }

    private static void held(String number, String value) throws Exception {
        ok(post(
                "/api/cases",
                Map.of("number", number, "title", "A case", "type", "phishing", "values", List.of(value))));
        ok(post("/api/cases/" + number + "/hold", Map.of("reason", "court order 7")));
    }

    private static String submitted(RunningCentre where, String value, Tlp tlp) throws Exception {
        String id = RunningCentre.freshId();
        JsonNode answer = ok(where.adminClient()
                .post(
                        "/api/objects",
                        JSON,
                        RunningCentre.indicator(id, value, tlp, 1).getBytes(StandardCharsets.UTF_8)));
        assertEquals(1, answer.path("accepted").asInt(), answer::toString);
        return id;
    }

    private Page page(String account, String route) {
        return browser.signIn(
                centre, account, route, "en", ColorScheme.LIGHT, options -> options.setViewportSize(1440, 900));
    }

    private static Locator dialog(Page page) {
        return page.locator("k-dialog[open]");
    }

    private static Locator row(Page page, String part, String text) {
        return page.locator("koprik-retention-" + part + " tbody tr")
                .filter(new Locator.FilterOptions().setHasText(text));
    }

    private static void closed(Page page) {
        dialog(page).waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
    }

    @Test
    @Tag("long")
    void anOperatorSeesWhatIsDueAndRunsIt() throws Exception {
        Page page = page("olga", "#/retention");
        Locator facts = page.locator("koprik-retention-due dl");
        assertThat(facts).containsText("Due now1");
        assertThat(facts).containsText("Within 30 days1");
        assertThat(facts).containsText("Stopped by a legal hold1");
        assertThat(row(page, "due", "TLP:GREEN: kept for 30 days").last()).containsText("later");
        assertThat(row(page, "due", "legal hold")).containsText("TLP:AMBER: kept for 10 days");
        assertEquals(0, page.locator("koprik-retention-due a[href*=cases]").count(), "operators do not see the case");
        browser.axe(page);
        browser.fits(page);
        browser.screenshot(page, "retention");
        page.locator("koprik-retention-due k-field[name=days] select").selectOption("7");
        assertThat(facts).containsText("Within 7 days0");
        assertTrue(page.url().endsWith("days=7"), page.url());

        page.locator("k-button#run button").click();
        assertThat(dialog(page)).containsText("1 object is due. A legal hold stops 1.");
        assertThat(dialog(page)).containsText("nobody can take that back");
        browser.axe(page);
        dialog(page).locator("k-button#sure button").click();
        assertThat(facts).containsText("Due now0");
        assertEquals(410, centre.adminClient().get("/api/objects/" + due).status());
        assertEquals(200, centre.adminClient().get("/api/objects/" + held).status());
        page.locator("k-tabs [data-id=runs]").click();
        Locator run = row(page, "runs", "olga");
        assertThat(run).containsText("TLP:AMBER: kept for 10 days – 1");
        assertThat(row(page, "runs", "daily run").first()).isVisible();
        browser.axe(page);
        page.locator("k-tabs [data-id=erasures]").click();
        browser.expect("410 GET .*/api/objects/[^/]*$");
        Locator erasure = row(page, "erasures", "TLP:AMBER: kept for 10 days");
        erasure.locator("a").click();
        assertThat(page.locator("koprik-erased k-banner")).containsText("TLP:AMBER: kept for 10 days");
        assertEquals(200, centre.adminClient().get("/api/objects/" + later).status());
    }

    @Test
    @Tag("long")
    void theKeyboardAloneErasesAnObjectOnOrder() throws Exception {
        String reason = InjectionTest.attack("erasure");
        String id = submitted(centre, "198.51.100.10", Tlp.CLEAR);
        Page page = page("olga", "#/retention");
        page.locator("koprik-retention-due").waitFor();
        page.keyboard().press("e");
        dialog(page).waitFor();
        page.keyboard().insertText("indicator--1");
        assertThat(dialog(page).locator("k-field[name=id] input")).hasValue("indicator--1");
        page.keyboard().press("Tab");
        page.keyboard().press("Enter");
        assertThat(dialog(page)).containsText("Write an id such as");
        assertThat(dialog(page)).containsText("Give the reason.");
        browser.axe(page);
        page.keyboard().insertText(reason);
        Locator field = dialog(page).locator("k-field[name=id] input");
        field.fill(held);
        browser.expect("409 POST .*/api/erasures$");
        dialog(page).locator("k-button#sure button").focus();
        page.keyboard().press("Enter");
        assertThat(dialog(page).locator("k-problem")).containsText("a legal hold stops the erasure");
        browser.axe(page);
        field.fill(id);
        dialog(page).locator("k-button#sure button").focus();
        page.keyboard().press("Enter");
        closed(page);
        assertEquals(410, centre.adminClient().get("/api/objects/" + id).status());
        Browser.go(page, "retention?tab=erasures");
        assertThat(row(page, "erasures", "Order:")).containsText(reason);
        InjectionTest.isText(page, "erasures");
        browser.expect("410 GET .*/api/objects/[^/]*$");
        row(page, "erasures", "Order:").locator("a").click();
        page.locator("koprik-erased").waitFor();
        InjectionTest.isText(page, "erased object");
    }

    @Test
    void aFailureOfOnePartLeavesTheOther() {
        Page page = page("olga", "#/help");
        browser.expect("503 GET .*/api/retention\\?days=30$");
        page.route(
                "**/api/retention?days=30",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setStatus(503)
                        .setContentType("application/problem+json")
                        .setBody(UNAVAILABLE)));
        Browser.go(page, "retention");
        page.locator("koprik-retention k-problem").waitFor();
        assertThat(page.locator("k-button#run button")).isDisabled();
        browser.axe(page);
        page.locator("k-tabs [data-id=erasures]").click();
        page.locator("koprik-retention-erasures").waitFor();
        assertEquals(0, page.locator("koprik-retention k-problem").count());
        page.locator("k-tabs [data-id=due]").click();
        page.unroute("**/api/retention?days=30");
        page.locator("k-problem k-button button").click();
        page.locator("koprik-retention-due dl").waitFor();
    }

    @Test
    void whoMayNotOperateDoesNotSeeIt() {
        Page page = page("anna", "#/retention");
        page.locator("koprik-rail").waitFor();
        page.getByText("Your role does not include this screen").waitFor();
        assertEquals(0, page.locator("koprik-rail a[href='#/retention']").count());
        assertEquals(0, page.locator("koprik-retention").count());
    }

    @Test
    void aRunWaitsForASecondPerson() throws Exception {
        RunningCentre two = centres.init("seoul")
                .withPeople()
                .withConfig("two_persons: false", "two_persons: true")
                .withAccount("olga", Role.OPERATOR)
                .withAccount("bela", Role.ADMIN);
        two.start();
        String id = submitted(two, "198.51.100.7", Tlp.AMBER);
        Page olga = browser.signIn(two, "olga", "#/retention", "en", ColorScheme.LIGHT);
        assertThat(olga.locator("koprik-retention-due")).containsText("Nothing is due within 30 days");
        browser.axe(olga);
        browser.expect("409 POST .*/api/(retention|erasures)$");
        olga.keyboard().press("r");
        dialog(olga).locator("k-button#sure button").click();
        assertThat(dialog(olga).locator("k-problem section")).hasAttribute("role", "status");
        dialog(olga).locator("k-button button").first().click();
        closed(olga);
        olga.locator("k-button#erase button").click();
        dialog(olga).locator("k-field[name=id] input").fill(id);
        dialog(olga).locator("k-field[name=reason] input").fill("court order 9");
        dialog(olga).locator("k-button#sure button").click();
        assertThat(dialog(olga).locator("k-problem section")).hasAttribute("role", "status");
        Page bela = browser.signIn(two, "bela", "#/operations?tab=acts", "en", ColorScheme.LIGHT);
        assertThat(bela.locator("koprik-acts")).containsText("Erase what is due now");
        bela.locator("koprik-acts article")
                .filter(new Locator.FilterOptions().setHasText("Erase 1 object for good"))
                .locator("k-button#confirm button")
                .click();
        dialog(bela).locator("k-button#sure button").click();
        RunningCentre.await(() -> two.adminClient().get("/api/objects/" + id).status() == 410);
    }

    @Test
    @Tag("long")
    void everyPartFitsInEveryLanguageAndAxeFindsNothing() {
        for (String language : Browser.LANGUAGES) {
            ColorScheme scheme = List.of("ru", "ko").contains(language) ? ColorScheme.DARK : ColorScheme.LIGHT;
            Page page = browser.signIn(centre, "olga", "#/help", language, scheme);
            for (int width : new int[] {1440, 390}) {
                page.setViewportSize(width, 900);
                for (String tab : List.of("due", "runs", "erasures")) {
                    Browser.go(page, "retention?tab=" + tab);
                    seen(
                            page,
                            tab + "-" + language + "-" + width + "-"
                                    + scheme.name().toLowerCase(Locale.ROOT));
                }
                for (String act : List.of("run", "erase")) {
                    page.locator("k-button#" + act + " button").click();
                    dialog(page).waitFor();
                    seen(page, act + "-" + language + "-" + width);
                    page.keyboard().press("Escape");
                    closed(page);
                }
            }
            page.close();
        }
    }

    private void seen(Page page, String name) {
        browser.fits(page);
        browser.axe(page);
        browser.screenshot(page, "retention-" + name);
    }
}
