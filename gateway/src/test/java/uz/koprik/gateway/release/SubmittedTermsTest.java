package uz.koprik.gateway.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uz.koprik.gateway.centre.RunningCentre.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.CommandResult;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.indicators.policy.Tlp;

/** Recipients, groups and embargoes that a submitter names. */
class SubmittedTermsTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @RegisterExtension
    final Centres centres = new Centres();

    private static JsonNode explained(RunningCentre centre, String id) throws Exception {
        return TwoPartners.asked(centre, "/api/explain?to=budapest&id=" + id);
    }

    @Test
    void anEmbargoedObjectGoesByItselfAtItsMoment() throws Exception {
        TwoPartners two = new TwoPartners(centres, true, true, false);
        Instant end = Instant.now().plusSeconds(8).truncatedTo(ChronoUnit.SECONDS);
        String held = two.submitted("198.51.100.7", "--tlp", "green", "--embargo", end.toString());
        String open = two.submitted("198.51.100.8", "--tlp", "green");
        JsonNode why = explained(two.tashkent, held);
        assertEquals("embargo", why.path("code").asText());
        assertTrue(why.path("reason").asText().contains(end.toString()), why::toString);
        assertTrue(TwoPartners.good(two.tashkent, "show", held).contains("goes to nobody outside before " + end));
        await(SOON, () -> two.arrived(open));
        if (Instant.now().isBefore(end.minusSeconds(1))) {
            assertFalse(two.arrived(held));
        }
        await(SOON, () -> two.arrived(held));
        assertTrue(!Instant.now().isBefore(end), "not before");
    }

    @Test
    void redGoesToThoseWhomTheSubmitterNames() throws Exception {
        TwoPartners two = new TwoPartners(centres, true, false, false);
        String red = two.submitted("198.51.100.7", "--tlp", "red", "--to", "budapest");
        String nobody = two.submitted("198.51.100.8", "--tlp", "red");
        await(SOON, () -> two.arrived(red));
        assertEquals("named", explained(two.tashkent, red).path("code").asText());
        assertTrue(TwoPartners.good(two.tashkent, "show", red).contains("goes to    budapest"));
        assertFalse(two.arrived(nobody));
        assertEquals("tlp_red", explained(two.tashkent, nobody).path("code").asText());
    }

    @Test
    void aFileGoesToThemToo() throws Exception {
        TwoPartners two = new TwoPartners(centres, true, false, false);
        Path list = Files.writeString(centres.folder().resolve("list.csv"), "value\n198.51.100.21\nhost.example.com\n");
        TwoPartners.good(two.tashkent, "import", list.toString(), "--tlp", "red", "--to", "budapest");
        await(SOON, () -> two.budapest.koprik("search", "198.51.100.21").out().contains("198.51.100.21"));
        Path foreign = Files.writeString(
                centres.folder().resolve("foreign.json"),
                RunningCentre.indicator(RunningCentre.freshId(), "198.51.100.22", Tlp.GREEN, 1)
                        .replace(
                                "\"spec_version\"",
                                "\"created_by_ref\":\"identity--00000000-0000-4000-8000-000000000009\",\"spec_version\""));
        CommandResult refused = two.tashkent.koprik("submit", foreign.toString(), "--to", "budapest");
        assertEquals(1, refused.code());
        assertTrue(refused.all().contains("are for unsigned objects of this centre"), refused::all);
    }

    @Test
    void wrongTermsAreRefusedAndNothingIsStored() throws Exception {
        TwoPartners two = new TwoPartners(centres, false, false, false);
        TwoPartners.good(two.tashkent, "group", "create", "Banks", "--member", "budapest");
        two.tashkent.account("robot", Role.WRITER, Tlp.GREEN);
        long before =
                TwoPartners.asked(two.tashkent, "/api/status").path("entries").asLong();
        for (List<String> wrong : List.of(
                List.of(
                        "--to",
                        "budapst",
                        "names a partner that is no centre on the trust list here; known ones are budapest"),
                List.of("--to", "tashkent", "names a partner that is no centre"),
                List.of("--embargo", "2020-01-01T00:00Z", "is over already"),
                List.of("--embargo", "tomorrow", "is a time with its zone"),
                List.of("--group", "Police", "names no sharing group"))) {
            CommandResult refused = two.tashkent.koprik("submit", "198.51.100.9", wrong.get(0), wrong.get(1));
            assertEquals(1, refused.code(), refused::all);
            assertTrue(refused.all().contains(wrong.get(2)), refused::all);
        }
        CentreClient robot = two.tashkent.clientOf("robot");
        CentreClient.Reply reply = robot.post(
                "/api/indicators",
                "application/json",
                "{\"value\":\"198.51.100.9\",\"to\":[\"budapest\"]}".getBytes(StandardCharsets.UTF_8));
        assertEquals(403, reply.status(), reply::text);
        assertEquals(
                before,
                TwoPartners.asked(two.tashkent, "/api/status").path("entries").asLong());
    }

    /** Stored moments have microseconds, and STIX has years of four digits. */
    @Test
    void anEmbargoEndsNeverBeforeTheMomentThatWasSaid() throws Exception {
        RunningCentre centre = centres.init("tashkent").start();
        CentreClient client = centre.adminClient();
        String form = "{\"value\":\"198.51.100.%s\",\"tlp\":\"green\",\"embargo\":\"%s\"}";
        CentreClient.Reply made = client.post(
                "/api/indicators",
                "application/json",
                form.formatted("12", "2030-01-01T05:00:00.1234561+05:00").getBytes(StandardCharsets.UTF_8));
        String id = RunningCentre.ok(made).at("/objects/0/id").asText();
        assertEquals(
                "2030-01-01T00:00:00.123457Z",
                RunningCentre.ok(client.get("/api/objects/" + id))
                        .at("/marking/embargo")
                        .asText());
        for (String late : List.of(
                "+12026-12-01T00:00Z",
                "+999999999-12-31T23:59:59Z",
                "9999-12-31T23:59:59-05:00",
                "9999-12-31T23:59:59.9999999Z")) {
            CentreClient.Reply refused = client.post(
                    "/api/indicators",
                    "application/json",
                    form.formatted("13", late).getBytes(StandardCharsets.UTF_8));
            assertEquals(400, refused.status(), late + refused.text());
            assertTrue(refused.text().contains("in the year 9999 at the latest"), refused::text);
        }
        CentreClient.Reply alerts = client.get("/api/alerts?since=%2B999999999-12-31T23:59:59Z");
        assertTrue(alerts.status() < 500, alerts::text);
    }

    @Test
    void thePreviewFollows() throws Exception {
        TwoPartners two = new TwoPartners(centres, false, false, false);
        TwoPartners.good(two.tashkent, "group", "create", "Banks");
        CentreClient client = two.tashkent.adminClient();
        assertEquals("tlp_red", preview(client, "\"tlp\":\"red\""));
        assertEquals("named", preview(client, "\"tlp\":\"red\",\"to\":[\"budapest\"]"));
        assertEquals("embargo", preview(client, "\"to\":[\"budapest\"],\"embargo\":\"2099-01-01T00:00Z\""));
        assertEquals("not_in_group", preview(client, "\"group\":\"Banks\""));
        TwoPartners.good(two.tashkent, "group", "add", "Banks", "budapest");
        assertEquals("within_agreement", preview(client, "\"tlp\":\"green\",\"group\":\"Banks\""));
    }

    private static String preview(CentreClient client, String members) {
        return RunningCentre.ok(client.post(
                        "/api/explain", "application/json", ("{" + members + "}").getBytes(StandardCharsets.UTF_8)))
                .path("partners")
                .path(0)
                .path("decisions")
                .path(0)
                .path("code")
                .asText();
    }
}
