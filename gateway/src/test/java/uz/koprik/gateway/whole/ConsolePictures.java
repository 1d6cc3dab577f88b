package uz.koprik.gateway.whole;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import uz.koprik.gateway.Main;
import uz.koprik.gateway.concurrent.ThreadPools;

/**
 * The pictures of {@code docs/console.md}: plays the demonstration, signs in to its console, and takes one picture a
 * screen. Those of what waits for a second person are of a {@link WaitingCentre}.
 *
 * <p>Run as {@code mvn -pl gateway -am -DskipTests -Dwhole=ConsolePictures verify}. It needs Debian's packages
 * chromium, fonts-noto-core and fonts-noto-cjk.
 */
final class ConsolePictures {

    private static final Pattern ADDRESS = Pattern.compile("the console of Tashkent: (\\S+)");
    private static final Pattern SIGN_IN = Pattern.compile("sign in as (\\S+), password (\\S+)");
    private static final long PATIENCE_MILLIS = 300_000;
    /** Time for a screen to load and draw; streams of alerts keep the network busy, so it cannot be waited for. */
    private static final int QUIET_MILLIS = 3_000;

    /** What an analyst pastes: values that are known, some of a case, and one that nobody knows. */
    private static final String VALUES =
            "trade-bonus.example.net%20KZ769992837168258266%201CyRmkyLhxPVrBPwHDW53EEra4sp8Y4wTX%20nobody.example.org";

    /** What an analyst pastes to report it: values that are sure, and some that ask. */
    private static final String LETTER =
            "Dear colleagues,\nthe page hxxps://login[.]example[.]net/verify collects passwords of customers. It loads"
                    + " loader[.]example[.]org and calls 203.0.113.77. The file readme.md was attached.\n"
                    + "The accountant's router is 10.0.0.1. Money went to KZ769992837168258266.\n";

    /** What shows that something waits for a second person. */
    private static final Set<String> WAITING = Set.of("desk", "acts");

    private static final int WIDTH = 1440;
    private static final int HEIGHT = 900;

    /**
     * A picture.
     *
     * @param name of the file, without its ending
     * @param route in the console
     * @param language of the console
     */
    private record Picture(String name, String route, String language, ColorScheme scheme, int width, int height) {

        static Picture of(String name, String route) {
            return new Picture(name, route, "en", ColorScheme.LIGHT, WIDTH, HEIGHT);
        }

        Picture in(String other) {
            return new Picture(name + "-" + other, route, other, scheme, width, height);
        }

        Picture dark() {
            return new Picture(name + "-dark", route, language, ColorScheme.DARK, width, height);
        }

        Picture wall() {
            return new Picture(name, route, language, ColorScheme.DARK, 1920, 1080);
        }
    }

    private final Page page;
    private final String console;
    private final Path folder;
    private final Set<String> names;

    private ConsolePictures(Page page, String console, Path folder, Set<String> names) {
        this.page = page;
        this.console = console;
        this.folder = folder;
        this.names = names;
    }

