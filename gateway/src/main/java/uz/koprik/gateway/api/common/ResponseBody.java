package uz.koprik.gateway.api.common;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketException;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import uz.koprik.gateway.http.AnswerGate;

/** An answer of any length as a blocking stream: the writer waits until the bytes are on their way. */
public final class ResponseBody extends OutputStream {

    private final RoutingContext request;
    private final HttpServerResponse response;
    private final String mediaType;
    private boolean begun;

    /**
     * Nothing is sent before the first bytes are written, so that a failure until then can still have its own status.
     */
    public ResponseBody(RoutingContext request, String mediaType) {
        this.request = request;
        this.response = request.response();
        this.mediaType = mediaType;
    }

    public boolean begun() {
        return begun;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        begin();
        await(response.write(Buffer.buffer(Arrays.copyOfRange(bytes, from, from + length))));
    }

    /** Ends the answer: it is whole. A summary follows as a trailer field (RFC 9110, section 6.5). */
    public void end(String trailer, String summary) throws IOException {
        begin();
        response.putTrailer(trailer, summary);
        await(response.end());
    }

    /** Ends the answer: it is whole. */
    public void end() throws IOException {
        begin();
        await(response.end());
    }

    private void begin() {
        if (!begun) {
            AnswerGate.pass(request);
            begun = true;
            response.setStatusCode(200).setChunked(true).putHeader(HttpHeaders.CONTENT_TYPE, mediaType);
        }
    }

    static void await(Future<Void> written) throws IOException {
        try {
            written.toCompletionStage().toCompletableFuture().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while answering", e);
        } catch (ExecutionException e) {
            SocketException gone = new SocketException("the caller went away before the answer was complete");
            gone.initCause(e.getCause());
            throw gone;
        }
    }
}
