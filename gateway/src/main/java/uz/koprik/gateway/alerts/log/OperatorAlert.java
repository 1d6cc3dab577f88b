package uz.koprik.gateway.alerts.log;

import java.time.Instant;
import java.util.UUID;

/**
 * Operators should do something.
 *
 * @param notice what it is about
 */
public record OperatorAlert(long seq, Instant time, Notice notice) implements Alert {

    /** The subject of all these alerts: they have the same readers. */
    public static final String SUBJECT = "operation";

    @Override
    public UUID id() {
        return notice.id();
    }

    @Override
    public String subject() {
        return SUBJECT;
    }
}
