package uz.koprik.indicators.store.elasticsearch.client;

import co.elastic.clients.transport.TransportOptions;
import co.elastic.clients.transport.http.TransportHttpClient;
import co.elastic.clients.transport.rest5_client.Rest5ClientHttpClient;
import co.elastic.clients.transport.rest5_client.low_level.Rest5Client;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Sends each body in one piece. The client gives a bulk in four pieces per operation, and for every piece the thread
 * that sends is woken by a system call: a fifth of all the work of writing.
 */
final class BodyInOnePiece implements TransportHttpClient {

    private final Rest5ClientHttpClient client;

    BodyInOnePiece(Rest5Client client) {
        this.client = new Rest5ClientHttpClient(client);
    }

    @Override
    public Response performRequest(String endpoint, Node node, Request request, TransportOptions options)
            throws IOException {
        return client.performRequest(endpoint, node, whole(request), options);
    }

    @Override
    public CompletableFuture<Response> performRequestAsync(
            String endpoint, Node node, Request request, TransportOptions options) {
        return client.performRequestAsync(endpoint, node, whole(request), options);
    }

    @Override
    public TransportOptions createOptions(TransportOptions options) {
        return client.createOptions(options);
    }

    @Override
    public Integer responseStatusCode(Throwable failed) {
        return client.responseStatusCode(failed);
    }

    @Override
    public void close() throws IOException {
        client.close();
    }

    private static Request whole(Request request) {
        if (request.body() == null) {
            return request;
        }
        long size = 0;
        int pieces = 0;
        for (ByteBuffer piece : request.body()) {
            size += piece.remaining();
            pieces++;
        }
        if (pieces < 2) {
            return request;
        }
        ByteBuffer body = ByteBuffer.allocate(Math.toIntExact(size));
        request.body().forEach(piece -> body.put(piece.duplicate()));
        return new Request(
                request.method(), request.path(), request.queryParams(), request.headers(), List.of(body.flip()));
    }
}
