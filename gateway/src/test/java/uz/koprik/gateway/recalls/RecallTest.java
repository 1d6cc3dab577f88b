package uz.koprik.gateway.recalls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.CommandResult;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.config.Home;
import uz.koprik.indicators.policy.Tlp;

/** Recalls between running centres; each ends as docs/recall.md says. */
class RecallTest {

    @RegisterExtension
    final Centres centres = new Centres();

    private RecallWorld world;
    private RunningCentre tashkent;
    private RunningCentre budapest;

    @BeforeEach
    void start() throws Exception {
        world = new RecallWorld(centres);
        tashkent = world.started("tashkent");
        budapest = world.started("budapest");
        tashkent.exchangeWith(budapest);
    }

    @Test
    void aWithdrawnObjectIsGoneEverywhereAndItsReceiptIsSigned() throws Exception {
        String id = world.submitted(tashkent, Tlp.GREEN, "198.51.100.7");
        RecallWorld.awaitHas(budapest, id);

        String recall = RecallWorld.recalled(tashkent, id);
        assertFalse(RecallWorld.has(tashkent, id), "at the producer at once");
        RecallWorld.awaitState(tashkent, recall, "budapest", "done");
        assertFalse(RecallWorld.has(budapest, id));
        JsonNode status = RecallWorld.recall(tashkent, recall);
        assertEquals(1, status.path("confirmed").asInt(), status::toPrettyString);
        assertTrue(status.path("complete").asBoolean());
        assertTrue(status.path("ours").asBoolean());
        assertTrue(RecallWorld.row(tashkent, recall, "budapest").has("signed"));
        JsonNode there = RecallWorld.recall(budapest, recall);
        assertEquals("tashkent", there.path("by").asText(), there::toPrettyString);
        assertEquals("done", there.path("outcome").asText());
        assertEquals(List.of(), values(budapest, id), "the tombstone carries nothing");

        String again = "{\"ids\":[\"" + id + "\"],\"reason\":\"again\"}";
        assertEquals(409, RecallWorld.post(tashkent, "/api/recalls", again).status());
    }

    /** A member deletes the latest version over TAXII, and recalls the object then. Partners have that version. */
    @Test
    void aRecallMeansAlsoALaterVersionThatWasDeletedHere() throws Exception {
        String id = world.submitted(tashkent, Tlp.GREEN, "198.51.100.16");
        submitNext(id, "198.51.100.17", 2);
        RunningCentre.await(RecallWorld.LONG, () -> RecallWorld.found(budapest, "198.51.100.17") == 1);
        delete(id, "last");
        assertTrue(RecallWorld.has(tashkent, id), "the version before is the latest again");
        String recall = RecallWorld.recalled(tashkent, id);
        RecallWorld.awaitState(tashkent, recall, "budapest", "done");
        RunningCentre.await(() -> !RecallWorld.has(budapest, id));
        HttpRequest.Builder all = HttpRequest.newBuilder(
                        URI.create(budapest.taxii("collections/exchange/objects/" + id + "/?match%5Bversion%5D=all")))
                .header("Accept", RunningCentre.TAXII);
        String versions =
                RunningCentre.send(budapest.client(null), all, budapest.admin()).body();
        assertFalse(versions.contains("198.51.100.1"), versions);
    }

    /** As the refusal says: a later version, and a recall of that. */
    @Test
    void whatWasDeletedHereAltogetherIsRecalledByALaterVersion() throws Exception {
        String id = world.submitted(tashkent, Tlp.GREEN, "198.51.100.18");
        RunningCentre.await(RecallWorld.LONG, () -> RecallWorld.found(budapest, "198.51.100.18") == 1);
        delete(id, "all");
        CommandResult refused = tashkent.koprik("recall", id, "--reason", "a mistake");
        assertTrue(refused.err().contains("submit a later version of it"), refused::err);
        submitNext(id, "198.51.100.19", 2);
        RecallWorld.awaitState(tashkent, RecallWorld.recalled(tashkent, id), "budapest", "done");
        RunningCentre.await(() -> !RecallWorld.has(budapest, id));
    }

