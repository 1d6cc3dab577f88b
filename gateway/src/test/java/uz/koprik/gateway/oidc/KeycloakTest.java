package uz.koprik.gateway.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;

/** A centre whose people sign in by a real Keycloak. */
@Tag("long")
final class KeycloakTest {

    private static final String REALM = "koprik";
    private static final String SECRET = "c1ient-secret-of-a-test";
    private static final String PASSWORD = "a password of a test";
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Duration LONG = Duration.ofMinutes(2);

    @RegisterExtension
    static final Centres CENTRES = new Centres();

    @TempDir
    static Path folder;

    private static Keycloak keycloak;
    private static RunningCentre centre;

    @BeforeAll
    static void start() throws Exception {
        Optional<Path> zip = Keycloak.zip();
        assumeTrue(
                zip.isPresent(),
                "Keycloak is not there: mvn dependency:get -Dartifact=org.keycloak:keycloak-quarkus-dist:26.4.0:zip");
        centre = CENTRES.init("tashkent");
        keycloak = Keycloak.start(zip.get(), folder, centre.home().certificate());
        OidcSettings.set(centre, keycloak.issuer(REALM), SECRET, Map.of("refresh", "1s", "timeout", "60s"))
                .withAccount("emergency", Role.ADMIN)
                .start();
        keycloak.realm(
                REALM,
                SECRET,
                centre.peopleUrl() + OidcPaths.CALLBACK,
                centre.peopleUrl() + "/api/oidc/back-channel-logout");
    }

    @AfterAll
    static void stop() throws Exception {
        if (keycloak != null) {
            keycloak.close();
        }
    }

    private static String analyst(String name) throws Exception {
        String person = keycloak.person(REALM, name, PASSWORD);
        keycloak.member(REALM, person, "analysts", true);
        return person;
    }

    /** Signs in; the centre may have looked for the realm before it was made, and asks again soon. */
    private static HttpResponse<String> signIn(CookieBrowser browser, String name, String route) throws Exception {
        RunningCentre.await(LONG, () -> browser.visit(begin(route)).statusCode() == 302);
        HttpResponse<String> form = browser.get(begin(route));
        return browser.submit(form, Map.of("username", name, "password", PASSWORD, "credentialId", ""));
    }

    private static String begin(String route) {
        return centre.peopleUrl() + OidcPaths.BEGIN + "?to=" + URLEncoder.encode(route, StandardCharsets.UTF_8);
    }

    private static HttpResponse<String> account(CookieBrowser browser) throws Exception {
        return browser.get(centre.peopleUrl() + "/api/account");
    }

    private static List<String> rights(CookieBrowser browser) throws Exception {
        HttpResponse<String> response = account(browser);
        assertEquals(200, response.statusCode(), response.body());
        return RunningCentre.json(response).items("rights").stream()
                .map(right -> ((JsonString) right).value())
                .toList();
    }

    @Test
    void signInRoleChangeAndSignOutFollowTheProvider() throws Exception {
        String person = analyst("anna");
        try (CookieBrowser browser = new CookieBrowser(centre)) {
            HttpResponse<String> page = signIn(browser, "anna", "/cases");
            assertEquals(200, page.statusCode(), page.body());
            assertTrue(page.body().contains("url=/console/#/cases\""), page.body());
            assertEquals(
                    "oidc.anna",
                    RunningCentre.json(account(browser)).string("name").orElseThrow());
            assertEquals(
                    "oidc",
                    RunningCentre.json(account(browser)).string("sign_in").orElseThrow());
            assertTrue(rights(browser).contains("cases"));
            assertFalse(rights(browser).contains("operate"));

            keycloak.member(REALM, person, "analysts", false);
            keycloak.member(REALM, person, "operators", true);
            RunningCentre.await(LONG, () -> rights(browser).contains("operate"));
            assertFalse(rights(browser).contains("cases"));

            keycloak.admin("POST", "/" + REALM + "/users/" + person + "/logout", "");
            RunningCentre.await(LONG, () -> account(browser).statusCode() == 401);
            assertTrue(figure("koprik_oidc_logouts_total", "done") >= 1, "the provider said so by itself");
        }
    }

