package uz.koprik.gateway.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.gateway.auth.Source;
import uz.koprik.gateway.release.PageFilter;
import uz.koprik.indicators.cases.CaseFile;
import uz.koprik.indicators.cases.CaseFiles;
import uz.koprik.indicators.correlation.Correlator;
import uz.koprik.indicators.policy.Agreement;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.policy.ReleaseTerms;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.policy.UnknownMarking;
import uz.koprik.indicators.store.Draft;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.InternalStore;

/** What refers to something strict is as strict as that, in both orders of arrival. */
class InheritanceTest {

    private TestCentre centre;
    private String us;
    private Path home;

    @BeforeEach
    void open(@TempDir Path folder) {
        home = folder;
        centre = new TestCentre("tashkent", folder);
        us = centre.identity;
    }

    @AfterEach
    void close() {
        centre.close();
    }

    private Tlp tlp(String id) throws Exception {
        return release(id).tlp();
    }

    private ReleaseTerms release(String id) throws Exception {
        return centre.store.latest(id).orElseThrow().release();
    }

    @Test
    void fromWhatIsThereAlready() throws Exception {
        String malware = Objects.id("malware");
        String report = Objects.id("report");
        centre.one(Objects.malware(malware, us, Tlp.AMBER));
        centre.one(Objects.report(report, us, malware));
        assertEquals(Tlp.AMBER, tlp(report));
    }

    @Test
    void fromWhatComesInTheSameBatchInAnyOrder() throws Exception {
        String malware = Objects.id("malware");
        String inner = Objects.id("report");
        String outer = Objects.id("report");
        centre.byAnalyst(
                Objects.report(outer, us, inner),
                Objects.report(inner, us, malware),
                Objects.malware(malware, us, Tlp.RED));
        assertEquals(List.of(Tlp.RED, Tlp.RED, Tlp.RED), List.of(tlp(outer), tlp(inner), tlp(malware)));
    }

    @Test
    void fromWhatComesLaterThroughAChain() throws Exception {
        String malware = Objects.id("malware");
        String inner = Objects.id("report");
        String outer = Objects.id("report");
        String apart = Objects.id("report");
        centre.one(Objects.report(outer, us, inner));
        centre.one(Objects.report(inner, us, malware));
        centre.one(Objects.report(apart, us, Objects.id("malware")));
        assertEquals(Tlp.CLEAR, tlp(outer));
        centre.one(Objects.malware(malware, us, Tlp.AMBER_STRICT));
        assertEquals(
                List.of(Tlp.AMBER_STRICT, Tlp.AMBER_STRICT, Tlp.CLEAR), List.of(tlp(outer), tlp(inner), tlp(apart)));
    }

    @Test
    void inACircle() throws Exception {
        String one = Objects.id("report");
        String two = Objects.id("report");
        String malware = Objects.id("malware");
        centre.one(Objects.report(one, us, two));
        centre.one(Objects.report(two, us, one, malware));
        centre.one(Objects.malware(malware, us, Tlp.GREEN));
        assertEquals(List.of(Tlp.GREEN, Tlp.GREEN), List.of(tlp(one), tlp(two)));
    }

    @Test
    void alsoByOlderVersions() throws Exception {
        String malware = Objects.id("malware");
        String report = Objects.id("report");
        centre.one(Objects.report(report, us, malware));
        centre.one(
                Objects.report(report, us, malware).replace("\"modified\":\"2026-11-01", "\"modified\":\"2026-11-02"));
        centre.one(Objects.malware(malware, us, Tlp.AMBER));
        assertEquals(
                List.of(Tlp.AMBER, Tlp.AMBER),
                centre.store.versions(report).stream()
                        .map(entry -> entry.release().tlp())
                        .toList());
    }

    @Test
    void byAnOlderVersionWhoseSuccessorNoLongerRefers() throws Exception {
        String malware = Objects.id("malware");
        String report = Objects.id("report");
        centre.one(Objects.report(report, us, malware));
        centre.one(Objects.report(report, us, Objects.id("malware"))
                .replace("\"modified\":\"2026-11-01", "\"modified\":\"2026-11-02"));
        centre.one(Objects.malware(malware, us, Tlp.AMBER));
        assertEquals(
                List.of(Tlp.AMBER, Tlp.CLEAR),
                centre.store.versions(report).stream()
                        .map(entry -> entry.release().tlp())
                        .toList());
    }

