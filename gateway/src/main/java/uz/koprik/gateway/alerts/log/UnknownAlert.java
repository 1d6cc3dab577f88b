package uz.koprik.gateway.alerts.log;

import java.time.Instant;
import java.util.UUID;

/** An alert of a kind that a later version added. It keeps its number; this version shows it to nobody. */
public record UnknownAlert(long seq, UUID id, Instant time) implements Alert {

    /** The subject of all these alerts. */
    public static final String SUBJECT = "unknown";

    @Override
    public String subject() {
        return SUBJECT;
    }
}
