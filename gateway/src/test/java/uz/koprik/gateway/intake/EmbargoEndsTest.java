package uz.koprik.gateway.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.gateway.release.PageFilter;
import uz.koprik.indicators.policy.Agreement;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.policy.ReleaseDecision;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.ReleaseMarking;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.Page;

/** Objects under embargo go to nobody outside before its end, and then to readers whose position is past them. */
class EmbargoEndsTest {

    private static final Instant END = TestCentre.NOW.plusSeconds(3600);
    private static final Recipient BUDAPEST = new Recipient.Partner("budapest", Agreement.DEFAULT);

    private TestCentre centre;
    private EmbargoEnds ends;
    private final String marking = Objects.id("marking-definition");
    private final String report = Objects.id("report");

    @BeforeEach
    void open(@TempDir Path home) {
        centre = new TestCentre("tashkent", home);
        ends = centre.intake.embargoEnds();
    }

    @AfterEach
    void close() {
        centre.close();
    }

    private String until(String id, Instant end) {
        return "{\"type\":\"marking-definition\",\"spec_version\":\"2.1\",\"id\":\"" + id + "\",\"created_by_ref\":\""
                + centre.identity + "\",\"created\":\"2026-11-01T00:00:00.000Z\",\"extensions\":{\""
                + ReleaseMarking.EXTENSION_ID + "\":{\"extension_type\":\"property-extension\",\"embargo_until\":\""
                + end.toString().replace("Z", ".000Z") + "\"}}}";
    }

    private String marked(String id, String... markings) {
        return Objects.report(id, centre.identity, Objects.id("tool"))
                .replace("\"name\":", "\"object_marking_refs\":[\"" + String.join("\",\"", markings) + "\"],\"name\":");
    }

    private Page after(long seq) throws Exception {
        return centre.release.page(BUDAPEST, PageFilter.LATEST, seq, 100);
    }

    private static List<String> ids(Page page) {
        return page.entries().stream()
                .map(Entry::facts)
                .map(facts -> facts.id())
                .toList();
    }

    private ReleaseDecision why(String id) throws Exception {
        return centre.release.explain(id, BUDAPEST).orElseThrow().decision();
    }

    @Test
    void whoseReadersAreFurtherGetItAtItsEnd() throws Exception {
        List<Long> news = new ArrayList<>();
        centre.intake.onAccepted(event -> news.add(event.lastSeq()));
        String plain = Objects.id("report");
        centre.byAnalyst(
                until(marking, END),
                marked(report, marking),
                Objects.report(plain, centre.identity, Objects.id("tool")));
        ends.look();
        Page before = after(0);
        assertEquals(List.of(plain), ids(before));
        assertEquals(ReleaseDecision.Code.EMBARGO, why(report).code());
        assertEquals(END.toString(), why(report).details().get("embargo"));
        centre.now = END.minusMillis(1);
        ends.look();
        assertEquals(List.of(), ids(after(before.nextAfter())));
        centre.now = END;
        ends.look();
        assertEquals(List.of(marking, report), ids(after(before.nextAfter())), "the definition comes first");
        assertTrue(why(report).released());
        assertEquals(centre.store.status().lastSeq(), news.getLast(), "feeds are woken");
        long last = centre.store.status().lastSeq();
        ends.look();
        assertEquals(last, centre.store.status().lastSeq());
    }

    @Test
    void whatEndedWhileTheCentreWasOffIsRenewedAtItsStart() throws Exception {
        centre.byAnalyst(until(marking, END), marked(report, marking));
        centre.now = END.plusSeconds(60);
        long before = centre.store.status().lastSeq();
        centre.intake.embargoEnds().look();
        assertEquals(List.of(marking, report), ids(after(before)));
        centre.intake.embargoEnds().look();
        assertEquals(before + 2, centre.store.status().lastSeq(), "once");
    }

    @Test
    void ofSeveralTheLatestCounts() throws Exception {
        String later = Objects.id("marking-definition");
        centre.byAnalyst(until(marking, END), until(later, END.plusSeconds(60)), marked(report, later, marking));
        assertEquals(
                END.plusSeconds(60),
                centre.store.latest(report).orElseThrow().release().embargo().orElseThrow());
    }

    @Test
    void whatRefersToItWaitsAsLong() throws Exception {
        String refers = Objects.id("report");
        centre.byAnalyst(until(marking, END), marked(report, marking, Markings.id(Tlp.GREEN)));
        centre.byAnalyst(Objects.report(refers, centre.identity, report));
        assertEquals(ReleaseDecision.Code.EMBARGO, why(refers).code());
        long before = centre.store.status().lastSeq();
        centre.now = END;
        ends.look();
        assertEquals(List.of(marking, report, refers), ids(after(before)));
    }

    @Test
    void anEmbargoThatIsOverHoldsNothing() throws Exception {
        centre.byAnalyst(until(marking, TestCentre.NOW), marked(report, marking));
        assertTrue(centre.store.latest(report).orElseThrow().release().embargo().isEmpty());
        long last = centre.store.status().lastSeq();
        ends.look();
        assertEquals(last, centre.store.status().lastSeq());
    }
}
