package uz.koprik.gateway.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.renewal.Expiry;
import uz.koprik.gateway.trouble.BackupTrouble;
import uz.koprik.gateway.trouble.FolderTrouble;
import uz.koprik.gateway.trouble.HealthTrouble;
import uz.koprik.gateway.trouble.SourceTrouble;
import uz.koprik.indicators.imports.layout.ImportSentence;
import uz.koprik.indicators.wording.Sentence;
import uz.koprik.indicators.wording.SentenceKind;

/** What is wrong with a centre is said to its operators in their language. */
final class TroubleScreenTest {

    private static final Pattern PLACE = Pattern.compile("\\{[a-z]+\\}");

    private static final String JSON = "application/json";

    /** {@link SentenceTextsTest} looks at the texts of all languages. */
    private static final List<String> SOME = List.of("uz-Cyrl", "hu");

    /** The text of an element with all that its components show. */
    private static final String TEXT = "e => { const text = (n) => n.nodeType === 3 ? n.data"
            + " : [...(n.shadowRoot?.childNodes ?? []), ...n.childNodes].map(text).join(''); return text(e); }";

    @RegisterExtension
    static final Centres centres = new Centres();

    private static RunningCentre centre;

    @RegisterExtension
    final Browser browser = new Browser();

    @BeforeAll
    static void start() throws Exception {
        centre = centres.init("tashkent")
                .withPeople()
                .withAccount("olim", Role.OPERATOR)
                .start();
    }

    /** One of a kind, with values of each form. */
    private static Sentence of(SentenceKind kind) {
        Map<String, Object> values = new HashMap<>();
        kind.names()
                .forEach(name -> values.put(
                        name,
                        switch (name) {
                            case "at", "valid", "last", "ended", "from", "now" -> Instant.parse("2026-11-30T10:00:00Z");
                            case "count",
                                    "all",
                                    "seconds",
                                    "step_seconds",
                                    "days",
                                    "status",
                                    "line",
                                    "before",
                                    "page" -> 7200;
                            default -> "VALUE";
                        }));
        return kind.with(values);
    }

    private static void put(ObjectNode in, String name, Sentence trouble) {
        in.put(name, trouble.text());
        in.put(name + "_code", trouble.code());
        trouble.details().forEach(in.putObject(name + "_details")::put);
    }

    private static ObjectNode operations() {
        return (ObjectNode) RunningCentre.ok(centre.clientOf("olim").get("/api/operations"));
    }

    private Page page(String route, String language, String url, JsonNode answer) {
        Page page = browser.signIn(centre, "olim", "#/help/tlp", language, ColorScheme.LIGHT);
        page.route(url, asked -> answer(asked, answer));
        Browser.go(page, route);
        return page;
    }

    /** The sentence of the language stands there, and English only where a code is unknown or behind a word. */
    private void said(Page page, String element, String language, Iterable<? extends SentenceKind> kinds)
            throws Exception {
        String shown = page.locator(element).evaluate(TEXT).toString();
        for (SentenceKind kind : kinds) {
            String text = ConsoleTexts.texts("sentences", language)
                    .get("trouble." + kind.word())
                    .asText();
            for (String piece : PLACE.split(text, -1)) {
                assertEquals(true, shown.contains(piece.strip()), language + ": " + piece + " is not in " + shown);
            }
        }
        assertEquals(0, page.locator(element + " [lang=en]:not(details *)").count(), () -> page.locator(element)
                .innerHTML());
        browser.axe(page);
        browser.fits(page);
    }

    @Test
    @Tag("long")
    void whyACentreCannotServe() throws Exception {
        ObjectNode state = operations();
        ObjectNode health = (ObjectNode) state.path("health");
        health.put("ready", false);
        ArrayNode sentences = health.putArray("reasons");
        ArrayNode codes = health.putArray("reason_codes");
        for (HealthTrouble kind : HealthTrouble.values()) {
            Sentence trouble = of(kind);
            sentences.add(trouble.text());
            ObjectNode one = codes.addObject().put("code", trouble.code());
            trouble.details().forEach(one.putObject("details")::put);
        }
        put((ObjectNode) state.path("clock"), "trouble", of(HealthTrouble.CLOCK_JUMPED));
        for (String language : SOME) {
            Page page = page("operations", language, "**/api/operations", state);
            said(page, "koprik-operations-overview", language, List.of(HealthTrouble.values()));
            page.close();
        }
    }

