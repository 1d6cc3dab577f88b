package uz.koprik.indicators.store.elasticsearch;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.Time;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.SearchRequest;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import co.elastic.clients.elasticsearch.core.search.Hit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import uz.koprik.indicators.observable.Place;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.journal.IndexTerms;

/** Finds entries by what does not change of them, ascending; what is in view is decided by rows. */
final class Finding {

    /** As many as the cluster returns at once by default (index.max_result_window). */
    private static final int PAGE = 10_000;
    private static final Time KEEP = Time.of(time -> time.time("1m"));

    private final ElasticsearchClient client;
    private final Calls calls;
    private final String alias;

    Finding(ElasticsearchClient client, Calls calls, String alias) {
        this.client = client;
        this.calls = calls;
        this.alias = alias;
    }

    /** What is found. */
    interface Sink {
        void found(long seq, Hit<Void> hit);
    }

    /** Any of these values. */
    static Query values(String field, Collection<String> values) {
        List<FieldValue> terms = values.stream().map(IndexTerms::of).distinct().map(FieldValue::of).toList();
        return Query.of(q -> q.terms(t -> t.field(field).terms(v -> v.value(terms))));
    }

    /** Anything in a stretch of places. */
    static Query within(Place.Span place) {
        return Query.of(q -> q.range(r -> r.term(t -> t.field(EntryDocument.PLACE).gt(place.from()).lte(place.to()))));
    }

    /** Hands over entries up to {@code last} that a query finds, newest first, until there are enough. */
    void newest(Query query, long last, int page, BooleanSupplier enough, LongConsumer sink) throws StoreUnavailable {
        int size = Math.clamp(page, 1, PAGE);
        long below = last;
        List<Hit<Void>> hits = List.of();
        do {
            Query bounded = bounded(query, 1, below);
            hits = ask(new SearchRequest.Builder().index(alias).size(size).query(bounded).trackTotalHits(t -> t.enabled(false))
                    .allowPartialSearchResults(false).source(s -> s.fetch(false))
                    .sort(s -> s.field(f -> f.field(EntryDocument.SEQ).order(SortOrder.Desc))).build()).hits().hits();
            for (Hit<Void> hit : hits) {
                below = seq(hit) - 1;
                sink.accept(below + 1);
            }
        } while (hits.size() == size && !enough.getAsBoolean());
    }

    /** Hands over every entry from {@code first} to {@code last} that a query finds. */
    void each(Query query, long first, long last, boolean observables, Sink sink) throws StoreUnavailable {
        Query bounded = bounded(query, first, last);
        List<Hit<Void>> hits = ask(request(bounded, observables).index(alias).build()).hits().hits();
        hand(hits, sink);
        if (hits.size() == PAGE) {
            rest(query, seq(hits.getLast()) + 1, last, observables, sink);
        }
    }

    private static Query bounded(Query query, long first, long last) {
        return Query.of(q -> q.bool(b -> b.filter(query).filter(f -> f.range(r -> r.number(
                n -> n.field(EntryDocument.SEQ).gte((double) first).lte((double) last))))));
    }

    private void rest(Query query, long first, long last, boolean observables, Sink sink) throws StoreUnavailable {
        String point = calls.make("search", () -> client.openPointInTime(request -> request.index(alias).keepAlive(KEEP))).id();
        try {
            Query bounded = bounded(query, first, last);
            List<FieldValue> after = List.of();
            List<Hit<Void>> hits;
            do {
                SearchRequest.Builder request = request(bounded, observables).pit(p -> p.id(point).keepAlive(KEEP));
                if (!after.isEmpty()) {
                    request.searchAfter(after);
                }
                hits = ask(request.build()).hits().hits();
                hand(hits, sink);
                after = hits.isEmpty() ? List.of() : hits.getLast().sort();
            } while (hits.size() == PAGE);
        } finally {
            calls.make("end a search", () -> {
                try {
                    return client.closePointInTime(request -> request.id(point)).succeeded();
                } catch (ElasticsearchException gone) {
                    return gone.status() != 404; // it ended by itself
                }
            });
        }
    }

    private static SearchRequest.Builder request(Query query, boolean observables) {
        SearchRequest.Builder request = new SearchRequest.Builder().size(PAGE).query(query).trackTotalHits(t -> t.enabled(false))
                .allowPartialSearchResults(false).source(s -> s.fetch(false))
                .sort(s -> s.field(f -> f.field(EntryDocument.SEQ).order(SortOrder.Asc)));
        if (observables) {
            request.docvalueFields(f -> f.field(EntryDocument.OBSERVABLE));
        }
        return request;
    }

    private SearchResponse<Void> ask(SearchRequest request) throws StoreUnavailable {
        return calls.make("search", () -> {
            SearchResponse<Void> answer = client.search(request, Void.class);
            if (answer.timedOut() || answer.shards().failed().intValue() > 0) {
                throw new IOException("not all shards answered");
            }
            return answer;
        });
    }

    private static void hand(List<Hit<Void>> hits, Sink sink) {
        hits.forEach(hit -> sink.found(seq(hit), hit));
    }

    private static long seq(Hit<Void> hit) {
        return hit.sort().getFirst().longValue();
    }

    /** The values an entry carries, as terms. */
    static List<String> observables(Hit<Void> hit) {
        List<String> values = new ArrayList<>();
        if (hit.fields().containsKey(EntryDocument.OBSERVABLE)) {
            values.addAll(List.of(hit.fields().get(EntryDocument.OBSERVABLE).to(String[].class)));
        }
        return values;
    }
}
