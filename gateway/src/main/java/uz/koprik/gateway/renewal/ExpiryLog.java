package uz.koprik.gateway.renewal;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns in the log of what ends soon: each once a day (UTC), and at each start. For one thread. */
public final class ExpiryLog {

    private static final Logger LOG = LoggerFactory.getLogger(ExpiryLog.class);

    private final Expiries expiries;
    private final InstantSource clock;
    private final Map<Expiry, LocalDate> logged = new HashMap<>();

    public ExpiryLog(Expiries expiries, InstantSource clock) {
        this.expiries = expiries;
        this.clock = clock;
    }

    /** Logs what was not logged today. Call it every few minutes. */
    public void look() {
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        logged.values().removeIf(day -> !day.equals(today));
        for (Expiry expiry : expiries.all()) {
            if (expiry.near(now) && logged.putIfAbsent(expiry, today) == null) {
                LOG.warn("{}", expiry.sentence(now));
            }
        }
    }
}
