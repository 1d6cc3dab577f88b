package uz.koprik.indicators.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import uz.koprik.indicators.cases.CaseFiles;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.policy.CaseUnits;
import uz.koprik.indicators.policy.ReleaseTerms;
import uz.koprik.indicators.policy.Tlp;

/** Case files are for those who work on the cases of their unit. */
public abstract class CaseFileContract extends StoreContract {

    protected CaseFileContract(StoreBackend backend) {
        super(backend);
    }

    private static Draft caseFile(String number, long version, String unit, String... refs) {
        Draft draft = Drafts.indicator("incident--" + number)
                .type("incident")
                .version(version)
                .house(true)
                .tlp(Tlp.RED)
                .carries("domain:" + number + ".example.com", "domain:shared.example.com")
                .refersTo(refs)
                .text("matter")
                .draft();
        EntryMetadata f = draft.facts();
        return new Draft(
                new EntryMetadata(
                        f.id(),
                        f.type(),
                        f.specVersion(),
                        f.version(),
                        f.created(),
                        f.producer(),
                        f.receivedFrom(),
                        f.submittedBy(),
                        f.digest(),
                        f.provenance(),
                        f.release(),
                        f.revoked(),
                        f.observables(),
                        f.refs(),
                        f.text(),
                        Optional.of(unit),
                        f.sight()),
                draft.object());
    }

    private static Audience of(String... units) {
        return new Audience(-1L, CaseUnits.of(Set.of(units)));
    }

    @Test
    void caseFilesAreForThoseOfTheirUnit() throws IOException, StoreUnavailable {
        store.append(List.of(caseFile("a", 1, "Unit 1"), caseFile("b", 1, "Unit 2"), caseFile("c", 1, "")));
        append(Drafts.indicator(1).carries("domain:shared.example.com").text("matter"));
        append(
                Drafts.indicator("note--a").house(true).refersTo("incident--a"),
                Drafts.indicator("note--ab").house(true).refersTo("incident--a", "incident--b"));
        append(Drafts.indicator("note--of-note").house(true).refersTo("note--a"));
        append(Drafts.indicator("note--unknown").house(true).refersTo("note--x"));
        Map<Audience, List<Long>> seen = Map.of(
                of(),
                List.of(4L),
                of("Unit 1"),
                List.of(1L, 4L, 5L, 7L),
                of("Unit 2"),
                List.of(2L, 4L),
                of("Unit 1", "Unit 2", ""),
                List.of(1L, 2L, 4L, 5L, 6L, 7L),
                ALL,
                fromTo(1, 8),
                of("Unit 3"),
                List.of(4L));
        for (int round = 0; round < 2; round++) {
            for (Map.Entry<Audience, List<Long>> one : seen.entrySet()) {
                Audience audience = one.getKey();
                assertEquals(
                        one.getValue(), all(new Selection(audience, Set.of(), Set.of(), Set.of(), Versions.ALL, 0)));
                List<Long> matter =
                        one.getValue().stream().filter(seq -> seq <= 4).toList();
                Search.Result result =
                        store.search(new Search(audience, words("matter").query()));
                assertEquals(matter.reversed(), seqs(result.entries()));
                assertEquals(matter.size(), result.total());
                assertEquals(
                        matter.size(),
                        store.carriers(List.of("domain:shared.example.com"), audience, 1)
                                .get("domain:shared.example.com")
                                .count());
                assertEquals(
                        matter.contains(1L),
                        store.latest("incident--a", audience).isPresent());
                assertEquals(
                        matter.contains(2L),
                        !store.versions("incident--b", audience).isEmpty());
                assertEquals(
                        one.getValue().stream()
                                .filter(seq -> seq == 5 || seq == 6)
                                .toList(),
                        seqs(store.referrers("incident--a", Versions.LAST, audience)));
            }
            reopen();
        }
    }

    @Test
    void whoMayNotSeeWhatALaterVersionRefersToSeesNoEarlierOne() throws IOException, StoreUnavailable {
        store.append(List.of(caseFile("a", 1, "Unit 1"), caseFile("b", 1, "Unit 2")));
        append(
                Drafts.indicator("note--a").house(true).version(1).refersTo("incident--a"),
                Drafts.indicator("note--x").house(true).version(1).refersTo("incident--a"));
        append(
                Drafts.indicator("note--a").house(true).version(2).refersTo("incident--b"),
                Drafts.indicator("note--x").house(true).version(2).refersTo("note--none"));
        for (int round = 0; round < 2; round++) {
            assertEquals(List.of(), store.versions("note--a", of("Unit 1")));
            assertEquals(List.of(5L), seqs(store.versions("note--a", of("Unit 2"))));
            assertEquals(List.of(3L, 5L), seqs(store.versions("note--a", of("Unit 1", "Unit 2"))));
            assertEquals(List.of(), store.versions("note--x", of("Unit 1", "Unit 2")));
            assertEquals(List.of(4L, 6L), seqs(store.versions("note--x", ALL)));
            reopen();
        }
    }

