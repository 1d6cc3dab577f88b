package uz.koprik.gateway.feeds;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.gateway.intake.Outcome;
import uz.koprik.gateway.intake.Refusal;

/**
 * What one partner did at this gateway: when it last made a request, and what became of the objects that it pushed. The
 * numbers are written to their file every few seconds, so a killed process loses the last ones. Safe for use by many
 * threads at once.
 */
final class ReceivedObjects {

    private static final Logger LOG = LoggerFactory.getLogger(ReceivedObjects.class);

    private static final Duration CONTACT = Duration.ofMinutes(1);

    private final FileKeeper file;
    private final RefusalLog refusals;
    private final InstantSource clock;
    private volatile long lastContact;
    private PartnerState.Direction kept;
    private PartnerState.Direction written;

    ReceivedObjects(FileKeeper file, RefusalLog refusals, InstantSource clock) {
        this.file = file;
        this.refusals = refusals;
        this.clock = clock;
        this.kept = read(file);
        this.written = kept;
    }

    private static PartnerState.Direction read(FileKeeper file) {
        try {
            var stored = file.read();
            return stored.isEmpty()
                    ? PartnerState.Direction.NEW
                    : PartnerState.readDirection(StrictJson.parseObject(stored.get()));
        } catch (MalformedJson | IllegalArgumentException damaged) {
            LOG.error(
                    "the {} is damaged ({}); what this partner pushed is counted anew",
                    file.place(),
                    damaged.getMessage());
            return PartnerState.Direction.NEW;
        }
    }

    /** The partner made a request. Takes no lock, for every request. */
    void contacted() {
        lastContact = clock.millis();
    }

    /** The partner pushed objects. */
    void add(List<Outcome> outcomes) {
        long accepted = 0;
        long unchanged = 0;
        Map<String, Long> refused = new TreeMap<>();
        List<RefusalLog.Line> lines = new ArrayList<>(0);
        Instant now = clock.instant();
        for (Outcome outcome : outcomes) {
            switch (outcome.status()) {
                case ACCEPTED -> accepted++;
                case UNCHANGED -> unchanged++;
                case REFUSED -> {
                    Refusal why = outcome.refusal().orElseThrow();
                    refused.merge(why.code().name(), 1L, Long::sum);
                    String id = outcome.id().isEmpty() ? outcome.where() : outcome.id();
                    lines.add(new RefusalLog.Line(now, "in", id, why.code().name(), why.pointer(), why.reason()));
                }
            }
        }
        count(now, accepted, unchanged, refused);
        refusals.add(lines);
    }

    private synchronized void count(Instant now, long accepted, long unchanged, Map<String, Long> refused) {
        kept = kept.succeeded(now).counted(accepted, unchanged, refused);
    }

    private boolean sameCounts(PartnerState.Direction state) {
        return state.done() == written.done()
                && state.unchanged() == written.unchanged()
                && state.refused() == written.refused();
    }

    private boolean soon(PartnerState.Direction state) {
        return written.contact().isPresent()
                && state.contact()
                        .filter(at -> at.isBefore(written.contact().get().plus(CONTACT)))
                        .isPresent();
    }

    synchronized PartnerState.Direction now() {
        long at = lastContact;
        if (at > kept.contact().map(Instant::toEpochMilli).orElse(0L)) {
            kept = kept.contacted(Instant.ofEpochMilli(at));
        }
        return kept;
    }

    /**
     * Writes what changed; a new time of contact alone only once a minute, unless {@code all}. A failure is logged:
     * nothing but these numbers depends on it.
     */
    void flush(boolean all) {
        PartnerState.Direction state = now();
        synchronized (this) {
            if (state.equals(written) || (!all && sameCounts(state) && soon(state))) {
                return;
            }
            written = state;
        }
        try {
            file.write(CanonicalJson.bytes(PartnerState.writeDirection(state)));
        } catch (UncheckedIOException unwritten) {
            LOG.warn("what a partner pushed cannot be counted: {}", unwritten.getMessage());
        }
    }
}
