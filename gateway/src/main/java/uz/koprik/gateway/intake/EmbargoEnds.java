package uz.koprik.gateway.intake;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.store.InternalStore;
import uz.koprik.indicators.store.Page;
import uz.koprik.indicators.store.Renewal;
import uz.koprik.indicators.store.Selection;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * Renews objects when their embargo is over, so that readers whose position is past them get them. Looks at everything
 * once after a start, and later only when an embargo ended since the last look. Several gateways may do so at once. For
 * one thread.
 */
public final class EmbargoEnds {

    private static final Logger LOG = LoggerFactory.getLogger(EmbargoEnds.class);
    private static final int PAGE = 500;

    private final InternalStore store;
    private final Intake intake;
    private final InstantSource clock;
    /** Everything that ended up to here is renewed; null before the first look. */
    private Instant done;

    EmbargoEnds(InternalStore store, Intake intake, InstantSource clock) {
        this.store = store;
        this.intake = intake;
        this.clock = clock;
    }

    /** Renews what is due; call it every second. When the store is away, the next call does it. */
    public void look() {
        Instant now = clock.instant();
        if (done != null && !Audience.embargoEnds(done, now)) {
            return;
        }
        try {
            int all = 0;
            // Of several statements of an id, the first is found first.
            for (int renewed = round(now); renewed > 0; renewed = round(now)) {
                all += renewed;
            }
            if (all > 0) {
                LOG.info("the embargo of {} objects is over", all);
            }
            done = now;
        } catch (StoreUnavailable away) {
            LOG.debug("embargoes are looked at later", away);
        }
    }

    private int round(Instant now) throws StoreUnavailable {
        Selection due = Selection.all(Audience.embargoEnded(now));
        int renewed = 0;
        Page page = new Page(List.of(), true, 0);
        while (page.more()) {
            page = store.page(due, page.nextAfter(), PAGE);
            renewed += intake.renew(page.entries().stream()
                    .map(entry -> new Renewal(
                            entry.seq(), entry.release(), entry.release().withoutEmbargo()))
                    .toList());
        }
        return renewed;
    }
}
