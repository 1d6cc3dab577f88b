package uz.koprik.gateway.exchange;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The body of a response as a blocking stream. At most a handful of chunks wait in memory: the partner is held back by TCP
 * while the reader is busy. A partner that sends nothing for a while is given up, but time in which nobody reads does not
 * count against it.
 */
final class ResponseStream extends InputStream {

    /** How many chunks may wait; a chunk is what one TLS record holds, at most 16 KiB. */
    private static final int WINDOW = 64;

    /** How often a reader that waits looks whether it is still wanted. */
    static final long STOP_MILLIS = 100;

    private static final Buffer END = Buffer.buffer(0);

    private final BlockingQueue<Buffer> waiting = new LinkedBlockingQueue<>();
    private final HttpClientResponse response;
    private final Context eventLoop;
    private final Duration patience;
    private final BooleanSupplier stop;
    private Buffer chunk = END;
    private int at;
    private int taken;
    private boolean ended;
    private volatile Throwable broken;

    /**
     * Must be made on the event loop of {@code response}, before anything of its body has come.
     *
     * @param stop turns true when nobody wants the rest any more
     */
    ResponseStream(HttpClientResponse response, Context eventLoop, Duration patience, BooleanSupplier stop) {
        this.stop = stop;
        this.response = response;
        this.eventLoop = eventLoop;
        this.patience = patience;
        response.pause();
        response.exceptionHandler(cause -> {
            broken = cause;
            waiting.add(END);
        });
        response.handler(buffer -> {
            if (buffer.length() > 0) {
                waiting.add(buffer);
            }
        });
        response.endHandler(ignored -> waiting.add(END));
        response.fetch(WINDOW);
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

    /** Lets go of the connection when the body was not read to its end, since what is left of it cannot be skipped cheaply. */
    @Override
    public void close() {
        if (!ended) {
            ended = true;
            eventLoop.runOnContext(ignored -> response.request().reset());
        }
    }

    private boolean fill() throws IOException {
        if (at < chunk.length()) {
            return true;
        }
        if (ended) {
            return false;
        }
        chunk = next();
        at = 0;
        if (chunk.length() == 0) {
            ended = true;
            Throwable cause = broken;
            if (cause != null) {
                throw new IOException("the connection broke in the middle of the answer", cause);
            }
            return false;
        }
        if (++taken == WINDOW / 2) {
            int drained = taken;
            taken = 0;
            eventLoop.runOnContext(ignored -> response.fetch(drained));
        }
        return true;
    }

    private Buffer next() throws IOException {
        long until = System.nanoTime() + patience.toNanos();
        try {
            while (System.nanoTime() < until) {
                Buffer next = waiting.poll(STOP_MILLIS, TimeUnit.MILLISECONDS);
                if (next != null) {
                    return next;
                }
                if (stop.getAsBoolean()) {
                    close();
                    throw new IOException("the feed was stopped in the middle of the answer");
                }
            }
            close();
            throw new IOException("nothing more came for " + patience.toSeconds() + " s in the middle of the answer");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            throw new IOException("interrupted while waiting for the answer", e);
        }
    }
}
