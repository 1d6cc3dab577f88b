package uz.koprik.gateway.taxii;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.config.Config;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.Problem;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.gateway.http.StixIds;
import uz.koprik.gateway.intake.Intake;
import uz.koprik.gateway.release.Release;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.Versions;

/**
 * Withdrawing an object or some of its versions (TAXII 2.1, section 5.7). Nobody but operators withdraws an object of
 * which they are not the source of truth: see {@link Intake#mayWithdraw}.
 */
public final class DeleteRoutes implements Routes {

    /** TAXII has no body for this answer (section 5.7), and its caller must learn how far it reaches. */
    private static final String HERE_ONLY =
            "299 koprik \"withdrawn at this centre only; partners keep the object until its creator revokes it\"";

    private final CollectionList collections;
    private final Release release;
    private final Intake intake;
    private final Config.Limits limits;
    private final Cursor cursor;
    private final String apiRoot;

    public DeleteRoutes(
            CollectionList collections,
            Release release,
            Intake intake,
            Config.Limits limits,
            Cursor cursor,
            String apiRoot) {
        this.collections = collections;
        this.release = release;
        this.intake = intake;
        this.limits = limits;
        this.cursor = cursor;
        this.apiRoot = apiRoot;
    }

    @Override
    public void mount(RouteTable router) {
        router.delete(apiRoot + "collections/:collection/objects/:object/", Filters.PARAMETERS)
                .handler(this::delete);
    }

    private void delete(RoutingContext request) {
        MediaTypes.requireAccept(request);
        CollectionView view = collections.require(request, true, true);
        Filters filters = Filters.read(request, limits, cursor);
        Caller caller = Callers.of(request);
        String id = request.pathParam("object");
        Blocking.exchange(request, () -> {
            withdraw(view, filters, caller, id);
            return () -> request.response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, MediaTypes.TAXII)
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                    .putHeader("Warning", HERE_ONLY)
                    .end();
        });
    }

    private void withdraw(CollectionView view, Filters filters, Caller caller, String id) throws StoreUnavailable {
        List<Entry> versions = ObjectLookup.versions(release, caller.recipient(), view, id);
        Set<Long> chosen = new HashSet<>();
        for (int i = 0; i < versions.size(); i++) {
            Entry entry = versions.get(i);
            if (chosen(filters, entry, i == 0, i == versions.size() - 1)) {
                if (!caller.may(Right.OPERATE) && !intake.mayWithdraw(entry.facts(), caller.source())) {
                    throw new Problem(
                            403,
                            "Not allowed",
                            caller.name() + " may withdraw only what it made itself, not what it"
                                    + " passed on; ask the producer to revoke the object");
                }
                chosen.add(entry.facts().version());
            }
        }
        if (chosen.isEmpty()) {
            throw StixIds.absent(id, "there is no such object, or no such version of it, in this collection");
        }
        intake.withdraw(id, new Versions(false, false, false, chosen), "withdrawn over TAXII", caller.source());
    }

    /** Without {@code match[version]} the whole object is meant (section 5.7). */
    private static boolean chosen(Filters filters, Entry entry, boolean first, boolean last) {
        Versions asked = filters.versionsGiven() ? filters.versions() : Versions.ALL;
        boolean version = asked.all()
                || (asked.first() && first)
                || (asked.last() && last)
                || asked.exactly().contains(entry.facts().version());
        return version
                && (filters.specVersions().isEmpty()
                        || filters.specVersions().contains(entry.facts().specVersion()));
    }
}
