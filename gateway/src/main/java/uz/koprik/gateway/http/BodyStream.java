package uz.koprik.gateway.http;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.streams.ReadStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;
import uz.koprik.gateway.config.Config;

/**
 * A body of any size as a blocking stream, of a request that comes in or of an answer that comes back. At most a
 * handful of chunks wait in memory: the sender is held back by TCP while the reader is busy. A sender that sends
 * nothing for a while is given up, but time in which nobody reads does not count against it.
 */
public final class BodyStream extends InputStream {

    /** How often a reader that waits looks whether it is still wanted. */
    public static final long STOP_MILLIS = 100;

    /** How many chunks may wait; a chunk is what one TLS record holds, at most 16 KiB. */
    private static final int WINDOW = 64;

    private static final Buffer END = Buffer.buffer(0);

    private final BlockingQueue<Buffer> waiting = new LinkedBlockingQueue<>();
    private final ReadStream<Buffer> source;
    private final Context eventLoop;
    private final Terms terms;
    private Buffer chunk = END;
    private int at;
    private int taken;

    /** What came since the rate was last looked at, and how long the reader has waited for it. */
    private long came;

    private long waited;
    private boolean ended;
    private volatile Throwable broken;

    /** Whether all of it has come; on the event loop only. */
    private boolean complete;

    /**
     * How long and for whom.
     *
     * @param patience how long a reader waits for the next chunk
     * @param stop turns true when nobody wants the rest any more
     * @param letGo gets rid of the rest of the body, on the event loop
     * @param brokenOff what it means, in words, when the connection breaks
     * @param rate fewest bytes per second, over {@code patience} in which the reader waited for them; 0 when any byte
     *     will do
     * @param tooSlow the error for fewer bytes than {@code rate}
     * @param silence whether a wait of {@code patience} without any byte has an error of its own
     */
    private record Terms(
            Duration patience,
            BooleanSupplier stop,
            Runnable letGo,
            String brokenOff,
            long rate,
            LongFunction<IOException> tooSlow,
            boolean silence) {}

    private BodyStream(ReadStream<Buffer> source, Context eventLoop, Terms terms) {
        this.source = source;
        this.eventLoop = eventLoop;
        this.terms = terms;
        source.pause();
        source.exceptionHandler(cause -> {
            broken = cause;
            waiting.add(END);
        });
        source.handler(buffer -> {
            if (buffer.length() > 0) {
                waiting.add(buffer);
            }
        });
        source.endHandler(ignored -> {
            complete = true;
            waiting.add(END);
        });
        source.fetch(WINDOW);
    }

    /**
     * Must be called on the event loop of {@code request}, of whose body nothing has been read. A body that comes too
     * slowly ends in a {@link SlowBody}.
     */
    public static BodyStream of(HttpServerRequest request, Context eventLoop, Config.Limits limits) {
        return new BodyStream(
                request,
                eventLoop,
                new Terms(
                        limits.bodyRateWindow(),
                        () -> false,
                        () -> {},
                        "the sender went away before the body was complete",
                        limits.bodyRate().bytes(),
                        SlowBody::new,
                        false));
    }

    /**
     * Must be called on the event loop of {@code response}, before anything of its body has come.
     *
     * @param patience how long to wait for more
     * @param stop turns true when nobody wants the rest any more
     * @param rate fewest bytes per second, over {@code patience} in which the reader waited for them; 0 when any byte
     *     will do. An answer that comes more slowly ends in an {@link IOException}
     */
    public static BodyStream of(
            HttpClientResponse response, Context eventLoop, Duration patience, BooleanSupplier stop, long rate) {
        return new BodyStream(
                response,
                eventLoop,
                new Terms(
                        patience,
                        stop,
                        () -> response.request().reset(),
                        "the connection broke in the middle of the answer",
                        rate,
                        slow -> new IOException("the answer came with fewer than " + slow + " bytes per second for "
                                + patience.toSeconds() + " s"),
                        true));
    }

    /**
     * How many bytes the request says its body has; 0 when it does not say.
     *
     * @throws Problem 400 when that is no number
     */
    public static long announced(HttpServerRequest http) {
        String length = http.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException malformed) {
            throw new Problem(400, "Bad request", "Content-Length is not a number");
        }
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

    /** Abandons an answer that was not read to its end, since skipping the rest is expensive. */
    @Override
    public void close() {
        if (!ended) {
            ended = true;
            eventLoop.runOnContext(ignored -> terms.letGo().run());
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
        came += chunk.length();
        if (chunk.length() == 0) {
            ended = true;
            Throwable cause = broken;
            if (cause != null) {
                throw new IOException(terms.brokenOff(), cause);
            }
            return false;
        }
        if (++taken == WINDOW / 2) {
            int drained = taken;
            taken = 0;
            eventLoop.runOnContext(ignored -> {
                if (!complete) { // after its end, a request of HTTP/2 refuses to be asked for more
                    source.fetch(drained);
                }
            });
        }
        return true;
    }

    private void checkRate(Buffer next) throws IOException {
        long bytes = came + (next == null ? 0 : next.length());
        boolean over = next != null && next.length() == 0;
        if (!over && bytes < terms.rate() * terms.patience().toMillis() / 1000) {
            close();
            throw terms.tooSlow().apply(terms.rate());
        }
        came = 0;
        waited = 0;
    }

    private Buffer next() throws IOException {
        Buffer there = waiting.poll();
        if (there != null) {
            return there;
        }
        long until = System.nanoTime() + terms.patience().toNanos();
        long last = System.nanoTime();
        try {
            while (!terms.silence() || System.nanoTime() < until) {
                Buffer next = waiting.poll(STOP_MILLIS, TimeUnit.MILLISECONDS);
                long now = System.nanoTime();
                waited += now - last;
                last = now;
                if (terms.rate() > 0 && waited >= terms.patience().toNanos()) {
                    checkRate(next);
                }
                if (next != null) {
                    return next;
                }
                if (terms.stop().getAsBoolean()) {
                    close();
                    throw new IOException("the feed was stopped in the middle of the answer");
                }
            }
            close();
            throw new IOException(
                    "nothing more came for " + terms.patience().toSeconds() + " s in the middle of the answer");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            throw new IOException("interrupted while waiting for the rest of the body", e);
        }
    }
}
