package uz.koprik.gateway.whole;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What a person waits for in the console of a centre with very many objects, measured in the browser: the start page, a
 * look-up of one value, a paste of 1,000 values, and the frames of a graph of 500 nodes. Ends with an error when a
 * figure misses its limit.
 *
 * <p>Run as {@code mvn -pl gateway -am -DskipTests -Dwhole=ConsoleFigures "-Dwhole.args=1000000 FOLDER 15" verify}:
 * objects, a folder whose centre is made once and then used again (otherwise a new one), and rounds. It needs Debian's
 * package chromium. Times begin at the event of the key or of the navigation, by the clock of the browser, and end
 * after the frame in which the answer is drawn.
 */
final class ConsoleFigures {

    private static final int PASTED = 1000;
    private static final int LOOK_UPS_A_ROUND = 20;
    private static final int PASTES_A_ROUND = 4;
    private static final int MOST_NODES = 500;

    private static final int FRAMES = 180;

    private final int count;
    private final int rounds;
    private final ChildCentre centre;
    private final Path folder;
    private final String console;
    private final SplittableRandom random = new SplittableRandom(1);
    private final FigureTable figures = new FigureTable();

    private ConsoleFigures(ChildCentre centre, Path folder, int count, int rounds) throws IOException {
        this.centre = centre;
        this.folder = folder;
        this.count = count;
        this.rounds = rounds;
        this.console =
                Files.readString(centre.home().resolve("state/people-url")).strip() + "/console/";
    }

    /** Prints a line a figure. */
    public static void main(String[] args) throws Exception {
        int count = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
        Path folder =
                args.length > 1 ? Files.createDirectories(Path.of(args[1])) : Files.createTempDirectory("console");
        int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 15;
        boolean good;
        try (ChildCentre centre = ConsoleHome.start(folder, count, "-XX:+UseParallelGC", "-XX:NewRatio=1")) {
            good = new ConsoleFigures(centre, folder, count, rounds).run();
            centre.stop();
        }
        System.exit(good ? 0 : 1);
    }

    private boolean run() throws Exception {
        List<Cookie> session;
        try (MeasuredBrowser browser = browser(List.of())) {
            System.out.println(browser.page().evaluate("navigator.userAgent"));
            session = signIn(browser);
            work(browser.page(), false); // compiles
        }
        for (int round = 0; round < rounds; round++) {
            try (MeasuredBrowser browser = browser(session)) {
                startPage(browser);
                work(browser.page(), true);
                graph(browser.page());
            }
            try (MeasuredBrowser browser = browser(session)) {
                startPageAfar(browser);
            }
            figures.round();
        }
        return figures.print();
    }

    private MeasuredBrowser browser(List<Cookie> cookies) throws Exception {
        return MeasuredBrowser.start(centre.home().resolve("tls.pem"), cookies);
    }

    private List<Cookie> signIn(MeasuredBrowser browser) {
        Page page = browser.page();
        page.navigate(console);
        page.locator("input[autocomplete=username]").fill(ConsoleHome.ACCOUNT);
        page.locator("input[type=password]").fill(ConsoleHome.SECRET);
        page.keyboard().press("Enter");
        page.locator("koprik-lookup").waitFor();
        return browser.cookies();
    }

    /** With an empty cache in a new process, and again with what the browser kept. */
    private void startPage(MeasuredBrowser browser) {
        Page page = browser.page();
        page.waitForTimeout(1500); // the start of the browser itself
        load(page, "empty cache");
        page.waitForTimeout(1000); // what is loaded after it counts too
        figures.atMost("kB to the start page", 400, bytes(page) / 1e3);
        page.navigate("about:blank");
        load(page, "warm cache");
    }

    /** With an empty cache, from another town. */
    private void startPageAfar(MeasuredBrowser browser) throws IOException {
        URI there = URI.create(console);
        try (ConnectionProxy line = new ConnectionProxy(0).before(() -> new Socket(there.getHost(), there.getPort()))) {
            line.fault(ConnectionProxy.Fault.AFAR);
            Page page = browser.page();
            page.waitForTimeout(1500);
            page.navigate(line.url() + there.getPath());
            figures.free("ms to the start page, empty cache, 40 ms away", number(page, "measured.ready"));
        }
    }

    private void load(Page page, String cache) {
        page.navigate(console);
        figures.atMost("ms to the start page, " + cache, 1000, number(page, "measured.ready"));
        figures.free(
                "ms to the first content, " + cache,
                number(page, "performance.getEntriesByName('first-contentful-paint')[0].startTime"));
    }

    private static double bytes(Page page) {
        return number(
                page,
                "performance.getEntriesByType('navigation').concat(performance.getEntriesByType('resource'))"
                        + ".reduce((sum, one) => sum + one.transferSize, 0)");
    }

    private static double number(Page page, String expression) {
        return ((Number) page.evaluate(expression)).doubleValue();
    }

