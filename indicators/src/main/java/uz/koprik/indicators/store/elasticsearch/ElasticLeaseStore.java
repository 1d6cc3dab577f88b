package uz.koprik.indicators.store.elasticsearch;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch.core.GetResponse;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.elasticsearch.client.CompareAndSet;
import uz.koprik.indicators.store.elasticsearch.client.RetryPolicy;
import uz.koprik.indicators.store.lease.LeaseRecord;
import uz.koprik.indicators.store.lease.LeaseStore;

/** A register in an index of its own, a document a name. */
final class ElasticLeaseStore implements LeaseStore {

    private final ElasticsearchClient client;
    private final RetryPolicy calls;
    private final String index;

    ElasticLeaseStore(ElasticsearchClient client, RetryPolicy calls, String index) {
        this.client = client;
        this.calls = calls;
        this.index = index;
    }

    /** @param content in UTF-8; the index does not look into it */
    @SuppressWarnings("ArrayRecordComponent") // made once, never compared
    record Document(
            @JsonProperty("holder") String holder,
            @JsonProperty("run") String run,
            @JsonProperty("beat") long beat,
            @JsonProperty("content") byte[] content) {}

    @Override
    public Optional<StoredLease> read(String name) throws StoreUnavailable {
        GetResponse<Document> answer = calls.make(
                "read the leases",
                () -> client.get(request -> request.index(index).id(name), Document.class));
        Document found = answer.source();
        if (found == null || answer.seqNo() == null || answer.primaryTerm() == null) {
            return Optional.empty();
        }
        return Optional.of(new StoredLease(
                CompareAndSet.version(answer.seqNo(), answer.primaryTerm()),
                new LeaseRecord(
                        found.holder(),
                        found.run(),
                        found.beat(),
                        new String(found.content(), StandardCharsets.UTF_8))));
    }

    @Override
    public Optional<String> replace(String name, String expected, LeaseRecord record) throws StoreUnavailable {
        return CompareAndSet.replace(
                client,
                calls,
                "write a lease",
                index,
                name,
                expected,
                new Document(
                        record.holder(),
                        record.run(),
                        record.beat(),
                        record.content().getBytes(StandardCharsets.UTF_8)));
    }
}
