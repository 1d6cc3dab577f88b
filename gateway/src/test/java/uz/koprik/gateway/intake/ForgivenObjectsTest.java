package uz.koprik.gateway.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uz.koprik.gateway.auth.Source;
import uz.koprik.gateway.partners.PartnerSettings;
import uz.koprik.indicators.policy.Agreement;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.StixReader;
import uz.koprik.indicators.stix.rules.ForgivableRule;
import uz.koprik.indicators.stix.values.SignatureExtension;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.StoredObject;

/** Objects that break a rule and are taken all the same, and versions in any order. */
class ForgivenObjectsTest {

    private static final String FOREIGN = "identity--f431f809-377b-45e0-aa1c-6a4751cae5ff";
    private static final String WHITE = "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9";

    @TempDir
    Path folder;

    private TestCentre tashkent;
    private TestCentre budapest;

    @BeforeEach
    void open() {
        tashkent = new TestCentre("tashkent", folder.resolve("tashkent"));
        budapest = new TestCentre("budapest", folder.resolve("budapest"));
        tashkent.trusts(budapest, "producer", "relay");
    }

    @AfterEach
    void close() throws Exception {
        tashkent.close();
        budapest.close();
    }

    private static String relationship(String id, String start, String stop) {
        return Objects.relationship(id, FOREIGN, Objects.id("indicator"), Objects.id("malware"))
                .replaceFirst("}$", ",\"start_time\":\"" + start + "\",\"stop_time\":\"" + stop + "\"}");
    }

    private String stored(String id) throws Exception {
        return new String(StoredObject.bytes(tashkent.store.latest(id).orElseThrow()), StandardCharsets.UTF_8);
    }

    @Test
    void aToleratedObjectKeepsItsBytesAndGetsANote() throws Exception {
        String id = Objects.id("relationship");
        String object = relationship(id, "2022-01-20T05:00:00.000Z", "2022-01-20T05:00:00.000Z");
        Outcome outcome = tashkent.one(object);
        assertEquals(Outcome.Status.ACCEPTED, outcome.status(), outcome::toString);
        assertEquals("/stop_time", outcome.forgiven().getFirst().pointer());
        assertEquals(object, stored(id));
        assertEquals(Outcome.Status.UNCHANGED, tashkent.one(object).status());
    }

    @Test
    void theFormOfATimeMakesNoOtherVersion() throws Exception {
        String id = Objects.id("indicator");
        String whole = Objects.indicator(id, FOREIGN, "form.example.com");
        String shortened = whole.replace("00:00:00.000Z", "00:00:00Z");
        assertEquals(Outcome.Status.ACCEPTED, tashkent.one(shortened).status());
        assertEquals(Outcome.Status.UNCHANGED, tashkent.one(whole).status(), "it says the same");
        assertEquals(shortened, stored(id));
        Outcome other = tashkent.one(whole.replace("an indicator", "another"));
        assertEquals(Refusal.Code.EQUIVOCATION, other.refusal().orElseThrow().code());
    }

    /** What a partner signs with a time of whole seconds verifies, and is one version with its longer form. */
    @Test
    void aSignedToleratedObjectVerifiesOverTheWire() throws Exception {
        String id = Objects.id("indicator");
        String text =
                Objects.indicator(id, budapest.identity, "signed.example.com").replace("00:00:00.000Z", "00:00:00Z");
        assertEquals(Outcome.Status.ACCEPTED, budapest.one(text).status());
        String signed = new String(StoredObject.bytes(budapest.store.latest(id).orElseThrow()), StandardCharsets.UTF_8);
        Outcome outcome = tashkent.byPartner("budapest", signed).getFirst();
        assertEquals(Outcome.Status.ACCEPTED, outcome.status(), outcome::toString);
        assertEquals(signed, stored(id));
        String changed = signed.replaceFirst("00:00:00Z", "00:00:00.000Z");
        assertTrue(!changed.equals(signed));
        assertEquals(
                Refusal.Code.BAD_SIGNATURE,
                tashkent.byPartner("budapest", changed)
                        .getFirst()
                        .refusal()
                        .orElseThrow()
                        .code());
    }

