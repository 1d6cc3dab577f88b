package uz.koprik.gateway.agreements;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.CommandResult;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.indicators.policy.Tlp;

/** One agreement of three running centres, and a fourth that is no party of it. */
class GroupOfCentresTest {

    private static final List<String> NAMES = List.of("tashkent", "budapest", "seoul", "vienna");

    @RegisterExtension
    final Centres centres = new Centres();

    private RunningCentre tashkent;
    private RunningCentre budapest;
    private RunningCentre seoul;
    private RunningCentre vienna;

    @BeforeEach
    void start() throws Exception {
        List<RunningCentre> all = new ArrayList<>();
        for (String name : NAMES) {
            all.add(centres.init(name)
                    .withConfig("required: false", "required: true")
                    .start());
        }
        tashkent = all.get(0);
        budapest = all.get(1);
        seoul = all.get(2);
        vienna = all.get(3);
        tashkent.exchangeWith(budapest);
        tashkent.exchangeWith(seoul);
        tashkent.exchangeWith(vienna);
        budapest.exchangeWith(seoul);
        for (RunningCentre centre : List.of(tashkent, budapest, seoul)) {
            RunningCentre.await(
                    () -> asked(centre, "/api/agreements").path("partners").size() >= 2);
        }
    }

    @Test
    void isInForceAtAllOnceAllSignedIsChangedByAllAndGoesOnWhenOneLeaves() throws Exception {
        String amber = submitted(Tlp.AMBER);
        String id = proposed(tashkent);
        RunningCentre.await(() -> states(seoul, id).equals(List.of("proposed")));
        RunningCentre.await(() -> states(budapest, id).equals(List.of("proposed")));
        assertTrue(good(seoul, "agreement", "list").contains("waits for an answer here"));
        good(budapest, "agreement", "accept", id);
        RunningCentre.await(() -> signature(seoul, id, "budapest").equals("signed"));
        RunningCentre.await(() -> signature(tashkent, id, "budapest").equals("signed"));
        assertEquals("missing", signature(tashkent, id, "seoul"));
        assertTrue(good(budapest, "agreement", "show", id).contains("seoul: has not signed"));
        assertEquals(List.of("proposed"), states(tashkent, id));
        assertReason(false, "budapest", amber, "the one of 3 parties waits for the signature of seoul");
        CommandResult again = budapest.koprik("agreement", "accept", id);
        assertEquals(1, again.code());
        assertTrue(again.all().contains("signed that version already; it waits for seoul"), again::all);

        good(seoul, "agreement", "accept", id);
        for (RunningCentre centre : List.of(tashkent, budapest, seoul)) {
            RunningCentre.await(() -> states(centre, id).equals(List.of("in_force")));
            assertEquals(version(tashkent, id).path("text"), version(centre, id).path("text"));
            assertEquals(
                    version(tashkent, id).path("sha256"), version(centre, id).path("sha256"));
            assertEquals(3, version(centre, id).path("signatures").size());
        }
        for (String partner : List.of("budapest", "seoul")) {
            assertReason(true, partner, amber, "TLP:AMBER is within article 4 of the agreement with " + partner);
            assertEquals(
                    id,
                    explained(partner, amber).path("details").path("agreement").asText());
        }
        RunningCentre.await(
                Duration.ofSeconds(40), () -> seoul.koprik("show", amber).code() == 0);
        nobodyElseKnows(id, amber);

        good(seoul, "agreement", "propose", "tashkent", "--change", id, "--max-tlp", "green");
        RunningCentre.await(() -> states(budapest, id).equals(List.of("proposed", "in_force")));
        good(budapest, "agreement", "accept", id);
        RunningCentre.await(() -> signature(tashkent, id, "budapest").equals("signed"));
        assertEquals(List.of("proposed", "in_force"), states(tashkent, id));
        assertReason(true, "budapest", amber, "article 4");
        good(tashkent, "agreement", "accept", id);
        for (RunningCentre centre : List.of(tashkent, budapest, seoul)) {
            RunningCentre.await(() -> states(centre, id).equals(List.of("in_force", "replaced")));
        }
        assertReason(false, "seoul", amber, "TLP:AMBER is above TLP:GREEN");

        String green = submitted(Tlp.GREEN);
        assertReason(true, "seoul", green, "article 4");
        assertTrue(good(seoul, "agreement", "terminate", id, "--reason", "reorganised")
                .contains(" for this centre; tashkent, budapest are informed by themselves"));
        RunningCentre.await(
                () -> explained("seoul", green).path("reason").asText().contains("(article 8)"));
        assertReason(true, "budapest", green, "article 4");
        RunningCentre.await(
                () -> !version(budapest, id).at("/signatures/0/leaves").isMissingNode()
                        || version(budapest, id).path("signatures").toString().contains("leaves"));
        assertEquals(List.of("in_force", "replaced"), states(budapest, id));
        RunningCentre.await(() -> states(seoul, id).equals(List.of("terminated", "replaced")));
    }

