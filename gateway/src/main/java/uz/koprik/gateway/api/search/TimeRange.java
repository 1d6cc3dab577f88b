package uz.koprik.gateway.api.search;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Optional;
import uz.koprik.gateway.api.common.Times;

/**
 * A time range as people write it: {@code 2026}, {@code 2026-03}, {@code 2026-03-14}, a moment, {@code >2026-01} (later
 * than all of January), {@code >=2026-01} (from its beginning), {@code <}, {@code <=}, {@code 2026-01..2026-03} (both
 * included), or open at one end; in UTC.
 *
 * @param from first moment, if there is one
 * @param to first moment after it, if there is one
 */
record TimeRange(Optional<Instant> from, Optional<Instant> to) {

    /** How it can be written, for errors. */
    static final String FORMS =
            "2026, 2026-01, 2026-01-31, 2026-01-31T08:00:00Z, one of these after >, >=, < or <=, or two of them"
                    + " with .. between them";

    /** Empty when the text says no time. */
    static Optional<TimeRange> read(String text) {
        try {
            int dots = text.indexOf("..");
            if (dots >= 0) {
                return range(text.substring(0, dots), text.substring(dots + 2));
            }
            if (text.startsWith(">=")) {
                return Optional.of(new TimeRange(Optional.of(Period.of(text.substring(2)).from), Optional.empty()));
            }
            if (text.startsWith(">")) {
                return Optional.of(new TimeRange(Optional.of(Period.of(text.substring(1)).to), Optional.empty()));
            }
            if (text.startsWith("<=")) {
                return Optional.of(new TimeRange(Optional.empty(), Optional.of(Period.of(text.substring(2)).to)));
            }
            if (text.startsWith("<")) {
                return Optional.of(new TimeRange(Optional.empty(), Optional.of(Period.of(text.substring(1)).from)));
            }
            Period period = Period.of(text);
            return Optional.of(new TimeRange(Optional.of(period.from), Optional.of(period.to)));
        } catch (DateTimeException noTime) {
            return Optional.empty();
        }
    }

    private static Optional<TimeRange> range(String first, String last) {
        if (first.isEmpty() && last.isEmpty()) {
            return Optional.empty();
        }
        Optional<Instant> from = first.isEmpty() ? Optional.empty() : Optional.of(Period.of(first).from);
        Optional<Instant> to = last.isEmpty() ? Optional.empty() : Optional.of(Period.of(last).to);
        return from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())
                ? Optional.empty()
                : Optional.of(new TimeRange(from, to));
    }

    /** Where two ranges overlap. */
    TimeRange and(TimeRange other) {
        return new TimeRange(
                from.isPresent() && (other.from.isEmpty() || from.get().isAfter(other.from.get())) ? from : other.from,
                to.isPresent() && (other.to.isEmpty() || to.get().isBefore(other.to.get())) ? to : other.to);
    }

    private record Period(Instant from, Instant to) {

        static Period of(String text) {
            if (text.indexOf('T') > 0) {
                Instant moment = Times.parse(text);
                return new Period(moment, moment.plusNanos(1000));
            }
            return switch (text.length()) {
                case 4 ->
                    between(
                            Year.parse(text).atDay(1),
                            Year.parse(text).plusYears(1).atDay(1));
                case 7 ->
                    between(
                            YearMonth.parse(text).atDay(1),
                            YearMonth.parse(text).plusMonths(1).atDay(1));
                default -> between(LocalDate.parse(text), LocalDate.parse(text).plusDays(1));
            };
        }

        private static Period between(LocalDate first, LocalDate behind) {
            return new Period(
                    first.atStartOfDay(ZoneOffset.UTC).toInstant(),
                    behind.atStartOfDay(ZoneOffset.UTC).toInstant());
        }
    }
}
