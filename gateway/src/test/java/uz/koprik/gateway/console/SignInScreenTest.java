package uz.koprik.gateway.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.sessions.Codes;
import uz.koprik.indicators.policy.Tlp;

/** Signing in at the page: password, code, own password, required second factor; one's account after it. */
final class SignInScreenTest {

    private static final String SECRET = "correct horse battery staple";
    private static final String OTHER = "another horse, another staple";

    /** A QR code of version 1 for the letter A, as other encoders make it. */
    private static final String QR_OF_A =
            "XXXXXXX.X..X..XXXXXXX/X.....X.XXXXX.X.....X/X.XXX.X...X.X.X.XXX.X/X.XXX.X.XX.XX.X.XXX.X"
                    + "/X.XXX.X..XXX..X.XXX.X/X.....X..X.XX.X.....X/XXXXXXX.X.X.X.XXXXXXX/........XX.XX........"
                    + "/X.XX.XXX..XXX.X..X.XX/.X.XX..X.X.XXXX..X.../XX..XXX.XX.X.....XX.X/X.XX.X.....X..XXXXX.."
                    + "/X..XXXX..X..X..X..X../........X.XX..X..X..X/XXXXXXX.X..XX..X.X.../X.....X.XX.....XX.XX."
                    + "/X.XXX.X..XX.XXXXX...X/X.XXX.X.XXXX..XXXXXX./X.XXX.X.X.X.X.XX...../X.....X...X..X.X..X.X"
                    + "/XXXXXXX.X....X..X....";

    @RegisterExtension
    static final Centres centres = new Centres();

    private static RunningCentre centre;
    private static RunningCentre strict;

    @RegisterExtension
    final Browser browser = new Browser();

    @BeforeAll
    static void start() throws Exception {
        centre = withAccounts(centres.init("tashkent").withPeople()).start();
        strict = withAccounts(centres.init("seoul").withPeople())
                .withConfig("second_factor: optional", "second_factor: required")
                .start();
    }

    private static RunningCentre withAccounts(RunningCentre made) throws Exception {
        for (String name : List.of("anna", "bob", "carl", "dora")) {
            made.accounts().add(name, Role.ANALYST, Tlp.GREEN);
            made.accounts().setSecret(name, SECRET.toCharArray(), 12);
        }
        return made;
    }

    private Page signIn(RunningCentre where, String route, String account, String secret) {
        Page page = browser.open(where, route, "en", ColorScheme.LIGHT, options -> options, opened -> {});
        page.locator("koprik-signin input[name=account]").fill(account);
        page.locator("koprik-signin input[name=secret]").fill(secret);
        page.locator("koprik-signin #go").click();
        return page;
    }

    private static void shown(Page page) {
        page.locator("koprik-rail").waitFor();
    }

    private void setUp(Page page) {
        page.locator("koprik-qr-code svg path").waitFor();
        String key = page.locator("koprik-second-factor #key").textContent();
        page.locator("koprik-second-factor input[name=code]").fill(Codes.of(key, 0));
        page.locator("koprik-second-factor #confirm").click();
        page.locator("koprik-second-factor .codes li").nth(9).waitFor();
    }

