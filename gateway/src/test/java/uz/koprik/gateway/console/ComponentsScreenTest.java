package uz.koprik.gateway.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;

/** The page of all components: six languages, light and dark, three sizes, keyboard only. */
final class ComponentsScreenTest {

    private static final String ROUTE = "#/components";

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
                .withAccount("boris", Role.ANALYST)
                .start();
    }

    private Page page(String language, ColorScheme scheme, int width, int height) {
        Page page = browser.signIn(
                centre, "anna", ROUTE, language, scheme, options -> options.setViewportSize(width, height));
        shown(page);
        return page;
    }

    private static void shown(Page page) {
        page.locator("k-timeline li").last().waitFor();
        Browser.settled(page);
    }

    @Test
    @Tag("long")
    void itFitsInEveryLanguageAndSize() {
        for (String language : Browser.LANGUAGES) {
            Page page = page(language, ColorScheme.LIGHT, 1280, 720);
            assertEquals(language, page.locator("html").getAttribute("lang"));
            for (int width : new int[] {1280, 1920, 400}) {
                page.setViewportSize(width, width * 9 / 16);
                browser.fits(page);
                browser.screenshot(page, "components-" + language + "-" + width);
            }
            page.close();
        }
    }

    @Test
    @Tag("long")
    void axeFindsNothingInLightAndDark() {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            Page page = page("en", scheme, 1280, 720);
            browser.axe(page);
            browser.screenshot(page, "components-" + scheme.name().toLowerCase(Locale.ROOT));
            page.locator("#dialog").click();
            page.locator("dialog[open] h2").waitFor();
            browser.axe(page);
            browser.screenshot(page, "dialog-" + scheme.name().toLowerCase(Locale.ROOT));
            page.close();
        }
    }

    @Test
    @Tag("long")
    void everyTargetIsLargeEnough() {
        Page page = page("en", ColorScheme.LIGHT, 1280, 720);
        Object small = page.evaluate(
                """
                () => {
                  const found = [];
                  const visit = (root) => root.querySelectorAll('*').forEach((element) => {
                    if (element.shadowRoot) visit(element.shadowRoot);
                    if (!element.matches('button, a, select, input:not([type=checkbox]), summary, [role=tab]')) return;
                    const box = element.getBoundingClientRect();
                    if (box.width > 0 && (box.width < 24 || box.height < 24)) {
                      found.push(element.outerHTML.slice(0, 120) + ' ' + box.width + ' × ' + box.height);
                    }
                  });
                  visit(document);
                  return found;
                }""");
        assertEquals(List.of(), small);
    }

    @Test
    void aDialogTakesTheFocusAndReturnsItByKeyboardAlone() {
        Page page = page("en", ColorScheme.LIGHT, 1280, 720);
        page.locator("#dialog").focus();
        page.keyboard().press("Enter");
        page.locator("dialog[open]").waitFor();
        assertEquals("H2", focused(page));
        page.keyboard().press("Escape");
        page.locator("dialog[open]").waitFor(gone());
        assertEquals("K-BUTTON#dialog", page.evaluate(OUTER_FOCUS));
    }

    @Test
    @Tag("long")
    void rowsMoveSelectAndOpenByKeyInEveryKeyboardLayout() {
        Page page = page("ru", ColorScheme.LIGHT, 1280, 720);
        // A Cyrillic keyboard sends the letter о for the key J.
        page.evaluate("() => document.body.dispatchEvent(new KeyboardEvent('keydown',"
                + " {key: 'о', code: 'KeyJ', bubbles: true, composed: true}))");
        Locator first = page.locator("k-table tbody tr").first();
        page.locator("k-table tr.active").waitFor();
        assertTrue(first.getAttribute("class").contains("active"));
        page.keyboard().press("j");
        assertTrue(page.locator("k-table tbody tr").nth(1).getAttribute("class").contains("active"));
        page.keyboard().press("k");
        page.keyboard().press("x");
        assertTrue(first.getAttribute("class").contains("chosen"));
        page.keyboard().press("Enter");
        page.locator("k-panel h2").waitFor();
        page.keyboard().press("Escape");
        page.locator("k-panel").waitFor(gone());
    }

    @Test
    @Tag("long")
    void lettersInAFieldAreTextAndTheListOfKeysOpensByQuestionMark() {
        Page page = page("en", ColorScheme.LIGHT, 1280, 720);
        Locator name = page.locator("k-field input").first();
        name.fill("");
        name.press("j");
        name.press("?");
        assertEquals("j?", name.inputValue());
        assertEquals(0, page.locator("k-table tr.active").count());
        page.locator("h1").first().click();
        page.keyboard().press("?");
        page.locator("koprik-keylist dialog[open]").waitFor();
        assertTrue(page.locator("koprik-keylist dl").first().innerText().contains("Next row"));
        page.keyboard().press("Escape");
        page.locator("koprik-keylist dialog[open]").waitFor(gone());
    }

    @Test
    @Tag("long")
    void anUndoIsInReachForAsLongAsItsMessage() {
        Page page = page("en", ColorScheme.LIGHT, 1280, 720);
        page.locator("#toast").click();
        page.locator("k-toasts .undo").waitFor();
        page.locator("h1").first().click();
        page.keyboard().press("u");
        page.getByText("Done", new Page.GetByTextOptions().setExact(true)).waitFor();
        assertEquals(0, page.locator("k-toasts .undo").count());
    }

    @Test
    @Tag("long")
    void theLanguageChangesInPlaceAndGoesWithTheAccount() {
        Page page = browser.signIn(centre, "boris", ROUTE, "en", ColorScheme.LIGHT);
        shown(page);
        page.locator("k-field input").first().fill("kept");
        page.locator("koprik-bar k-menu").first().click();
        page.waitForResponse(
                "**/api/account/preferences", () -> page.getByText("한국어").click());
        page.getByText("구성 요소", new Page.GetByTextOptions().setExact(true))
                .first()
                .waitFor();
        assertEquals("ko", page.locator("html").getAttribute("lang"));
        assertEquals("kept", page.locator("k-field input").first().inputValue());
        Page other = browser.signIn(centre, "boris", ROUTE, "en", ColorScheme.LIGHT);
        shown(other);
        other.getByText("구성 요소", new Page.GetByTextOptions().setExact(true))
                .first()
                .waitFor();
        page.reload();
        shown(page);
        assertEquals("ko", page.locator("html").getAttribute("lang"));
    }

    @Test
    void aValueIsDefangedOnScreenAndCopiedAsItIs() {
        Page page = page("en", ColorScheme.LIGHT, 1280, 720);
        Locator value = page.locator("k-table k-value").nth(1);
        assertTrue(value.locator("code").innerText().startsWith("hxxp://login[.]example[.]com/verify"));
        assertEquals(0, value.locator("a").count());
        value.locator("button").click();
        page.getByText("Copied").waitFor();
        assertTrue(page.evaluate("() => navigator.clipboard.readText()")
                .toString()
                .startsWith("http://login.example.com"));
    }

    @Test
    @Tag("long")
    void aRangeOfTheHistogramIsDragged() {
        Page page = page("en", ColorScheme.LIGHT, 1280, 720);
        Locator plot = page.locator("k-bars .plot");
        plot.scrollIntoViewIfNeeded();
        var box = plot.boundingBox();
        page.mouse().move(box.x + box.width * 0.26, box.y + 40);
        page.mouse().down();
        page.mouse().move(box.x + box.width * 0.49, box.y + 40);
        page.mouse().up();
        assertTrue(page.locator("k-bars .now").innerText().startsWith("6:00 – 11:00"));
        plot.press("ArrowRight");
        assertTrue(page.locator("k-bars .now").innerText().startsWith("7:00 – 12:00"));
    }

    private static final String OUTER_FOCUS = "() => { let e = document.activeElement; let named = '';"
            + " while (e) { if (e.id) named = e.tagName + '#' + e.id; e = e.shadowRoot?.activeElement; } return named; }";

    private static Object focused(Page page) {
        return page.evaluate("() => { let e = document.activeElement;"
                + " while (e.shadowRoot?.activeElement) e = e.shadowRoot.activeElement; return e.tagName; }");
    }

    private static Locator.WaitForOptions gone() {
        return new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED);
    }
}
