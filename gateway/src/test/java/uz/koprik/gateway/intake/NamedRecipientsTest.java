package uz.koprik.gateway.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uz.koprik.gateway.release.Explanation;
import uz.koprik.gateway.release.PageFilter;
import uz.koprik.indicators.policy.Agreement;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.policy.ReleaseDecision;
import uz.koprik.indicators.policy.ReleaseTerms;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.ReleaseMarking;
import uz.koprik.indicators.store.Entry;

/** Objects whose markings name recipients go to those and to nobody else, and TLP:RED goes to them at last. */
class NamedRecipientsTest {

    private static final String BUDAPEST = Objects.id("identity");
    private static final String SEOUL = Objects.id("identity");

    private TestCentre centre;
    private String marking;
    private String report;

    @BeforeEach
    void open(@TempDir Path home) {
        centre = new TestCentre("tashkent", home);
        marking = Objects.id("marking-definition");
        report = Objects.id("report");
    }

    @AfterEach
    void close() {
        centre.close();
    }

    private static Recipient partner(String name, String identity) {
        return new Recipient.Partner(name, Agreement.DEFAULT, Set.of(identity));
    }

    private boolean goesTo(String identity, String id) throws Exception {
        return centre.release.latest(partner("partner", identity), id).isPresent();
    }

    private ReleaseTerms terms(String id) throws Exception {
        return centre.store.latest(id).orElseThrow().release();
    }

    private String definition(String id, String creator, String extension) {
        return "{\"type\":\"marking-definition\",\"spec_version\":\"2.1\",\"id\":\"" + id + "\",\"created_by_ref\":\""
                + creator + "\",\"created\":\"2026-11-01T00:00:00.000Z\",\"extensions\":{\""
                + ReleaseMarking.EXTENSION_ID + "\":{\"extension_type\":\"property-extension\"," + extension
                + "}}}";
    }

    private String naming(String id, String... recipients) {
        return definition(id, centre.identity, "\"recipients\":[\"" + String.join("\",\"", recipients) + "\"]");
    }

    private String marked(String id, String... markings) {
        return Objects.report(id, centre.identity, Objects.id("tool"))
                .replace("\"name\":", "\"object_marking_refs\":[\"" + String.join("\",\"", markings) + "\"],\"name\":");
    }

    @Test
    void redGoesToThoseThatItNames() throws Exception {
        centre.byAnalyst(naming(marking, BUDAPEST), marked(report, marking, Markings.id(Tlp.RED)));
        assertEquals(Optional.of(Set.of(BUDAPEST)), terms(report).recipients());
        assertTrue(goesTo(BUDAPEST, report));
        assertEquals(false, goesTo(SEOUL, report));
        List<String> pushed =
                centre.release.page(partner("budapest", BUDAPEST), PageFilter.LATEST, 0, 100).entries().stream()
                        .map(Entry::facts)
                        .map(facts -> facts.id())
                        .toList();
        assertEquals(List.of(marking, report), pushed, "the definition comes first");
        Explanation yes =
                centre.release.explain(report, partner("budapest", BUDAPEST)).orElseThrow();
        assertEquals(ReleaseDecision.Code.NAMED, yes.decision().code());
        Explanation no = centre.release.explain(report, partner("seoul", SEOUL)).orElseThrow();
        assertEquals(ReleaseDecision.Code.NOT_NAMED, no.decision().code());
        assertEquals(
                ReleaseDecision.Code.NOT_NAMED,
                centre.release
                        .explain(report, new Recipient.Client("siem", Tlp.RED))
                        .orElseThrow()
                        .decision()
                        .code());
    }

    @Test
    void otherMarkingsGoToThoseOnly() throws Exception {
        centre.byAnalyst(naming(marking, SEOUL));
        centre.byAnalyst(marked(report, Markings.id(Tlp.GREEN), marking));
        assertEquals(false, goesTo(BUDAPEST, report));
        assertTrue(goesTo(SEOUL, report));
    }

    @Test
    void ofSeveralMarkingsAllMustNameIt() throws Exception {
        String second = Objects.id("marking-definition");
        String third = Objects.id("marking-definition");
        centre.byAnalyst(
                naming(marking, BUDAPEST, SEOUL),
                naming(second, SEOUL),
                naming(third, BUDAPEST),
                marked(report, marking, second));
        assertEquals(false, goesTo(BUDAPEST, report));
        assertTrue(goesTo(SEOUL, report));
        String nobody = Objects.id("report");
        centre.byAnalyst(marked(nobody, second, third, Markings.id(Tlp.RED)));
        assertEquals(false, goesTo(BUDAPEST, nobody));
        assertEquals(false, goesTo(SEOUL, nobody));
    }

