package uz.koprik.gateway.alerts;

import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.gateway.accessrecord.AccessNotes;
import uz.koprik.gateway.alerts.log.Alert;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.CursorCodec;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.indicators.store.StoreUnavailable;

/** {@code /api/alerts}: the emitted alerts that the caller may know of. */
final class AlertRoutes implements Routes {

    private static final int MOST = 1000;

    private final AlertServices alertServices;
    private final AlertReader reader;

    AlertRoutes(AlertServices alertServices) {
        this.alertServices = alertServices;
        this.reader = new AlertReader(alertServices);
    }

    @Override
    public void mount(RouteTable router) {
        router.get("/api/alerts", AlertRequests.parameters("state", "since", "limit", "cursor"))
                .handler(Blocking.handler(this::list));
    }

    private Runnable list(RoutingContext request) throws StoreUnavailable, IOException {
        Caller caller = AlertAudience.require(request);
        AlertFilter filter = alertServices.filter(request, caller);
        Predicate<Alert> wanted = reader.wanted(request);
        int limit = AlertRequests.limit(request, 100, MOST);
        Optional<String> since = Optional.ofNullable(request.request().getParam("since"));
        CursorCodec cursorCodec = alertServices.audience().cursorCodec();
        Optional<Long> cursor = Optional.ofNullable(request.request().getParam("cursor"))
                .map(text -> cursorCodec
                        .read(caller, text)
                        .orElseThrow(() -> AlertRequests.bad("\"cursor\" is no \"next\" of an earlier answer")));
        AlertReader.Page page = since.isPresent()
                ? forward(caller, filter, wanted, since.get(), cursor, limit)
                : backward(caller, filter, wanted, cursor, limit);
        List<Json> alerts = new ArrayList<>(page.alerts().size());
        for (Alert alert : page.alerts()) {
            alerts.add(reader.view(caller, alert));
        }
        AccessNotes.of(request).answers(alerts.size());
        JsonObject.Builder answer = JsonObject.builder().put("alerts", new JsonArray(alerts));
        page.next().ifPresent(next -> answer.put("next", cursorCodec.write(caller, next)));
        if (alerts.isEmpty() && cursor.isEmpty()) {
            List<String> hints = alertServices.names().hints(caller, filter);
            if (!hints.isEmpty()) {
                answer.putStrings("hints", hints);
            }
        }
        return AlertRequests.reply(request, 200, answer.build());
    }

    /** Oldest first, after the number of an alert or from a time. */
    private AlertReader.Page forward(
            Caller caller, AlertFilter filter, Predicate<Alert> wanted, String since, Optional<Long> cursor, int limit)
            throws StoreUnavailable, IOException {
        Optional<Long> number = alertServices.audience().cursorCodec().read(caller, since);
        Instant from = number.isPresent() ? Instant.EPOCH : moment(since);
        return reader.page(caller, filter, wanted, from, cursor.orElse(number.orElse(0L)), limit, false);
    }

    /** Newest first. */
    private AlertReader.Page backward(
            Caller caller, AlertFilter filter, Predicate<Alert> wanted, Optional<Long> cursor, int limit)
            throws StoreUnavailable, IOException {
        return reader.page(caller, filter, wanted, Instant.EPOCH, cursor.orElse(Long.MAX_VALUE), limit, true);
    }

    private static Instant moment(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw AlertRequests.bad("\"since\" is the number of an alert, or a time such as 2026-11-22T08:00:00Z");
        }
    }
}
