package uz.koprik.gateway.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.gateway.auth.Source;
import uz.koprik.gateway.intake.Outcome.Status;
import uz.koprik.gateway.intake.Refusal.Code;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.Provenance.Origin;

/** Submissions of accounts and of partners, and their outcomes. */
class IntakeTest {

    @TempDir
    Path folder;

    private TestCentre tashkent;
    private TestCentre budapest;

    @BeforeEach
    void open() {
        tashkent = new TestCentre("tashkent", folder.resolve("tashkent"));
        budapest = new TestCentre("budapest", folder.resolve("budapest"));
        tashkent.trusts(budapest, "producer", "relay");
        budapest.trusts(tashkent, "producer", "relay");
    }

    @AfterEach
    void close() {
        tashkent.close();
        budapest.close();
    }

    @Test
    void ourOwnObjectIsSignedInside() throws Exception {
        String id = Objects.id("indicator");
        Outcome outcome = tashkent.one(Objects.indicator(id, tashkent.identity, "evil.example.com"));
        assertEquals(Status.ACCEPTED, outcome.status(), outcome::toString);
        assertEquals(1, outcome.seq());
        assertTrue(tashkent.stored(id).contains("\"signatures\""));
        Entry entry = tashkent.store.latest(id).orElseThrow();
        assertEquals(Origin.SIGNED, entry.facts().provenance().origin());
        assertEquals("tashkent", entry.facts().provenance().signers().getFirst().centre());
        assertEquals("anna", entry.facts().submittedBy());
        assertEquals(List.of("domain:evil.example.com"), entry.facts().observables());
        assertTrue(entry.release().own());
    }

    @Test
    void anObjectWithoutProducerKeepsItsBytesAndHasOurWord() throws Exception {
        String id = Objects.id("indicator");
        String text = Objects.indicator(id, null, "evil.example.com");
        tashkent.one(text);
        assertEquals(text, tashkent.stored(id));
        Entry entry = tashkent.store.latest(id).orElseThrow();
        assertEquals(Origin.COUNTERSIGNED, entry.facts().provenance().origin());
        assertTrue(entry.release().own(), "nobody else has a say in who may have it");
        List<Outcome> there = budapest.byPartner("tashkent", tashkent.published());
        assertEquals(List.of(Status.ACCEPTED, Status.ACCEPTED), statuses(there));
        assertFalse(budapest.store.latest(id).orElseThrow().release().own());
    }

    @Test
    void broughtAgainNothingChangesAndNothingIsSignedAgain() throws Exception {
        String foreign = Objects.indicator(Objects.id("indicator"), Objects.id("identity"), "evil.example.com");
        String own = Objects.indicator(Objects.id("indicator"), tashkent.identity, "evil.example.net");
        String ownerless = Objects.indicator(Objects.id("indicator"), null, "evil.example.org");
        assertEquals(
                List.of(Status.ACCEPTED, Status.ACCEPTED, Status.ACCEPTED),
                statuses(tashkent.byAnalyst(foreign, own, ownerless)));
        long entries = tashkent.store.status().entries();
        tashkent.now = tashkent.now.plusSeconds(60);
        List<Outcome> again = tashkent.byAnalyst(foreign, own, ownerless);
        assertEquals(List.of(Status.UNCHANGED, Status.UNCHANGED, Status.UNCHANGED), statuses(again));
        assertEquals(entries, tashkent.store.status().entries());
    }

    /** Bytes that are stored already are known without being read, also when they look like something else. */
    @Test
    void anObjectIsTakenForAnotherOnlyWhenItIsThatOne() throws Exception {
        String id = Objects.id("indicator");
        String first = Objects.indicator(id, Objects.id("identity"), "evil.example.com");
        tashkent.one(first);
        long seq = tashkent.store.latest(id).orElseThrow().seq();
        Outcome again = tashkent.one(first);
        assertEquals(Status.UNCHANGED, again.status());
        assertEquals(id, again.id());
        assertEquals(seq, again.seq());
        assertEquals(tashkent.store.latest(id).orElseThrow().facts().version(), again.version());

        String other = Objects.id("indicator");
        String naming = Objects.indicator(other, Objects.id("identity"), "evil.example.net")
                .replaceFirst("\\{", "{\"x_first\":{\"id\":\"" + id + "\"},");
        assertEquals(Status.ACCEPTED, tashkent.one(naming).status(), "it carries the id of another one before its own");
        assertEquals(other, tashkent.one(naming).id());
        assertEquals(naming, tashkent.stored(other));

        assertEquals(
                Code.EQUIVOCATION,
                tashkent.one(first.replace("an indicator", "another one"))
                        .refusal()
                        .orElseThrow()
                        .code());
        assertEquals(first, tashkent.stored(id));
    }