    /** In both orders of arrival, and in circles. */
    @Test
    void whatRefersToItFollows() throws Exception {
        String before = Objects.id("report");
        String after = Objects.id("report");
        centre.byAnalyst(Objects.report(before, centre.identity, report));
        assertTrue(goesTo(SEOUL, before));
        centre.byAnalyst(
                naming(marking, BUDAPEST),
                marked(report, marking, Markings.id(Tlp.RED)).replaceFirst("tool--[0-9a-f-]{36}", before));
        centre.byAnalyst(Objects.report(after, centre.identity, before));
        for (String id : List.of(before, report, after)) {
            assertEquals(Tlp.RED, terms(id).tlp(), id);
            assertEquals(Optional.of(Set.of(BUDAPEST)), terms(id).recipients(), id);
            assertEquals(false, goesTo(SEOUL, id), id);
            assertTrue(goesTo(BUDAPEST, id), id);
        }
        String plain = Objects.id("report");
        centre.byAnalyst(marked(plain, Markings.id(Tlp.RED)));
        centre.byAnalyst(
                marked(Objects.id("report"), Markings.id(Tlp.RED)).replaceFirst("report--[0-9a-f-]{36}", plain));
        String both = Objects.id("report");
        centre.byAnalyst(Objects.report(both, centre.identity, report, plain));
        assertEquals(false, goesTo(BUDAPEST, both), "RED that names nobody goes to nobody");
    }

    /** Otherwise a definition that somebody else published could open TLP:RED to its friends. */
    @Test
    void theDefinitionIsThatOfTheCreatorOfTheObject() throws Exception {
        centre.byAnalyst(definition(marking, SEOUL, "\"recipients\":[\"" + SEOUL + "\"]"));
        centre.byAnalyst(marked(report, marking, Markings.id(Tlp.RED)));
        assertEquals(Optional.empty(), terms(report).recipients());
        assertEquals(false, goesTo(SEOUL, report));
    }

    /** Observables have no creator: who vouches for one may mark it, and nobody else. */
    @Test
    void anObjectWithoutACreatorBearsMarkingsOfWhoVouchesForIt() throws Exception {
        String other = Objects.id("marking-definition");
        String domain = "domain-name--" + report.substring("report--".length());
        String second = Objects.id("domain-name");
        centre.byAnalyst(naming(marking, BUDAPEST), definition(other, SEOUL, "\"recipients\":[\"" + SEOUL + "\"]"));
        centre.byAnalyst(observable(domain, marking), observable(second, other));
        assertEquals(Optional.of(Set.of(BUDAPEST)), terms(domain).recipients());
        assertEquals(Tlp.RED, terms(second).tlp());
        assertEquals(Optional.empty(), terms(second).recipients());
    }

    private static String observable(String id, String marking) {
        return "{\"type\":\"domain-name\",\"spec_version\":\"2.1\",\"id\":\"" + id
                + "\",\"object_marking_refs\":[\"" + marking + "\"],\"value\":\"" + id.substring(13, 21)
                + ".example.com\"}";
    }

    @Test
    void theDefinitionGoesNoFurtherThanWhatItMarks() throws Exception {
        centre.byAnalyst(naming(marking, BUDAPEST));
        assertTrue(goesTo(BUDAPEST, marking));
        assertEquals(false, goesTo(SEOUL, marking));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"recipients\":[]",
                "\"recipients\":[\"tool--00000000-0000-4000-8000-000000000001\"]",
                "\"recipients\":[7]",
                "\"recipients\":\"BUDAPEST\"",
                "\"recipients\":[\"BUDAPEST\"],\"only_on\":\"sundays\""
            })
    void aDefinitionThatIsNotUnderstoodWholeIsTheStrictest(String extension) throws Exception {
        centre.byAnalyst(
                definition(marking, centre.identity, extension.replace("BUDAPEST", BUDAPEST)),
                marked(report, marking, Markings.id(Tlp.GREEN)));
        assertEquals(Tlp.RED, terms(report).tlp());
        assertEquals(false, goesTo(BUDAPEST, report));
    }

    @Test
    void aDefinitionThatComesLaterOpensNothing() throws Exception {
        centre.byAnalyst(marked(report, marking, Markings.id(Tlp.RED)));
        centre.byAnalyst(naming(marking, BUDAPEST));
        assertEquals(false, goesTo(BUDAPEST, report));
    }
}
