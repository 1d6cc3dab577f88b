package uz.koprik.gateway.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAnswers;

/** The access record on the screen: an auditor asks who looked at a value, by mouse and by keyboard. */
final class AccessScreenTest {

    private static final String ROUTE = "#/access";

    @RegisterExtension
    static final Centres centres = new Centres();

    private static RunningCentre centre;

    @RegisterExtension
    final Browser browser = new Browser();

    @BeforeAll
    static void start() throws Exception {
        centre = centres.init("tashkent")
                .withPeople()
                .withAccount("anna", Role.ANALYST)
                .withAccount("rustam", Role.AUDITOR)
                .start();
        for (int i = 0; i < 60; i++) {
            centre.clientOf("anna").get("/api/search?q=host-" + i + ".example.com");
        }
        centre.clientOf("anna")
                .post(
                        "/api/search/values",
                        "text/plain",
                        "paid to mule.example.com and 198.51.100.7".getBytes(StandardCharsets.UTF_8));
        centre.clientOf("anna").get("/api/search?q=" + CentreAnswers.encoded("<img src=x onerror=alert(1)>"));
        assertEquals(404, centre.clientOf("anna").get("/api/cases/none").status());
    }

    private Page page(String route, String language, ColorScheme scheme, int width) {
        Page page = browser.signIn(
                centre, "rustam", route, language, scheme, options -> options.setViewportSize(width, 800));
        page.locator("koprik-access k-table tbody tr").first().waitFor();
        Browser.settled(page);
        return page;
    }

    private static Locator rows(Page page) {
        return page.locator("koprik-access k-table tbody tr");
    }

    @Test
    void whoLookedAtAValueIsAskedByKeyboardAlone() {
        Page page = page(ROUTE, "en", ColorScheme.LIGHT, 1280);
        page.locator("k-field#value input").focus();
        page.keyboard().type("mule[.]example[.]com");
        page.keyboard().press("Enter");
        page.waitForURL(url -> url.contains("value=mule"));
        rows(page)
                .filter(new Locator.FilterOptions().setHasText("POST /api/search/values"))
                .first()
                .waitFor();
        assertTrue(rows(page)
                        .filter(new Locator.FilterOptions().setHasText("anna"))
                        .count()
                >= 1);
        rows(page)
                .filter(new Locator.FilterOptions().setHasText("anna"))
                .first()
                .focus();
        page.keyboard().press("Enter");
        Locator panel = page.locator("koprik-access k-panel");
        panel.waitFor();
        assertTrue(panel.locator("k-value").count() == 2, panel.textContent());
        browser.axe(page);
        browser.fits(page);
        page.keyboard().press("Escape");
        page.waitForURL(url -> !url.contains("entry="));
        page.goBack();
        panel.waitFor();
    }

    @Test
    @Tag("long")
    void olderEntriesFollowByKey() {
        Page page = page(ROUTE + "?account=anna", "en", ColorScheme.LIGHT, 1280);
        assertEquals(50, rows(page).count());
        page.locator("koprik-access k-pager k-button").click();
        page.waitForCondition(() -> rows(page).count() > 50);
        assertTrue(
                rows(page).first().textContent().contains("Refused (404)"),
                rows(page).first().textContent());
    }

    @Test
    @Tag("long")
    void aFilterIsAChipThatCanBeRemoved() {
        Page page = page(ROUTE + "?account=anna&route=/api/cases", "en", ColorScheme.LIGHT, 1280);
        assertEquals(1, rows(page).count());
        page.locator("koprik-access-filters k-chip").last().locator("button").click();
        page.waitForCondition(() -> rows(page).count() == 50);
        assertTrue(page.url().contains("account=anna") && !page.url().contains("route="), page.url());
    }

    @Test
    @Tag("long")
    void nothingFoundAndAWrongValueAreSaid() {
        browser.expect("400 GET .*/api/access");
        Page page = page(ROUTE, "en", ColorScheme.LIGHT, 1280);
        page.navigate(centre.peopleUrl() + "/console/" + ROUTE + "?value=nobody.example.net&account=anna");
        page.locator("koprik-access k-empty").waitFor();
        page.navigate(centre.peopleUrl() + "/console/" + ROUTE + "?value=%3F");
        page.locator("koprik-access k-problem").waitFor();
    }

    @Test
    @Tag("long")
    void itFitsInEveryLanguage() {
        for (String language : Browser.LANGUAGES) {
            for (int width : List.of(1280, 400)) {
                Page page = page(ROUTE, language, ColorScheme.LIGHT, width);
                browser.fits(page);
                browser.screenshot(page, "access-" + language + "-" + width);
                page.close();
            }
        }
    }

    @Test
    @Tag("long")
    void axeFindsNothingInLightAndDark() {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            Page page = page(ROUTE + "?account=anna", "en", scheme, 1280);
            browser.axe(page);
            browser.screenshot(page, "access-" + scheme.name().toLowerCase(Locale.ROOT));
        }
    }

    @Test
    @Tag("long")
    void othersAreToldThatTheyHaveNoRight() {
        Page page = browser.signIn(centre, "anna", ROUTE, "en", ColorScheme.LIGHT);
        page.getByText("Auditors alone have it").waitFor();
        assertEquals(0, page.locator("koprik-access").count());
    }
}