    private void submitNext(String id, String value, int version) throws Exception {
        Path next = Files.writeString(
                centres.folder().resolve("next.json"),
                RunningCentre.indicator(id, value, Tlp.GREEN, version)
                        .replace(
                                "\"spec_version\"",
                                "\"created_by_ref\":\"" + RecallWorld.identity(tashkent) + "\",\"spec_version\""));
        RecallWorld.good(tashkent, "submit", next.toString());
    }

    private void delete(String id, String versions) throws Exception {
        HttpRequest.Builder delete = HttpRequest.newBuilder(URI.create(
                        tashkent.taxii("collections/exchange/objects/" + id + "/?match%5Bversion%5D=" + versions)))
                .header("Accept", RunningCentre.TAXII)
                .DELETE();
        assertEquals(
                200,
                RunningCentre.send(tashkent.client(null), delete, tashkent.admin())
                        .statusCode());
    }

    /** Who left a group, or whose group was dissolved, gets nothing more of it. It has what it got. */
    @Test
    void whoIsNoMemberOfTheGroupAnyMoreIsAskedAllTheSame() throws Exception {
        RecallWorld.good(tashkent, "group", "create", "Banks", "--member", "budapest");
        RecallWorld.good(tashkent, "group", "create", "Later");
        String left = toGroup("198.51.100.12", "Banks");
        String dissolved = toGroup("198.51.100.13", "Banks");
        String before = toGroup("198.51.100.14", "Later");
        RecallWorld.awaitHas(budapest, left);
        RecallWorld.awaitHas(budapest, dissolved);
        RecallWorld.good(tashkent, "group", "remove", "Banks", "budapest");
        RecallWorld.good(tashkent, "group", "add", "Later", "budapest");
        String after = toGroup("198.51.100.15", "Banks");
        String recall = RecallWorld.recalled(tashkent, left);
        RecallWorld.awaitState(tashkent, recall, "budapest", "done");
        assertFalse(RecallWorld.has(budapest, left));
        for (String never : List.of(before, after)) {
            JsonNode status = RecallWorld.recall(tashkent, RecallWorld.recalled(tashkent, never));
            assertEquals(0, status.path("centres").size(), status::toPrettyString);
        }
        RecallWorld.good(tashkent, "group", "dissolve", "Banks");
        recall = RecallWorld.recalled(tashkent, dissolved);
        RecallWorld.awaitState(tashkent, recall, "budapest", "done");
    }

    private String toGroup(String value, String group) throws Exception {
        return CentreAnswers.parse(
                        RecallWorld.good(tashkent, "--json", "submit", value, "--tlp", "red", "--group", group)
                                .getBytes(StandardCharsets.UTF_8))
                .path(0)
                .path("id")
                .asText();
    }

    @Test
    void aPartnerThatWasAwayTheWholeTimeLearnsOfItWhenItReturns() throws Exception {
        String id = world.submitted(tashkent, Tlp.GREEN, "198.51.100.8");
        RecallWorld.awaitHas(budapest, id);
        RecallWorld.awaitAllPushed(tashkent, "budapest"); // a pull can have the object there before the push is noted
        budapest.stop();
        String recall = RecallWorld.recalled(tashkent, id);
        JsonNode row = RecallWorld.row(tashkent, recall, "budapest");
        assertEquals("waiting", row.path("state").asText(), row::toPrettyString);
        assertTrue(row.has("last_seen"), row::toPrettyString);
        assertTrue(row.path("sent").asBoolean(), row::toPrettyString);
        assertEquals(0, RecallWorld.recall(tashkent, recall).path("confirmed").asInt());
        CommandResult status = tashkent.koprik("recall", "status");
        assertEquals(1, status.code(), "somebody did not confirm");
        assertTrue(status.out().contains("0 of 1 confirmed, budapest last seen"), status::all);

        budapest.start();
        RecallWorld.awaitState(tashkent, recall, "budapest", "done");
        assertFalse(RecallWorld.has(budapest, id));
    }

