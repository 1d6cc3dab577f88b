package uz.koprik.gateway.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.Tlp;

/** An object in a browser: words first, matches to decide, versions, recipients, proof, revocation. */
final class ObjectScreenTest {

    private static final List<String> TABS =
            List.of("known", "says", "versions", "relations", "timeline", "recipients", "raw");

    @RegisterExtension
    static final Centres centres = new Centres();

    private static KnownMatters matters;

    @RegisterExtension
    final Browser browser = new Browser();

    @BeforeAll
    static void start() throws Exception {
        matters = KnownMatters.start(centres);
    }

    private Page page(String account, String id, String tab, String language, ColorScheme scheme) {
        Page page = browser.signIn(
                matters.centre,
                account,
                "#/objects/" + id + "?tab=" + tab,
                language,
                scheme,
                options -> options.setViewportSize(1280, 900));
        page.locator("koprik-object h1").waitFor();
        return page;
    }

    private Page page(String id, String tab) {
        return page("anna", id, tab, "en", ColorScheme.LIGHT);
    }

    private static Locator part(Page page) {
        return page.locator("koprik-object .part");
    }

    @Test
    void theHeadSaysWhoseWordItIs() {
        Page page = page(matters.partners, "known");
        Locator head = page.locator("koprik-object .page > header");
        assertThat(head).containsText("Account that collected deposits");
        assertThat(head).containsText("login[.]example[.]com");
        assertThat(head).containsText("signed by budapest");
        assertThat(head).containsText("came directly from budapest");
        assertThat(head).containsText("confidence 80 of 100");
        assertThat(page.locator("koprik-object").getByText("Revoke…")).hasCount(0);
        browser.axe(page);
        browser.fits(page);
    }

    @Test
    void aMatchIsDismissedByKeyAndTheDecisionUndone() {
        Page page = page(matters.own, "known");
        Locator row =
                part(page).locator("li", new Locator.LocatorOptions().setHasText("budapest: Account that collected"));
        row.waitFor();
        row.locator(".quiet").first().click();
        page.keyboard().press("d");
        assertThat(row).containsText("Dismissed by anna");
        page.keyboard().press("u");
        assertThat(row).not().containsText("Dismissed by anna");
    }

    @Test
    @Tag("long")
    void sightingsStandWithTheirWords() {
        Page page = page(matters.own, "known");
        assertThat(part(page)).containsText("saw it 1 time");
        assertThat(part(page)).containsText("seen at two banks");
    }

    @Test
    @Tag("long")
    void versionsShowWhatChanged() {
        Page page = page(KnownMatters.MALWARE, "versions");
        assertThat(part(page).locator("li")).hasCount(2);
        part(page).getByText("What changed?").click();
        assertThat(part(page).locator("del")).hasText("before");
        assertThat(part(page).locator("ins")).hasText("after");
    }

    @Test
    @Tag("long")
    void relationshipsAreSaidInWords() {
        Page page = page(matters.own, "relations");
        assertThat(part(page)).containsText("indicates");
        part(page).getByText("loader").click();
        page.waitForURL(Pattern.compile(".*" + KnownMatters.MALWARE + ".*"));
    }

    @Test
    @Tag("long")
    void recipientsAreNamedWithTheRule() {
        Page page = page(matters.own, "recipients");
        assertThat(part(page)).containsText("1 of 2 partners");
        assertThat(part(page).locator("li", new Locator.LocatorOptions().setHasText("seoul")))
                .containsText("2021");
    }

    @Test
    @Tag("long")
    void theProofIsDownloadedAndVerifies() throws Exception {
        Page page = page(matters.own, "raw");
        assertThat(part(page)).containsText("koprik verify");
        assertThat(part(page).locator("a")).hasCount(0);
        page.locator("koprik-object k-menu k-button").click();
        Download file = page.waitForDownload(() ->
                page.locator("koprik-object k-menu [role=menuitem]").nth(1).click());
        Path proof = Files.copy(file.path(), centres.folder().resolve("proof.json"));
        assertEquals(0, matters.centre.koprik("verify", proof.toString()).code());
    }

    @Test
    @Tag("long")
    void anObjectIsRevokedWithAReasonThatStandsThere() {
        String id = matters.report("revoke.example.org", "To be revoked", "", "green");
        Page page = page(id, "known");
        page.locator("koprik-object").getByText("Revoke…").click();
        Locator dialog = page.locator("koprik-revoke");
        dialog.getByText("Revoke for all").click();
        assertThat(dialog).containsText("Write why the object is revoked.");
        dialog.locator("textarea").fill("the name belongs to a test");
        dialog.getByText("Revoke for all").click();
        assertThat(page.locator("koprik-object .page > k-banner")).containsText("revoked this object");
        page.reload();
        assertThat(part(page)).containsText("the name belongs to a test");
    }

