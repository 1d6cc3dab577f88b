package uz.koprik.indicators.store.elasticsearch;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import co.elastic.clients.elasticsearch.core.get.GetResult;
import co.elastic.clients.elasticsearch.core.mget.MultiGetResponseItem;
import co.elastic.clients.elasticsearch.core.search.Hit;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.elasticsearch.client.CompareAndSet;
import uz.koprik.indicators.store.elasticsearch.client.ErrorText;
import uz.koprik.indicators.store.elasticsearch.client.RetryPolicy;
import uz.koprik.indicators.store.state.StateStore;

/** Papers in an index of its own, a document a paper. */
final class ElasticStateStore implements StateStore {

    private static final String NAME = "name";
    private static final int LISTED = 200;

    private final ElasticsearchClient client;
    private final RetryPolicy calls;
    private final String index;
    private final GlobalCheckpoint settled;

    ElasticStateStore(ElasticsearchClient client, RetryPolicy calls, String index) {
        this.client = client;
        this.calls = calls;
        this.index = index;
        this.settled = new GlobalCheckpoint(client, calls, index);
    }

    /** @param content the index does not look into it */
    @SuppressWarnings("ArrayRecordComponent") // made once, never compared
    record Document(@JsonProperty(NAME) String name, @JsonProperty("content") byte[] content) {}

    @Override
    public List<Paper> read(Collection<String> names) throws StoreUnavailable {
        if (names.isEmpty()) {
            return List.of();
        }
        RetryPolicy.RetryRun retrying = calls.retrying("read what the centre remembers");
        while (true) {
            List<MultiGetResponseItem<Document>> items = calls.make(
                            "read what the centre remembers",
                            () -> client.mget(request -> request.index(index).ids(List.copyOf(names)), Document.class))
                    .docs();
            List<Paper> found = new ArrayList<>();
            long newest = -1;
            for (MultiGetResponseItem<Document> item : items) {
                if (item.isFailure()) {
                    throw new StoreUnavailable(
                            "cannot read what the centre remembers: "
                                    + ErrorText.words(0, item.failure().error()),
                            null);
                }
                GetResult<Document> result = item.result();
                if (result.source() != null && result.seqNo() != null && result.primaryTerm() != null) {
                    newest = Math.max(newest, result.seqNo());
                    found.add(new Paper(
                            result.id(),
                            CompareAndSet.version(result.seqNo(), result.primaryTerm()),
                            result.source().content()));
                }
            }
            if (settled.reached(newest)) {
                return found;
            }
            retrying.pauseAfter(new IOException("it is not on all copies yet"));
        }
    }

    @Override
    public Optional<String> replace(String name, String expected, byte[] content) throws StoreUnavailable {
        return CompareAndSet.replace(
                client, calls, "write what the centre remembers", index, name, expected, new Document(name, content));
    }

    @Override
    public void remove(String name) throws StoreUnavailable {
        calls.make(
                "remove what the centre remembers",
                () -> client.delete(request -> request.index(index).id(name)));
    }

    @Override
    public List<String> names(String beginning) throws StoreUnavailable {
        calls.make("list what the centre remembers", () -> client.indices().refresh(request -> request.index(index)));
        List<String> names = new ArrayList<>();
        while (true) {
            Optional<FieldValue> after =
                    names.isEmpty() ? Optional.empty() : Optional.of(FieldValue.of(names.getLast()));
            SearchResponse<Void> answer = calls.make(
                    "list what the centre remembers",
                    () -> client.search(
                            request -> {
                                request.index(index)
                                        .size(LISTED)
                                        .source(s -> s.fetch(false))
                                        .query(q -> q.prefix(p -> p.field(NAME).value(beginning)))
                                        .sort(s -> s.field(f -> f.field(NAME).order(SortOrder.Asc)));
                                after.ifPresent(request::searchAfter);
                                return request;
                            },
                            Void.class));
            for (Hit<Void> hit : answer.hits().hits()) {
                names.add(hit.sort().getFirst().stringValue());
            }
            if (answer.hits().hits().size() < LISTED) {
                return names;
            }
        }
    }
}
