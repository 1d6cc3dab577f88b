package uz.koprik.gateway.alerts.log;

import java.time.Instant;
import java.util.UUID;

/**
 * Operators should do something.
 *
 * @param notice what it is about
 */
public record OperatorAlert(long seq, Instant time, Notice notice) implements Alert {

    /** The subject of those that are for operators: they have the same readers. */
    public static final String SUBJECT = "operation";

    /** The subject of those that are for people who release. */
    public static final String RELEASE_SUBJECT = "release-desk";

    @Override
    public UUID id() {
        return notice.id();
    }

    @Override
    public String subject() {
        return notice.kind() == Notice.Kind.RELEASE ? RELEASE_SUBJECT : SUBJECT;
    }
}
