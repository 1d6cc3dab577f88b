package uz.koprik.gateway.cli.offline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.crypto.algorithm.SignatureAlgorithms;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.crypto.trust.TrustList;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.CommandResult;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.Countersignature;
import uz.koprik.indicators.stix.IndicatorWriter;
import uz.koprik.indicators.stix.KeyedIds;
import uz.koprik.indicators.stix.NewIndicator;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.StixReader;

/** {@code koprik verify}: files against a trust list, with no centre running. */
class VerifyCommandTest {

    private static final String IDENTITY = "identity--7b1c1f6e-91d5-4b8c-9a1e-0d6c1f3b5a77";
    private static final String OTHER = "identity--0d4d4b8e-6c57-4f0e-8e2d-2c9e7b1a3f55";

    @RegisterExtension
    static final Centres centres = new Centres();

    private static RunningCentre home;
    private static CentreKeys keys;
    private static CentreKeys strangers;
    private static Path trust;
    private static String signed;

    @BeforeAll
    static void make() throws Exception {
        Instant now = Instant.now();
        keys = CentreKeys.generate("budapest", SignatureAlgorithms.ALL.getFirst(), List.of("localhost"), now);
        strangers = CentreKeys.generate("stranger", SignatureAlgorithms.ALL.getFirst(), List.of("localhost"), now);
        TrustList list = TrustList.initial(CentreCard.issue("budapest", "Budapest", IDENTITY, keys, "", now), now);
        trust = Files.write(centres.folder().resolve("trust.json"), list.signed(keys.signingKey()));
        signed = written(keys, IDENTITY, "login.example.com");
        home = centres.init("tashkent");
    }

    private static String written(CentreKeys by, String identity, String domain) throws Exception {
        return new String(written(by, identity, domain, Instant.now()), StandardCharsets.UTF_8);
    }

    private static byte[] written(CentreKeys by, String identity, String domain, Instant at) throws Exception {
        NewIndicator indicator = NewIndicator.of(ObservableKind.DOMAIN.normalise(domain), "Test", Tlp.GREEN);
        return new IndicatorWriter(identity, by.signer(), new KeyedIds(new byte[32]))
                .write(indicator, at)
                .bytes();
    }

    private static CommandResult verify(String text) throws IOException {
        Path file = Files.writeString(centres.folder().resolve("object.json"), text);
        return home.koprik("verify", file.toString(), "--trust", trust.toString());
    }

    private static String envelope(String... objects) {
        return "{\"objects\":[" + String.join(",", objects) + "]}";
    }

    @Test
    void saysWhoSignedAnObject() throws Exception {
        CommandResult said = verify(signed);
        assertEquals(0, said.code(), said.err());
        assertTrue(said.out().startsWith("proven"), said.out());
        assertTrue(said.out().contains("signed by budapest on ") && said.out().contains("Ed25519"), said.out());
        assertTrue(said.out().contains("1 of 1 objects proven"));
    }

    @Test
    void noticesOneChangedByte() throws Exception {
        CommandResult said = verify(signed.replace("login.example.com", "logim.example.com"));
        assertEquals(1, said.code());
        assertTrue(said.out().startsWith("NOT PROVEN"), said.out());
        assertTrue(said.out().contains("0 of 1 objects proven"));
    }

    /** What stands beside a signature is under none. */
    @Test
    void believesNothingThatWasPutBesideASignature() throws Exception {
        for (String changed : List.of(
                signed.replace("\"signatures\":[", "\"name\":\"words of somebody else\",\"signatures\":["),
                signed.replace("\"signatures\":[{", "\"signatures\":[{\"note\":1,"),
                signed.replace("\"extension_type\":\"property-extension\"", "\"extension_type\":\"new-sdo\""))) {
            CommandResult said = verify(changed);
            assertEquals(1, said.code());
            assertTrue(said.out().startsWith("NOT PROVEN"), said.out());
            assertTrue(said.out().contains("/extensions/extension-definition--b01517e8"), said.out());
        }
        CommandResult capitals = verify(
                signed.replace(IDENTITY, "identity--" + IDENTITY.substring(10).toUpperCase(Locale.ROOT)));
        assertTrue(
                capitals.out().startsWith("NOT PROVEN") && capitals.out().contains("written in lower case"),
                capitals.out());
    }

    @Test
    void judgesEachObjectOfAnEnvelope() throws Exception {
        String unsigned =
                "{\"type\":\"domain-name\",\"id\":\"domain-name--ecb120bf-2694-4902-a737-62b74539a41b\",\"value\":\"x.example.com\"}";
        String byStranger = written(strangers, IDENTITY, "stranger.example.com");
        String forOther = written(keys, OTHER, "other.example.com");
        CommandResult said = verify(envelope(signed, unsigned, byStranger, forOther, "{\"type\":\"indicator\"}"));
        assertEquals(1, said.code());
        List<String> lines = said.out().lines().toList();
        assertTrue(lines.get(0).startsWith("proven"), lines.get(0));
        assertTrue(lines.get(1).contains("nobody signed it"), lines.get(1));
        assertTrue(lines.get(2).contains("is on no trust list"), lines.get(2));
        assertTrue(lines.get(3).contains("may not speak for the producer"), lines.get(3));
        assertTrue(lines.get(4).startsWith("NOT PROVEN"), lines.get(4));
        assertTrue(lines.get(5).contains("1 of 5 objects proven"), lines.get(5));
    }

