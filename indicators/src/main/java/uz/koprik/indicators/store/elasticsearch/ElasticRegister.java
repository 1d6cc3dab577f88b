package uz.koprik.indicators.store.elasticsearch;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.OpType;
import co.elastic.clients.elasticsearch.core.GetResponse;
import co.elastic.clients.elasticsearch.core.IndexRequest;
import co.elastic.clients.elasticsearch.core.IndexResponse;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.lease.LeaseRecord;
import uz.koprik.indicators.store.lease.Register;

/**
 * A register in an index of its own, a document a name. A version is the document's sequence number and primary term, by which
 * the cluster compares and sets ({@code if_seq_no}, {@code if_primary_term}).
 */
final class ElasticRegister implements Register {

    private static final String SLASH = "/";

    private final ElasticsearchClient client;
    private final Calls calls;
    private final String index;

    ElasticRegister(ElasticsearchClient client, Calls calls, String index) {
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
    public Optional<Found> read(String name) throws StoreUnavailable {
        GetResponse<Document> answer = calls.make(
                "read the leases", () -> client.get(request -> request.index(index).id(name), Document.class));
        Document found = answer.source();
        if (found == null || answer.seqNo() == null || answer.primaryTerm() == null) {
            return Optional.empty();
        }
        return Optional.of(new Found(
                version(answer.seqNo(), answer.primaryTerm()),
                new LeaseRecord(found.holder(), found.run(), found.beat(), new String(found.content(), StandardCharsets.UTF_8))));
    }

    @Override
    public Optional<String> replace(String name, String expected, LeaseRecord record) throws StoreUnavailable {
        IndexRequest<Document> request = IndexRequest.of(builder -> {
            builder.index(index).id(name).document(new Document(
                    record.holder(), record.run(), record.beat(), record.content().getBytes(StandardCharsets.UTF_8)));
            if (expected.isEmpty()) {
                return builder.opType(OpType.Create);
            }
            int slash = expected.indexOf(SLASH);
            return builder.ifSeqNo(Long.parseLong(expected.substring(0, slash)))
                    .ifPrimaryTerm(Long.parseLong(expected.substring(slash + 1)));
        });
        return calls.make("write a lease", () -> {
            try {
                IndexResponse written = client.index(request);
                return Optional.of(version(written.seqNo(), written.primaryTerm()));
            } catch (ElasticsearchException answered) {
                if (answered.status() == 409) {
                    return Optional.<String>empty();
                }
                throw answered;
            }
        });
    }

    private static String version(Long seqNo, Long primaryTerm) {
        return seqNo + SLASH + primaryTerm;
    }
}
