package uz.koprik.gateway.api.common;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.List;
import uz.koprik.gateway.http.AnswerGate;

/**
 * An answer of JSON lines (NDJSON) that is written while the work goes on. The writer waits until the lines are on
 * their way, so that a caller who reads slowly holds the work back instead of filling memory.
 */
public final class LineStream {

    static final String MEDIA_TYPE = "application/x-ndjson";

    private final HttpServerResponse response;

    /** Sends the head of the answer at once; from here on, an error can only be reported in a line. */
    public LineStream(RoutingContext request) {
        AnswerGate.pass(request);
        this.response = request.response();
        response.setStatusCode(200).setChunked(true).putHeader(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE);
        // Proxies that gather answers before they pass them on would hide the progress.
        response.putHeader("X-Accel-Buffering", "no");
    }

    /** Writes one line for each of {@code views}. */
    public void write(List<?> views) throws IOException {
        if (views.isEmpty()) {
            return;
        }
        ResponseBody.await(response.write(text(views)));
    }

    /** Writes one line unless the caller reads too slowly: for lines that a later one makes obsolete. */
    public void offer(Object view) {
        if (!response.closed() && !response.writeQueueFull()) {
            response.write(text(List.of(view)));
        }
    }

    /** Writes the last line and ends the answer. */
    public void end(Object view) throws IOException {
        ResponseBody.await(response.end(text(List.of(view))));
    }

    private static Buffer text(List<?> views) {
        Buffer lines = Buffer.buffer();
        for (Object view : views) {
            lines.appendBytes(ApiJson.bytes(view)).appendByte((byte) '\n');
        }
        return lines;
    }
}
