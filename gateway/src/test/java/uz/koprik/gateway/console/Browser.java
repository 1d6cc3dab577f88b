package uz.koprik.gateway.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.centre.RunningCentre;

/**
 * A browser for tests of the console: {@code @RegisterExtension final Browser browser = new Browser();}.
 *
 * <p>Chromium starts once; each page has a context of its own, which is closed after the test. A test fails when a page
 * reported a violation of the policy, an error of a script, an error on the console, or a request that failed and that
 * {@link #expect} does not name. Without Chromium the tests are skipped; in CI they fail.
 */
public final class Browser implements BeforeEachCallback, AfterEachCallback {

    /** The languages of the console. */
    public static final List<String> LANGUAGES = List.of("uz-Latn", "uz-Cyrl", "ru", "en", "hu", "ko");

    /** How long a page may take to show what a test waits for. */
    public static final int WAIT_MILLIS = 60_000;

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--ignore-certificate-errors");
    private static final Path PICTURES = Path.of("target", "screens");

    /** Reports each violation of the policy as an error of the console. */
    private static final String REPORT_VIOLATIONS =
            "document.addEventListener('securitypolicyviolation', e => console.error('CSP: ' + e.violatedDirective + ' '"
                    + " + e.blockedURI + ' ' + e.sourceFile + ':' + e.lineNumber + ' ' + e.sample))";

    private final List<BrowserContext> contexts = new ArrayList<>();
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private final Set<Pattern> expected = ConcurrentHashMap.newKeySet();

