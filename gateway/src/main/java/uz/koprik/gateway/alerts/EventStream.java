package uz.koprik.gateway.alerts;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.gateway.alerts.log.Alert;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.http.AnswerGate;
import uz.koprik.gateway.http.RequestTracker;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * Sends alerts to one client as server-sent events (WHATWG HTML, section 9.2). One batch is in memory; the next is read
 * when the client has taken it. Belongs to one virtual thread.
 */
final class EventStream {

    private static final int BATCH = 100;

    private final AlertServices alertServices;
    private final RoutingContext request;
    private final Caller asker;
    private final Supplier<Optional<Caller>> caller;
    private final BooleanSupplier stopping;
    private final Duration heartbeat;
    private volatile boolean gone;

    /**
     * @param asker who asks
     * @param caller the same with the rights of now; empty when the account is no longer valid
     * @param stopping turns true when the centre stops
     */
    EventStream(
            AlertServices alertServices,
            RoutingContext request,
            Caller asker,
            Supplier<Optional<Caller>> caller,
            BooleanSupplier stopping,
            Duration heartbeat) {
        this.alertServices = alertServices;
        this.request = request;
        this.asker = asker;
        this.caller = caller;
        this.stopping = stopping;
        this.heartbeat = heartbeat;
    }

    /** The client disconnected. Called on its event loop. */
    void gone() {
        gone = true;
        alertServices.log().wake();
    }

    /**
     * Sends alerts after {@code place} until the client disconnects, may no longer know of them, or is too slow.
     *
     * @return what to do with the response, on the event loop
     */
    Runnable run(AlertFilter filter, long place) throws IOException, StoreUnavailable, InterruptedException {
        HttpServerResponse response = request.response();
        AnswerGate.pass(request);
        response.setChunked(true)
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                // A compressor would hold events back.
                .putHeader(HttpHeaders.CONTENT_ENCODING, HttpHeaders.IDENTITY);
        try {
            send("retry: 3000\nid: " + mark(place) + "\n\n" + gap(place));
            long at = Math.min(place, alertServices.log().last());
            long told = System.nanoTime();
            while (true) {
                long wakes = alertServices.log().wakes();
                if (gone) {
                    return () -> {};
                }
                Optional<Caller> now = caller.get().filter(AlertAudience::mayKnow);
                if (now.isEmpty()) {
                    return end("the account may no longer see alerts");
                }
                if (!now.get().recipient().equals(asker.recipient())) {
                    return end("the account works on the case files of other units now");
                }
                if (stopping.getAsBoolean()) {
                    return end("the centre stops");
                }
                List<Alert> some = alertServices.log().after(at, BATCH);
                if (some.isEmpty()) {
                    alertServices.log().await(at, wakes, heartbeat.minusNanos(System.nanoTime() - told));
                    if (System.nanoTime() - told >= heartbeat.toNanos() && !stopping.getAsBoolean() && !gone) {
                        send(": \nid: " + mark(at) + "\n\n");
                        told = System.nanoTime();
                    }
                } else {
                    at = some.getLast().seq();
                    String text = events(alertServices.audience().of(now.get(), filter, some), at);
                    if (!text.isEmpty()) {
                        send(text);
                        told = System.nanoTime();
                    }
                }
                RequestTracker.progress(request);
            }
        } catch (TimeoutException slow) {
            return response::reset;
        }
    }

    /** An event that says that alerts after {@code place} are no longer kept; empty when all are. */
    private String gap(long place) {
        long first = alertServices.log().first();
        if (place + 1 >= first) {
            return "";
        }
        return "event: gap\ndata: " + (!asker.seesAll() ? "{}" : "{\"first\":" + first + "}") + "\n\n";
    }

    private String mark(long place) {
        return alertServices.audience().cursorCodec().write(asker, place);
    }

    /** A caller who does not see everything learns nothing of alerts for others. */
    private String events(List<Alert> alerts, long at) throws StoreUnavailable {
        StringBuilder text = new StringBuilder();
        for (Alert alert : alerts) {
            text.append("id: ")
                    .append(mark(alert.seq()))
                    .append("\nevent: alert\ndata: ")
                    .append(CanonicalJson.text(alertServices.audience().view(asker, alert)))
                    .append("\n\n");
        }
        if (asker.seesAll() && (alerts.isEmpty() || alerts.getLast().seq() != at)) {
            text.append(": \nid: ").append(mark(at)).append("\n\n");
        }
        return text.toString();
    }

    private Runnable end(String reason) throws TimeoutException, InterruptedException {
        send("event: end\ndata: "
                + CanonicalJson.text(JsonObject.builder().put("reason", reason).build()) + "\n\n");
        return () -> request.response().end();
    }

    /** Waits until the network has taken the text. */
    private void send(String text) throws TimeoutException, InterruptedException {
        try {
            request.response()
                    .write(Buffer.buffer(text.getBytes(StandardCharsets.UTF_8)))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(alertServices.config().streamPatience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException broken) {
            gone = true;
        }
    }
}
