package uz.koprik.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uz.koprik.gateway.centre.RunningCentre.ok;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.CommandResult;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;

/** A filter with a name that is nobody's says so; it does not look like an answer. */
class FilterHintsTest {

    @RegisterExtension
    static final Centres centres = new Centres();

    private static RunningCentre centre;

    @BeforeAll
    static void start() throws Exception {
        centre = centres.init("tashkent")
                .withAccount("night-shift", Role.OPERATOR)
                .start();
        ok(centre.adminClient()
                .post(
                        "/api/cases",
                        "application/json",
                        CentreAnswers.json(Map.of(
                                "number",
                                "2026-7",
                                "title",
                                "Known",
                                "type",
                                "card-fraud",
                                "values",
                                List.of("victim.example.org")))));
    }

    private static List<String> hints(CentreClient client, String path) {
        JsonNode answer = ok(client.get(path));
        List<String> hints = new ArrayList<>();
        answer.path("hints").forEach(hint -> hints.add(hint.asText()));
        return hints;
    }

    @Test
    void alertsOfNothingSaySo() throws Exception {
        CentreClient admin = centre.adminClient();
        assertEquals(List.of(), hints(admin, "/api/alerts"));
        assertEquals(List.of(), hints(admin, "/api/alerts?case=2026-7&producer=tashkent"));
        assertEquals(
                List.of(
                        "there is no case file \"2026-8\" that you may see",
                        "no centre with the name \"atlantis\" is on the trust list",
                        "no centre on the trust list speaks for identity--00000000-0000-4000-8000-0000000000aa"),
                hints(
                        admin,
                        "/api/alerts?case=2026-7,2026-8"
                                + "&producer=atlantis,identity--00000000-0000-4000-8000-0000000000aa"));
        CommandResult said = centre.koprik("alerts", "--case", "2026-8");
        assertEquals(0, said.code(), said::toString);
        assertTrue(said.out().contains("no alerts"), said.out());
        assertTrue(said.out().contains("there is no case file \"2026-8\" that you may see"), said.out());
        assertFalse(centre.koprik("alerts", "--case", "2026-7").out().contains("no case file"));
    }

    @Test
    void searchesForNothingSaySo() throws Exception {
        CentreClient admin = centre.adminClient();
        assertEquals(List.of(), hints(admin, "/api/search?q=nowhere"));
        assertEquals(List.of(), hints(admin, "/api/search?q=nowhere%20case:2026-7%20from:here"));
        assertEquals(
                List.of("there is no case file \"2026-8\" that you may see"),
                hints(admin, "/api/search?q=case:2026-8"));
        assertEquals(
                List.of("nothing that you may see came from \"atlantis\"; it came from here"),
                hints(admin, "/api/search?q=from:atlantis"));
        CommandResult said = centre.koprik("search", "case:2026-8");
        assertTrue(said.out().contains("nothing found"), said::toString);
        assertTrue(said.out().contains("there is no case file \"2026-8\" that you may see"), said::toString);
    }

    /** The hint says nothing of a case file that somebody may not see. */
    @Test
    void aHiddenCaseIsNoCase() throws Exception {
        CentreClient operator = centre.clientOf("night-shift");
        assertEquals(
                List.of(
                        "there is no case file \"2026-7\" that you may see",
                        "there is no case file \"2026-8\" that you may see"),
                hints(operator, "/api/alerts?case=2026-7,2026-8"));
        assertEquals(
                hints(operator, "/api/search?q=case:2026-8").toString(),
                hints(operator, "/api/search?q=case:2026-7").toString().replace("2026-7", "2026-8"));
    }
}