    private static double figure(String name, String outcome) throws Exception {
        return centre.get(centre.url() + "/metrics", centre.admin())
                .body()
                .lines()
                .filter(line -> line.startsWith(name + "{") && line.contains("outcome=\"" + outcome + "\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    @Test
    void aPersonWhoIsDisabledAtTheProviderIsOut() throws Exception {
        String person = analyst("bekzod");
        try (CookieBrowser browser = new CookieBrowser(centre)) {
            signIn(browser, "bekzod", "/");
            assertEquals(200, account(browser).statusCode());
            keycloak.admin("PUT", "/" + REALM + "/users/" + person, "{\"enabled\":false}");
            RunningCentre.await(LONG, () -> account(browser).statusCode() == 401);
        }
    }

    @Test
    void whomNoGroupLetsInIsRefused() throws Exception {
        keycloak.person(REALM, "cho", PASSWORD);
        try (CookieBrowser browser = new CookieBrowser(centre)) {
            HttpResponse<String> page = signIn(browser, "cho", "/");
            assertEquals(403, page.statusCode(), page.body());
            assertTrue(page.body().contains("no role in this centre"), page.body());
            assertEquals(401, account(browser).statusCode());
        }
    }

    @Test
    void signsInAfterTheProviderChangedItsKey() throws Exception {
        analyst("dora");
        try (CookieBrowser browser = new CookieBrowser(centre)) {
            signIn(browser, "dora", "/");
            assertEquals(200, account(browser).statusCode());
        }
        keycloak.admin(
                "POST",
                "/" + REALM + "/components",
                "{\"name\":\"next\",\"providerId\":\"rsa-generated\",\"providerType\":\"org.keycloak.keys.KeyProvider\","
                        + "\"config\":{\"priority\":[\"200\"],\"enabled\":[\"true\"],\"active\":[\"true\"],"
                        + "\"keySize\":[\"2048\"],\"algorithm\":[\"RS256\"]}}");
        // The keys are fetched again for an unknown one, but not more often than every 30 seconds.
        RunningCentre.await(LONG, () -> {
            try (CookieBrowser browser = new CookieBrowser(centre)) {
                return signIn(browser, "dora", "/").statusCode() == 200
                        && account(browser).statusCode() == 200;
            }
        });
    }

    @Test
    void withoutTheProviderAPlainSentenceAndTheEmergencyAccount() throws Exception {
        analyst("eva");
        try (CookieBrowser browser = new CookieBrowser(centre);
                CookieBrowser other = new CookieBrowser(centre)) {
            signIn(browser, "eva", "/");
            assertEquals(200, account(browser).statusCode());
            keycloak.stop();
            double before = figure("koprik_oidc_renewals_total", "away");
            RunningCentre.await(LONG, () -> {
                assertEquals(200, account(browser).statusCode(), "the session goes on");
                return figure("koprik_oidc_renewals_total", "away") > before;
            });
            RunningCentre.await(LONG, () -> other.visit(begin("/")).statusCode() == 503);
            HttpResponse<String> page = other.visit(begin("/"));
            assertEquals(503, page.statusCode(), page.body());
            assertTrue(page.body().contains("the sign-in provider cannot be reached now"), page.body());
            assertEquals(
                    200,
                    centre.get(centre.peopleUrl() + "/api/account", "Bearer " + centre.tokenOf("emergency"))
                            .statusCode());
            keycloak.start();
            RunningCentre.await(LONG, () -> signIn(other, "eva", "/").statusCode() == 200);
            assertEquals(200, account(other).statusCode());
        }
    }

    @Test
    void aRealBrowserArrivesSignedIn() throws Exception {
        assumeTrue(Files.isExecutable(CHROMIUM), "chromium is not there: apt-get install chromium");
        analyst("fatima");
        begins();
        try (Playwright playwright = playwright();
                Browser chromium = chromium(playwright);
                BrowserContext context =
                        chromium.newContext(new Browser.NewContextOptions().setIgnoreHTTPSErrors(true))) {
            Page page = context.newPage();
            page.setDefaultTimeout((double) LONG.toMillis());
            page.navigate(centre.peopleUrl() + "/console/#/lookup?q=198.51.100.7");
            page.getByText("Single sign-on").click();
            signIn(page, "fatima");
            page.waitForURL(centre.peopleUrl() + "/console/#/lookup?q=198.51.100.7");
            Object account = page.evaluate("fetch('/api/account').then(answer => answer.json())");
            assertEquals("oidc.fatima", ((Map<?, ?>) account).get("name"));
            assertTrue(context.cookies(centre.peopleUrl()).stream()
                    .anyMatch(cookie -> cookie.name.equals("__Host-koprik-session") && cookie.httpOnly));
            page.reload();
            Object again = page.evaluate("fetch('/api/account').then(answer => answer.status)");
            assertEquals(200, again);
        }
    }

    @Test
    void theSignInPageSaysWhyARealBrowserIsRefused() throws Exception {
        assumeTrue(Files.isExecutable(CHROMIUM), "chromium is not there: apt-get install chromium");
        keycloak.person(REALM, "gulnora", PASSWORD);
        begins();
        try (Playwright playwright = playwright();
                Browser chromium = chromium(playwright);
                BrowserContext context =
                        chromium.newContext(new Browser.NewContextOptions().setIgnoreHTTPSErrors(true))) {
            Page page = context.newPage();
            page.setDefaultTimeout((double) LONG.toMillis());
            page.navigate(begin("/cases"));
            signIn(page, "gulnora");
            page.getByText("You have no role in this centre").waitFor();
            assertTrue(page.url().contains("/console/#/signin?problem=no-role-here&to=%2Fcases"), page.url());
        }
    }

    private static void begins() throws Exception {
        RunningCentre.await(LONG, () -> {
            try (CookieBrowser browser = new CookieBrowser(centre)) {
                return browser.visit(begin("/")).statusCode() == 302;
            }
        });
    }

    private static void signIn(Page page, String name) {
        page.fill("#username", name);
        page.fill("#password", PASSWORD);
        page.click("#kc-login");
    }

    private static Playwright playwright() {
        return Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    }

    private static Browser chromium(Playwright playwright) {
        return playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-quic")));
    }
}
