package uz.koprik.gateway.alerts.log;

import java.time.Instant;
import java.util.UUID;
import uz.koprik.indicators.stix.values.Uuid5;

/**
 * Something about the operation of the centre that its operators should do something about.
 *
 * @param id the same for the same thing and threshold, at each gateway and after each restart
 * @param kind what it is about
 * @param what the thing, in a word such as {@code certificate} or {@code pushed}
 * @param centre whose thing it is: this centre or a partner
 * @param at when it ends or ended; for others than {@link Kind#EXPIRY} since when it lasts
 * @param days the number of days before the end that is reached, 0 after it; -1 for others than {@link Kind#EXPIRY}
 * @param message what happens, in a sentence
 * @param action what to do
 */
public record Notice(
        UUID id, Kind kind, String what, String centre, Instant at, int days, String message, String action) {

    private static final int NONE = -1;

    /** What a notice is about. */
    public enum Kind {
        /** A key, card, list, certificate or agreement ends soon, or has ended. */
        EXPIRY,
        /** The access record cannot be written. */
        ACCESS_RECORD,
        /** A proposal of a partner waits for an answer, or what both signed holds no more. */
        AGREEMENT,
        /** Something waits at the release desk. */
        RELEASE,
        /** The daily run of retention fails. */
        RETENTION,
        /** A scheduled backup failed or is overdue. */
        BACKUP,
        /** The exchange with a partner fails for a long time. */
        STALLED_FEED
    }

    /** That something ends. One notice per end and threshold: a renewed thing has another end. */
    public static Notice expiry(String what, String centre, Instant end, int days, String message, String action) {
        return new Notice(
                id(Kind.EXPIRY, what, centre, end.toString(), Integer.toString(days)),
                Kind.EXPIRY,
                what,
                centre,
                end,
                days,
                message,
                action);
    }

    /** That something lasts. One notice per thing and beginning. */
    public static Notice lasting(Kind kind, String what, String centre, Instant since, String message, String action) {
        return new Notice(
                id(kind, what, centre, since.toString(), ""), kind, what, centre, since, NONE, message, action);
    }

    private static UUID id(Kind kind, String what, String centre, String at, String days) {
        return Uuid5.koprik("alert", "notice", kind.name(), what, centre, at, days);
    }
}
