package uz.koprik.indicators.store.entries;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import uz.koprik.indicators.policy.ReleaseTerms;
import uz.koprik.indicators.store.Search;

/**
 * Makes the answer to a search of the entries that carry its words and values: rows decide which of them are in view,
 * all are counted, the newest below the cursor kept.
 */
public final class SearchCollector implements LongConsumer {

    private static final long MICROS_A_DAY = 86_400_000_000L;

    private final EntryTable entryTable;
    private final Search search;
    private final RowFilter filter;
    private final long first;
    private final long last;
    private final long before;
    private final TopN newest;
    private final Search.Facet[] facets;
    private final long[][] counts;
    private final SortedMap<LocalDate, Long> histogram = new TreeMap<>();
    private LocalDate stretch;
    private long stretchFrom;
    private long stretchTo;
    private long inStretch;
    private long total;

    /** @throws IllegalArgumentException when the search asks for less than nothing */
    public SearchCollector(Search search, EntryTable entryTable) {
        if (search.query().limit() < 0) {
            throw new IllegalArgumentException(
                    "limit must be 0 or more, not " + search.query().limit());
        }
        EntryRows rows = entryTable.rows;
        this.entryTable = entryTable;
        this.search = search;
        this.filter = RowFilter.of(search, entryTable);
        this.first = search.query()
                .addedFrom()
                .map(from -> rows.lastAddedBy(from - 1) + 1)
                .orElse(1L);
        this.last = search.query().addedTo().map(to -> rows.lastAddedBy(to - 1)).orElseGet(rows::last);
        this.before = search.query().before().orElse(Long.MAX_VALUE);
        this.newest = new TopN(search.query().limit());
        this.facets = search.query().facets().toArray(Search.Facet[]::new);
        this.counts = new long[facets.length][64];
    }

    @Override
    public void accept(long seq) {
        if (seq < first || seq > last) {
            return;
        }
        RowBlock block = entryTable.rows.block(seq);
        int row = RowBlock.index(seq);
        if (!filter.matches(seq, block, row)) {
            return;
        }
        total++;
        for (int i = 0; i < facets.length; i++) {
            int code = code(facets[i], block, row);
            if (code >= counts[i].length) {
                counts[i] = Arrays.copyOf(counts[i], Math.max(code + 1, counts[i].length * 2));
            }
            counts[i][code]++;
        }
        if (search.query().histogram().isPresent()) {
            count(block.added[row], search.query().histogram().get());
        }
        if (seq < before) {
            newest.add(seq);
        }
    }

    /** Neighbours in the sequence are mostly in the same time range. */
    private void count(long added, Search.Interval interval) {
        if (stretch == null || added < stretchFrom || added >= stretchTo) {
            closeStretch();
            stretch = interval.first(LocalDate.ofEpochDay(Math.floorDiv(added, MICROS_A_DAY)));
            stretchFrom = stretch.toEpochDay() * MICROS_A_DAY;
            stretchTo = interval.next(stretch).toEpochDay() * MICROS_A_DAY;
        }
        inStretch++;
    }

    private void closeStretch() {
        if (inStretch > 0) {
            histogram.merge(stretch, inStretch, Long::sum);
            inStretch = 0;
        }
    }

    private static int code(Search.Facet facet, RowBlock block, int row) {
        return switch (facet) {
            case TYPE -> block.type[row];
            case PRODUCER -> block.producer[row];
            case RECEIVED_FROM -> block.source[row];
            case TLP -> block.release[row] & 7;
        };
    }

    /** Takes every entry of the time range that was asked for. */
    public void acceptAll() {
        for (long seq = first; seq <= last; seq++) {
            accept(seq);
        }
    }

    /** The first entry that can match. */
    public long first() {
        return first;
    }

    /** The last entry that can match. */
    public long last() {
        return last;
    }

    public Search.Result result() {
        Map<Search.Facet, Map<String, Long>> answer = new EnumMap<>(Search.Facet.class);
        for (int i = 0; i < facets.length; i++) {
            answer.put(facets[i], mostFrequentFirst(facets[i], counts[i]));
        }
        closeStretch();
        return new Search.Result(
                total,
                newest.entries(entryTable),
                newest.count() > search.query().limit(),
                answer,
                histogram,
                Map.of());
    }

    private Map<String, Long> mostFrequentFirst(Search.Facet facet, long[] of) {
        Map<String, Long> sorted = new LinkedHashMap<>();
        IntStream.range(0, of.length)
                .boxed()
                .filter(code -> of[code] > 0
                        && !(facet == Search.Facet.PRODUCER && name(facet, code).isEmpty()))
                // Numbers are assigned in the order of appearance, which may be that of something hidden.
                .sorted((a, b) ->
                        of[a] == of[b] ? name(facet, a).compareTo(name(facet, b)) : Long.compare(of[b], of[a]))
                .forEach(code -> sorted.put(name(facet, code), of[code]));
        return sorted;
    }

    private String name(Search.Facet facet, int code) {
        return switch (facet) {
            case TYPE -> entryTable.rows.types.name(code);
            case PRODUCER -> entryTable.rows.producers.name(code);
            case RECEIVED_FROM -> entryTable.rows.sources.name(code);
            case TLP -> ReleaseTerms.of(code).tlp().name();
        };
    }
}