    @Test
    void isFinishedAfterACrash() throws Exception {
        String malware = Objects.id("malware");
        String inner = Objects.id("report");
        String outer = Objects.id("report");
        centre.one(Objects.report(outer, us, inner));
        centre.one(Objects.report(inner, us, malware));
        // The strict object is stored, and the process that stored it ended there.
        centre.store.append(List.of(elsewhere(Objects.malware(malware, us, Tlp.RED))));
        assertEquals(Tlp.CLEAR, tlp(outer));
        centre.intake.recover();
        assertEquals(List.of(Tlp.RED, Tlp.RED), List.of(tlp(inner), tlp(outer)));
    }

    /**
     * The other stores the strict object after this one has looked for it, and before this one stores what refers to
     * it.
     */
    @Test
    void whenAnotherGatewayOfTheCentreIsFaster() throws Exception {
        String malware = Objects.id("malware");
        String report = Objects.id("report");
        Draft strict = elsewhere(Objects.malware(malware, us, Tlp.RED));
        AtomicLong others = new AtomicLong();
        InternalStore shared = (InternalStore) Proxy.newProxyInstance(
                InternalStore.class.getClassLoader(), new Class<?>[] {InternalStore.class}, (proxy, method, args) -> {
                    if (method.getName().equals("othersWrote")) {
                        return others.get();
                    }
                    if (method.getName().equals("append") && others.compareAndSet(0, 1)) {
                        centre.store.append(List.of(strict));
                    }
                    return method.invoke(centre.store, args);
                });
        try (Intake intake = new Intake(
                shared,
                centre.localCentre(),
                centre.trust,
                centre.partners,
                new Correlator(shared, () -> centre.warnings, () -> centre.now),
                Tlp.CLEAR,
                UnknownMarking.STRICTEST,
                home.resolve("more"),
                () -> centre.now)) {
            intake.take(TestCentre.offered(Objects.report(report, us, malware)), new Source.Account("anna", true));
        }
        assertEquals(1, others.get());
        assertEquals(Tlp.RED, tlp(report));
    }

    private Draft elsewhere(String object) throws Exception {
        try (TestCentre other = new TestCentre("elsewhere", home.resolve("elsewhere"))) {
            Outcome outcome = other.one(object);
            Entry entry = other.store.latest(outcome.id()).orElseThrow();
            byte[] bytes = new byte[entry.object().remaining()];
            entry.object().get(bytes);
            return new Draft(entry.facts(), bytes);
        }
    }

    @Test
    void fromANewStricterVersion() throws Exception {
        String malware = Objects.id("malware");
        String report = Objects.id("report");
        centre.byAnalyst(Objects.malware(malware, us, Tlp.CLEAR), Objects.report(report, us, malware));
        assertEquals(Tlp.CLEAR, tlp(report));
        centre.one(Objects.malware(malware, us, Tlp.RED)
                .replace("\"modified\":\"2026-11-01", "\"modified\":\"2026-11-02"));
        assertEquals(Tlp.RED, tlp(report));
    }

    @Test
    void aRefusedObjectNarrowsNothing() throws Exception {
        String malware = Objects.id("malware");
        String report = Objects.id("report");
        centre.one(Objects.malware(malware, us, Tlp.CLEAR)
                .replace("\"modified\":\"2026-11-01", "\"modified\":\"2026-11-03"));
        centre.one(Objects.report(report, us, malware));
        Outcome old = centre.one(Objects.malware(malware, us, Tlp.RED));
        assertEquals(Refusal.Code.OLD_VERSION, old.refusal().orElseThrow().code());
        assertEquals(Tlp.CLEAR, tlp(report));
    }

