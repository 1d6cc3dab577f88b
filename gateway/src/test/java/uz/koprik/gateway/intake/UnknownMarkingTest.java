package uz.koprik.gateway.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uz.koprik.gateway.auth.Source;
import uz.koprik.gateway.intake.Outcome.Status;
import uz.koprik.gateway.intake.Refusal.Code;
import uz.koprik.gateway.release.Explanation;
import uz.koprik.indicators.policy.Agreement;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.policy.UnknownMarking;
import uz.koprik.indicators.store.Versions;

/**
 * A marking whose meaning nobody here knows is not overlooked, and one that is marked itself is a reference like any
 * other.
 */
class UnknownMarkingTest {

    private static final String STATEMENT =
            "\"definition_type\":\"statement\",\"definition\":{\"statement\":\"Copyright\"}";
    private static final String OTHER = "extension-definition--d83fce45-ef58-4c6c-a3f4-1fbc32e98c6e";

    private Path folder;
    private TestCentre centre;
    private String marking;
    private String report;

    @BeforeEach
    void open(@TempDir Path home) {
        folder = home;
        centre = new TestCentre("tashkent", home);
        marking = Objects.id("marking-definition");
        report = Objects.id("report");
    }

    @AfterEach
    void close() {
        centre.close();
    }

    private String marked(String... markings) {
        return markedOn("2026-11-01", markings);
    }

    private String markedOn(String day, String... markings) {
        return Objects.report(report, centre.identity, Objects.id("tool"))
                .replace("\"modified\":\"2026-11-01", "\"modified\":\"" + day)
                .replace("\"name\":", "\"object_marking_refs\":[\"" + String.join("\",\"", markings) + "\"],\"name\":");
    }

    private String granular(String day) {
        return Objects.report(report, centre.identity, Objects.id("tool"))
                .replace("\"modified\":\"2026-11-01", "\"modified\":\"" + day)
                .replace(
                        "\"name\":",
                        "\"granular_markings\":[{\"selectors\":[\"name\"],\"marking_ref\":\"" + marking
                                + "\"}],\"name\":");
    }

    private String definition(String content, String more) {
        return "{\"type\":\"marking-definition\",\"spec_version\":\"2.1\",\"id\":\"" + marking
                + "\",\"created_by_ref\":\"" + centre.identity + "\",\"created\":\"2026-11-01T00:00:00.000Z\","
                + content + more + "}";
    }

    private static String markedWith(Tlp tlp) {
        return ",\"object_marking_refs\":[\"" + Markings.id(tlp) + "\"]";
    }

    private Tlp tlp(String id) throws Exception {
        return centre.store.latest(id).orElseThrow().release().tlp();
    }

    @Test
    void countsAsTheStrictest() throws Exception {
        centre.one(marked(marking, Markings.id(Tlp.GREEN)));
        assertEquals(Tlp.RED, tlp(report));
        Explanation why = centre.release
                .explain(report, new Recipient.Partner("budapest", Agreement.DEFAULT))
                .orElseThrow();
        assertEquals(
                List.of(marking),
                why.because().stream().map(Explanation.Stricter::id).toList());
    }

