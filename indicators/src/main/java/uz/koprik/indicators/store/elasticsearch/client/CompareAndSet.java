package uz.koprik.indicators.store.elasticsearch.client;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.OpType;
import co.elastic.clients.elasticsearch.core.IndexRequest;
import co.elastic.clients.elasticsearch.core.IndexResponse;
import java.util.Optional;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * Replaces documents only while they are what the writer saw. A version is a document's sequence number and primary
 * term, by which the cluster compares and sets ({@code if_seq_no}, {@code if_primary_term}).
 */
public final class CompareAndSet {

    private static final String SLASH = "/";

    private CompareAndSet() {}

    public static String version(Long seqNo, Long primaryTerm) {
        return seqNo + SLASH + primaryTerm;
    }

    /**
     * Writes a document.
     *
     * @param what is being done, for the error: a verb and an object
     * @param expected the version to be replaced; {@code ""} when there should be none
     * @return its new version; empty when another is there
     */
    public static <T> Optional<String> replace(
            ElasticsearchClient client,
            RetryPolicy calls,
            String what,
            String index,
            String id,
            String expected,
            T document)
            throws StoreUnavailable {
        IndexRequest<T> request = IndexRequest.of(builder -> {
            builder.index(index).id(id).document(document);
            if (expected.isEmpty()) {
                return builder.opType(OpType.Create);
            }
            int slash = expected.indexOf(SLASH);
            return builder.ifSeqNo(Long.parseLong(expected.substring(0, slash)))
                    .ifPrimaryTerm(Long.parseLong(expected.substring(slash + 1)));
        });
        return calls.make(what, () -> {
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
}