    /** Seoul is not given Moscow's object back, and yet knows what is in it. */
    @Test
    void fromWhatItsSubmitterHandedOverFromAnotherCentre() throws Exception {
        try (TestCentre moscow = new TestCentre("moscow", home.resolve("moscow"));
                TestCentre seoul = new TestCentre("seoul", home.resolve("seoul"))) {
            centre.trusts(moscow, "producer");
            centre.trusts(seoul, "producer", "relay");
            String malware = Objects.id("malware");
            String before = Objects.id("report");
            String after = Objects.id("report");
            moscow.one(Objects.malware(malware, moscow.identity, Tlp.AMBER));
            seoul.one(Objects.report(before, seoul.identity, malware));
            seoul.one(Objects.report(after, seoul.identity, malware));
            centre.oneFrom("seoul", seoul.stored(before));
            assertEquals(Tlp.CLEAR, tlp(before));
            assertEquals(
                    Outcome.Status.ACCEPTED,
                    centre.oneFrom("seoul", moscow.stored(malware)).status());
            centre.oneFrom("seoul", seoul.stored(after));
            assertEquals(List.of(Tlp.AMBER, Tlp.AMBER), List.of(tlp(before), tlp(after)));
        }
    }

    @Test
    void notFromTheProducer() throws Exception {
        String report = Objects.id("report");
        centre.one(Objects.report(report, us, Objects.id("malware")));
        String identity = "{\"type\":\"identity\",\"spec_version\":\"2.1\",\"id\":\"" + us + "\",\"created_by_ref\":\""
                + us + "\","
                + "\"created\":\"2026-11-01T00:00:00.000Z\",\"modified\":\"2026-11-01T00:00:00.000Z\",\"name\":\"us\","
                + "\"object_marking_refs\":[\"" + uz.koprik.indicators.policy.Markings.id(Tlp.AMBER) + "\"]}";
        assertEquals(Outcome.Status.ACCEPTED, centre.one(identity).status());
        assertEquals(Tlp.CLEAR, tlp(report));
    }

    @Test
    void aCountersignatureGoesWhereItsObjectGoes() throws Exception {
        String malware = Objects.id("malware");
        String report = Objects.id("report");
        centre.one(Objects.report(report, Objects.id("identity"), malware));
        assertEquals(Tlp.CLEAR, centre.store.at(1).orElseThrow().release().tlp());
        centre.one(Objects.malware(malware, us, Tlp.AMBER));
        assertEquals(Tlp.AMBER, tlp(report));
        assertEquals(Tlp.AMBER, centre.store.at(1).orElseThrow().release().tlp());
        assertFalse(
                centre.store.at(1).orElseThrow().release().own(),
                "it is released like the object of others it is about");
    }

    @Test
    void personalObservablesAndCasesAreInheritedToo() throws Exception {
        String email = Objects.domain("example.com")
                .replace("domain-name", "email-addr")
                .replace("\"example.com\"", "\"a@example.com\"");
        Outcome stored = centre.one(email);
        String report = Objects.id("report");
        centre.one(Objects.report(report, us, stored.id()));
        assertTrue(release(report).personal());
        CaseFile file = CaseFile.open("T-2026-014", "Test case", "card-fraud", centre.now);
        String caseId = CaseFiles.id(us, "T-2026-014");
        String note = Objects.id("report");
        centre.one(Objects.report(note, us, caseId));
        assertFalse(release(note).house());
        centre.intake.take(
                List.of(new IncomingObject(
                        CaseFiles.write(file, us, Optional.empty(), centre.keys.signer(), centre.now)
                                .bytes(),
                        "case")),
                new Source.Account("anna", true));
        assertTrue(release(note).house());
        Recipient partner = new Recipient.Partner(
                "budapest", new Agreement(Tlp.AMBER_STRICT, Optional.of("test"), Optional.empty(), ""));
        assertEquals(
                List.of(stored.id(), report),
                centre.release.page(partner, PageFilter.LATEST, 0, 100).entries().stream()
                        .map(entry -> entry.facts().id())
                        .filter(id -> !id.startsWith("countersignature"))
                        .toList());
    }

    @Test
    void whenBothComeAtTheSameTime() throws Exception {
        try (ExecutorService two = Executors.newFixedThreadPool(2)) {
            for (int i = 0; i < 50; i++) {
                String malware = Objects.id("malware");
                String report = Objects.id("report");
                CountDownLatch go = new CountDownLatch(1);
                Future<Outcome> strict = two.submit(() -> {
                    go.await();
                    return centre.one(Objects.malware(malware, us, Tlp.AMBER));
                });
                Future<Outcome> referrer = two.submit(() -> {
                    go.await();
                    return centre.one(Objects.report(report, us, malware));
                });
                go.countDown();
                strict.get();
                referrer.get();
                assertEquals(Tlp.AMBER, tlp(report), "round " + i);
            }
        }
    }
}
