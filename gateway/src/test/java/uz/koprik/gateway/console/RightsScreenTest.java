package uz.koprik.gateway.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.crypto.trust.Secrets;
import uz.koprik.gateway.auth.Account;
import uz.koprik.gateway.auth.AccountsFile;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.indicators.policy.Tlp;

/** Who may do what, in a real browser: tokens, the table of roles, and acts that wait for a second administrator. */
final class RightsScreenTest {

    private static final String JSON = "application/json";
    private static final String SECRET = "correct horse battery staple";

    @RegisterExtension
    static final Centres centres = new Centres();

    private static RunningCentre centre;
    private static String card;
    private static String fingerprint;

    @RegisterExtension
    final Browser browser = new Browser();

    @BeforeAll
    static void start() throws Exception {
        centre = centres.init("tashkent")
                .withPeople()
                .withConfig("two_persons: false", "two_persons: true")
                .withAccount("olga", Role.OPERATOR)
                .withAccount("anna", Role.ADMIN)
                .withAccount("bela", Role.ADMIN)
                .withAccount("dora", Role.ANALYST);
        centre.accounts().setSecret("dora", SECRET.toCharArray(), 12);
        centre.start();
        centre.account("siem", Role.WRITER, Tlp.GREEN);
        card = Files.readString(centres.init("budapest").home().ownCard());
        fingerprint = RunningCentre.ok(
                        centre.adminClient().post("/api/card-previews", JSON, CentreAnswers.json(Map.of("card", card))))
                .at("/card/fingerprint")
                .asText();
        Instant before = Instant.now().minus(Duration.ofDays(100));
        new AccountsFile(centre.home().accounts()).update(accounts -> {
            Account siem = accounts.get("siem");
            List<Account.Token> tokens = new ArrayList<>(siem.tokens());
            tokens.add(new Account.Token("forgotten", Secrets.sha256("forgotten"), before, Optional.empty()));
            tokens.add(new Account.Token(
                    "over", Secrets.sha256("over"), before, Optional.of(before.plus(Duration.ofDays(30)))));
            accounts.put("siem", siem.withTokens(tokens));
            return accounts;
        });
        RunningCentre.await(() -> RunningCentre.ok(centre.adminClient().get("/api/tokens?stale=true"))
                        .path("tokens")
                        .size()
                == 2);
    }

    private Page page(String account, String route, String language, ColorScheme scheme, int width) {
        return browser.signIn(centre, account, route, language, scheme, options -> options.setViewportSize(width, 900));
    }

    private Page page(String account, String route) {
        return page(account, route, "en", ColorScheme.LIGHT, 1440);
    }

    private static void submit(String account, String agreement) throws Exception {
        byte[] body = CentreAnswers.json(
                Map.of("card", card, "fingerprint", fingerprint, "agreement", agreement, "max_tlp", "TLP:GREEN"));
        CentreClient.Reply reply = centre.clientOf(account).post("/api/partners", JSON, body);
        assertTrue(reply.text().contains("second-person-needed"), reply::text);
    }

    @Test
    @Tag("long")
    void anOwnTokenIsShownOnceWorksAndIsTakenBack() throws Exception {
        Page page = browser.signInByPassword(centre, "dora", SECRET, "#/account", "en", ColorScheme.LIGHT);
        page.locator("koprik-own-tokens k-button#new-token button").click();
        Locator dialog = page.locator("koprik-token-make k-dialog[open]");
        dialog.locator("k-button#make button").click();
        dialog.getByText("Say what it is for").waitFor();
        dialog.getByText("Mark one right at least").waitFor();
        browser.axe(page);
        dialog.locator("k-field[name=label] input").fill("nightly report");
        dialog.locator("k-field[data-right=read] input").check();
        dialog.locator("k-field[data-right=analyse] input").check();
        dialog.locator("k-field[name=term] select").selectOption("30");
        browser.screenshot(page, "token-make");
        dialog.locator("k-button#make button").click();
        Locator secret = dialog.locator(".secret code");
        secret.waitFor();
        String token = secret.innerText();
        browser.axe(page);
        browser.screenshot(page, "token-made");
        dialog.locator(".secret k-copy button").click();
        page.getByText("Copied").waitFor();
        assertEquals(token, page.evaluate("() => navigator.clipboard.readText()"));
        HttpResponse<String> used = centre.get(centre.url() + "/api/account", "Bearer " + token);
        assertEquals(200, used.statusCode());
        assertEquals(
                403, centre.get(centre.url() + "/api/cases", "Bearer " + token).statusCode(), "beyond its scopes");
        dialog.locator("k-button#kept button").click();
        Locator row =
                page.locator("koprik-own-tokens li").filter(new Locator.FilterOptions().setHasText("nightly report"));
        row.getByText("read objects, search and analyse").waitFor();
        assertEquals(0, page.getByText(token).count(), "shown once");
        browser.screenshot(page, "tokens-own");
        row.locator("k-button").click();
        page.getByText("opens nothing any more").waitFor();
        RunningCentre.await(() ->
                centre.get(centre.url() + "/api/account", "Bearer " + token).statusCode() == 401);
    }