    @Test
    void anObjectOfOthersKeepsItsBytesAndGetsOurWordBeforeIt() throws Exception {
        String id = Objects.id("indicator");
        String theirs = Objects.indicator(id, Objects.id("identity"), "evil.example.com")
                .replace("\"name\":", " \"name\" : ");
        tashkent.one(theirs);
        assertEquals(theirs, tashkent.stored(id));
        Entry word = tashkent.store.at(1).orElseThrow();
        assertEquals("countersignature", word.facts().type());
        assertEquals(List.of(id), word.facts().refs());
        Entry object = tashkent.store.at(2).orElseThrow();
        assertEquals(id, object.facts().id());
        assertEquals(Origin.COUNTERSIGNED, object.facts().provenance().origin());
        assertFalse(object.release().own());
    }

    @Test
    void anObservableGetsOurWordAndIsOurs() throws Exception {
        String observable = Objects.domain("evil.example.com");
        Outcome outcome = tashkent.one(observable);
        assertEquals(Status.ACCEPTED, outcome.status(), outcome::toString);
        assertEquals(observable, tashkent.stored(outcome.id()));
        assertTrue(tashkent.store.latest(outcome.id()).orElseThrow().release().own());
        assertEquals(
                List.of(Status.ACCEPTED, Status.ACCEPTED),
                statuses(budapest.byPartner("tashkent", tashkent.published())));
        assertFalse(budapest.store.latest(outcome.id()).orElseThrow().release().own());
    }

    @Test
    void throughARelayEverythingArrivesVerifiedAndByteForByte() throws Exception {
        TestCentre moscow = new TestCentre("moscow", folder.resolve("moscow"));
        try (moscow) {
            moscow.trusts(tashkent, "producer", "relay");
            budapest.trusts(moscow, "producer", "relay");
            String foreign = Objects.id("indicator");
            String own = Objects.id("indicator");
            tashkent.byAnalyst(
                    Objects.indicator(foreign, Objects.id("identity"), "evil.example.com"),
                    Objects.indicator(own, tashkent.identity, "evil.example.net"));
            assertEquals(
                    List.of(Status.ACCEPTED, Status.ACCEPTED, Status.ACCEPTED),
                    statuses(moscow.byPartner("tashkent", tashkent.published())));
            assertEquals(
                    List.of(Status.ACCEPTED, Status.ACCEPTED, Status.ACCEPTED),
                    statuses(budapest.byPartner("moscow", moscow.published())));
            assertEquals(tashkent.stored(foreign), budapest.stored(foreign));
            assertEquals(tashkent.stored(own), budapest.stored(own));
            Entry arrived = budapest.store.latest(foreign).orElseThrow();
            assertEquals("moscow", arrived.facts().receivedFrom());
            assertEquals(
                    "tashkent",
                    arrived.facts().provenance().signers().getFirst().centre());
        }
    }

    @Test
    void aCountersignatureMayHaveComeInAnEarlierBatch() throws Exception {
        String id = Objects.id("indicator");
        tashkent.one(Objects.indicator(id, Objects.id("identity"), "evil.example.com"));
        String[] published = tashkent.published();
        assertEquals(Status.ACCEPTED, budapest.oneFrom("tashkent", published[0]).status());
        Outcome later = budapest.oneFrom("tashkent", published[1]);
        assertEquals(Status.ACCEPTED, later.status(), later::toString);
        assertEquals(
                Origin.COUNTERSIGNED,
                budapest.store.latest(id).orElseThrow().facts().provenance().origin());
    }

    @Test
    void oneBadObjectDoesNotStopTheOthers() throws Exception {
        String id = Objects.id("indicator");
        List<Outcome> outcomes = tashkent.byAnalyst(
                "{\"type\":",
                Objects.indicator(id, tashkent.identity, "evil.example.com"),
                "{\"type\":\"indicator\"}",
                "[]");
        assertEquals(List.of(Status.REFUSED, Status.ACCEPTED, Status.REFUSED, Status.REFUSED), statuses(outcomes));
        assertEquals(
                Code.MALFORMED_JSON, outcomes.get(0).refusal().orElseThrow().code());
        assertEquals(Code.INVALID_STIX, outcomes.get(2).refusal().orElseThrow().code());
        assertEquals(Code.INVALID_STIX, outcomes.get(3).refusal().orElseThrow().code());
        assertEquals("/objects/2", outcomes.get(2).where());
        assertEquals(
                1L,
                tashkent.intake
                        .counts()
                        .refusals()
                        .get(new IntakeMeters.RefusalKey("anna", false, Code.MALFORMED_JSON)));
        assertEquals(1L, tashkent.intake.counts().outcomes().get(new IntakeMeters.Key("anna", false, Status.ACCEPTED)));
    }

