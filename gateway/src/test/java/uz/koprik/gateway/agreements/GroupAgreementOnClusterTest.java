package uz.koprik.gateway.agreements;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.crypto.trust.KeyFile;
import uz.koprik.crypto.trust.Passphrase;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.CommandResult;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.store.elasticsearch.ElasticNode;

/**
 * An agreement of three centres, one of which has two gateways on a real cluster. What one gateway proposes, signs or
 * ends, both show, and both give the partners the same.
 */
@Tag("long")
class GroupAgreementOnClusterTest {

    private static final Duration SOON = Duration.ofSeconds(40);
    private static final List<String> PARTNERS = List.of("budapest", "seoul");

    @RegisterExtension
    final Centres centres = new Centres();

    private List<RunningCentre> tashkent;
    private RunningCentre budapest;
    private RunningCentre seoul;
    private String amber;
    private String green;
    private String id;

    @Test
    void bothGatewaysShowTheSameAndGiveTheSameAtEachStep() throws Exception {
        tashkent = onCluster();
        budapest = started("budapest");
        seoul = started("seoul");
        for (RunningCentre gateway : tashkent) {
            gateway.addPartner(budapest, List.of());
            gateway.addPartner(seoul, List.of());
        }
        for (RunningCentre partner : List.of(budapest, seoul)) {
            partner.addPartner(tashkent.getFirst(), List.of("--pull"));
        }
        budapest.exchangeWith(seoul);
        amber = submitted(Tlp.AMBER);
        green = submitted(Tlp.GREEN);
        for (RunningCentre gateway : tashkent) {
            RunningCentre.await(() -> gateway.koprik("show", amber).code() == 0);
            RunningCentre.await(() -> gateway.koprik("show", green).code() == 0);
        }

        proposedAndSigned();
        changed();
        ended();
    }

    private void proposedAndSigned() throws Exception {
        id = GroupOfCentresTest.proposed(tashkent.get(1));
        awaitSame(List.of("proposed"));
        assertGiven(PARTNERS, List.of());
        accept(budapest);
        awaitSame(List.of("proposed"));
        for (RunningCentre gateway : tashkent) {
            RunningCentre.await(SOON, () -> signatures(gateway).contains("budapest signed"));
            RunningCentre.await(SOON, () -> signatures(gateway).contains("seoul missing"));
        }
        assertGiven(PARTNERS, List.of());
        accept(seoul);
        awaitSame(List.of("in_force"));
        awaitGiven(PARTNERS, List.of(amber, green));
        for (RunningCentre partner : List.of(budapest, seoul)) {
            RunningCentre.await(SOON, () -> partner.koprik("show", amber).code() == 0);
        }
    }

    private void changed() throws Exception {
        good(budapest, "agreement", "propose", "tashkent", "--change", id, "--max-tlp", "green");
        awaitSame(List.of("proposed", "in_force"));
        accept(seoul);
        accept(tashkent.get(0));
        awaitSame(List.of("in_force", "replaced"));
        awaitGiven(PARTNERS, List.of(green));
    }

    private void ended() throws Exception {
        good(seoul, "agreement", "terminate", id, "--reason", "reorganised");
        for (RunningCentre gateway : tashkent) {
            RunningCentre.await(SOON, () -> signatures(gateway).contains("seoul leaves"));
            assertEquals(List.of("in_force", "replaced"), states(gateway));
        }
        awaitGiven(List.of("seoul"), List.of());
        assertGiven(List.of("budapest"), List.of(green));
        good(tashkent.get(1), "agreement", "terminate", id, "--reason", "reorganised");
        for (RunningCentre centre : all()) {
            RunningCentre.await(SOON, () -> states(centre).equals(List.of("terminated", "replaced")));
        }
        awaitGiven(PARTNERS, List.of());
        String after = submitted(Tlp.GREEN);
        RunningCentre.await(() -> tashkent.get(1).koprik("show", after).code() == 0);
        awaitGiven(PARTNERS, List.of());
    }

    /** Two gateways of a centre, whose homes are copies. */
    private List<RunningCentre> onCluster() throws Exception {
        RunningCentre one = centres.init("tashkent")
                .withConfig("required: false", "required: true")
                .withConfig("kind: lucene", "kind: elasticsearch")
                .withConfig(
                        "[\"https://localhost:9200\"]",
                        "[\"" + ElasticNode.shared().url() + "\"]")
                .withConfig("prefix: koprik", "prefix: k" + UUID.randomUUID())
                .withConfig("replicas: 1", "replicas: 0")
                .withConfig("lease: 10s", "lease: 2s");
        RunningCentre two = centres.copy(one, "tashkent-two");
        return List.of(one.start(), two.start());
    }