    @Test
    void believesACountersignatureInTheSameFileAndNotForAnotherWording() throws Exception {
        String text =
                "{\"type\":\"domain-name\",\"id\":\"domain-name--ecb120bf-2694-4902-a737-62b74539a41b\",\"value\":\"x.example.com\"}";
        StixObject object = StixReader.read(text.getBytes(StandardCharsets.UTF_8));
        byte[] said = Countersignature.of(object, IDENTITY, Countersignature.Role.IMPORTER)
                .write(Tlp.GREEN, keys.signer(), Instant.now())
                .bytes();
        String countersignature = new String(said, StandardCharsets.UTF_8);
        CommandResult good = verify(envelope(text, countersignature));
        assertEquals(0, good.code(), good.out());
        assertTrue(good.out().contains("countersigned by budapest"), good.out());
        CommandResult changed = verify(envelope(text.replace("x.example", "y.example"), countersignature));
        assertEquals(1, changed.code());
        assertTrue(changed.out().contains("something was changed"), changed.out());
    }

    /** A list that expired says nothing of today; it says what it said as long as it was valid. */
    @Test
    void refusesAnExpiredListAndJudgesWhatWasReceivedBeforeItExpired() throws Exception {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Instant then = now.minus(Duration.ofDays(400));
        CentreKeys old = CentreKeys.generate("seoul", SignatureAlgorithms.ALL.getFirst(), List.of("localhost"), then);
        TrustList list = TrustList.initial(CentreCard.issue("seoul", "Seoul", OTHER, old, "", then), then);
        Path expired = Files.write(centres.folder().resolve("expired.json"), list.signed(old.signingKey()));
        Path early = Files.write(
                centres.folder().resolve("early.json"), written(old, OTHER, "early.example.com", then.plusSeconds(60)));
        Path late = Files.write(
                centres.folder().resolve("late.json"), written(old, OTHER, "late.example.com", now.minusSeconds(60)));
        CommandResult refused = home.koprik("verify", early.toString(), "--trust", expired.toString());
        assertEquals(4, refused.code(), refused::all);
        assertTrue(
                refused.err()
                        .contains("the trust list of seoul expired at " + then.plus(TrustList.VALIDITY)
                                + ": ask for the current list of that centre"),
                refused::all);
        String at = now.minus(Duration.ofDays(300)).toString();
        CommandResult proven = home.koprik("verify", early.toString(), "--trust", expired.toString(), "--at", at);
        assertEquals(0, proven.code(), proven::all);
        CommandResult later = home.koprik("verify", late.toString(), "--trust", expired.toString(), "--at", at);
        assertEquals(1, later.code(), later::all);
        assertTrue(later.out().contains("in the future"), later::all);
        assertEquals(
                4,
                home.koprik("verify", early.toString(), "--trust", expired.toString(), "--at", now.toString())
                        .code(),
                "the list had expired by then");
        assertEquals(
                2, home.koprik("verify", early.toString(), "--at", "yesterday").code());
        CommandResult future = home.koprik("verify", early.toString(), "--at", "2999-01-01T00:00:00Z");
        assertEquals(2, future.code(), future::all);
        assertTrue(future.err().contains("is in the future"), future::all);
    }

    @Test
    void answersInJson() throws Exception {
        Path file = Files.writeString(centres.folder().resolve("json.json"), signed);
        CommandResult said = home.koprik("verify", file.toString(), "--trust", trust.toString(), "--json");
        assertTrue(
                CentreAnswers.parse(said.out().getBytes(StandardCharsets.UTF_8))
                        .path("proven")
                        .asBoolean(),
                said.out());
    }

    @Test
    void doesNotUseATrustListThatSomebodyEdited() throws Exception {
        Path edited = Files.writeString(
                centres.folder().resolve("edited.json"), Files.readString(trust).replace("Budapest", "Bucharest"));
        Path file = Files.writeString(centres.folder().resolve("any.json"), signed);
        CommandResult said = home.koprik("verify", file.toString(), "--trust", edited.toString());
        assertEquals(4, said.code());
        assertTrue(said.err().contains("trust list"), said.err());
        assertEquals(
                4,
                home.koprik("verify", file.toString(), "--trust", file.toString())
                        .code(),
                "an object is no trust list");
        assertEquals(
                4,
                home.koprik(
                                "verify",
                                file.toString(),
                                "--trust",
                                centres.folder().resolve("none").toString())
                        .code());
    }

    @Test
    void saysWhichFileIsWrong() throws Exception {
        assertEquals(
                2,
                home.koprik("verify", centres.folder().resolve("missing.json").toString(), "--trust", trust.toString())
                        .code());
        Path table = Files.writeString(centres.folder().resolve("table.csv"), "value\nx.example.com\n");
        CommandResult said = home.koprik("verify", table.toString(), "--trust", trust.toString());
        assertEquals(2, said.code());
        assertTrue(said.err().contains("table.csv"), said.err());
        assertEquals(Optional.empty(), said.out().lines().findFirst(), said.out());
    }
}
