package uz.koprik.gateway.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.crypto.Sha256;
import uz.koprik.gateway.config.FileStateStore;
import uz.koprik.gateway.intake.StoreTrace;
import uz.koprik.gateway.intake.TestCentre;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.policy.ReleaseTerms;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.store.Drafts;
import uz.koprik.indicators.store.state.StateStore;

/**
 * What a reader may not see takes the path of what is not there: the same calls of the stores, with the same answers. A
 * call more, which a file or a cluster serves, would show by its time.
 */
class HiddenAsAbsentTest {

    private static final Recipient READER = new Recipient.Client("reader", Tlp.GREEN, Set.of());

    /** A number under which nothing is stored. */
    private static final String ABSENT = Drafts.indicator(9).id();

    private final StoreTrace trace = new StoreTrace();
    private TestCentre centre;

    @BeforeEach
    void open(@TempDir Path home) throws Exception {
        centre = new TestCentre("tashkent", home, "", trace::around);
        ErasedObjectTerms terms =
                new ErasedObjectTerms(trace.around(StateStore.class, new FileStateStore(home.resolve("state"))));
        centre.release.remembering(terms);
        String erased = Drafts.indicator(3).id();
        centre.store.append(List.of(
                Drafts.indicator(1).draft(),
                Drafts.indicator(2).tlp(Tlp.AMBER).draft(),
                Drafts.indicator(2).version(2).tlp(Tlp.AMBER).draft(),
                Drafts.indicator(3).tlp(Tlp.AMBER).draft(),
                Drafts.indicator(4).tlp(Tlp.AMBER).refersTo(ABSENT).draft()));
        terms.remember(Map.of(erased, List.of(new ReleaseTerms(Tlp.AMBER, false, false, false))));
        centre.store.erase(List.of(erased), "retention", "admin");
    }

    @AfterEach
    void close() {
        centre.close();
    }

    /** The calls of everything that readers can ask of an id. */
    private List<String> asking(String id) throws Exception {
        Release release = centre.release;
        return trace.of(() -> {
            assertTrue(release.latest(READER, id).isEmpty());
            assertTrue(release.latestProven(READER, id).isEmpty());
            assertTrue(release.versions(READER, id).isEmpty());
            assertTrue(release.provenVersions(READER, id).isEmpty());
            assertTrue(release.erasure(READER, id).isEmpty());
            assertFalse(release.holds(READER, id));
            assertFalse(release.needsPurpose(READER, id));
            assertTrue(release.referrers(READER, id).isEmpty());
            assertTrue(release.firstReferrers(READER, id).isEmpty());
        });
    }

    @Test
    void anObjectThatAReaderMayNotSeeIsAskedForAsOneThatIsNotThere() throws Exception {
        List<String> absent = asking(ABSENT);
        assertTrue(absent.contains("latest -> 0"), absent::toString);
        assertEquals(absent, asking(Drafts.indicator(2).id()));
        assertTrue(centre.release.latest(READER, Drafts.indicator(1).id()).isPresent());
    }

    @Test
    void anErasedObjectThatAReaderCouldNotSeeIsAskedForAsOneThatIsNotThere() throws Exception {
        assertTrue(centre.store.erasure(Drafts.indicator(3).id()).isPresent());
        assertEquals(asking(besideErased()), asking(Drafts.indicator(3).id()));
    }

    /** An id of nothing, whose terms would be in the same paper as those of the erased object. */
    private static String besideErased() {
        String erased = paper(Drafts.indicator(3).id());
        return IntStream.iterate(10, number -> number + 1)
                .mapToObj(number -> Drafts.indicator(number).id())
                .filter(id -> paper(id).equals(erased))
                .findFirst()
                .orElseThrow();
    }

    private static String paper(String id) {
        return Sha256.hex(Sha256.of(id.getBytes(StandardCharsets.UTF_8))).substring(0, 3);
    }
}
