package uz.koprik.gateway.recalls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.CommandResult;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.indicators.policy.Tlp;

/** What tests of recalls do with running centres. */
final class RecallWorld {

    /** Feeds and cards of partners need some seconds, more on a busy machine. */
    static final Duration LONG = Duration.ofSeconds(60);

    private final Centres centres;

    RecallWorld(Centres centres) {
        this.centres = centres;
    }

    RunningCentre started(String name) throws Exception {
        return centres.init(name).withAccount("anna", Role.ANALYST).start();
    }

    static String good(RunningCentre centre, String... arguments) {
        CommandResult result = centre.koprik(arguments);
        assertEquals(0, result.code(), result::all);
        return result.out();
    }

    static String identity(RunningCentre centre) throws Exception {
        return CentreCard.read(Files.readAllBytes(centre.home().ownCard())).identity();
    }

    /** Submits an indicator of that centre. */
    String submitted(RunningCentre centre, Tlp tlp, String value) throws Exception {
        String id = RunningCentre.freshId();
        String object = RunningCentre.indicator(id, value, tlp, 1)
                .replace("\"spec_version\"", "\"created_by_ref\":\"" + identity(centre) + "\",\"spec_version\"");
        Path file = Files.writeString(centres.folder().resolve(id + ".json"), object);
        good(centre, "submit", file.toString());
        return id;
    }

    static JsonNode get(RunningCentre centre, String path) throws Exception {
        return RunningCentre.ok(centre.adminClient().get(path));
    }

    static CentreClient.Reply post(RunningCentre centre, String path, String json) throws Exception {
        return centre.adminClient().post(path, "application/json", json.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether a centre shows the object with its content. */
    static boolean has(RunningCentre centre, String id) throws Exception {
        CentreClient.Reply reply = centre.adminClient().get("/api/objects/" + id);
        return reply.status() == 200
                && !CentreAnswers.parse(reply.body()).path("revoked").asBoolean();
    }

    static void awaitHas(RunningCentre centre, String id) throws Exception {
        RunningCentre.await(LONG, () -> has(centre, id));
    }

    /** Waits until a centre noted that all it has for a partner was pushed. */
    static void awaitAllPushed(RunningCentre centre, String partner) throws Exception {
        RunningCentre.await(
                LONG,
                () -> get(centre, "/api/partners/" + partner)
                                .at("/push/lag_entries")
                                .asLong(1)
                        == 0);
    }

    /** Recalls an object and returns the id of the recall. */
    static String recalled(RunningCentre centre, String id) throws Exception {
        return made(centre, "{\"ids\":[\"" + id + "\"],\"reason\":\"a victim's address\"}");
    }

    static String narrowed(RunningCentre centre, String id, String tlp) throws Exception {
        return made(centre, "{\"ids\":[\"" + id + "\"],\"narrow\":\"" + tlp + "\",\"reason\":\"too wide\"}");
    }

    private static String made(RunningCentre centre, String json) throws Exception {
        CentreClient.Reply reply = post(centre, "/api/recalls", json);
        assertEquals(201, reply.status(), reply::text);
        return CentreAnswers.parse(reply.body())
                .path("recalls")
                .path(0)
                .path("id")
                .asText();
    }

    static JsonNode recall(RunningCentre centre, String recall) throws Exception {
        return get(centre, "/api/recalls/" + recall);
    }

    /** What is known of one centre. */
    static JsonNode row(RunningCentre centre, String recall, String name) throws Exception {
        for (JsonNode row : recall(centre, recall).path("centres")) {
            if (row.path("name").asText().equals(name)) {
                return row;
            }
        }
        return CentreAnswers.parse("{}".getBytes(StandardCharsets.UTF_8));
    }

    static void awaitState(RunningCentre centre, String recall, String name, String state) throws Exception {
        try {
            RunningCentre.await(
                    LONG, () -> row(centre, recall, name).path("state").asText().equals(state));
        } catch (AssertionError late) {
            throw new AssertionError(recall(centre, recall).toPrettyString(), late);
        }
    }

    /** The marking under which a centre has the object. */
    static String marking(RunningCentre centre, String id) throws Exception {
        return get(centre, "/api/objects/" + id).path("marking").path("tlp").asText();
    }

    /** How many objects a search for a value finds that are in force. */
    static int found(RunningCentre centre, String value) throws Exception {
        return get(centre, "/api/search?q=" + value).path("total").asInt(-1);
    }
}
