package uz.koprik.gateway.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.indicators.imports.Workbooks;
import uz.koprik.indicators.policy.Tlp;

/** Reporting in a browser: paste, files of each format, doubts, recipients, outcome, imports that are left. */
final class ReportScreenTest {

    private static final String LETTER =
            """
            Dear colleagues,
            the page hxxps://login[.]example[.]net/verify collects passwords; it calls loader[.]example[.]org and 203.0.113.77.
            The file readme.md was attached. The accountant's router is 10.0.0.1.
            """;

    @RegisterExtension
    static final Centres centres = new Centres();

    private static RunningCentre centre;

    @RegisterExtension
    final Browser browser = new Browser();

    @BeforeAll
    static void start() throws Exception {
        PlaywrightAssertions.setDefaultAssertionTimeout(Browser.WAIT_MILLIS);
        centre = centres.init("tashkent")
                .withPeople()
                .withAccount("anna", Role.ANALYST)
                .withAccount("boris", Role.ANALYST)
                .withAccount("night-shift", Role.OPERATOR)
                .withAccount("outside", Role.WRITER);
        centre.partner("budapest", true);
        centre.partner("seoul", true);
        Files.writeString(
                centre.home().partners(),
                """
                partners:
                  budapest:
                    agreement:
                      max_tlp: amber
                  seoul:
                    agreement:
                      valid_until: "2021-03-01T00:00:00Z"
                """);
        centre.start();
    }

    private Page page(String account) {
        return page(account, "#/report", "en", ColorScheme.LIGHT);
    }

    private Page page(String account, String route, String language, ColorScheme scheme) {
        Page page =
                browser.signIn(centre, account, route, language, scheme, options -> options.setViewportSize(1280, 900));
        page.locator("koprik-report").waitFor();
        return page;
    }

    private static Locator text(Page page) {
        return page.locator("koprik-report-source textarea");
    }

    private static Locator values(Page page) {
        return page.locator("koprik-report-values");
    }

    private static Locator marking(Page page) {
        return page.locator("koprik-report-terms section > div > k-field select");
    }

    private static void send(Page page) {
        page.locator(".send k-button").click();
    }

    private static void choose(Page page, String name, byte[] content) {
        page.locator("koprik-report-source input[type=file]")
                .setInputFiles(new FilePayload(name, "application/octet-stream", content));
    }

    private static void choose(Page page, String name, String content) {
        choose(page, name, content.getBytes(StandardCharsets.UTF_8));
    }

    private static Locator ask(Page page, String value) {
        return values(page).locator(".ask", new Locator.LocatorOptions().setHasText(value));
    }

    @Test
    @Tag("long")
    void recipientsAndAnEmbargoAreChosenAndThePreviewFollows() {
        Page page = page("anna");
        text(page).fill("198.51.100.177");
        Locator who = page.locator("koprik-report-recipients li");
        Locator release = page.locator("koprik-report-release");
        marking(page).selectOption("red");
        assertThat(who.nth(0)).containsText("TLP:RED goes to named recipients only");
        release.locator("input[type=checkbox]").nth(0).check();
        assertThat(who.nth(0)).containsText("TLP:RED names budapest as its recipient");
        assertThat(who.nth(1)).containsText("It goes to named recipients only, and this is none of them");
        release.locator("input[type=datetime-local]").fill("2020-01-01T00:00");
        send(page);
        assertThat(release).containsText("This moment is over");
        page.waitForTimeout(1000);
        assertEquals(0, page.locator("koprik-report-recipients k-problem").count(), "the preview does not ask for it");
        release.locator("input[type=datetime-local]").fill("2099-12-01T10:00");
        assertThat(who.nth(0)).containsText("It is under embargo until 1 Dec 2099");
        browser.axe(page);
        browser.fits(page);
        browser.screenshot(page, "report-release");
        send(page);
        assertThat(page.locator("koprik-report-outcome")).containsText("signed and stored");
        page.locator("koprik-report-outcome tbody a").first().click();
        assertThat(page.locator("koprik-object")).containsText("Goes only to");
        assertThat(page.locator("koprik-object")).containsText("Under embargo until");
        browser.screenshot(page, "object-release");
    }

