package uz.koprik.gateway.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.centre.Centres;

/** The graph in a browser: the list beside it, expanding, hiding, pinning, filters, pictures. */
final class GraphScreenTest {

    @RegisterExtension
    static final Centres centres = new Centres();

    private static KnownMatters matters;

    @RegisterExtension
    final Browser browser = new Browser();

    @BeforeAll
    static void start() throws Exception {
        matters = KnownMatters.start(centres);
    }

    private Page page(String query, String language, ColorScheme scheme) {
        Page page = browser.signIn(
                matters.centre,
                "anna",
                "#/graph/" + matters.own + query,
                language,
                scheme,
                options -> options.setViewportSize(1440, 900));
        page.locator("koprik-graph-canvas canvas").first().waitFor();
        return page;
    }

    private Page page() {
        return page("", "en", ColorScheme.LIGHT);
    }

    private static Locator listed(Page page, String text) {
        return page.locator("koprik-graph .nodes li", new Page.LocatorOptions().setHasText(text));
    }

    @Test
    void theListHasWhatThePictureShows() {
        Page page = page();
        assertThat(listed(page, "Fake bank login")).isVisible();
        assertThat(listed(page, "loader")).isVisible();
        assertThat(listed(page, "login[.]example[.]com")).isVisible();
        assertThat(listed(page, "T-2026-014")).isVisible();
        browser.axe(page);
        browser.fits(page);
    }

    @Test
    @Tag("long")
    void theLabelsOfAFewNodesAreReadWithoutZooming() {
        Object pixels = page().locator("koprik-graph-canvas")
                .evaluate(
                        """
                async (canvas) => {
                  canvas.nodes = canvas.nodes.slice(0, 5);
                  const few = new Set(canvas.nodes.map((node) => node.id));
                  canvas.edges = canvas.edges.filter((edge) => few.has(edge.from) && few.has(edge.to));
                  await canvas.updateComplete;
                  canvas.arrange();
                  const { cy } = canvas.shadowRoot.querySelector('.picture')._cyreg;
                  return cy.nodes().first().numericStyle('font-size') * cy.zoom();
                }""");
        assertTrue(((Number) pixels).doubleValue() >= 12, () -> "labels of " + pixels + " pixels");
    }

    @Test
    void aNodeIsExpandedHiddenAndShownAgainByKeys() {
        Page page = page();
        listed(page, "T-2026-014").locator("button").click();
        int before = page.locator("koprik-graph .nodes li").count();
        page.keyboard().press("e");
        assertThat(listed(page, KnownMatters.IBAN)).isVisible();
        assertTrue(page.locator("koprik-graph .nodes li").count() > before);
        assertTrue(page.url().contains("expand="), page.url());
        page.reload();
        assertThat(listed(page, KnownMatters.IBAN)).isVisible();
        listed(page, "loader").locator("button").click();
        page.keyboard().press("h");
        assertThat(listed(page, "loader")).hasCount(0);
        page.getByText("Show 1 hidden node").click();
        assertThat(listed(page, "loader")).hasCount(1);
    }

    @Test
    @Tag("long")
    void aTypeIsFilteredAndANodePinned() {
        Page page = page();
        page.locator("koprik-graph .filters k-button", new Page.LocatorOptions().setHasText("Malware"))
                .click();
        assertThat(listed(page, "loader")).hasCount(0);
        assertTrue(page.url().contains("without=object%3Amalware"), page.url());
        page.keyboard().press("p");
        assertTrue(page.url().contains("pin="), page.url());
    }

    @Test
    @Tag("long")
    void allIsShownAfterAnExpansionAlsoWhileAnEarlierMovementGoesOn() {
        Page page = browser.signIn(
                matters.centre,
                "anna",
                "#/graph/" + matters.own,
                "en",
                ColorScheme.LIGHT,
                options -> options.setViewportSize(1440, 900).setReducedMotion(ReducedMotion.NO_PREFERENCE));
        page.locator("koprik-graph-canvas canvas").first().waitFor();
        listed(page, "T-2026-014").locator("button").click();
        page.keyboard().press("e");
        assertThat(listed(page, KnownMatters.IBAN)).isVisible();
        Object outside = page.locator("koprik-graph-canvas")
                .evaluate(
                        """
                async (canvas) => {
                  const { cy } = canvas.shadowRoot.querySelector('.picture')._cyreg;
                  cy.zoom(4).pan({ x: -9000, y: -9000 }); // somebody looks at a corner …
                  canvas.selected = cy.nodes().last().id(); // … chooses a node, to which the picture begins to move …
                  await canvas.updateComplete;
                  canvas.arrange(); // … and wants to see all
                  await new Promise((done) => setTimeout(done, 600));
                  const inside = ({ x, y }) => x > 0 && y > 0 && x < cy.width() && y < cy.height();
                  return cy.nodes().filter((node) => !inside(node.renderedPosition())).map((node) => node.id());
                }""");
        assertEquals(List.of(), outside);
    }

    @Test
    @Tag("long")
    void moreNodesThanMoveSmoothlyAreCountedAndNotShown() {
        Object counts = page().evaluate(
                        """
                async () => {
                  const root = document.querySelector('script[type=module]').src;
                  const { GraphModel } = await import(new URL('graph/model.js', root));
                  const model = new GraphModel('n0');
                  const nodes = Array.from({ length: 600 }, (_, i) => ({ id: 'n' + i, type: 'malware', title: 't' }));
                  model.addGraph({ nodes, values: [], edges: [], cut: [] }, null);
                  return [model.nodes.size, model.refused];
                }""");
        assertEquals(List.of(500, 100), counts);
    }

    @Test
    @Tag("long")
    void thePictureIsSavedAsADrawingAndAsAPicture() throws Exception {
        Page page = page();
        page.locator("koprik-graph k-menu k-button").click();
        Download svg = page.waitForDownload(
                () -> page.locator("koprik-graph k-menu [role=menuitem]").nth(1).click());
        String drawing = Files.readString(svg.path());
        assertTrue(drawing.startsWith("<svg") && drawing.contains("login[.]example[.]com"), drawing);
        assertTrue(drawing.contains("indicates"), drawing);
        assertFalse(drawing.contains("style="), drawing);
        page.locator("koprik-graph k-menu k-button").click();
        Download png = page.waitForDownload(
                () -> page.locator("koprik-graph k-menu [role=menuitem]").nth(0).click());
        byte[] picture = Files.readAllBytes(png.path());
        assertEquals('P', picture[1]);
        assertTrue(picture.length > 5000, picture.length + " bytes");
    }

    @Test
    @Tag("long")
    void everyLanguageFitsAndEveryThemeIsReadable() {
        for (String language : Browser.LANGUAGES) {
            Page page = page("", language, ColorScheme.LIGHT);
            browser.fits(page);
            browser.screenshot(page, "graph-" + language);
        }
        for (ColorScheme scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
            Page page = page("", "en", scheme);
            browser.axe(page);
            browser.screenshot(page, "graph-" + scheme.name());
        }
    }
}
