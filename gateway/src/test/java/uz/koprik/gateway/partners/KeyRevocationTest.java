package uz.koprik.gateway.partners;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.crypto.algorithm.SignatureAlgorithms;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.crypto.trust.CardContents;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.crypto.trust.CompromisedKey;
import uz.koprik.crypto.trust.KeyFile;
import uz.koprik.crypto.trust.Passphrase;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.CommandResult;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.intake.Objects;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.values.SignatureExtension;

/** A key is stolen: what its owner and a partner do, and what becomes of the objects. */
class KeyRevocationTest {

    private static final String IDENTITY = "identity--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f";

    @RegisterExtension
    final Centres centres = new Centres();

    /** The procedure of docs/running.md for a lost key, from start to end. */
    @Test
    void aStolenKeyIsRevokedAtItsOwnerAndPartnersMarkWhatCameAfter() throws Exception {
        RunningCentre tashkent = centres.init("tashkent").start();
        RunningCentre budapest = centres.init("budapest").start();
        introduce(budapest, tashkent, "--pull", "--no-push");
        introduce(tashkent, budapest, "--no-pull", "--push");
        String identity = card(tashkent).identity();
        CentreKeys stolen = keys(tashkent);
        String before = Objects.id("indicator");
        submit(tashkent, Objects.indicator(before, identity, "before.example.com"));
        until(() -> budapest.koprik("show", before).code() == 0);

        Instant moment = firstSeen(budapest, before).plus(1, ChronoUnit.MILLIS);
        String forged = Objects.id("indicator");
        submit(budapest, signed(Objects.indicator(forged, identity, "forged.example.com"), stolen));
        String own = Objects.id("indicator");
        submit(tashkent, Objects.indicator(own, identity, "own.example.com"));
        until(() -> budapest.koprik("show", own).code() == 0);

        // Step 1: the owner revokes. The new key signs at once, in the running centre too.
        CommandResult revoked = tashkent.koprik(
                "key", "revoke", "tashkent/1", "--compromised-since", moment.toString(), "--reason", "a stolen backup");
        assertEquals(0, revoked.code(), revoked::all);
        assertTrue(revoked.out().contains("signs with the new key"), revoked::all);
        String fresh = keys(tashkent).publicKey().kid();
        Set<String> probes = new TreeSet<>();
        until(() -> {
            String probe = Objects.id("indicator");
            probes.add(probe);
            submit(tashkent, Objects.indicator(probe, identity, "probe.example.com"));
            return show(tashkent, probe)
                    .path("signed_by")
                    .get(0)
                    .path("kid")
                    .asText()
                    .equals(fresh);
        });
        String after = Objects.id("indicator");
        submit(tashkent, Objects.indicator(after, identity, "after.example.com"));
        assertUnproven(tashkent, own);
        assertProven(tashkent, before, after);

        // Step 2: the partner takes the card that the new key signs, when the fingerprint read aloud is right.
        Path file = cardFile(tashkent);
        CommandResult unasked = budapest.koprik("partner", "add", file.toString());
        assertEquals(2, unasked.code(), unasked::all);
        assertProven(budapest, before, forged, own);
        CommandResult taken =
                budapest.koprik("partner", "add", file.toString(), "--fingerprint", fingerprint(tashkent));
        assertEquals(0, taken.code(), taken::all);
        assertTrue(taken.out().contains("is compromised since " + moment), taken::all);

        // Step 3: exactly what was seen after the moment is marked, and what the new key signs arrives.
        until(() -> show(budapest, forged).has("unproven"));
        assertUnproven(budapest, forged, own);
        assertProven(budapest, before);
        until(() -> budapest.koprik("show", after).code() == 0, () -> tashkent.koprik("partner", "status")
                .all());
        assertProven(budapest, after);
        // A probe from before the running centre noticed the new key is signed by the stolen one, and may have arrived.
        Set<String> impact = impact(budapest, stolen.publicKey().kid());
        String listed = budapest.koprik("key", "impact", "tashkent/2").out();
        assertTrue(listed.contains("forged.example.com") && listed.contains(impact.size() + " objects"), listed);
        impact.removeAll(probes);
        assertEquals(Set.of(forged, own), impact);

        // Wherever objects appear.
        JsonNode hits = RunningCentre.ok(budapest.adminClient().get("/api/search?q=forged.example.com"));
        assertTrue(hits.path("hits").get(0).has("unproven"), hits::toString);
        assertTrue(
                budapest.koprik("search", "forged.example.com").out().contains("NOT PROVEN"),
                () -> budapest.koprik("search", "forged.example.com").all());
        assertTrue(budapest.koprik("show", forged).out().contains("NOT PROVEN any more: key "));
        JsonNode values = RunningCentre.ok(budapest.adminClient()
                .post(
                        "/api/search/values",
                        "text/plain",
                        "forged.example.com before.example.com".getBytes(StandardCharsets.UTF_8)));
        assertEquals(1, values.findParents("unproven").size(), values::toString);
        CommandResult exported = budapest.koprik("export", "--format", "blocklist", "--tlp", "green");
        assertTrue(exported.out().contains("before.example.com"), exported::all);
        assertFalse(exported.out().contains("forged.example.com"), exported::all);
        String reader = budapest.account("reader", Role.READER, Tlp.GREEN);
        String page = budapest.get(budapest.taxii("collections/exchange/objects/"), reader)
                .body();
        assertTrue(page.contains(before) && page.contains(after), page);
        assertFalse(page.contains(forged) || page.contains(own), page);
        CommandResult explained = budapest.koprik("explain", forged, "--to", "tashkent");
        assertTrue(explained.out().contains("it is not passed on"), explained::all);

        // Offline, each object by itself.
        assertVerified(budapest, true, before, after);
        assertVerified(budapest, false, forged, own);
        CommandResult asserted = budapest.koprik(
                "verify",
                raw(budapest, forged).toString(),
                "--at",
                moment.minusSeconds(1).toString());
        assertEquals(0, asserted.code(), asserted::all);

        // A card of the thief is refused, and a restart changes nothing.
        Path thief = Files.write(
                centres.folder().resolve("thief.card"),
                CentreCard.issue("tashkent", "Tashkent", identity, stolen, "", Instant.now())
                        .bytes());
        CommandResult refused = budapest.koprik(
                "partner",
                "add",
                thief.toString(),
                "--fingerprint",
                CentreCard.read(Files.readAllBytes(thief)).fingerprint().toString());
        assertEquals(1, refused.code(), refused::all);
        assertTrue(refused.err().contains("is compromised since"), refused::all);
        budapest.stop();
        budapest.start();
        assertUnproven(budapest, forged, own);
        assertProven(budapest, before, after);
        tashkent.stop();
        tashkent.start();
        assertUnproven(tashkent, own);
    }

