package uz.koprik.indicators.store.elasticsearch;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.Time;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.SearchRequest;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import co.elastic.clients.elasticsearch.core.msearch.MultiSearchResponseItem;
import co.elastic.clients.elasticsearch.core.msearch.RequestItem;
import co.elastic.clients.elasticsearch.core.search.Hit;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import uz.koprik.indicators.observable.network.NetworkKey;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.elasticsearch.client.RetryPolicy;
import uz.koprik.indicators.store.entries.IndexTerms;

/** Finds entries by what does not change of them, ascending; what is in view is decided by rows. */
final class EntrySearcher {

    /** The number of hits that the cluster returns at once by default (index.max_result_window). */
    private static final int PAGE = 10_000;

    /** How many questions go into one call. */
    private static final int AT_ONCE = 16;

    /** Hits without their ids: for an id a node would unpack the stored fields of each hit. */
    private static final String NOTHING = "_none_";

    private static final Time KEEP = Time.of(time -> time.time("1m"));

    private final ElasticsearchClient client;
    private final RetryPolicy calls;
    private final String alias;

    EntrySearcher(ElasticsearchClient client, RetryPolicy calls, String alias) {
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
        List<FieldValue> terms = values.stream()
                .map(IndexTerms::of)
                .distinct()
                .map(FieldValue::of)
                .toList();
        return Query.of(q -> q.terms(t -> t.field(field).terms(v -> v.value(terms))));
    }

    /** Anything in a range of sequence numbers. */
    static Query within(NetworkKey.Span place) {
        return Query.of(q -> q.range(
                r -> r.term(t -> t.field(EntryDocument.PLACE).gt(place.from()).lte(place.to()))));
    }

    /** One of many questions: who takes what is found, and when that is enough. */
    record Question(Query query, LongConsumer sink, BooleanSupplier enough) {}

    /**
     * Hands over entries up to {@code last} that each query finds, newest first, until there are enough; few calls for
     * many queries.
     */
    void newest(List<Question> questions, long last, int page) throws StoreUnavailable {
        for (int from = 0; from < questions.size(); from += AT_ONCE) {
            Map<Question, Long> open = new LinkedHashMap<>();
            questions
                    .subList(from, Math.min(questions.size(), from + AT_ONCE))
                    .forEach(question -> open.put(question, last));
            while (!open.isEmpty()) {
                next(open, Math.clamp(page, 1, PAGE));
            }
        }
    }

    /** One page for each; takes out those that are answered, and says below which entry the others go on. */
    private void next(Map<Question, Long> open, int size) throws StoreUnavailable {
        List<RequestItem> searches = open.entrySet().stream()
                .map(one -> RequestItem.of(search -> search.header(h -> h.allowPartialSearchResults(false))
                        .body(new SearchRequest.Builder()
                                .size(size)
                                .query(bounded(one.getKey().query, 1, one.getValue()))
                                .trackTotalHits(t -> t.enabled(false))
                                .source(s -> s.fetch(false))
                                .storedFields(NOTHING)
                                .sort(s ->
                                        s.field(f -> f.field(EntryDocument.SEQ).order(SortOrder.Desc)))
                                .build())))
                .toList();
        List<MultiSearchResponseItem<Void>> answers = calls.make(
                "search",
                () -> whole(client.msearch(request -> request.index(alias).searches(searches), Void.class)
                        .responses()));
        int number = 0;
        for (Question question : List.copyOf(open.keySet())) {
            List<Hit<Void>> hits = answers.get(number++).result().hits().hits();
            hits.forEach(hit -> question.sink.accept(seq(hit)));
            if (hits.size() < size || question.enough.getAsBoolean()) {
                open.remove(question);
            } else {
                open.put(question, seq(hits.getLast()) - 1);
            }
        }
    }

    /** Answers from all shards; {@link RetryPolicy} decides about the others as if each were a call of its own. */
    private static List<MultiSearchResponseItem<Void>> whole(List<MultiSearchResponseItem<Void>> answers)
            throws IOException {
        for (MultiSearchResponseItem<Void> answer : answers) {
            if (answer.isFailure()) {
                throw new ElasticsearchException("msearch", answer.failure());
            }
            if (answer.result().timedOut() || answer.result().shards().failed().intValue() > 0) {
                throw new IOException("not all shards answered");
            }
        }
        return answers;
    }

    /** Hands over every entry from {@code first} to {@code last} that a query finds. */
    void each(Query query, long first, long last, boolean marks, Sink sink) throws StoreUnavailable {
        Query bounded = bounded(query, first, last);
        List<Hit<Void>> hits =
                ask(request(bounded, marks).index(alias).build()).hits().hits();
        hand(hits, sink);
        if (hits.size() == PAGE) {
            rest(query, seq(hits.getLast()) + 1, last, marks, sink);
        }
    }

    private static Query bounded(Query query, long first, long last) {
        return Query.of(q -> q.bool(b -> b.filter(query)
                .filter(f -> f.range(r -> r.number(
                        n -> n.field(EntryDocument.SEQ).gte((double) first).lte((double) last))))));
    }

    private void rest(Query query, long first, long last, boolean marks, Sink sink) throws StoreUnavailable {
        String point = calls.make(
                        "search",
                        () -> client.openPointInTime(
                                request -> request.index(alias).keepAlive(KEEP)))
                .id();
        try {
            Query bounded = bounded(query, first, last);
            List<FieldValue> after = List.of();
            List<Hit<Void>> hits;
            do {
                SearchRequest.Builder request =
                        request(bounded, marks).pit(p -> p.id(point).keepAlive(KEEP));
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

    private static SearchRequest.Builder request(Query query, boolean marks) {
        SearchRequest.Builder request = new SearchRequest.Builder()
                .size(PAGE)
                .query(query)
                .trackTotalHits(t -> t.enabled(false))
                .allowPartialSearchResults(false)
                .source(s -> s.fetch(false))
                .storedFields(NOTHING)
                .sort(s -> s.field(f -> f.field(EntryDocument.SEQ).order(SortOrder.Asc)));
        if (marks) {
            request.docvalueFields(f -> f.field(EntryDocument.MARK));
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

    /** By {@link EntryDocument#mark}, the values that each entry carries. */
    static long[] marks(Hit<Void> hit) {
        return hit.fields().containsKey(EntryDocument.MARK)
                ? hit.fields().get(EntryDocument.MARK).to(long[].class)
                : new long[0];
    }
}
