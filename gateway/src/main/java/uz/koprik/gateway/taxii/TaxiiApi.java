package uz.koprik.gateway.taxii;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiConsumer;
import uz.koprik.gateway.config.Config;
import uz.koprik.gateway.http.Routes;
import uz.koprik.gateway.intake.Intake;
import uz.koprik.gateway.intake.Outcome;
import uz.koprik.gateway.partners.ReleaseMark;
import uz.koprik.gateway.release.Release;

/** The whole TAXII server: the one visible list of its routes, and what they share. */
public final class TaxiiApi {

    private final List<Routes> routes;
    private final StatusFiles statuses;

    /**
     * @param apiRoot path of the API root, with a slash at both ends
     * @param cursorKey 16 random bytes, the same after a restart
     * @param statusFolder where the outcomes of requests are kept
     * @param partnerPushed takes the name of a partner and what became of the objects that it submitted
     */
    public TaxiiApi(
            Config config,
            String apiRoot,
            Intake intake,
            Release release,
            byte[] cursorKey,
            Path statusFolder,
            InstantSource clock,
            MeterRegistry meters,
            BiConsumer<String, List<Outcome>> partnerPushed) {
        Config.Limits limits = config.limits();
        CollectionList collections = new CollectionList(config);
        Cursor cursor = new Cursor(cursorKey);
        Pages pages = new Pages(
                release, new PageCache(release, config.taxii().pageCache().bytes(), meters), cursor);
        this.statuses = new StatusFiles(statusFolder, config.taxii().statusKept(), clock);
        this.routes = List.of(
                new DiscoveryRoutes(config, apiRoot),
                new CollectionsRoutes(collections, new ReleaseMark(cursorKey), clock, apiRoot),
                new ObjectsRoutes(collections, release, pages, limits, cursor, apiRoot),
                new ManifestRoutes(collections, release, pages, limits, cursor, apiRoot),
                new PostRoutes(collections, intake, statuses, clock, apiRoot, partnerPushed),
                new DeleteRoutes(collections, release, intake, limits, cursor, apiRoot));
    }

    /** All authenticated routes. */
    public List<Routes> routes() {
        return routes;
    }

    /** Forgets what is no longer to be kept; called now and then. Blocks. */
    public void sweep() {
        statuses.sweep();
    }
}