    @Test
    void anErasedObjectSaysWhenByWhichRuleAndWhatStays() {
        String id = matters.report("erase.example.org", "To be erased", "", "green");
        assertEquals(
                0,
                matters.centre.koprik("erase", id, "--reason", "court order 7").code());
        browser.expect("410 GET .*/api/objects/");
        Page page = browser.signIn(matters.centre, "anna", "#/objects/" + id, "en", ColorScheme.LIGHT);
        Locator erased = page.locator("koprik-erased");
        assertThat(erased).containsText("under: Order: court order 7");
        assertThat(erased).containsText("SHA-256 ");
        assertThat(erased).not().containsText("To be erased");
        browser.axe(page);
        browser.fits(page);
    }

    @Test
    @Tag("long")
    void anObjectIsRecalledAndItsPageSaysWhoConfirmed() {
        String id = matters.report("recall.example.org", "To be recalled", "", "green");
        Page page = page(id, "known");
        page.locator("koprik-object").getByText("Recall…").click();
        Locator dialog = page.locator("koprik-recall-dialog");
        dialog.getByText("Sign and send").click();
        assertThat(dialog).containsText("Write why the object is recalled.");
        browser.axe(page);
        dialog.locator("textarea").fill("the address of a victim");
        dialog.getByText("Sign and send").click();
        assertThat(page.locator("koprik-object .page > k-banner").first()).containsText("the address of a victim");
        Locator recalls = page.locator("koprik-recalls");
        assertThat(recalls).containsText("Withdrawn by");
        assertThat(recalls).containsText("confirmed");
        assertThat(page.locator("koprik-object").getByText("Recall…")).hasCount(0);
        assertThat(page.locator("koprik-object h1")).not().containsText("To be recalled");
        for (String language : Browser.LANGUAGES) {
            Page other = page("anna", id, "known", language, ColorScheme.LIGHT);
            other.locator("koprik-recalls section").first().waitFor();
            browser.fits(other);
            browser.screenshot(other, "recall-" + language);
        }
        browser.axe(page);
    }

    @Test
    @Tag("long")
    void anObjectIsRedactedAfterAPreview() throws Exception {
        String id = RunningCentre.freshId();
        String marked = RunningCentre.indicator(id, "198.51.100.77", Tlp.GREEN, 1)
                .replace(
                        "\"spec_version\"",
                        "\"description\":\"the victim is Example Bank\",\"granular_markings\":[{\"marking_ref\":\""
                                + Markings.id(Tlp.RED)
                                + "\",\"selectors\":[\"description\"]}],\"spec_version\"");
        RunningCentre.ok(matters.centre
                .clientOf("anna")
                .post("/api/objects", "application/json", marked.getBytes(StandardCharsets.UTF_8)));
        Page page = page(id, "known");
        page.locator("koprik-object").getByText("Redact…").click();
        Locator dialog = page.locator("koprik-redact-dialog");
        assertThat(dialog).containsText("/description");
        assertThat(dialog).containsText("pattern");
        dialog.getByText("Sign and make").click();
        assertThat(dialog).containsText("Write why the object is redacted.");
        browser.axe(page);
        for (String language : Browser.LANGUAGES) {
            Page other = page("anna", id, "known", language, ColorScheme.LIGHT);
            other.locator("koprik-object header k-button[icon=shield]").click();
            other.locator("koprik-redact-dialog dl").waitFor();
            browser.fits(other);
            browser.screenshot(other, "redact-" + language);
        }
        dialog.locator("textarea").fill("for all partners");
        dialog.getByText("Sign and make").click();
        Locator made = page.locator("koprik-redactions a").first();
        made.waitFor();
        browser.axe(page);
        made.click();
        assertThat(page.locator("koprik-redactions")).containsText("This object is a redaction of");
        assertThat(page.locator("koprik-object")).not().containsText("Example Bank");
        assertThat(page.locator("koprik-object").getByText("Redact…")).hasCount(0);
    }

    @Test
    @Tag("long")
    void whatIsNotThereSaysSo() {
        browser.expect("404 GET .*/api/objects/");
        Page page = browser.signIn(
                matters.centre,
                "bek",
                "#/objects/indicator--00000000-0000-4000-8000-000000000009",
                "en",
                ColorScheme.LIGHT);
        assertThat(page.locator("koprik-object k-empty")).containsText("There is no such object here");
    }

    @Test
    @Tag("long")
    void everyLanguageFitsAndEveryThemeIsReadable() {
        for (String language : Browser.LANGUAGES) {
            Page page = page("anna", matters.own, "known", language, ColorScheme.LIGHT);
            part(page).locator("li").first().waitFor();
            browser.fits(page);
            browser.screenshot(page, "object-" + language);
        }
        for (ColorScheme scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
            for (String tab : TABS) {
                Page page = page("anna", KnownMatters.MALWARE, tab, "en", scheme);
                page.locator("koprik-object k-skeleton")
                        .first()
                        .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
                browser.axe(page);
                browser.screenshot(page, "object-" + tab + "-" + scheme.name());
            }
        }
    }
}
