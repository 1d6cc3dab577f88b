package uz.koprik.gateway.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;

/**
 * Two centres and two people, each with a browser: they sign, widen, narrow and end an agreement with the console
 * alone, and each side's explanation names the article that decided. With a third centre there is an agreement already,
 * and a proposal that waits.
 */
final class AgreementsScreenTest {

    private static final String JSON = "application/json";

    @RegisterExtension
    static final Centres centres = new Centres();

    private static RunningCentre tashkent;
    private static RunningCentre budapest;
    private static RunningCentre seoul;

    @RegisterExtension
    final Browser browser = new Browser();

    @BeforeAll
    static void start() throws Exception {
        tashkent = centre("tashkent", "olim");
        budapest = centre("budapest", "bela");
        seoul = centre("seoul", "minjun");
        for (RunningCentre partner : List.of(budapest, seoul)) {
            tashkent.exchangeWith(partner);
            RunningCentre.await(() -> terms(partner, "tashkent").has("basis")
                    && terms(tashkent, partner.equals(seoul) ? "seoul" : "budapest")
                            .has("basis"));
        }
        signed();
    }

    /** An agreement with Seoul, and its proposal of other terms. */
    private static void signed() throws Exception {
        CentreClient here = tashkent.adminClient();
        CentreClient there = seoul.adminClient();
        String id = RunningCentre.ok(here.post(
                        "/api/agreements",
                        JSON,
                        CentreAnswers.json(Map.of(
                                "partner",
                                "seoul",
                                "purposes",
                                List.of(
                                        "investigation of phishing and of payments to mule accounts",
                                        "warning of banks"),
                                "legal_basis",
                                "Memorandum of understanding of 2 November 2026",
                                "reference",
                                "file 7",
                                "valid_until",
                                lastDay() + "T00:00:00Z",
                                "own_contacts",
                                List.of("mailto:soc@tashkent.example.com"),
                                "partner_contacts",
                                List.of("mailto:soc@seoul.example.com", "tel:+8225550100")))))
                .path("id")
                .asText();
        RunningCentre.await(() -> there.get("/api/agreements/" + id).ok());
        String sha256 = RunningCentre.ok(there.get("/api/agreements/" + id))
                .at("/versions/0/sha256")
                .asText();
        RunningCentre.ok(there.post(
                "/api/agreements/" + id + "/acceptance", JSON, CentreAnswers.json(Map.of("sha256", sha256))));
        RunningCentre.ok(there.post(
                "/api/agreements",
                JSON,
                CentreAnswers.json(Map.of(
                        "partner",
                        "tashkent",
                        "change",
                        id,
                        "kinds",
                        Map.of("domain", true, "url", true, "ipv4", true, "iban", true, "phone", true),
                        "max_tlp",
                        "TLP:AMBER",
                        "retention_days",
                        90))));
        RunningCentre.await(() -> RunningCentre.ok(here.get("/api/agreements/" + id))
                .at("/versions/0/state")
                .asText()
                .equals("proposed"));
    }

