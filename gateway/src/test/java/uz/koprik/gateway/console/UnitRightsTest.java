package uz.koprik.gateway.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uz.koprik.gateway.centre.RunningCentre.ok;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.indicators.policy.CaseUnits;
import uz.koprik.indicators.policy.Tlp;

/**
 * Somebody without a right to a case finds no trace of it on any screen. Each screen shows what that of a centre shows
 * that never had the case, and neither a text of the document nor an answer has a word of it.
 */
final class UnitRightsTest {

    /** In each text of the hidden case, and in no other. */
    private static final String MARK = "zqgoose";

    private static final String HIDDEN = "ZQGOOSE-2026-404";
    private static final String UNIT = "Unit gander";
    /** A word of the hidden case that somebody asks for. */
    private static final String ASKED = "gander";

    private static final String KEEPER = "zqgoose-keeper";
    private static final String OWN = "S-2026-002";
    private static final String SHARED_VALUE = "login.example.com";
    private static final String HIDDEN_VALUE = "nest.example.org";
    /** A value of the hidden case that was reported too. */
    private static final String REPORTED_VALUE = "198.51.100.7";

    private static final String SECRET = "correct horse battery staple";

    @RegisterExtension
    static final Centres centres = new Centres();

    @RegisterExtension
    final Browser browser = new Browser();

    /** One of two centres with the same keys and accounts. */
    private record Twin(RunningCentre centre, CentreClient admin, Map<String, String> ids) {

        static Twin start(RunningCentre centre) throws Exception {
            centre.start();
            return new Twin(centre, centre.adminClient(), new TreeMap<>());
        }

        JsonNode post(CentreClient who, String path, Map<String, ?> form) {
            return ok(CaseStories.post(who, path, form));
        }

        void report(String value, String name) {
            JsonNode made = post(admin, "/api/indicators", Map.of("value", value, "name", name));
            ids.put(name, made.at("/objects/0/id").asText());
        }

        /** Waits until all alerts of what was submitted are there. */
        void settle() throws Exception {
            RunningCentre.await(() ->
                    ok(admin.get("/api/status")).path("alerts").path("lag").asLong(1) == 0);
        }
    }

    private static Twin whole;
    private static Twin part;

    /** Two centres; one of them has a case that belongs to another unit, with all that a case can have. */
    @BeforeAll
    static void start() throws Exception {
        RunningCentre first = centres.init("tashkent", "whole")
                .withPeople()
                // A walk can leave connections alone for longer than a minute; Operations counts those that are closed.
                .withConfig("idle_timeout: 60s", "idle_timeout: 1h")
                .withAccount("bek", Role.ANALYST, CaseUnits.of(Set.of("Unit 2")))
                .withAccount("night", Role.OPERATOR)
                .withAccount(KEEPER, Role.ANALYST, CaseUnits.of(Set.of(UNIT)));
        first.accounts().add("anna", Role.ADMIN, Tlp.RED);
        first.accounts().setSecret("anna", SECRET.toCharArray(), 12);
        RunningCentre second = centres.copy(first, "part");
        whole = Twin.start(first);
        part = Twin.start(second);
        for (Twin twin : List.of(whole, part)) {
            twin.post(
                    twin.admin,
                    "/api/cases",
                    Map.of(
                            "number", OWN,
                            "title", "Calls in the name of a bank",
                            "type", "phishing",
                            "unit", "Unit 2",
                            "values", List.of(SHARED_VALUE)));
        }
        hide();
        for (Twin twin : List.of(whole, part)) {
            twin.report(SHARED_VALUE, "Fake bank login");
            twin.report(REPORTED_VALUE, "Host of the form");
            twin.settle();
        }
        acknowledgeOne();
    }

