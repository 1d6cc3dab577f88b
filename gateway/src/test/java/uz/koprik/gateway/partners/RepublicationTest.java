package uz.koprik.gateway.partners;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uz.koprik.gateway.centre.RunningCentre.await;
import static uz.koprik.gateway.centre.RunningCentre.ok;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.crypto.algorithm.SignatureAlgorithms;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.CommandResult;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.intake.Objects;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.values.SignatureExtension;

/** What only a compromised key proves is proven again once its owner signs it by another key. */
class RepublicationTest {

    private static final String IDENTITY = "identity--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f";

    @RegisterExtension
    final Centres centres = new Centres();

    @Test
    void theOwnerPublishesAgainAndThePartnerShowsProvenObjects() throws Exception {
        RunningCentre tashkent =
                centres.init("tashkent").withAccount("sensor", Role.WRITER).start();
        RunningCentre budapest = centres.init("budapest").start();
        introduce(budapest, tashkent, "--pull", "--no-push");
        introduce(tashkent, budapest, "--no-pull", "--push");
        String identity =
                CentreCard.read(Files.readAllBytes(tashkent.home().ownCard())).identity();
        String before = Objects.id("indicator");
        submit(tashkent, Objects.indicator(before, identity, "before.example.com"));
        Instant moment =
                Instant.parse(show(tashkent, before).path("received").asText()).plus(1, ChronoUnit.MILLIS);
        await(() -> Instant.now().isAfter(moment));
        String own = Objects.id("indicator");
        String domain = Objects.id("domain-name");
        submit(tashkent, Objects.indicator(own, identity, "own.example.com"));
        submit(
                tashkent,
                "{\"type\":\"domain-name\",\"spec_version\":\"2.1\",\"id\":\"" + domain
                        + "\",\"value\":\"plain.example.com\",\"object_marking_refs\":[\""
                        + uz.koprik.indicators.policy.Markings.id(Tlp.GREEN) + "\"]}");
        String theirs = Objects.id("indicator");
        bySensor(
                tashkent,
                Objects.indicator(
                        theirs,
                        identity,
                        "[domain-name:value = 'theirs.example.com']",
                        "2026-11-01T00:00:00.000Z",
                        Tlp.GREEN));
        await(() -> isThere(budapest, own) && isThere(budapest, domain));

        CommandResult early = tashkent.koprik("key", "republish", "tashkent/1");
        assertEquals(1, early.code(), early::all);
        assertTrue(early.err().contains("is not revoked"), early::all);
        CommandResult revoked =
                tashkent.koprik("key", "revoke", "tashkent/1", "--compromised-since", moment.toString());
        assertEquals(0, revoked.code(), revoked::all);
        assertTrue(revoked.out().contains("koprik key republish"), revoked::all);
        introduce(budapest, tashkent, "--pull", "--no-push");
        await(() -> unproven(budapest, own)
                && unproven(budapest, domain)
                && unproven(tashkent, own)
                && unproven(tashkent, domain));
        CommandResult foreign = budapest.koprik("key", "republish", "tashkent/2", "--preview");
        assertEquals(1, foreign.code(), foreign::all);

        await(() ->
                tashkent.koprik("key", "republish", "tashkent/2", "--preview").code() == 0);
        CommandResult preview = tashkent.koprik("key", "republish", "tashkent/2", "--preview");
        assertTrue(preview.out().contains("2 objects would be published in new versions"), preview::all);
        assertTrue(preview.out().contains("1 objects would be signed again"), preview::all);
        assertTrue(unproven(tashkent, own) && unproven(tashkent, domain));

        String version = show(tashkent, own).path("version").asText();
        CommandResult done = tashkent.koprik("key", "republish", "tashkent/2");
        assertEquals(0, done.code(), done::all);
        assertFalse(unproven(tashkent, own) || unproven(tashkent, domain), done::all);
        assertTrue(version.compareTo(show(tashkent, own).path("version").asText()) < 0, "its \"modified\" is later");
        await(() -> !unproven(budapest, own) && !unproven(budapest, domain));
        assertEquals(
                show(tashkent, own).path("digest").asText(),
                show(budapest, own).path("digest").asText());
        CommandResult impact = tashkent.koprik("key", "impact", "tashkent/2");
        assertTrue(
                impact.out().lines().anyMatch(line -> line.contains(own) && line.endsWith("replaced by a later one")),
                impact::all);
        // An account that is no member of the centre still changes its own objects.
        bySensor(
                tashkent,
                Objects.indicator(
                        theirs,
                        identity,
                        "[domain-name:value = 'changed.example.com']",
                        Instant.now()
                                .truncatedTo(ChronoUnit.MILLIS)
                                .plusMillis(1)
                                .toString(),
                        Tlp.GREEN));
        CommandResult again = tashkent.koprik("key", "republish", "tashkent/2");
        assertTrue(again.out().startsWith("0 objects published in new versions"), again::all);
        assertTrue(again.out().contains("0 objects signed again"), again::all);
    }