    private void work(Page page, boolean counts) {
        for (int i = 0; i < LOOK_UPS_A_ROUND; i++) {
            String value = i % 4 == 3 ? unknown() : ConsoleHome.value(random.nextInt(ConsoleHome.known(count)));
            double took = answered(page, 1, () -> {
                page.keyboard().insertText(value);
                page.keyboard().press("Enter");
            });
            if (counts) {
                figures.atMost("ms a look-up of one value, from Enter", 300, took);
            }
        }
        for (int i = 0; i < PASTES_A_ROUND; i++) {
            String text = pasted();
            double took = answered(page, PASTED, () -> {
                page.evaluate("text => navigator.clipboard.writeText(text)", text);
                page.keyboard().press("Control+v");
            });
            if (counts) {
                figures.atMost("ms a paste of 1,000 values, from Ctrl+V", 1000, took);
            }
        }
    }

    /** From the key to the frame with the answer. */
    private double answered(Page page, int rows, Runnable keys) {
        page.navigate(console + "#/help");
        page.locator("koprik-help").waitFor();
        page.navigate(console + "#/lookup");
        page.waitForFunction("() => measured.focused()?.localName === 'textarea'");
        page.evaluate("rows => { measured.next = measured.answered(rows); }", rows);
        keys.run();
        return number(page, "measured.next") - number(page, "measured.pressed");
    }

    private String unknown() {
        return "no-" + random.nextInt(Integer.MAX_VALUE) + ".example.net";
    }

    /** Half of them known, some silenced, the others unknown. */
    private String pasted() {
        StringBuilder text = new StringBuilder();
        int start = random.nextInt(count);
        int step = ConsoleHome.known(count) / PASTED;
        for (int i = 0; i < PASTED; i++) {
            String value = i % 2 == 0
                    ? ConsoleHome.value((start + i * step + i) % ConsoleHome.known(count))
                    : i % 20 == 1 ? "host-" + i + "." + ConsoleHome.SILENCED : unknown();
            text.append(value).append('\n');
        }
        return text.toString();
    }

    private void graph(Page page) {
        List<String> expanded = ConsoleHome.families().stream()
                .map(family -> "expand=" + family)
                .toList();
        page.navigate(console + "#/graph/" + ConsoleHome.actor() + "?" + String.join("&", expanded));
        page.locator("koprik-graph-canvas canvas").first().waitFor();
        page.waitForTimeout(3000);
        double nodes = number(page, "measured.deep('koprik-console', 'koprik-graph').model.nodes.size");
        if (nodes != MOST_NODES) {
            throw new IllegalStateException("the graph has " + nodes + " nodes");
        }
        page.screenshot(new Page.ScreenshotOptions().setPath(folder.resolve("graph.png")));
        frames(page, "moving the picture", "mousedown", "['mousemove', 40 + n * 2 % 300, 40 + n % 200]");
        frames(page, "zooming", "", "['wheel', middle.x, middle.y, n / 30 % 2 < 1 ? -30 : 30]");
        String circle = "['mousemove', middle.x + 90 * Math.sin(n / 9), middle.y + 90 * (Math.cos(n / 9) - 1)]";
        frames(page, "dragging a node", "mousedown", circle);
    }

    /** Sends an event of the pointer before each frame, and counts the frames in which the picture changed by it. */
    @SuppressWarnings("unchecked")
    private void frames(Page page, String what, String first, String move) {
        Map<String, Object> seen = (Map<String, Object>) page.evaluate(
                """
                async ([first, frames, actor]) => {
                  const canvas = measured.deep('koprik-console', 'koprik-graph', 'koprik-graph-canvas', '.picture');
                  const middle = { ...canvas._cyreg.cy.getElementById(actor).renderedPosition() };
                  const target = canvas.querySelector('canvas');
                  const box = canvas.getBoundingClientRect();
                  const send = (type, x, y, deltaY) => target.dispatchEvent(new (type === 'wheel' ? WheelEvent : MouseEvent)(type,
                      { bubbles: true, cancelable: true, composed: true, buttons: 1, clientX: box.x + x, clientY: box.y + y, deltaY }));
                  const move = (n) => MOVE;
                  if (first) send(first, ...move(0).slice(1));
                  const seen = await measured.frames(frames, (n) => send(...move(n)));
                  if (first) send('mouseup', ...move(frames).slice(1));
                  return seen;
                }"""
                        .replace("MOVE", move),
                List.of(first, FRAMES, ConsoleHome.actor()));
        List<Number> times = (List<Number>) seen.get("times");
        for (int i = 1; i < times.size(); i++) {
            figures.free(
                    "ms between frames, " + what,
                    times.get(i).doubleValue() - times.get(i - 1).doubleValue());
        }
        double seconds = (times.getLast().doubleValue() - times.getFirst().doubleValue()) / 1000;
        figures.atLeast(
                "frames a second of 500 nodes, " + what, 30, ((Number) seen.get("changed")).doubleValue() / seconds);
        page.waitForTimeout(1000);
    }
}