    private static void hide() {
        CentreClient keeper = whole.centre.clientOf(KEEPER);
        JsonNode opened = whole.post(
                keeper,
                "/api/cases",
                Map.of(
                        "number",
                        HIDDEN,
                        "title",
                        "Title " + MARK,
                        "type",
                        "fraud",
                        "unit",
                        UNIT,
                        "summary",
                        "Summary " + MARK,
                        "losses",
                        List.of(Map.of("amount", "1200.5", "currency", "EUR", "note", "Loss " + MARK))));
        whole.ids.put("case", opened.at("/case/id").asText());
        part.ids.put("case", whole.ids.get("case"));
        String path = "/api/cases/" + HIDDEN;
        whole.post(
                keeper,
                path + "/observables",
                Map.of(
                        "values",
                        List.of(SHARED_VALUE, HIDDEN_VALUE, REPORTED_VALUE, MARK + ".example.net"),
                        "role",
                        "infrastructure",
                        "note",
                        "Value " + MARK));
        whole.post(keeper, path + "/notes", Map.of("text", "Note " + MARK));
        whole.post(
                keeper,
                "/api/cases",
                Map.of(
                        "number",
                        HIDDEN + "-b",
                        "title",
                        "Linked " + MARK,
                        "type",
                        "fraud",
                        "unit",
                        UNIT,
                        "cases",
                        List.of(HIDDEN),
                        "values",
                        List.of(HIDDEN_VALUE)));
    }

    private static void acknowledgeOne() {
        CentreClient keeper = whole.centre.clientOf(KEEPER);
        JsonNode alerts = ok(keeper.get("/api/alerts"));
        assertFalse(alerts.path("alerts").isEmpty(), "the hidden case has alerts");
        whole.post(
                keeper,
                "/api/alerts/acknowledge",
                Map.of("alerts", List.of(alerts.at("/alerts/0/id").asText()), "acknowledged", true));
    }

    /**
     * What a walk adds to the bare screens, by their ids. A screen of the table without a row is walked all the same.
     */
    private static Map<String, List<String>> routes(Twin twin) {
        String reported = twin.ids.get("Fake bank login");
        String host = twin.ids.get("Host of the form");
        String incident = twin.ids.get("case");
        Map<String, List<String>> routes = new LinkedHashMap<>();
        routes.put(
                "lookup",
                List.of(
                        "?q=" + SHARED_VALUE + "%20" + HIDDEN_VALUE + "%20" + REPORTED_VALUE,
                        "?near=1&q=" + SHARED_VALUE + "%20" + HIDDEN_VALUE));
        routes.put(
                "search",
                List.of(
                        "?q=" + ASKED,
                        "?q=" + HIDDEN,
                        "?q=case%3A" + HIDDEN,
                        "?q=" + HIDDEN_VALUE,
                        "?q=" + REPORTED_VALUE,
                        "?q=type%3Aincident",
                        "?q=type%3Anote"));
        routes.put("report", List.of("/imports"));
        routes.put(
                "cases",
                List.of(
                        "/" + OWN,
                        "/" + HIDDEN,
                        "/" + incident,
                        "?q=" + ASKED,
                        "?status=closed",
                        "?unit=" + UNIT.replace(" ", "%20"),
                        "?value=" + HIDDEN_VALUE));
        routes.put("alerts", List.of("?case=" + HIDDEN, "?state=acknowledged"));
        routes.put("object", List.of("/" + reported, "/" + host, "/" + incident));
        routes.put("graph", List.of("/" + reported, "/" + host, "/" + incident));
        routes.put("situation", List.of("?wall=1"));
        return routes;
    }

    private static final Map<String, List<String>> DIALOGS = Map.of(
            "search 4", List.of("Saved searches", "Export"),
            "cases 0", List.of("Share", "Add values"));

    private ScreenWalk walk(Twin twin, String account, boolean deep) {
        ScreenWalk walk = new ScreenWalk(browser, twin.centre(), account);
        Map<String, List<String>> routes = routes(twin);
        for (ScreenWalk.Screen screen : walk.screens()) {
            walk.visit(screen.id(), screen.path());
            List<String> more = routes.getOrDefault(screen.id(), List.of());
            for (int i = 0; i < more.size(); i++) {
                String name = screen.id() + " " + i;
                walk.visit(name, screen.path() + more.get(i));
                if (deep) {
                    walk.tabs(name);
                    if (account.equals("bek")) {
                        DIALOGS.getOrDefault(name, List.of()).forEach(button -> walk.dialog(name, button));
                    }
                }
            }
        }
        assertTrue(walk.shown.size() > 30, () -> "steps: " + walk.shown.keySet());
        return walk;
    }

