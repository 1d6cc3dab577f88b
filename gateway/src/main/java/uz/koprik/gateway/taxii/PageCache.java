package uz.koprik.gateway.taxii;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import uz.koprik.gateway.release.Release;
import uz.koprik.gateway.release.ReleasedSelection;

/**
 * Pages that were sent before and would be the same now. Only full pages that have a successor are kept: what was added
 * later cannot change them, and everything else that may (a newer version, a stricter marking, a withdrawal) changes
 * the stamp of their range of the sequence.
 */
public final class PageCache {

    private final Release release;
    private final Cache<Key, CachedPage> pages;
    private final long maxBytes;
    private final Counter hits;
    private final Counter misses;

    /**
     * A page as a reader asks for it.
     *
     * @param selection equal for readers who may see the same: they share pages
     */
    record Key(ReleasedSelection selection, long afterSeq, int limit) {}

    /** A page and what it was cut from. */
    private record CachedPage(StoredPage page, long firstSeq, long lastSeq, long stamp) {}

    /** @param maxBytes of all pages together; 0 keeps none */
    public PageCache(Release release, long maxBytes, MeterRegistry meters) {
        this.release = release;
        this.maxBytes = maxBytes;
        this.hits = lookups(meters, "hit");
        this.misses = lookups(meters, "miss");
        this.pages = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .weigher((Key key, CachedPage kept) -> kept.page().size())
                .removalListener((Key key, CachedPage kept, com.github.benmanes.caffeine.cache.RemovalCause cause) -> {
                    if (kept != null) {
                        kept.page().release();
                    }
                })
                .build();
        release.onErased(pages::invalidateAll);
    }

    private static Counter lookups(MeterRegistry meters, String result) {
        return Counter.builder("koprik.taxii.page.cache")
                .description("Pages looked up in memory")
                .tag("result", result)
                .register(meters);
    }

    /** The page, held once for the caller; null when it has to be cut anew. Never blocks. */
    StoredPage get(Key key) {
        CachedPage kept = pages.getIfPresent(key);
        if (kept != null && key.selection().current()) {
            if (release.stamp(kept.firstSeq(), kept.lastSeq()) == kept.stamp()) {
                if (kept.page().retain()) {
                    hits.increment();
                    return kept.page();
                }
            } else {
                pages.asMap().remove(key, kept);
            }
        }
        misses.increment();
        return null;
    }

    /** How the rest of the sequence stands now; taken before a page is cut, and handed to {@link #put}. */
    long before(Key key) {
        return release.stamp(key.afterSeq() + 1, Long.MAX_VALUE);
    }

    /**
     * Keeps a page, unless something changed in the sequence while it was being cut: then nobody knows whether it shows
     * the state before or after. Nor is it kept when readers who were equal differ by now.
     *
     * @param before what {@link #before} said
     * @param lastSeq the last sequence number that was looked at for it
     */
    void put(Key key, StoredPage page, long lastSeq, long before) {
        if (page.size() > maxBytes) {
            return;
        }
        long stamp = release.stamp(key.afterSeq() + 1, lastSeq);
        if (key.selection().current() && before(key) == before && page.retain()) {
            pages.put(key, new CachedPage(page, key.afterSeq() + 1, lastSeq, stamp));
        }
    }
}
