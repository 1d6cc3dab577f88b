package uz.koprik.gateway.sources;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uz.koprik.gateway.centre.RunningCentre.ok;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.CommandResult;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.indicators.policy.Tlp;

/** One centre serves its MISP feed, and another one reads it as a source. */
class CentreFeedTest {

    private static final String PASSWORD = "copper kettle on a north window";
    private static final String STIX = "application/stix+json;version=2.1";

    @RegisterExtension
    final Centres centres = new Centres();

    private static String report(CentreClient admin, String value, String tlp) {
        return ok(admin.post(
                        "/api/indicators",
                        "application/json",
                        CentreAnswers.json(Map.of("value", value, "tlp", tlp, "anyway", true))))
                .path("objects")
                .get(0)
                .path("id")
                .asText();
    }

    @Test
    void valuesAndRevocationsArrive() throws Exception {
        RunningCentre first = centres.init("tashkent").withAccount("misp", Role.READER);
        Path password = Files.writeString(first.home().root().resolve("password.txt"), PASSWORD + "\n");
        CommandResult set = first.koprik("account", "passwd", "misp", "--secret-file", password.toString());
        assertEquals(0, set.code(), set::toString);
        first.start();
        CentreClient there = first.adminClient();
        String stays = report(there, "a.evil.example", "green");
        String revoked = report(there, "203.0.113.7", "green");
        report(there, "amber.evil.example", "amber");
        String token = first.account("budapest", Role.READER, Tlp.GREEN);

        RunningCentre second = centres.init("budapest")
                .withConfig(
                        "sources: []",
                        "sources: [" + source("by-token", first) + ", " + source("by-password", first) + "]");
        Files.writeString(second.home().root().resolve("by-token.txt"), "Authorization: " + token + "\n");
        Files.writeString(
                second.home().root().resolve("by-password.txt"),
                "Authorization: " + RunningCentre.basic("misp", PASSWORD) + "\n");
        Files.copy(first.home().root().resolve("tls.pem"), second.home().root().resolve("first.pem"));
        second.start();
        for (String name : List.of("by-token", "by-password")) {
            RunningCentre.await(() -> feed(second, name).has("last_attempt"));
            assertEquals("", feed(second, name).path("last_error").asText());
            assertEquals(0, feed(second, name).path("faulty_files").asInt());
        }
        CentreClient here = second.adminClient();
        assertEquals(
                ok(there.get("/api/objects/" + stays)).path("values"),
                ok(here.get("/api/objects/" + stays)).path("values"));
        assertEquals(0, second.koprik("search", "203.0.113.7").code());
        assertEquals(1, second.koprik("search", "amber.evil.example").code(), "the account may not see it");

        ok(there.post(
                "/api/objects/" + revoked + "/revocation",
                "application/json",
                CentreAnswers.json(Map.of("reason", "cleaned"))));
        assertEquals(0, second.koprik("feed", "run", "by-token").code());
        RunningCentre.await(() -> CentreAnswers.parse(
                        here.get("/api/objects/" + revoked, STIX).body())
                .path("revoked")
                .asBoolean());
        CommandResult status = second.koprik("partner", "status", "--json");
        assertEquals(0, status.code(), status::toString);
        JsonNode json = CentreAnswers.parse(status.out().getBytes(StandardCharsets.UTF_8));
        assertTrue(json.path("partners").isArray());
        assertEquals("by-token", json.path("feeds").path(0).path("name").asText(), status.out());
        assertTrue(json.path("feeds").path(1).has("next_attempt"), status.out());
    }

    private static String source(String name, RunningCentre of) {
        return "{name: " + name + ", url: \"" + of.url()
                + "/feeds/misp\", format: misp, tlp: green, private_networks: true," + " ca: first.pem, headers_file: "
                + name + ".txt, least_percent: 0, interval: 30d}";
    }

    private static JsonNode feed(RunningCentre centre, String name) throws Exception {
        return ok(centre.adminClient().get("/api/feeds/" + name));
    }
}