    @Override
    public void beforeEach(ExtensionContext context) {
        if (!Files.isExecutable(CHROMIUM)) {
            String missing = CHROMIUM + " is missing; install it by: apt-get install chromium";
            assertTrue(System.getenv("CI") == null, missing);
            Assumptions.abort(missing);
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        contexts.forEach(BrowserContext::close);
        contexts.clear();
        List<String> found = List.copyOf(faults);
        faults.clear();
        expected.clear();
        if (context.getExecutionException().isEmpty()) {
            assertEquals(List.of(), found, "the pages reported errors");
        } else if (!found.isEmpty()) {
            context.getExecutionException()
                    .orElseThrow()
                    .addSuppressed(new AssertionError("the pages reported " + found));
        }
    }

    /**
     * Lets requests fail that a test provokes, and lets the browser say so on its console.
     *
     * @param pattern found in "404 GET https://…/api/cases/7" or in the message of the console
     */
    public void expect(String pattern) {
        expected.add(Pattern.compile(pattern));
    }

    /** A page of nobody, in English, light, 1280 × 720, at the console's address. */
    public Page open(RunningCentre centre) {
        return open(centre, "", "en", ColorScheme.LIGHT, options -> options, page -> {});
    }

    /**
     * A page of nobody.
     *
     * @param route such as {@code #/components}, or empty
     * @param language of the console
     * @param scheme light or dark
     * @param change of the options of the browser's context, such as another size
     * @param before what is done with the page before it loads, such as routes of its requests
     */
    public Page open(
            RunningCentre centre,
            String route,
            String language,
            ColorScheme scheme,
            UnaryOperator<com.microsoft.playwright.Browser.NewContextOptions> change,
            Consumer<Page> before) {
        expect("401 GET .*/api/account$");
        return start(centre, route, page(language, scheme, change), before);
    }

    private static Page start(RunningCentre centre, String route, Page page, Consumer<Page> before) {
        before.accept(page);
        page.navigate(centre.peopleUrl() + "/console/" + route);
        return page;
    }

    /** The start page of a signed-in account, in English, light, 1280 × 720. */
    public Page signIn(RunningCentre centre, String account) {
        return signIn(centre, account, "", "en", ColorScheme.LIGHT);
    }

    /**
     * A page of a signed-in account.
     *
     * @param account that {@code withAccount} added
     * @param route such as {@code #/cases/7?tab=notes}, or empty for the start page
     */
    public Page signIn(RunningCentre centre, String account, String route, String language, ColorScheme scheme) {
        return signIn(centre, account, route, language, scheme, options -> options);
    }

    /** As above, with other options of the browser's context, such as {@code setViewportSize(400, 800)}. */
    public Page signIn(
            RunningCentre centre,
            String account,
            String route,
            String language,
            ColorScheme scheme,
            UnaryOperator<com.microsoft.playwright.Browser.NewContextOptions> change) {
        return signIn(centre, account, route, language, scheme, change, page -> {});
    }

    /** As above, and {@code before} is done with the page before it loads. */
    public Page signIn(
            RunningCentre centre,
            String account,
            String route,
            String language,
            ColorScheme scheme,
            UnaryOperator<com.microsoft.playwright.Browser.NewContextOptions> change,
            Consumer<Page> before) {
        Page page = page(
                language,
                scheme,
                options -> change.apply(
                        options.setExtraHTTPHeaders(Map.of("Authorization", "Bearer " + centre.tokenOf(account)))));
        return start(centre, route, page, before);
    }

    /**
     * A page with a session, begun by the form of the sign-in page.
     *
     * @param secret the password, set by {@code centre.accounts().setSecret} before the start
     */
    public Page signInByPassword(
            RunningCentre centre, String account, String secret, String route, String language, ColorScheme scheme) {
        expect("401 GET .*/api/account$");
        Page page = start(centre, route, page(language, scheme, options -> options), ready -> {});
        page.locator("k-field[name=account] input").fill(account);
        page.locator("k-field[name=secret] input").fill(secret);
        page.keyboard().press("Enter");
        page.locator("koprik-rail").waitFor();
        return page;
    }

    private Page page(
            String language,
            ColorScheme scheme,
            UnaryOperator<com.microsoft.playwright.Browser.NewContextOptions> change) {
        // An account has a few streams at one time; a page beyond them asks by the minute.
        expect("429 GET .*/api/alerts/stream$");
        BrowserContext context = Chromium.shared()
                .newContext(change.apply(new com.microsoft.playwright.Browser.NewContextOptions()
                        .setIgnoreHTTPSErrors(true)
                        .setLocale("en-GB")
                        .setTimezoneId("Asia/Tashkent")
                        .setViewportSize(1280, 720)
                        .setColorScheme(scheme)
                        .setReducedMotion(ReducedMotion.REDUCE)
                        .setPermissions(List.of("clipboard-read", "clipboard-write"))));
        contexts.add(context);
        context.setDefaultTimeout(Integer.getInteger("wait", WAIT_MILLIS));
        context.addInitScript(REPORT_VIOLATIONS);
        context.addInitScript(
                "if (localStorage.getItem('koprik-language') === null) localStorage.setItem('koprik-language', '"
                        + language + "')");
        Page page = context.newPage();
        page.onPageError(error -> fault("script: " + error));
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
                fault("console: " + message.text() + " " + message.location());
            }
        });
        page.onResponse(response -> {
            if (response.status() >= 400) {
                fault(response.status() + " " + response.request().method() + " " + response.url());
            }
        });
        page.onRequestFailed(request -> {
            if (!"net::ERR_ABORTED".equals(request.failure())) {
                fault(request.failure() + " " + request.method() + " " + request.url());
            }
        });
        return page;
    }

    private void fault(String text) {
        if (expected.stream().noneMatch(pattern -> pattern.matcher(text).find())) {
            faults.add(text);
        }
    }

    /** Fails on serious and critical findings of axe-core on the present page. */
    public void axe(Page page) {
        List<Rule> findings = new AxeBuilder(page)
                .analyze().getViolations().stream()
                        .filter(rule -> Set.of("serious", "critical").contains(rule.getImpact()))
                        .toList();
        List<String> said = findings.stream()
                .flatMap(rule -> rule.getNodes().stream()
                        .map(node -> rule.getId() + ": " + node.getTarget() + " " + node.getHtml() + " "
                                + node.getFailureSummary()))
                .toList();
        assertEquals(List.of(), said, () -> "axe-core found faults at " + page.url());
    }

    /** Fails when the page scrolls sideways, or a text is cut off by its own box. */
    public void fits(Page page) {
        Object cut = page.evaluate(CLIPPED);
        assertEquals(List.of(), cut, () -> "text does not fit at " + page.url());
    }

    /** Boxes that hide a part of their text: not those that scroll or end a name with an ellipsis on purpose. */
    private static final String CLIPPED =
            """
            () => {
              const found = [];
              const root = document.documentElement;
              if (root.scrollWidth > root.clientWidth) {
                found.push('the page is ' + root.scrollWidth + ' wide and shows ' + root.clientWidth);
              }
              const visit = (node) => {
                for (const element of node.querySelectorAll('*')) {
                  if (element.shadowRoot) visit(element.shadowRoot);
                  const style = getComputedStyle(element);
                  const hides = ['hidden', 'clip'].includes(style.overflowX) && style.textOverflow !== 'ellipsis';
                  const button = ['BUTTON', 'A', 'LABEL', 'TH', 'LEGEND'].includes(element.tagName);
                  if ((hides || button) && style.display !== 'inline' && !style.clipPath.startsWith('inset') && element.clientWidth > 0
                      && element.scrollWidth > element.clientWidth + 1) {
                    found.push(element.tagName + '.' + element.className + ' ' + element.textContent.trim().slice(0, 60) + ' '
                        + element.scrollWidth + ' > ' + element.clientWidth);
                  }
                }
              };
              visit(document);
              return found;
            }""";

    /** Goes to another screen of a page that is open, as a link does. */
    static void go(Page page, String route) {
        settled(page);
        page.evaluate("hash => location.hash = hash", "#/" + route);
        settled(page);
    }

    /** Waits until the screen is drawn. A page with a stream of alerts is never without requests. */
    public static void settled(Page page) {
        page.locator("main > :not(.offline)").first().waitFor();
        page.waitForFunction(DRAWN);
    }

    /** The screen of the address is there, and no skeleton is seen but for the samples of the page of components. */
    static final String DRAWN =
            """
            () => {
              const waits = (node) => [...node.querySelectorAll('*')].some((e) => e.localName !== 'koprik-components'
                  && ((e.localName === 'k-skeleton' && e.checkVisibility()) || (e.shadowRoot && waits(e.shadowRoot))));
              const { kind, route } = document.querySelector('koprik-console').view;
              const path = '/' + location.hash.slice(1).split('?')[0].split('/').filter(Boolean).join('/');
              return kind !== 'loading' && (!route || route.path === path) && !waits(document);
            }""";

    /** Saves a picture of the whole page to {@code target/screens/NAME.png}. */
    public Path screenshot(Page page, String name) {
        Path file = PICTURES.resolve(name + ".png");
        page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
        return file;
    }

    /** All pages that a test opened and that are still open. */
    public Stream<Page> pages() {
        return contexts.stream().flatMap(context -> context.pages().stream());
    }

    /** The browser of a thread, for Playwright belongs to the thread that made it. It ends with the JVM. */
    private static final class Chromium {

        private static final ThreadLocal<com.microsoft.playwright.Browser> OF_THREAD =
                ThreadLocal.withInitial(Chromium::launch);

        private Chromium() {}

        static com.microsoft.playwright.Browser shared() {
            return OF_THREAD.get();
        }

        private static com.microsoft.playwright.Browser launch() {
            Playwright playwright = Playwright.create(
                    new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            Runtime.getRuntime().addShutdownHook(new Thread(playwright::close, "end of Chromium"));
            return playwright
                    .chromium()
                    .launch(new BrowserType.LaunchOptions()
                            .setExecutablePath(CHROMIUM)
                            .setHeadless(true)
                            .setArgs(FLAGS));
        }
    }
}
