package uz.koprik.gateway.alerts;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.gateway.alerts.log.AlertDraft;
import uz.koprik.gateway.alerts.log.AlertLog;
import uz.koprik.gateway.alerts.log.Notice;
import uz.koprik.gateway.alerts.log.NoticeJson;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.state.StateStore;

/**
 * Notices for operators on their way to the log of alerts. Any gateway writes them to the state store; the leader emits
 * and removes them. The log recognises what it emitted before. Thread-safe.
 */
final class OperatorNotices {

    private static final Logger LOG = LoggerFactory.getLogger(OperatorNotices.class);

    static final String FOLDER = "alerts/notices/";

    /** How often the records are listed when other gateways write some, too. */
    private static final Duration REFRESH = Duration.ofSeconds(5);

    private final StateStore stateStore;
    private final AlertLog log;
    private final boolean shared;
    private final InstantSource clock;
    private long listed = System.nanoTime() - REFRESH.toNanos();
    private boolean waiting = true;

    /** @param shared whether other gateways report, too */
    OperatorNotices(StateStore stateStore, AlertLog log, boolean shared, InstantSource clock) {
        this.stateStore = stateStore;
        this.log = log;
        this.shared = shared;
        this.clock = clock;
    }

    /** Takes notices; those that were not emitted yet are durable when this returns. */
    void report(List<Notice> some) throws StoreUnavailable {
        for (Notice notice : some) {
            if (!log.contains(notice.id())) {
                // Does nothing when the record exists: it waits for the leader.
                stateStore.replace(FOLDER + notice.id() + ".json", "", CanonicalJson.bytes(NoticeJson.write(notice)));
                synchronized (this) {
                    waiting = true;
                }
            }
        }
    }

    /** Emits the alerts of all notices that were reported. Only where alerts are emitted. */
    void emit() throws StoreUnavailable, IOException {
        synchronized (this) {
            boolean others = shared && System.nanoTime() - listed >= REFRESH.toNanos();
            if (!waiting && !others) {
                return;
            }
            waiting = false;
            listed = System.nanoTime();
        }
        boolean done = false;
        try {
            List<String> names = stateStore.names(FOLDER);
            List<AlertDraft> drafts = new ArrayList<>();
            for (StateStore.Paper paper : stateStore.read(names)) {
                try {
                    drafts.add(AlertDraft.of(NoticeJson.read(StrictJson.parseObject(paper.content()))));
                } catch (MalformedJson | RuntimeException damaged) {
                    LOG.error("{} is damaged and removed: it is reported again while it lasts", paper.name(), damaged);
                }
            }
            log.emit(drafts, AlertLog.AS_BEFORE, clock.instant());
            for (String name : names) {
                stateStore.remove(name);
            }
            done = true;
        } finally {
            if (!done) {
                synchronized (this) {
                    waiting = true;
                }
            }
        }
    }
}
