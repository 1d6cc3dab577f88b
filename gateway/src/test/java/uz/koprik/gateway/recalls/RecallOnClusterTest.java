package uz.koprik.gateway.recalls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.CommandResult;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.config.Home;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.store.elasticsearch.ElasticNode;

/**
 * Recalls where producer and receiver keep their store on a real cluster and have two gateways each. Moscow is behind
 * the receiver. What is done at one gateway holds at the other.
 */
@Tag("long")
class RecallOnClusterTest {

    @RegisterExtension
    final Centres centres = new Centres();

    private final RecallWorld world = new RecallWorld(centres);
    private List<RunningCentre> tashkent;
    private List<RunningCentre> budapest;
    private RunningCentre moscow;

    @Test
    void whatOneGatewayRecallsOrFollowsHoldsAtTheOther() throws Exception {
        tashkent = onCluster("tashkent");
        budapest = onCluster("budapest");
        moscow = world.started("moscow");
        for (RunningCentre gateway : tashkent) {
            gateway.addPartner(budapest.getFirst(), List.of("--push", "--pull"));
        }
        for (RunningCentre gateway : budapest) {
            gateway.addPartner(tashkent.getFirst(), List.of("--push", "--pull"));
            gateway.addPartner(moscow, List.of("--push", "--pull"));
        }
        moscow.addPartner(tashkent.getFirst(), List.of());
        moscow.addPartner(budapest.getFirst(), List.of("--push", "--pull"));

        String withdrawn = world.submitted(tashkent.get(0), Tlp.GREEN, "198.51.100.30");
        String narrowed = world.submitted(tashkent.get(1), Tlp.GREEN, "198.51.100.31");
        for (String id : List.of(withdrawn, narrowed)) {
            RecallWorld.awaitHas(budapest.get(0), id);
            RecallWorld.awaitHas(budapest.get(1), id);
            RecallWorld.awaitHas(moscow, id);
        }
        Path copy = budapest.getFirst().home().root().resolve("backups/before");
        RecallWorld.good(budapest.getFirst(), "backup", copy.toString());
        String recall = withdraws(withdrawn);
        narrows(narrowed);
        aRecallBeforeItsObject();
        aRestoredBackupFollows(copy, recall, withdrawn, narrowed);
    }

    /** Two gateways of a centre, whose homes are copies. */
    private List<RunningCentre> onCluster(String name) throws Exception {
        RunningCentre one = centres.init(name)
                .withConfig("kind: lucene", "kind: elasticsearch")
                .withConfig(
                        "[\"https://localhost:9200\"]",
                        "[\"" + ElasticNode.shared().url() + "\"]")
                .withConfig("prefix: koprik", "prefix: " + prefix())
                .withConfig("replicas: 1", "replicas: 0")
                .withConfig("lease: 10s", "lease: 2s");
        RunningCentre two = centres.copy(one, name + "-two");
        return List.of(one.start(), two.start());
    }

    private static String prefix() {
        return "k" + UUID.randomUUID();
    }

    private String withdraws(String id) throws Exception {
        String recall = RecallWorld.recalled(tashkent.get(1), id);
        assertFalse(RecallWorld.has(tashkent.get(1), id), "where it was recalled at once");
        assertEquals(
                recall,
                RecallWorld.recall(tashkent.get(0), recall).path("id").asText(),
                "the other gateway shows it at once");
        RunningCentre.await(() -> !RecallWorld.has(tashkent.get(0), id));
        String again = "{\"ids\":[\"" + id + "\"],\"reason\":\"again\"}";
        assertEquals(
                409, RecallWorld.post(tashkent.get(0), "/api/recalls", again).status());
        RecallWorld.awaitState(tashkent.get(0), recall, "budapest", "done");
        RecallWorld.awaitState(tashkent.get(1), recall, "budapest", "done");
        RecallWorld.awaitState(tashkent.get(0), recall, "moscow", "unverified");
        for (RunningCentre gateway : budapest) {
            RunningCentre.await(() -> !RecallWorld.has(gateway, id));
            RunningCentre.await(() -> RecallWorld.found(gateway, "198.51.100.30") == 0);
            RunningCentre.await(RecallWorld.LONG, () -> RecallWorld.recall(gateway, recall)
                    .path("outcome")
                    .asText()
                    .equals("done"));
        }
        RunningCentre.await(RecallWorld.LONG, () -> !RecallWorld.has(moscow, id));
        return recall;
    }