    @Test
    void aGoodSecondKeyRevokesWithoutAFingerprint() throws Exception {
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
        assertEquals(0, add(budapest, both, both.fingerprint().toString()).code());
        CentreCard revoking = CentreCard.issue(
                new CardContents("seoul", "Seoul", IDENTITY, List.of(second.publicKey()), List.of(first.tlsPin()), "")
                        .withCompromised(
                                List.of(new CompromisedKey(first.publicKey().kid(), now.minusSeconds(60)))),
                List.of(second.signingKey()),
                2,
                Instant.now());
        CommandResult taken = add(budapest, revoking, null);
        assertEquals(0, taken.code(), taken::all);
        assertTrue(taken.out().contains("no fingerprint was needed"), taken::all);
        budapest.start();
        CommandResult listed =
                budapest.koprik("key", "impact", "--", first.publicKey().kid().substring(0, 8));
        assertEquals(0, listed.code(), listed::all);
        assertTrue(listed.out().contains("compromised since"), listed::all);
        assertTrue(listed.out().contains("0 objects"), listed::all);
        CommandResult unclear = budapest.koprik("key", "impact", "nobody");
        assertEquals(1, unclear.code(), unclear::all);
        assertTrue(unclear.err().contains("seoul/1") && unclear.err().contains("budapest/1"), unclear::all);
    }