    private void nobodyElseKnows(String id, String amber) throws Exception {
        assertEquals(404, vienna.adminClient().get("/api/agreements/" + id).status());
        assertEquals(0, asked(vienna, "/api/agreements").path("agreements").size());
        assertReason(false, "vienna", amber, "no signed agreement with vienna is in force");
        assertFalse(vienna.koprik("agreement", "list").all().contains("seoul"));
    }

    @Test
    void oneDeclineEndsItAndAllSeeIt() throws Exception {
        String id = proposed(tashkent);
        RunningCentre.await(() -> states(seoul, id).equals(List.of("proposed")));
        RunningCentre.await(() -> states(budapest, id).equals(List.of("proposed")));
        good(budapest, "agreement", "accept", id);
        good(seoul, "agreement", "decline", id, "--reason", "too wide for us");
        for (RunningCentre centre : List.of(tashkent, budapest, seoul)) {
            RunningCentre.await(() -> states(centre, id).equals(List.of("declined")));
            assertTrue(good(centre, "agreement", "show", id).contains("too wide for us"));
        }
    }

    /** Proposes an agreement of Tashkent, Budapest and Seoul; its id. */
    static String proposed(RunningCentre centre) {
        return CentreAnswers.parse(good(
                                centre,
                                "--json",
                                "agreement",
                                "propose",
                                "budapest",
                                "--with",
                                "seoul",
                                "--with-contact",
                                "seoul=mailto:soc@seoul.example.com",
                                "--purpose",
                                "phishing",
                                "--max-tlp",
                                "amber",
                                "--notice-days",
                                "0",
                                "--legal-basis",
                                "memorandum of 2026",
                                "--valid-until",
                                "2099-01-01T00:00:00Z",
                                "--own-contact",
                                "mailto:soc@tashkent.example.com",
                                "--partner-contact",
                                "mailto:soc@budapest.example.com")
                        .getBytes(StandardCharsets.UTF_8))
                .path("id")
                .asText();
    }

    private static JsonNode version(RunningCentre centre, String id) throws Exception {
        CentreClient.Reply reply = centre.adminClient().get("/api/agreements/" + id);
        return reply.status() == 404
                ? MissingNode.getInstance()
                : RunningCentre.ok(reply).path("versions").path(0);
    }

    private static String signature(RunningCentre centre, String id, String party) throws Exception {
        for (JsonNode one : version(centre, id).path("signatures")) {
            if (one.path("party").asText().equals(party)) {
                return one.path("state").asText();
            }
        }
        return "";
    }

    private static List<String> states(RunningCentre centre, String id) throws Exception {
        CentreClient.Reply reply = centre.adminClient().get("/api/agreements/" + id);
        List<String> states = new ArrayList<>();
        if (reply.status() != 404) {
            RunningCentre.ok(reply)
                    .path("versions")
                    .forEach(version -> states.add(version.path("state").asText()));
        }
        return states;
    }

    private static JsonNode asked(RunningCentre centre, String path) throws Exception {
        return RunningCentre.ok(centre.adminClient().get(path));
    }

    private JsonNode explained(String partner, String id) throws Exception {
        return asked(tashkent, "/api/explain?to=" + partner + "&id=" + id);
    }

    private void assertReason(boolean released, String partner, String id, String reason) throws Exception {
        JsonNode explained = explained(partner, id);
        assertTrue(explained.path("reason").asText().contains(reason), explained::toPrettyString);
        assertEquals(released, explained.path("released").asBoolean(), explained::toPrettyString);
    }

    private String submitted(Tlp tlp) throws Exception {
        String id = RunningCentre.freshId();
        String identity =
                CentreCard.read(Files.readAllBytes(tashkent.home().ownCard())).identity();
        String object = RunningCentre.indicator(id, "198.51.100.7", tlp, 1)
                .replace("\"spec_version\"", "\"created_by_ref\":\"" + identity + "\",\"spec_version\"");
        Path file = Files.writeString(centres.folder().resolve(id + ".json"), object);
        good(tashkent, "submit", file.toString());
        return id;
    }

    private static String good(RunningCentre centre, String... arguments) {
        CommandResult result = centre.koprik(arguments);
        assertEquals(0, result.code(), result::all);
        return result.out();
    }
}
