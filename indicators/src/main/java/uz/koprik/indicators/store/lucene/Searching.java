package uz.koprik.indicators.store.lucene;

import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.BytesRef;
import uz.koprik.indicators.policy.ReleaseClass;
import uz.koprik.indicators.store.Search;
import uz.koprik.indicators.store.StoreUnavailable;

/** Answers searches: Lucene finds words and values, rows decide everything else. */
final class Searching {

    private final Catalogue catalogue;
    private final Index index;

    Searching(Catalogue catalogue, Index index) {
        this.catalogue = catalogue;
        this.index = index;
    }

    Search.Result search(Search search) throws StoreUnavailable {
        if (search.limit() < 0) {
            throw new IllegalArgumentException("limit must be 0 or more, not " + search.limit());
        }
        Rows rows = catalogue.rows;
        long first = search.addedFrom().map(from -> rows.lastAddedBy(from - 1) + 1).orElse(1L);
        long last = search.addedTo().map(to -> rows.lastAddedBy(to - 1)).orElseGet(rows::last);
        Tally tally = new Tally(search, RowFilter.of(search, catalogue), first, last);
        if (search.words().isBlank() && search.observables().isEmpty()) {
            for (long seq = first; seq <= last; seq++) {
                tally.accept(seq);
            }
        } else {
            matches(query(search), tally);
        }
        return tally.result();
    }

    private Query query(Search search) {
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        if (!search.words().isBlank()) {
            query.add(index.words().all(search.words()), BooleanClause.Occur.FILTER);
        }
        if (!search.observables().isEmpty()) {
            query.add(new TermInSetQuery(IndexFiles.OBSERVABLE,
                    search.observables().stream().map(key -> new BytesRef(IndexFiles.term(key))).toList()), BooleanClause.Occur.FILTER);
        }
        return query.build();
    }

    private void matches(Query query, LongConsumer found) throws StoreUnavailable {
        try (Index.Reading reading = index.readWhole()) {
            IndexSearcher searcher = reading.view().searcher();
            Weight weight = searcher.createWeight(searcher.rewrite(query), ScoreMode.COMPLETE_NO_SCORES, 1);
            for (LeafReaderContext leaf : reading.view().reader().leaves()) {
                Scorer scorer = weight.scorer(leaf);
                if (scorer != null) {
                    DocIdSetIterator docs = scorer.iterator();
                    for (int doc = docs.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = docs.nextDoc()) {
                        found.accept(leaf.docBase + doc + 1L);
                    }
                }
            }
        } catch (IOException e) {
            throw new StoreUnavailable("the index cannot be read", e);
        }
    }

    /** Counts everything and keeps the newest below the cursor. */
    private final class Tally implements LongConsumer {

        private final Search search;
        private final RowFilter filter;
        private final long first;
        private final long last;
        private final long before;
        private final Newest newest;
        private final Search.Facet[] facets;
        private final long[][] counts;
        private long total;

        Tally(Search search, RowFilter filter, long first, long last) {
            this.search = search;
            this.filter = filter;
            this.first = first;
            this.last = last;
            this.before = search.before().orElse(Long.MAX_VALUE);
            this.newest = new Newest(search.limit());
            this.facets = search.facets().toArray(Search.Facet[]::new);
            this.counts = new long[facets.length][64];
        }

        @Override
        public void accept(long seq) {
            if (seq < first || seq > last) {
                return;
            }
            RowBlock block = catalogue.rows.block(seq);
            int row = RowBlock.index(seq);
            if (!filter.matches(block, row)) {
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
            if (seq < before) {
                newest.add(seq);
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

        Search.Result result() {
            Map<Search.Facet, Map<String, Long>> answer = new EnumMap<>(Search.Facet.class);
            for (int i = 0; i < facets.length; i++) {
                answer.put(facets[i], mostFrequentFirst(facets[i], counts[i]));
            }
            return new Search.Result(total, newest.entries(catalogue), newest.count() > search.limit(), answer);
        }

        private Map<String, Long> mostFrequentFirst(Search.Facet facet, long[] of) {
            Map<String, Long> sorted = new LinkedHashMap<>();
            IntStream.range(0, of.length).boxed()
                    .filter(code -> of[code] > 0 && !(facet == Search.Facet.PRODUCER && name(facet, code).isEmpty()))
                    .sorted((a, b) -> Long.compare(of[b], of[a]))
                    .forEach(code -> sorted.put(name(facet, code), of[code]));
            return sorted;
        }

        private String name(Search.Facet facet, int code) {
            return switch (facet) {
                case TYPE -> catalogue.rows.types.name(code);
                case PRODUCER -> catalogue.rows.producers.name(code);
                case RECEIVED_FROM -> catalogue.rows.sources.name(code);
                case TLP -> ReleaseClass.of((byte) code).tlp().name();
            };
        }
    }
}
