package uz.koprik.indicators.store.elasticsearch;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.query_dsl.BoolQuery;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import java.util.List;
import java.util.stream.Collectors;
import uz.koprik.indicators.store.Search;
import uz.koprik.indicators.store.words.ParsedTerm;
import uz.koprik.indicators.store.words.SearchedText;

/** What a search asks of the index; rows decide the rest. */
final class QueryFactory {

    private QueryFactory() {}

    /** @param itself sequence numbers of the objects that it is about */
    static Query of(Search search, List<ParsedTerm> asked, List<Long> itself) {
        BoolQuery.Builder all = new BoolQuery.Builder();
        if (!search.query().words().isBlank()) {
            all.filter(words(asked));
        }
        if (!search.query().observables().isEmpty()) {
            all.filter(EntrySearcher.values(
                    EntryDocument.OBSERVABLE, search.query().observables()));
        }
        if (!search.query().kinds().isEmpty()) {
            all.filter(EntrySearcher.values(EntryDocument.KIND, search.query().kinds()));
        }
        if (!search.query().labels().isEmpty()) {
            all.filter(EntrySearcher.values(
                    EntryDocument.LABEL,
                    search.query().labels().stream().map(SearchedText::label).collect(Collectors.toSet())));
        }
        if (!search.query().about().isEmpty()) {
            List<FieldValue> places = itself.stream().map(FieldValue::of).toList();
            all.filter(f -> f.bool(b -> b.should(EntrySearcher.values(
                            EntryDocument.REF, search.query().about()))
                    .should(s -> s.terms(t -> t.field(EntryDocument.SEQ).terms(v -> v.value(places))))));
        }
        return all.build()._toQuery();
    }

    private static Query words(List<ParsedTerm> asked) {
        if (asked.isEmpty()) {
            return Query.of(q -> q.matchNone(m -> m));
        }
        BoolQuery.Builder all = new BoolQuery.Builder();
        for (ParsedTerm one : asked) {
            BoolQuery.Builder needs = new BoolQuery.Builder();
            one.needs().forEach(need -> needs.filter(anyWay(need)));
            Query query = needs.build()._toQuery();
            if (one.excluded()) {
                all.mustNot(query);
            } else {
                all.filter(query);
            }
        }
        return all.build()._toQuery();
    }

    private static Query anyWay(ParsedTerm.Need need) {
        BoolQuery.Builder any = new BoolQuery.Builder();
        need.ways().forEach(way -> any.should(way(way, need.beginning())));
        return any.build()._toQuery();
    }

    private static Query way(List<String> way, boolean beginning) {
        if (!beginning) {
            return way.size() == 1
                    ? term(way.getFirst())
                    : Query.of(
                            q -> q.matchPhrase(m -> m.field(EntryDocument.WORD).query(String.join(" ", way))));
        }
        BoolQuery.Builder all = new BoolQuery.Builder();
        all.filter(f -> f.prefix(p -> p.field(EntryDocument.WORD).value(way.getLast())));
        way.subList(0, way.size() - 1).forEach(word -> all.filter(term(word)));
        return all.build()._toQuery();
    }

    private static Query term(String word) {
        return Query.of(q -> q.term(t -> t.field(EntryDocument.WORD).value(word)));
    }
}