    @Test
    @Tag("long")
    void aSharingGroupIsChosenAndTheReportGoesToItsMembers() throws Exception {
        CentreClient admin = centre.adminClient();
        JsonNode banks = RunningCentre.ok(admin.post(
                "/api/groups",
                "application/json",
                "{\"name\":\"Banks\",\"members\":[\"budapest\"]}".getBytes(StandardCharsets.UTF_8)));
        String old = RunningCentre.ok(admin.post(
                        "/api/groups",
                        "application/json",
                        "{\"name\":\"Past exercise\"}".getBytes(StandardCharsets.UTF_8)))
                .path("id")
                .asText();
        RunningCentre.ok(admin.delete("/api/groups/" + old));
        Page page = page("anna");
        text(page).fill("198.51.100.178");
        Locator who = page.locator("koprik-report-recipients li");
        marking(page).selectOption("red");
        assertThat(who.nth(0)).containsText("TLP:RED goes to named recipients only");
        Locator group = page.locator("koprik-report-release k-field[type=select] select");
        assertEquals(List.of("no group", "Banks"), group.locator("option").allInnerTexts(), "no dissolved one");
        group.selectOption("Banks");
        assertThat(who.nth(0)).containsText("TLP:RED names budapest as its recipient");
        assertThat(who.nth(1)).containsText("It goes to members of a sharing group only");
        browser.axe(page);
        browser.fits(page);
        browser.screenshot(page, "report-group");
        send(page);
        assertThat(page.locator("koprik-report-outcome")).containsText("signed and stored");
        page.locator("koprik-report-outcome tbody a").first().click();
        assertThat(page.locator("koprik-object")).containsText("Banks");
        page.locator("koprik-object dd a").getByText("Banks").click();
        page.locator("koprik-group-list").getByText("Banks").first().waitFor();
        // What the preview said is what holds for the stored object.
        String id = RunningCentre.ok(admin.get("/api/search?limit=1&q=198.51.100.178"))
                .at("/hits/0/id")
                .asText();
        assertTrue(explains(admin, id, "budapest"), "a member gets it");
        assertFalse(explains(admin, id, "seoul"), "nobody else does");
        RunningCentre.ok(admin.delete("/api/groups/" + banks.path("id").asText()));
    }

    private static boolean explains(CentreClient admin, String id, String partner) {
        return RunningCentre.ok(admin.get("/api/explain?id=" + id + "&to=" + partner))
                .path("released")
                .asBoolean();
    }

