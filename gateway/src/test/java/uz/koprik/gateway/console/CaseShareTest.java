package uz.koprik.gateway.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uz.koprik.gateway.centre.RunningCentre.ok;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.cli.CentreAnswers;

/** A part of a case is shared in a browser: the preview says who would get it, and that holds. */
final class CaseShareTest {

    private static final String NUMBER = "T-2026-777";
    private static final Pattern ALL_OF_THEM = Pattern.compile("([1-9]\\d*) of \\1");
    private static final String VICTIM = "+998901234567";

    @RegisterExtension
    static final Centres centres = new Centres();

    private static KnownMatters matters;

    @RegisterExtension
    final Browser browser = new Browser();

    @BeforeAll
    static void start() throws Exception {
        matters = KnownMatters.start(centres);
        post("/api/cases", Map.of("number", NUMBER, "title", "Calls of a false bank clerk", "type", "vishing"));
        observe("infrastructure", "share.example.com", "198.51.100.80");
        observe("victim", VICTIM);
    }

    private static void observe(String role, String... values) {
        post("/api/cases/" + NUMBER + "/observables", Map.of("values", List.of(values), "role", role));
    }

    private static JsonNode post(String path, Map<String, ?> form) {
        return ok(matters.admin.post(path, "application/json", CentreAnswers.json(form)));
    }

    private static Locator dialog(Page page) {
        return page.locator("koprik-case-share k-dialog[open]");
    }

    private static Locator press(Page page, String name) {
        return dialog(page).locator("k-button", new Locator.LocatorOptions().setHasText(name));
    }

    private static Locator partner(Page page, String name) {
        return dialog(page).locator("koprik-forecast li", new Locator.LocatorOptions().setHasText(name));
    }

    private Page page(String language, ColorScheme scheme, int width) {
        Page page = browser.signIn(
                matters.centre,
                "anna",
                "#/cases/" + NUMBER,
                language,
                scheme,
                options -> options.setViewportSize(width, 900));
        page.locator("koprik-case-values k-value").first().waitFor();
        return page;
    }

    @Test
    void thePreviewSaysWhoGetsItAndWhatWasSharedIsThat() {
        Page page = page("en", ColorScheme.LIGHT, 1280);
        page.locator("koprik-case k-button[icon=share]").first().click();
        press(page, "Show who gets it").click();
        assertThat(partner(page, "budapest").locator("k-badge")).hasText(ALL_OF_THEM);
        assertThat(partner(page, "seoul").locator("k-badge")).containsText("0 of");
        assertThat(partner(page, "seoul")).containsText("ended");
        assertThat(dialog(page)).containsText("indicator: 2");
        browser.axe(page);
        browser.fits(page);
        browser.screenshot(page, "case-share-preview");

        // A choice that changes makes the preview worth nothing.
        dialog(page).locator("k-field[type=select] select").first().selectOption("green");
        assertEquals(0, dialog(page).locator("koprik-forecast").count());
        assertEquals(0, press(page, "Sign and share").count(), "first the preview, then the signature");
        assertEquals(0, shares().size(), "a preview shares nothing");
        press(page, "Show who gets it").click();
        press(page, "Sign and share").click();
        dialog(page).waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
        page.locator("koprik-case k-tabs [data-id=shares]").click();
        page.locator("koprik-case-shares li.share").waitFor();
        assertThat(page.locator("koprik-case-shares li.share")).containsText("shared by anna");

        JsonNode share = shares().path(0);
        for (JsonNode id : share.path("objects")) {
            String explain = "/api/explain?id=" + id.asText() + "&to=";
            assertTrue(
                    ok(matters.admin.get(explain + "budapest")).path("released").asBoolean(), id::asText);
            assertFalse(
                    ok(matters.admin.get(explain + "seoul")).path("released").asBoolean(), id::asText);
            String said = matters.admin.get("/api/objects/" + id.asText()).text();
            assertFalse(said.contains(VICTIM), "the victim was not chosen");
        }
    }

    private static JsonNode shares() {
        return ok(matters.admin.get("/api/cases/" + NUMBER)).path("shares");
    }

    @Test
    @Tag("long")
    void thePreviewFitsInEveryLanguageAndAxeFindsNothing() {
        for (String language : Browser.LANGUAGES) {
            ColorScheme scheme = language.equals("ru") ? ColorScheme.DARK : ColorScheme.LIGHT;
            for (int width : new int[] {1280, 390}) {
                Page page = page(language, scheme, width);
                page.locator("koprik-case k-button[icon=share]").first().click();
                dialog(page).locator("k-button[variant=primary]").click();
                dialog(page).locator("koprik-forecast li").first().waitFor();
                browser.axe(page);
                browser.fits(page);
                browser.screenshot(page, "case-share-" + language + "-" + width);
                page.close();
            }
        }
    }
}
