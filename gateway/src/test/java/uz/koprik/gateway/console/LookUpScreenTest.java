package uz.koprik.gateway.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.centre.Centres;

/** The start page in a browser: paste, answers in words, filters, selection, export, whom to ask. */
final class LookUpScreenTest {

    private static final String LETTER = "Dear colleagues, the page hxxps://login[.]example[.]com sent money to "
            + KnownMatters.IBAN + ".\nIt also calls www.example.net and nowhere.example.org.\nNothing in this line\n";

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
        page.locator("koprik-lookup").waitFor();
        return page;
    }

    private Page page(String route) {
        return page("anna", route, "en", ColorScheme.LIGHT);
    }

    private static Locator row(Page page, String value) {
        return page.locator("koprik-lookup li.value", new Page.LocatorOptions().setHasText(value));
    }

    /** Pastes as a person does, by the clipboard. */
    private static void paste(Page page, String text) {
        page.evaluate("text => navigator.clipboard.writeText(text)", text);
        page.keyboard().press("Control+V");
    }

    @Test
    void aPastedLetterIsAnsweredAtOnce() {
        Page page = page("");
        paste(page, LETTER); // the box has the focus
        Locator known = row(page, "hxxps://login[.]example[.]com");
        assertThat(row(page, "HU42")).containsText("In 1 case");
        assertThat(row(page, "HU42")).containsText("Case T-2026-014: Transfers to a mule account");
        assertThat(row(page, "HU42")).containsText("led by Unit 3");
        assertThat(row(page, "nowhere[.]example[.]org")).containsText("Unknown");
        assertThat(known).isVisible();
        assertThat(page.locator("koprik-lookup .summary")).containsText("4 values");
        assertTrue(page.url().contains("#/lookup?q="), page.url());
        browser.axe(page);
        browser.fits(page);
    }

    @Test
    @Tag("long")
    void aValueNamesWhoKnowsItAndHowThatIsProven() {
        Page page = page("#/lookup?q=login.example.com");
        Locator row = row(page, "login[.]example[.]com");
        assertThat(row).containsText("In 2 cases");
        assertThat(row).containsText("budapest: Account that collected deposits");
        assertThat(row).containsText("signed by budapest");
        assertThat(row).containsText("This centre: Fake bank login");
        assertThat(row).containsText("TLP:GREEN");
        assertThat(row.getByText("budapest: Account that collected deposits"))
                .hasAttribute("href", "#/objects/" + matters.partners);
    }

    @Test
    @Tag("long")
    void aSilencedValueSaysByWhichListAndIsLookedAtAnyway() {
        Page page = page("#/lookup?q=www.example.net");
        Locator row = row(page, "www[.]example[.]net");
        assertThat(row).containsText("Silenced by the warning list “Our own hosts” (entry example.net)");
        assertThat(row).containsText("1 object carries it.");
        assertThat(row.getByText("Account that collected deposits")).hasCount(0);
        row.getByText("Look anyway").click();
        assertThat(row.getByText("Account that collected deposits")).isVisible();
    }

    @Test
    void aRemarkIsInTheLanguageOfTheReader() {
        String address = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa";
        Page page = page("anna", "#/lookup?q=" + address, "ru", ColorScheme.LIGHT);
        assertThat(row(page, address)).containsText("Адреса такого вида бывают у нескольких валют: BTC, BCH, BSV.");
        browser.axe(page);
        // An answer that has the sentence alone is shown as it is.
        page.route("**/api/search/values**", route -> {
            APIResponse answer = route.fetch();
            String text = answer.text().replaceAll("\"remark_codes\":\\[.*?}],", "");
            assertFalse(text.contains("remark_codes"), text);
            route.fulfill(new Route.FulfillOptions().setResponse(answer).setBody(text));
        });
        page.reload();
        assertThat(row(page, address)).containsText("an address of this form is of BTC, BCH or BSV");
    }

    @Test
    @Tag("long")
    void filtersStandInTheAddressAndBackReturns() {
        Page page = page("#/lookup?q=login.example.com%20nowhere.example.org");
        assertThat(page.locator("koprik-lookup li.value")).hasCount(2);
        page.locator("koprik-lookup .filters k-button", new Page.LocatorOptions().setHasText("Unknown"))
                .click();
        assertThat(page.locator("koprik-lookup li.value")).hasCount(1);
        assertTrue(page.url().endsWith("show=unknown"), page.url());
        page.reload();
        assertThat(page.locator("koprik-lookup li.value")).hasCount(1);
    }

    @Test
    @Tag("long")
    void theListIsExportedAsItIsShown() throws Exception {
        Page page = page("#/lookup?q=login.example.com%20nowhere.example.org&show=unknown");
        Download file = page.waitForDownload(
                () -> page.getByText("Export this list (1)").click());
        String csv = Files.readString(file.path());
        assertEquals(2, csv.lines().count(), csv);
        assertTrue(csv.contains("nowhere.example.org,"), csv);
        assertFalse(csv.contains("login.example.com"), csv);
    }

    @Test
    @Tag("long")
    void aCellThatATableWouldRunIsExportedAsAText() throws Exception {
        Page page = page("#/lookup?q=203.0.113.9");
        Download file = page.waitForDownload(
                () -> page.getByText("Export this list (1)").click());
        String csv = Files.readString(file.path());
        assertTrue(csv.contains(",'=HYPERLINK(1),"), csv);
    }

    @Test
    @Tag("long")
    void anAccountWithoutCasesSeesNothingOfThem() {
        Page page = page("night-shift", "#/lookup?q=login.example.com", "en", ColorScheme.LIGHT);
        assertThat(row(page, "login[.]example[.]com")).containsText("Account that collected deposits");
        assertThat(page.locator("koprik-lookup .summary")).not().containsText("in cases");
        assertThat(page.locator("koprik-lookup")).not().containsText("T-2026-014");
        assertThat(page.getByText("Add to case…")).hasCount(0);
    }

    @Test
    @Tag("long")
    void aFailureIsSaidAndAskedAgain() {
        browser.expect("503 POST .*/api/search/values");
        Page page = page("");
        page.route(
                "**/api/search/values*",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setStatus(503)
                        .setContentType("application/problem+json")
                        .setBody("{\"status\":503,\"title\":\"Busy\",\"code\":\"busy\",\"request_id\":\"abc\"}")));
        page.locator("koprik-lookup textarea").fill("login.example.com");
        page.locator("koprik-lookup .ask k-button").click();
        assertThat(page.locator("koprik-lookup k-problem")).containsText("abc");
        page.unroute("**/api/search/values*");
        page.locator("koprik-lookup k-problem")
                .getByText("Try again", new Locator.GetByTextOptions().setExact(true))
                .click();
        assertThat(row(page, "login[.]example[.]com")).isVisible();
    }

    @Test
    @Tag("long")
    void aPartnerIsAskedWithoutPretence() {
        Page page = page("#/lookup?q=login.example.com");
        page.keyboard().press("Tab");
        row(page, "login[.]example[.]com").locator("input[type=checkbox]").check();
        page.getByText("Ask a partner…").click();
        Locator dialog = page.locator("koprik-ask-partner");
        assertThat(dialog).containsText("Koprik does not send questions");
        assertThat(dialog).containsText("reported 1 of these values");
        dialog.getByText("Copy the text").click();
        String copied = String.valueOf(page.evaluate("() => navigator.clipboard.readText()"));
        assertTrue(copied.contains("login[.]example[.]com"), copied);
    }

    @Test
    @Tag("long")
    void theMailProgramGetsContactSubjectAndTextOrNoTextWhenItIsTooLong() {
        Page page = browser.signIn(
                matters.centre,
                "anna",
                "#/lookup?q=login.example.com",
                "en",
                ColorScheme.LIGHT,
                options -> options.setViewportSize(1280, 900),
                fresh -> fresh.route(
                        "**/api/centres",
                        route -> route.fulfill(
                                new Route.FulfillOptions()
                                        .setContentType("application/json")
                                        .setBody(
                                                """
                                        {"centres":[{"name":"budapest","title":"Budapest","identity":"identity--1","contacts":["+36 1 000 0000","mailto:duty@example.org"]},
                                                    {"name":"seoul","title":"Seoul","identity":"identity--2","contacts":["duty officer, ask at the gate"]}]}"""))));
        row(page, "login[.]example[.]com").locator("input[type=checkbox]").check();
        page.getByText("Ask a partner…").click();
        Locator dialog = page.locator("koprik-ask-partner");
        Locator mail = dialog.locator("k-button[icon=external] a");
        String address = mail.getAttribute("href");
        assertTrue(address.startsWith("mailto:duty@example.org?subject="), address);
        String decoded = URLDecoder.decode(address.replace("+", "%2B"), StandardCharsets.UTF_8);
        assertTrue(decoded.contains("&body=") && decoded.contains("login[.]example[.]com"), decoded);
        dialog.locator("textarea").fill("long ".repeat(500));
        page.waitForCondition(() -> !mail.getAttribute("href").contains("&body="));
        assertTrue(mail.getAttribute("href").startsWith("mailto:duty@example.org?subject="));
        dialog.getByText("Seoul").click();
        assertThat(mail).hasCount(0); // a contact that is no address gets no button
        assertThat(dialog.locator("k-button[icon=copy][variant=primary]")).isVisible();
        browser.axe(page);
    }

    @Test
    @Tag("long")
    void aThousandValuesAreAnsweredAndTheRestIsRenderedOnTheWay() {
        Page page = page("");
        String text =
                IntStream.range(0, 1000).mapToObj(i -> "n" + i + ".example.org").collect(Collectors.joining("\n"));
        paste(page, text);
        assertThat(page.locator("koprik-lookup .summary")).containsText("1,000 values");
        assertThat(page.locator("koprik-lookup .summary")).containsText("60 known");
        assertTrue(page.locator("koprik-lookup li.value").count() < 1000, "rows come as they are needed");
        assertTrue(page.url().contains("paste="), page.url());
        page.locator("koprik-lookup .end").scrollIntoViewIfNeeded();
        assertThat(page.locator("koprik-lookup li.value").nth(100)).isAttached();
    }

    @Test
    @Tag("long")
    void theKeyboardAloneSelectsAndOpens() {
        Page page = page("");
        page.keyboard().type("login.example.com 198.51.100.7");
        page.keyboard().press("Enter");
        assertThat(page.locator("koprik-lookup li.value")).hasCount(2);
        page.keyboard().press("Tab"); // out of the box
        page.keyboard().press("j");
        page.keyboard().press("x");
        assertThat(page.locator("koprik-lookup .actions")).containsText("1 selected");
        page.keyboard().press("j");
        page.keyboard().press("Enter");
        page.waitForURL(Pattern.compile(".*#/objects/indicator--.*"));
    }

    @Test
    void namesOfOthersNeverBecomeMarkup() {
        Page page = page("#/lookup?q=198.51.100.7");
        assertThat(row(page, "198[.]51[.]100[.]7")).containsText(KnownMatters.INJECTION);
        assertThat(page.locator("koprik-lookup img")).hasCount(0);
    }

    @Test
    @Tag("long")
    void anAnalystOfAUnitFindsNoTraceOfOtherCases() {
        Page page = page("bek", "#/lookup?q=login.example.com%20goose.example.org", "en", ColorScheme.LIGHT);
        assertThat(row(page, "login[.]example[.]com")).containsText("In 1 case");
        assertThat(page.locator("koprik-lookup")).not().containsText("Hidden goose");
    }

    @Test
    @Tag("long")
    void everyLanguageFitsAndEveryThemeIsReadable() {
        String route = "#/lookup?q=" + "login.example.com%20www.example.net%20nowhere.example.org%20198.51.100.7";
        for (String language : Browser.LANGUAGES) {
            Page page = page("anna", route, language, ColorScheme.LIGHT);
            page.locator("koprik-lookup li.value").first().waitFor();
            browser.fits(page);
            browser.screenshot(page, "lookup-" + language);
        }
        for (ColorScheme scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
            Page page = page("anna", route, "en", scheme);
            page.locator("koprik-lookup li.value").first().waitFor();
            browser.axe(page);
            browser.screenshot(page, "lookup-" + scheme.name());
        }
    }
}
