package uz.koprik.gateway.recalls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.crypto.algorithm.SignatureAlgorithms;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.crypto.trust.KeyFile;
import uz.koprik.crypto.trust.Passphrase;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.feeds.FakePartner;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.Recall;
import uz.koprik.indicators.stix.RecallReceipt;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.StixReader;
import uz.koprik.indicators.stix.StixWriter;

/** Recalls towards partners that do not do what a centre of this version does. */
class RecallByFakePartnerTest {

    @RegisterExtension
    final Centres centres = new Centres();

    private final List<JsonObject> shown = new CopyOnWriteArrayList<>();
    private Vertx vertx;
    private RecallWorld world;
    private RunningCentre tashkent;
    private CentreKeys keys;
    private CentreCard card;
    private FakePartner seoul;

    @BeforeEach
    void start() throws Exception {
        vertx = Vertx.vertx();
        world = new RecallWorld(centres);
        tashkent = world.started("tashkent");
        Instant now = Instant.now();
        keys = CentreKeys.generate("seoul", SignatureAlgorithms.ALL.getFirst(), List.of("localhost"), now);
        seoul = new FakePartner(vertx, keys);
        card = CentreCard.issue("seoul", "seoul", "identity--" + UUID.randomUUID(), keys, seoul.endpoint(), now);
        tashkent.addPartner(card, List.of("--push"));
    }

