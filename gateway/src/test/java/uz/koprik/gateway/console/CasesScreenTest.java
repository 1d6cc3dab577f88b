package uz.koprik.gateway.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uz.koprik.gateway.centre.RunningCentre.ok;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.Media;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;

/** Screen Cases in a browser, against a running centre. */
class CasesScreenTest {

    private static final Pattern OTHERS = Pattern.compile("T-202[56]-");
    private static final String CASE = "#/cases/" + CaseStories.NUMBER;

    @RegisterExtension
    static final Centres centres = new Centres();

    @RegisterExtension
    final Browser browser = new Browser();

    private static RunningCentre centre;
    private static CentreClient admin;

    @BeforeAll
    static void start() throws Exception {
        centre = CaseStories.start(centres);
        admin = centre.adminClient();
    }

    private Page page(String account, String route) {
        return browser.signIn(centre, account, route, "en", ColorScheme.LIGHT);
    }

    private static void shown(Page page) {
        page.locator("koprik-case-matches").waitFor();
        page.locator("koprik-case-similar").waitFor();
        page.locator("koprik-case-values k-value").first().waitFor();
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    private static JsonNode post(String path, Map<String, ?> form) {
        return ok(CaseStories.post(admin, path, form));
    }

    @Test
    @Tag("long")
    void listAndCaseFitInEachLanguageLightAndDark() {
        for (String language : Browser.LANGUAGES) {
            ColorScheme scheme = language.equals("hu") ? ColorScheme.DARK : ColorScheme.LIGHT;
            Page page = browser.signIn(centre, "anna", "#/cases", language, scheme);
            page.locator("koprik-case-list k-table tbody tr").first().waitFor();
            browser.fits(page);
            browser.screenshot(page, "cases-" + language);
            page.navigate(centre.peopleUrl() + "/console/" + CASE);
            shown(page);
            browser.fits(page);
            browser.screenshot(page, "case-" + language);
            page.close();
        }
    }

    @Test
    @Tag("long")
    void axeFindsNothingInLightAndDark() {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            String name = scheme.name().toLowerCase(Locale.ROOT);
            Page page = browser.signIn(centre, "anna", "#/cases", "en", scheme);
            page.locator("koprik-case-list k-table tbody tr").first().waitFor();
            browser.axe(page);
            page.navigate(centre.peopleUrl() + "/console/" + CASE);
            shown(page);
            browser.axe(page);
            browser.screenshot(page, "case-" + name);
            button(page, "Share").first().click();
            button(page, "Show who gets it").click();
            page.getByText("Who would receive it").waitFor();
            browser.axe(page);
            browser.screenshot(page, "case-share-" + name);
            page.close();
        }
    }

    @Test
    void matchesAreDecidedByKeyboardAloneAndTakenBack() throws Exception {
        Page page = page("anna", CASE);
        shown(page);
        Locator rows = page.locator("koprik-case-matches tbody tr");
        rows.first().waitFor();
        browser.axe(page);
        browser.fits(page);
        assertEquals(
                "12px",
                page.locator("koprik-case-matches k-time time")
                        .first()
                        .evaluate("time => getComputedStyle(time).fontSize"),
                "a time in small print is small");
        int open = rows.count();
        page.keyboard().press("j");
        page.locator("koprik-case-matches tr.active").waitFor();
        page.keyboard().press("c");
        page.getByText("Confirmed:").waitFor();
        // One decision holds for the domain and for the URL on it, which the same object confirms.
        RunningCentre.await(() -> rows.count() == open - 2);
        page.keyboard().press("d");
        page.getByText("Dismissed:").waitFor();
        RunningCentre.await(() -> rows.count() == open - 3);
        page.keyboard().press("u");
        RunningCentre.await(() -> rows.count() == open - 2);
        page.keyboard().press("u");
        RunningCentre.await(() -> rows.count() == open);
        assertFalse(admin.get("/api/cases/" + CaseStories.NUMBER + "/matches")
                .text()
                .contains("\"verdict\":\"confirmed\""));
    }

