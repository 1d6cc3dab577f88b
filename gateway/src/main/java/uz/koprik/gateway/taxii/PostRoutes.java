package uz.koprik.gateway.taxii;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.gateway.access.Caller;
import uz.koprik.gateway.access.Callers;
import uz.koprik.gateway.config.Config;
import uz.koprik.gateway.exchange.Intake;
import uz.koprik.gateway.exchange.Offered;
import uz.koprik.gateway.exchange.OtherMarkings;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.DecodeBudget;
import uz.koprik.gateway.http.Problem;
import uz.koprik.gateway.http.RequestLimits;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * Bringing objects, and asking what became of them (TAXII 2.1, sections 5.5 and 4.3). When the answer goes out everything is
 * decided and durable already, so every status is complete.
 */
public final class PostRoutes implements Routes {

    /** Objects handed to the intake at one time: enough for one flush to pay, few enough to fit beside other requests. */
    private static final int BATCH = 1000;

    /** Bytes of their objects at most, unless one alone is longer. */
    private static final long BATCH_BYTES = 1 << 20;

    private final CollectionList collections;
    private final Intake intake;
    private final StatusFiles statuses;
    private final InstantSource clock;
    private final String apiRoot;

    public PostRoutes(
            CollectionList collections, Intake intake, StatusFiles statuses, InstantSource clock, String apiRoot) {
        this.collections = collections;
        this.intake = intake;
        this.statuses = statuses;
        this.clock = clock;
        this.apiRoot = apiRoot;
    }

    @Override
    public void mount(RouteTable router) {
        router.post(apiRoot + "collections/:collection/objects/", RouteTable.Content.CHECKED_BY_ROUTE).handler(this::post);
        router.get(apiRoot + "status/:status/").handler(this::status);
    }

    private void post(RoutingContext request) {
        MediaTypes.requireAccept(request);
        collections.require(request, false, true);
        MediaTypes.Body kind = MediaTypes.requireContent(request);
        byte[] body = request.body().buffer().getBytes();
        Config.Limits limits = RequestLimits.of(request);
        Caller caller = Callers.of(request);
        long requested = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
        Blocking.run(request, () -> {
            StatusJson outcomes = new StatusJson(requested, limits.refusalsListed());
            take(PostedObjects.read(body, kind, limits.objectsPerRequest()), caller, outcomes);
            String id = StatusFiles.freshId();
            byte[] status = CanonicalJson.bytes(outcomes.of(id));
            statuses.write(id, owner(caller), status);
            return () -> send(request, 202, status);
        });
    }

    private void take(PostedObjects posted, Caller caller, StatusJson outcomes) throws StoreUnavailable, InterruptedException {
        posted.tooLarge().forEach(outcomes::add);
        long all = posted.offered().stream().mapToLong(one -> one.object().length).sum();
        boolean inParts = posted.offered().size() > BATCH || all > BATCH_BYTES;
        List<Offered> offered = inParts ? OtherMarkings.last(posted.offered()) : posted.offered();
        for (int from = 0, to; from < offered.size(); from = to) {
            long bytes = offered.get(from).object().length;
            to = from + 1;
            while (to < offered.size() && to < from + BATCH && bytes + offered.get(to).object().length <= BATCH_BYTES) {
                bytes += offered.get(to++).object().length;
            }
            try (DecodeBudget.Reserved _ = DecodeBudget.PROCESS.reserve(bytes)) {
                intake.take(offered.subList(from, to), caller.source()).forEach(outcomes::add);
            }
        }
    }

    private void status(RoutingContext request) {
        MediaTypes.requireAccept(request);
        Caller caller = Callers.of(request);
        String id = request.pathParam("status");
        Blocking.run(request, () -> {
            byte[] status = read(id, caller);
            return () -> send(request, 200, status);
        });
    }

    private byte[] read(String id, Caller caller) throws IOException {
        return statuses.read(id, owner(caller))
                .orElseThrow(() -> new Problem(
                        404, "Not found", "there is no such status, it is not yours, or its time is over"));
    }

    /** Partners and accounts may have the same name. */
    private static String owner(Caller caller) {
        return caller.source().getClass().getSimpleName() + " " + caller.name();
    }

    private static void send(RoutingContext request, int status, byte[] resource) {
        request.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, MediaTypes.TAXII)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(Buffer.buffer(resource));
    }
}