    @Test
    void theOperatorsOfAPartnerRevokeItsKeyThemselves() throws Exception {
        RunningCentre budapest = centres.init("budapest");
        CentreKeys keys = budapest.partner("seoul", true);
        budapest.start();
        String identity = identity(budapest, keys);
        String object = Objects.id("indicator");
        submit(budapest, signed(Objects.indicator(object, identity, "seoul.example.com"), keys));
        CommandResult ahead =
                budapest.koprik("key", "revoke", "seoul/1", "--compromised-since", "2099-01-01T00:00:00Z");
        assertEquals(2, ahead.code(), ahead::all);
        CommandResult revoked = budapest.koprik(
                "key",
                "revoke",
                "--compromised-since",
                "2026-01-01T00:00:00Z",
                "--",
                keys.publicKey().kid().substring(0, 10));
        assertEquals(0, revoked.code(), revoked::all);
        until(() -> show(budapest, object).has("unproven"));
        assertEquals(Set.of(object), impact(budapest, "seoul/1"));
        CommandResult later = budapest.koprik(
                "key", "revoke", "seoul/1", "--compromised-since", Instant.now().toString());
        assertTrue(later.out().contains("and not since 2026-01-01T00:00:00Z as said before"), later::all);
        until(() -> !show(budapest, object).has("unproven"));
    }

    @Test
    void aRemovedPartnerStaysProvenAndComesBack() throws Exception {
        RunningCentre budapest = centres.init("budapest");
        CentreKeys keys = budapest.partner("seoul", true);
        budapest.start();
        String identity = identity(budapest, keys);
        String before = Objects.id("indicator");
        submit(budapest, signed(Objects.indicator(before, identity, "before.example.com"), keys));
        assertEquals(0, budapest.koprik("partner", "remove", "seoul").code());
        until(() -> !budapest.koprik("key", "impact", "nobody").err().contains("valid from")
                || budapest.koprik("key", "impact", "nobody").err().contains("removed"));
        Path file = Files.writeString(
                centres.folder().resolve("later.json"),
                signed(Objects.indicator(Objects.id("indicator"), identity, "later.example.com"), keys));
        CommandResult refused = budapest.koprik("submit", file.toString());
        assertEquals(1, refused.code(), refused::all);
        assertTrue(refused.all().contains("before that centre was removed"), refused::all);
        assertProven(budapest, before);
        assertVerified(budapest, true, before);
        CommandResult offline = budapest.koprik("verify", file.toString());
        assertEquals(1, offline.code(), offline::all);
        assertTrue(offline.out().contains("--at"), offline::all);
        CentreCard again = CentreCard.issue("seoul", "Seoul", identity, keys, "", Instant.now());
        until(() -> add(budapest, again, again.fingerprint().toString()).code() == 0);
        until(() -> budapest.koprik("submit", file.toString()).code() == 0);
    }

    private String identity(RunningCentre centre, CentreKeys keys) throws Exception {
        return uz.koprik.crypto.trust.TrustList.read(
                        Files.readAllBytes(centre.home().trust()),
                        keys(centre).publicKey().kid())
                .key(keys.publicKey().kid())
                .orElseThrow()
                .centre()
                .identity();
    }

    private static void assertUnproven(RunningCentre centre, String... ids) {
        for (String id : ids) {
            JsonNode object = show(centre, id);
            assertTrue(object.has("unproven"), object::toString);
            assertTrue(object.path("verification").asText().startsWith("NOT PROVEN any more"), object::toString);
        }
    }

