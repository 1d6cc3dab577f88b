package uz.koprik.gateway.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Lets a warning or error through once per cause and interval, and then says how often it came. The same message is one
 * cause; the same template with other words, such as another address, passes a few times. While the centre stops,
 * refusals of threads that have ended are no news.
 */
public final class RepeatLimit extends AppenderBase<ILoggingEvent> {

    private static final Duration INTERVAL = Duration.ofMinutes(1);
    /** Lines of one template per interval. */
    private static final int PER_TEMPLATE = 20;

    private static final int MOST_CAUSES = 1_000;

    private static volatile boolean stopping;

    private final Appender<ILoggingEvent> target;
    private final LongSupplier nanos;
    private final Map<String, Cause> causes = new LinkedHashMap<>();

    /** How often one cause came in its interval. */
    private static final class Cause {
        private final ILoggingEvent first;
        private final long since;
        private final int allowed;
        private long seen;

        Cause(ILoggingEvent first, long since, int allowed) {
            this.first = first;
            this.since = since;
            this.allowed = allowed;
        }
    }

    public RepeatLimit(Appender<ILoggingEvent> target) {
        this(target, System::nanoTime);
    }

    /** @param nanos a clock that only moves forward, in nanoseconds */
    RepeatLimit(Appender<ILoggingEvent> target, LongSupplier nanos) {
        this.target = target;
        this.nanos = nanos;
    }

    /** Whether the centre stops: what then is expected is not logged. */
    public static void stopping(boolean now) {
        stopping = now;
    }

    @Override
    protected synchronized void append(ILoggingEvent event) {
        if (stopping && isExpectedAtStop(event)) {
            return;
        }
        if (!event.getLevel().isGreaterOrEqual(Level.WARN)) {
            target.doAppend(event);
            return;
        }
        flush(false);
        IThrowableProxy thrown = event.getThrowableProxy();
        String kind = event.getLoggerName() + '\n' + (thrown == null ? "" : thrown.getClassName()) + '\n';
        boolean passes = count(
                        "m" + kind + event.getFormattedMessage() + '\n' + (thrown == null ? "" : thrown.getMessage()),
                        event,
                        1)
                && count("t" + kind + event.getMessage(), event, PER_TEMPLATE);
        if (passes) {
            target.doAppend(event);
        }
    }

    private boolean count(String key, ILoggingEvent event, int allowed) {
        if (!causes.containsKey(key) && causes.size() >= MOST_CAUSES) {
            flush(true);
        }
        Cause cause = causes.computeIfAbsent(key, k -> new Cause(event, nanos.getAsLong(), allowed));
        return ++cause.seen <= cause.allowed;
    }

    /** Says how often causes came whose interval is over. Call it now and then, so that the last are said, too. */
    public synchronized void flush() {
        flush(false);
    }

    private void flush(boolean all) {
        long now = nanos.getAsLong();
        List<Cause> over = new ArrayList<>();
        causes.values().removeIf(cause -> {
            boolean done = all || now - cause.since >= INTERVAL.toNanos();
            if (done && cause.seen > cause.allowed) {
                over.add(cause);
            }
            return done;
        });
        over.forEach(this::repeated);
    }

    private void repeated(Cause cause) {
        LoggingEvent event = new LoggingEvent();
        event.setLoggerName(cause.first.getLoggerName());
        event.setLevel(cause.first.getLevel());
        event.setThreadName(Thread.currentThread().getName());
        event.setTimeStamp(System.currentTimeMillis());
        event.setMDCPropertyMap(Map.of());
        String what = cause.allowed == 1 ? cause.first.getFormattedMessage() : cause.first.getMessage();
        event.setMessage((cause.seen - cause.allowed) + " more lines in " + INTERVAL.toSeconds() + " s: " + what);
        target.doAppend(event);
    }

    private static boolean isExpectedAtStop(ILoggingEvent event) {
        for (IThrowableProxy cause = event.getThrowableProxy(); cause != null; cause = cause.getCause()) {
            if (cause.getClassName().equals("java.util.concurrent.RejectedExecutionException")
                    || cause.getClassName().equals("java.nio.channels.ClosedChannelException")) {
                return true;
            }
        }
        return event.getLoggerName().startsWith("io.")
                && String.valueOf(event.getMessage()).contains("event executor terminated");
    }

    @Override
    public synchronized void stop() {
        flush(true);
        super.stop();
    }
}
