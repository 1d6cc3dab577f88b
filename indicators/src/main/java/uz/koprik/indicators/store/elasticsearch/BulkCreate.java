package uz.koprik.indicators.store.elasticsearch;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.ErrorResponse;
import co.elastic.clients.elasticsearch.core.BulkResponse;
import co.elastic.clients.elasticsearch.core.bulk.BulkResponseItem;
import co.elastic.clients.json.JsonpDeserializer;
import co.elastic.clients.transport.ElasticsearchTransportBase;
import co.elastic.clients.transport.Endpoint;
import co.elastic.clients.transport.endpoints.SimpleEndpoint;
import co.elastic.clients.util.BinaryData;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.elasticsearch.client.RetryPolicy;
import uz.koprik.indicators.store.words.WordRules;

/**
 * Writes entries into their index, whether they are there already or not. An entry is never changed but when it is
 * erased, and then only by what stays of it, so the whole bulk is sent again until all of it is there.
 */
final class BulkCreate {

    private static final String ERRORS = "errors";
    private static final JsonFactory LINES =
            new JsonFactoryBuilder().rootValueSeparator("\n").build();

    private final ElasticsearchClient client;
    private final RetryPolicy calls;
    private final WordRules words;

    /**
     * The answer says only whether anything failed. Otherwise the node writes a line per document, and this class reads
     * it.
     */
    private final Endpoint<BinaryData, Map<String, Boolean>, ErrorResponse> inShort;

    private final Endpoint<BinaryData, BulkResponse, ErrorResponse> oneByOne;

    /** @param index or an alias of it */
    BulkCreate(ElasticsearchClient client, RetryPolicy calls, String index, WordRules words) {
        this.client = client;
        this.calls = calls;
        this.words = words;
        this.inShort = endpoint(
                index,
                Map.of("filter_path", ERRORS),
                JsonpDeserializer.stringMapDeserializer(JsonpDeserializer.booleanDeserializer()));
        this.oneByOne = endpoint(index, Map.of(), BulkResponse._DESERIALIZER);
    }

    private static <T> Endpoint<BinaryData, T, ErrorResponse> endpoint(
            String index, Map<String, String> query, JsonpDeserializer<T> answer) {
        return new SimpleEndpoint<>(
                "es/bulk",
                body -> "POST",
                body -> "/" + index + "/_bulk",
                body -> Map.of(),
                body -> query,
                body -> Map.of(),
                body -> body,
                answer);
    }

    /** The body of a bulk request: for each entry a line that says where it belongs, and one that is it. */
    BinaryData body(List<IndexEntry> entries) {
        return body(entries, "create");
    }

    /** The same, but what is there is replaced. */
    BinaryData replacing(List<IndexEntry> entries) {
        return body(entries, "index");
    }

    private BinaryData body(List<IndexEntry> entries, String action) {
        int records = entries.stream().mapToInt(entry -> entry.record().length).sum();
        ByteArrayOutputStream body = new ByteArrayOutputStream(2 * records + 1024);
        try (JsonGenerator json = LINES.createGenerator(body)) {
            for (IndexEntry entry : entries) {
                json.writeStartObject();
                json.writeObjectFieldStart(action);
                json.writeStringField("_id", Long.toString(entry.seq()));
                json.writeEndObject();
                json.writeEndObject();
                EntryDocument.write(entry, words, json);
            }
            json.writeRaw('\n');
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return BinaryData.of(body.toByteArray(), ElasticsearchTransportBase.JSON_CONTENT_TYPE);
    }

    /** Sends a body until all of it is there. */
    void send(BinaryData body) throws StoreUnavailable {
        RetryPolicy.RetryRun retrying = calls.retrying("write to the index of entries");
        while (true) {
            try {
                if (!client._transport().performRequest(body, inShort, null).get(ERRORS)) {
                    return;
                }
                List<BulkResponseItem> failed =
                        client._transport().performRequest(body, oneByOne, null).items().stream()
                                .filter(item -> item.error() != null && item.status() != 409)
                                .toList(); // what was there before says so
                if (failed.isEmpty()) {
                    return;
                }
                BulkResponseItem first = failed.getFirst();
                String words = failed.size() + " entries, first " + first.id() + ": "
                        + first.error().type() + ": " + first.error().reason();
                if (!RetryPolicy.passes(first.status())) {
                    throw new StoreUnavailable("the index refuses " + words, null);
                }
                retrying.pauseAfter(new IOException(words));
            } catch (IOException | ElasticsearchException failed) {
                retrying.pauseAfter(failed);
            }
        }
    }
}
