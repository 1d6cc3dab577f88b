package uz.koprik.gateway.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;

/** What the browser loads until the start page is there. */
final class StartPageTest {

    private static final int MOST_BYTES = 400_000;

    @RegisterExtension
    @Order(1) // stops after the pages have closed
    final Centres centres = new Centres();

    @RegisterExtension
    @Order(2)
    final Browser browser = new Browser();

    @Test
    void itIsSmallAndComesFromTheCentreAlone() throws Exception {
        RunningCentre centre = centres.init("tashkent")
                .withPeople()
                .withAccount("anna", Role.ANALYST)
                .start();
        TreeMap<String, Integer> sizes = new TreeMap<>();
        Page page = browser.signIn(
                centre,
                "anna",
                "",
                "ru",
                ColorScheme.LIGHT,
                options -> options,
                before -> before.onRequestFinished(request -> sizes.put(
                        request.url(), request.sizes().responseBodySize + request.sizes().responseHeadersSize)));
        page.locator("koprik-console main h1").first().waitFor();
        Browser.settled(page);
        List<String> foreign = sizes.keySet().stream()
                .filter(url -> !url.startsWith(centre.peopleUrl() + "/"))
                .toList();
        assertEquals(List.of(), foreign);
        // What the page does not name is found one round trip after the other. Marks on the rail may come later.
        Set<String> named = page.locator("link[rel=modulepreload]").all().stream()
                .map(link -> centre.peopleUrl() + link.getAttribute("href"))
                .collect(Collectors.toSet());
        List<String> late = sizes.keySet().stream()
                .filter(url -> url.matches(".*\\.m?js") && !url.endsWith("/watch.js") && !named.contains(url))
                .toList();
        assertEquals(List.of(), late);
        assertTrue(sizes.keySet().containsAll(named), () -> named + " are named, and " + sizes.keySet() + " loaded");
        int sum = sizes.values().stream().mapToInt(Integer::intValue).sum();
        assertTrue(sizes.size() > 20 && sum > 20_000, () -> "the page is not there: " + sizes);
        assertTrue(sum <= MOST_BYTES, () -> "the start page has " + sum + " bytes: " + sizes);
    }
}
