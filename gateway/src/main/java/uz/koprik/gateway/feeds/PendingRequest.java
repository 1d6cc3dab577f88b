package uz.koprik.gateway.feeds;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.time.Duration;

/**
 * One request to a partner until its answer begins. A request that is abandoned ends its connection: a connection on
 * which nothing answers would otherwise occupy the pool of the client for ever.
 */
final class PendingRequest {

    private final Duration patience;
    private long until;
    private HttpClientRequest request;
    private boolean abandoned;

    /**
     * Begins now.
     *
     * @param connect how long a connection may take
     * @param patience how long the partner may take to begin its answer, once the request is sent
     */
    PendingRequest(Duration connect, Duration patience) {
        this.patience = patience;
        this.until = System.nanoTime() + connect.plus(patience).toNanos();
    }

    /** Sends the request, which has its connection now; called on the event loop. */
    synchronized Future<HttpClientResponse> send(HttpClientRequest connected, byte[] body) {
        if (abandoned) {
            connected.reset();
            return Future.failedFuture("the request was abandoned before it was sent");
        }
        request = connected;
        until = System.nanoTime() + patience.toNanos();
        return body == null ? connected.send() : connected.send(Buffer.buffer(body));
    }

    /** Whether the answer should have begun by now. */
    synchronized boolean late() {
        return System.nanoTime() - until > 0;
    }

    /** Nobody waits for the answer any more. */
    synchronized void abandon() {
        abandoned = true;
        if (request != null) {
            request.reset();
        }
    }
}
