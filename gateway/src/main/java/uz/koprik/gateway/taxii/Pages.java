package uz.koprik.gateway.taxii;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.ext.web.RoutingContext;
import java.util.HashSet;
import java.util.Set;
import uz.koprik.gateway.http.RequestTracker;
import uz.koprik.gateway.release.PageFilter;
import uz.koprik.gateway.release.Release;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.store.Page;
import uz.koprik.indicators.store.StoreUnavailable;

/** Reads pages for readers and sends them. */
public final class Pages {

    private final Release release;
    private final PageCache cache;
    private final Cursor cursor;

    public Pages(Release release, PageCache cache, Cursor cursor) {
        this.release = release;
        this.cache = cache;
        this.cursor = cursor;
    }

    /** The page that this reader asks for, as far as the reader may see at this moment. Once per request. */
    PageCache.Key key(Recipient reader, CollectionView view, Filters filters) {
        return new PageCache.Key(release.select(reader, filter(view, filters)), filters.afterSeq(), filters.limit());
    }

    /** TAXII has no place for a mark, so what only compromised keys prove is left out for every reader. */
    private static PageFilter filter(CollectionView view, Filters filters) {
        return new PageFilter(
                types(view, filters),
                filters.ids(),
                filters.specVersions(),
                filters.versions(),
                filters.addedAfter(),
                true);
    }

    /** The types of the collection that were asked for; one that cannot exist when none of them is there. */
    static Set<String> types(CollectionView view, Filters filters) {
        if (view.types().isEmpty()) {
            return filters.types();
        }
        if (filters.types().isEmpty()) {
            return view.types();
        }
        Set<String> both = new HashSet<>(filters.types());
        both.retainAll(view.types());
        return both.isEmpty() ? Set.of("-") : both;
    }

    /** A page sent before; null when there is none. Never blocks. */
    StoredPage cached(PageCache.Key key) {
        return cache.get(key);
    }

    /** Reads the page, and keeps it for the next reader when it is full. Blocks. */
    StoredPage cut(PageCache.Key key) throws StoreUnavailable {
        long before = cache.before(key);
        Page page = page(key);
        StoredPage stored = StoredPage.of(page, cursor);
        if (page.more()) {
            cache.put(key, stored, page.nextAfter(), before);
        }
        return stored;
    }

    Page page(PageCache.Key key) throws StoreUnavailable {
        return release.page(key.selection(), key.afterSeq(), key.limit());
    }

    /** Sends a page that the caller holds, and releases it when the network has taken it. */
    static void send(RoutingContext request, StoredPage page) {
        HttpServerResponse response = request.response();
        response.putHeader(HttpHeaders.CONTENT_TYPE, MediaTypes.TAXII).putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        if (!page.isEmpty()) {
            dates(response, page.addedFirst(), page.addedLast());
        }
        Runnable taken = RequestTracker.hold(request);
        // Vert.x neither copies this buffer nor releases it.
        response.end(BufferInternal.buffer(page.bytes())).onComplete(ignored -> {
            page.release();
            taken.run();
        });
    }

    /** When the first and the last object of an answer were added (TAXII 2.1, section 3.2). */
    static void dates(HttpServerResponse response, String first, String last) {
        response.putHeader("X-TAXII-Date-Added-First", first).putHeader("X-TAXII-Date-Added-Last", last);
    }
}
