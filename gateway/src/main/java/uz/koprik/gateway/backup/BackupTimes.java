package uz.koprik.gateway.backup;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** When the next scheduled backup is due. */
record BackupTimes(Duration interval, Optional<LocalTime> at) {

    /**
     * Whether a backup is due now.
     *
     * @param made when the good ones were made; those of the future, by a clock that was wrong, do not count
     */
    boolean due(List<Instant> made, Instant now) {
        return made.stream()
                .filter(moment -> !moment.isAfter(now))
                .max(Instant::compareTo)
                .map(last -> !now.isBefore(next(last)))
                .orElse(true);
    }

    private Instant next(Instant last) {
        if (at.isEmpty()) {
            return last.plus(interval);
        }
        // A backup that was late one day does not make those of the next days late.
        Instant earliest = last.plus(interval).minus(Duration.ofHours(12));
        Instant sameDay = earliest.atOffset(ZoneOffset.UTC).with(at.get()).toInstant();
        return sameDay.isBefore(earliest) ? sameDay.plus(Duration.ofDays(1)) : sameDay;
    }
}
