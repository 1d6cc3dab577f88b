package uz.koprik.gateway.alerts;

import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.Problem;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;

/** {@code /api/alerts/stream}: alerts as they are emitted, resumable after the id of the last event. */
final class StreamRoutes implements Routes {

    private final AlertServices alertServices;
    private final Streams streams;
    private final Duration heartbeat;

    /** @param patience time without progress after which the server ends a request */
    StreamRoutes(AlertServices alertServices, Streams streams, Duration patience) {
        this.alertServices = alertServices;
        this.streams = streams;
        Duration half = patience.dividedBy(2);
        this.heartbeat = half.compareTo(alertServices.config().heartbeat()) < 0
                ? half
                : alertServices.config().heartbeat();
    }

    @Override
    public void mount(RouteTable router) {
        router.get("/api/alerts/stream", AlertRequests.parameters("last_event_id"))
                .handler(this::open);
    }

    private void open(RoutingContext request) {
        Caller caller = AlertAudience.require(request);
        Optional<Long> place = Optional.ofNullable(request.request().getHeader("Last-Event-ID"))
                .filter(text -> !text.isBlank())
                .or(() -> Optional.ofNullable(request.request().getParam("last_event_id")))
                .map(text -> alertServices
                        .audience()
                        .cursorCodec()
                        .read(caller, text)
                        .orElseThrow(() -> AlertRequests.bad("\"Last-Event-ID\" is no id of an event")));
        if (streams.closing()) {
            throw Problem.later(503, "Stopping", "the centre stops; try again in a moment", Duration.ofSeconds(3));
        }
        if (!streams.enter(caller.name())) {
            throw Problem.later(
                    429,
                    "Too many streams",
                    "this account has as many streams open as one may have; close one of them first",
                    Duration.ofSeconds(30));
        }
        Supplier<Optional<Caller>> standing = alertServices.accountStatus().of(request);
        EventStream stream = new EventStream(alertServices, request, caller, standing, streams::closing, heartbeat);
        request.addEndHandler(ignored -> stream.gone());
        Blocking.attend(request, () -> {
            try {
                AlertFilter filter = alertServices.filter(request, caller);
                // The client may have got its last event from another gateway.
                alertServices.log().catchUp();
                return stream.run(filter, place.orElseGet(alertServices.log()::last));
            } finally {
                streams.leave(caller.name());
            }
        });
    }
}
