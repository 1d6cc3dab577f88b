package uz.koprik.gateway.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAnswers;

/** An agreement of three centres on the screen: Tashkent knows both others, which do not know each other. */
final class GroupAgreementScreenTest {

    private static final String JSON = "application/json";

    @RegisterExtension
    static final Centres centres = new Centres();

    @RegisterExtension
    final Browser browser = new Browser();

    @Test
    @Tag("long")
    void severalPartnersAreChosenAndTheVersionsShowWhoHasNotSigned() throws Exception {
        RunningCentre tashkent = centre("tashkent", "olim");
        RunningCentre budapest = centre("budapest", "bela");
        RunningCentre seoul = centre("seoul", "minjun");
        for (RunningCentre partner : List.of(budapest, seoul)) {
            tashkent.exchangeWith(partner);
        }
        RunningCentre.await(() -> agreements(tashkent).path("partners").size() == 2
                && agreements(budapest).path("partners").size() == 1
                && agreements(seoul).path("partners").size() == 1);

        Page page = page(tashkent, "olim", "#/agreements/budapest/propose?from=group", "en");
        page.locator("k-field[data-with=seoul] input").check();
        page.locator("k-field[name=with_seoul] textarea").waitFor();
        fill(page, "purposes", "investigation of phishing");
        fill(page, "until", LocalDate.now(ZoneOffset.UTC).plusDays(200).toString());
        fill(page, "legal_basis", "memorandum of 2 November 2026");
        fill(page, "own_contacts", "soc@tashkent.example.com");
        fill(page, "partner_contacts", "soc@budapest.example.com");
        fill(page, "with_seoul", "call us");
        page.locator("k-button#review button").click();
        page.locator("k-banner#faults").getByText("Article 10 (Contacts):").waitFor();
        fill(page, "with_seoul", "soc@seoul.example.com");
        page.locator("k-button#review button").click();
        Locator dialog = page.locator("k-dialog[open]");
        dialog.getByText("It holds once all have signed; one decline ends it.").waitFor();
        assertEquals(
                3,
                dialog.locator("koprik-agreement-text li[data-article='10'] dt").count());
        browser.axe(page);
        dialog.locator("k-button#sign button").click();
        page.locator("koprik-agreement-page .doing")
                .getByText("Not signed yet: Budapest, Seoul.")
                .waitFor();
        assertEquals(2, page.locator("koprik-agreement-versions li[data-party]").count());
        browser.axe(page);
        browser.screenshot(page, "agreement-group");

        RunningCentre.await(
                () -> waiting(budapest).has("sha256") && waiting(seoul).has("sha256"));
        Page there = page(budapest, "bela", "#/agreements/tashkent", "hu");
        Locator unverified = there.locator("koprik-agreement-versions li[data-party=seoul]");
        unverified.waitFor();
        assertTrue(unverified.textContent().contains("Itt nem ellenőrizhető"), unverified.textContent());
        there.locator("k-button#accept button").click();
        there.locator("koprik-agreement-act k-dialog[open]")
                .getByText("Akkor lép hatályba, ha minden fél aláírta")
                .waitFor();
        there.locator("koprik-agreement-act k-dialog[open] k-button#sign button")
                .click();
        there.locator("koprik-agreement-page .doing")
                .getByText("Még nem írta alá: ")
                .waitFor();
        assertEquals(0, there.locator("k-button#withdraw").count(), "only the proposer takes it back");

        page.locator("koprik-agreement-page .doing")
                .getByText("Not signed yet: Seoul.")
                .waitFor();
        JsonNode version = waiting(seoul);
        RunningCentre.ok(seoul.adminClient()
                .post(
                        "/api/agreements/" + version.at("/text/id").asText() + "/acceptance",
                        JSON,
                        CentreAnswers.json(
                                Map.of("sha256", version.path("sha256").asText()))));
        page.locator("koprik-agreement-page .paper k-badge[state=ok]").first().waitFor();
        changesContactsOfAllParties(page);
        page.locator("k-button#terminate button").click();
        page.locator("koprik-agreement-act k-dialog[open]")
                .getByText("You leave the agreement; between the others it goes on.")
                .waitFor();
        assertEquals("proposed", waiting(budapest).path("state").asText(), "one signature is not verified there");
    }

    /** A change has the contacts of the further party, which may be changed, too; it is not signed here. */
    private static void changesContactsOfAllParties(Page page) {
        String back = page.url();
        page.navigate(back + "/propose?from=change");
        Locator contacts = page.locator("k-field[name=with_seoul] textarea");
        contacts.waitFor();
        assertEquals("mailto:soc@seoul.example.com", contacts.inputValue());
        fill(page, "with_seoul", "duty@seoul.example.com");
        page.locator("k-button#review button").click();
        Locator listed = page.locator("k-dialog[open] koprik-agreement-text li[data-article='10']");
        assertThat(listed).containsText("duty@seoul.example.com");
        assertThat(listed.locator("dt")).hasCount(6); // three parties, before and after
        page.navigate(back);
    }

    private RunningCentre centre(String name, String operator) throws Exception {
        return centres.init(name)
                .withPeople()
                .withConfig("required: false", "required: true")
                .withAccount(operator, Role.OPERATOR)
                .start();
    }

    private static JsonNode agreements(RunningCentre centre) throws Exception {
        return RunningCentre.ok(centre.adminClient().get("/api/agreements"));
    }

    /** The newest version that a centre holds. */
    private static JsonNode waiting(RunningCentre centre) throws Exception {
        return agreements(centre).at("/agreements/0/versions/0");
    }

    private Page page(RunningCentre centre, String account, String route, String language) {
        return browser.signIn(
                centre, account, route, language, ColorScheme.LIGHT, options -> options.setViewportSize(1440, 900));
    }

    private static void fill(Page page, String field, String value) {
        page.locator("k-field[name=" + field + "]").locator("input, textarea").fill(value);
    }
}
