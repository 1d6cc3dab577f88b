package uz.koprik.indicators.store.elasticsearch;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import uz.koprik.indicators.observable.Place;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * Which of many stretches of places may hold anything. Of the values of a feed nearly none do, and asking for each would be
 * a call an object: so many are asked for at once, and only where there is something is it looked at more closely.
 */
final class Occupied {

    /** Below the number of clauses that every cluster allows. */
    private static final int AT_ONCE = 512;

    /** So few are returned together, and then looked at one by one. */
    private static final int FEW = 4;

    private final ElasticsearchClient client;
    private final Calls calls;
    private final String alias;

    Occupied(ElasticsearchClient client, Calls calls, String alias) {
        this.client = client;
        this.calls = calls;
        this.alias = alias;
    }

    /** Those that may hold an entry of the index; all others hold none. */
    Set<Place.Span> among(List<Place.Span> spans) throws StoreUnavailable {
        Set<Place.Span> found = new HashSet<>();
        for (int from = 0; from < spans.size(); from += AT_ONCE) {
            narrow(spans.subList(from, Math.min(spans.size(), from + AT_ONCE)), found);
        }
        return found;
    }

    private void narrow(List<Place.Span> spans, Set<Place.Span> found) throws StoreUnavailable {
        if (any(spans)) {
            if (spans.size() <= FEW) {
                found.addAll(spans);
            } else {
                narrow(spans.subList(0, spans.size() / 2), found);
                narrow(spans.subList(spans.size() / 2, spans.size()), found);
            }
        }
    }

    private boolean any(List<Place.Span> spans) throws StoreUnavailable {
        Query some = Query.of(q -> q.bool(b -> b.should(spans.stream().map(Finding::within).toList())));
        return calls.make("search", () -> {
            SearchResponse<Void> answer = client.search(request -> request.index(alias).size(0).terminateAfter(1L)
                    .trackTotalHits(t -> t.count(1)).allowPartialSearchResults(false).query(some), Void.class);
            if (answer.timedOut() || answer.shards().failed().intValue() > 0 || answer.hits().total() == null) {
                throw new IOException("not all shards answered");
            }
            return answer.hits().total().value() > 0;
        });
    }
}