    @AfterEach
    void close() throws Exception {
        seoul.stop();
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void anEarlierVersionGetsAPlainRevocationAndCannotConfirm() throws Exception {
        String id = world.submitted(tashkent, Tlp.GREEN, "198.51.100.20");
        RunningCentre.await(RecallWorld.LONG, () -> pushed(id, "198.51.100.20"));
        String recall = RecallWorld.recalled(tashkent, id);
        RecallWorld.awaitState(tashkent, recall, "seoul", "cannot_confirm");
        RunningCentre.await(RecallWorld.LONG, () -> pushed(id, "\"revoked\":true"));
        assertEquals(
                0,
                seoul.pushed.stream()
                        .filter(envelope -> envelope.contains("\"revoked\":true") && envelope.contains("198.51.100.20"))
                        .count(),
                "the revocation carries no content");
        assertEquals(0, tashkent.koprik("recall", "status").code(), "nobody who could confirm is missing");
        assertTrue(RecallWorld.good(tashkent, "recall", "status").contains("cannot confirm"));
    }

    /** As after a backup was restored from before the object: this centre has it from its partner alone. */
    @Test
    void whatThisCentreMadeAndAPartnerSentBackIsRecalledThereAsWell() throws Exception {
        String id = RunningCentre.freshId();
        Instant now = Instant.now();
        CentreKeys own = new KeyFile(tashkent.home().keyFile())
                .load(Passphrase.fromFile(tashkent.home().passphrase()));
        JsonObject object = StrictJson.parseObject(
                RunningCentre.indicator(id, "198.51.100.24", Tlp.RED, 1).getBytes(StandardCharsets.UTF_8));
        StixObject signed = StixWriter.signed(
                object.with("created_by_ref", new JsonString(RecallWorld.identity(tashkent))), own.signer(), now);
        RunningCentre.await(
                RecallWorld.LONG,
                () -> tashkent.client(keys)
                                .send(
                                        HttpRequest.newBuilder(URI.create(tashkent.taxii("collections/inbox/objects/")))
                                                .header("Content-Type", RunningCentre.TAXII)
                                                .header("Accept", RunningCentre.TAXII)
                                                .POST(HttpRequest.BodyPublishers.ofString(
                                                        RunningCentre.envelope(List.of(new String(
                                                                CanonicalJson.bytes(signed.json()),
                                                                StandardCharsets.UTF_8)))))
                                                .build(),
                                        HttpResponse.BodyHandlers.ofString())
                                .statusCode()
                        == 202);
        RecallWorld.awaitHas(tashkent, id);
        answerRecalls();
        String recall = RecallWorld.recalled(tashkent, id);
        RecallWorld.awaitState(tashkent, recall, "seoul", "done");
        RunningCentre.await(() -> !RecallWorld.has(tashkent, id));
    }

    /** Seoul answers recalls from now on, and everything else as before. */
    private void answerRecalls() {
        seoul.script = (request, body) -> {
            boolean recalls = request.path().equals(RecallExchange.PATH);
            if (recalls) {
                answer(request, body.getBytes());
            }
            return recalls;
        };
    }

    private boolean pushed(String id, String text) {
        return seoul.pushed.stream().anyMatch(envelope -> envelope.contains(id) && envelope.contains(text));
    }

    @Test
    void aPartnerThatStillShowsWhatItsReceiptSaysIsGoneIsFoundOut() throws Exception {
        String id = world.submitted(tashkent, Tlp.GREEN, "198.51.100.21");
        RunningCentre.await(RecallWorld.LONG, () -> pushed(id, "198.51.100.21"));
        byte[] signed = tashkent.adminClient().get("/api/objects/" + id).body();
        String object = CentreAnswers.parse(signed).path("object").toString();
        seoul.script = (request, body) -> {
            if (request.path().equals(RecallExchange.PATH)) {
                answer(request, body.getBytes());
                return true;
            }
            if (request.path().contains("/objects/" + id)) {
                FakePartner.json(request, 200, "{\"objects\":[" + object + "]}");
                return true;
            }
            return false;
        };
        String recall = RecallWorld.recalled(tashkent, id);
        RecallWorld.awaitState(tashkent, recall, "seoul", "contradicted");
        JsonNode status = RecallWorld.recall(tashkent, recall);
        assertEquals(0, status.path("confirmed").asInt(), status::toPrettyString);
        assertEquals(1, tashkent.koprik("recall", "status", recall).code());
    }

    @Test
    void aPartnerThatLiesAndShowsNothingIsBelieved() throws Exception {
        String id = world.submitted(tashkent, Tlp.GREEN, "198.51.100.22");
        RunningCentre.await(RecallWorld.LONG, () -> pushed(id, "198.51.100.22"));
        answerRecalls();
        String recall = RecallWorld.recalled(tashkent, id);
        RecallWorld.awaitState(tashkent, recall, "seoul", "done");
    }

    /** A partner makes up receipts of centres that are unknown here. They keep out nobody who is known. */
    @Test
    void madeUpReceiptsKeepNoTrueOneOut() throws Exception {
        String id = world.submitted(tashkent, Tlp.GREEN, "198.51.100.25");
        RunningCentre.await(RecallWorld.LONG, () -> pushed(id, "198.51.100.25"));
        String recall = RecallWorld.recalled(tashkent, id);
        Json shownRecall =
                RunningCentre.json(posted(keys, List.of())).items("pieces").getFirst();
        StixObject recalled = StixReader.again(CanonicalJson.bytes(shownRecall));
        CentreKeys others =
                CentreKeys.generate("vienna", SignatureAlgorithms.ALL.getFirst(), List.of("localhost"), Instant.now());
        CentreCard vienna =
                CentreCard.issue("vienna", "vienna", "identity--" + UUID.randomUUID(), others, "", Instant.now());
        Instant ahead = Instant.now().truncatedTo(ChronoUnit.MILLIS).plusSeconds(300);
        List<RecallReceipt.HandedOn> toVienna =
                List.of(new RecallReceipt.HandedOn("vienna", Optional.of(vienna.identity()), true));
        List<Json> lies = new ArrayList<>();
        lies.add(signed(recalled, id, vienna.identity(), ahead, List.of(), keys));
        for (int i = 0; i < 520; i++) {
            lies.add(signed(recalled, id, "identity--" + UUID.randomUUID(), ahead, List.of(), keys));
        }
        posted(keys, lies.subList(0, 300));
        posted(keys, lies.subList(300, lies.size()));
        tashkent.addPartner(vienna, List.of());
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        posted(others, List.of(signed(recalled, id, vienna.identity(), now, List.of(), others)));
        posted(keys, List.of(signed(recalled, id, card.identity(), now, toVienna, keys)));
        RecallWorld.awaitState(tashkent, recall, "seoul", "done");
        RecallWorld.awaitState(tashkent, recall, "vienna", "done");
    }

    private HttpResponse<String> posted(CentreKeys by, List<Json> pieces) throws Exception {
        JsonObject body = JsonObject.builder()
                .put("pieces", new JsonArray(pieces))
                .put("holds", new JsonArray(List.of()))
                .build();
        return tashkent.client(by)
                .send(
                        HttpRequest.newBuilder(URI.create(tashkent.url() + RecallExchange.PATH))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofByteArray(CanonicalJson.bytes(body)))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    /** A receipt that the object was given up. */
    private static Json signed(
            StixObject recall,
            String object,
            String centre,
            Instant at,
            List<RecallReceipt.HandedOn> handedOn,
            CentreKeys by) {
        RecallReceipt receipt = new RecallReceipt(
                RecallReceipt.TYPE + "--" + UUID.randomUUID(),
                at,
                centre,
                recall.id(),
                recall.digest(),
                object,
                RecallReceipt.Outcome.DONE,
                handedOn,
                "");
        return StixWriter.signed(receipt.json(), by.signer(), at).json();
    }

    @Test
    void aRecallOfSomebodyElseIsRefusedWithAReceipt() throws Exception {
        String id = world.submitted(tashkent, Tlp.GREEN, "198.51.100.23");
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Recall foreign = recall(id, card.identity(), now);
        Recall forged = recall(id, RecallWorld.identity(tashkent), now);
        List<Json> pieces = new ArrayList<>();
        for (Recall one : List.of(foreign, forged)) {
            pieces.add(StixWriter.signed(one.json(), keys.signer(), now).json());
        }
        JsonObject body = JsonObject.builder()
                .put("pieces", new JsonArray(pieces))
                .put("holds", new JsonArray(List.of()))
                .build();
        String answer = tashkent.client(keys)
                .send(
                        HttpRequest.newBuilder(URI.create(tashkent.url() + RecallExchange.PATH))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofByteArray(CanonicalJson.bytes(body)))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        List<RecallReceipt> receipts = new ArrayList<>();
        for (Json item :
                StrictJson.parseObject(answer.getBytes(StandardCharsets.UTF_8)).items("pieces")) {
            receipts.add(RecallReceipt.read(StixReader.read(CanonicalJson.bytes(item))));
        }
        assertEquals(
                List.of(RecallReceipt.Outcome.REFUSED, RecallReceipt.Outcome.REFUSED),
                receipts.stream().map(RecallReceipt::outcome).toList(),
                answer);
        assertTrue(receipts.getFirst().reason().contains("another centre made this object"), answer);
        assertTrue(receipts.getLast().reason().contains("its signature does not prove it"), answer);
        assertTrue(RecallWorld.has(tashkent, id));
        assertEquals(
                0, RecallWorld.get(tashkent, "/api/recalls").path("recalls").size());
    }

    private static Recall recall(String id, String producer, Instant now) {
        return new Recall(
                Recall.TYPE + "--" + UUID.randomUUID(),
                now,
                producer,
                id,
                now.toEpochMilli() * 1000,
                Recall.Act.WITHDRAW,
                Optional.empty(),
                "not mine");
    }

    /** Says of every recall that the object was given up. */
    private void answer(HttpServerRequest request, byte[] body) {
        try {
            JsonObject asked = StrictJson.parseObject(body);
            List<Json> receipts = new ArrayList<>();
            for (Json item : asked.items("pieces")) {
                shown.add((JsonObject) item);
            }
            for (JsonObject one : shown) {
                StixObject object = StixReader.again(CanonicalJson.bytes(one));
                Recall recall = Recall.read(object);
                Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
                RecallReceipt receipt = new RecallReceipt(
                        RecallReceipt.TYPE + "--" + UUID.randomUUID(),
                        now,
                        card.identity(),
                        recall.id(),
                        object.digest(),
                        recall.object(),
                        RecallReceipt.Outcome.DONE,
                        List.of(),
                        "");
                receipts.add(
                        StixWriter.signed(receipt.json(), keys.signer(), now).json());
            }
            shown.clear();
            FakePartner.json(
                    request,
                    200,
                    new String(
                            CanonicalJson.bytes(JsonObject.builder()
                                    .put("pieces", new JsonArray(receipts))
                                    .put("holds", new JsonArray(List.of()))
                                    .build()),
                            StandardCharsets.UTF_8));
        } catch (Exception broken) {
            FakePartner.json(request, 500, "{\"title\":\"" + Map.of("broken", broken) + "\"}");
        }
    }
}
