package uz.koprik.gateway.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uz.koprik.gateway.centre.RunningCentre.ok;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;

/**
 * The network goes away while somebody works, or the centre does: the page says so, pretends nothing, keeps what was
 * typed, and goes on by itself.
 */
final class OfflineTest {

    private static final String AWAY = "The centre did not answer";

    @RegisterExtension
    static final Centres centres = new Centres();

    private static RunningCentre centre;
    private static CentreClient admin;

    @RegisterExtension
    final Browser browser = new Browser();

    @BeforeAll
    static void start() throws Exception {
        centre = CaseStories.start(centres);
        admin = centre.adminClient();
    }

    @BeforeEach
    void requestsFail() {
        browser.expect("ERR_INTERNET_DISCONNECTED");
    }

    private Page page(String route) {
        Page page = browser.signIn(centre, "anna", route, "en", ColorScheme.LIGHT);
        Browser.settled(page);
        return page;
    }

    private static void leave(Page page) {
        page.context().setOffline(true);
        page.locator("k-banner.offline").waitFor();
    }

    private static void comeBack(Page page) {
        page.context().setOffline(false);
        gone(page.locator("k-banner.offline"));
    }

    private static void gone(Locator what) {
        what.waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    private static Locator toast(Page page, String text) {
        return page.locator("k-toasts .toast", new Page.LocatorOptions().setHasText(text))
                .last();
    }

    private static JsonNode file() {
        return ok(admin.get("/api/cases/" + CaseStories.NUMBER));
    }

    private static boolean judged() {
        return admin.get("/api/cases/" + CaseStories.NUMBER + "/matches").text().contains("\"verdict\":{");
    }

    private static int open() {
        return ok(admin.get("/api/alerts/count?state=open")).path("count").asInt();
    }

    @Test
    void aCaseIsNeitherDecidedNorNotedAndTheNoteStaysInItsField() throws Exception {
        Page page = page("#/cases/" + CaseStories.NUMBER);
        Locator rows = page.locator("koprik-case-matches tbody tr");
        rows.first().waitFor();
        int before = rows.count();
        leave(page);
        page.keyboard().press("j");
        page.locator("koprik-case-matches tr.active").waitFor();
        page.keyboard().press("c");
        page.locator("koprik-case-matches k-problem").getByText(AWAY).waitFor();
        assertEquals(before, rows.count(), "nothing is decided on the screen");
        assertEquals(0, toast(page, "Confirmed").count());
        page.getByLabel("New note").fill("written on the train");
        button(page, "Write the note").click();
        page.locator("koprik-case-notes k-problem").getByText(AWAY).waitFor();
        assertEquals("written on the train", page.getByLabel("New note").inputValue());
        comeBack(page);
        assertEquals("written on the train", page.getByLabel("New note").inputValue());
        assertEquals(1, file().path("notes").size(), "nothing was sent behind the back of anybody");
        assertFalse(judged());
        button(page, "Write the note").click();
        page.locator("koprik-case-notes .text")
                .getByText("written on the train")
                .waitFor();
        assertEquals(2, file().path("notes").size());
    }

    @Test
    void anAlertStaysOpenAndTheButtonSaysWhy() throws Exception {
        Page page = page("#/alerts");
        page.locator("koprik-alert").last().scrollIntoViewIfNeeded();
        int before = open();
        leave(page);
        assertTrue(
                (Boolean)
                        page.locator("k-banner.offline")
                                .evaluate(
                                        """
                        banner => { const { top, bottom } = banner.getBoundingClientRect(); return top >= 48 && bottom <= innerHeight; }"""),
                "the banner is seen wherever the page is scrolled to");
        page.locator("koprik-alert").last().getByRole(AriaRole.BUTTON).last().click();
        toast(page, AWAY).waitFor();
        assertEquals(0, toast(page, "acknowledged").count());
        page.locator("koprik-alerts k-badge")
                .getByText("connection lost")
                .first()
                .waitFor();
        assertEquals(before, open());
        comeBack(page);
        gone(page.locator("koprik-alerts k-problem"));
        page.locator("koprik-alerts k-badge")
                .getByText("live", new Locator.GetByTextOptions().setExact(true))
                .first()
                .waitFor();
        page.locator("koprik-alert").last().getByRole(AriaRole.BUTTON).last().click();
        toast(page, "1 alert acknowledged").waitFor();
        assertEquals(before - 1, open());
        page.locator("koprik-rail a", new Page.LocatorOptions().setHasText("Cases"))
                .click();
        page.locator("koprik-case-list tbody tr").first().waitFor();
        leave(page);
        button(page, "Undo").click();
        toast(page, AWAY).waitFor();
        assertEquals(before - 1, open(), "what was not taken back is said, also when its screen was left");
        comeBack(page);
    }

    @Test
    void aQuestionIsAnsweredWhenTheCentreIsBack() {
        Page page = page("#/lookup");
        leave(page);
        page.locator("koprik-lookup textarea").fill("login.example.com");
        button(page, "Look up").last().click();
        page.locator("koprik-lookup k-problem").getByText(AWAY).waitFor();
        comeBack(page);
        page.locator("koprik-lookup li.value")
                .getByText("In 1 case")
                .or(page.locator("koprik-lookup li.value"))
                .first()
                .waitFor();
        assertEquals(0, page.locator("koprik-lookup k-problem").count());
    }

    @Test
    @Tag("long")
    void aScreenThatIsOpenedForTheFirstTimeComesByItself() {
        Page page = page("#/lookup");
        leave(page);
        page.locator("koprik-rail a", new Page.LocatorOptions().setHasText("Search"))
                .click();
        page.locator("main k-problem").getByText(AWAY).waitFor();
        comeBack(page);
        page.locator("koprik-search k-problem")
                .or(page.locator("koprik-search h1"))
                .first()
                .waitFor();
        assertEquals(0, page.locator("k-problem").count());
    }

    @Test
    @Tag("long")
    void aReportIsNotSentLaterByItself() throws Exception {
        Page page = page("#/report");
        Locator box = page.locator("koprik-report-source textarea");
        box.fill("train.example.com");
        button(page, "Sign and send").waitFor();
        leave(page);
        button(page, "Sign and send").click();
        // The preview of recipients, which may not have come yet, says it as well.
        page.locator("koprik-report-composer k-problem").getByText(AWAY).first().waitFor();
        comeBack(page);
        page.waitForTimeout(1_500); // nothing may happen, so there is nothing to wait for
        assertEquals(0, hits("train.example.com"));
        assertEquals("train.example.com", box.inputValue());
        button(page, "Sign and send").click();
        page.locator("koprik-report-outcome").waitFor();
        assertEquals(1, hits("train.example.com"));
    }

    private static int hits(String value) {
        return ok(admin.get("/api/search?q=" + CentreAnswers.encoded("\"" + value + "\"")))
                .path("total")
                .asInt();
    }

    @Test
    @Tag("long")
    void whoPressesSignOutIsToldThatTheSessionGoesOn() {
        Page page = page("#/account");
        leave(page);
        page.locator("koprik-bar k-menu").last().click();
        page.getByText("Sign out", new Page.GetByTextOptions().setExact(true)).click();
        toast(page, "You are still signed in").waitFor();
        page.locator("koprik-account").getByLabel("Language").selectOption("ko");
        toast(page, "The language could not be loaded").waitFor();
        page.locator("koprik-account").getByLabel("Light or dark").selectOption("dark");
        toast(page, AWAY).waitFor();
        comeBack(page);
        page.locator("koprik-account h1").waitFor();
    }

    @Test
    @Tag("long")
    void theWallSaysThatItIsOldAndAsksOnceAtATimeWhenItIsBack() {
        Page page = page("#/situation");
        page.locator("koprik-situation header h1").waitFor();
        page.locator("koprik-situation .crimes").getByText("money mule").waitFor(); // in words, not its code
        leave(page);
        page.locator("koprik-situation .state.danger").waitFor();
        comeBack(page);
        gone(page.locator("koprik-situation .state.danger"));
    }

    @Test
    @Tag("long")
    void eachScreenComesBackAfterTheCentreWasRestarted() throws Exception {
        browser.expect("ERR_CONNECTION_(REFUSED|RESET|CLOSED)|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE_CHUNKED|^50[0-9] ");
        RunningCentre own = centres.init("seoul")
                .withPeople()
                .withAccount("anna", Role.ADMIN)
                .start();
        int port = URI.create(own.peopleUrl()).getPort();
        own.stop();
        own.withConfig(yaml ->
                        yaml.replaceFirst("(?m)^people:\\n((?:.*\\n)*?)  port: 0$", "people:\n$1  port: " + port))
                .start();
        CentreClient client = own.adminClient();
        ok(CaseStories.post(
                client,
                "/api/cases",
                Map.of("number", "S-1", "title", "A case", "values", List.of("one.example.com"))));
        List<String> routes = List.of(
                "#/alerts", "#/cases/S-1", "#/partners", "#/operations", "#/situation", "#/search?q=kind:domain");
        List<Page> pages = routes.stream()
                .map(route -> browser.signIn(own, "anna", route, "en", ColorScheme.LIGHT))
                .toList();
        pages.forEach(Browser::settled);
        own.stop();
        for (Page page : pages) {
            page.evaluate(
                    "() => document.querySelector('koprik-console').shadowRoot.querySelector('koprik-rail') && fetch('/api/account').catch(() => {})");
            page.locator("koprik-rail a", new Page.LocatorOptions().setHasText("Cases"))
                    .click();
            page.locator("k-banner.offline").waitFor();
            page.goBack();
        }
        own.start();
        for (Page page : pages) {
            gone(page.locator("k-banner.offline"));
            Browser.settled(page);
            assertEquals(0, page.locator("main k-problem").count(), page.url());
        }
        ok(CaseStories.post(
                own.adminClient(), "/api/indicators", Map.of("value", "one.example.com", "name", "After the restart")));
        pages.getFirst().locator("koprik-alert").getByText("After the restart").waitFor();
    }
}
