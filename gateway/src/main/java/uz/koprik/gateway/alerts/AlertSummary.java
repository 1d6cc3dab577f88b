package uz.koprik.gateway.alerts;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import uz.koprik.gateway.alerts.log.Acknowledgements;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.indicators.store.StoreUnavailable;

/** The newest alerts that nobody acknowledged and that a caller may know of, and how many there are. */
final class AlertSummary {

    /** Alerts counted at most. */
    static final int MOST = 1000;

    private final AlertServices alertServices;

    AlertSummary(AlertServices alertServices) {
        this.alertServices = alertServices;
    }

    /** Alerts of subjects that the caller may not know of are not even read. */
    Alerts.Summary open(Caller caller, int newest) throws StoreUnavailable, IOException {
        if (!AlertAudience.mayKnow(caller)) {
            return new Alerts.Summary(0, false, List.of());
        }
        Acknowledgements acknowledged = alertServices.acknowledgements();
        acknowledged.refresh();
        AlertReader.Page page = new AlertReader(alertServices)
                .page(
                        caller,
                        AlertFilter.ALL,
                        alert -> acknowledged.of(alert.id()).isEmpty(),
                        Instant.EPOCH,
                        Long.MAX_VALUE,
                        MOST,
                        true);
        return new Alerts.Summary(
                page.alerts().size(),
                page.next().isPresent(),
                page.alerts().subList(0, Math.min(newest, page.alerts().size())));
    }
}
