package uz.koprik.gateway.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uz.koprik.gateway.centre.RunningCentre.ok;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.charset.StandardCharsets;
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
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;

/** Sharing groups in a browser: made, changed and dissolved by an operator, read by analysts. */
final class GroupsScreenTest {

    private static final String JSON = "application/json";
    private static final String GROUPS = "#/agreements?tab=groups";

    @RegisterExtension
    static final Centres centres = new Centres();

    private static RunningCentre centre;
    private static CentreClient admin;

    @RegisterExtension
    final Browser browser = new Browser();

    @BeforeAll
    static void start() throws Exception {
        PlaywrightAssertions.setDefaultAssertionTimeout(Browser.WAIT_MILLIS);
        centre = centres.init("tashkent")
                .withPeople()
                .withAccount("olga", Role.OPERATOR)
                .withAccount("anna", Role.ANALYST);
        centre.partner("budapest", true);
        centre.partner("seoul", true);
        centre.start();
        admin = centre.adminClient();
    }

    private Page page(String account, String route) {
        return browser.signIn(
                centre, account, route, "en", ColorScheme.LIGHT, options -> options.setViewportSize(1440, 900));
    }

    private static String made(String name, String description, String... members) {
        return ok(admin.post(
                        "/api/groups",
                        JSON,
                        CentreAnswers.json(
                                Map.of("name", name, "description", description, "members", List.of(members)))))
                .path("id")
                .asText();
    }

    private static JsonNode group(String id) {
        return ok(admin.get("/api/groups/" + id));
    }

    private static boolean member(JsonNode group, String centre) {
        for (JsonNode member : group.path("members")) {
            if (member.path("centre").asText().equals(centre)) {
                return member.path("now").asBoolean();
            }
        }
        return false;
    }

    private static Locator dialog(Page page) {
        return page.locator("k-dialog[open]");
    }

    private static Locator row(Page page, String centre) {
        return page.locator("koprik-group-page tbody tr").filter(new Locator.FilterOptions().setHasText(centre));
    }

    private static Locator history(Page page) {
        return page.locator("koprik-group-history");
    }

    @Test
    void anOperatorMakesChangesAndDissolvesAGroup() {
        Page page = page("olga", "#/agreements");
        page.locator("k-tabs [data-id=groups]").click();
        page.locator("k-button#make-group button").click();
        dialog(page).locator("k-button#make button").click();
        assertThat(dialog(page)).containsText("Say what the group is called");
        dialog(page).locator("k-field[name=name] input").fill("Banks");
        dialog(page).locator("k-field[name=description] textarea").fill("Centres whose banks share mule accounts.");
        dialog(page).locator("k-field[data-centre=budapest] input").check();
        browser.axe(page);
        browser.screenshot(page, "group-make");
        dialog(page).locator("k-button#make button").click();
        page.locator("koprik-group-page h1").getByText("Banks").waitFor();
        String id = page.url().replaceFirst(".*group=", "");
        assertTrue(member(group(id), "budapest"));
        assertThat(history(page)).containsText("Tashkent made the group");
        assertThat(history(page)).containsText("budapest is a member");

        page.locator("k-button#add-member button").click();
        dialog(page).locator("k-button#sign button").click();
        assertThat(dialog(page)).containsText("Choose a centre.");
        dialog(page).locator("k-field[name=centre] select").selectOption("seoul");
        assertEquals(2, dialog(page).locator("k-field[name=centre] option").count(), "who is a member is no choice");
        dialog(page).locator("k-field[name=when] select").selectOption("later");
        dialog(page).locator("k-field[name=at] input").fill("2020-01-01T10:00");
        dialog(page).locator("k-button#sign button").click();
        assertThat(dialog(page)).containsText("Choose a moment in the future.");
        browser.axe(page);
        dialog(page).locator("k-field[name=at] input").fill("2099-01-01T10:00");
        dialog(page).locator("k-button#sign button").click();
        row(page, "seoul").getByText("member later").waitFor();
        assertThat(history(page)).containsText("seoul is a member from 1 Jan 2099");
        assertFalse(member(group(id), "seoul"));

        row(page, "budapest").locator("k-button button").click();
        dialog(page).locator("k-button#sign button").click();
        row(page, "budapest").getByText("no member").waitFor();
        assertFalse(member(group(id), "budapest"));
        assertThat(history(page)).containsText("budapest is no member any more");
        browser.axe(page);
        browser.fits(page);
        browser.screenshot(page, "group-page");

        page.locator("k-button#dissolve button").click();
        assertThat(dialog(page)).containsText("This cannot be undone");
        dialog(page).locator("k-button#sign button").click();
        assertThat(page.locator("koprik-group-page k-banner")).containsText("This group is dissolved");
        assertEquals(0, page.locator("koprik-group-page k-button").count(), "nothing changes it any more");
        assertTrue(group(id).path("dissolved").asBoolean());
        assertThat(history(page)).containsText("Tashkent dissolved the group");
        page.locator("koprik-group-page a.back").click();
        page.locator("koprik-group-list tbody tr")
                .filter(new Locator.FilterOptions().setHasText("Banks"))
                .getByText("dissolved")
                .waitFor();
    }

