package uz.koprik.gateway.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.config.Config;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.config.ConfigFile;

/** Sessions of people who sign in by a provider, at a centre: from the first redirect to the end. */
final class OidcSessionTest {

    private static final String SESSION = "__Host-koprik-session";

    @RegisterExtension
    final Centres centres = new Centres();

    private FakeProvider provider;
    private RunningCentre centre;
    private CookieBrowser browser;

    @BeforeEach
    void start() throws Exception {
        provider = new FakeProvider();
        centre = OidcSettings.set(
                        centres.init("tashkent"),
                        provider.issuer(),
                        FakeProvider.SECRET,
                        Map.of("refresh", "1s", "timeout", "30s"))
                .withAccount("emergency", Role.ADMIN)
                .withAccount("olga", Role.OPERATOR)
                .start();
        browser = new CookieBrowser(centre);
    }

    @AfterEach
    void stop() {
        browser.close();
        provider.close();
    }

    private HttpResponse<String> account() throws Exception {
        return browser.get(centre.peopleUrl() + "/api/account");
    }

    private List<String> rights() throws Exception {
        HttpResponse<String> response = account();
        assertEquals(200, response.statusCode(), response.body());
        return RunningCentre.json(response).items("rights").stream()
                .map(right -> ((JsonString) right).value())
                .toList();
    }

    private void signIn() throws Exception {
        HttpResponse<String> page = browser.get(centre.peopleUrl() + "/api/oidc/begin");
        assertEquals(200, page.statusCode(), page.body());
    }

    private HttpResponse<String> logout(String token) throws Exception {
        return centre.post(
                centre.peopleUrl() + "/api/oidc/back-channel-logout",
                null,
                "application/x-www-form-urlencoded",
                "logout_token=" + URLEncoder.encode(token, StandardCharsets.UTF_8));
    }

