package uz.koprik.gateway.taxii;

import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.config.Config;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.gateway.http.StixIds;
import uz.koprik.gateway.release.Release;
import uz.koprik.indicators.policy.Recipient;

/** Reading objects, all or one (TAXII 2.1, sections 5.4 and 5.6). */
public final class ObjectsRoutes implements Routes {

    private final CollectionList collections;
    private final Release release;
    private final Pages pages;
    private final Config.Limits limits;
    private final Cursor cursor;
    private final String apiRoot;

    public ObjectsRoutes(
            CollectionList collections,
            Release release,
            Pages pages,
            Config.Limits limits,
            Cursor cursor,
            String apiRoot) {
        this.collections = collections;
        this.release = release;
        this.pages = pages;
        this.limits = limits;
        this.cursor = cursor;
        this.apiRoot = apiRoot;
    }

    @Override
    public void mount(RouteTable router) {
        router.get(apiRoot + "collections/:collection/objects/", Filters.PARAMETERS)
                .handler(this::objects);
        router.get(apiRoot + "collections/:collection/objects/:object/", Filters.PARAMETERS)
                .handler(this::object);
    }

    /** A page sent before is sent again without leaving the event loop. */
    private void objects(RoutingContext request) {
        MediaTypes.requireAccept(request);
        CollectionView view = collections.require(request, true, false);
        Filters filters = Filters.read(request, limits, cursor);
        PageCache.Key key = pages.key(Callers.of(request).recipient(), view, filters);
        StoredPage cached = pages.cached(key);
        if (cached != null) {
            Pages.send(request, cached);
            return;
        }
        Blocking.exchange(request, () -> {
            StoredPage page = pages.cut(key);
            return new SendOrDrop(request, page);
        });
    }

    private void object(RoutingContext request) {
        MediaTypes.requireAccept(request);
        CollectionView view = collections.require(request, true, false);
        Filters asked = Filters.read(request, limits, cursor);
        String id = request.pathParam("object");
        Filters filters = new Filters(
                Set.of(),
                Set.of(id),
                asked.specVersions(),
                asked.versions(),
                asked.versionsGiven(),
                asked.addedAfter(),
                asked.afterSeq(),
                asked.limit());
        Recipient reader = Callers.of(request).recipient();
        Blocking.exchange(request, () -> {
            StoredPage page = StoredPage.of(pages.page(pages.key(reader, view, filters)), cursor);
            if (page.isEmpty()
                    && ObjectLookup.versions(release, reader, view, id).isEmpty()) {
                page.release();
                throw StixIds.absent(id, "there is no such object in this collection");
            }
            return new SendOrDrop(request, page);
        });
    }

    /** Sends a page. When the request is gone by then, the page is released unsent. */
    private record SendOrDrop(RoutingContext request, StoredPage page) implements Blocking.Answer {

        @Override
        public void run() {
            Pages.send(request, page);
        }

        @Override
        public void drop() {
            page.release();
        }
    }
}