    @Test
    @Tag("long")
    void filtersAreInTheAddressAndBackWorks() throws Exception {
        Page page = page("anna", "#/cases?type=phishing");
        Locator rows = page.locator("koprik-case-list tbody tr");
        page.getByText("Secret of Unit 2").waitFor();
        assertEquals(1, rows.count());
        button(page, "Clear the filters").click();
        page.getByText("Transfers to a mule account").waitFor();
        page.goBack();
        RunningCentre.await(() -> rows.count() == 1);
        page.getByLabel("Words").fill("nothing has this word");
        page.getByText("No case fits").waitFor();
        assertTrue(page.url().contains("q=nothing"), page.url());
    }

    @Test
    void aCaseIsOpenedFilledNotedAndClosed() {
        Page page = page("anna", "#/cases");
        page.locator("koprik-case-list tbody tr").first().waitFor();
        page.keyboard().press("n");
        page.getByLabel("Number").fill("N-2026-001");
        page.locator("k-dialog").getByLabel("Title").fill("Opened in a browser");
        page.locator("koprik-case-new k-button[variant=primary]").click();
        page.getByText("No values yet").waitFor();
        page.keyboard().press("a");
        page.locator("koprik-add-to-case textarea").fill("new.example.com\nhxxp://bad[.]example[.]net/x");
        page.locator("koprik-add-to-case").getByLabel("Role").selectOption("infrastructure");
        page.locator("koprik-add-to-case k-button[variant=primary]").click();
        page.locator("koprik-case-values k-value").nth(1).waitFor();
        page.locator("koprik-case-values h3").getByText("infrastructure").waitFor();
        assertEquals(0, page.locator("koprik-case-values a").count(), "values are never links");
        page.getByLabel("New note").fill("<img src=x onerror=alert(1)> first note");
        button(page, "Write the note").click();
        page.locator("koprik-case-notes .text").waitFor();
        JsonNode file = ok(admin.get("/api/cases/N-2026-001"));
        assertEquals(2, file.path("values").size());
        assertEquals("anna", file.at("/notes/0/author").asText());
        button(page, "More").click();
        page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Close the case"))
                .click();
        page.locator("k-dialog[open] k-button[variant=primary]").click();
        page.getByText("The case is closed").waitFor();
        assertEquals(
                "closed", ok(admin.get("/api/cases/N-2026-001")).path("status").asText());
    }

    @Test
    @Tag("long")
    void aLegalHoldIsSetAndReleasedWithItsReasons() {
        post("/api/cases", Map.of("number", "H-2026-001", "title", "Held", "type", "phishing"));
        Page page = page("anna", "#/cases/H-2026-001");
        Locator hold = page.locator("koprik-case-hold");
        hold.getByText("Set a legal hold").click();
        hold.locator("k-button[variant=primary]").click();
        assertThat(hold).containsText("Write why; it stays on record.");
        hold.getByLabel("Reason").fill("order 12");
        browser.axe(page);
        hold.locator("k-button[variant=primary]").click();
        assertThat(hold.locator("k-banner")).containsText("set by anna: order 12");
        browser.fits(page);
        hold.getByText("Release the legal hold").click();
        hold.getByLabel("Reason").fill("the proceedings ended");
        hold.locator("k-button[variant=primary]").click();
        assertThat(hold).containsText("Set a legal hold");
        JsonNode holds = ok(admin.get("/api/cases/H-2026-001/hold"));
        assertEquals(
                "the proceedings ended", holds.at("/holds/0/release_reason").asText());
    }

    @Test
    @Tag("long")
    void aChangeByAnotherPersonIsToldInWords() {
        post("/api/cases", Map.of("number", "K-2026-001", "title", "Changed by two"));
        browser.expect("412 PATCH");
        Page page = page("anna", "#/cases/K-2026-001");
        page.getByText("No values yet").waitFor();
        button(page, "More").click();
        page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Edit"))
                .click();
        page.locator("koprik-case-edit").getByLabel("Title").fill("Mine");
        ok(admin.patch("/api/cases/K-2026-001", "application/json", CentreAnswers.json(Map.of("title", "Theirs"))));
        button(page, "Save the changes").click();
        page.getByText("Somebody else changed the case").waitFor();
        button(page, "Show the case as it is now").click();
        page.locator(".screen h1").getByText("Theirs").waitFor();
    }