    @Test
    void theKeyboardAloneMakesAGroupAndAddsAMember() {
        made("Exchanges", "");
        Page page = page("olga", GROUPS);
        page.locator("koprik-group-list tbody tr").first().waitFor();
        page.keyboard().press("a");
        dialog(page).waitFor();
        page.keyboard().insertText("Ministries");
        dialog(page).locator("k-button#make button").focus();
        page.keyboard().press("Enter");
        page.locator("koprik-group-page h1").getByText("Ministries").waitFor();
        page.keyboard().press("a");
        dialog(page).locator("k-field[name=centre] select").focus();
        page.keyboard().type("seoul");
        dialog(page).locator("k-button#sign button").focus();
        page.keyboard().press("Enter");
        row(page, "seoul")
                .getByText("member", new Locator.GetByTextOptions().setExact(true))
                .waitFor();
        Browser.go(page, "agreements?tab=groups");
        page.keyboard().press("j");
        page.keyboard().press("Enter");
        page.locator("koprik-group-page").waitFor();
    }

    @Test
    @Tag("long")
    void aNameThatIsTakenAndARefusalAreToldInTheDialog() {
        made("Railways", "");
        Page page = page("olga", GROUPS + "&make=1");
        dialog(page).locator("k-field[name=name] input").fill("Railways");
        dialog(page).locator("k-button#make button").click();
        assertThat(dialog(page)).containsText("A group of that name is there already");
        browser.expect("503 POST .*/api/groups$");
        page.route("**/api/groups", route -> {
            if (route.request().method().equals("POST")) {
                route.fulfill(new Route.FulfillOptions()
                        .setStatus(503)
                        .setContentType("application/problem+json")
                        .setBody("{\"title\":\"Unavailable\",\"code\":\"store-unavailable\",\"status\":503}"));
            } else {
                route.resume();
            }
        });
        dialog(page).locator("k-field[name=name] input").fill("Railways 2");
        dialog(page).locator("k-button#make button").click();
        dialog(page).locator("k-problem").waitFor();
        browser.axe(page);
    }

    /** An analyst reads all, and changes nothing; nobody changes a group of another centre. */
    @Test
    void othersReadAndChangeNothing() {
        String id = made("Observers", "who watches", "budapest");
        Page anna = page("anna", GROUPS);
        anna.locator("koprik-group-list tbody tr")
                .getByText("Observers")
                .first()
                .click();
        assertThat(history(anna)).containsText("budapest is a member");
        assertEquals(0, anna.locator("koprik-groups k-button").count());
        anna.keyboard().press("a");
        assertEquals(0, dialog(anna).count());
        anna.locator("koprik-group-page dl a").click();
        anna.locator("koprik-object koprik-versions").waitFor();

        ObjectNode foreign = (ObjectNode) group(id);
        foreign.put("own", false).put("owner", "budapest");
        Page olga = page("olga", "#/help");
        olga.route(
                "**/api/groups",
                route -> route.fulfill(
                        new Route.FulfillOptions().setContentType(JSON).setBody("{\"groups\":[" + foreign + "]}")));
        Browser.go(olga, "agreements?tab=groups&group=" + id);
        assertThat(olga.locator("koprik-group-page dl")).containsText("budapest: only its owner changes a group");
        assertEquals(0, olga.locator("koprik-groups k-button").count());
    }

    @Test
    void whatOthersWriteStaysText() {
        String attack = InjectionTest.attack("group");
        String id = made(attack, attack, "budapest");
        Page page = page("olga", "#/help");
        for (String route : List.of("agreements?tab=groups", "agreements?tab=groups&group=" + id, "objects/" + id)) {
            Browser.go(page, route);
            InjectionTest.isText(page, route);
        }
        Browser.go(page, "agreements?tab=groups&group=" + id);
        page.locator("k-button#dissolve button").click();
        dialog(page).waitFor();
        InjectionTest.isText(page, "dialog");
        dialog(page).locator("k-button#sign button").click();
        page.locator("koprik-group-page k-banner").waitFor();
        InjectionTest.isText(page, "after it");
    }

    @Test
    @Tag("long")
    void everyPartFitsInEveryLanguageAndAxeFindsNothing() {
        String id = made(
                "Financial intelligence of the region",
                "Centres whose banks and exchanges share accounts that collect stolen money, day and night.",
                "budapest");
        ok(admin.post(
                "/api/groups/" + id + "/members",
                JSON,
                "{\"centre\":\"seoul\",\"from\":\"2099-01-01T00:00:00Z\"}".getBytes(StandardCharsets.UTF_8)));
        for (String language : Browser.LANGUAGES) {
            ColorScheme scheme = List.of("ru", "ko").contains(language) ? ColorScheme.DARK : ColorScheme.LIGHT;
            Page page = browser.signIn(centre, "olga", "#/help", language, scheme);
            for (int width : new int[] {1440, 390}) {
                page.setViewportSize(width, 900);
                for (String route : List.of(
                        "agreements?tab=groups",
                        "agreements?tab=groups&group=" + id,
                        "agreements?tab=groups&make=1",
                        "agreements?tab=groups&group=none")) {
                    Browser.go(page, route);
                    browser.fits(page);
                    browser.axe(page);
                    browser.screenshot(
                            page,
                            "groups-" + route.replaceAll("[^a-z]+", "-").replaceAll("-sharing.*", "") + "-" + language
                                    + "-" + width + "-" + scheme.name().toLowerCase(Locale.ROOT));
                }
                Browser.go(page, "agreements?tab=groups&group=" + id);
                for (String act : List.of("add-member", "dissolve")) {
                    page.locator("k-button#" + act + " button").click();
                    dialog(page).waitFor();
                    browser.fits(page);
                    browser.axe(page);
                    browser.screenshot(page, "group-" + act + "-" + language + "-" + width);
                    page.keyboard().press("Escape");
                    dialog(page)
                            .waitFor(new Locator.WaitForOptions()
                                    .setState(com.microsoft.playwright.options.WaitForSelectorState.DETACHED));
                }
            }
            page.close();
        }
    }
}
