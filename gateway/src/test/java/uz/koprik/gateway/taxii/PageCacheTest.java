package uz.koprik.gateway.taxii;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.gateway.release.Release;
import uz.koprik.indicators.correlation.Correlator;
import uz.koprik.indicators.policy.Agreement;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.store.Drafts;
import uz.koprik.indicators.store.Versions;
import uz.koprik.indicators.store.lucene.LuceneStore;
import uz.koprik.indicators.warninglist.WarningLists;

/** Readers share cached pages exactly when they may see the same at the moment of their request. */
final class PageCacheTest {

    private static final Instant BEFORE = Instant.parse("2026-11-22T08:00:00Z");
    private static final Instant END = BEFORE.plusSeconds(1);
    private static final Recipient ENDING = partner("budapest", Optional.of(END));
    private static final Recipient LASTING = partner("seoul", Optional.empty());
    private static final CollectionView ALL = new CollectionView("c", "all", "All", "", Set.of(), true, false);
    private static final Filters TWO = new Filters(Set.of(), Set.of(), Set.of(), Versions.LAST, false, 0, 0, 2);

    @TempDir
    Path folder;

    private Instant now = BEFORE;
    private LuceneStore store;
    private Pages pages;

    @BeforeEach
    void open() throws Exception {
        store = LuceneStore.open(folder);
        store.append(List.of(
                Drafts.indicator(1).draft(),
                Drafts.indicator(2).draft(),
                Drafts.indicator(3).draft()));
        Release release = new Release(store, new Correlator(store, () -> WarningLists.NONE, () -> now), () -> now);
        pages = new Pages(
                release, new PageCache(release, 1 << 20, new SimpleMeterRegistry()), new Cursor(new byte[16]));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static Recipient partner(String name, Optional<Instant> until) {
        return new Recipient.Partner(name, new Agreement(Tlp.GREEN, Optional.empty(), until, "agreement"));
    }

    private static boolean shows(StoredPage page, int number) {
        return page.bytes()
                .toString(StandardCharsets.UTF_8)
                .contains(Drafts.indicator(number).id());
    }

    @Test
    void aClockSetBackDuringARequestLeavesNoPageForEndedAgreements() throws Exception {
        now = END;
        PageCache.Key ended = pages.key(ENDING, ALL, TWO);
        now = BEFORE;
        pages.cut(ended);
        now = END;
        assertNull(pages.cached(pages.key(ENDING, ALL, TWO)), "a page for a partner whose agreement has ended");
    }

    @Test
    void anAgreementThatEndsDuringARequestChangesNoPageOfThatRequest() throws Exception {
        PageCache.Key ending = pages.key(ENDING, ALL, TWO);
        now = END;
        StoredPage page = pages.cut(ending);
        assertTrue(shows(page, 1) && shows(page, 2), "the page of the moment of the request");
        assertFalse(shows(pages.cut(pages.key(ENDING, ALL, TWO)), 1), "the next request");
        StoredPage shared = pages.cached(pages.key(LASTING, ALL, TWO));
        assertNotNull(shared, "the page for a partner who may see the same");
        assertTrue(shows(shared, 1) && shows(shared, 2));
    }
}