    @Test
    void whatIsTakenBackLaterOpensNoEarlierVersion() throws IOException, StoreUnavailable {
        store.append(List.of(caseFile("a", 1, "Unit 1")));
        append(
                Drafts.indicator("note--a").house(true).version(1).refersTo("incident--a"),
                Drafts.indicator("note--a").version(2).refersTo("note--none"));
        assertEquals(List.of(2L, 3L), seqs(store.versions("note--a", of("Unit 1"))));
        store.restrict(Map.of(3L, store.at(2).orElseThrow().release()));
        assertEquals(1, store.withdrawEntries("note--a", List.of(3L), "recalled", "tashkent"));
        for (int round = 0; round < 2; round++) {
            assertEquals(List.of(), store.versions("note--a", of("Unit 1")));
            assertEquals(List.of(2L), seqs(store.versions("note--a", ALL)));
            reopen();
        }
    }

    @Test
    void whatComesToReferToCaseFilesHidesEveryVersionBefore() throws IOException, StoreUnavailable {
        store.append(List.of(caseFile("a", 1, "Unit 1")));
        append(
                Drafts.indicator("note--a").house(true).version(1).refersTo("incident--a"),
                Drafts.indicator("note--a").version(2).refersTo("note--none"),
                Drafts.indicator("note--a").version(3).refersTo("note--none"),
                Drafts.indicator("note--b").house(true).version(1).refersTo("incident--a"),
                Drafts.indicator("note--b").version(2).refersTo("note--none"));
        ReleaseTerms terms = store.at(6).orElseThrow().release();
        store.renew(List.of(new Renewal(6, terms, terms)));
        ReleaseTerms house = store.at(2).orElseThrow().release();
        store.restrict(Map.of(4L, house, 7L, house));
        for (int round = 0; round < 2; round++) {
            assertEquals(List.of(), store.versions("note--a", of("Unit 1")));
            assertEquals(List.of(2L, 3L, 4L), seqs(store.versions("note--a", ALL)));
            assertEquals(List.of(), store.versions("note--b", of("Unit 1")));
            assertEquals(List.of(5L, 7L), seqs(store.versions("note--b", ALL)));
            reopen();
        }
    }

    @Test
    void aCaseFileThatMovesTakesItsHistoryAlong() throws IOException, StoreUnavailable {
        store.append(List.of(caseFile("a", 1, "Unit 1")));
        store.append(List.of(caseFile("a", 2, "Unit 1")));
        append(Drafts.indicator("note--a").house(true).refersTo("incident--a"));
        long before = store.stamp(1, 3);
        store.append(List.of(caseFile("a", 3, "Unit 2")));
        assertTrue(store.stamp(1, 3) > before, "pages that were cut of it are no longer good");
        for (int round = 0; round < 2; round++) {
            assertEquals(List.of(), store.versions("incident--a", of("Unit 1")));
            assertEquals(Optional.empty(), store.latest("note--a", of("Unit 1")));
            assertEquals(List.of(1L, 2L, 4L), seqs(store.versions("incident--a", of("Unit 2"))));
            assertTrue(store.latest("note--a", of("Unit 2")).isPresent());
            reopen();
        }
        store.withdraw("incident--a", Versions.LAST, "moved by mistake", "anna");
        for (int round = 0; round < 2; round++) {
            assertEquals(List.of(1L, 2L), seqs(store.versions("incident--a", of("Unit 1"))));
            assertTrue(store.latest("note--a", of("Unit 1")).isPresent());
            assertEquals(List.of(), store.versions("incident--a", of("Unit 2")));
            reopen();
        }
    }

    @Test
    void whatIsRenewedStaysWithTheCaseFilesThatWereThereFirst() throws IOException, StoreUnavailable {
        append(Drafts.indicator("note--early").house(true).refersTo("note--a"));
        store.append(List.of(caseFile("a", 1, "Unit 1")));
        append(
                Drafts.indicator("note--a").house(true).refersTo("incident--a"),
                Drafts.indicator("note--late").house(true).refersTo("note--a"));
        ReleaseTerms terms = store.latest("note--early").orElseThrow().release();
        assertEquals(
                Map.of(1L, 5L, 4L, 6L),
                store.renew(List.of(new Renewal(1, terms, terms), new Renewal(4, terms, terms))));
        for (int round = 0; round < 2; round++) {
            assertEquals(Optional.empty(), store.latest("note--early", of("Unit 1")));
            assertTrue(store.latest("note--early", ALL).isPresent());
            assertTrue(store.latest("note--late", of("Unit 1")).isPresent());
            reopen();
        }
    }

    /** Case files that older versions stored do not say whose they are but in the object. */
    @Test
    void caseFilesOfOldStoresHaveTheirUnitsToo() throws StoreUnavailable {
        Draft draft =
                Drafts.indicator("incident--old").type("incident").house(true).draft();
        byte[] object = ("{\"type\":\"incident\",\"extensions\":{\"" + CaseFiles.EXTENSION_ID
                        + "\":{\"owner_unit\":\"Unit 1\"}}}")
                .getBytes(StandardCharsets.UTF_8);
        store.append(List.of(new Draft(draft.facts(), object)));
        assertEquals(
                Optional.of("Unit 1"),
                store.latest("incident--old").orElseThrow().facts().unit());
        assertTrue(store.latest("incident--old", of("Unit 1")).isPresent());
        assertFalse(store.latest("incident--old", of("Unit 2")).isPresent());
    }
}