    private static void assertProven(RunningCentre centre, String... ids) {
        for (String id : ids) {
            JsonNode object = show(centre, id);
            assertFalse(object.has("unproven"), object::toString);
        }
    }

    private void assertVerified(RunningCentre centre, boolean proven, String... ids) throws Exception {
        for (String id : ids) {
            CommandResult said = centre.koprik("verify", raw(centre, id).toString());
            assertEquals(proven ? 0 : 1, said.code(), said::all);
            assertTrue(said.out().startsWith(proven ? "proven" : "NOT PROVEN"), said::all);
        }
    }

    private Path raw(RunningCentre centre, String id) throws Exception {
        return Files.writeString(
                centres.folder().resolve(id + ".json"),
                centre.koprik("show", id, "--raw").out());
    }

    private static JsonNode show(RunningCentre centre, String id) {
        try {
            return RunningCentre.ok(centre.adminClient().get("/api/objects/" + id));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Instant firstSeen(RunningCentre centre, String id) {
        return Instant.parse(show(centre, id).path("received").asText());
    }

    private static Set<String> impact(RunningCentre centre, String key) throws Exception {
        Set<String> ids = new TreeSet<>();
        RunningCentre.ok(centre.adminClient().get("/api/keys/impact?key=" + key.replace("/", "%2F")))
                .path("objects")
                .forEach(object -> ids.add(object.path("id").asText()));
        return ids;
    }

    private static String signed(String object, CentreKeys keys) throws Exception {
        return new String(
                SignatureExtension.attach(
                        StrictJson.parseObject(object.getBytes(StandardCharsets.UTF_8)), keys.signer(), Instant.now()),
                StandardCharsets.UTF_8);
    }

    private void submit(RunningCentre centre, String object) throws Exception {
        Path file = Files.writeString(centres.folder().resolve("object.json"), object);
        CommandResult submitted = centre.koprik("submit", file.toString());
        assertEquals(0, submitted.code(), submitted::all);
    }

    private static CentreKeys keys(RunningCentre centre) throws Exception {
        return new KeyFile(centre.home().keyFile())
                .load(Passphrase.fromFile(centre.home().passphrase()));
    }

    private static CentreCard card(RunningCentre centre) throws Exception {
        return CentreCard.read(Files.readAllBytes(centre.home().ownCard()));
    }

    private CommandResult add(RunningCentre to, CentreCard card, String fingerprint) throws Exception {
        Path file = Files.write(centres.folder().resolve("some.card"), card.bytes());
        return fingerprint == null
                ? to.koprik("partner", "add", file.toString(), "--no-pull", "--no-push")
                : to.koprik("partner", "add", file.toString(), "--no-pull", "--no-push", "--fingerprint", fingerprint);
    }

    private void introduce(RunningCentre to, RunningCentre partner, String... options) throws Exception {
        CommandResult added = to.koprik(java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(
                                "partner", "add", cardFile(partner).toString(), "--fingerprint", fingerprint(partner)),
                        java.util.stream.Stream.of(options))
                .toArray(String[]::new));
        assertEquals(0, added.code(), added::all);
    }

    private Path cardFile(RunningCentre centre) {
        Path file = centres.folder().resolve(centre.home().root().getFileName() + ".card");
        CommandResult written = centre.koprik("partner", "card", "--output", file.toString());
        assertEquals(0, written.code(), written::all);
        return file;
    }

    private static String fingerprint(RunningCentre centre) {
        Matcher found = Pattern.compile("[0-9A-Z]{4}(-[0-9A-Z]{4}){3}")
                .matcher(centre.koprik("partner", "card").err());
        assertTrue(found.find());
        return found.group();
    }

    private static void until(RunningCentre.Condition condition) throws Exception {
        RunningCentre.await(condition);
    }

    private static void until(RunningCentre.Condition condition, Callable<String> otherwise) throws Exception {
        try {
            RunningCentre.await(condition);
        } catch (AssertionError late) {
            throw new AssertionError(otherwise.call(), late);
        }
    }
}