    @Test
    @Tag("long")
    void itFitsInEveryLanguageInLightAndDark() {
        for (String language : Browser.LANGUAGES) {
            for (int width : new int[] {1280, 400}) {
                Page page = browser.open(
                        centre,
                        "",
                        language,
                        ColorScheme.LIGHT,
                        options -> options.setViewportSize(width, 800),
                        opened -> {});
                page.locator("koprik-signin #go").waitFor();
                browser.fits(page);
                browser.screenshot(page, "signin-" + language + "-" + width);
                page.close();
            }
        }
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            Page page = browser.open(centre, "", "en", scheme, options -> options, opened -> {});
            page.locator("koprik-signin #go").waitFor();
            browser.axe(page);
            browser.screenshot(page, "signin-" + scheme.name().toLowerCase(Locale.ROOT));
            page.close();
        }
    }

    @Test
    void theKeyboardIsEnoughAndWhereOneWasIsKept() {
        Page page = browser.open(centre, "#/account", "en", ColorScheme.LIGHT, options -> options, opened -> {});
        page.locator("koprik-signin input[name=account]").waitFor();
        page.keyboard().type("anna");
        page.keyboard().press("Tab");
        page.keyboard().type(SECRET);
        page.keyboard().press("Enter");
        shown(page);
        page.locator("koprik-account h1").waitFor();
        assertEquals("anna", page.locator("koprik-account h1").textContent());
        page.reload();
        page.locator("koprik-account h1").waitFor();
    }

    @Test
    @Tag("long")
    void aWrongPasswordIsSaidInTheLanguageOfTheReader() {
        browser.expect("401 POST .*/api/session$");
        Page page = signIn(centre, "", "bob", "wrong wrong wrong");
        page.locator("koprik-signin [role=alert]").waitFor();
        browser.fits(page);
        browser.screenshot(page, "signin-wrong");
    }

    @Test
    void aSecondFactorIsSetUpAndAskedFor() {
        browser.expect("401 POST .*/api/session$");
        browser.expect("401 GET .*/api/account$");
        Page page = signIn(centre, "#/account", "carl", SECRET);
        page.locator("koprik-second-factor #start").click();
        page.locator("koprik-qr-code svg path").waitFor();
        browser.axe(page);
        browser.screenshot(page, "second-factor");
        String key = page.locator("koprik-second-factor #key").textContent();
        setUp(page);
        browser.screenshot(page, "recovery-codes");
        page.locator("koprik-second-factor #kept").click();
        page.locator("koprik-second-factor #renew").waitFor();

        Page again = signIn(centre, "", "carl", SECRET);
        again.locator("koprik-signin input[name=code]").fill(Codes.of(key, 1));
        browser.screenshot(again, "signin-code");
        again.locator("koprik-signin #go").click();
        shown(again);
    }

    @Test
    @Tag("long")
    void aOneTimePasswordLeadsToAnOwnOne() throws Exception {
        String oneTime = centre.accounts().add("ivan", Role.ANALYST, Tlp.GREEN);
        String token = "Bearer " + centre.accounts().addToken("ivan", "test", java.util.Optional.empty());
        RunningCentre.await(
                () -> centre.get(centre.url() + "/api/account", token).statusCode() == 200);
        Page page = signIn(centre, "#/account", "ivan", oneTime);
        page.locator("koprik-secret input[name=secret]").fill(OTHER);
        page.locator("koprik-secret input[name=again]").fill(OTHER + " ");
        page.locator("koprik-secret k-button button").click();
        page.locator("koprik-secret [role=alert]").waitFor();
        page.locator("koprik-secret input[name=again]").fill(OTHER);
        browser.screenshot(page, "signin-own-secret");
        page.locator("koprik-secret k-button button").click();
        page.locator("koprik-account h1").waitFor();
    }

    @Test
    @Tag("long")
    void whereASecondFactorIsRequiredItIsSetUpAtOnceAlsoAfterAReload() {
        browser.expect("403 GET .*/api/account$");
        Page page = signIn(strict, "#/account", "anna", SECRET);
        page.locator("koprik-signin koprik-qr-code svg path").waitFor();
        page.reload();
        setUp(page);
        browser.screenshot(page, "signin-second-factor");
        page.locator("koprik-second-factor #kept").click();
        page.locator("koprik-account h1").waitFor();
    }

    @Test
    @Tag("long")
    void sessionsAreListedAndEndedEverywhere() {
        browser.expect("401 GET .*");
        Page first = signIn(centre, "#/account", "dora", SECRET);
        first.locator("koprik-sessions li").waitFor();
        Page second = signIn(centre, "#/account", "dora", SECRET);
        second.locator("koprik-sessions li").nth(1).waitFor();
        browser.axe(second);
        browser.screenshot(second, "account");
        second.locator("koprik-sessions #everywhere").click();
        second.locator("koprik-sessions k-dialog k-button[variant=danger]").click();
        second.locator("koprik-signin input[name=account]").waitFor();
        first.reload();
        first.locator("koprik-signin input[name=account]").waitFor();
    }

    @Test
    @Tag("long")
    void theAccountPageFitsInEveryLanguage() {
        Page page = signIn(centre, "#/account", "anna", SECRET);
        page.locator("koprik-sessions li").first().waitFor();
        for (String language : Browser.LANGUAGES) {
            page.locator("koprik-account k-field[name=language] select").selectOption(language);
            page.waitForFunction("language => document.documentElement.lang === language", language);
            for (int width : new int[] {1280, 400}) {
                page.setViewportSize(width, 900);
                browser.fits(page);
                browser.screenshot(page, "account-" + language + "-" + width);
            }
            page.setViewportSize(1280, 900);
        }
        page.locator("koprik-account k-field[name=language] select").selectOption("en");
        page.locator("koprik-account k-field[name=theme] select").selectOption("dark");
        page.waitForFunction("document.documentElement.dataset.theme === 'dark'");
        browser.axe(page);
        browser.screenshot(page, "account-dark");
    }

    @Test
    @Tag("long")
    void qrCodesAreThoseOfOtherEncoders() {
        Page page = browser.open(centre);
        page.locator("koprik-signin #go").waitFor();
        Object made = page.evaluate("async () => { const main = document.querySelector('script[type=module]').src;"
                + " const { qr } = await import(new URL('account/qr.js', main));"
                + " const text = (code) => code.map(row => row.map(dark => dark ? 'X' : '.').join('')).join('/');"
                + " const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text(qr('x'.repeat(213)))));"
                + " return text(qr('A')) + ' ' + qr('x'.repeat(213)).length + ' '"
                + " + [...new Uint8Array(digest)].map(b => b.toString(16).padStart(2, '0')).join(''); }");
        assertEquals(QR_OF_A + " 57 cd29d4502225e755bfd160ec8a2fab7b7c3bdde160390739b204cbf027432634", made);
        assertTrue(QR_OF_A.startsWith("XXXXXXX"));
    }
}
