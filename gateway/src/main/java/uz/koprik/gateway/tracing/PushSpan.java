package uz.koprik.gateway.tracing;

import java.util.Set;

/** One request that pushes objects to a partner, with the spans of those objects that are traced. */
public interface PushSpan extends AutoCloseable {

    /** A push without traced objects. */
    PushSpan NONE = new PushSpan() {
        @Override
        public Span request() {
            return Span.NONE;
        }

        @Override
        public void acknowledged(Set<String> refused) {
            // Not recorded.
        }

        @Override
        public void close() {
            // Not recorded.
        }
    };

    /** The span of the request. */
    Span request();

    /**
     * The partner answered for all objects.
     *
     * @param refused ids of those that it refused
     */
    void acknowledged(Set<String> refused);

    /** Ends the spans; those that were not acknowledged have failed. */
    @Override
    void close();
}