    private static String white(String name, String colour) {
        return new String(Markings.object(WHITE).orElseThrow(), StandardCharsets.UTF_8)
                .replace("TLP:WHITE", name)
                .replace("\"white\"", "\"" + colour + "\"");
    }

    /** Its id says what it means: the wording that comes first stays, and nothing contradicts anything. */
    @ParameterizedTest
    @ValueSource(strings = {"white", "clear"})
    void theMarkingOfTlp1MayHaveTheNameOfVersion2(String colour) throws Exception {
        String renamed = white("TLP:CLEAR", colour);
        List<Outcome> together = tashkent.byAnalyst(renamed, white("TLP:WHITE", "white"));
        assertEquals(
                List.of(Outcome.Status.ACCEPTED, Outcome.Status.UNCHANGED),
                together.stream().map(Outcome::status).toList(),
                together::toString);
        assertEquals(renamed, stored(WHITE));
        assertEquals(
                Outcome.Status.UNCHANGED,
                tashkent.one(white("TLP:WHITE", "white")).status());
        assertEquals(
                Tlp.CLEAR, tashkent.store.latest(WHITE).orElseThrow().release().tlp());
    }

    @Test
    void anotherWordingOfAMarkingIsForgivenOnRequestOnly() throws Exception {
        String object = white("TLP:WHITE", "clear");
        assertEquals(Outcome.Status.REFUSED, tashkent.one(object).status());
        assertEquals(
                Outcome.Status.ACCEPTED,
                forgiven(object, ForgivableRule.TLP_DEFINITION).status());
    }

    private Outcome forgiven(String object, ForgivableRule... rules) throws Exception {
        return tashkent.intake
                .take(TestCentre.offered(object), new Source.Account("anna", true), Set.of(rules))
                .getFirst();
    }

    @Test
    void anImportIsForgivenWhatItNames() throws Exception {
        String id = Objects.id("indicator");
        String object = Objects.indicator(id, FOREIGN, "empty.example.com").replaceFirst("}$", ",\"labels\":[]}");
        assertEquals(
                Refusal.Code.INVALID_STIX,
                tashkent.one(object).refusal().orElseThrow().code());
        assertEquals(
                Outcome.Status.REFUSED,
                forgiven(object, ForgivableRule.MODIFIED_BEFORE_CREATED).status());
        Outcome outcome = forgiven(object, ForgivableRule.EMPTY_LIST);
        assertEquals(Outcome.Status.ACCEPTED, outcome.status(), outcome::toString);
        assertEquals(
                Optional.of(ForgivableRule.EMPTY_LIST),
                outcome.forgiven().getFirst().forgivable());
        assertEquals(object, stored(id));
    }

    /** What this centre signs goes to everybody, and must be valid there. */
    @Test
    void anObjectOfThisCentreIsNotForgiven() throws Exception {
        String object = Objects.indicator(Objects.id("indicator"), tashkent.identity, "own.example.com")
                .replaceFirst("}$", ",\"labels\":[]}");
        Outcome outcome = forgiven(object, ForgivableRule.EMPTY_LIST);
        assertEquals(Refusal.Code.INVALID_STIX, outcome.refusal().orElseThrow().code());
    }

    @Test
    void aPartnerIsForgivenWhatItsSettingsName() throws Exception {
        String object = Objects.indicator(
                Objects.id("indicator"),
                null,
                "[domain-name:value = 'p.example.com']",
                "2026-10-01T00:00:00.000Z",
                null);
        settings(Set.of());
        assertEquals(
                Refusal.Code.INVALID_STIX,
                tashkent.byPartner("osint", object)
                        .getFirst()
                        .refusal()
                        .orElseThrow()
                        .code());
        settings(Set.of(ForgivableRule.MODIFIED_BEFORE_CREATED));
        Outcome outcome = tashkent.byPartner("osint", object).getFirst();
        assertEquals(Outcome.Status.ACCEPTED, outcome.status(), outcome::toString);
    }

