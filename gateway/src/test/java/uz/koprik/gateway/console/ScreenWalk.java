package uz.koprik.gateway.console;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import uz.koprik.gateway.centre.RunningCentre;

/**
 * Walks the screens of the console as one account, and keeps all that it was shown: the text of the document after each
 * step, with what attributes and fields say, and the body of each answer.
 */
final class ScreenWalk {

    /** A row of the table of screens, as the browser reads it. */
    record Screen(String id, String path, boolean open) {}

    /** Counts open requests and keeps the bodies of answers. A stream has no end: its pieces are kept as they come. */
    private static final String KEEP_ANSWERS =
            """
            window.walk = { open: 0, bodies: [] };
            const plain = window.fetch;
            const keep = async (url, answer) => {
              const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
              const kept = { url, body: '' };
              walk.bodies.push(kept);
              for (let piece = await reader?.read(); piece && !piece.done; piece = await reader.read()) kept.body += piece.value;
            };
            window.fetch = async (url, init) => {
              walk.open++;
              try {
                const answer = await plain(url, init);
                keep(String(url), answer.clone()).catch(() => {});
                return answer;
              } finally {
                walk.open--;
              }
            };""";

    /** All that a document says, once it is drawn and asks for nothing. Times of day and ages are no part of it. */
    private static final String TEXT =
            """
            async () => {
              const parts = [];
              const said = ['title', 'aria-label', 'href', 'placeholder', 'alt', 'label', 'heading', 'value'];
              const drawn = DRAWN;
              const visit = (node) => {
                if (node.nodeType === Node.TEXT_NODE && node.data.trim()) parts.push(node.data.trim().replace(/\\s+/g, ' '));
                if (['STYLE', 'SCRIPT', 'K-TIME', 'KOPRIK-CLOCK'].includes(node.nodeName)) return;
                for (const name of node.attributes ? said : []) if (node.hasAttribute(name)) parts.push(node.getAttribute(name));
                if (['INPUT', 'TEXTAREA'].includes(node.nodeName) && node.value) parts.push(node.value);
                if (node.shadowRoot) visit(node.shadowRoot);
                node.childNodes.forEach(visit);
              };
              const until = Date.now() + 30000;
              for (let quiet = 0; quiet < 4 && Date.now() < until;) {
                await new Promise((done) => setTimeout(done, 40));
                quiet = walk.open === 0 && drawn() ? quiet + 1 : 0;
              }
              parts.push(document.title);
              visit(document.body);
              return parts.join('\\n');
            }"""
                    .replace("DRAWN", Browser.DRAWN);

    private static final String TABLE =
            """
            () => import(new URL('screens.js', document.querySelector('script[type=module]').src)).then(({ SCREENS }) =>
                SCREENS.map(({ id, path, open }) => ({ id, path, open: Boolean(open) })))""";

    final Page page;
    /** What was shown, by step. */
    final Map<String, String> shown = new LinkedHashMap<>();

    /** A page of the account, or of nobody when {@code account} is null. */
    ScreenWalk(Browser browser, RunningCentre centre, String account) {
        page = account == null
                ? browser.open(
                        centre,
                        "",
                        "en",
                        ColorScheme.LIGHT,
                        options -> options,
                        empty -> empty.addInitScript(KEEP_ANSWERS))
                : browser.signIn(
                        centre,
                        account,
                        "#/help",
                        "en",
                        ColorScheme.LIGHT,
                        options -> options,
                        empty -> empty.addInitScript(KEEP_ANSWERS));
        page.locator("koprik-signin, koprik-help").first().waitFor();
    }

    /** All screens of the table by which the frame chooses. */
    List<Screen> screens() {
        List<?> rows = (List<?>) page.evaluate(TABLE);
        return rows.stream()
                .map(row -> (Map<?, ?>) row)
                .map(row -> new Screen((String) row.get("id"), (String) row.get("path"), (Boolean) row.get("open")))
                .toList();
    }

    /** Goes to a route of the console and keeps what it shows under {@code name}. */
    void visit(String name, String route) {
        page.evaluate("route => { location.hash = route; }", "#" + route);
        keep(name);
    }

    /** Keeps what the page shows now under {@code name}. */
    void keep(String name) {
        shown.put(name, (String) page.evaluate(TEXT));
    }

    /** Keeps what each tab of the screen shows. */
    void tabs(String name) {
        Locator tabs = page.locator("main [role=tab]");
        for (int i = 0; i < tabs.count(); i++) {
            String id = tabs.nth(i).getAttribute("data-id");
            tabs.nth(i).click();
            keep(name + ", tab " + id);
        }
    }

    /** Opens the dialog of a button, keeps what it shows, and closes it. */
    void dialog(String name, String button) {
        page.locator("main k-button", new Page.LocatorOptions().setHasText(button))
                .first()
                .click();
        page.locator("k-dialog[open]").first().waitFor();
        keep(name + ", dialog " + button);
        close();
    }

    /** Closes what a dialog shows. */
    void close() {
        page.keyboard().press("Escape");
        page.locator("k-dialog[open]")
                .waitFor(new Locator.WaitForOptions()
                        .setState(com.microsoft.playwright.options.WaitForSelectorState.DETACHED));
    }

    /** The body of each answer since the last call, with its address. */
    List<String> answers() {
        List<?> bodies =
                (List<?>) page.evaluate("() => walk.bodies.splice(0).map(({ url, body }) => url + ' ' + body)");
        return bodies.stream().map(String::valueOf).collect(Collectors.toCollection(ArrayList::new));
    }
}
