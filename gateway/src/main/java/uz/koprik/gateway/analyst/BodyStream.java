package uz.koprik.gateway.analyst;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A request body of any size as a blocking stream. At most a handful of chunks wait in memory: the sender is held back by
 * TCP while the reader is busy.
 */
final class BodyStream extends InputStream {

    /** How many chunks may wait; a chunk is what one TLS record holds, at most 16 KiB. */
    private static final int WINDOW = 32;

    private static final Buffer END = Buffer.buffer(0);

    private final BlockingQueue<Buffer> waiting = new LinkedBlockingQueue<>();
    private final HttpServerRequest request;
    private final Context eventLoop;
    private Buffer chunk = Buffer.buffer(0);
    private int at;
    private int taken;
    private boolean ended;
    private volatile IOException broken;

    /** Must be made on the event loop of {@code request}, which is paused and has not been read from. */
    BodyStream(HttpServerRequest request, Context eventLoop) {
        this.request = request;
        this.eventLoop = eventLoop;
        request.exceptionHandler(cause -> {
            broken = new IOException("the sender went away before the body was complete", cause);
            waiting.add(END);
        });
        request.handler(buffer -> {
            if (buffer.length() > 0) {
                waiting.add(buffer);
            }
        });
        request.endHandler(ignored -> waiting.add(END));
        request.fetch(WINDOW);
    }

    @Override
    public int read() throws IOException {
        return fill() ? chunk.getByte(at++) & 0xFF : -1;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        Objects.checkFromIndexSize(from, length, into.length);
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int some = Math.min(length, chunk.length() - at);
        chunk.getBytes(at, at + some, into, from);
        at += some;
        return some;
    }

    @Override
    public int available() {
        return chunk.length() - at;
    }

    private boolean fill() throws IOException {
        if (at < chunk.length()) {
            return true;
        }
        if (ended) {
            return false;
        }
        try {
            chunk = waiting.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for the body", e);
        }
        at = 0;
        if (chunk.length() == 0) {
            ended = true;
            IOException cause = broken;
            if (cause != null) {
                throw cause;
            }
            return false;
        }
        if (++taken == WINDOW / 2) {
            int drained = taken;
            taken = 0;
            eventLoop.runOnContext(ignored -> request.fetch(drained));
        }
        return true;
    }
}