    @Test
    void aTokenMakesNoTokensAndThePageSaysSo() {
        Page page = page("anna", "#/account");
        page.locator("koprik-own-tokens")
                .getByText("Sign in with the password to make one")
                .waitFor();
        assertEquals(0, page.locator("k-button#new-token").count());
    }

    @Test
    @Tag("long")
    void anAdministratorSeesStaleTokensAndMakesAndTakesBackThoseOfPrograms() {
        Page page = page("anna", "#/operations?tab=tokens");
        page.locator("koprik-all-tokens k-table tbody tr").first().waitFor();
        browser.axe(page);
        browser.screenshot(page, "tokens-all");
        page.locator("koprik-all-tokens k-field[name=stale] input").check();
        Locator rows = page.locator("koprik-all-tokens k-table tbody tr");
        rows.getByText("unused for long").waitFor();
        rows.getByText("expired").waitFor();
        assertEquals(2, rows.count());
        browser.screenshot(page, "tokens-stale");
        page.locator("k-button#new-token button").click();
        Locator dialog = page.locator("koprik-token-make k-dialog[open]");
        dialog.locator("k-field[name=label] input").fill("siem-2");
        dialog.locator("k-field[data-right=read] input").check();
        assertEquals(0, dialog.locator("k-field[data-right=cases]").count(), "a program has no such right");
        browser.expect("409 POST .*/tokens$");
        dialog.locator("k-button#make button").click();
        page.getByText("Waits for a second administrator").first().waitFor();
        confirmTheToken();
        page.reload();
        page.locator("koprik-all-tokens k-field[name=stale] input").uncheck();
        Locator made = rows.filter(new Locator.FilterOptions().setHasText("siem-2"));
        made.getByText("read objects").waitFor();
        made.locator("k-button").click();
        page.locator("koprik-all-tokens k-dialog[open] k-button[variant=danger] button")
                .click();
        made.waitFor(
                new Locator.WaitForOptions().setState(com.microsoft.playwright.options.WaitForSelectorState.DETACHED));
        Page operator = page("olga", "#/operations?tab=tokens");
        operator.locator("koprik-operations-overview").waitFor();
        assertEquals(0, operator.locator("k-tabs [data-id=tokens]").count(), "administrators alone list tokens");
    }

    /** The second person reads what the act does in words, and gets the token. */
    private void confirmTheToken() {
        Page bela = page("bela", "#/operations?tab=acts");
        Locator act = bela.locator("koprik-acts article")
                .filter(new Locator.FilterOptions().setHasText("Make the token siem-2 for the account siem"));
        act.locator("k-button#confirm button").click();
        bela.locator("koprik-acts k-dialog[open] k-button#sure button").click();
        Locator secret = bela.locator("koprik-acts k-dialog[open] pre#secret");
        secret.waitFor();
        bela.getByText("This is shown once. Hand it over to siem.").waitFor();
        browser.axe(bela);
        assertTrue(secret.innerText().length() > 20, "the token");
    }

    @Test
    @Tag("long")
    void everybodyReadsTheTableOfRolesAndWhatRoutesAndCommandsAskFor() {
        Page page = page("dora", "#/roles");
        Locator own = page.locator("koprik-roles tr.own");
        own.getByText("yours").waitFor();
        assertEquals(4, own.locator(".yes").count(), "read, write, analyse, cases");
        browser.axe(page);
        browser.screenshot(page, "roles");
        page.locator("koprik-roles k-tabs [data-id=routes]").click();
        Locator rows = page.locator("koprik-roles k-table tbody tr");
        Locator partner = rows.filter(new Locator.FilterOptions()
                .setHas(page.getByText("POST /api/partners", new Page.GetByTextOptions().setExact(true))));
        partner.getByText("operate the centre").waitFor();
        partner.getByText("a second person confirms").waitFor();
        browser.axe(page);
        browser.screenshot(page, "roles-routes");
        page.locator("k-field[name=role] select").selectOption("auditor");
        partner.waitFor(
                new Locator.WaitForOptions().setState(com.microsoft.playwright.options.WaitForSelectorState.DETACHED));
        rows.getByText("GET /api/access", new Locator.GetByTextOptions().setExact(true))
                .waitFor();
        page.locator("k-field[name=role] select").selectOption("");
        page.locator("koprik-roles k-tabs [data-id=commands]").click();
        page.locator("k-field[name=q] input").fill("agreement accept");
        rows.getByText("koprik agreement accept").waitFor();
        assertEquals(1, rows.count());
        browser.screenshot(page, "roles-commands");
    }

