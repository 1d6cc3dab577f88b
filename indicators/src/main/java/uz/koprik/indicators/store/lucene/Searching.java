package uz.koprik.indicators.store.lucene;

import java.io.IOException;
import java.util.List;
import java.util.function.LongConsumer;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchNoDocsQuery;
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
import uz.koprik.indicators.store.journal.Catalogue;
import uz.koprik.indicators.store.journal.IndexTerms;
import uz.koprik.indicators.store.journal.Tally;
import uz.koprik.indicators.store.words.Words;

/** Answers searches: Lucene finds words and values, rows decide everything else. */
final class Searching {

    private final Catalogue catalogue;
    private final Index index;

    Searching(Catalogue catalogue, Index index) {
        this.catalogue = catalogue;
        this.index = index;
    }

    Search.Result search(Search search) throws StoreUnavailable {
        Tally tally = new Tally(search, catalogue);
        if (search.words().isBlank() && search.observables().isEmpty()) {
            tally.acceptAll();
        } else {
            matches(query(search), tally);
        }
        return tally.result();
    }

    private Query query(Search search) {
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        if (!search.words().isBlank()) {
            query.add(words(index.words().asked(search.words())), BooleanClause.Occur.FILTER);
        }
        if (!search.observables().isEmpty()) {
            query.add(new TermInSetQuery(IndexFiles.OBSERVABLE,
                    search.observables().stream().map(key -> new BytesRef(IndexTerms.of(key))).toList()), BooleanClause.Occur.FILTER);
        }
        return query.build();
    }

    private static Query words(List<Words.Asked> asked) {
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        for (Words.Asked word : asked) {
            Term term = new Term(IndexFiles.TEXT, word.term());
            all.add(word.beginning() ? new PrefixQuery(term) : new TermQuery(term), BooleanClause.Occur.FILTER);
        }
        return asked.isEmpty() ? new MatchNoDocsQuery("no words in the question") : all.build();
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
}
