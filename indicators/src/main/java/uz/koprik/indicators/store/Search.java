package uz.koprik.indicators.store;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.store.words.Highlight;

/**
 * A question over the latest versions, answered newest first. Fields are joined by AND, the values of one by OR.
 *
 * @param audience what the asker may see; counts and facets know no more
 * @param words words that must all occur, see {@link uz.koprik.indicators.store.words.Words#asked}; empty for no restriction
 * @param observables keys ({@code kind:value}) of which at least one must be carried
 * @param types STIX types
 * @param producers {@code created_by_ref}
 * @param receivedFrom names of partners; an empty name means this centre itself
 * @param tlps effective markings
 * @param addedFrom first moment of adding, microseconds since the epoch, inclusive
 * @param addedTo last moment of adding, exclusive
 * @param facets fields to count values of
 * @param before only entries with a lower {@link Entry#seq()}: the keyset cursor; empty to start
 * @param limit how many entries at most
 * @param kinds kinds of observables of which at least one must be carried
 * @param labels of which the object must have at least one; case does not matter
 * @param about ids of objects: only these, and what refers to one of them
 * @param histogram intervals of time to count by
 * @param highlight whether to say where the words stand
 */
public record Search(
        Audience audience,
        String words,
        Set<String> observables,
        Set<String> types,
        Set<String> producers,
        Set<String> receivedFrom,
        Set<Tlp> tlps,
        Optional<Long> addedFrom,
        Optional<Long> addedTo,
        Set<Facet> facets,
        Optional<Long> before,
        int limit,
        Set<String> kinds,
        Set<String> labels,
        Set<String> about,
        Optional<Interval> histogram,
        boolean highlight) {

    /** Without restriction by kind, label and what it is about, and without histogram and highlights. */
    public Search(
            Audience audience,
            String words,
            Set<String> observables,
            Set<String> types,
            Set<String> producers,
            Set<String> receivedFrom,
            Set<Tlp> tlps,
            Optional<Long> addedFrom,
            Optional<Long> addedTo,
            Set<Facet> facets,
            Optional<Long> before,
            int limit) {
        this(audience, words, observables, types, producers, receivedFrom, tlps, addedFrom, addedTo, facets, before, limit,
                Set.of(), Set.of(), Set.of(), Optional.empty(), false);
    }

    /** The same question by somebody else. */
    public Search as(Audience asker) {
        return new Search(asker, words, observables, types, producers, receivedFrom, tlps, addedFrom, addedTo, facets, before, limit,
                kinds, labels, about, histogram, highlight);
    }

    /** The same question with another page, histogram and highlights. */
    public Search with(Optional<Long> cursor, int most, Optional<Interval> by, boolean highlighted) {
        return new Search(audience, words, observables, types, producers, receivedFrom, tlps, addedFrom, addedTo, facets, cursor, most,
                kinds, labels, about, by, highlighted);
    }

    /** The same question without facets, of other types, and of what was added at or after a moment. */
    public Search narrowed(Set<String> toTypes, Optional<Long> from) {
        Optional<Long> later = addedFrom.isPresent() && (from.isEmpty() || addedFrom.get() > from.get()) ? addedFrom : from;
        return new Search(audience, words, observables, toTypes, producers, receivedFrom, tlps, later, addedTo, Set.of(), before, limit,
                kinds, labels, about, histogram, highlight);
    }

    /** Whether rows alone answer it: it asks for nothing that an index knows. */
    public boolean byRowsAlone() {
        return words.isBlank() && observables.isEmpty() && kinds.isEmpty() && labels.isEmpty() && about.isEmpty();
    }

    /** Fields whose values can be counted. */
    public enum Facet {
        TYPE,
        PRODUCER,
        RECEIVED_FROM,
        TLP
    }

    /** Stretches of time, in UTC. */
    public enum Interval {
        DAY,
        /** From Monday (ISO 8601). */
        WEEK,
        MONTH,
        YEAR;

        /** The first day of the stretch in which a day lies. */
        public LocalDate first(LocalDate day) {
            return switch (this) {
                case DAY -> day;
                case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                case MONTH -> day.withDayOfMonth(1);
                case YEAR -> day.withDayOfYear(1);
            };
        }

        /** The first day of the next stretch. */
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
     * @param histogram first day of a stretch → how many of all that match were added in it; stretches without any are left out
     * @param highlights by {@link Entry#seq()}, of the entries returned: where the words stand
     */
    public record Result(
            long total,
            List<Entry> entries,
            boolean more,
            Map<Facet, Map<String, Long>> facets,
            SortedMap<LocalDate, Long> histogram,
            Map<Long, List<Highlight>> highlights) {

        /** The same with highlights. */
        public Result with(Map<Long, List<Highlight>> found) {
            return new Result(total, entries, more, facets, histogram, found);
        }
    }
}
