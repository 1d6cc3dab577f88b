package uz.koprik.gateway.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.partners.NewCardSentence;
import uz.koprik.indicators.wording.Sentence;

/** Partners, the situation, operation and help in a real browser, at a centre one of whose partners does not answer. */
final class PartnersScreenTest {

    private static final String JSON = "application/json";

    @RegisterExtension
    static final Centres centres = new Centres();

    private static RunningCentre tashkent;
    private static RunningCentre moscow;
    private static String kept;

    @RegisterExtension
    final Browser browser = new Browser();

    @BeforeAll
    static void start() throws Exception {
        moscow = centres.init("moscow").withAccount("olga", Role.OPERATOR);
        RunningCentre seoul = centres.init("seoul");
        RunningCentre budapest = centres.init("budapest");
        for (RunningCentre one : new RunningCentre[] {moscow, seoul, budapest}) {
            named(one);
        }
        tashkent = named(centres.init("tashkent"))
                .withPeople()
                .withConfig("digest_zone: UTC", "digest_zone: Asia/Tashkent")
                .withConfig("watch: []", "watch: [{folder: gone, account: anna}]")
                .withConfig("sources: []", "sources: [{name: list, path: none, tlp: green, interval: 30d}]")
                .withAccount("olim", Role.OPERATOR)
                .withAccount("anna", Role.ANALYST)
                .withAccount("chief", Role.ADMIN)
                .start();
        moscow.start();
        seoul.start();
        budapest.start();
        for (RunningCentre partner : new RunningCentre[] {moscow, seoul}) {
            add(tashkent, partner);
            add(partner, tashkent);
        }
        seoul.stop();
        CentreClient admin = tashkent.adminClient();
        submit(
                admin,
                "/api/cases",
                "{\"number\":\"T-2026-014\",\"title\":\"Transfers to a mule account\",\"type\":\"fraud\","
                        + "\"values\":[\"login.example.com\"]}");
        submit(admin, "/api/cases", "{\"number\":\"T-2026-015\",\"title\":\"Calls\",\"type\":\"vishing\"}");
        submit(moscow.adminClient(), "/api/indicators", "{\"value\":\"login.example.com\",\"tlp\":\"green\"}");
        for (int i = 1; i < 8; i++) {
            submit(admin, "/api/indicators", "{\"value\":\"198.51.100." + i + "\",\"tlp\":\"green\"}");
        }
        kept = submit(admin, "/api/indicators", "{\"value\":\"secret.example.net\",\"tlp\":\"amber+strict\"}")
                .at("/objects/0/id")
                .asText();
        RunningCentre.await(java.time.Duration.ofSeconds(60), () -> {
            var state = RunningCentre.ok(admin.get("/api/situation"));
            return state.at("/alerts/open").asInt() > 0
                    && state.toString().contains("\"push\":\"failing\"")
                    && state.at("/exchanged/out").asInt() >= 8;
        });
    }

    private static RunningCentre named(RunningCentre centre) throws Exception {
        int port = freePort();
        return centre.withConfig(yaml -> yaml.replaceFirst("(?m)^  port: 0", "  port: " + port));
    }

