package uz.koprik.gateway.taxii;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.auth.Source;
import uz.koprik.gateway.config.Config;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.Problem;
import uz.koprik.gateway.http.RequestLimits;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.gateway.intake.Intake;
import uz.koprik.gateway.intake.IntakeBatches;
import uz.koprik.gateway.intake.Outcome;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * Submission of objects, and the status of submissions (TAXII 2.1, sections 5.5 and 4.3). When the answer goes out
 * everything is decided and durable already, so every status is complete.
 */
public final class PostRoutes implements Routes {

    private final CollectionList collections;
    private final Intake intake;
    private final StatusFiles statuses;
    private final InstantSource clock;
    private final String apiRoot;
    private final BiConsumer<String, List<Outcome>> partnerPushed;

    /** @param partnerPushed takes the name of a partner and what became of the objects that it submitted */
    public PostRoutes(
            CollectionList collections,
            Intake intake,
            StatusFiles statuses,
            InstantSource clock,
            String apiRoot,
            BiConsumer<String, List<Outcome>> partnerPushed) {
        this.partnerPushed = partnerPushed;
        this.collections = collections;
        this.intake = intake;
        this.statuses = statuses;
        this.clock = clock;
        this.apiRoot = apiRoot;
    }

    @Override
    public void mount(RouteTable router) {
        router.post(apiRoot + "collections/:collection/objects/", RouteTable.Content.CHECKED_BY_ROUTE)
                .handler(this::post);
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
        Blocking.exchange(request, () -> {
            StatusJson outcomes = new StatusJson(requested, limits.refusalsListed());
            take(PostedObjects.read(body, kind, limits.objectsPerRequest()), caller, outcomes);
            String id = StatusFiles.freshId();
            byte[] status = CanonicalJson.bytes(outcomes.of(id));
            statuses.write(id, owner(caller), status);
            return () -> send(request, 202, status);
        });
    }

    private void take(PostedObjects posted, Caller caller, StatusJson outcomes)
            throws StoreUnavailable, InterruptedException {
        Consumer<List<Outcome>> add = taken -> {
            taken.forEach(outcomes::add);
            if (caller.source() instanceof Source.Partner partner) {
                partnerPushed.accept(partner.name(), taken);
            }
        };
        if (!posted.tooLarge().isEmpty()) {
            add.accept(posted.tooLarge());
        }
        IntakeBatches.take(intake, posted.offered(), caller.source(), add::accept);
    }

    private void status(RoutingContext request) {
        MediaTypes.requireAccept(request);
        Caller caller = Callers.of(request);
        String id = request.pathParam("status");
        Blocking.exchange(request, () -> {
            byte[] status = read(id, caller);
            return () -> send(request, 200, status);
        });
    }

    private byte[] read(String id, Caller caller) throws IOException {
        return statuses.read(id, owner(caller))
                .orElseThrow(() ->
                        new Problem(404, "Not found", "there is no such status, it is not yours, or its time is over"));
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