    /**
     * @param args the folder of the pictures, docs/images/console when there is none; then the names of those to take,
     *     all when there are none
     */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args.length > 0 ? args[0] : "../docs/images/console");
        Files.createDirectories(folder);
        Set<String> names = Set.copyOf(List.of(args).subList(Math.min(1, args.length), args.length));
        try (Playwright playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                Browser browser = playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(Path.of("/usr/bin/chromium"))
                                .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-quic")))) {
            if (names.isEmpty() || WAITING.stream().anyMatch(names::contains)) {
                waiting(browser, folder, names);
            }
            if (names.isEmpty() || !WAITING.containsAll(names)) {
                demonstration(browser, folder, names);
            }
        }
        // The demonstration stays up until its process ends; its own hook then cleans up.
        System.exit(0);
    }

    private static void waiting(Browser browser, Path folder, Set<String> names) throws Exception {
        try (WaitingCentre centre = new WaitingCentre()) {
            Page desk = page(browser, centre.tokenOf(WaitingCentre.RELEASER));
            new ConsolePictures(desk, centre.console(), folder, names).take(Picture.of("desk", "#/desk"));
            Page acts = page(browser, centre.tokenOf(WaitingCentre.ADMINISTRATOR));
            new ConsolePictures(acts, centre.console(), folder, names)
                    .take(Picture.of("acts", "#/operations?tab=acts"));
        }
    }

    /** A page of the account that a token is of. */
    private static Page page(Browser browser, String token) {
        return browser.newContext(options().setExtraHTTPHeaders(Map.of("Authorization", "Bearer " + token)))
                .newPage();
    }

    private static Browser.NewContextOptions options() {
        return new Browser.NewContextOptions()
                .setIgnoreHTTPSErrors(true)
                .setTimezoneId("Asia/Tashkent")
                .setLocale("en-GB")
                .setViewportSize(WIDTH, HEIGHT)
                .setReducedMotion(ReducedMotion.REDUCE);
    }

    private static void demonstration(Browser browser, Path folder, Set<String> names) throws Exception {
        StringWriter said = new StringWriter();
        ThreadPools.virtualOnce("demonstration", () -> Main.commandLine()
                .setOut(new PrintWriter(said, true))
                .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
                .execute("demo"));
        String[] at = await(said);
        BrowserContext context = browser.newContext(options());
        Story.propose(context.request(), said.toString());
        new ConsolePictures(context.newPage(), at[0], folder, names).takeAll(at[1], at[2]);
    }

    private static String[] await(StringWriter said) throws InterruptedException {
        long until = System.currentTimeMillis() + PATIENCE_MILLIS;
        while (System.currentTimeMillis() < until) {
            String text = said.toString();
            Matcher address = ADDRESS.matcher(text);
            Matcher signIn = SIGN_IN.matcher(text);
            if (text.contains("Stays up until Ctrl-C") && address.find() && signIn.find()) {
                return new String[] {address.group(1), signIn.group(1), signIn.group(2)};
            }
            Thread.sleep(200);
        }
        throw new IllegalStateException("the demonstration did not come to its end: " + said);
    }

    private void takeAll(String account, String password) {
        page.navigate(console);
        page.locator("input[autocomplete=username]").waitFor();
        save("signin");
        signIn(account, password);
        page.locator("koprik-lookup").waitFor();
        Story story = new Story(page);
        story.live();
        for (Picture picture : pictures(story)) {
            take(picture);
        }
        audited(story);
    }

    private void signIn(String account, String password) {
        page.locator("input[autocomplete=username]").fill(account);
        page.locator("input[type=password]").fill(password);
        page.keyboard().press("Enter");
    }

    /** The access record is for auditors alone: one signs in, with a password of its own. */
    private void audited(Story story) {
        String once = story.account("auditor", "auditor");
        story.signOut();
        page.navigate(console);
        page.reload();
        signIn("auditor", once);
        page.locator("koprik-secret k-field[name=secret] input").fill("a password for the picture");
        page.locator("koprik-secret k-field[name=again] input").fill("a password for the picture");
        page.keyboard().press("Enter");
        page.locator("koprik-rail").waitFor();
        take(Picture.of("access", "#/access"));
    }

    private List<Picture> pictures(Story story) {
        String object = firstObject();
        Picture report = Picture.of("report", "#/report");
        Picture agreement = Picture.of("agreement", "#/agreements/moscow");
        Picture groups = Picture.of("groups", "#/agreements?tab=groups");
        Picture group = Picture.of("group", "#/agreements?tab=groups&group=" + story.group());
        Picture recall = Picture.of("recall", "#/objects/" + story.recalled());
        Picture retention = Picture.of("retention", "#/retention?days=365");
        Picture tokens = Picture.of("tokens", "#/operations?tab=tokens");
        Picture lookup = Picture.of("lookup", "#/lookup?q=" + VALUES);
        Picture caseFile = Picture.of("case", "#/cases/T-2026-014");
        Picture partners = Picture.of("partners", "#/partners");
        Picture situation = Picture.of("situation", "#/situation?wall=1");
        return List.of(
                lookup,
                lookup.dark(),
                lookup.in("ru"),
                lookup.in("ko"),
                Picture.of("search", "#/search?q=brokerage"),
                report,
                Picture.of("object", "#/objects/" + object),
                Picture.of("object", "#/objects/" + object).dark(),
                Picture.of("graph", "#/graph/" + object),
                Picture.of("cases", "#/cases"),
                caseFile,
                caseFile.dark(),
                caseFile.in("ru"),
                caseFile.in("uz-Latn"),
                Picture.of("alerts", "#/alerts"),
                Picture.of("alerts", "#/alerts").in("hu"),
                partners,
                partners.dark(),
                partners.in("ko"),
                Picture.of("agreements", "#/agreements"),
                agreement,
                agreement.dark(),
                agreement.in("ru"),
                agreement.in("ko"),
                groups,
                group,
                group.dark(),
                group.in("ru"),
                group.in("ko"),
                recall,
                recall.dark(),
                situation.wall(),
                situation.wall().in("ru"),
                situation.wall().in("ko"),
                tokens,
                tokens.dark(),
                retention,
                retention.dark(),
                Picture.of("roles", "#/roles"),
                Picture.of("roles", "#/roles").in("ru"),
                Picture.of("operations", "#/operations"),
                Picture.of("help", "#/help"),
                Picture.of("account", "#/account"),
                Picture.of("components", "#/components"));
    }

    /** An object of another centre that the demonstration's case has to do with. */
    private String firstObject() {
        return (String) page.evaluate(
                "async () => (await (await fetch('/api/search?limit=1&q=' + encodeURIComponent('type:indicator \"collected deposits\" wallet'), {headers:"
                        + " {'Koprik-Console': '1'}})).json()).hits[0].id");
    }

    private void take(Picture picture) {
        if (!names.isEmpty() && !names.contains(picture.name())) {
            return;
        }
        page.setViewportSize(picture.width(), picture.height());
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(picture.scheme()));
        page.navigate(console + "#/help");
        page.evaluate("language => localStorage.setItem('koprik-language', language)", picture.language());
        page.navigate(console + picture.route());
        page.reload();
        page.waitForTimeout(picture.name().equals("graph") ? 5 * QUIET_MILLIS : QUIET_MILLIS);
        if (picture.name().equals("report")) {
            page.locator("koprik-report-source textarea").fill(LETTER);
            page.waitForTimeout(QUIET_MILLIS);
        }
        if (picture.name().equals("desk")) {
            page.locator("koprik-desk k-table tbody tr").last().click();
            page.waitForTimeout(QUIET_MILLIS);
        }
        save(picture.name());
    }

    private void save(String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(folder.resolve(name + ".png")));
        System.out.println(folder.resolve(name + ".png"));
    }
}