    @Test
    @Tag("long")
    void whatToDoBeforeSomethingEnds() throws Exception {
        ObjectNode state = operations();
        ArrayNode ends = state.putArray("expiries");
        for (Expiry.Advice advice : Expiry.Advice.values()) {
            ends.addObject()
                    .put("what", "card")
                    .put("of", advice.word())
                    .put("at", "2026-12-24T10:00:00Z")
                    .put("ended", false)
                    .put("warning", advice.english())
                    .put("warning_code", advice.word());
        }
        for (String language : SOME) {
            Page page = page("operations?tab=keys", language, "**/api/operations", state);
            for (Expiry.Advice advice : Expiry.Advice.values()) {
                page.getByText(ConsoleTexts.texts("sentences", language)
                                .get("advice." + advice.word())
                                .asText())
                        .waitFor();
            }
            said(page, "koprik-operations-ends", language, List.of());
            page.close();
        }
    }

    @Test
    void whatIsWrongWithBackups() throws Exception {
        ObjectNode state = operations();
        ObjectNode backups = state.putObject("backups");
        backups.put("scheduled", true).put("interval_seconds", 86400).put("working", false);
        backups.putArray("stored");
        put(backups, "trouble", of(BackupTrouble.BACKUP_DISK_FULL));
        for (String language : SOME) {
            Page page = page("operations?tab=backups", language, "**/api/operations", state);
            said(page, "koprik-operations-backups", language, List.of(BackupTrouble.BACKUP_DISK_FULL));
            page.close();
        }
    }

    @Test
    @Tag("long")
    void whyFeedsAndWatchedFoldersFail() throws Exception {
        ObjectNode state = operations();
        ArrayNode watched = state.putArray("watched");
        for (FolderTrouble kind : FolderTrouble.values()) {
            ObjectNode folder = watched.addObject()
                    .put("folder", kind.word())
                    .put("mapping", "")
                    .put("account", "anna")
                    .put("waiting", 1);
            put(folder, "trouble", of(kind));
        }
        List<SourceTrouble> kinds =
                List.of(SourceTrouble.FEED_CONNECTION_REFUSED, SourceTrouble.FEED_TLS, SourceTrouble.FEED_SHRUNK);
        ObjectNode feeds = (ObjectNode) RunningCentre.ok(centre.clientOf("olim").get("/api/feeds"));
        ArrayNode all = feeds.putArray("feeds");
        for (SourceTrouble kind : kinds) {
            ObjectNode feed = all.addObject()
                    .put("name", kind.word())
                    .put("place", "https://feeds.example.com/list")
                    .put("entries", 7);
            put(feed, "last_error", of(kind));
            put(
                    feed.put("faulty_files", 1).putArray("faults").addObject().put("file", "one.json"),
                    "reason",
                    SourceTrouble.FEED_LISTED_FILE_MISSING.of());
            put(
                    feed.putArray("notes").addObject().put("where", "list, new.csv, header"),
                    "text",
                    ImportSentence.READ_AS.of("X"));
        }
        for (String language : SOME) {
            Page page = page("operations?tab=overview", language, "**/api/operations", state);
            page.route("**/api/feeds", asked -> answer(asked, feeds));
            page.reload();
            Browser.go(page, "operations?tab=sources");
            page.getByText(FolderTrouble.FOLDER_CANNOT_SIGN.word()).waitFor();
            said(page, "koprik-operations-sources", language, kinds);
            said(page, "koprik-operations-sources", language, List.of(FolderTrouble.values()));
            Map<String, JsonNode> texts = ConsoleTexts.texts("sentences", language);
            List<String> unused = page.locator("koprik-operations-sources li").allTextContents();
            assertEquals(
                    List.of(
                            "one.json: "
                                    + texts.get("trouble.feed_listed_file_missing")
                                            .asText(),
                            "list, new.csv, " + texts.get("place.header").asText() + ": "
                                    + texts.get("import.read_as").asText().replace("{layout}", "X")),
                    unused.subList(0, 2));
            page.close();
        }
    }

    private static void answer(Route asked, JsonNode answer) {
        asked.fulfill(new Route.FulfillOptions().setContentType(JSON).setBody(answer.toString()));
    }

    @Test
    void aCodeOfALaterVersionIsSaidInTheWordsOfTheCentre() {
        ObjectNode state = operations();
        ObjectNode health = (ObjectNode) state.path("health");
        health.put("ready", false).putArray("reasons").add("the moon is in the way");
        health.putArray("reason_codes").addObject().put("code", "moon");
        Page page = page("operations", "hu", "**/api/operations", state);
        assertEquals(
                "the moon is in the way",
                page.locator("koprik-operations-overview li [lang=en]").innerText());
    }
}
