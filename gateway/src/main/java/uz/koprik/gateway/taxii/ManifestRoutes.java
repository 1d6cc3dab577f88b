package uz.koprik.gateway.taxii;

import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.config.Config;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.gateway.http.StixIds;
import uz.koprik.gateway.release.Release;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.EntryMetadata;
import uz.koprik.indicators.store.Page;
import uz.koprik.indicators.store.Versions;

/**
 * What there is, without the objects: manifests and versions (TAXII 2.1, sections 5.3 and 5.8). The resources of the
 * standard have {@code more} only, and clients go on by {@code added_after}. A {@code next} stands beside it, as
 * medallion has it: the client of OASIS repeats the first page without one.
 */
public final class ManifestRoutes implements Routes {

    private final CollectionList collections;
    private final Release release;
    private final Pages pages;
    private final Config.Limits limits;
    private final Cursor cursor;
    private final String apiRoot;

    public ManifestRoutes(
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
        router.get(apiRoot + "collections/:collection/manifest/", Filters.PARAMETERS)
                .handler(this::manifest);
        router.get(apiRoot + "collections/:collection/objects/:object/versions/", Filters.PARAMETERS)
                .handler(this::versions);
    }

    private void manifest(RoutingContext request) {
        MediaTypes.requireAccept(request);
        CollectionView view = collections.require(request, true, false);
        Filters filters = Filters.read(request, limits, cursor);
        Recipient reader = Callers.of(request).recipient();
        Blocking.exchange(request, () -> {
            Page page = pages.page(pages.key(reader, view, filters));
            List<Json> records = new ArrayList<>(page.entries().size());
            for (Entry entry : page.entries()) {
                EntryMetadata facts = entry.facts();
                records.add(JsonObject.builder()
                        .put("id", facts.id())
                        .put("date_added", Timestamps.added(entry.added()))
                        .put("version", version(entry))
                        .put("media_type", "application/stix+json;version=" + facts.specVersion())
                        .build());
            }
            return () -> answer(request, page, "objects", records);
        });
    }

    private void versions(RoutingContext request) {
        MediaTypes.requireAccept(request);
        CollectionView view = collections.require(request, true, false);
        Filters asked = Filters.read(request, limits, cursor);
        String id = request.pathParam("object");
        Filters filters = new Filters(
                Set.of(),
                Set.of(id),
                asked.specVersions(),
                Versions.ALL,
                true,
                asked.addedAfter(),
                asked.afterSeq(),
                asked.limit());
        Recipient reader = Callers.of(request).recipient();
        Blocking.exchange(request, () -> {
            Page page = pages.page(pages.key(reader, view, filters));
            if (page.entries().isEmpty()
                    && ObjectLookup.versions(release, reader, view, id).isEmpty()) {
                throw StixIds.absent(id, "there is no such object in this collection");
            }
            List<Json> versions = new ArrayList<>();
            page.entries().forEach(entry -> versions.add(new JsonString(version(entry))));
            return () -> answer(request, page, "versions", versions);
        });
    }

    /** Objects that carry no time of their own go by the date they were added (TAXII 2.1, section 5.3.1). */
    private static String version(Entry entry) {
        long version = entry.facts().version();
        return version == StixObject.UNVERSIONED ? Timestamps.added(entry.added()) : Timestamps.version(version);
    }

    private void answer(RoutingContext request, Page page, String name, List<Json> items) {
        JsonObject.Builder body = JsonObject.builder().put("more", page.more());
        if (page.more()) {
            body.put("next", cursor.write(page.nextAfter()));
        }
        if (!items.isEmpty()) {
            body.put(name, new JsonArray(items));
            Pages.dates(
                    request.response(),
                    Timestamps.added(page.entries().getFirst().added()),
                    Timestamps.added(page.entries().getLast().added()));
        }
        TaxiiResponses.json(request, 200, body.build());
    }
}
