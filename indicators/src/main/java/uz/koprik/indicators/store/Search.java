package uz.koprik.indicators.store;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import uz.koprik.indicators.policy.Audience;

/**
 * A query over the latest versions by one asker, answered newest first.
 *
 * @param audience what the asker may see; counts and facets know no more
 * @param query what is searched for
 */
public record Search(Audience audience, SearchQuery query) {

    /** Fields whose values can be counted. */
    public enum Facet {
        TYPE,
        PRODUCER,
        RECEIVED_FROM,
        TLP
    }

    /** Time ranges, in UTC. */
    public enum Interval {
        DAY,
        /** From Monday (ISO 8601). */
        WEEK,
        MONTH,
        YEAR;

        /** The first day of the range that contains a day. */
        public LocalDate first(LocalDate day) {
            return switch (this) {
                case DAY -> day;
                case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                case MONTH -> day.withDayOfMonth(1);
                case YEAR -> day.withDayOfYear(1);
            };
        }

        /** The first day of the next range. */
        public LocalDate next(LocalDate first) {
            return switch (this) {
                case DAY -> first.plusDays(1);
                case WEEK -> first.plusWeeks(1);
                case MONTH -> first.plusMonths(1);
                case YEAR -> first.plusYears(1);
            };
        }
    }

    /**
     * An answer.
     *
     * @param total how many entries match in all
     * @param entries newest first
     * @param more whether older ones match
     * @param facets for each facet asked for: value → count, most frequent first
     * @param histogram first day of a range → how many of all that match were added in it; ranges without any are left
     *     out
     * @param highlights by {@link Entry#seq()}, of the entries returned: where the words stand
     */
    public record Result(
            long total,
            List<Entry> entries,
            boolean more,
            Map<Facet, Map<String, Long>> facets,
            SortedMap<LocalDate, Long> histogram,
            Map<Long, List<Highlight>> highlights) {

        /** The same with fewer entries: those that are still there. */
        public Result with(List<Entry> present) {
            return new Result(total, present, more, facets, histogram, highlights);
        }

        /** The same with highlights. */
        public Result with(Map<Long, List<Highlight>> found) {
            return new Result(total, entries, more, facets, histogram, found);
        }
    }
}