    @Test
    void countsAsTheStrictestOnASinglePropertyToo() throws Exception {
        centre.one(granular("2026-11-01"));
        assertEquals(Tlp.RED, tlp(report));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"definition_type\":\"pap\",\"definition\":{\"pap\":\"red\"}",
                "\"extensions\":{\"" + OTHER + "\":{\"extension_type\":\"property-extension\",\"a_b\":1}}",
                STATEMENT + ",\"extensions\":{\"" + OTHER + "\":{\"extension_type\":\"property-extension\",\"a_b\":1}}"
            })
    void isOneOfAnotherKindAlso(String content) throws Exception {
        List<Outcome> outcomes = centre.byAnalyst(definition(content, markedWith(Tlp.CLEAR)), marked(marking));
        assertEquals(
                List.of(Status.ACCEPTED, Status.ACCEPTED),
                outcomes.stream().map(Outcome::status).toList());
        assertEquals(List.of(Tlp.CLEAR, Tlp.RED), List.of(tlp(marking), tlp(report)));
    }

    @Test
    void aStatementNarrowsNothingWhereverInTheBatchItStands() throws Exception {
        centre.byAnalyst(marked(marking, Markings.id(Tlp.GREEN)), definition(STATEMENT, markedWith(Tlp.CLEAR)));
        assertEquals(Tlp.GREEN, tlp(report));
        centre.one(markedOn("2026-11-02", marking));
        assertEquals(Tlp.CLEAR, tlp(report));
        centre.byAnalyst(definition(STATEMENT, markedWith(Tlp.CLEAR)), markedOn("2026-11-03", marking));
        assertEquals(Tlp.CLEAR, tlp(report));
    }

    @Test
    void aDefinitionIsStoredBeforeWhatItMarks() throws Exception {
        List<Outcome> outcomes = centre.byAnalyst(marked(marking), definition(STATEMENT, markedWith(Tlp.CLEAR)));
        assertTrue(outcomes.get(1).seq() < outcomes.get(0).seq(), outcomes::toString);
    }

    @Test
    void aDefinitionThatComesLaterWidensNothingButNewVersions() throws Exception {
        centre.one(marked(marking));
        centre.one(definition(STATEMENT, markedWith(Tlp.CLEAR)));
        assertEquals(Tlp.RED, tlp(report));
        assertEquals(
                Status.ACCEPTED, centre.one(markedOn("2026-11-02", marking)).status());
        assertEquals(Tlp.CLEAR, tlp(report));
    }

    @Test
    void aRefusedDefinitionDefinesNothing() throws Exception {
        centre.byAnalyst(definition(STATEMENT, ",\"severity\":1"), marked(marking));
        assertEquals(Tlp.RED, tlp(report));
    }

    @Test
    void aMarkingThatIsMarkedItselfNarrowsWhatItMarks() throws Exception {
        centre.byAnalyst(marked(marking), definition(STATEMENT, markedWith(Tlp.AMBER)));
        assertEquals(Tlp.AMBER, tlp(report));
        centre.one(granular("2026-11-02"));
        assertEquals(Tlp.AMBER, tlp(report));
    }

    /** The definition was withdrawn and published again, stricter than before. */
    @Test
    void aMarkingThatComesBackStricterNarrowsWhatItMarksAlready() throws Exception {
        String outer = Objects.id("report");
        centre.byAnalyst(
                definition(STATEMENT, markedWith(Tlp.CLEAR)),
                marked(marking),
                Objects.report(outer, centre.identity, report));
        assertEquals(Tlp.CLEAR, tlp(outer));
        List<String> refs = centre.store.latest(report).orElseThrow().facts().refs();
        assertTrue(refs.contains(marking), "what it is marked by is a reference");
        assertEquals(List.of(), refs.stream().filter(Markings.ids()::contains).toList());
        centre.intake.withdraw(marking, Versions.ALL, "too wide", new Source.Account("anna", true));
        centre.one(definition(STATEMENT, markedWith(Tlp.RED))
                .replace("\"created\":\"2026-11-01", "\"created\":\"2026-11-02"));
        assertEquals(List.of(Tlp.RED, Tlp.RED), List.of(tlp(report), tlp(outer)));
    }

    @Test
    void canBeRefusedInstead() throws Exception {
        String second = Objects.id("marking-definition");
        try (Intake refusing = new Intake(
                centre.store,
                centre.intake.localCentre(),
                centre.trust,
                centre.partners,
                centre.correlator,
                Tlp.CLEAR,
                UnknownMarking.REFUSE,
                folder.resolve("evidence"),
                () -> centre.now)) {
            // The second definition bears an unknown marking, so that it is refused, and what it marks with it.
            List<Outcome> outcomes = refusing.take(
                    TestCentre.offered(
                            marked(second),
                            definition(
                                            STATEMENT,
                                            ",\"object_marking_refs\":[\"" + Objects.id("marking-definition") + "\"]")
                                    .replace(marking, second),
                            Objects.malware(Objects.id("malware"), centre.identity, Tlp.GREEN)),
                    new Source.Account("anna", true));
            assertEquals(
                    List.of(Status.REFUSED, Status.REFUSED, Status.ACCEPTED),
                    outcomes.stream().map(Outcome::status).toList());
            IntStream.range(0, 2).forEach(i -> {
                Refusal refusal = outcomes.get(i).refusal().orElseThrow();
                assertEquals(
                        List.of(Code.POLICY, "/object_marking_refs/0"),
                        List.of(refusal.code(), refusal.pointer()),
                        refusal::reason);
                assertTrue(refusal.reason().contains("bears a marking that is unknown here"), refusal::reason);
            });
            Outcome single = refusing.take(TestCentre.offered(granular("2026-11-01")), new Source.Account("anna", true))
                    .getFirst();
            assertEquals(
                    "/granular_markings/0/marking_ref",
                    single.refusal().orElseThrow().pointer());
            assertEquals(
                    Status.ACCEPTED,
                    refusing.take(
                                    TestCentre.offered(marked(marking), definition(STATEMENT, markedWith(Tlp.CLEAR))),
                                    new Source.Account("anna", true))
                            .getFirst()
                            .status());
        }
    }

    /** What is named under any property is as secret as what is named under a reference. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"x_refs\":[{\"to\":\"MALWARE\"}]",
                "\"x_about\":\"MALWARE\"",
                "\"x_ref\":{\"deep\":[[\"MALWARE\"]]}",
                "\"extensions\":{\"" + OTHER + "\":{\"extension_type\":\"property-extension\",\"about\":\"MALWARE\"}}"
            })
    void whatIsNamedUnderAnyNameNarrowsBothWaysInTime(String property) throws Exception {
        String malware = Objects.id("malware");
        String named = Objects.report(report, centre.identity, Objects.id("tool"))
                .replace("\"name\":", property.replace("MALWARE", malware) + ",\"name\":");
        centre.one(named);
        assertEquals(Tlp.CLEAR, tlp(report));
        centre.one(Objects.malware(malware, centre.identity, Tlp.RED));
        assertEquals(Tlp.RED, tlp(report));
        String before = report;
        report = Objects.id("report");
        centre.one(named.replace(before, report));
        assertEquals(Tlp.RED, tlp(report));
    }
}
