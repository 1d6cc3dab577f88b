package uz.koprik.gateway.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.centre.Centres;

/** The search in a browser: completion, facets, histogram, excerpts, saved searches, export, pages. */
final class SearchScreenTest {

    @RegisterExtension
    static final Centres centres = new Centres();

    private static KnownMatters matters;

    @RegisterExtension
    final Browser browser = new Browser();

    @BeforeAll
    static void start() throws Exception {
        matters = KnownMatters.start(centres);
    }

    private Page page(String account, String route, String language, ColorScheme scheme) {
        Page page = browser.signIn(
                matters.centre, account, route, language, scheme, options -> options.setViewportSize(1280, 900));
        page.locator("koprik-search .total").waitFor();
        return page;
    }

    private Page page(String route) {
        return page("anna", route, "en", ColorScheme.LIGHT);
    }

    private static Locator hits(Page page) {
        return page.locator("koprik-search li.hit");
    }

    @Test
    void filtersAreCompletedByKeysAlone() {
        Page page = page("#/search");
        page.keyboard().type("fake ty");
        page.keyboard().press("ArrowDown");
        page.keyboard().press("Enter"); // type:
        page.keyboard().type("indic");
        page.keyboard().press("ArrowDown");
        page.keyboard().press("Enter"); // type:indicator
        page.keyboard().press("Enter");
        page.waitForURL(Pattern.compile(".*q=fake\\+type%3Aindicator.*"));
        assertThat(hits(page)).hasCount(2);
        assertThat(hits(page).last()).containsText("Fake bank login");
        assertThat(page.locator("koprik-search mark").first()).hasText("fake");
        browser.axe(page);
        browser.fits(page);
    }

    @Test
    @Tag("long")
    void aFacetNarrowsAndItsChipWidensAgain() {
        Page page = page("#/search?q=login.example.com");
        page.locator("koprik-search .choice", new Page.LocatorOptions().setHasText("budapest"))
                .first()
                .click();
        assertThat(hits(page)).hasCount(1);
        assertThat(hits(page)).containsText("Account that collected deposits");
        assertTrue(page.url().contains("from%3Abudapest"), page.url());
        page.locator("koprik-search k-chip button").click();
        assertThat(hits(page)).not().hasCount(1);
    }

    @Test
    @Tag("long")
    void aRangeOfTheHistogramIsChosenByDragging() {
        Page page = page("#/search?q=firibgarlik&by=day");
        BoundingBox plot = page.locator("koprik-histogram .plot").boundingBox();
        // The last bar is today, when the objects came.
        page.mouse().move(plot.x + plot.width - 4, plot.y + plot.height / 2);
        page.mouse().down();
        page.mouse().up();
        page.waitForURL(Pattern.compile(".*seen%3A\\d{4}-\\d\\d-\\d\\d.*"));
        assertThat(hits(page).first()).isVisible();
    }

    @Test
    @Tag("long")
    void moreIsReadByKeyAndTheAddressRepeatsIt() {
        Page page = page("#/search?q=firibgarlik");
        assertThat(hits(page)).hasCount(50);
        page.getByText("Show more").press("Enter");
        assertThat(hits(page)).hasCount(60);
        page.waitForURL(Pattern.compile(".*pages=2.*"));
        page.reload();
        assertThat(hits(page)).hasCount(60);
    }

    @Test
    void aPressIsAClickWhenTheListGrowsBeneathThePointer() {
        Page page = page("#/search?q=firibgarlik");
        Locator more = page.getByText("Show more");
        more.scrollIntoViewIfNeeded();
        BoundingBox button = more.boundingBox();
        page.mouse().move(button.x + button.width / 2, button.y + button.height / 2);
        page.mouse().down();
        hits(page).last().evaluate("row => { row.after(row.cloneNode(true), row.cloneNode(true)); }");
        page.mouse().up();
        page.waitForURL(Pattern.compile(".*pages=2.*"));
    }

    @Test
    @Tag("long")
    void aSearchIsKeptRunAndForgotten() {
        Page page = page("#/search?q=firibgarlik");
        page.getByText("Saved searches").first().click();
        Locator dialog = page.locator("koprik-saved-searches");
        dialog.locator("input").fill("weekly");
        dialog.locator("input").press("Enter");
        assertThat(dialog.locator("li")).containsText("weekly");
        dialog.getByText("Delete").click();
        assertThat(dialog.locator("li")).hasCount(0);
        dialog.locator("k-banner k-button").click();
        assertThat(dialog.locator("li")).containsText("weekly");
        dialog.getByText("Run").click();
        assertThat(hits(page).first()).isVisible();
    }

    @Test
    @Tag("long")
    void theExportIsExactlyTheResult() throws Exception {
        Page page = page("#/search?q=login.example.com");
        page.getByText("Export…").click();
        Locator dialog = page.locator("koprik-export");
        dialog.locator("select").selectOption("stix");
        assertThat(dialog.locator("dd").first())
                .hasText(page.locator("koprik-search .total").innerText().replaceAll("\\D", ""));
        Download file = page.waitForDownload(
                () -> dialog.locator("k-button[variant=primary]").click());
        String json = Files.readString(file.path());
        assertTrue(json.contains(matters.own) && json.contains(matters.partners) && json.contains("incident--"), json);
        assertFalse(json.contains("firibgarlik"), json);
    }

    @Test
    @Tag("long")
    void aWrongFilterIsNamedWithItsPlace() {
        browser.expect("400 GET .*/api/search");
        Page page = browser.signIn(matters.centre, "anna", "#/search?q=tlp%3Apurple", "en", ColorScheme.LIGHT);
        assertThat(page.locator("koprik-search k-problem")).containsText("at character 1: tlp:");
    }

    @Test
    @Tag("long")
    void nothingFoundSaysWhatToDo() {
        Page page = page("#/search?q=zebra");
        assertThat(page.locator("koprik-search k-empty")).containsText("Nothing found");
        assertEquals("0 objects", page.locator("koprik-search .total").innerText());
    }

    @Test
    @Tag("long")
    void everyLanguageFitsAndEveryThemeIsReadable() {
        for (String language : Browser.LANGUAGES) {
            Page page = page("anna", "#/search?q=login.example.com%20seen%3A%3E%3D2025", language, ColorScheme.LIGHT);
            hits(page).first().waitFor();
            browser.fits(page);
            browser.screenshot(page, "search-" + language);
        }
        for (ColorScheme scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
            Page page = page("anna", "#/search?q=bank", "en", scheme);
            hits(page).first().waitFor();
            browser.axe(page);
            browser.screenshot(page, "search-" + scheme.name());
        }
    }
}
