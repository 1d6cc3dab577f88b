package uz.koprik.gateway.api.objects;

import java.util.Optional;
import uz.koprik.gateway.api.common.AnalystServices;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.indicators.stix.IndicatorWriter;
import uz.koprik.indicators.stix.NewIndicator;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * Under which id a reported value is kept. Reporting the same twice finds the first report, also one of an earlier
 * version, which had public ids. A report that the caller may not see is not found and not touched: the caller's own is
 * a second one, under another id. So is a report of what was revoked, since no version may follow a revoked one (STIX
 * 2.1, section 3.2).
 */
public final class ReportIds {

    private final AnalystServices services;
    private final IndicatorWriter writer;

    public ReportIds(AnalystServices services, IndicatorWriter writer) {
        this.services = services;
        this.writer = writer;
    }

    /**
     * Where a report belongs.
     *
     * @param known the report that is there already
     */
    public record Place(String id, Optional<Entry> known) {}

    public Place of(NewIndicator indicator, Caller caller) throws StoreUnavailable {
        String early = writer.publicId(indicator);
        Optional<Entry> known =
                services.release().latest(caller.recipient(), early).filter(this::ours);
        if (known.isPresent() && !known.get().facts().revoked()) {
            return new Place(early, known);
        }
        for (int number = 0; ; number++) {
            String id = writer.id(indicator, number);
            boolean taken =
                    services.intake().holds(id); // first: what is being stored at this moment is then found below
            known = services.release().latest(caller.recipient(), id);
            if (known.isPresent() ? !known.get().facts().revoked() : !taken) {
                return new Place(id, known);
            }
        }
    }

    /** Public ids can be worked out by others, too. */
    private boolean ours(Entry entry) {
        return entry.facts()
                .producer()
                .filter(services.localCentre().identity()::equals)
                .isPresent();
    }
}
