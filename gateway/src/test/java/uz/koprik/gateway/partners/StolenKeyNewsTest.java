package uz.koprik.gateway.partners;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.CommandResult;
import uz.koprik.gateway.centre.Gateway;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.intake.Objects;
import uz.koprik.indicators.stix.values.SignatureExtension;

/** A new card reaches partners at once, although they look for cards once a day and nothing else is exchanged. */
class StolenKeyNewsTest {

    private static final String CARD_REQUESTS = "koprik_http_requests_seconds_count{method=\"GET\","
            + "route=\"/.well-known/koprik-card.json\",status=\"200\"}";

    @RegisterExtension
    final Centres centres = new Centres();

    /** Budapest has a feed from Tashkent, Seoul exchanges nothing; both know a second key of Tashkent. */
    @Test
    void partnersMarkWhatCameAfterWhenTheOwnerRevokesAndNobodyTouchesThem() throws Exception {
        RunningCentre tashkent = centres.init("tashkent").start();
        good(tashkent, "key", "announce");
        List<RunningCentre> partners =
                List.of(centres.init("budapest").start(), centres.init("seoul").start());
        introduce(partners.get(0), tashkent, "--pull", "--no-push");
        introduce(partners.get(1), tashkent, "--no-pull", "--no-push");
        for (RunningCentre partner : partners) {
            introduce(tashkent, partner, "--no-pull", "--no-push");
        }
        CentreKeys stolen = Gateway.keys(tashkent.home());
        String identity = card(tashkent).identity();
        String before = Objects.id("indicator");
        for (RunningCentre partner : partners) {
            submit(partner, signed(Objects.indicator(before, identity, "before.example.com"), stolen));
        }
        Instant moment = firstSeen(partners.get(0), before);
        Instant other = firstSeen(partners.get(1), before);
        moment = (other.isAfter(moment) ? other : moment).plus(1, ChronoUnit.MILLIS);
        String forged = Objects.id("indicator");
        for (RunningCentre partner : partners) {
            submit(partner, signed(Objects.indicator(forged, identity, "forged.example.com"), stolen));
        }

        Instant revoked = Instant.now();
        good(tashkent, "key", "revoke", stolen.publicKey().kid(), "--compromised-since", moment.toString());
        for (RunningCentre partner : partners) {
            within(revoked, () -> show(partner, forged).has("unproven"));
            assertFalse(show(partner, before).has("unproven"));
            assertEquals(
                    0, partner.koprik("verify", raw(partner, before).toString()).code());
            CommandResult verified =
                    partner.koprik("verify", raw(partner, forged).toString());
            assertEquals(1, verified.code(), verified::all);
            assertTrue(verified.out().startsWith("NOT PROVEN"), verified::all);
            assertEquals(0, partner.koprik("partner", "status", "tashkent").code());
        }
    }

    @Test
    void operatorsHearAtOnceOfARevocationThatNeedsAFingerprint() throws Exception {
        RunningCentre tashkent = centres.init("tashkent").start();
        RunningCentre budapest = centres.init("budapest").start();
        introduce(budapest, tashkent, "--no-pull", "--no-push");
        introduce(tashkent, budapest, "--no-pull", "--no-push");
        CentreKeys stolen = Gateway.keys(tashkent.home());
        String identity = card(tashkent).identity();
        Instant moment = Instant.now().minusSeconds(60);
        String forged = Objects.id("indicator");
        submit(budapest, signed(Objects.indicator(forged, identity, "forged.example.com"), stolen));
        assertEquals(0, metric(budapest, "koprik_partner_card_waits{partner=\"tashkent\"}"));

        Instant revoked = Instant.now();
        good(tashkent, "key", "revoke", "tashkent/1", "--compromised-since", moment.toString());
        within(revoked, () -> metric(budapest, "koprik_partner_card_waits{partner=\"tashkent\"}") == 1);
        CommandResult status = budapest.koprik("partner", "status", "tashkent");
        assertEquals(1, status.code(), status::all);
        assertTrue(
                status.out()
                        .contains("with the fingerprint " + card(tashkent).fingerprint()
                                + ", which says that the key "
                                + stolen.publicKey().kid() + " is compromised since "
                                + moment),
                status::all);
        assertFalse(show(budapest, forged).has("unproven"));

        Instant taken = Instant.now();
        introduce(budapest, tashkent, "--no-pull", "--no-push");
        within(taken, () -> show(budapest, forged).has("unproven"));
        within(taken, () -> budapest.koprik("partner", "status", "tashkent").code() == 0);
        assertEquals(0, metric(budapest, "koprik_partner_card_waits{partner=\"tashkent\"}"));
    }

