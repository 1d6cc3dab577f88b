package uz.koprik.gateway.renewal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.crypto.pkcs11.SoftHsm;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.CommandResult;
import uz.koprik.gateway.centre.Gateway;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.centre.StartFailure;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.config.ConfigFile;
import uz.koprik.gateway.intake.Objects;

/** A centre whose signing key is on a PKCS#11 token, SoftHSM2. */
class TokenCentreTest {

    @RegisterExtension
    final Centres centres = new Centres();

    private String label;
    private Path token;

    @BeforeEach
    void makeToken(TestInfo test) throws Exception {
        SoftHsm.require();
        String name = test.getTestMethod().orElseThrow().getName();
        label = name.substring(0, Math.min(30, name.length()));
        token = SoftHsm.token(label);
    }

    private static CentreKeys keys(RunningCentre centre) throws Exception {
        return Gateway.keys(centre.home());
    }

    private static String kid(RunningCentre centre) throws Exception {
        return keys(centre).publicKey().kid();
    }

    private static String good(RunningCentre centre, String... arguments) {
        CommandResult result = centre.koprik(arguments);
        assertEquals(0, result.code(), result::all);
        return result.out();
    }

    private static void refused(RunningCentre centre, int code, String why, String... arguments) {
        CommandResult result = centre.koprik(arguments);
        assertEquals(code, result.code(), result::all);
        assertTrue(result.err().contains(why), result::all);
        assertFalse(result.all().contains(SoftHsm.PIN), result::all);
    }

