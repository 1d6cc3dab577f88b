package uz.koprik.gateway.alerts;

import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.gateway.alerts.log.Acknowledgements;
import uz.koprik.gateway.alerts.log.Alert;
import uz.koprik.gateway.alerts.log.AlertPlace;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.indicators.store.StoreUnavailable;

/** Reads the alerts that a caller may know of, open or acknowledged. */
final class AlertReader {

    /** Alerts read for one page at most. A narrow filter gets a short page and a cursor. */
    private static final int LOOKED_AT = 20_000;

    private static final int STEP = 500;

    private final AlertServices alertServices;

    AlertReader(AlertServices alertServices) {
        this.alertServices = alertServices;
    }

    /**
     * Some alerts.
     *
     * @param next the sequence number behind which to go on; empty at the end
     */
    record Page(List<Alert> alerts, Optional<Long> next) {}

    /** What the parameter {@code state} of a request selects. */
    Predicate<Alert> wanted(RoutingContext request) throws StoreUnavailable {
        String state = request.request().getParam("state");
        Acknowledgements acknowledgements = alertServices.acknowledgements();
        acknowledgements.refresh();
        return switch (state == null ? "" : state) {
            case "" -> alert -> true;
            case "open" -> alert -> acknowledgements.of(alert.id()).isEmpty();
            case "acknowledged" -> alert -> acknowledgements.of(alert.id()).isPresent();
            default -> throw AlertRequests.bad("\"state\" is open or acknowledged");
        };
    }

    /** An alert as the caller may know it, with who acknowledged it. */
    JsonObject view(Caller caller, Alert alert) throws StoreUnavailable {
        JsonObject shown = alertServices.audience().view(caller, alert);
        return alertServices
                .acknowledgements()
                .of(alert.id())
                .map(who -> shown.with("acknowledged", who.view()))
                .orElse(shown);
    }

    /**
     * Alerts whose subjects the caller may not know of are not even read: neither the answer nor its time depends on
     * how many there are.
     */
    Page page(
            Caller caller,
            AlertFilter filter,
            Predicate<Alert> wanted,
            Instant from,
            long start,
            int limit,
            boolean newestFirst)
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
                if (!alert.time().isBefore(from)
                        && wanted.test(alert)
                        && alertServices.audience().shows(caller, filter, alert)) {
                    found.add(alert);
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
}