    private void narrows(String id) throws Exception {
        String recall = RecallWorld.narrowed(tashkent.get(0), id, "amber");
        RecallWorld.awaitState(tashkent.get(1), recall, "budapest", "done");
        for (RunningCentre gateway : budapest) {
            RunningCentre.await(
                    RecallWorld.LONG, () -> RecallWorld.marking(gateway, id).equals("TLP:AMBER"));
            JsonNode explained = RecallWorld.get(gateway, "/api/explain?to=moscow&id=" + id);
            assertFalse(explained.path("released").asBoolean(), explained::toPrettyString);
        }
        RunningCentre.await(
                RecallWorld.LONG, () -> RecallWorld.marking(moscow, id).equals("TLP:AMBER"));
        RunningCentre.await(() -> RecallWorld.marking(tashkent.get(1), id).equals("TLP:AMBER"));
    }

    private void aRecallBeforeItsObject() throws Exception {
        budapest.forEach(RunningCentre::stop);
        String id = world.submitted(tashkent.get(0), Tlp.GREEN, "198.51.100.32");
        Path object = Files.write(
                centres.folder().resolve("signed.json"),
                tashkent.get(0)
                        .adminClient()
                        .get("/api/objects/" + id + "/proof")
                        .body());
        String recall = RecallWorld.recalled(tashkent.get(0), id);
        for (RunningCentre gateway : budapest) {
            gateway.start();
        }
        RecallWorld.awaitState(tashkent.get(1), recall, "budapest", "absent");
        for (RunningCentre gateway : budapest) {
            RunningCentre.await(() ->
                    RecallWorld.get(gateway, "/api/recalls").path("recalls").size() == 3);
            CommandResult imported = gateway.koprik("import", object.toString());
            assertTrue(imported.all().contains("recalled by tashkent"), imported::all);
            assertFalse(RecallWorld.has(gateway, id), imported::all);
        }
    }

    private void aRestoredBackupFollows(Path copy, String recall, String withdrawn, String narrowed) throws Exception {
        String signed = signed(recall);
        budapest.forEach(RunningCentre::stop);
        Path settings = copy.resolve("home/koprik.yaml");
        Files.writeString(
                settings, Files.readString(settings).replaceFirst("prefix: k[0-9a-f-]+", "prefix: " + prefix()));
        Home home = new Home(centres.folder().resolve("budapest-restored"));
        CommandResult result = CommandResult.of(home, "restore", copy.toString());
        assertEquals(0, result.code(), result::all);
        RunningCentre restored = centres.open(home).start();
        RunningCentre.await(
                RecallWorld.LONG,
                () -> RecallWorld.get(restored, "/api/recalls").path("recalls").size() == 3);
        RunningCentre.await(RecallWorld.LONG, () -> !RecallWorld.has(restored, withdrawn));
        RunningCentre.await(
                RecallWorld.LONG, () -> RecallWorld.marking(restored, narrowed).equals("TLP:AMBER"));
        RunningCentre.await(RecallWorld.LONG, () -> !signed(recall).equals(signed));
        RecallWorld.awaitState(tashkent.get(0), recall, "budapest", "done");
    }

    private String signed(String recall) throws Exception {
        return RecallWorld.row(tashkent.get(0), recall, "budapest")
                .path("signed")
                .asText();
    }
}
