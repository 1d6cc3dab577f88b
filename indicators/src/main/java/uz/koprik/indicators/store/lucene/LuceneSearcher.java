package uz.koprik.indicators.store.lucene;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.BytesRef;
import uz.koprik.indicators.store.Search;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.entries.EntryTable;
import uz.koprik.indicators.store.entries.IndexTerms;
import uz.koprik.indicators.store.entries.SearchCollector;
import uz.koprik.indicators.store.words.Highlighter;
import uz.koprik.indicators.store.words.ParsedTerm;
import uz.koprik.indicators.store.words.SearchedText;

/** Answers searches: Lucene finds words and values, rows decide everything else. */
final class LuceneSearcher {

    private final EntryTable entryTable;
    private final Index index;

    LuceneSearcher(EntryTable entryTable, Index index) {
        this.entryTable = entryTable;
        this.index = index;
    }

    Search.Result search(Search search) throws StoreUnavailable {
        SearchCollector tally = new SearchCollector(search, entryTable);
        List<ParsedTerm> asked = search.query().words().isBlank()
                ? List.of()
                : index.words().asked(search.query().words());
        if (search.query().byRowsAlone()) {
            tally.acceptAll();
        } else if (search.query().about().isEmpty()) {
            matches(query(search, asked), tally);
        } else {
            about(search, asked, tally);
        }
        Search.Result result = tally.result();
        return search.query().highlight()
                ? result.with(new Highlighter(index.words(), asked).of(result.entries()))
                : result;
    }

    /** An object has no term that says its own id, so that what is about some is a set of its own. */
    private void about(Search search, List<ParsedTerm> asked, SearchCollector tally) throws StoreUnavailable {
        TreeSet<Long> about = new TreeSet<>();
        matches(terms(IndexFiles.REF, search.query().about()), about::add);
        search.query().about().stream()
                .map(entryTable::head)
                .map(entryTable::inView)
                .filter(seq -> seq > 0)
                .forEach(about::add);
        BooleanQuery rest = query(search, asked);
        if (rest.clauses().isEmpty()) {
            about.forEach(tally::accept);
        } else if (!about.isEmpty()) {
            matches(rest, seq -> {
                if (about.contains(seq)) {
                    tally.accept(seq);
                }
            });
        }
    }

    private static BooleanQuery query(Search search, List<ParsedTerm> asked) {
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        if (!search.query().words().isBlank()) {
            query.add(words(asked), BooleanClause.Occur.FILTER);
        }
        Map<String, Set<String>> sets = Map.of(
                IndexFiles.OBSERVABLE, search.query().observables(),
                IndexFiles.KIND, search.query().kinds(),
                IndexFiles.LABEL,
                        search.query().labels().stream()
                                .map(SearchedText::label)
                                .collect(Collectors.toSet()));
        sets.forEach((field, values) -> {
            if (!values.isEmpty()) {
                query.add(terms(field, values), BooleanClause.Occur.FILTER);
            }
        });
        return query.build();
    }

    private static Query terms(String field, Set<String> values) {
        return new TermInSetQuery(
                field,
                values.stream().map(key -> new BytesRef(IndexTerms.of(key))).toList());
    }

    private static Query words(List<ParsedTerm> asked) {
        if (asked.isEmpty()) {
            return new MatchNoDocsQuery("no words in the question");
        }
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        if (asked.stream().allMatch(ParsedTerm::excluded)) {
            all.add(MatchAllDocsQuery.INSTANCE, BooleanClause.Occur.FILTER);
        }
        for (ParsedTerm one : asked) {
            BooleanQuery.Builder needs = new BooleanQuery.Builder();
            one.needs().forEach(need -> needs.add(anyWay(need), BooleanClause.Occur.FILTER));
            all.add(needs.build(), one.excluded() ? BooleanClause.Occur.MUST_NOT : BooleanClause.Occur.FILTER);
        }
        return all.build();
    }

    private static Query anyWay(ParsedTerm.Need need) {
        BooleanQuery.Builder any = new BooleanQuery.Builder();
        need.ways().forEach(way -> any.add(way(way, need.beginning()), BooleanClause.Occur.SHOULD));
        return any.build();
    }

    private static Query way(List<String> way, boolean beginning) {
        if (!beginning) {
            return way.size() == 1
                    ? new TermQuery(new Term(IndexFiles.TEXT, way.getFirst()))
                    : new PhraseQuery(IndexFiles.TEXT, way.toArray(String[]::new));
        }
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        all.add(new PrefixQuery(new Term(IndexFiles.TEXT, way.getLast())), BooleanClause.Occur.FILTER);
        way.subList(0, way.size() - 1)
                .forEach(term -> all.add(new TermQuery(new Term(IndexFiles.TEXT, term)), BooleanClause.Occur.FILTER));
        return all.build();
    }

    private void matches(Query query, LongConsumer found) throws StoreUnavailable {
        try (Index.IndexSnapshot reading = index.readWhole()) {
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
}
