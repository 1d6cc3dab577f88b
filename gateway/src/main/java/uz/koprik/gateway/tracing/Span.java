package uz.koprik.gateway.tracing;

import java.util.Optional;

/**
 * A piece of work in a trace. One that is not recorded costs nothing: every method does nothing. Attributes hold ids,
 * names of centres, numbers and fixed words; never values of objects, nor anything of people.
 */
public interface Span {

    /** The span of work that is not traced. */
    Span NONE = new NoSpan();

    /** Work that runs within a span. */
    @FunctionalInterface
    interface Work<R, X extends Exception> {

        /** @param span the span of this work */
        R run(Span span) throws X;
    }

    /** The span of the work that this thread does; {@link #NONE} when it is not traced. */
    static Span current() {
        return CurrentSpan.VALUE.orElse(NONE);
    }

    /** Whether it is recorded, so that there is a point in computing attributes. */
    boolean recorded();

    /** Does {@code work} within a new child of this span; what it throws marks the child as failed. */
    <R, X extends Exception> R during(String name, Work<R, X> work) throws X;

    /** Does {@code work} while this span is {@link #current()}. Does not end it. */
    <R, X extends Exception> R within(Work<R, X> work) throws X;

    /** Adds an attribute. */
    Span with(String attribute, String value);

    /** Adds an attribute. */
    Span with(String attribute, long value);

    /**
     * Adds a child for one object that was taken in, and remembers it: the way of the object to partners continues
     * there. Does nothing after {@value Tracing#MOST_OBJECTS} objects.
     *
     * @param id its STIX id
     * @param outcome what became of it, in a word
     * @param seq its sequence number; 0 when it was not stored
     */
    void object(String id, String outcome, long seq);

    /** The header {@code traceparent} (W3C Trace Context) for a partner; empty unless the settings allow it. */
    Optional<String> header();

    /** Marks it as failed. */
    Span failed();

    /** Ends it. */
    void end();
}
