package uz.koprik.indicators.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.policy.Tlp;

/** Pages of the sequence, for one audience. */
public abstract class PageContract extends StoreContract {

    protected PageContract(StoreBackend backend) {
        super(backend);
    }

    @Test
    void selectsVersions() throws StoreUnavailable, IOException {
        Drafts a = Drafts.indicator(1);
        Drafts b = Drafts.indicator(2);
        append(a.version(10), b.version(10), a.version(20), a.version(30));
        for (int round = 0; round < 2; round++) {
            assertEquals(List.of(2L, 4L), all(select(Versions.LAST)));
            assertEquals(List.of(1L, 2L, 3L, 4L), all(select(Versions.ALL)));
            assertEquals(List.of(1L, 2L), all(select(new Versions(false, true, false, Set.of()))));
            assertEquals(List.of(1L, 2L, 4L), all(select(new Versions(false, true, true, Set.of()))));
            assertEquals(List.of(3L), all(select(new Versions(false, false, false, Set.of(20L, 77L)))));
            assertEquals(List.of(2L, 3L, 4L), all(select(new Versions(false, false, true, Set.of(20L)))));
            assertEquals(List.of(1L, 3L, 4L), seqs(store.versions(a.id())));
            assertEquals(4, store.latest(a.id()).orElseThrow().seq());
            assertTrue(store.at(3).orElseThrow().superseded());
            assertFalse(store.at(4).orElseThrow().superseded());
            reopen();
        }
    }

    @Test
    void filters() throws StoreUnavailable {
        append(
                Drafts.indicator(1),
                Drafts.indicator(2).type("malware"),
                Drafts.indicator(3).spec("2.0"),
                Drafts.indicator(4).type("malware").spec("2.0"),
                Drafts.indicator(1).version(2));
        assertEquals(List.of(2L, 4L), all(new Selection(ALL, Set.of("malware"), Set.of(), Set.of(), Versions.LAST, 0)));
        assertEquals(
                List.of(2L, 3L, 4L, 5L),
                all(new Selection(ALL, Set.of("malware", "indicator", "tool"), Set.of(), Set.of(), Versions.LAST, 0)));
        assertEquals(List.of(), all(new Selection(ALL, Set.of("tool"), Set.of(), Set.of(), Versions.ALL, 0)));
        assertEquals(List.of(3L, 4L), all(new Selection(ALL, Set.of(), Set.of(), Set.of("2.0"), Versions.LAST, 0)));
        assertEquals(
                List.of(4L), all(new Selection(ALL, Set.of("malware"), Set.of(), Set.of("2.0"), Versions.LAST, 0)));
        Set<String> ids = Set.of(Drafts.indicator(1).id(), Drafts.indicator(3).id(), "indicator--unknown");
        assertEquals(List.of(3L, 5L), all(new Selection(ALL, Set.of(), ids, Set.of(), Versions.LAST, 0)));
        assertEquals(List.of(1L, 3L, 5L), all(new Selection(ALL, Set.of(), ids, Set.of(), Versions.ALL, 0)));
        assertEquals(List.of(1L, 5L), all(new Selection(ALL, Set.of(), ids, Set.of("2.1"), Versions.ALL, 0)));
    }

    @Test
    void addedAfterIsStrict() throws StoreUnavailable {
        append(Drafts.indicator(1), Drafts.indicator(2), Drafts.indicator(3));
        for (long seq = 1; seq <= 3; seq++) {
            long added = store.at(seq).orElseThrow().added();
            assertEquals(
                    fromTo(seq + 1, 3), all(new Selection(ALL, Set.of(), Set.of(), Set.of(), Versions.LAST, added)));
            assertEquals(
                    fromTo(seq, 3), all(new Selection(ALL, Set.of(), Set.of(), Set.of(), Versions.LAST, added - 1)));
        }
        Set<String> ids = Set.of(Drafts.indicator(1).id(), Drafts.indicator(3).id());
        long second = store.at(2).orElseThrow().added();
        assertEquals(List.of(3L), all(new Selection(ALL, Set.of(), ids, Set.of(), Versions.LAST, second)));
    }

    @Test
    void pagesAreCutWhereSaid() throws StoreUnavailable {
        append(IntStream.range(0, 25).mapToObj(Drafts::indicator).toArray(Drafts[]::new));
        Page first = store.page(Selection.all(ALL), 0, 10);
        assertEquals(10, first.entries().size());
        assertTrue(first.more());
        Page exact = store.page(Selection.all(ALL), 15, 10);
        assertEquals(10, exact.entries().size());
        assertFalse(exact.more());
        Page behind = store.page(Selection.all(ALL), exact.nextAfter(), 10);
        assertEquals(List.of(), behind.entries());
        assertFalse(behind.more());
        append(Drafts.indicator(100));
        assertEquals(
                List.of(26L),
                seqs(store.page(Selection.all(ALL), behind.nextAfter(), 10).entries()));
        assertThrows(IllegalArgumentException.class, () -> store.page(Selection.all(ALL), 0, 0));
        assertThrows(IllegalArgumentException.class, () -> store.page(Selection.all(ALL), -1, 1));
    }

    @Test
    void audienceIsAppliedEverywhere() throws StoreUnavailable {
        String secret = Drafts.indicator(2).id();
        append(
                Drafts.indicator(1)
                        .carries("domain:example.com")
                        .text("phishing")
                        .from("seoul"),
                Drafts.indicator(2)
                        .tlp(Tlp.RED)
                        .carries("domain:example.com", "domain:example.net")
                        .text("phishing")
                        .from("moscow"));
        assertEquals(List.of(1L), all(new Selection(GREEN_ONLY, Set.of(), Set.of(), Set.of(), Versions.ALL, 0)));
        assertEquals(List.of(), all(new Selection(GREEN_ONLY, Set.of(), Set.of(secret), Set.of(), Versions.ALL, 0)));
        Map<String, Carriers> carriers =
                store.carriers(List.of("domain:example.com", "domain:example.net"), GREEN_ONLY, 5);
        assertEquals(Set.of("domain:example.com"), carriers.keySet());
        assertEquals(1, carriers.get("domain:example.com").count());
        Search.Result result = store.search(new SearchBuilder()
                .audience(GREEN_ONLY)
                .words("phishing")
                .facets(Search.Facet.values())
                .limit(10)
                .build());
        assertEquals(1, result.total());
        assertEquals(List.of(1L), seqs(result.entries()));
        assertEquals(Map.of("seoul", 1L), result.facets().get(Search.Facet.RECEIVED_FROM));
        assertEquals(Map.of("GREEN", 1L), result.facets().get(Search.Facet.TLP));
        assertEquals(List.of(), all(new Selection(new Audience(0), Set.of(), Set.of(), Set.of(), Versions.ALL, 0)));
    }
}
