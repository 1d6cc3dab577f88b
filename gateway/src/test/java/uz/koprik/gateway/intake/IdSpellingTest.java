package uz.koprik.gateway.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.gateway.auth.Source;
import uz.koprik.gateway.intake.Outcome.Status;
import uz.koprik.gateway.intake.Refusal.Code;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.ReleaseTerms;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.StixReader;
import uz.koprik.indicators.store.Draft;
import uz.koprik.indicators.store.EntryMetadata;
import uz.koprik.indicators.store.Provenance;
import uz.koprik.indicators.store.Provenance.Origin;
import uz.koprik.indicators.store.Versions;

/** No object comes in that spells an id in capital letters: markings, references and owners would not be recognised. */
class IdSpellingTest {

    private TestCentre budapest;
    private TestCentre tashkent;

    @BeforeEach
    void open(@TempDir Path folder) {
        budapest = new TestCentre("budapest", folder.resolve("budapest"));
        tashkent = new TestCentre("tashkent", folder.resolve("tashkent"));
        budapest.trusts(tashkent, "producer", "relay");
        budapest.settings("tashkent", true);
    }

    @AfterEach
    void close() {
        budapest.close();
        tashkent.close();
    }

    private static String upper(String id) {
        String type = id.substring(0, id.indexOf("--") + 2);
        return type + id.substring(type.length()).toUpperCase(Locale.ROOT);
    }

    private static void assertRefused(Outcome outcome, String pointer) {
        Refusal refusal = outcome.refusal().orElseThrow();
        assertEquals(List.of(Code.INVALID_STIX, pointer), List.of(refusal.code(), refusal.pointer()), refusal::reason);
        assertTrue(refusal.reason().contains("an identifier is written in lower case"), refusal::reason);
    }

    @Test
    void aMarkingInCapitalsIsNoUnknownOneButRefused() throws Exception {
        String red = Objects.malware(Objects.id("malware"), tashkent.identity, Tlp.RED);
        assertRefused(
                tashkent.one(red.replace(Markings.id(Tlp.RED), upper(Markings.id(Tlp.RED)))), "/object_marking_refs/0");
    }

    @Test
    void aReferenceInCapitalsDoesNotEscapeTheMarkingOfItsTarget() throws Exception {
        String malware = "malware--5e57c739-391a-4eb3-b6be-7d15ca92d5ed";
        tashkent.one(Objects.malware(malware, tashkent.identity, Tlp.RED));
        assertRefused(
                tashkent.one(Objects.report(Objects.id("report"), tashkent.identity, upper(malware))),
                "/object_refs/0");
        String report = Objects.report(Objects.id("report"), tashkent.identity, Objects.id("tool"));
        assertRefused(
                tashkent.one(
                        report.replace("\"name\":", "\"x_about\":{\"it\":[\"" + upper(malware) + "\"]},\"name\":")),
                "/x_about/it/0");
    }

    /** The owner of the identity signs what it publishes, so that an unsigned object in its name is refused. */
    @Test
    void aProducerInCapitalsDoesNotEscapeItsOwner() throws Exception {
        String indicator = Objects.id("indicator");
        Refusal known = budapest.oneFrom("tashkent", Objects.indicator(indicator, tashkent.identity, "a.example.com"))
                .refusal()
                .orElseThrow();
        assertEquals(Code.UNSIGNED, known.code());
        assertRefused(
                budapest.oneFrom("tashkent", Objects.indicator(indicator, upper(tashkent.identity), "a.example.com")),
                "/created_by_ref");
    }

    @Test
    void anObjectInCapitalsIsNoSecondObject() throws Exception {
        String malware = "malware--5e57c739-391a-4eb3-b6be-7d15ca92d5ed";
        assertRefused(tashkent.one(Objects.malware(upper(malware), tashkent.identity, Tlp.CLEAR)), "/id");
    }

    /** A store of an earlier version: the object is there, is served, and narrows what earlier versions stored. */
    @Test
    void whatEarlierVersionsStoredStaysInUse() throws Exception {
        String malware = upper("malware--5e57c739-391a-4eb3-b6be-7d15ca92d5ed");
        String text = Objects.malware(malware, tashkent.identity, Tlp.AMBER);
        StixObject old = StixReader.again(text.getBytes(StandardCharsets.UTF_8));
        tashkent.store.append(List.of(new Draft(
                new EntryMetadata(
                        malware,
                        "malware",
                        "2.1",
                        old.version(),
                        old.created(),
                        old.createdByRef(),
                        "",
                        "anna",
                        old.digest(),
                        new Provenance(Origin.UNSIGNED, List.of()),
                        new ReleaseTerms(Tlp.AMBER, true, false, false),
                        false,
                        List.of(),
                        List.of(),
                        ""),
                old.bytes())));
        tashkent.intake.recover();
        assertEquals(text, tashkent.stored(malware));
        assertEquals(
                Status.ACCEPTED,
                tashkent.one(Objects.report(Objects.id("report"), tashkent.identity, Objects.id("tool")))
                        .status());
        assertRefused(tashkent.one(text), "/id");
        assertEquals(
                1, tashkent.intake.withdraw(malware, Versions.ALL, "in capitals", new Source.Account("anna", true)));
    }
}