    @Test
    void aPastedLetterIsReadDecidedAndReported() {
        Page page = page("anna");
        text(page).fill(LETTER);
        assertThat(values(page).locator("h2").first()).hasText("5 values recognised");
        assertThat(values(page)
                        .locator(
                                ".chip",
                                new Locator.LocatorOptions().setHasText("hxxps://login[.]example[.]net/verify")))
                .hasCount(1);
        assertEquals(0, values(page).locator("a").count(), "a dangerous value is never a link");
        assertThat(ask(page, "readme[.]md")).containsText("looks like the name of a file");
        assertThat(ask(page, "10[.]0[.]0[.]1")).containsText("special-use");
        assertThat(page.locator(".send")).containsText("3 values and objects are reported");
        assertThat(page.locator(".send k-badge")).containsText("2 without an answer");
        browser.axe(page);
        browser.fits(page);

        Locator who = page.locator("koprik-report-recipients li");
        assertThat(who.nth(0)).containsText("TLP:GREEN is within the agreement with budapest");
        assertThat(who.nth(1)).containsText("The agreement with seoul ended on 1 Mar 2021");
        marking(page).selectOption("red");
        assertThat(who.nth(0)).containsText("TLP:RED goes to named recipients only");
        marking(page).selectOption("green");

        ask(page, "10[.]0[.]0[.]1").getByText("Report anyway").click();
        ask(page, "readme[.]md").locator("select").selectOption("file-name");
        assertThat(page.locator(".send")).containsText("5 values and objects are reported");
        page.locator("koprik-report-terms k-field input").first().fill("Fake bank login");
        send(page);
        Locator rows = page.locator("koprik-report-outcome tbody tr");
        assertThat(rows).hasCount(5);
        assertThat(page.locator("koprik-report-outcome")).containsText("5 signed and stored");
        String href = rows.first().locator("a").getAttribute("href");
        assertTrue(href.startsWith("#/objects/indicator--"), href);
        browser.screenshot(page, "report-outcome");
        assertTrue(centre.clientOf("anna").get("/api/search?q=readme.md").text().contains("file-name"));

        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("New report"))
                .click();
        text(page).fill("login.example.net/verify\nhttps://login.example.net/verify");
        assertThat(values(page)).containsText("known, 1 report");
    }

    @Test
    @Tag("long")
    void eachFormatIsReadAndImported() throws Exception {
        String stix = RunningCentre.envelope(
                List.of(RunningCentre.indicator(RunningCentre.freshId(), "198.51.100.210", Tlp.GREEN, 0)));
        String misp =
                """
                {"Event": {"uuid": "6f0c4b8e-6f2e-4e0c-9d5b-0c8a4f4c1a01", "info": "Fake shop", "date": "2026-11-01", "timestamp": "1793500000",
                 "Orgc": {"uuid": "6f0c4b8e-6f2e-4e0c-9d5b-0c8a4f4c1a02", "name": "Example CERT"},
                 "Attribute": [{"uuid": "6f0c4b8e-6f2e-4e0c-9d5b-0c8a4f4c1a03", "type": "domain", "category": "Network activity",
                  "value": "shop.example.com", "to_ids": true, "timestamp": "1793500000"}]}}
                """;
        Page page = page("anna");
        choose(page, "list.csv", "value,name\nmule1.example.com,Mule shop\nnonsense !!,x\n203.0.113.90,Server\n");
        assertThat(values(page).locator("h2").first()).hasText("2 values recognised");
        assertThat(values(page)).containsText("1 row cannot be used");
        assertThat(page.locator("koprik-report-columns k-field")).hasCount(2);
        sendToJob(page, "done");
        assertThat(page.locator("koprik-import-job")).containsText("No value of a known kind is in it.");
        assertThat(page.locator("koprik-import-job")).containsText("The whole file was dealt with: 3 rows.");
        browser.screenshot(page, "report-job");

        for (String[] file : new String[][] {
            {"bundle.json", stix, "198[.]51[.]100[.]210"}, {"event.json", misp, "shop[.]example[.]com"}
        }) {
            page = page("anna");
            choose(page, file[0], file[1]);
            assertThat(values(page).locator("koprik-report-objects")).containsText(file[2]);
            sendToJob(page, "done");
        }

        page = page("anna");
        choose(page, "table.xlsx", workbook());
        assertThat(values(page)).containsText("sheet[.]example[.]com");
        sendToJob(page, "done");

        page = page("anna");
        choose(
                page,
                "letter.eml",
                "From: a@example.org\r\nTo: b@example.org\r\nSubject: Warning\r\nMessage-ID: <1@example.org>\r\n\r\nBlock mail1[.]example[.]com please.\r\n");
        assertThat(values(page)).containsText("mail1[.]example[.]com");
        assertThat(page.locator("koprik-report-source")).containsText("Read as mail");
        send(page);
        assertThat(page.locator("koprik-report-outcome")).containsText("signed and stored");
    }

    private static byte[] workbook() throws Exception {
        return Files.readAllBytes(Workbooks.write(
                centres.folder().resolve("table.xlsx"),
                "<row r='1'><c r='A1' t='s'><v>0</v></c></row><row r='2'><c r='A2' t='s'><v>1</v></c></row>",
                "value",
                "sheet.example.com"));
    }

    private static void sendToJob(Page page, String phase) {
        send(page);
        page.locator("koprik-import-job h2").first().waitFor();
        assertThat(page).hasURL(Pattern.compile("#/report/imports/\\d{14}-[0-9a-f]{8}$"));
        assertThat(page.locator("koprik-import-job k-badge").first()).hasText(phase);
    }

    @Test
    void aRefusedFileIsExplainedInTheLanguageOfTheReader() {
        Page page = page("anna", "#/report", "ru", ColorScheme.LIGHT);
        browser.expect("400 POST .*/api/import\\?preview=true.*");
        browser.expect("4\\d\\d POST .*/api/documents.*");
        choose(page, "notes.xlsx", "PK\u0003\u0004 and no more");
        assertThat(page.locator("k-problem .words")).containsText("Книга повреждена или обрезана.");
    }

    @Test
    @Tag("long")
    void whatIsSaidOfADocumentIsInTheLanguageOfTheReader() {
        Page page = page("anna", "#/report", "ru", ColorScheme.LIGHT);
        choose(
                page,
                "mail.eml",
                """
                Subject: two
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary=x

                --x
                Content-Type: text/plain

                http://said2.example.com/a and said3.sh
                --x
                Content-Type: application/pdf; name="a, b.pdf"

                %PDF-1.7 and no more
                --x--
                """);
        Locator details = values(page).locator("details");
        assertThat(details).containsText("вложение a, b.pdf: Файл PDF повреждён или обрезан.");
        assertThat(details.locator("[lang=en]")).hasCount(0);

        browser.expect("4\\d\\d POST .*/api/import\\?preview=true.*");
        browser.expect("400 POST .*/api/documents.*");
        Page other = page("anna", "#/report", "ru", ColorScheme.LIGHT);
        choose(other, "notes.pdf", "%PDF-1.7 and no more");
        assertThat(other.locator("k-problem .words")).containsText("Файл PDF повреждён или обрезан.");
    }

    @Test
    @Tag("long")
    void whatIsSaidOfAFileIsInTheLanguageOfTheReader() {
        Page page = page("anna", "#/report", "ru", ColorScheme.LIGHT);
        choose(page, "notes.csv", "value,shoe_size\nsaid1.example.com,42\nnonsense !!,43\n");
        Locator details = values(page).locator("details");
        assertThat(details).hasCount(2);
        assertThat(details.first()).containsText("строка 3 Вид значения неизвестен");
        assertThat(details.last()).containsText("заголовок: Неиспользованные столбцы: \"shoe_size\"");
        assertThat(details.locator("[lang=en]")).hasCount(0);
        sendToJob(page, "готово");
        assertThat(page.locator("koprik-import-job")).containsText("Вид значения неизвестен");
        assertThat(page.locator("koprik-import-job [lang=en]")).hasCount(0);
    }

    @Test
    @Tag("long")
    void columnsOfATableAreShownAndChanged() {
        Page page = page("anna");
        choose(
                page,
                "list.csv",
                "Wert;Bemerkung\ncols1.example.com;cols2.example.com\ncols3.example.com;cols4.example.com\n");
        assertThat(values(page)).containsText("cols1[.]example[.]com");
        Locator columns = page.locator("koprik-report-columns select");
        assertThat(columns).hasCount(2);
        // A preview may be asked for between the two choices, when no column holds values.
        browser.expect("400 POST .*/api/import\\?preview=true.*");
        columns.nth(0).selectOption("-");
        columns.nth(1).selectOption("value");
        assertThat(values(page)).containsText("cols2[.]example[.]com");
        assertThat(values(page)).not().containsText("cols1[.]example[.]com");
        sendToJob(page, "done");
        assertTrue(centre.clientOf("anna")
                .get("/api/search?q=cols4.example.com")
                .text()
                .contains("cols4"));
        assertFalse(centre.clientOf("anna")
                .get("/api/search?q=cols3.example.com")
                .text()
                .contains("indicator--"));
    }

    @Test
    void aSureRowOfATableIsLeftOutAlone() {
        Page page = page("anna");
        choose(page, "list.csv", "value,name\nrow1.example.com,One\nrow2.example.com,Two\n");
        assertThat(page.locator(".send")).containsText("2 values and objects are reported");
        Locator chip = values(page).locator(".chip", new Locator.LocatorOptions().setHasText("row1[.]example[.]com"));
        chip.locator("k-button").click();
        assertThat(page.locator(".send")).containsText("1 value or object is reported");
        browser.screenshot(page, "report-table-left-out");
        sendToJob(page, "done");
        CentreClient anna = centre.clientOf("anna");
        assertTrue(anna.get("/api/search?q=row2.example.com").text().contains("indicator--"));
        assertFalse(anna.get("/api/search?q=row1.example.com").text().contains("indicator--"));
    }

    @Test
    @Tag("long")
    void theKeyboardAloneReports() {
        Page page = page("anna");
        text(page).focus();
        page.keyboard().insertText("keyboard1.example.com and a file notes.md");
        assertThat(values(page).locator("h2").first()).hasText("2 values recognised");
        Locator accept = ask(page, "notes[.]md").locator("k-button", new Locator.LocatorOptions().setHasText("Accept"));
        for (int i = 0;
                i < 30 && !accept.evaluate("e => e.matches(':focus-within')").equals(true);
                i++) {
            page.keyboard().press("Tab");
        }
        page.keyboard().press("Enter");
        assertThat(ask(page, "notes[.]md")).containsText("accepted");
        page.keyboard().press("s");
        assertThat(page.locator("koprik-report-outcome tbody tr")).hasCount(2);
    }

    @Test
    @Tag("long")
    void aDraftSurvivesAReloadAndEndsWithTheSession() {
        browser.expect("404 GET .*/signin/");
        Page page = page("anna");
        text(page).fill("draft1.example.com readme.md");
        assertThat(values(page).locator("h2").first()).hasText("2 values recognised");
        ask(page, "readme[.]md").getByText("Leave out").click();
        marking(page).selectOption("amber");
        page.reload();
        assertThat(text(page)).hasValue("draft1.example.com readme.md");
        assertThat(page.locator(".send")).containsText("1 value or object is reported");
        assertThat(marking(page)).hasValue("amber");
        page.evaluate("() => window.dispatchEvent(new CustomEvent('koprik-signed-out'))");
        assertEquals(
                0,
                page.evaluate("() => Object.keys(sessionStorage).filter((k) => k.startsWith('koprik-report')).length"));
    }

    @Test
    @Tag("long")
    void otherScreensHandValuesOver() {
        Page page = page("anna", "#/report/imports", "en", ColorScheme.LIGHT);
        page.evaluate(
                "async () => (await import(performance.getEntriesByType('resource').map((e) => e.name)"
                        + ".find((n) => n.endsWith('/report/handover.js')))).report([{kind: 'domain', value: 'readme.md'}, {kind: 'ipv4', value: '203.0.113.78'}])");
        assertThat(page.locator("koprik-report-values h2").first()).hasText("2 values recognised");
        assertThat(page.locator(".send")).containsText("2 values and objects are reported");
        assertThat(ask(page, "readme[.]md")).containsText("accepted");
    }

    @Test
    @Tag("long")
    void aLongImportIsLeftFoundAgainAndCancelled() {
        StringBuilder rows = new StringBuilder("value,name\n");
        for (int i = 0; i < 40_000; i++) {
            rows.append("long").append(i).append(".example.com,Row ").append(i).append('\n');
        }
        Page page = page("boris");
        choose(page, "long.csv", rows.toString());
        assertThat(values(page).locator("h2").first()).hasText("40,000 values recognised");
        send(page);
        page.locator("koprik-import-job progress").waitFor();
        browser.screenshot(page, "report-progress");
        Page other = page("boris", "#/report/imports", "en", ColorScheme.LIGHT);
        page.close();
        other.locator("koprik-import-jobs a.name").first().click();
        other.locator("koprik-import-job k-button", new Page.LocatorOptions().setHasText("Cancel the import"))
                .first()
                .click();
        other.locator("koprik-import-job k-dialog k-button[variant=danger]").click();
        assertThat(other.locator("koprik-import-job k-badge").first()).hasText("cancelled");
        assertThat(other.locator("koprik-import-job k-banner")).containsText("What is stored stays");
        Page operator = page("night-shift", "#/report/imports", "en", ColorScheme.LIGHT);
        assertThat(operator.locator("koprik-import-jobs tbody")).containsText("boris");
        Page stranger = page("anna", "#/report/imports", "en", ColorScheme.LIGHT);
        Browser.settled(stranger);
        assertThat(stranger.locator("koprik-import-jobs")).not().containsText("long.csv");
    }

    @Test
    @Tag("long")
    void whoMayNotReportIsTold() {
        assertThat(page("night-shift").locator("k-empty")).containsText("Your role does not report");
        assertThat(page("outside").locator("k-empty")).containsText("Analysts and administrators report");
    }

    @Test
    @Tag("long")
    void axeFindsNothingAndTextFitsInEveryLanguage() {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            for (String language : scheme == ColorScheme.LIGHT ? Browser.LANGUAGES : List.of("en")) {
                Page page = page("anna", "#/report", language, scheme);
                String name = language + "-" + scheme.name().toLowerCase(Locale.ROOT);
                page.locator("koprik-report-composer k-empty").waitFor();
                browser.screenshot(page, "report-empty-" + name);
                text(page).fill(LETTER);
                page.locator("koprik-report-recipients li").first().waitFor();
                browser.axe(page);
                browser.fits(page);
                browser.screenshot(page, "report-" + name);
                page.setViewportSize(400, 800);
                browser.fits(page);
                browser.screenshot(page, "report-narrow-" + name);
                page.navigate(centre.peopleUrl() + "/console/#/report/imports");
                page.locator("koprik-import-jobs").waitFor();
                browser.axe(page);
                browser.fits(page);
                page.close();
            }
        }
    }
}