    @Test
    void manyObjectsKeepTheirOrder() throws Exception {
        List<String> objects = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            objects.add(Objects.indicator(Objects.id("indicator"), tashkent.identity, "host" + i + ".example.com"));
        }
        objects.set(250, "{}");
        List<Outcome> outcomes = tashkent.byAnalyst(objects.toArray(String[]::new));
        for (int i = 0; i < 500; i++) {
            assertEquals("/objects/" + i, outcomes.get(i).where());
            assertEquals(
                    i == 250 ? Status.REFUSED : Status.ACCEPTED, outcomes.get(i).status());
            assertEquals(i == 250 ? 0 : i < 250 ? i + 1 : i, outcomes.get(i).seq());
        }
    }

    @Test
    void tlpMarkingDefinitionsNeedNoSignatureAndNoChange() throws Exception {
        String published = new String(Markings.object(Markings.id(Tlp.AMBER)).orElseThrow(), StandardCharsets.UTF_8);
        assertEquals(Status.ACCEPTED, budapest.oneFrom("tashkent", published).status());
        assertEquals(
                Tlp.CLEAR,
                budapest.store
                        .latest(Markings.id(Tlp.AMBER))
                        .orElseThrow()
                        .release()
                        .tlp());
        Refusal refusal = budapest.oneFrom("tashkent", published.replace("TLP:AMBER", "TLP:CLEAR"))
                .refusal()
                .orElseThrow();
        assertEquals(Code.POLICY, refusal.code());
        assertTrue(refusal.reason().contains("not its wording"), refusal::reason);
    }

    @Test
    void equivocationKeepsBothAsEvidence() throws Exception {
        String id = Objects.id("indicator");
        tashkent.one(Objects.indicator(id, tashkent.identity, "evil.example.com"));
        budapest.byPartner("tashkent", tashkent.published());
        try (TestCentre twin = new TestCentre("twin", folder.resolve("twin"))) {
            budapest.trusts(twin, "producer", "relay");
            // The same producer says something else under the same version: signed by its own key, outside its gateway.
            String other = new String(
                    uz.koprik.indicators.stix.values.SignatureExtension.attach(
                            uz.koprik.crypto.json.StrictJson.parseObject(
                                    Objects.indicator(id, tashkent.identity, "evil.example.net")
                                            .getBytes(StandardCharsets.UTF_8)),
                            tashkent.keys.signer(),
                            tashkent.now),
                    StandardCharsets.UTF_8);
            Outcome refused = budapest.oneFrom("twin", other);
            assertEquals(Code.EQUIVOCATION, refused.refusal().orElseThrow().code());
            budapest.oneFrom("twin", other);
        }
        assertEquals(2, budapest.intake.counts().equivocations());
        try (var files = Files.list(folder.resolve("budapest/evidence"))) {
            List<Path> kept = files.filter(Files::isRegularFile).toList();
            assertEquals(1, kept.size());
            String text = Files.readString(kept.getFirst());
            assertTrue(
                    text.contains("\"offered_by\":\"twin\"") && text.contains("\"received_from\":\"tashkent\""), text);
        }
        assertTrue(budapest.stored(id).contains("evil.example.com"));
    }

    @Test
    void listenersHearOfAcceptedObjectsOnly() throws Exception {
        List<AcceptedEvent> heard = new ArrayList<>();
        tashkent.intake.onAccepted(heard::add);
        String object = Objects.indicator(Objects.id("indicator"), tashkent.identity, "evil.example.com");
        tashkent.byAnalyst(object, "{}");
        tashkent.byAnalyst(object);
        assertEquals(List.of(new AcceptedEvent(1, new Source.Account("anna", true))), heard);
    }

    @Test
    void aFailingListenerDoesNotUndoWhatIsStored() throws Exception {
        tashkent.intake.onAccepted(news -> {
            throw new IllegalStateException("listener out of order");
        });
        assertEquals(
                Status.ACCEPTED,
                tashkent.one(Objects.indicator(Objects.id("indicator"), null, "evil.example.com"))
                        .status());
    }

    private static List<Status> statuses(List<Outcome> outcomes) {
        return outcomes.stream().map(Outcome::status).toList();
    }
}
