package uz.koprik.gateway.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAnswers;

/**
 * The release desk in a real browser: the queue, its panel, decisions by keyboard, and what other screens say of it.
 */
final class DeskScreenTest {

    private static final String JSON = "application/json";

    @RegisterExtension
    static final Centres centres = new Centres();

    private static RunningCentre tashkent;

    @RegisterExtension
    final Browser browser = new Browser();

    @BeforeAll
    static void start() throws Exception {
        tashkent = centres.init("tashkent")
                .withPeople()
                .withConfig("  desk: false", "  desk: true")
                .withAccount("anna", Role.ANALYST)
                .withAccount("botir", Role.RELEASER);
        tashkent.partner("budapest", true);
        tashkent.partner("seoul", true);
        tashkent.start();
    }

    private static JsonNode submit(String value) {
        return RunningCentre.ok(tashkent.clientOf("anna")
                        .post("/api/indicators", JSON, CentreAnswers.json(Map.of("value", value, "tlp", "green"))))
                .at("/objects/0");
    }

    private Page page(String account, String route, String language, ColorScheme scheme) {
        return browser.signIn(
                tashkent, account, route, language, scheme, options -> options.setViewportSize(1440, 900));
    }

    private static JsonNode outcome(String item) {
        return RunningCentre.ok(tashkent.clientOf("botir").get("/api/releases/" + item))
                .at("/release/outcome");
    }

    @Test
    void aReleaserDecidesByKeyboardAlone() {
        String first = submit("victim1@example.com").path("waits").asText();
        String second = submit("victim2@example.com").path("waits").asText();
        Page page = page("botir", "#/desk", "en", ColorScheme.LIGHT);
        page.locator("koprik-desk k-table tbody tr").first().waitFor();
        page.locator("koprik-rail .count").first().waitFor();
        browser.axe(page);
        browser.fits(page);
        page.locator("koprik-desk k-table tbody tr[data-id='" + first + "']").click();
        Locator panel = page.locator("koprik-desk-item");
        panel.getByText("victim1@example.com").first().waitFor();
        panel.getByText("names no purpose").first().waitFor();
        browser.axe(page);
        page.keyboard().press("a");
        panel.locator("k-dialog[open]").waitFor();
        browser.axe(page);
        browser.screenshot(page, "desk-approve");
        page.keyboard().insertText("checked with unit 3");
        page.keyboard().press("Enter");
        panel.getByText("Released", new Locator.GetByTextOptions().setExact(true))
                .first()
                .waitFor();
        assertEquals("released", outcome(first).path("outcome").asText());
        assertEquals("checked with unit 3", outcome(first).path("comment").asText());

        page.navigate(page.url().replace(first, second));
        panel.getByText("victim2@example.com").first().waitFor();
        page.keyboard().press("f");
        panel.locator("k-dialog[open]").waitFor();
        page.keyboard().press("Enter");
        page.keyboard().insertText("the victim is named");
        page.keyboard().press("Enter");
        panel.getByText("the victim is named").first().waitFor();
        assertEquals("refused", outcome(second).path("outcome").asText());
        page.locator("koprik-desk k-tabs button[data-id=decided]").click();
        page.locator("koprik-desk k-table").getByText("Refused").first().waitFor();
        browser.screenshot(page, "desk-decided");
    }

    @Test
    void theSubmitterSeesThatItWaitsAndWithdraws() {
        JsonNode outcome = submit("victim3@example.com");
        String item = outcome.path("waits").asText();
        Page page = page("anna", "#/objects/" + outcome.path("id").asText(), "en", ColorScheme.LIGHT);
        page.getByText("Held at the release desk since").first().waitFor();
        browser.axe(page);
        browser.screenshot(page, "desk-object");
        page.locator("koprik-object k-banner k-button a").first().click();
        page.locator("koprik-desk k-table tbody tr[data-id='" + item + "']").click();
        Locator panel = page.locator("koprik-desk-item");
        panel.getByText("another person has to release it").waitFor();
        page.keyboard().press("a"); // nobody releases an own submission
        page.keyboard().press("w");
        panel.locator("k-dialog[open]").waitFor();
        page.keyboard().press("Enter");
        panel.getByText("Withdrawn", new Locator.GetByTextOptions().setExact(true))
                .first()
                .waitFor();
        assertEquals("withdrawn", outcome(item).path("outcome").asText());
    }

    @Test
    void aReportSaysWhatWaits() {
        Page page = page("anna", "#/report", "en", ColorScheme.LIGHT);
        page.locator("koprik-report-source textarea").fill("victim4@example.com paid by shop.example.com");
        assertThat(page.locator(".send")).containsText("2 values");
        page.locator(".send k-button").click();
        page.getByText("waits for a releaser").first().waitFor();
        browser.axe(page);
        browser.screenshot(page, "desk-report");
    }

    @Test
    void aSearchSaysWhoWouldReceiveItsResult() {
        submit("victim5@example.com");
        submit("198.51.100.55");
        Page page = page("anna", "#/search?q=type:indicator", "en", ColorScheme.LIGHT);
        page.getByText("Who would receive these").click();
        Locator dialog = page.locator("koprik-forecast-dialog");
        dialog.getByText("within").first().waitFor();
        browser.axe(page);
        browser.screenshot(page, "desk-search");
        assertThat(dialog.locator("k-banner")).containsText("releaser");
    }

    @Test
    @Tag("long")
    void theDeskFitsInEveryLanguage() {
        String item = submit("victim6@example.com").path("waits").asText();
        for (String language : List.of("uz-Latn", "uz-Cyrl", "ru", "hu", "ko")) {
            Page page = page("botir", "#/desk/" + item, language, ColorScheme.DARK);
            page.locator("koprik-desk-item")
                    .getByText("victim6@example.com")
                    .first()
                    .waitFor();
            browser.axe(page);
            browser.fits(page);
            browser.screenshot(page, "desk-" + language);
            page.close();
        }
    }
}
