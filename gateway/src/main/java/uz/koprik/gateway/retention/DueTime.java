package uz.koprik.gateway.retention;

import java.time.Duration;
import java.time.Instant;

/**
 * When the time of an object ends.
 *
 * @param rule the one that decides
 * @param at from this moment on it is due
 */
public record DueTime(RetentionRule rule, Instant at) {

    static DueTime of(RetentionRule rule, Instant received) {
        return new DueTime(rule, received.plus(Duration.ofDays(rule.days())));
    }

    /** Whether it is due at {@code moment}. */
    public boolean by(Instant moment) {
        return !moment.isBefore(at);
    }
}
