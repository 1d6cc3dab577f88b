package uz.koprik.gateway.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.gateway.agreements.HomeAgreements;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAnswers;

/** Where an agreement asks for a purpose, people say one once, and a chip in the top bar shows it. */
final class PurposeScreenTest {

    private static final String PURPOSE = "investigation of phishing";

    @RegisterExtension
    static final Centres centres = new Centres();

    @RegisterExtension
    final Browser browser = new Browser();

    private static RunningCentre centre;

    @BeforeAll
    static void start() throws Exception {
        centre = centres.init("tashkent")
                .withPeople()
                .withAccount("anna", Role.ANALYST)
                .withAccount("audit", Role.AUDITOR);
        CentreKeys budapest = centre.partner("budapest", true);
        new HomeAgreements(centre.home())
                .signAsking(
                        "budapest", budapest, List.of(PURPOSE), Instant.now().plus(Duration.ofDays(90)));
        centre.start();
        RunningCentre.ok(centre.adminClient()
                .post(
                        "/api/cases",
                        "application/json",
                        CentreAnswers.json(Map.of("number", "F-1", "title", "Calls", "type", "phishing"))));
    }

    @Test
    void aPurposeIsSaidOnceAndEachRequestCarriesIt() {
        Page page = browser.signIn(centre, "anna", "#/help", "en", ColorScheme.LIGHT);
        Locator chip = page.locator("koprik-purpose k-button#purpose");
        chip.getByText("No purpose given").waitFor();
        chip.locator("button").click();
        page.getByText("Personal data from budapest is left out, if there is any.")
                .waitFor();
        browser.axe(page);
        browser.expect("400 GET .*/api/purposes$");
        page.locator("koprik-purpose k-field[name=case] input").fill("F-9");
        page.locator("koprik-purpose k-button#set button").click();
        page.getByText("The purpose is not accepted").waitFor();
        page.locator("koprik-purpose k-field[name=case] input").fill("F-1");
        page.locator("koprik-purpose k-button#set button").click();
        chip.getByText(PURPOSE + " · case F-1").waitFor();
        browser.axe(page);
        browser.fits(page);
        JsonNode entries = RunningCentre.ok(centre.clientOf("audit").get("/api/access?account=anna&limit=50"))
                .path("entries");
        assertTrue(entries.findValuesAsText("purpose").contains(PURPOSE), entries::toString);
        chip.locator("button").click();
        page.locator("koprik-purpose k-button#clear button").click();
        chip.getByText("No purpose given").waitFor();
        assertEquals(1, page.locator("koprik-purpose").count());
    }
}
