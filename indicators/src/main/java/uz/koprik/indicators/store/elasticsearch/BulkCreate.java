package uz.koprik.indicators.store.elasticsearch;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.ErrorResponse;
import co.elastic.clients.elasticsearch.core.BulkRequest;
import co.elastic.clients.elasticsearch.core.bulk.BulkResponseItem;
import co.elastic.clients.json.JsonpDeserializer;
import co.elastic.clients.transport.Endpoint;
import co.elastic.clients.transport.TransportOptions;
import co.elastic.clients.transport.endpoints.SimpleEndpoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import uz.koprik.indicators.store.StoreUnavailable;

/** Writes documents that are there already or not; whatever fails for now is tried again, one by one. */
final class BulkCreate {

    private static final String ERRORS = "errors";

    /** Answers only whether anything failed: a node has a line to write of every document, and we to read it. */
    private static final Endpoint<BulkRequest, Map<String, Boolean>, ErrorResponse> IN_SHORT =
            ((SimpleEndpoint<BulkRequest, ?>) BulkRequest._ENDPOINT).withResponseDeserializer(
                    JsonpDeserializer.stringMapDeserializer(JsonpDeserializer.booleanDeserializer()));

    private final ElasticsearchClient client;
    private final Calls calls;
    private final String index;
    private final TransportOptions inShort;

    /** @param index or an alias of it */
    BulkCreate(ElasticsearchClient client, Calls calls, String index) {
        this.client = client;
        this.calls = calls;
        this.index = index;
        this.inShort = client._transport().options().with(options -> options.setParameter("filter_path", ERRORS));
    }

    /** @param open documents by their ids; those that are written leave it */
    void write(Map<String, EntryDocument> open) throws StoreUnavailable {
        Calls.Retrying retrying = calls.retrying("write to the index of entries");
        while (!open.isEmpty()) {
            try {
                BulkRequest.Builder builder = new BulkRequest.Builder().index(index);
                open.forEach((id, document) -> builder.operations(op -> op.create(c -> c.id(id).document(document.json()))));
                BulkRequest bulk = builder.build();
                if (client._transport().performRequest(bulk, IN_SHORT, inShort).get(ERRORS)) {
                    oneByOne(bulk, open, retrying);
                } else {
                    open.clear();
                }
            } catch (IOException | ElasticsearchException failed) {
                retrying.pauseAfter(failed);
            }
        }
    }

    /** Asks again, and now what became of each: those written before say that they are there. */
    private void oneByOne(BulkRequest bulk, Map<String, EntryDocument> open, Calls.Retrying retrying) throws IOException, StoreUnavailable {
        List<BulkResponseItem> failed = new ArrayList<>();
        for (BulkResponseItem item : client.bulk(bulk).items()) {
            if (item.error() == null || item.status() == 409) { // written, or written before
                open.remove(item.id());
            } else {
                failed.add(item);
            }
        }
        if (!failed.isEmpty()) {
            BulkResponseItem first = failed.getFirst();
            String words = failed.size() + " entries, first " + first.id() + ": "
                    + (first.error() == null ? "" : first.error().type() + ": " + first.error().reason());
            if (!Calls.passes(first.status())) {
                throw new StoreUnavailable("the index refuses " + words, null);
            }
            retrying.pauseAfter(new IOException(words));
        }
    }
}