    private double renewalsWithoutProvider() throws Exception {
        return centre.get(centre.url() + "/metrics", centre.admin())
                .body()
                .lines()
                .filter(line -> line.startsWith("koprik_oidc_renewals_total{") && line.contains("outcome=\"away\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    @Test
    void signsInAndKeepsWhereTheBrowserWasGoing() throws Exception {
        HttpResponse<String> page = browser.get(centre.peopleUrl() + "/api/oidc/begin?to="
                + URLEncoder.encode("/lookup?q=198.51.100.7&x=1", StandardCharsets.UTF_8));
        assertEquals(200, page.statusCode(), page.body());
        assertTrue(page.body().contains("url=/console/#/lookup?q=198.51.100.7&amp;x=1\""), page.body());
        List<String> cookies = page.headers().allValues("Set-Cookie");
        assertTrue(
                cookies.stream()
                        .anyMatch(cookie -> cookie.startsWith(SESSION + "=")
                                && cookie.contains("HttpOnly")
                                && cookie.contains("Secure")
                                && cookie.contains("SameSite=Strict")),
                () -> cookies.toString().replaceAll("=[A-Za-z0-9_-]{20,}", "=…"));
        assertEquals("no-store", page.headers().firstValue("Cache-Control").orElseThrow());
        JsonObject account = RunningCentre.json(account());
        assertEquals("oidc.anna", account.string("name").orElseThrow());
        assertEquals(
                List.of("cyber"),
                account.items("units").stream()
                        .map(unit -> ((JsonString) unit).value())
                        .toList());
        assertTrue(browser.cookie(centre.peopleUrl(), "__Host-koprik-oidc").isEmpty(), "it has served");
    }

    @Test
    void onlyAdministratorsSignOutWhoIsAnAdministratorAtTheProvider() throws Exception {
        String path = "/api/accounts/oidc.anna/sessions";
        provider.groups("/koprik/admins");
        signIn();
        assertEquals(403, centre.clientOf("olga").delete(path).status());
        assertEquals(200, account().statusCode());
        assertEquals(200, centre.clientOf("emergency").delete(path).status());
        assertEquals(401, account().statusCode());
        provider.groups("/koprik/analysts");
        signIn();
        assertEquals(200, centre.clientOf("olga").delete(path).status());
    }

    @Test
    void leadsNowhereElse() throws Exception {
        for (String target :
                List.of("//evil.example.com", "https://evil.example.com", "/\"><script>", "javascript:x")) {
            HttpResponse<String> page = browser.get(
                    centre.peopleUrl() + "/api/oidc/begin?to=" + URLEncoder.encode(target, StandardCharsets.UTF_8));
            assertTrue(page.body().contains("url=/console/#/"), page.body());
            assertFalse(page.body().contains("<script"), page.body());
        }
    }

    @Test
    void aChangeOfGroupsIsInForceAtTheNextRequestAfterTheRefresh() throws Exception {
        signIn();
        assertFalse(rights().contains("operate"));
        provider.groups("/koprik/operators");
        RunningCentre.await(Duration.ofSeconds(60), () -> rights().contains("operate"));
        assertFalse(rights().contains("cases"));
        provider.groups("/others");
        RunningCentre.await(Duration.ofSeconds(60), () -> account().statusCode() == 401);
    }

    @Test
    void aSignOutAtTheProviderEndsTheSessionHere() throws Exception {
        signIn();
        assertEquals(200, account().statusCode());
        String token = provider.signer()
                .sign("logout+jwt", provider.logoutClaims().put("sub", "4e1f").build());
        HttpResponse<String> done = logout(token);
        assertEquals(200, done.statusCode(), done.body());
        assertEquals("no-store", done.headers().firstValue("Cache-Control").orElseThrow());
        assertEquals(401, account().statusCode());
        signIn();
        assertEquals(400, logout(token).statusCode());
        assertEquals(200, account().statusCode(), "a token that has served ends nothing");
        String other = provider.signer()
                .sign(
                        "logout+jwt",
                        provider.logoutClaims().put("sub", "another").build());
        assertEquals(200, logout(other).statusCode());
        assertEquals(200, account().statusCode());
    }

    @Test
    void signInsAndSignOutsAreRecordedAndAnAuditorOfTheProviderReadsThem() throws Exception {
        signIn();
        String token = provider.signer()
                .sign("logout+jwt", provider.logoutClaims().put("sub", "4e1f").build());
        assertEquals(200, logout(token).statusCode());
        assertEquals(400, logout(token).statusCode());
        provider.groups("/others");
        HttpResponse<String> refused = browser.get(centre.peopleUrl() + "/api/oidc/begin");
        assertEquals(403, refused.statusCode(), refused.body());
        provider.groups("/koprik/auditors");
        signIn();
        assertEquals(List.of("audit"), rights());
        HttpResponse<String> record = browser.get(centre.peopleUrl() + "/api/access?route=/api/oidc/");
        assertEquals(200, record.statusCode(), record.body());
        List<String> entries = RunningCentre.json(record).items("entries").stream()
                .map(JsonObject.class::cast)
                .map(entry -> entry.string("by").orElse("") + " "
                        + entry.string("what").orElse("") + " "
                        + entry.object("asked").map(CanonicalJson::text).orElse("")
                        + (entry.has("refused") ? " refused" : ""))
                .toList();
        assertEquals(
                List.of(
                        "account oidc.anna GET /api/oidc/callback {\"way\":\"oidc\"}",
                        "unknown account GET /api/oidc/callback {\"refusal\":\"No role here\"} refused",
                        "unknown account POST /api/oidc/back-channel-logout"
                                + " {\"refusal\":\"the token has served before\"} refused",
                        "sign-in provider POST /api/oidc/back-channel-logout {\"account\":\"oidc.anna\"}",
                        "account oidc.anna GET /api/oidc/callback {\"way\":\"oidc\"}"),
                entries);
    }

    @Test
    void aSessionThatTheProviderEndedEndsAtTheNextRefresh() throws Exception {
        signIn();
        provider.endSessions();
        RunningCentre.await(Duration.ofSeconds(60), () -> account().statusCode() == 401);
    }

    @Test
    void withoutTheProviderSessionsAndLocalAccountsGoOn() throws Exception {
        signIn();
        provider.out(true);
        RunningCentre.await(Duration.ofSeconds(60), () -> {
            assertEquals(200, account().statusCode(), "the session goes on for the time of oidc.away");
            return renewalsWithoutProvider() > 0;
        });
        try (CookieBrowser another = new CookieBrowser(centre)) {
            HttpResponse<String> callback = another.get(centre.peopleUrl() + "/api/oidc/callback?state=x&code=y");
            assertEquals(400, callback.statusCode());
            assertTrue(callback.body().contains("#/signin?problem=sign-in-expired"), callback.body());
        }
        assertEquals(
                200,
                centre.get(centre.peopleUrl() + "/api/account", "Bearer " + centre.tokenOf("emergency"))
                        .statusCode());
    }

    @Test
    void saysInASentenceThatTheProviderIsAway() throws Exception {
        assertEquals(302, browser.visit(centre.peopleUrl() + "/api/oidc/begin").statusCode());
        provider.out(true);
        // It answered a moment ago; after ten seconds it is asked again.
        RunningCentre.await(
                Duration.ofSeconds(60),
                () -> browser.visit(centre.peopleUrl() + "/api/oidc/begin").statusCode() == 503);
        HttpResponse<String> page = browser.get(centre.peopleUrl() + "/api/oidc/begin?to=/cases");
        assertEquals(503, page.statusCode());
        assertTrue(page.body()
                .contains("the sign-in provider cannot be reached now; sign in with an account of this centre"));
        assertTrue(page.body().contains("#/signin?problem=sign-in-provider-away&amp;to=%2Fcases"), page.body());
        HttpResponse<String> problem = centre.get(centre.peopleUrl() + "/api/oidc/begin", null);
        assertEquals(503, problem.statusCode());
        assertEquals(
                "Sign-in provider away",
                RunningCentre.json(problem).string("title").orElseThrow());
        assertEquals(
                200,
                centre.get(centre.peopleUrl() + "/api/account", "Bearer " + centre.tokenOf("emergency"))
                        .statusCode());
        assertTrue(centre.koprik("doctor").out().contains("the OpenID Connect provider cannot be asked"));
    }

    @Test
    void refusesWhomTheTableDoesNotLetIn() throws Exception {
        provider.groups("/others");
        HttpResponse<String> page = browser.get(centre.peopleUrl() + "/api/oidc/begin");
        assertEquals(403, page.statusCode());
        assertTrue(page.body().contains("your groups there give you no role in this centre"), page.body());
        assertTrue(browser.cookie(centre.peopleUrl(), SESSION).isEmpty());
    }

    @Test
    void takesNoSecretThatOthersCanReadOrThatIsMissing() throws Exception {
        Path elsewhere = centre.home().root().resolve("oidc-secret");
        Files.writeString(elsewhere, "x");
        Files.setPosixFilePermissions(elsewhere, PosixFilePermissions.fromString("rw-r--r--"));
        ConfigException open = assertThrows(ConfigException.class, () -> trouble("oidc-secret"));
        assertTrue(open.getMessage().contains("chmod 600"), open.getMessage());
        Files.delete(elsewhere);
        ConfigException missing = assertThrows(ConfigException.class, () -> trouble("oidc-secret"));
        assertTrue(missing.getMessage().contains("cannot be read"), missing.getMessage());
        assertEquals(Optional.empty(), trouble("keys/oidc-client-secret"));
    }

    private Optional<String> trouble(String file) throws Exception {
        Config config = ConfigFile.parse(
                "koprik.yaml", Files.readString(centre.home().config()).replace("keys/oidc-client-secret", file));
        Vertx vertx = Vertx.vertx();
        try {
            return OpenedOidc.trouble(config.oidc(), centre.home(), vertx, InstantSource.system());
        } finally {
            vertx.close();
        }
    }
}