    private RunningCentre started(String name) throws Exception {
        return centres.init(name)
                .withConfig("required: false", "required: true")
                .withConfig("poll_interval: 30s", "poll_interval: 1s")
                .start();
    }

    private List<RunningCentre> all() {
        return List.of(tashkent.get(0), tashkent.get(1), budapest, seoul);
    }

    /** Waits until all gateways of all parties are in these states, and checks that they show one text. */
    private void awaitSame(List<String> states) throws Exception {
        for (RunningCentre centre : all()) {
            RunningCentre.await(SOON, () -> states(centre).equals(states));
            assertEquals(version(seoul).path("text"), version(centre).path("text"));
            assertEquals(version(seoul).path("sha256"), version(centre).path("sha256"));
        }
    }

    /** What a gateway says of each party, in the latest version. */
    private List<String> signatures(RunningCentre gateway) throws Exception {
        List<String> found = new ArrayList<>();
        for (JsonNode one : version(gateway).path("signatures")) {
            String party = one.path("party").asText() + " ";
            found.add(party + one.path("state").asText());
            if (one.has("leaves")) {
                found.add(party + "leaves");
            }
        }
        return found;
    }

    private void awaitGiven(List<String> partners, List<String> ids) throws Exception {
        for (RunningCentre gateway : tashkent) {
            for (String partner : partners) {
                RunningCentre.await(SOON, () -> given(gateway, partner).equals(ids));
            }
        }
        assertGiven(partners, ids);
    }

    private void assertGiven(List<String> partners, List<String> ids) throws Exception {
        for (RunningCentre gateway : tashkent) {
            for (String partner : partners) {
                assertEquals(ids, given(gateway, partner), gateway + " to " + partner);
                for (String object : List.of(amber, green)) {
                    JsonNode explained =
                            RunningCentre.ok(gateway.adminClient().get("/api/explain?to=" + partner + "&id=" + object));
                    assertEquals(
                            ids.contains(object), explained.path("released").asBoolean(), explained::toPrettyString);
                }
            }
        }
    }

    /** What of both the partner is given by a gateway, when it asks with its own key. */
    private List<String> given(RunningCentre gateway, String partner) throws Exception {
        RunningCentre asks = partner.equals("seoul") ? seoul : budapest;
        HttpClient client = gateway.client(new KeyFile(asks.home().keyFile())
                .load(Passphrase.fromFile(asks.home().passphrase())));
        try (client) {
            String page = RunningCentre.send(
                            client,
                            HttpRequest.newBuilder(URI.create(gateway.taxii("collections/exchange/objects/")))
                                    .header("Accept", RunningCentre.TAXII),
                            null)
                    .body();
            assertTrue(page.startsWith("{"), page);
            return List.of(amber, green).stream().filter(page::contains).toList();
        }
    }

    private void accept(RunningCentre centre) throws Exception {
        RunningCentre.await(SOON, () -> states(centre).getFirst().equals("proposed"));
        good(centre, "agreement", "accept", id);
    }

    private JsonNode version(RunningCentre centre) throws Exception {
        CentreClient.Reply reply = centre.adminClient().get("/api/agreements/" + id);
        return reply.status() == 404
                ? MissingNode.getInstance()
                : RunningCentre.ok(reply).path("versions").path(0);
    }

    private List<String> states(RunningCentre centre) throws Exception {
        CentreClient.Reply reply = centre.adminClient().get("/api/agreements/" + id);
        List<String> states = new ArrayList<>();
        if (reply.status() != 404) {
            RunningCentre.ok(reply)
                    .path("versions")
                    .forEach(version -> states.add(version.path("state").asText()));
        }
        return states;
    }

    private String submitted(Tlp tlp) throws Exception {
        String object = RunningCentre.freshId();
        RunningCentre first = tashkent.getFirst();
        String identity =
                CentreCard.read(Files.readAllBytes(first.home().ownCard())).identity();
        Path file = Files.writeString(
                centres.folder().resolve(object + ".json"),
                RunningCentre.indicator(object, "198.51.100.7", tlp, 1)
                        .replace("\"spec_version\"", "\"created_by_ref\":\"" + identity + "\",\"spec_version\""));
        good(first, "submit", file.toString());
        return object;
    }

    private static String good(RunningCentre centre, String... arguments) {
        CommandResult result = centre.koprik(arguments);
        assertEquals(0, result.code(), result::all);
        return result.out();
    }
}
