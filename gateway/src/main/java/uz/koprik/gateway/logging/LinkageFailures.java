package uz.koprik.gateway.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import java.util.function.BiConsumer;

/**
 * Notices errors by which classes could not be loaded, also those that a library caught and logged. The process cannot
 * load these classes any more: it would accept connections and never answer.
 */
public final class LinkageFailures extends AppenderBase<ILoggingEvent> {

    /** By name, since the class is to be removed from the JDK. */
    private static final String ZIP_ERROR = "java.util.zip.ZipError";

    private static volatile BiConsumer<String, Throwable> listener = (thread, failure) -> {};

    /** From now on {@code next} gets the name of the thread and the failure; the one before gets nothing more. */
    public static void report(BiConsumer<String, Throwable> next) {
        listener = next;
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (event.getThrowableProxy() instanceof ThrowableProxy proxy) {
            for (Throwable failure = proxy.getThrowable(); failure != null; failure = failure.getCause()) {
                if (unmendable(failure)) {
                    listener.accept(event.getThreadName(), failure);
                    return;
                }
            }
        }
    }

    /** A native library that is not there is not missed: there is another way in Java. */
    private static boolean unmendable(Throwable failure) {
        return (failure instanceof LinkageError && !(failure instanceof UnsatisfiedLinkError))
                || failure.getClass().getName().equals(ZIP_ERROR);
    }
}
