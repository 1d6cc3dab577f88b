package uz.koprik.indicators.store.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.BytesRef;
import uz.koprik.indicators.observable.network.NetworkKey;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.store.Carriers;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.RangeCarriers;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.Versions;
import uz.koprik.indicators.store.entries.BoundedHits;
import uz.koprik.indicators.store.entries.EntryTable;
import uz.koprik.indicators.store.entries.IndexTerms;
import uz.koprik.indicators.store.entries.PendingPostings;
import uz.koprik.indicators.store.entries.RowFilter;
import uz.koprik.indicators.store.entries.TopN;

/** Who carries a value and who refers to an object: straight from the posting lists, one a value. */
final class PostingLists {

    private final EntryTable entryTable;
    private final Index index;

    PostingLists(EntryTable entryTable, Index index) {
        this.entryTable = entryTable;
        this.index = index;
    }

    Map<String, Carriers> carriers(Collection<String> observables, Audience audience, int freshest)
            throws StoreUnavailable {
        RowFilter filter = RowFilter.of(entryTable, audience, Versions.LAST);
        List<WantedTerm> wanted = new ArrayList<>(observables.size());
        for (String key : observables) {
            if (index.met().value(key)) {
                wanted.add(new WantedTerm(key, new BytesRef(IndexTerms.of(key)), new TopN(freshest)));
            }
        }
        wanted.sort(Comparator.comparing(WantedTerm::key)); // neighbours in the dictionary share its blocks
        try (Index.IndexSnapshot reading = index.read()) {
            long covered = reading.view().covered();
            each(reading.view(), IndexFiles.OBSERVABLE, wanted, filter);
            for (PendingPostings recent : reading.recent()) {
                wanted.forEach(value -> recent.carriers(value.key, covered, into(value.found, filter)));
            }
        } catch (IOException e) {
            throw new StoreUnavailable("the index cannot be read", e);
        }
        Map<String, Carriers> answer = new LinkedHashMap<>();
        for (WantedTerm value : wanted) {
            if (value.found.count() > 0) {
                answer.put(value.key, new Carriers(value.found.count(), value.found.entries(entryTable)));
            }
        }
        return answer;
    }

    Map<NetworkKey.Span, RangeCarriers> within(
            Collection<NetworkKey.Span> places, Audience audience, int freshest, int most) throws StoreUnavailable {
        RowFilter filter = RowFilter.of(entryTable, audience, Versions.LAST);
        List<TermRange> stretches = new ArrayList<>(places.size());
        for (NetworkKey.Span place : places) {
            if (index.met().within(place)) {
                stretches.add(new TermRange(
                        place, new BytesRef(place.from()), new BytesRef(place.to()), new BoundedHits(most)));
            }
        }
        stretches.sort(
                Comparator.comparing(stretch -> stretch.place.from())); // neighbours in the dictionary share its blocks
        try (Index.IndexSnapshot reading = index.read()) {
            for (LeafReaderContext leaf : reading.view().reader().leaves()) {
                Terms terms = leaf.reader().terms(IndexFiles.PLACE);
                if (terms != null) {
                    TermsEnum dictionary = terms.iterator();
                    for (TermRange stretch : stretches) {
                        walk(dictionary, stretch, leaf.docBase, keep(stretch.found, filter));
                    }
                }
            }
            for (PendingPostings recent : reading.recent()) {
                stretches.forEach(
                        stretch -> recent.within(stretch.place, reading.view().covered(), keep(stretch.found, filter)));
            }
        } catch (IOException e) {
            throw new StoreUnavailable("the index cannot be read", e);
        }
        Map<NetworkKey.Span, RangeCarriers> answer = new LinkedHashMap<>();
        for (TermRange stretch : stretches) {
            if (stretch.found.count() > 0) {
                answer.put(
                        stretch.place,
                        new RangeCarriers(
                                stretch.found.count(),
                                stretch.found.full(),
                                stretch.found.entries(entryTable, freshest)));
            }
        }
        return answer;
    }

    private record TermRange(NetworkKey.Span place, BytesRef from, BytesRef to, BoundedHits found) {}

    private LongConsumer keep(BoundedHits found, RowFilter filter) {
        return seq -> {
            if (!found.full() && filter.matches(seq)) {
                found.add(seq);
            }
        };
    }

    private static void walk(TermsEnum dictionary, TermRange stretch, int docBase, LongConsumer keep)
            throws IOException {
        if (dictionary.seekCeil(stretch.from) == TermsEnum.SeekStatus.END) {
            return;
        }
        PostingsEnum list = null;
        for (BytesRef term = dictionary.term();
                term != null && term.compareTo(stretch.to) <= 0 && !stretch.found.full();
                term = dictionary.next()) {
            if (!term.equals(stretch.from)) {
                list = dictionary.postings(list, PostingsEnum.NONE);
                for (int doc = list.nextDoc();
                        doc != DocIdSetIterator.NO_MORE_DOCS && !stretch.found.full();
                        doc = list.nextDoc()) {
                    keep.accept(docBase + doc + 1L);
                }
            }
        }
    }

    List<Entry> referrers(String id, Versions versions, Audience audience) throws StoreUnavailable {
        RowFilter filter = RowFilter.of(entryTable, audience, versions);
        List<Entry> found = new ArrayList<>();
        LongConsumer keep = seq -> {
            if (filter.matches(seq)) {
                entryTable.found(seq).ifPresent(found::add);
            }
        };
        try (Index.IndexSnapshot reading = index.read()) {
            for (LeafReaderContext leaf : reading.view().reader().leaves()) {
                Terms terms = leaf.reader().terms(IndexFiles.REF);
                if (terms != null) {
                    seek(terms.iterator(), new BytesRef(IndexTerms.of(id)), leaf.docBase, keep);
                }
            }
            for (PendingPostings recent : reading.recent()) {
                recent.referrers(id, reading.view().covered(), keep);
            }
        } catch (IOException e) {
            throw new StoreUnavailable("the index cannot be read", e);
        }
        return found;
    }

    private void each(IndexView view, String field, List<WantedTerm> wanted, RowFilter filter) throws IOException {
        for (LeafReaderContext leaf : view.reader().leaves()) {
            Terms terms = leaf.reader().terms(field);
            if (terms != null) {
                TermsEnum dictionary = terms.iterator();
                for (WantedTerm value : wanted) {
                    seek(dictionary, value.term, leaf.docBase, into(value.found, filter));
                }
            }
        }
    }

    private static void seek(TermsEnum dictionary, BytesRef term, int docBase, LongConsumer found) throws IOException {
        if (dictionary.seekExact(term)) {
            PostingsEnum list = dictionary.postings(null, PostingsEnum.NONE);
            for (int doc = list.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = list.nextDoc()) {
                found.accept(docBase + doc + 1L);
            }
        }
    }

    private LongConsumer into(TopN found, RowFilter filter) {
        return seq -> {
            if (filter.matches(seq)) {
                found.add(seq);
            }
        };
    }

    private record WantedTerm(String key, BytesRef term, TopN found) {}
}