    private static RunningCentre centre(String name, String operator) throws Exception {
        int port;
        try (java.net.ServerSocket socket = new java.net.ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        return centres.init(name)
                .withPeople()
                .withConfig("required: false", "required: true")
                .withConfig(yaml -> yaml.replaceFirst("(?m)^  port: 0", "  port: " + port))
                .withAccount(operator, Role.OPERATOR)
                .withAccount("anna", Role.ANALYST)
                .start();
    }

    private static JsonNode terms(RunningCentre centre, String partner) throws Exception {
        for (JsonNode one :
                RunningCentre.ok(centre.adminClient().get("/api/agreements")).path("partners")) {
            if (one.path("partner").asText().equals(partner)) {
                return one;
            }
        }
        return MissingNode.getInstance();
    }

    /** What holds between Tashkent and Budapest at one of them. */
    private static JsonNode terms(RunningCentre centre) throws Exception {
        return terms(centre, centre.equals(tashkent) ? "budapest" : "tashkent");
    }

    private static String submitted(RunningCentre centre, String value, String tlp) throws Exception {
        byte[] form = CentreAnswers.json(Map.of("value", value, "tlp", tlp));
        return RunningCentre.ok(centre.adminClient().post("/api/indicators", JSON, form))
                .at("/objects/0/id")
                .asText();
    }

    private Page page(RunningCentre centre, String route, String language, ColorScheme scheme, int width) {
        return browser.signIn(
                centre,
                centre.equals(tashkent) ? "olim" : "bela",
                route,
                language,
                scheme,
                options -> options.setViewportSize(width, 900));
    }

    private Page page(RunningCentre centre, String route) {
        return page(centre, route, "en", ColorScheme.LIGHT, 1440);
    }

    private static void fill(Page page, String field, String value) {
        page.locator("k-field[name=" + field + "]").locator("input, textarea").fill(value);
    }

    private static void choose(Page page, String field, String value) {
        page.locator("k-field[name=" + field + "] select").selectOption(value);
    }

    private static String lastDay() {
        return LocalDate.now(ZoneOffset.UTC).plusDays(200).toString();
    }

    /** Reads what is signed, and signs it. */
    private static void propose(Page page) {
        page.locator("k-button#review button").click();
        page.locator("k-dialog[open] koprik-agreement-text li[data-article='4']")
                .waitFor();
        page.locator("k-dialog[open] k-button#sign button").click();
        page.locator("koprik-agreement-page .doing")
                .getByText("has not answered")
                .waitFor();
    }

    /** Opens the proposal that waits, and countersigns it. */
    private static void accept(Page page, String partner) {
        page.locator("k-button#accept button").click();
        Locator dialog = page.locator("koprik-agreement-act k-dialog[open]");
        dialog.locator("li[data-article='10']").waitFor();
        dialog.locator("k-button#sign button").click();
        page.locator("koprik-agreement-page h1").getByText(partner).waitFor();
        page.locator("koprik-agreement-page k-badge[state=ok]").first().waitFor();
    }

    private static Locator recipient(Page page, RunningCentre centre) {
        return page.locator("koprik-recipients li")
                .filter(new Locator.FilterOptions().setHasText(centre.equals(tashkent) ? "Budapest" : "Tashkent"));
    }

    /** What the page of an object says of the partner, with the article that decided. */
    private void explained(RunningCentre centre, String id, String answer, String article) {
        Page page = page(centre, "#/objects/" + id + "?tab=recipients");
        Locator line = recipient(page, centre);
        line.getByText(answer, new Locator.GetByTextOptions().setExact(true)).waitFor();
        line.locator("koprik-decision a").getByText(article).waitFor();
        page.close();
    }

    private static void heldAt(RunningCentre centre, String basis, String tlp) throws Exception {
        RunningCentre.await(() -> terms(centre).path("basis").asText().equals(basis)
                && terms(centre).path("max_tlp").asText().equals(tlp));
    }

    @Test
    @Tag("long")
    void twoPeopleSignWidenNarrowAndEndItWithTheConsoleAlone() throws Exception {
        badInputSaysWhichArticle();
        theySignAndEachSideNamesTheArticle();
        theyWidenItAndNarrowItAgain();
        whatWasNotAnsweredIsTakenBack();
        theyEndItByKeyboardAloneAndTheArticleOfItsEndIsNamed();
    }

    private void badInputSaysWhichArticle() {
        Page page = page(tashkent, "#/agreements");
        page.locator("koprik-agreement-list").getByText("no agreement").first().waitFor();
        browser.axe(page);
        browser.screenshot(page, "agreements-empty");
        page.locator("k-table tbody tr").getByText("Budapest").click();
        page.locator("k-button#propose a").click();
        fill(page, "notice_days", "soon");
        fill(page, "own_contacts", "call us");
        page.locator("k-button#review button").click();
        Locator faults = page.locator("k-banner#faults");
        for (String fault : List.of(
                "Article 2 (Purposes):",
                "Article 7 (Term):",
                "Article 8 (Termination):",
                "Article 9 (Legal basis):",
                "Article 10 (Contacts):")) {
            faults.getByText(fault).first().waitFor();
        }
        browser.axe(page);
        browser.screenshot(page, "agreements-faults");
        faults.getByText("Article 9 (Legal basis):").click();
        assertEquals(
                "legal_basis",
                page.evaluate(
                        "() => { let e = document.activeElement; let name = '';"
                                + " while (e) { name = e.getAttribute?.('name') ?? name; e = e.shadowRoot?.activeElement; } return name; }"));
        assertEquals(0, page.locator("k-dialog[open]").count(), "nothing can be signed");
    }

    @Test
    void whatTheCentreFindsWrongStandsAtItsArticleInTheLanguageOfTheReader() {
        browser.expect("400 POST .*/api/agreements$");
        Page page = page(tashkent, "#/agreements/seoul/propose?from=change", "ru", ColorScheme.LIGHT, 1280);
        page.route("**/api/agreements", route -> {
            if (route.request().method().equals("POST")) {
                route.fulfill(
                        new com.microsoft.playwright.Route.FulfillOptions()
                                .setStatus(400)
                                .setContentType("application/problem+json")
                                .setBody(
                                        "{\"title\":\"Bad request\",\"code\":\"bad-request\",\"status\":400,\"detail\":\"wrong\","
                                                + "\"errors\":[{\"where\":\"article 6\",\"pointer\":\"/retention_days\","
                                                + "\"reason\":\"a whole number is required\",\"reason_code\":\"whole_number\","
                                                + "\"reason_details\":{\"least\":\"1\",\"most\":\"36500\"},\"code\":\"article_6\"}]}"));
            } else {
                route.resume();
            }
        });
        page.locator("k-button#review button").click();
        page.locator("k-dialog[open] k-button#sign button").click();
        page.locator("k-banner#faults").getByText("Статья 6").waitFor();
        assertThat(page.locator("section.wrong[data-article='6']")).containsText("Нужно целое число от 1 до 36");
        assertThat(page.locator("k-banner#faults [lang=en]")).hasCount(0);
    }

    private void theySignAndEachSideNamesTheArticle() throws Exception {
        String green = submitted(tashkent, "login.example.com", "green");
        String amber = submitted(tashkent, "bank.example.com", "amber");
        String mail = submitted(tashkent, "victim@example.com", "green");
        String ours = submitted(budapest, "mail.example.org", "green");
        explainedWithout(tashkent, green);

        Page olim = page(tashkent, "#/agreements/budapest/propose");
        fill(olim, "purposes", "investigation of phishing\nwarning of banks");
        fill(olim, "until", lastDay());
        fill(olim, "notice_days", "0");
        fill(olim, "legal_basis", "memorandum of 2 November 2026");
        fill(olim, "reference", "file 7");
        fill(olim, "own_contacts", "soc@tashkent.example.com");
        fill(olim, "partner_contacts", "+36 1 555 0100");
        browser.axe(olim);
        browser.screenshot(olim, "agreements-propose");
        propose(olim);
        browser.screenshot(olim, "agreements-waits-partner");

        Page bela = page(budapest, "#/agreements");
        bela.locator("k-table").getByText("Waits for your answer").waitFor();
        browser.screenshot(bela, "agreements-waits-us");
        bela.locator("k-table tbody tr a").getByText("Tashkent").click();
        bela.locator("koprik-agreement-text").getByText("warning of banks").waitFor();
        browser.axe(bela);
        bela.locator("k-button#accept button").click();
        bela.locator("k-dialog[open] koprik-agreement-text li[data-article='10']")
                .waitFor();
        browser.axe(bela);
        browser.screenshot(bela, "agreements-accept");
        bela.keyboard().press("Escape");
        accept(bela, "Tashkent");
        heldAt(budapest, "signed", "TLP:GREEN");
        olim.locator("koprik-agreement-versions")
                .getByText("Countersigned by Budapest")
                .waitFor();
        browser.screenshot(olim, "agreements-in-force");
        browser.axe(olim);

        explained(tashkent, green, "Yes", "Article 4 of the agreement decides: Marking.");
        explained(tashkent, amber, "No", "Article 4 of the agreement decides: Marking.");
        explained(tashkent, mail, "No", "Article 3 of the agreement decides: Kinds of data.");
        explained(budapest, ours, "Yes", "Article 4 of the agreement decides: Marking.");
    }

    /** Without a signed agreement no article decides. */
    private void explainedWithout(RunningCentre centre, String id) {
        Page page = page(centre, "#/objects/" + id + "?tab=recipients");
        recipient(page, centre).getByText("No signed agreement with Budapest").waitFor();
        assertEquals(0, recipient(page, centre).locator("koprik-decision a").count());
        page.close();
    }

    private void theyWidenItAndNarrowItAgain() throws Exception {
        String amber = submitted(tashkent, "shop.example.com", "amber");
        String mail = submitted(budapest, "clerk@example.org", "green");
        Page bela = page(budapest, "#/agreements/tashkent");
        bela.locator("k-button#change a").click();
        choose(bela, "max_tlp", "TLP:AMBER");
        bela.locator("koprik-agreement-kinds k-field[data-kind=email] input").check();
        propose(bela);
        Page olim = page(tashkent, "#/agreements/budapest");
        Locator differences = olim.locator("koprik-agreement-page #differences");
        differences.getByText("Kinds of data, Marking").waitFor();
        assertTrue(differences.innerText().startsWith("Widens:"), differences::innerText);
        browser.axe(olim);
        browser.screenshot(olim, "agreements-widen");
        accept(olim, "Budapest");
        heldAt(budapest, "signed", "TLP:AMBER");
        explained(tashkent, amber, "Yes", "Article 4 of the agreement decides: Marking.");
        explained(budapest, mail, "Yes", "Article 3 of the agreement decides: Kinds of data.");

        olim.locator("k-button#change a").click();
        choose(olim, "max_tlp", "TLP:GREEN");
        propose(olim);
        bela.navigate(budapest.peopleUrl() + "/console/#/agreements/tashkent");
        bela.locator("#differences").getByText("Narrows:").waitFor();
        bela.locator("k-button#decline button").click();
        fill(bela, "reason", "banks need it");
        bela.locator("k-dialog[open] k-button#sign button").click();
        olim.locator("koprik-agreement-versions").getByText("banks need it").waitFor();
        heldAt(tashkent, "signed", "TLP:AMBER");

        olim.locator("k-button#change a").click();
        choose(olim, "max_tlp", "TLP:GREEN");
        propose(olim);
        bela.locator("k-button#accept button").waitFor();
        accept(bela, "Tashkent");
        heldAt(tashkent, "signed", "TLP:GREEN");
        explained(tashkent, amber, "No", "Article 4 of the agreement decides: Marking.");
        explained(budapest, mail, "Yes", "Article 3 of the agreement decides: Kinds of data.");
    }

    private void whatWasNotAnsweredIsTakenBack() throws Exception {
        Page olim = page(tashkent, "#/agreements/budapest");
        olim.locator("k-button#change a").click();
        fill(olim, "retention_days", "30");
        propose(olim);
        olim.locator("k-button#withdraw button").click();
        fill(olim, "reason", "a mistake");
        browser.axe(olim);
        browser.screenshot(olim, "agreements-withdraw");
        olim.locator("k-dialog[open] k-button#sign button").click();
        olim.locator("koprik-agreement-versions").getByText("a mistake").waitFor();
        heldAt(tashkent, "signed", "TLP:GREEN");
    }

    /** Texts that a partner writes. */
    private static final Set<String> WRITTEN =
            Set.of("purposes", "legal_basis", "reference", "contacts", "title", "reason", "trouble");

    private static JsonNode attacked(String name, JsonNode json) {
        if (json instanceof ObjectNode object) {
            object.properties().forEach(member -> member.setValue(attacked(member.getKey(), member.getValue())));
        } else if (json instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, attacked(name, array.get(i)));
            }
        } else if (WRITTEN.contains(name)) {
            return new TextNode(InjectionTest.attack(name));
        }
        return json;
    }

    @Test
    void whatAPartnerWritesStaysText() {
        JsonNode answer =
                attacked("", RunningCentre.ok(tashkent.clientOf("olim").get("/api/agreements")));
        ((ObjectNode) answer.at("/partners/0/delivery")).put("trouble", InjectionTest.attack("trouble"));
        Page page = page(tashkent, "#/help");
        page.route(
                "**/api/agreements",
                route -> route.fulfill(new com.microsoft.playwright.Route.FulfillOptions()
                        .setContentType(JSON)
                        .setBody(answer.toString())));
        for (String route :
                List.of("agreements", "agreements/seoul", "agreements/budapest", "agreements/seoul/propose")) {
            Browser.go(page, route);
            InjectionTest.isText(page, route);
        }
        page.evaluate("() => { location.hash = '#/agreements/seoul'; }");
        page.locator("k-button#accept button").click();
        page.locator("k-dialog[open] li[data-article='10']").waitFor();
        InjectionTest.isText(page, "what is accepted");
    }

    @Test
    void anAnalystReadsItAndActsOnNothing() {
        Page page = browser.signIn(tashkent, "anna", "#/agreements/seoul?article=4", "en", ColorScheme.LIGHT);
        page.locator("koprik-agreement-text li.found[data-article='4']").waitFor();
        assertEquals(0, page.locator("koprik-agreement-page .doing").count());
        page.navigate(tashkent.peopleUrl() + "/console/#/agreements/seoul/propose");
        page.getByText("Operators and administrators have it.").waitFor();
        assertFalse(page.locator("koprik-agreement-form k-field").first().isVisible());
    }

    @Test
    @Tag("long")
    void everyScreenFitsInEveryLanguage() {
        for (String language : Browser.LANGUAGES) {
            Page page = page(tashkent, "#/help", language, ColorScheme.LIGHT, 1280);
            for (String route :
                    List.of("agreements", "agreements/seoul", "agreements/seoul/propose?from=change", "partners")) {
                for (int width : new int[] {1280, 400}) {
                    page.setViewportSize(width, 900);
                    Browser.go(page, route);
                    browser.fits(page);
                    browser.screenshot(page, route.replaceAll("[/?=]", "-") + "-" + language + "-" + width);
                }
            }
            page.setViewportSize(1366, 768);
            Browser.go(page, "situation");
            page.locator("koprik-lines li.warning").first().waitFor();
            browser.fits(page);
            browser.screenshot(page, "agreements-situation-" + language);
            page.close();
        }
    }

    @Test
    @Tag("long")
    void axeFindsNothingInLightAndDark() {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            Page page = page(tashkent, "#/help", "en", scheme, 1440);
            for (String route : List.of(
                    "agreements",
                    "agreements/seoul",
                    "agreements/seoul?with=none",
                    "agreements/seoul/propose?from=change")) {
                Browser.go(page, route);
                browser.axe(page);
                browser.screenshot(
                        page,
                        route.replaceAll("[/?=]", "-") + "-" + scheme.name().toLowerCase(Locale.ROOT));
            }
            page.close();
        }
    }

    private void theyEndItByKeyboardAloneAndTheArticleOfItsEndIsNamed() throws Exception {
        String green = submitted(tashkent, "end.example.com", "green");
        String ours = submitted(budapest, "end.example.org", "green");
        Page bela = page(budapest, "#/agreements");
        bela.locator("k-table tbody tr").first().waitFor();
        bela.keyboard().press("j");
        bela.keyboard().press("Enter");
        bela.locator("koprik-agreement-page").waitFor();
        bela.locator("k-button#terminate button").focus();
        bela.keyboard().press("Enter");
        bela.locator("k-dialog[open] k-field[name=reason] input").focus();
        bela.keyboard().insertText("reorganised");
        browser.axe(bela);
        browser.screenshot(bela, "agreements-terminate");
        bela.locator("k-dialog[open] k-button#sign button").focus();
        bela.keyboard().press("Enter");
        bela.locator("koprik-agreement-versions").getByText("reorganised").waitFor();
        RunningCentre.await(() -> terms(tashkent).path("basis").asText().equals("none")
                && terms(budapest).path("basis").asText().equals("none"));
        explained(tashkent, green, "No", "Article 8 of the agreement decides: Termination.");
        explained(budapest, ours, "No", "Article 8 of the agreement decides: Termination.");
        Page olim = page(tashkent, "#/agreements/budapest");
        olim.locator("koprik-agreement-page").getByText("only TLP:CLEAR flows").waitFor();
        browser.screenshot(olim, "agreements-ended");
        Page partners = page(tashkent, "#/partners");
        partners.locator("koprik-partner-card")
                .getByText("only TLP:CLEAR flows")
                .first()
                .waitFor();
        browser.screenshot(partners, "agreements-partners");
        JsonNode form = CentreAnswers.parse("{\"partner\":\"budapest\"}".getBytes(StandardCharsets.UTF_8));
        CentreClient.Reply refused = tashkent.adminClient().post("/api/agreements", JSON, CentreAnswers.json(form));
        assertTrue(refused.text().contains("\"code\":\"article_2\""), refused::text);
    }
}