    @Test
    void anActWaitsForASecondAdministratorWhoSeesWhatItDoesAndConfirmsIt() {
        browser.expect("409 POST .*/api/partners$");
        Page olga = page("olga", "#/partners?add=1");
        olga.locator("k-field#card textarea").fill(card);
        olga.locator("k-button#look button").click();
        olga.locator("k-field#heard input").fill(fingerprint);
        olga.locator("k-button#add button").click();
        Locator waits = olga.locator("koprik-partner-add k-problem section.waits");
        waits.getByText("Waits for a second administrator").waitFor();
        assertEquals(0, olga.locator("k-problem [role=alert]").count(), "no error");
        browser.axe(olga);
        browser.screenshot(olga, "act-asked");
        waits.locator("k-button a").click();
        olga.locator("koprik-acts")
                .getByText("Nobody confirms an own act")
                .first()
                .waitFor();
        assertEquals(0, olga.locator("k-button#confirm").count());

        Page bela = page("bela", "#/operations?tab=acts");
        Locator act = bela.locator("koprik-acts article")
                .filter(new Locator.FilterOptions().setHasText("Asked by olga").setHasNotText("letter"));
        act.getByText("Add the partner Budapest").waitFor();
        act.locator("koprik-fingerprint .group").first().waitFor();
        act.locator("summary").click();
        act.getByText("POST /api/partners").waitFor();
        browser.axe(bela);
        act.locator("k-button#confirm button").click();
        browser.screenshot(bela, "act-confirm");
        bela.locator("koprik-acts k-dialog[open] k-button#sure button").click();
        act.waitFor(
                new Locator.WaitForOptions().setState(com.microsoft.playwright.options.WaitForSelectorState.DETACHED));
        JsonNode partners = RunningCentre.ok(centre.clientOf("olga").get("/api/partners"));
        assertEquals("budapest", partners.at("/partners/0/name").asText());
    }

    @Test
    void anActIsWithdrawnByWhoAskedAndRefusedByAnother() throws Exception {
        submit("anna", "letter to withdraw");
        submit("olga", "letter to refuse");
        Page page = page("anna", "#/operations?tab=acts");
        Locator acts = page.locator("koprik-acts article");
        for (String letter : List.of("letter to withdraw", "letter to refuse")) {
            Locator act = acts.filter(new Locator.FilterOptions().setHasText(letter));
            act.locator(letter.endsWith("refuse") ? "k-button#refuse" : "k-button#withdraw")
                    .click();
            page.locator("koprik-acts k-dialog[open] k-button#sure button").click();
            act.waitFor(new Locator.WaitForOptions()
                    .setState(com.microsoft.playwright.options.WaitForSelectorState.DETACHED));
        }
        String left = RunningCentre.ok(centre.clientOf("anna").get("/api/acts")).toString();
        assertFalse(left.contains("letter to"), left);
    }

    private static final List<String> ROUTES = List.of(
            "roles",
            "roles?tab=routes",
            "roles?tab=commands",
            "operations?tab=tokens",
            "operations?tab=acts",
            "account");

    @Test
    @Tag("long")
    void everyScreenFitsInEveryLanguage() throws Exception {
        submit("olga", "letter of the languages");
        for (String language : Browser.LANGUAGES) {
            Page page = page("anna", "#/help", language, ColorScheme.LIGHT, 1280);
            for (String route : ROUTES) {
                Browser.go(page, route);
                browser.fits(page);
                browser.screenshot(page, route.replaceAll("[/?=]", "-") + "-" + language);
            }
            page.close();
        }
    }

    @Test
    @Tag("long")
    void axeFindsNothingInLightAndDark() throws Exception {
        submit("olga", "letter of the themes");
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            Page page = page("anna", "#/help", "en", scheme, 1440);
            for (String route : ROUTES) {
                Browser.go(page, route);
                browser.axe(page);
                browser.screenshot(
                        page,
                        route.replaceAll("[/?=]", "-") + "-" + scheme.name().toLowerCase(Locale.ROOT));
            }
            page.close();
        }
    }
}