    @Test
    void theSameVersionWithAGoodSignatureReplacesTheUnprovenOne() throws Exception {
        RunningCentre budapest = centres.init("budapest");
        Instant now = Instant.now();
        CentreKeys first = CentreKeys.generate("seoul", SignatureAlgorithms.ALL.getFirst(), List.of("localhost"), now);
        CentreKeys second = first.withSigning("seoul", "ES256", now);
        CentreCard both = CentreCard.issue(
                "seoul",
                "Seoul",
                IDENTITY,
                List.of(first.publicKey(), second.publicKey()),
                List.of(first.signingKey(), second.signingKey()),
                List.of(first.tlsPin()),
                "",
                now);
        Path card = Files.write(centres.folder().resolve("seoul.card"), both.bytes());
        CommandResult added = budapest.koprik(
                "partner",
                "add",
                card.toString(),
                "--no-pull",
                "--no-push",
                "--fingerprint",
                both.fingerprint().toString());
        assertEquals(0, added.code(), added::all);
        budapest.start();
        String id = Objects.id("indicator");
        String object = Objects.indicator(
                id, IDENTITY, "[domain-name:value = 'same.example.com']", "2026-11-01T00:00:00.000Z", Tlp.GREEN);
        String stolen = signed(object, first);
        String good = signed(object, second);
        submit(budapest, stolen);
        CommandResult revoked = budapest.koprik(
                "key",
                "revoke",
                "--compromised-since",
                "2026-01-01T00:00:00Z",
                "--",
                first.publicKey().kid());
        assertEquals(0, revoked.code(), revoked::all);
        await(() -> unproven(budapest, id));

        // Another signature that does not hold changes nothing.
        submit(budapest, good.replaceFirst("\"signature\":\"....", "\"signature\":\"AAAA"));
        assertTrue(unproven(budapest, id));
        submit(budapest, good);
        assertFalse(unproven(budapest, id));
        assertEquals(
                second.publicKey().kid(),
                show(budapest, id).path("signed_by").get(0).path("kid").asText());
        for (String repeated : List.of(good, stolen, good)) {
            submit(budapest, repeated);
        }
        JsonNode versions = ok(budapest.adminClient().get("/api/objects/" + id + "/versions"))
                .path("versions");
        assertEquals(2, versions.size(), versions::toString);
        String reader = budapest.account("reader", Role.READER, Tlp.GREEN);
        String page = budapest.get(budapest.taxii("collections/exchange/objects/"), reader)
                .body();
        assertEquals(2, page.split(id, -1).length, page);
        budapest.stop();
        budapest.start();
        assertFalse(unproven(budapest, id));
    }

    private static void bySensor(RunningCentre centre, String object) {
        JsonNode said = ok(centre.clientOf("sensor")
                .post(
                        "/api/objects",
                        "application/json",
                        ("{\"objects\":[" + object + "]}").getBytes(StandardCharsets.UTF_8)));
        assertEquals(1, said.path("accepted").asInt(), said::toString);
    }

    private static boolean isThere(RunningCentre centre, String id) {
        return centre.koprik("show", id).code() == 0;
    }

    private static boolean unproven(RunningCentre centre, String id) throws Exception {
        return show(centre, id).has("unproven");
    }

    private static JsonNode show(RunningCentre centre, String id) throws Exception {
        return ok(centre.adminClient().get("/api/objects/" + id));
    }

    private void submit(RunningCentre centre, String object) throws Exception {
        Path file = Files.writeString(centres.folder().resolve("object.json"), object);
        CommandResult submitted = centre.koprik("submit", file.toString());
        assertEquals(0, submitted.code(), submitted::all);
    }

    private static String signed(String object, CentreKeys keys) throws Exception {
        return new String(
                SignatureExtension.attach(
                        StrictJson.parseObject(object.getBytes(StandardCharsets.UTF_8)), keys.signer(), Instant.now()),
                StandardCharsets.UTF_8);
    }

    private void introduce(RunningCentre to, RunningCentre partner, String... options) throws Exception {
        Path file = centres.folder().resolve(partner.home().root().getFileName() + ".card");
        assertEquals(
                0,
                partner.koprik("partner", "card", "--output", file.toString()).code());
        String fingerprint =
                CentreCard.read(Files.readAllBytes(file)).fingerprint().toString();
        CommandResult added = to.koprik(java.util.stream.Stream.concat(
                        java.util.stream.Stream.of("partner", "add", file.toString(), "--fingerprint", fingerprint),
                        java.util.stream.Stream.of(options))
                .toArray(String[]::new));
        assertEquals(0, added.code(), added::all);
    }
}