    @Test
    void aSignedObjectOfAPartnerIsNotForgiven() throws Exception {
        String object = Objects.indicator(Objects.id("indicator"), budapest.identity, "s.example.com")
                .replaceFirst("}$", ",\"labels\":[]}");
        String signed = new String(
                SignatureExtension.attach(
                        StixReader.parse(object.getBytes(StandardCharsets.UTF_8)),
                        budapest.keys.signer(),
                        budapest.now),
                StandardCharsets.UTF_8);
        tashkent.partners.replace(List.of(new PartnerSettings(
                "budapest",
                false,
                Duration.ofMillis(200),
                false,
                true,
                Set.of(ForgivableRule.values()),
                Agreement.DEFAULT,
                Optional.empty())));
        assertEquals(
                Refusal.Code.INVALID_STIX,
                tashkent.byPartner("budapest", signed)
                        .getFirst()
                        .refusal()
                        .orElseThrow()
                        .code());
    }

    private void settings(Set<ForgivableRule> forgives) {
        tashkent.partners.replace(List.of(new PartnerSettings(
                "osint", false, Duration.ofMillis(200), false, true, forgives, Agreement.DEFAULT, Optional.empty())));
    }

    private static String version(String id, String producer, int minute) {
        return Objects.indicator(
                id,
                producer,
                "[domain-name:value = 'v" + minute + ".example.com']",
                "2026-11-01T00:0" + minute + ":00.000Z",
                null);
    }

    private void allVersions(String id, List<Outcome> outcomes) throws Exception {
        assertEquals(
                List.of(),
                outcomes.stream()
                        .filter(outcome -> outcome.status() != Outcome.Status.ACCEPTED)
                        .toList());
        Entry latest = tashkent.store.latest(id).orElseThrow();
        assertEquals(
                outcomes.stream().mapToLong(Outcome::version).max().orElseThrow(),
                latest.facts().version());
        List<Outcome> bySequence = outcomes.stream()
                .sorted(java.util.Comparator.comparingLong(Outcome::seq))
                .toList();
        List<Outcome> byVersion = outcomes.stream()
                .sorted(java.util.Comparator.comparingLong(Outcome::version))
                .toList();
        assertEquals(byVersion, bySequence, "in the sequence they stand in the order of their times");
    }

    @Test
    void versionsThatComeNewestFirstAreTakenByTheirTimes() throws Exception {
        String foreign = Objects.id("indicator");
        allVersions(
                foreign,
                tashkent.byAnalyst(
                        version(foreign, FOREIGN, 3), version(foreign, FOREIGN, 1), version(foreign, FOREIGN, 2)));
        String ours = Objects.id("indicator");
        allVersions(ours, tashkent.byAnalyst(version(ours, tashkent.identity, 2), version(ours, tashkent.identity, 1)));
        settings(Set.of());
        String unsigned = Objects.id("indicator");
        allVersions(
                unsigned, tashkent.byPartner("osint", version(unsigned, FOREIGN, 5), version(unsigned, FOREIGN, 4)));
    }

    @Test
    void signedVersionsThatComeNewestFirstAreTakenByTheirTimes() throws Exception {
        String id = Objects.id("indicator");
        budapest.byAnalyst(version(id, budapest.identity, 1));
        String first = new String(StoredObject.bytes(budapest.store.latest(id).orElseThrow()), StandardCharsets.UTF_8);
        budapest.byAnalyst(version(id, budapest.identity, 2));
        String second = new String(StoredObject.bytes(budapest.store.latest(id).orElseThrow()), StandardCharsets.UTF_8);
        allVersions(id, tashkent.byPartner("budapest", second, first));
    }
}