    /** Ids, ports, days and room on the disk, which two centres never have in common. */
    private static String plain(Twin twin, String text) {
        String known = text;
        for (Map.Entry<String, String> id : twin.ids.entrySet()) {
            known = known.replace(id.getValue(), '@' + id.getKey() + '@');
        }
        return known.replaceAll("\\d+ (min|h) ago", "just now")
                .replaceAll("\\d{1,2} [A-Z][a-z]{2} \\d{4}, \\d\\d:\\d\\d GMT\\+5", "T")
                .replaceAll("(?m)^(\\d{6,}|[0-9.,]+ [kMGT]B)$", "room")
                .replaceAll("(?m)^[0-9a-f]{16}$", "request")
                .replaceAll("(?m)^[0-9a-f]{62,64}$", "hash")
                .replaceAll("\"(protected|signature)\": \"[A-Za-z0-9_-]+\"", "signed")
                .replaceAll("127\\.0\\.0\\.1:\\d+", "HOST")
                .replaceAll("[0-9a-f]{8}-[0-9a-f]{4}-[45][0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}", "R")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "T");
    }

    private static List<String> differences(ScreenWalk ofWhole, Twin whole, ScreenWalk ofPart, Twin part) {
        List<String> found = new ArrayList<>();
        ofPart.shown.forEach((step, text) -> {
            List<String> without = plain(part, text).lines().toList();
            List<String> with =
                    plain(whole, ofWhole.shown.getOrDefault(step, "")).lines().toList();
            if (!without.equals(with)) {
                List<String> gone = new ArrayList<>(without);
                with.forEach(gone::remove);
                List<String> added = new ArrayList<>(with);
                without.forEach(added::remove);
                found.add(step + "\n  without: " + gone + "\n  with:    " + added);
            }
        });
        return found;
    }

    /** @param deep whether tabs and dialogs are opened, too */
    private void findsNoTrace(String account, boolean deep) {
        browser.expect("404 (GET|POST) .*/api/(cases|objects)/");
        ScreenWalk ofPart = walk(part, account, deep);
        ScreenWalk ofWhole = walk(whole, account, deep);
        assertEquals("", String.join("\n", differences(ofWhole, whole, ofPart, part)));
        // Operators look after accounts, and so see their names.
        words(ofWhole, account.equals("night") ? KEEPER : "");
    }

    /** No word of the case, and its number in no answer to a question that did not name it. */
    private static void words(ScreenWalk walk, String known) {
        List<String> found = new ArrayList<>();
        walk.shown.forEach((step, text) -> text.lines()
                .filter(line -> line.replace(known, "").contains(MARK))
                .forEach(line -> found.add(step + ": " + line)));
        walk.answers().stream()
                .filter(answer -> answer.replace(known, "").contains(MARK)
                        || (answer.contains(HIDDEN)
                                && !answer.substring(0, answer.indexOf(' ')).contains(HIDDEN)))
                .forEach(found::add);
        assertEquals("", String.join("\n", found));
    }

    @Test
    @Tag("long")
    void anAnalystOfAUnitFindsNoTraceOfCasesOfOthers() {
        findsNoTrace("bek", false);
    }

    @Tag("long")
    @Test
    void anAnalystOfAUnitFindsNoTraceOnTabsAndInDialogsEither() {
        findsNoTrace("bek", true);
    }

    @Tag("long")
    @Test
    void anOperatorFindsNoTraceOfCases() {
        findsNoTrace("night", true);
    }

    /** What is shared is for all to see; whose case it is from, and who shared it, is not. */
    @Tag("long")
    @Test
    void whatWasSharedAndTakenBackSaysNothingOfItsCase() {
        browser.expect("404 (GET|POST) .*/api/(cases|objects)/");
        CentreClient keeper = whole.centre.clientOf(KEEPER);
        String shares = "/api/cases/" + HIDDEN + "/shares";
        whole.post(keeper, shares, Map.of("tlp", "green", "values", List.of(HIDDEN_VALUE), "name", "Shared name"));
        whole.post(keeper, shares, Map.of("tlp", "green", "values", List.of(REPORTED_VALUE), "name", "Taken back"));
        whole.post(keeper, shares + "/2/withdraw", Map.of());
        words(walk(whole, "bek", true), "");
    }

    @Test
    void nobodySeesOnlyTheSignInPage() {
        browser.expect("(401|403|404|400) GET ");
        ScreenWalk walk = new ScreenWalk(browser, whole.centre, null);
        walk.keep("start");
        for (ScreenWalk.Screen screen : walk.screens()) {
            walk.visit(screen.id(), screen.path());
            routes(whole)
                    .getOrDefault(screen.id(), List.of())
                    .forEach(more -> walk.visit(screen.id() + more, screen.path() + more));
            if (screen.id().equals("components")) {
                assertFalse(walk.shown.remove("components").contains(MARK), "samples alone");
            }
        }
        walk.shown.forEach((step, text) -> assertEquals(
                onlySignIn(walk.shown.get("start")),
                onlySignIn(text),
                () -> step + " shows more than the sign-in page"));
        assertEquals(0, walk.page.locator("koprik-rail").count());
        walk.answers()
                .forEach(answer -> assertTrue(
                        answer.matches("(?s).*/(console/.*|api/(sign-in|account)) .*") && !answer.contains(MARK),
                        answer));
    }

    /** The address is kept for the time after, in the link past the bar. */
    private static String onlySignIn(String text) {
        return text.lines().filter(line -> !line.startsWith("#/")).collect(Collectors.joining("\n"));
    }

    @Test
    void noAnswerOfTheApiHasDataForNobody() throws Exception {
        JsonNode paths = ok(whole.admin.get("/api/openapi.json")).path("paths");
        for (Map.Entry<String, JsonNode> path : paths.properties()) {
            if (!path.getValue().has("get") || OPEN.contains(path.getKey())) {
                continue;
            }
            String asked = path.getKey()
                    .replace("{number}", HIDDEN)
                    .replace("{id}", whole.ids.get("case"))
                    .replaceAll("\\{[a-z]+}", KEEPER);
            HttpResponse<String> answer = whole.centre.get(whole.centre.peopleUrl() + asked, null);
            assertTrue(Set.of(401, 403, 404).contains(answer.statusCode()), () -> asked + ": " + answer.statusCode());
            assertFalse(answer.body().contains(ASKED), () -> asked + ": " + answer.body());
        }
    }

    /** What the sign-in page, partners and machines may ask for, and which has nothing of what the centre holds. */
    private static final Set<String> OPEN =
            Set.of("/api/openapi.json", "/api/sign-in", "/healthz", "/readyz", "/.well-known/koprik-card.json");

    @Test
    void whoSignedOutLeavesNothingOnThePage() {
        Page page =
                browser.signInByPassword(whole.centre, "anna", SECRET, "#/cases/" + HIDDEN, "en", ColorScheme.LIGHT);
        page.getByText("Title " + MARK).first().waitFor();
        browser.expect("401 ");
        page.evaluate("() => { location.hash = '#/search?q=" + MARK + "'; }");
        page.locator("koprik-search li.hit").first().waitFor();
        page.evaluate("() => fetch('../api/session', { method: 'DELETE', headers: { 'Koprik-Console': '1' } })");
        page.reload();
        page.locator("koprik-signin").waitFor();
        page.goBack();
        page.locator("koprik-signin").waitFor();
        assertEquals(0, page.getByText(MARK).count());
        assertEquals(0, page.locator("koprik-rail").count());
    }
}