    @Test
    @Tag("long")
    void twoCasesMergeAfterTheirContradictionsAreShown() {
        post(
                "/api/cases",
                Map.of(
                        "number",
                        "V-1",
                        "title",
                        "Goes",
                        "type",
                        "phishing",
                        "values",
                        List.of("both.example.com", "v1.example.com")));
        post(
                "/api/cases",
                Map.of("number", "V-2", "title", "Stays", "type", "fraud", "values", List.of("both.example.com")));
        Page page = page("anna", "#/cases/V-1");
        page.locator("koprik-case-similar").getByText("V-2").waitFor();
        page.locator("koprik-case-similar").getByText("Merge").click();
        page.getByText("the type was “phishing”; “fraud” holds.").waitFor();
        browser.screenshot(page, "case-merge");
        button(page, "Merge into V-2").click();
        page.locator(".screen h1").getByText("Stays").waitFor();
        page.locator("koprik-case-values").getByText("from V-1").waitFor();
        page.navigate(centre.peopleUrl() + "/console/#/cases/V-1");
        page.locator("k-banner").getByText("merged this case into V-2").waitFor();
        assertEquals(0, button(page, "Add values").count(), "a merged case is not changed");
    }

    @Test
    @Tag("long")
    void aTableIsMappedByItsColumnsAndPreviewed() throws Exception {
        Page page = page("anna", "#/cases");
        page.locator("koprik-case-list tbody tr").first().waitFor();
        button(page, "Import a table").click();
        page.locator("koprik-case-import input[type=file]")
                .setInputFiles(new FilePayload(
                        "cases.csv",
                        "text/csv",
                        "Register no,Subject,Host,Loss\nI-1,First,one.example.net,120.50\nI-2,Second,two.example.net,7\n"
                                .getBytes(StandardCharsets.UTF_8)));
        page.getByLabel("Use of column Register no").selectOption("field:number");
        page.getByLabel("Use of column Subject").selectOption("field:title");
        page.getByLabel("Use of column Loss").selectOption("loss:EUR");
        page.locator("koprik-case-import").getByText("120.50 EUR").waitFor();
        browser.axe(page);
        browser.screenshot(page, "case-import");
        page.locator("koprik-case-import k-button[variant=primary]").click();
        page.locator("koprik-case-list")
                .getByLabel("What would be stored")
                .getByText("I-2")
                .waitFor();
        // The preview has I-2, too.
        RunningCentre.await(() -> admin.get("/api/cases/I-1").status() == 200);
        JsonNode file = ok(admin.get("/api/cases/I-1"));
        assertEquals("one.example.net", file.at("/values/0/value").asText());
        assertEquals("120.50", file.at("/losses/0/amount").asText());
    }

    @Test
    @Tag("long")
    void whoWorksOnOneUnitFindsNoTraceOfOthers() {
        browser.expect("404 GET .*/api/cases/" + CaseStories.NUMBER);
        Page page = page("bek", "#/cases");
        page.getByText("Secret of Unit 2").waitFor();
        assertEquals(1, page.locator("koprik-case-list tbody tr").count());
        page.navigate(centre.peopleUrl() + "/console/#/cases/S-2026-002");
        page.locator("koprik-case-similar").waitFor();
        assertEquals(0, page.getByText(OTHERS).count());
        page.navigate(centre.peopleUrl() + "/console/" + CASE);
        page.locator("k-problem h2").waitFor();
        page.navigate(centre.peopleUrl() + "/console/#/alerts");
        page.locator("koprik-alert").first().waitFor();
        assertEquals(0, page.getByText(OTHERS).count());
    }

    @Test
    @Tag("long")
    void thePrintedCaseHasAllInBlackOnWhiteAndNoControls() {
        Page page = browser.signIn(centre, "anna", CASE, "en", ColorScheme.DARK);
        shown(page);
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        page.locator("koprik-case-print h1").waitFor();
        String text = page.locator("koprik-case-print .page").innerText();
        for (String all :
                List.of(CaseStories.NUMBER, CaseStories.IBAN, "login.example.com", "+998901234567", "Asked the bank")) {
            assertTrue(text.contains(all), text);
        }
        assertFalse(page.locator("koprik-case .screen").isVisible());
        assertEquals(
                0,
                page.locator("koprik-case-print k-button, koprik-case-print button")
                        .count());
        assertEquals(
                "rgb(0, 0, 0)",
                page.locator("koprik-case-print").evaluate("element => getComputedStyle(element).color"));
        browser.screenshot(page, "case-print");
    }
}
