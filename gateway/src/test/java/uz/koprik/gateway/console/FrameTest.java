package uz.koprik.gateway.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;

/** The frame with screens of the test's own: routes, Back, rights, keys, the end of a session, no connection. */
final class FrameTest {

    private static final String SCREENS =
            """
            export const SCREENS = [
              { id: 'lookup', path: '/lookup', tag: 'fake-lookup', module: './fake/lookup.js', namespaces: [], icon: 'lookup', rail: true, key: 'KeyL' },
              { id: 'cases', path: '/cases', tag: 'fake-cases', module: './fake/cases.js', namespaces: [], icon: 'cases', right: 'cases', rail: true, key: 'KeyC', watch: './fake/watch.js' },
              { id: 'operations', path: '/operations', tag: 'fake-operations', module: './fake/operations.js', namespaces: [], icon: 'operations', right: 'operate', rail: true, key: 'KeyO' },
              { id: 'signin', path: '/signin', tag: 'fake-signin', module: './fake/signin.js', namespaces: [], icon: 'account', open: true, bare: true },
            ];
            export const START = '/lookup';
            export const screenOf = (path) => SCREENS.find((one) => path === one.path || path.startsWith(one.path + '/'));
            export const allowed = (screen, may) => !screen.right || [screen.right].flat().some(may);
            """;

    /** Says which screen it is and what its route asks for; its button asks the centre something. */
    private static final String SCREEN =
            """
            import { get } from '../api.js';
            customElements.define('fake-NAME', class extends HTMLElement {
              set route(route) {
                this.replaceChildren(Object.assign(document.createElement('h1'), { textContent: 'NAME ' + JSON.stringify(route.query) }),
                    Object.assign(document.createElement('button'), { textContent: 'ask', onclick: () => get('/api/account').catch(() => {}) }));
              }
            });
            """;

