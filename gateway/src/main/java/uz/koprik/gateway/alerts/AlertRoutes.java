package uz.koprik.gateway.alerts;

import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.gateway.alerts.log.Alert;
import uz.koprik.gateway.alerts.log.AlertPlace;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.CursorCodec;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.indicators.store.StoreUnavailable;

/** {@code /api/alerts}: the emitted alerts that the caller may know of. */
final class AlertRoutes implements Routes {

    private static final int MOST = 1000;

    /** Alerts read for one page at most. A narrow filter gets a short page and a cursor. */
    private static final int LOOKED_AT = 20_000;

    private static final int STEP = 500;

    private final AlertServices alertServices;

    AlertRoutes(AlertServices alertServices) {
        this.alertServices = alertServices;
    }

    @Override
    public void mount(RouteTable router) {
        router.get("/api/alerts", AlertRequests.parameters("since", "limit", "cursor"))
                .handler(Blocking.handler(this::list));
    }

    private Runnable list(RoutingContext request) throws StoreUnavailable, IOException {
        Caller caller = AlertAudience.require(request);
        AlertFilter filter = alertServices.filter(request, caller);
        int limit = AlertRequests.limit(request, 100, MOST);
        Optional<String> since = Optional.ofNullable(request.request().getParam("since"));
        CursorCodec cursorCodec = alertServices.audience().cursorCodec();
        Optional<Long> cursor = Optional.ofNullable(request.request().getParam("cursor"))
                .map(text -> cursorCodec
                        .read(caller, text)
                        .orElseThrow(() -> AlertRequests.bad("\"cursor\" is no \"next\" of an earlier answer")));
        Page page = since.isPresent()
                ? forward(caller, filter, since.get(), cursor, limit)
                : backward(caller, filter, cursor, limit);
        List<Json> alerts = new ArrayList<>(page.alerts.size());
        for (Alert alert : page.alerts) {
            alerts.add(alertServices.audience().view(caller, alert));
        }
        JsonObject.Builder answer = JsonObject.builder().put("alerts", new JsonArray(alerts));
        page.next.ifPresent(next -> answer.put("next", cursorCodec.write(caller, next)));
        if (alerts.isEmpty() && cursor.isEmpty()) {
            List<String> hints = alertServices.names().hints(caller, filter);
            if (!hints.isEmpty()) {
                answer.putStrings("hints", hints);
            }
        }
        return AlertRequests.reply(request, 200, answer.build());
    }

    private record Page(List<Alert> alerts, Optional<Long> next) {}

    /** Oldest first, after the number of an alert or from a time. */
    private Page forward(Caller caller, AlertFilter filter, String since, Optional<Long> cursor, int limit)
            throws StoreUnavailable, IOException {
        Optional<Long> number = alertServices.audience().cursorCodec().read(caller, since);
        Instant from = number.isPresent() ? Instant.EPOCH : moment(since);
        return page(caller, filter, from, cursor.orElse(number.orElse(0L)), limit, false);
    }

    /** Newest first. */
    private Page backward(Caller caller, AlertFilter filter, Optional<Long> cursor, int limit)
            throws StoreUnavailable, IOException {
        return page(caller, filter, Instant.EPOCH, cursor.orElse(Long.MAX_VALUE), limit, true);
    }

    /**
     * Alerts whose subjects the caller may not know of are not even read: neither the answer nor its time depends on
     * how many there are.
     */
    private Page page(Caller caller, AlertFilter filter, Instant from, long start, int limit, boolean newestFirst)
            throws StoreUnavailable, IOException {
        Map<String, Boolean> known = new HashMap<>();
        List<Alert> found = new ArrayList<>();
        long place = start;
        for (int looked = 0; ; ) {
            List<AlertPlace> some = newestFirst
                    ? alertServices.log().placesBefore(place, STEP)
                    : alertServices.log().placesAfter(place, STEP);
            if (some.isEmpty()) {
                return new Page(found, Optional.empty());
            }
            List<AlertPlace> theirs = new ArrayList<>();
            for (AlertPlace one : some) {
                if (!known.containsKey(one.subject())) {
                    known.put(one.subject(), alertServices.audience().sees(caller, one.subject()));
                }
                if (known.get(one.subject())) {
                    theirs.add(one);
                }
            }
            List<Alert> alerts = alertServices.log().read(theirs);
            for (Alert alert : newestFirst ? alerts.reversed() : alerts) {
                place = alert.seq();
                if (!alert.time().isBefore(from)) {
                    found.addAll(alertServices.audience().of(caller, filter, List.of(alert)));
                    if (found.size() == limit) {
                        return new Page(found, Optional.of(place));
                    }
                }
            }
            place = some.getLast().seq();
            looked += theirs.size();
            if (looked >= LOOKED_AT) {
                return new Page(found, Optional.of(place));
            }
        }
    }

    private static Instant moment(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw AlertRequests.bad("\"since\" is the number of an alert, or a time such as 2026-11-22T08:00:00Z");
        }
    }
}
