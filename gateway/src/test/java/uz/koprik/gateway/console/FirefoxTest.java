package uz.koprik.gateway.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;

/** The other browser: a person signs in, and each screen is drawn without an error or a violation of the policy. */
@Tag("long")
final class FirefoxTest {

    private static final String SECRET = "four words make this";

    /** As WebDriver calls the key. */
    private static final String ENTER = "\uE007";

    @RegisterExtension
    final Centres centres = new Centres();

    @TempDir
    Path folder;

    @Test
    void aPersonSignsInAndEachScreenIsDrawn() throws Exception {
        Firefox.require();
        RunningCentre centre = CaseStories.start(centres);
        centre.accounts().setSecret("anna", SECRET.toCharArray(), SECRET.length());
        try (Firefox firefox = Firefox.start(folder)) {
            firefox.open(centre.peopleUrl() + "/console/");
            firefox.awaitAny("k-field[name=account] >> input");
            firefox.run(
                    """
                    window.faults = [];
                    addEventListener('error', (event) => window.faults.push(event.message));
                    addEventListener('unhandledrejection', (event) => window.faults.push(String(event.reason)));
                    document.addEventListener('securitypolicyviolation', (event) => window.faults.push(event.violatedDirective + ' ' + event.blockedURI));
                    return null;""");
            firefox.screenshot("firefox-signin");
            firefox.type("k-field[name=account] >> input", "anna");
            firefox.type("k-field[name=secret] >> input", SECRET + ENTER);
            firefox.awaitAny("koprik-rail");
            firefox.awaitAny("koprik-lookup >> textarea");
            firefox.type("koprik-lookup >> textarea", "login.example.com" + ENTER);
            firefox.awaitAny("koprik-lookup >> li.value");
            firefox.screenshot("firefox-lookup");
            Map<String, String> screens = Map.of(
                    "/cases",
                    "koprik-case-list >> tbody tr",
                    "/cases/" + CaseStories.NUMBER,
                    "koprik-case-matches >> tbody tr",
                    "/alerts",
                    "koprik-alert",
                    "/search?q=kind:domain",
                    "koprik-search >> li.hit",
                    "/situation",
                    "koprik-situation >> .figures",
                    "/report",
                    "koprik-report-source >> textarea",
                    "/account",
                    "koprik-account >> h1",
                    "/help",
                    "koprik-help >> h1");
            for (Map.Entry<String, String> screen : screens.entrySet()) {
                firefox.run("location.hash = '" + screen.getKey() + "'; return null;");
                firefox.awaitAny(screen.getValue());
                firefox.screenshot("firefox" + screen.getKey().replaceAll("[^a-z]+", "-"));
                assertEquals(
                        0,
                        firefox.run(
                                        "return all('koprik-situation >> section li').filter((row) => !row.hidden && row.scrollHeight > row.clientHeight + 1).length")
                                .asInt(),
                        "rows that lie upon one another");
                assertEquals(
                        0,
                        firefox.run(
                                        "return document.documentElement.scrollWidth - document.documentElement.clientWidth")
                                .asInt(),
                        screen.getKey() + " scrolls sideways");
            }
            assertEquals("[]", firefox.run("return window.faults").toString());
        }
    }
}