    @Test
    void aRecallThatOvertakesTheObjectKeepsItOut() throws Exception {
        budapest.stop();
        String id = world.submitted(tashkent, Tlp.GREEN, "198.51.100.9");
        Path object = Files.write(
                centres.folder().resolve("signed.json"),
                tashkent.adminClient().get("/api/objects/" + id + "/proof").body());
        String recall = RecallWorld.recalled(tashkent, id);
        budapest.start();
        RecallWorld.awaitState(tashkent, recall, "budapest", "absent");
        CommandResult imported = budapest.koprik("import", object.toString());
        assertFalse(RecallWorld.has(budapest, id), imported::all);
        assertTrue(imported.all().contains("recalled by tashkent"), imported::all);
    }

    @Test
    void aReceiverThatRestoresAnOldBackupLearnsOfItAgain() throws Exception {
        String id = world.submitted(tashkent, Tlp.GREEN, "198.51.100.10");
        RecallWorld.awaitHas(budapest, id);
        Path copy = budapest.home().root().resolve("backups/before");
        RecallWorld.good(budapest, "backup", copy.toString());
        String recall = RecallWorld.recalled(tashkent, id);
        RecallWorld.awaitState(tashkent, recall, "budapest", "done");
        String signed =
                RecallWorld.row(tashkent, recall, "budapest").path("signed").asText();
        budapest.stop();

        RunningCentre restored = restored(copy, "budapest-restored");
        RunningCentre.await(
                RecallWorld.LONG,
                () -> RecallWorld.get(restored, "/api/recalls").path("recalls").size() == 1);
        RunningCentre.await(RecallWorld.LONG, () -> !RecallWorld.has(restored, id));
        RunningCentre.await(RecallWorld.LONG, () -> !RecallWorld.row(tashkent, recall, "budapest")
                .path("signed")
                .asText()
                .equals(signed));
        assertEquals(
                "done",
                RecallWorld.row(tashkent, recall, "budapest").path("state").asText());
    }

    @Test
    void aProducerThatRestoresAnOldBackupLearnsOfItsOwnRecall() throws Exception {
        String id = world.submitted(tashkent, Tlp.GREEN, "198.51.100.11");
        RecallWorld.awaitHas(budapest, id);
        Path copy = tashkent.home().root().resolve("backups/before");
        RecallWorld.good(tashkent, "backup", copy.toString());
        String recall = RecallWorld.recalled(tashkent, id);
        RecallWorld.awaitState(tashkent, recall, "budapest", "done");
        tashkent.stop();

        RunningCentre restored = restored(copy, "tashkent-restored");
        RunningCentre.await(
                RecallWorld.LONG,
                () -> RecallWorld.get(restored, "/api/recalls").path("recalls").size() == 1);
        RecallWorld.awaitState(restored, recall, "budapest", "done");
        RunningCentre.await(RecallWorld.LONG, () -> !RecallWorld.has(restored, id));
        assertTrue(RecallWorld.recall(restored, recall).path("ours").asBoolean());
        assertFalse(RecallWorld.has(budapest, id));
    }

    private RunningCentre restored(Path backup, String folder) throws Exception {
        Home home = new Home(centres.folder().resolve(folder));
        CommandResult result = CommandResult.of(home, "restore", backup.toString());
        assertEquals(0, result.code(), result::all);
        return centres.open(home).start();
    }

    @Test
    void aNarrowedObjectFollowsTheNarrowerMarkingAtOnce() throws Exception {
        RunningCentre moscow = world.started("moscow");
        moscow.addPartner(tashkent, List.of());
        budapest.exchangeWith(moscow);
        String id = world.submitted(tashkent, Tlp.GREEN, "198.51.100.12");
        RecallWorld.awaitHas(moscow, id);
        String recall = RecallWorld.narrowed(tashkent, id, "amber");
        RecallWorld.awaitState(tashkent, recall, "budapest", "done");
        assertEquals("TLP:AMBER", RecallWorld.marking(budapest, id));
        JsonNode explained = RecallWorld.get(budapest, "/api/explain?to=moscow&id=" + id);
        assertFalse(explained.path("released").asBoolean(), explained::toPrettyString);
        RunningCentre.await(
                RecallWorld.LONG, () -> RecallWorld.marking(moscow, id).equals("TLP:AMBER"));
        RunningCentre.await(
                RecallWorld.LONG, () -> RecallWorld.marking(tashkent, id).equals("TLP:AMBER"));
        assertTrue(RecallWorld.has(moscow, id), "what is narrowed stays");
        assertEquals(
                422,
                RecallWorld.post(
                                tashkent,
                                "/api/recalls",
                                "{\"ids\":[\"" + id + "\"],\"narrow\":\"green\",\"reason\":\"wider\"}")
                        .status());
    }