    private static int freePort() throws Exception {
        try (java.net.ServerSocket socket = new java.net.ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static com.fasterxml.jackson.databind.JsonNode submit(CentreClient client, String path, String json) {
        return RunningCentre.ok(client.post(path, JSON, json.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    private static String card(RunningCentre centre) throws Exception {
        return Files.readString(centre.home().ownCard());
    }

    private static String fingerprint(RunningCentre centre) throws Exception {
        return RunningCentre.ok(tashkent.adminClient()
                        .post("/api/card-previews", JSON, CentreAnswers.json(Map.of("card", card(centre)))))
                .at("/card/fingerprint")
                .asText();
    }

    private static void add(RunningCentre centre, RunningCentre partner) throws Exception {
        RunningCentre.ok(centre.adminClient()
                .post(
                        "/api/partners",
                        JSON,
                        CentreAnswers.json(Map.of(
                                "card",
                                card(partner),
                                "fingerprint",
                                fingerprint(partner),
                                "agreement",
                                "letter of 1 November, file 7",
                                "until",
                                "2035-06-30T00:00:00Z"))));
    }

    private Page page(String account, String route, String language, ColorScheme scheme, int width, int height) {
        return browser.signIn(
                tashkent, account, route, language, scheme, options -> options.setViewportSize(width, height));
    }

    private Page page(String route) {
        return page("olim", route, "en", ColorScheme.LIGHT, 1440, 900);
    }

    @Test
    void theFailingPartnerStandsFirstAndSaysWhy() {
        Page page = page("#/partners");
        Locator first = page.locator("koprik-partner-card").first();
        first.getByText("Seoul", new Locator.GetByTextOptions().setExact(true)).waitFor();
        first.getByText("fault", new Locator.GetByTextOptions().setExact(true)).waitFor();
        first.getByText("of Seoul refuses connections").waitFor();
        browser.axe(page);
        browser.fits(page);
        browser.screenshot(page, "partners");
        page.locator("koprik-partner-card a[href='#/partners/moscow']").click();
        page.locator("k-panel h2").waitFor();
        page.locator("koprik-partner-detail k-tabs button[data-id=keys]").click();
        page.locator("k-panel koprik-partner-detail").getByText("moscow/1").waitFor();
        browser.screenshot(page, "partner-keys");
        browser.axe(page);
    }

    @Test
    @Tag("long")
    void whyAPartnerFailsIsSaidInTheLanguageOfTheReader() {
        for (String route : List.of("#/partners", "#/partners/seoul")) {
            Page page = page("olim", route, "hu", ColorScheme.LIGHT, 1440, 900);
            Locator shown = page.locator(route.equals("#/partners") ? "koprik-partner-card" : "koprik-partner-detail");
            shown.first().getByText("elutasítja a kapcsolatot").first().waitFor();
            assertEquals(0, shown.first().locator("[lang=en]:not(details *)").count());
            Locator details = shown.first().locator("details").first();
            details.locator("summary").click();
            details.getByText("nobody listens at").waitFor();
            browser.axe(page);
            browser.fits(page);
            page.close();
        }
    }

    @Test
    void whyItsNewCardIsRefusedIsSaidInTheLanguageOfTheReader() {
        ObjectNode answer =
                (ObjectNode) RunningCentre.ok(tashkent.clientOf("olim").get("/api/partners"));
        Sentence why = NewCardSentence.NO_KNOWN_KEY.of("moscow", 7, "1111 2222", "");
        answer.path("partners").forEach(partner -> {
            ObjectNode card = ((ObjectNode) partner).putObject("new_card");
            card.put("state", "refused").put("sequence", 7).put("fingerprint", "1111 2222");
            card.put("note", why.text()).put("note_code", why.code());
            why.details().forEach(card.putObject("note_details")::put);
        });
        Page page = page("olim", "#/help/tlp", "hu", ColorScheme.LIGHT, 1440, 900);
        page.route(
                "**/api/partners",
                asked -> asked.fulfill(
                        new Route.FulfillOptions().setContentType(JSON).setBody(answer.toString())));
        Browser.go(page, "partners");
        Locator shown = page.locator("koprik-partner-card");
        shown.first().getByText("egyetlen itt ismert kulcsa sem írja alá").waitFor();
        assertEquals(0, shown.locator("[lang=en]:not(details *)").count());
        browser.fits(page);
    }

    @Test
    @Tag("long")
    void whyAPartnerDidNotGetAnObjectIsSaidInWords() {
        Page page = page("#/partners/moscow?tab=explain&id=" + kept);
        Locator detail = page.locator("koprik-partner-explain");
        detail.getByText("is not given").waitFor();
        detail.getByText("the most that the agreement").waitFor();
        browser.screenshot(page, "partner-explain");
    }

    @Test
    @Tag("long")
    void aPartnerIsAddedByKeyboardAloneAfterTheFingerprintWasCompared() throws Exception {
        RunningCentre tallinn = centres.init("tallinn");
        browser.expect("409 POST .*/api/partners$");
        Page page = page("#/partners");
        page.locator("koprik-partner-card").first().waitFor();
        page.keyboard().press("a");
        Locator text = page.locator("k-field#card textarea");
        text.focus();
        page.keyboard().insertText(card(tallinn));
        page.locator("k-button#look button").focus();
        page.keyboard().press("Enter");
        page.locator("koprik-fingerprint").first().waitFor();
        page.locator("k-field#heard input").focus();
        page.keyboard().insertText("0000 0000 0000 0000");
        browser.axe(page);
        browser.screenshot(page, "partner-add");
        page.locator("k-button#add button").focus();
        page.keyboard().press("Enter");
        page.locator("k-problem").waitFor();
        browser.screenshot(page, "partner-add-wrong");
        page.locator("k-field#heard input").fill(fingerprint(tallinn));
        page.locator("k-button#add button").focus();
        page.keyboard().press("Enter");
        page.locator("k-panel h2").getByText("Tallinn").waitFor();
        RunningCentre.ok(tashkent.adminClient().get("/api/partners/tallinn"));
        assertEquals(0, tashkent.koprik("partner", "remove", "tallinn").code());
    }

    @Test
    void aCardIsFetchedFromTheAddressAndComparedBeforeItIsTrusted() throws Exception {
        RunningCentre riga = named(centres.init("riga")).start();
        Page page = page("#/partners?add=1");
        page.locator("k-field#address input").fill(riga.url().replace("https://", ""));
        browser.screenshot(page, "partner-address");
        page.keyboard().press("Enter");
        Locator group = page.locator("koprik-fingerprint .group").first();
        group.waitFor();
        assertTrue(group.boundingBox().height >= 40);
        page.locator("k-field#heard input").fill(fingerprint(riga));
        page.locator("k-button#add button").click();
        page.locator("k-panel h2").getByText("Riga").waitFor();
        assertEquals(0, tashkent.koprik("partner", "remove", "riga").code());
    }

    @Test
    @Tag("long")
    void anAdministratorAddsDisablesAndRemovesAnAccount() {
        browser.expect("409 PATCH .*/api/accounts/");
        Page page = page("chief", "#/operations?tab=accounts", "en", ColorScheme.LIGHT, 1440, 900);
        page.locator("k-button#new").click();
        page.locator("koprik-account-add k-field[name=name] input").fill("desk-9");
        page.locator("koprik-account-add k-field[name=all] input").uncheck();
        page.locator("koprik-account-add textarea").fill("Unit 9\nUnit 10");
        browser.axe(page);
        browser.screenshot(page, "account-add");
        page.locator("koprik-account-add k-button[variant=primary]").click();
        Locator secret = page.locator("koprik-one-time code");
        secret.waitFor();
        assertEquals(24, secret.innerText().length());
        browser.screenshot(page, "account-secret");
        page.getByText("I passed it on").click();
        page.locator("k-table tbody tr[data-id=desk-9]")
                .getByText("Unit 10, Unit 9")
                .click();
        Locator change = page.locator("koprik-account-change");
        change.locator("k-button#disable").click();
        change.locator("k-dialog[open] k-button[variant=primary]").click();
        page.locator("k-table tbody tr[data-id=desk-9]").getByText("disabled").waitFor();
        change.locator("select").selectOption("operator");
        change.locator("k-button#save").click();
        page.locator("k-table tbody tr[data-id=desk-9]").getByText("Operator").waitFor();
        browser.axe(page);
        browser.screenshot(page, "account-change");
        change.locator("k-button#remove").click();
        change.locator("k-dialog[open] k-button[variant=danger]").click();
        page.locator("k-table tbody tr[data-id=desk-9]")
                .waitFor(new Locator.WaitForOptions()
                        .setState(com.microsoft.playwright.options.WaitForSelectorState.DETACHED));
        Page operator = page("#/operations?tab=accounts&account=anna");
        operator.locator("k-panel").getByText("test").waitFor();
        assertEquals(0, operator.locator("koprik-account-change, k-button#new").count());
    }

    @Test
    @Tag("long")
    void ourFingerprintIsLargeEnoughToReadAloud() {
        Page page = page("#/partners?own=1");
        Locator group = page.locator("koprik-fingerprint .group").first();
        assertTrue(group.boundingBox().height >= 40);
        browser.axe(page);
        browser.screenshot(page, "partner-own");
    }

    @Test
    @Tag("long")
    void everyScreenFitsInEveryLanguage() {
        for (String language : Browser.LANGUAGES) {
            Page page = page("olim", "#/help/tlp", language, ColorScheme.LIGHT, 1280, 800);
            for (String route : List.of(
                    "partners",
                    "partners/seoul",
                    "operations",
                    "operations?tab=accounts",
                    "operations?tab=sources",
                    "operations?tab=backups",
                    "operations?tab=keys",
                    "help/rules",
                    "help/keys")) {
                Browser.go(page, route);
                browser.fits(page);
                browser.screenshot(page, route.replaceAll("[/?=]", "-") + "-" + language);
            }
            page.close();
        }
    }

    @Test
    @Tag("long")
    void darkHasNoFaultsEither() {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            Page page = page("olim", "#/help/tlp", "en", scheme, 1280, 800);
            for (String route : List.of(
                    "partners",
                    "partners/seoul?tab=keys",
                    "situation",
                    "operations",
                    "operations?tab=accounts&account=anna",
                    "operations?tab=sources",
                    "operations?tab=keys",
                    "help/tlp",
                    "help/refusals")) {
                Browser.go(page, route);
                browser.axe(page);
                browser.screenshot(
                        page,
                        route.replaceAll("[/?=&]", "-") + "-" + scheme.name().toLowerCase(java.util.Locale.ROOT));
            }
            page.close();
        }
    }

    @Test
    @Tag("long")
    void theWallIsReadFromFarAndDoesNotScroll() {
        for (int[] size : new int[][] {{1920, 1080}, {1366, 768}}) {
            for (String language : Browser.LANGUAGES) {
                Page page = page("anna", "#/situation?wall=1", language, ColorScheme.DARK, size[0], size[1]);
                page.locator("koprik-lines li").first().waitFor();
                Browser.settled(page);
                Object faults = page.evaluate(WALL);
                browser.screenshot(page, "wall-" + language + "-" + size[0]);
                assertEquals("[]", String.valueOf(faults), () -> language + " " + size[0]);
                page.close();
            }
        }
        Page page = page("anna", "#/situation", "en", ColorScheme.LIGHT, 1440, 900);
        page.locator("koprik-lines li").first().waitFor();
        browser.screenshot(page, "situation");
        page.keyboard().press("f");
        page.locator("koprik-situation[wall]").waitFor();
    }

    @Test
    @Tag("long")
    void onATelephoneTheSituationIsAPageThatScrolls() {
        for (String language : Browser.LANGUAGES) {
            ColorScheme scheme = language.equals("ko") ? ColorScheme.DARK : ColorScheme.LIGHT;
            Page page = page("anna", "#/situation", language, scheme, 390, 844);
            page.locator("koprik-lines li").first().waitFor();
            browser.axe(page);
            browser.fits(page);
            browser.screenshot(page, "situation-390-" + language);
            assertTrue(page.locator("koprik-lines li").last().isVisible(), language);
            page.close();
        }
    }

    /** Texts below 24 px, boxes outside the window, and lists that hide whole rows. */
    private static final String WALL =
            """
            () => {
              const found = [];
              const visit = (node) => {
                for (const element of node.querySelectorAll('*')) {
                  if (element.shadowRoot) visit(element.shadowRoot);
                  const own = [...element.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
                  const box = element.getBoundingClientRect();
                  if (!own || box.width < 2 || getComputedStyle(element).clipPath.startsWith('inset')) continue;
                  const size = parseFloat(getComputedStyle(element).fontSize);
                  const text = element.textContent.trim().slice(0, 40);
                  if (size < 24) found.push('small ' + size + ' ' + text);
                  if (box.bottom > innerHeight + 1 || box.right > innerWidth + 1) found.push('outside ' + text);
                  const section = element.closest('section, li');
                  if (section && box.bottom > section.getBoundingClientRect().bottom + 1) found.push('cut ' + text);
                }
              };
              const wall = document.querySelector('koprik-console').shadowRoot.querySelector('koprik-situation');
              visit(wall.shadowRoot);
              if (document.documentElement.scrollHeight > innerHeight + 1) found.push('scrolls');
              return found;
            }""";

    @Test
    @Tag("long")
    void anAnswerThatStaysAwayIsSaidOnTheWall() {
        browser.expect("situation");
        Page page = page("anna", "#/situation?wall=1", "en", ColorScheme.LIGHT, 1366, 768);
        page.locator("koprik-lines li").first().waitFor();
        page.route("**/api/situation", route -> route.abort());
        page.locator("koprik-situation .state.danger").waitFor();
        browser.screenshot(page, "wall-old");
    }

    @Test
    @Tag("long")
    void whoDoesNotOperateIsToldWhichRoleDoes() {
        Page page = page("anna", "#/operations", "en", ColorScheme.LIGHT, 1280, 720);
        page.getByText("Operators and administrators have it.").waitFor();
        page.navigate(page.url().replace("operations", "help/rules/same_cluster"));
        page.locator("koprik-help .found").waitFor();
        Locator search = page.locator("koprik-help k-field input");
        search.fill("mask");
        page.getByText("Same ends of a card number").waitFor();
    }
}