    private static CentreClient.Reply submit(RunningCentre centre, String id, String value) throws Exception {
        String identity =
                CentreCard.read(Files.readAllBytes(centre.home().ownCard())).identity();
        return centre.adminClient()
                .post(
                        "/api/objects",
                        "application/json",
                        RunningCentre.envelope(List.of(Objects.indicator(id, identity, value)))
                                .getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode show(RunningCentre centre, String id) throws Exception {
        return RunningCentre.ok(centre.adminClient().get("/api/objects/" + id));
    }

    private static String signer(RunningCentre centre, String id) throws Exception {
        return show(centre, id).path("signed_by").get(0).path("kid").asText();
    }

    private static JsonNode listed(RunningCentre centre, String kid) {
        for (JsonNode key :
                CentreAnswers.parse(good(centre, "key", "list", "--json").getBytes(StandardCharsets.UTF_8))) {
            if (key.path("kid").asText().equals(kid)) {
                return key;
            }
        }
        throw new AssertionError(kid + " is not listed");
    }

    private RunningCentre onToken() throws Exception {
        RunningCentre centre = centres.init("tashkent");
        TokenHome.use(centre.home().root(), label);
        good(centre, "key", "announce", "--pkcs11");
        good(centre, "key", "rotate", "--now");
        return centre;
    }

    /** Nobody renews it, so the centre does, and the key does not leave the token. */
    @Test
    void theNextKeyOfARenewalIsOnTheTokenToo() throws Exception {
        RunningCentre centre = onToken();
        CentreKeys present = Gateway.keys(centre.home());
        assertTrue(new KeyRenewal(
                        centre.home(),
                        ConfigFile.read(centre.home().config()),
                        () -> present,
                        Gateway.passphrase(centre.home()))
                .tend(present.publicKey().validUntil().minusSeconds(1)));
        String next = Gateway.keys(centre.home()).nextSigning().orElseThrow().kid();
        assertEquals(
                "the PKCS#11 token " + label,
                listed(centre, next).path("private_key").asText());
    }

    @Test
    void aRunningCentreMovesToATokenAndKeepsItsProof() throws Exception {
        RunningCentre centre = centres.init("tashkent").start();
        String inFile = kid(centre);
        String before = Objects.id("indicator");
        RunningCentre.ok(submit(centre, before, "before.example.com"));

        TokenHome.use(centre.home().root(), label);
        String said = good(centre, "key", "announce", "--pkcs11");
        assertTrue(said.contains(" on the PKCS#11 token " + label + ";"), said);
        good(centre, "key", "rotate", "--now");
        String onToken = kid(centre);
        RunningCentre.await(() -> {
            String probe = Objects.id("indicator");
            RunningCentre.ok(submit(centre, probe, "probe.example.com"));
            return signer(centre, probe).equals(onToken);
        });
        assertEquals("ES256", listed(centre, onToken).path("alg").asText());
        assertEquals(
                "the PKCS#11 token " + label,
                listed(centre, onToken).path("private_key").asText());
        assertEquals(
                "keys/centre.p12", listed(centre, inFile).path("private_key").asText());
        KeyStore file = KeyStore.getInstance(centre.home().keyFile().toFile(), Gateway.passphrase(centre.home()));
        assertFalse(file.isKeyEntry("signing"));

        centre.stop();
        centre.start();
        String after = Objects.id("indicator");
        RunningCentre.ok(submit(centre, after, "after.example.com"));
        assertEquals(onToken, signer(centre, after));
        assertEquals(inFile, signer(centre, before));
        assertFalse(show(centre, before).has("unproven"));
        for (String id : List.of(before, after)) {
            Path bytes = Files.writeString(centres.folder().resolve(id + ".json"), good(centre, "show", id, "--raw"));
            assertTrue(good(centre, "verify", bytes.toString()).startsWith("proven"));
        }
        assertTrue(good(centre, "doctor").contains("ok       token: the PKCS#11 token " + label));
    }

    @Test
    void theNextKeyIsMadeWhereThePresentOneIs() throws Exception {
        RunningCentre centre = onToken();
        String first = kid(centre);
        good(centre, "key", "announce");
        String withdrawn = keys(centre).nextSigning().orElseThrow().kid();
        assertEquals(
                "the PKCS#11 token " + label,
                listed(centre, withdrawn).path("private_key").asText());
        String said = good(centre, "key", "retire", withdrawn);
        assertTrue(said.contains("its private half is on the PKCS#11 token " + label), said);

        good(centre, "key", "announce", "--key-file", "--alg", "Ed25519");
        good(centre, "key", "rotate", "--now");
        assertEquals(
                "keys/centre.p12",
                listed(centre, kid(centre)).path("private_key").asText());
        good(centre, "key", "retire", first, "--now");
        TokenHome.settings(centre.home().root(), "", "");
        centre.start();
        assertEquals("Ed25519", keys(centre).publicKey().alg());
    }

    @Test
    void usesAKeyThatIsOnTheTokenAlready() throws Exception {
        RunningCentre centre = centres.init("tashkent");
        TokenHome.use(centre.home().root(), label);
        String made = new HomeToken(centre.home())
                .required()
                .generate("made before")
                .publicKey()
                .kid();
        good(centre, "key", "announce", "--pkcs11", "--label", "made before");
        good(centre, "key", "rotate", "--now");
        assertEquals(made, kid(centre));
        refused(centre, 1, "is one of this centre already", "key", "announce", "--label", "made before");
        centre.start();
    }

    @Test
    void refusesWhatDoesNotFitAToken() throws Exception {
        RunningCentre centre = centres.init("tashkent");
        refused(centre, 1, "koprik.yaml names no PKCS#11 token", "key", "announce", "--pkcs11");
        refused(centre, 2, "--label: names a key on a PKCS#11 token", "key", "announce", "--label", "one");
        TokenHome.use(centre.home().root(), label);
        refused(centre, 2, "is for ES256", "key", "announce", "--pkcs11", "--alg", "Ed25519");
        refused(centre, 1, "no private key with the label one", "key", "announce", "--pkcs11", "--label", "one");
        TokenHome.settings(centre.home().root(), SoftHsm.MODULE.toString(), "another token");
        refused(centre, 4, "no PKCS#11 token with the label another token", "key", "announce", "--pkcs11");
        TokenHome.settings(centre.home().root(), "/nowhere/libtoken.so", label);
        refused(centre, 4, "there is no PKCS#11 module /nowhere/libtoken.so", "key", "announce", "--pkcs11");
        centre.start();
    }

    @Test
    void aStartWithoutTheTokenSaysWhatIsMissing() throws Exception {
        RunningCentre centre = onToken();
        TokenHome.settings(centre.home().root(), "", "");
        assertTrue(fails(centre).contains("is on a PKCS#11 token, and koprik.yaml names none"));
        TokenHome.use(centre.home().root(), label);
        Files.delete(centre.home().root().resolve("keys/pin"));
        // Another test of this process may hold a login; a token of its own has none.
        Path out = SoftHsm.takeOut(token);
        assertTrue(fails(centre).contains("no PKCS#11 token with the label " + label));
        SoftHsm.putBack(out);
        TokenHome.pin(centre.home().root(), SoftHsm.PIN);
        RunningCentre.await(() -> {
            try {
                centre.start();
                return true;
            } catch (StartFailure stillAway) {
                return false;
            }
        });
    }

    private static String fails(RunningCentre centre) {
        return assertThrows(StartFailure.class, centre::start).getMessage();
    }

    @Test
    void whileTheTokenIsAwayNothingIsSignedAndNothingIsLost() throws Exception {
        RunningCentre centre = onToken().start();
        String before = Objects.id("indicator");
        RunningCentre.ok(submit(centre, before, "before.example.com"));

        Path out = SoftHsm.takeOut(token);
        String meanwhile = Objects.id("indicator");
        CentreClient.Reply reply = submit(centre, meanwhile, "meanwhile.example.com");
        assertEquals(503, reply.status());
        assertTrue(reply.text().contains("cannot sign now, so nothing of this request was stored"), reply::text);
        assertEquals(404, centre.adminClient().get("/api/objects/" + meanwhile).status());
        assertFalse(show(centre, before).has("unproven"));
        CommandResult doctor = centre.koprik("doctor");
        assertTrue(doctor.out().contains("error    token: there is no PKCS#11 token with the label"), doctor::all);

        SoftHsm.putBack(out);
        RunningCentre.await(
                () -> submit(centre, meanwhile, "meanwhile.example.com").status() != 503);
        assertEquals(kid(centre), signer(centre, meanwhile));
    }

    @Test
    void aTokenThatIsLostIsRevokedWithoutIt() throws Exception {
        RunningCentre centre = onToken();
        String lost = kid(centre);
        SoftHsm.takeOut(token);
        refused(
                centre,
                4,
                "no PKCS#11 token with the label",
                "key",
                "revoke",
                lost,
                "--compromised-since",
                Instant.now().toString());
        String said = good(
                centre,
                "key",
                "revoke",
                lost,
                "--key-file",
                "--compromised-since",
                Instant.now().toString());
        assertTrue(said.contains("signs with the new key " + kid(centre) + " from now on"), said);
        assertEquals("compromised", listed(centre, lost).path("state").asText());
        centre.start();
    }

    @Test
    void revokingAKeyOnTheTokenMakesAnotherOneThere() throws Exception {
        RunningCentre centre = onToken();
        String stolen = kid(centre);
        String said = good(
                centre,
                "key",
                "revoke",
                stolen,
                "--compromised-since",
                Instant.now().toString());
        assertTrue(said.contains(kid(centre) + " on the PKCS#11 token " + label), said);
        centre.start();
    }
}