    @Test
    void aRelayPassesItOnAndSaysWhoConfirmedBehindIt() throws Exception {
        RunningCentre moscow = world.started("moscow");
        budapest.exchangeWith(moscow);
        moscow.addPartner(tashkent, List.of());
        String id = world.submitted(tashkent, Tlp.GREEN, "198.51.100.13");
        RecallWorld.awaitHas(moscow, id);
        String recall = RecallWorld.recalled(tashkent, id);
        RecallWorld.awaitState(tashkent, recall, "budapest", "done");
        RunningCentre.await(RecallWorld.LONG, () -> !RecallWorld.has(moscow, id));
        // Tashkent does not know the keys of Moscow: the receipt is there, and counts as unverified.
        RecallWorld.awaitState(tashkent, recall, "moscow", "unverified");
        assertEquals(
                "budapest",
                RecallWorld.row(tashkent, recall, "moscow").path("via").asText());
        assertEquals(
                "moscow",
                RecallWorld.row(tashkent, recall, "budapest")
                        .path("handed_on")
                        .path(0)
                        .asText());
        // An operator of Tashkent adds the card of Moscow; the next receipt is verified.
        tashkent.addPartner(moscow, List.of());
        RecallWorld.good(tashkent, "recall", "again", recall);
        RecallWorld.awaitState(tashkent, recall, "moscow", "done");
    }

    /** A call that ended after some of its objects: they keep their recall, and the others get theirs. */
    @Test
    void anInterruptedCallIsRepeated() throws Exception {
        for (String how : List.of("\"reason\":\"a victim\"", "\"narrow\":\"amber\",\"reason\":\"a source\"")) {
            String first =
                    world.submitted(tashkent, Tlp.GREEN, how.contains("amber") ? "198.51.100.16" : "198.51.100.15");
            String second =
                    world.submitted(tashkent, Tlp.GREEN, how.contains("amber") ? "198.51.100.18" : "198.51.100.17");
            CentreClient.Reply begun =
                    RecallWorld.post(tashkent, "/api/recalls", "{\"ids\":[\"" + first + "\"]," + how + "}");
            String call = "{\"ids\":[\"" + first + "\",\"" + second + "\"]," + how + "}";
            CentreClient.Reply repeated = RecallWorld.post(tashkent, "/api/recalls", call);
            assertEquals(201, repeated.status(), repeated::text);
            JsonNode recalls = CentreAnswers.parse(repeated.body()).path("recalls");
            assertEquals(2, recalls.size(), recalls::toPrettyString);
            assertEquals(
                    CentreAnswers.parse(begun.body()).at("/recalls/0/id").asText(),
                    recalls.at("/0/id").asText());
            assertEquals(second, recalls.at("/1/object").asText(), recalls::toPrettyString);
            CentreClient.Reply again = RecallWorld.post(tashkent, "/api/recalls", call);
            assertTrue(again.status() == 409 || again.status() == 422, again::text);
        }
    }

    @Test
    void onlyTheProducerRecalls() throws Exception {
        String id = world.submitted(tashkent, Tlp.GREEN, "198.51.100.14");
        RecallWorld.awaitHas(budapest, id);
        CentreClient.Reply refused =
                RecallWorld.post(budapest, "/api/recalls", "{\"ids\":[\"" + id + "\"],\"reason\":\"not ours\"}");
        assertEquals(422, refused.status());
        assertTrue(refused.text().contains("only its producer recalls an object"), refused::text);
        assertTrue(RecallWorld.has(tashkent, id));
    }

    private static List<String> values(RunningCentre centre, String id) throws Exception {
        RunningCentre.await(
                RecallWorld.LONG,
                () -> centre.adminClient().get("/api/objects/" + id).status() == 200);
        return RecallWorld.get(centre, "/api/objects/" + id).path("values").findValuesAsText("value");
    }
}