    private static final String SECRET = "four words make this";

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
                .withAccount("carla", Role.ANALYST);
        centre.accounts().setSecret("carla", SECRET.toCharArray(), SECRET.length());
        centre.start();
    }

    private Page open(String route) {
        return open(route, "en", ColorScheme.LIGHT, 1280);
    }

    private Page open(String route, String language, ColorScheme scheme, int width) {
        Page page = browser.signIn(
                centre, "anna", "", language, scheme, options -> options.setViewportSize(width, 720), FrameTest::fake);
        page.navigate(centre.peopleUrl() + "/console/" + route);
        return page;
    }

    private static void fake(Page page) {
        page.route("**/screens.js", route -> script(route, SCREENS));
        page.route("**/fake/*.js", route -> {
            String name = route.request().url().replaceAll(".*/fake/(.*)\\.js", "$1");
            script(
                    route,
                    name.equals("watch")
                            ? "export const watch = (mark) => { mark({ count: 3, label: '3 to decide' }); return () => {}; };"
                            : SCREEN.replace("NAME", name));
        });
    }

    private static void script(Route route, String text) {
        route.fulfill(
                new Route.FulfillOptions().setContentType("text/javascript").setBody(text));
    }

    private static void shows(Page page, String heading) {
        page.locator("main h1").getByText(heading).waitFor();
    }

    @Test
    @Tag("long")
    void theAddressSaysWhatIsShownAndBackReturnsToIt() {
        Page page = open("#/cases/17?tab=notes");
        shows(page, "cases {\"tab\":\"notes\"}");
        page.locator("koprik-rail a").getByText("Look up").click();
        shows(page, "lookup {}");
        assertEquals("Look up", page.locator("koprik-rail a[aria-current]").innerText());
        page.locator("koprik-bar .centre").getByText("Tashkent").waitFor();
        assertTrue(page.title().startsWith("Look up"), page.title());
        page.goBack();
        shows(page, "cases {\"tab\":\"notes\"}");
        assertTrue(page.url().endsWith("#/cases/17?tab=notes"));
    }

    @Test
    @Tag("long")
    void theStartIsTheFirstScreenAndTheBoxAsksIt() {
        Page page = open("");
        shows(page, "lookup {}");
        page.keyboard().press("/");
        page.keyboard().type("198.51.100.7");
        page.keyboard().press("Enter");
        shows(page, "lookup {\"q\":\"198.51.100.7\"}");
    }

    @Test
    @Tag("long")
    void theRailShowsWhatTheRoleMayUseAndTheRestSaysWhoMay() {
        Page page = open("#/operations");
        page.getByText("Your role does not include this screen").waitFor();
        page.getByText("Operators and administrators have it").waitFor();
        assertEquals(
                List.of("Look up", "Cases"), page.locator("koprik-rail a .name").allInnerTexts());
        page.locator("koprik-rail .count").getByText("3").waitFor();
    }

    @Test
    @Tag("long")
    void anUnknownAddressLeadsBackToTheStart() {
        Page page = open("#/nowhere");
        page.getByText("There is no such screen").waitFor();
        page.getByText("Go to the start").click();
        shows(page, "lookup {}");
    }

    @Test
    void gAndALetterGoesToAScreenButNotToOneThatIsNotAllowed() {
        Page page = open("");
        shows(page, "lookup {}");
        page.keyboard().press("g");
        page.keyboard().press("c");
        shows(page, "cases {}");
        page.keyboard().press("g");
        page.keyboard().press("o");
        page.keyboard().press("g");
        page.keyboard().press("l");
        shows(page, "lookup {}");
    }

    @Test
    @Tag("long")
    void whoIsSignedOutComesBackToWhereTheyWere() {
        browser.expect("401 GET .*/api/account$");
        Page page = open("#/cases/17?tab=notes");
        shows(page, "cases {\"tab\":\"notes\"}");
        Map<String, String> signedIn = Map.of("Authorization", "Bearer " + centre.tokenOf("anna"));
        page.setExtraHTTPHeaders(Map.of("Authorization", "Bearer ended"));
        page.getByText("ask").click();
        shows(page, "signin");
        assertEquals(0, page.locator("koprik-rail").count());
        page.setExtraHTTPHeaders(signedIn);
        page.evaluate("() => import(document.querySelector('script[type=module]').src.replace('main.js', 'session.js'))"
                + ".then((session) => session.renew())");
        shows(page, "cases {\"tab\":\"notes\"}");
        assertTrue(page.url().endsWith("#/cases/17?tab=notes"));
    }

    @Test
    void aPersonSignsInByTheFormAndOutByTheMenu() {
        Page page = browser.signInByPassword(centre, "carla", SECRET, "#/account", "en", ColorScheme.LIGHT);
        page.locator("koprik-account h1").first().waitFor();
        assertTrue(page.url().endsWith("#/account"));
        browser.axe(page);
        browser.fits(page);
        page.locator("koprik-bar k-menu").last().click();
        page.getByText("Sign out", new Page.GetByTextOptions().setExact(true)).click();
        page.locator("k-field[name=account] input").waitFor();
        assertEquals(0, page.locator("koprik-rail").count());
        page.reload();
        page.locator("k-field[name=account] input").waitFor();
    }

    @Test
    @Tag("long")
    void nobodyGetsTheSignInAlone() {
        browser.expect("401 GET .*/api/account$");
        Page page = browser.open(centre, "", "en", ColorScheme.LIGHT, options -> options, FrameTest::fake);
        shows(page, "signin");
        assertEquals(0, page.locator("koprik-rail").count());
        assertEquals(0, page.locator("koprik-bar input").count());
    }

    @Test
    @Tag("long")
    void withoutAConnectionTheFrameSaysSoUntilItIsBack() {
        browser.expect("ERR_INTERNET_DISCONNECTED");
        Page page = open("");
        shows(page, "lookup {}");
        page.context().setOffline(true);
        page.locator("k-banner.offline").waitFor();
        page.context().setOffline(false);
        page.locator("k-banner.offline").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
        shows(page, "lookup {}");
    }

    @Test
    @Tag("long")
    void theFrameFitsInEveryLanguageAndIsFreeOfFaults() {
        for (String language : Browser.LANGUAGES) {
            Page page = open("#/cases", language, ColorScheme.LIGHT, 1920);
            shows(page, "cases {}");
            for (int width : new int[] {1920, 1280, 400}) {
                page.setViewportSize(width, 720);
                if (width == 400) {
                    page.locator("koprik-bar .menu").click();
                    page.locator("nav.drawer").waitFor();
                }
                browser.fits(page);
                browser.screenshot(page, "frame-" + language + "-" + width);
            }
            page.close();
        }
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            Page page = open("#/operations", "en", scheme, 1280);
            page.getByText("Your role does not include this screen").waitFor();
            page.locator("koprik-rail .count").waitFor();
            browser.axe(page);
            page.locator("koprik-bar k-menu").last().click();
            page.locator("koprik-bar [role=menu]").waitFor();
            browser.axe(page);
            browser.screenshot(page, "frame-" + scheme.name().toLowerCase(Locale.ROOT));
            page.keyboard().press("Escape");
            page.keyboard().press("?");
            page.locator("koprik-keylist dialog[open]").waitFor();
            browser.axe(page);
            page.close();
        }
    }

    @Test
    @Tag("long")
    void theThemeIsChosenByKeyboardAndKept() {
        Page page = browser.signIn(centre, "boris", "", "en", ColorScheme.LIGHT, options -> options, FrameTest::fake);
        shows(page, "lookup {}");
        page.locator("koprik-bar k-menu").nth(1).locator("button").focus();
        page.keyboard().press("ArrowDown");
        page.keyboard().press("End");
        page.keyboard().press("Enter");
        page.waitForFunction("() => document.documentElement.dataset.theme === 'dark'");
        page.reload();
        shows(page, "lookup {}");
        assertEquals("dark", page.evaluate("() => document.documentElement.dataset.theme"));
    }
}