    @Test
    void aNumberTooHighToBeTrueMakesOneFetch() throws Exception {
        RunningCentre tashkent = centres.init("tashkent").start();
        RunningCentre budapest = centres.init("budapest").start();
        introduce(budapest, tashkent, "--no-pull", "--no-push");
        double before = metric(tashkent, CARD_REQUESTS);
        HttpClient client = budapest.client(Gateway.keys(tashkent.home()));
        URI root = URI.create(budapest.taxii("/"));
        RunningCentre.await(() ->
                RunningCentre.send(client, HttpRequest.newBuilder(root), null).statusCode()
                        == 200); // a running centre notices the new partner within a second
        for (int i = 0; i < 100; i++) {
            HttpResponse<String> answer = RunningCentre.send(
                    client, HttpRequest.newBuilder(root).header(CardNews.HEADER, "999999999999999"), null);
            assertEquals(200, answer.statusCode(), answer.body());
            assertEquals(
                    Long.toString(card(budapest).sequence()),
                    answer.headers().firstValue(CardNews.HEADER).orElseThrow());
            if (i == 0) {
                RunningCentre.await(() -> metric(tashkent, CARD_REQUESTS) == before + 1);
            }
        }
        assertEquals(before + 1, metric(tashkent, CARD_REQUESTS));
        HttpResponse<String> account = budapest.get(root.toString(), budapest.admin());
        assertTrue(account.headers().firstValue(CardNews.HEADER).isEmpty(), "an account is no partner");
    }

    /** Sixty seconds after {@code since}. */
    private static void within(Instant since, RunningCentre.Condition condition) throws Exception {
        while (!condition.holds()) {
            assertTrue(Instant.now().isBefore(since.plusSeconds(60)), "not within a minute");
            Thread.sleep(100);
        }
    }

    private void introduce(RunningCentre here, RunningCentre other, String... options) throws Exception {
        Path file = centres.folder().resolve(other.home().root().getFileName() + ".card");
        good(other, "partner", "card", "--output", file.toString());
        List<String> line = new ArrayList<>(List.of("partner", "add", file.toString(), "--fingerprint"));
        line.add(card(other).fingerprint().toString());
        line.addAll(List.of(options));
        good(here, line.toArray(String[]::new));
    }

    private static void good(RunningCentre centre, String... arguments) {
        CommandResult result = centre.koprik(arguments);
        assertEquals(0, result.code(), result::all);
    }

    private static CentreCard card(RunningCentre centre) throws Exception {
        return CentreCard.read(Files.readAllBytes(centre.home().ownCard()));
    }

    private static double metric(RunningCentre centre, String name) throws Exception {
        return centre.metric(name);
    }

    private static JsonNode show(RunningCentre centre, String id) {
        try {
            return RunningCentre.ok(centre.adminClient().get("/api/objects/" + id));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Instant firstSeen(RunningCentre centre, String id) {
        return Instant.parse(show(centre, id).path("received").asText());
    }

    private Path raw(RunningCentre centre, String id) throws Exception {
        return Files.writeString(
                centres.folder().resolve(id + ".json"),
                centre.koprik("show", id, "--raw").out());
    }

    private static String signed(String object, CentreKeys keys) throws Exception {
        return new String(
                SignatureExtension.attach(
                        StrictJson.parseObject(object.getBytes(StandardCharsets.UTF_8)), keys.signer(), Instant.now()),
                StandardCharsets.UTF_8);
    }

    /** A running centre notices a partner that was added within a second; until then the signer is unknown. */
    private void submit(RunningCentre centre, String object) throws Exception {
        Path file = Files.writeString(centres.folder().resolve("object.json"), object);
        RunningCentre.await(() -> {
            CommandResult result = centre.koprik("submit", file.toString());
            assertTrue(result.code() == 0 || result.all().contains("is on no trust list"), result::all);
            return result.code() == 0;
        });
    }
}
