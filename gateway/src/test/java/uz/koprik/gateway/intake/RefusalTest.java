package uz.koprik.gateway.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.crypto.algorithm.SignatureAlgorithms;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.gateway.auth.Source;
import uz.koprik.gateway.intake.Outcome.Status;
import uz.koprik.gateway.intake.Refusal.Code;
import uz.koprik.indicators.cases.CaseFile;
import uz.koprik.indicators.cases.CaseFiles;
import uz.koprik.indicators.stix.StixReader;
import uz.koprik.indicators.stix.values.SignatureExtension;
import uz.koprik.indicators.store.Provenance.Origin;
import uz.koprik.indicators.store.Versions;

/** Every reason for which an object does not come in: its code, its pointer, and words that say what to do. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusalTest {

    private static final String EVIL = "evil.example.com";

    private final Set<Code> seen = EnumSet.noneOf(Code.class);
    private TestCentre budapest;
    private TestCentre tashkent;

    @BeforeEach
    void open(@TempDir Path folder) {
        budapest = new TestCentre("budapest", folder.resolve("budapest"));
        tashkent = new TestCentre("tashkent", folder.resolve("tashkent"));
        budapest.trusts(tashkent, "producer", "relay");
        tashkent.trusts(budapest, "producer", "relay");
    }

    @AfterEach
    void close() {
        budapest.close();
        tashkent.close();
    }

    /**
     * EQUIVOCATION has its test in {@link IntakeTest}. The others are of values that never became an object: rows of
     * imports, and reports over HTTP ({@code ProtectedValuesExportTest}).
     */
    @AfterAll
    void everyCodeWasSeen() {
        Set<Code> unseen = EnumSet.complementOf(EnumSet.copyOf(seen));
        unseen.removeAll(Set.of(Code.EQUIVOCATION, Code.UNRECOGNISED, Code.PROTECTED, Code.DOUBTFUL));
        assertEquals(Set.of(), unseen, "codes without a test");
    }

    @Test
    void malformedJson() throws Exception {
        refused(Code.MALFORMED_JSON, "/a", "line 1", budapest.oneFrom("tashkent", "{\"a\":1,}"));
        refused(Code.MALFORMED_JSON, "/id", "", budapest.oneFrom("tashkent", "{\"id\":\"a\",\"id\":\"b\"}"));
        Outcome deep = budapest.oneFrom("tashkent", "[".repeat(100_000));
        assertEquals(Code.MALFORMED_JSON, deep.refusal().orElseThrow().code());
    }

    @Test
    void invalidStix() throws Exception {
        String object = signedByTashkent(Objects.indicator(Objects.id("indicator"), tashkent.identity, EVIL));
        Outcome outcome = refused(
                Code.INVALID_STIX,
                "/pattern",
                "its producer must correct it",
                budapest.oneFrom("tashkent", object.replace("\"pattern\":", "\"pattern_\":")));
        assertTrue(outcome.id().startsWith("indicator--"), "the object is named although it is refused");
    }

    @Test
    void tooLarge() throws Exception {
        refused(
                Code.TOO_LARGE,
                "",
                "split it",
                budapest.oneFrom("tashkent", "{\"a\":\"" + "x".repeat(StixReader.MAX_BYTES) + "\"}"));
    }

    @Test
    void unsigned() throws Exception {
        String foreign = Objects.indicator(Objects.id("indicator"), Objects.id("identity"), EVIL);
        refused(Code.UNSIGNED, "", "accept_unsigned", budapest.oneFrom("tashkent", foreign));
        budapest.settings("tashkent", true);
        Outcome admitted = budapest.oneFrom("tashkent", foreign);
        assertEquals(Status.ACCEPTED, admitted.status());
        assertEquals(
                Origin.UNSIGNED,
                budapest.store
                        .latest(admitted.id())
                        .orElseThrow()
                        .facts()
                        .provenance()
                        .origin());
    }

    @Test
    void unsignedInTheNameOfACentreThatSigns() throws Exception {
        budapest.settings("tashkent", true);
        refused(
                Code.UNSIGNED,
                "/created_by_ref",
                "ask tashkent for the signed object",
                budapest.oneFrom("tashkent", Objects.indicator(Objects.id("indicator"), tashkent.identity, EVIL)));
        refused(
                Code.UNSIGNED,
                "/created_by_ref",
                "ask tashkent",
                budapest.one(Objects.indicator(Objects.id("indicator"), tashkent.identity, EVIL)));
        refused(
                Code.UNSIGNED,
                "/created_by_ref",
                "budapest",
                budapest.oneFrom("tashkent", Objects.indicator(Objects.id("indicator"), budapest.identity, EVIL)));
    }

    @Test
    void signatureMalformed() throws Exception {
        String object = signedByTashkent(Objects.indicator(Objects.id("indicator"), tashkent.identity, EVIL));
        refused(
                Code.SIGNATURE_MALFORMED,
                "/extensions",
                "",
                budapest.oneFrom("tashkent", object.replace("\"protected\":\"", "\"protected\":\"!")));
    }

    @Test
    void unknownKey() throws Exception {
        CentreKeys stranger =
                CentreKeys.generate("stranger", SignatureAlgorithms.ALL.getFirst(), java.util.List.of(), tashkent.now);
        String object = signed(Objects.indicator(Objects.id("indicator"), tashkent.identity, EVIL), stranger);
        refused(Code.UNKNOWN_KEY, "/extensions", "centre card", budapest.oneFrom("tashkent", object));
    }

    @Test
    void wrongAlgorithm() throws Exception {
        String object = signedByTashkent(Objects.indicator(Objects.id("indicator"), tashkent.identity, EVIL));
        int from = object.indexOf("\"protected\":\"") + 13;
        String header = object.substring(from, object.indexOf('"', from));
        String text = new String(java.util.Base64.getUrlDecoder().decode(header), StandardCharsets.UTF_8);
        String other = java.util.Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.replace("\"Ed25519\"", "\"ES256\"").getBytes(StandardCharsets.UTF_8));
        refused(
                Code.WRONG_ALGORITHM,
                "/extensions",
                "Ed25519",
                budapest.oneFrom("tashkent", object.replace(header, other)));
    }

    @Test
    void expiredKey() throws Exception {
        tashkent.now = TestCentre.NOW.plus(CentreKeys.VALIDITY).plusSeconds(1);
        String object = signedByTashkent(Objects.indicator(Objects.id("indicator"), tashkent.identity, EVIL));
        budapest.now = tashkent.now;
        refused(
                Code.EXPIRED_KEY,
                "/extensions",
                "signed again with a current key",
                budapest.oneFrom("tashkent", object));
    }

    @Test
    void revokedKey() throws Exception {
        String kid = tashkent.keys.publicKey().kid();
        budapest.trust.replace(budapest.trust.list().withRevoked(kid, budapest.now.minusSeconds(60), budapest.now));
        String object = signedByTashkent(Objects.indicator(Objects.id("indicator"), tashkent.identity, EVIL));
        refused(Code.REVOKED_KEY, "/extensions", "signed again with a new key", budapest.oneFrom("tashkent", object));
    }

    @Test
    void aVoucherWhoseKeyWasRevokedNoLongerVouches() throws Exception {
        tashkent.one(Objects.indicator(Objects.id("indicator"), Objects.id("identity"), EVIL));
        String[] published = tashkent.published();
        budapest.oneFrom("tashkent", published[0]);
        String kid = tashkent.keys.publicKey().kid();
        budapest.trust.replace(budapest.trust.list().withRevoked(kid, budapest.now.minusSeconds(3600), budapest.now));
        refused(Code.UNSIGNED, "", "nobody signed it", budapest.oneFrom("tashkent", published[1]));
    }

    @Test
    void badSignature() throws Exception {
        String object = signedByTashkent(Objects.indicator(Objects.id("indicator"), tashkent.identity, EVIL));
        refused(
                Code.BAD_SIGNATURE,
                "/extensions",
                "",
                budapest.oneFrom("tashkent", object.replace(EVIL, "good.example.com")));
    }

    @Test
    void aChangedByteUnderACountersignature() throws Exception {
        tashkent.one(Objects.indicator(Objects.id("indicator"), Objects.id("identity"), EVIL));
        String[] published = tashkent.published();
        Outcome changed = budapest.byPartner("tashkent", published[0], published[1].replace(EVIL, "good.example.com"))
                .get(1);
        refused(Code.UNSIGNED, "", "nobody signed it", changed);
    }

    @Test
    void strippedSignature() throws Exception {
        JsonObject plain = StrictJson.parseObject(Objects.indicator(Objects.id("indicator"), tashkent.identity, EVIL)
                .getBytes(StandardCharsets.UTF_8));
        CentreKeys second =
                CentreKeys.generate("tashkent", SignatureAlgorithms.ALL.getFirst(), java.util.List.of(), tashkent.now);
        var mine = uz.koprik.crypto.jws.DetachedJws.sign(
                tashkent.keys.signingKey(),
                uz.koprik.crypto.jws.ProtectedHeader.SIGNED_OBJECT,
                uz.koprik.crypto.json.CanonicalJson.bytes(plain),
                tashkent.now,
                java.util.List.of(
                        tashkent.keys.publicKey().kid(), second.publicKey().kid()));
        String signedOnce =
                signedByTashkent(new String(uz.koprik.crypto.json.CanonicalJson.bytes(plain), StandardCharsets.UTF_8));
        JsonObject carrier = StrictJson.parseObject(signedOnce.getBytes(StandardCharsets.UTF_8));
        var old = carrier.object("extensions")
                .orElseThrow()
                .object(SignatureExtension.ID)
                .orElseThrow()
                .items("signatures")
                .getFirst();
        String stripped = signedOnce
                .replace(((JsonObject) old).string("protected").orElseThrow(), mine.protectedHeader())
                .replace(((JsonObject) old).string("signature").orElseThrow(), mine.signature());
        refused(
                Code.STRIPPED_SIGNATURE,
                "/extensions",
                second.publicKey().kid(),
                budapest.oneFrom("tashkent", stripped));
    }

    @Test
    void wrongOwner() throws Exception {
        String object = signedByTashkent(Objects.indicator(Objects.id("indicator"), Objects.id("identity"), EVIL));
        refused(Code.WRONG_OWNER, "/created_by_ref", "may not speak for", budapest.oneFrom("tashkent", object));
    }

    @Test
    void nobodyVouchesInTheNameOfAnotherCentre(@TempDir Path folder) throws Exception {
        try (TestCentre seoul = new TestCentre("seoul", folder)) {
            // Tashkent does not know Seoul and takes its object for a stranger's; Budapest knows better.
            tashkent.one(Objects.indicator(Objects.id("indicator"), seoul.identity, EVIL));
            budapest.trusts(seoul, "producer");
            Outcome outcome =
                    budapest.byPartner("tashkent", tashkent.published()).get(1);
            refused(Code.WRONG_OWNER, "/created_by_ref", "ask seoul", outcome);
        }
    }

    @Test
    void oldVersion() throws Exception {
        String id = Objects.id("indicator");
        String pattern = "[domain-name:value = 'evil.example.com']";
        String old =
                signedByTashkent(Objects.indicator(id, tashkent.identity, pattern, "2026-11-02T00:00:00.000Z", null));
        String current =
                signedByTashkent(Objects.indicator(id, tashkent.identity, pattern, "2026-11-03T00:00:00.000Z", null));
        assertEquals(Status.ACCEPTED, budapest.oneFrom("tashkent", current).status());
        refused(
                Code.OLD_VERSION,
                "/modified",
                "older than the version that is here",
                budapest.oneFrom("tashkent", old));
    }

    @Test
    void anOldVersionThatWasSeenIsUnchanged() throws Exception {
        String id = Objects.id("indicator");
        String pattern = "[domain-name:value = 'evil.example.com']";
        String old =
                signedByTashkent(Objects.indicator(id, tashkent.identity, pattern, "2026-11-02T00:00:00.000Z", null));
        String current =
                signedByTashkent(Objects.indicator(id, tashkent.identity, pattern, "2026-11-03T00:00:00.000Z", null));
        budapest.byPartner("tashkent", old, current);
        assertEquals(Status.UNCHANGED, budapest.oneFrom("tashkent", old).status());
    }

    @Test
    void withdrawn() throws Exception {
        String id = Objects.id("indicator");
        String object = signedByTashkent(Objects.indicator(id, tashkent.identity, EVIL));
        budapest.oneFrom("tashkent", object);
        budapest.store.withdraw(id, Versions.ALL, "test", "anna");
        refused(Code.WITHDRAWN, "/id", "withdrawn here", budapest.oneFrom("tashkent", object));
    }

    @Test
    void erased() throws Exception {
        String id = Objects.id("indicator");
        String object = signedByTashkent(Objects.indicator(id, tashkent.identity, EVIL));
        budapest.oneFrom("tashkent", object);
        budapest.store.erase(List.of(id), "order 7", "anna");
        refused(Code.ERASED, "/id", "erased here", budapest.oneFrom("tashkent", object));
    }

    @Test
    void nearlyAWholeCardNumberIsRefusedAndAMaskIsTaken() throws Exception {
        TestCentre centre = budapest;
        for (String shown : List.of("41111111111*1111", "4111 1111 1*** 1111", "411111111111111X")) {
            String pattern = "[payment-card:card_number = '" + shown + "']";
            refused(
                    Code.POLICY,
                    "/pattern",
                    "nearly the whole number",
                    centre.one(Objects.indicator(
                            Objects.id("indicator"), centre.identity, pattern, "2026-11-01T00:00:00.000Z", null)));
        }
        String mask = "[payment-card:card_number = '411111******1111']";
        assertEquals(
                Outcome.Status.ACCEPTED,
                centre.one(Objects.indicator(
                                Objects.id("indicator"), centre.identity, mask, "2026-11-01T00:00:00.000Z", null))
                        .status());
    }

    @Test
    void aWholeCardNumber() throws Exception {
        // A test number of the card networks, with a check digit that fits.
        String pattern = "[payment-card:card_number = '4111111111111111']";
        String object = Objects.indicator(
                Objects.id("indicator"), budapest.identity, pattern, "2026-11-01T00:00:00.000Z", null);
        Outcome outcome = refused(Code.POLICY, "/pattern", "never stored", budapest.one(object));
        assertTrue(!outcome.refusal().orElseThrow().reason().contains("4111"), "the number must not be repeated");
    }

    @Test
    void aCaseFileOfAnotherCentre() throws Exception {
        CaseFile file = CaseFile.open("T-2026-014", "Test case", "card-fraud", tashkent.now);
        String object = new String(
                CaseFiles.write(
                                file,
                                tashkent.identity,
                                java.util.Optional.empty(),
                                tashkent.keys.signer(),
                                tashkent.now)
                        .bytes(),
                StandardCharsets.UTF_8);
        refused(Code.POLICY, "/created_by_ref", "case files do not leave", budapest.oneFrom("tashkent", object));
    }

    @Test
    void aCaseFileOfSomebodyWithoutThatRight() throws Exception {
        CaseFile file = CaseFile.open("B-2026-007", "Test case", "card-fraud", budapest.now);
        byte[] object = CaseFiles.write(
                        file, budapest.identity, java.util.Optional.empty(), budapest.keys.signer(), budapest.now)
                .bytes();
        Outcome outcome = budapest.intake
                .take(List.of(new IncomingObject(object, "/objects/0")), new Source.Account("feed", false))
                .getFirst();
        refused(Code.NOT_AUTHORISED, "", "no right to work on case files", outcome);
    }

    @Test
    void aPartnerThatMayNotRelay(@TempDir Path folder) throws Exception {
        try (TestCentre moscow = new TestCentre("moscow", folder)) {
            budapest.trusts(moscow, "producer");
            String object = signedByTashkent(Objects.indicator(Objects.id("indicator"), tashkent.identity, EVIL));
            refused(Code.NOT_AUTHORISED, "", "the role \"relay\"", budapest.oneFrom("moscow", object));
            assertEquals(Status.ACCEPTED, budapest.oneFrom("tashkent", object).status());
        }
    }

    @Test
    void aPartnerThatMayNotProduceOrVouch() throws Exception {
        budapest.trusts(tashkent, "relay");
        refused(
                Code.NOT_AUTHORISED,
                "",
                "the role \"producer\"",
                budapest.oneFrom(
                        "tashkent",
                        signedByTashkent(Objects.indicator(Objects.id("indicator"), tashkent.identity, EVIL))));
        budapest.trusts(tashkent, "producer");
        tashkent.one(Objects.indicator(Objects.id("indicator"), Objects.id("identity"), EVIL));
        refused(
                Code.NOT_AUTHORISED,
                "",
                "vouch for objects of others",
                budapest.byPartner("tashkent", tashkent.published()).get(1));
    }

    private Outcome refused(Code code, String pointer, String words, Outcome outcome) {
        assertEquals(Status.REFUSED, outcome.status(), outcome::toString);
        Refusal refusal = outcome.refusal().orElseThrow();
        assertEquals(code, refusal.code(), refusal::toString);
        assertEquals(pointer, refusal.pointer(), refusal::toString);
        assertTrue(refusal.reason().contains(words), refusal::reason);
        seen.add(code);
        return outcome;
    }

    private String signedByTashkent(String object) throws Exception {
        return signed(object, tashkent.keys);
    }

    private String signed(String object, CentreKeys keys) throws Exception {
        JsonObject json = StrictJson.parseObject(object.getBytes(StandardCharsets.UTF_8));
        return new String(SignatureExtension.attach(json, keys.signer(), tashkent.now), StandardCharsets.UTF_8);
    }
}
